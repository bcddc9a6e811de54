"""A run is made again with the ranker it read, whichever is active now."""

import dataclasses
import json
from datetime import UTC, datetime

import pytest

from matcher.errors import Stale
from matcher.services.shortlisting import make_shortlist, replay
from matcher.store import programmes, rankers
from tests.builders import a_partner, a_startup
from tests.rankers import a_ranker, keep
from tests.workspaces import TODAY, a_workspace, put

TOPICS = ("Sensors for rural clinics.", "Soil probes for maize farms.", "Payments for market traders.")
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path):
    made = put(
        a_workspace(tmp_path),
        startups=[a_startup(f"s{at}", summary=text, sectors=("health",)) for at, text in enumerate(TOPICS)],
        partners=[a_partner(f"p{at}", thesis=text, sectors=("health",)) for at, text in enumerate(TOPICS)],
    )
    with made.writing() as connection:
        programmes.put(connection, "mine", 'id = "mine"\nname = "Mine"\nedition = 2027\n')
    return made


def run_of(workspace):
    return make_shortlist(workspace, "mine", 0, TODAY, NOW)


def test_a_replay_uses_the_ranker_of_the_run_and_a_new_run_the_active_one(workspace):
    first = run_of(workspace)
    trained = keep(workspace, *a_ranker(workspace, thesis=0.5, past_close=9.0))
    second = run_of(workspace)
    assert second.id != first.id
    assert json.loads(second.manifest)["ranker"] == trained
    assert json.loads(second.result)["pairs"] != json.loads(first.result)["pairs"]
    for active in (trained, None):
        with workspace.writing() as connection:
            rankers.activate(connection, active)
        for run in (first, second):
            again = replay(workspace, run.id)
            assert (again.same, again.changed, again.result) == (True, (), run.result)


def test_going_back_to_the_shipped_ranker_gives_the_run_that_is_kept(workspace):
    first = run_of(workspace)
    keep(workspace, *a_ranker(workspace, thesis=0.5))
    with workspace.writing() as connection:
        rankers.activate(connection, None)
    assert run_of(workspace) == first


def test_a_run_of_the_shipped_ranker_is_made_again_when_another_is_shipped(workspace):
    first = run_of(workspace)
    new_id, new_body = a_ranker(workspace, version="v99", thesis=0.5)
    keep(workspace, new_id, new_body, active=False)
    later = dataclasses.replace(workspace, load_ranker=lambda: workspace.find_ranker(new_id))
    assert later.ranker.id == new_id
    again = replay(later, first.id)
    assert (again.same, again.changed) == (True, ())


def test_a_run_kept_before_rankers_were_is_made_again(workspace, tmp_path):
    first = run_of(workspace)
    with workspace.writing() as connection:
        for statement in (
            "DROP TABLE active_ranker",
            "DROP TABLE rankers",
            "DROP TABLE rescorings",
            "DROP TABLE overrides",
            "DROP TABLE approvals",
            "DROP TABLE begun_runs",
            "UPDATE alembic_version SET version_num = '0001'",
        ):
            connection.exec_driver_sql(statement)
    workspace.database.dispose()
    again = replay(a_workspace(tmp_path), first.id)
    assert (again.same, again.changed) == (True, ())


def test_a_ranker_that_is_gone_is_said_to_have_changed(workspace):
    keep(workspace, *a_ranker(workspace, thesis=0.5, past_close=9.0))
    run = run_of(workspace)
    with workspace.writing() as connection:
        rankers.activate(connection, None)
        connection.exec_driver_sql("DELETE FROM rankers")
    again = replay(workspace, run.id)
    assert (again.same, again.changed) == (False, ("ranker",))


def test_a_run_whose_ranker_no_longer_fits_says_where_its_result_is(workspace):
    ranker_id, body = a_ranker(workspace, thesis=0.5)
    keep(workspace, ranker_id, body)
    run = run_of(workspace)
    with workspace.writing() as connection:
        connection.exec_driver_sql("UPDATE rankers SET body = replace(body, 'past_close', 'past_far')")
    with pytest.raises(Stale, match=rf"'{ranker_id}' does not fit .* `matcher runs show {run.id}`"):
        replay(workspace, run.id)
