"""Runs that are begun, finished and approved."""

import json
from datetime import UTC, datetime

import pytest

from matcher.errors import BadInput, NotFound, Stale, Stopped
from matcher.services.reviewing import approve, list_runs, show_run
from matcher.services.shortlisting import make_shortlist, resume
from tests.builders import a_partner, a_startup
from tests.workspaces import TODAY, a_workspace, put

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
EDITION = "texchange-2027"


def with_records(folder):
    texts = [f"Sensors for clinics and home care, kind {i}." for i in range(6)]
    startups = [a_startup(f"s{i}", summary=text, sectors=("health",), stage="series-a") for i, text in enumerate(texts)]
    return put(a_workspace(folder), startups=startups, partners=[a_partner(f"p{j}", thesis=texts[j]) for j in range(6)])


@pytest.fixture
def workspace(tmp_path):
    return with_records(tmp_path / "one")


def stopped(workspace) -> str:
    """The id of a run that was stopped before it was finished."""
    with pytest.raises(Stopped):
        make_shortlist(workspace, EDITION, 0, TODAY, NOW, should_stop=lambda: True)
    (line,) = list_runs(workspace)
    assert line.state == "begun"
    return line.id


def test_a_stopped_run_is_finished_with_the_bytes_of_an_uninterrupted_one(workspace, tmp_path):
    whole = make_shortlist(with_records(tmp_path / "other"), EDITION, 0, TODAY, NOW)
    run_id = stopped(workspace)
    put(workspace, startups=[a_startup("s0", summary="Something else altogether, imported meanwhile.")])
    run = resume(workspace, run_id, NOW)
    assert (run.id, run.result) == (whole.id, whole.result)
    assert [line.state for line in list_runs(workspace)] == ["finished"]


def test_finishing_a_finished_run_gives_it_back(workspace):
    run = make_shortlist(workspace, EDITION, 0, TODAY, NOW)
    assert resume(workspace, run.id, NOW) == run


def test_a_run_begun_with_another_program_is_not_finished_as_if_it_were_the_same(workspace):
    run_id = stopped(workspace)
    with workspace.writing() as connection:
        (manifest,) = connection.exec_driver_sql("SELECT manifest FROM begun_runs").scalars()
        said = json.loads(manifest) | {"code": "0000000000000000"}
        connection.exec_driver_sql("UPDATE begun_runs SET manifest = ?", (json.dumps(said),))
    with pytest.raises(Stale, match=f"Run {run_id} cannot be finished: its code changed since it was begun"):
        resume(workspace, run_id, NOW)


def test_a_run_without_a_shortlist_is_begun_no_longer(tmp_path):
    workspace = a_workspace(tmp_path)
    put(workspace, startups=[a_startup()])
    with pytest.raises(BadInput, match="There are no partners yet"):
        make_shortlist(workspace, EDITION, 0, TODAY, NOW)
    assert list_runs(workspace) == ()


def test_an_approval_names_its_person_and_stands(workspace):
    run = make_shortlist(workspace, EDITION, 0, TODAY, NOW)
    assert list_runs(workspace)[0].state == "finished"
    assert approve(workspace, run.id, " A. Officer ", NOW).person == "A. Officer"
    assert approve(workspace, run.id, "B. Officer", NOW).person == "A. Officer"
    assert [(line.state, line.by) for line in list_runs(workspace)] == [("approved", "A. Officer")]


def test_nobody_approves_what_is_not_finished_or_without_a_name(workspace):
    run_id = stopped(workspace)
    with pytest.raises(BadInput, match=f"begun and not finished; `matcher runs resume {run_id}`"):
        approve(workspace, run_id, "A. Officer", NOW)
    run = resume(workspace, run_id, NOW)
    with pytest.raises(BadInput, match="a named person's"):
        approve(workspace, run.id, "  ", NOW)
    with pytest.raises(NotFound):
        show_run(workspace, "000000000000")
