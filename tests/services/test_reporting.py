"""Reports of a run count those who applied, and refuse what is no shortlist."""

from datetime import UTC, datetime

import pytest

from matcher.domain.profile import Participation
from matcher.domain.run import Run
from matcher.errors import BadInput
from matcher.services.programmes import add_programme
from matcher.services.reporting import report_coverage, report_exposure, report_guarantee
from matcher.services.reviewing import show_run
from matcher.services.shortlisting import make_shortlist
from matcher.store import records, runs
from tests.builders import a_partner, a_startup
from tests.sheets import a_file
from tests.workspaces import a_workspace, put

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SUMMARY = "Sensors that warn nurses in small clinics of sepsis."


def a_run(folder, rules, participation):
    workspace = put(
        a_workspace(folder),
        startups=[a_startup(id_, summary=SUMMARY + id_, hub="kenya") for id_ in ("s1", "s2", "s3")],
        partners=[a_partner("p1", region="Wales", thesis="Devices for clinics and small hospitals.")],
    )
    with workspace.writing() as connection:
        records.put(connection, "participation", participation)
    text = f'id = "go-1"\nname = "Go"\nedition = 2027\nhubs = ["kenya"]\n[rules]\n{rules}\n'
    add_programme(workspace, a_file(folder, text, "go-1.toml"))
    return workspace, make_shortlist(workspace, "go-1", 0, "2026-11-24", NOW)


def applied(startup, date=None):
    return Participation(id=f"{startup}/go-1/applied", startup_id=startup, programme="go-1", state="applied", date=date)


@pytest.mark.parametrize(
    ("rules", "participation", "applicants"),
    [
        ("", [applied("s1")], 3),
        ("applied = true", [applied("s1"), applied("s2")], 2),
        ("applied = true", [applied("s1"), applied("s2", "2027-01")], 1),
        ("applied = true", [], 3),
    ],
)
def test_applicants_are_those_who_applied_where_an_edition_takes_no_others(tmp_path, rules, participation, applicants):
    workspace, run = a_run(tmp_path, rules, participation)
    found = {(row.by, row.group): row for row in report_exposure(workspace, run.id)}
    assert found["all", "all"].applicants == found["hub", "kenya"].applicants == applicants
    assert found["all", "all"].eligible == applicants
    assert [group for by, group in found if by == "hub"] == ["kenya", "not-stated"]


def test_coverage_reads_the_partners_as_the_run_read_them(tmp_path):
    workspace, run = a_run(tmp_path, "", [])
    put(workspace, partners=[a_partner("p1", region="Scotland")])
    of_run = {row.id: row for row in report_coverage(workspace, run.id).rows}
    assert (of_run["wales"].partners, of_run["wales"].meetings, of_run["scotland"].partners) == (1, 3, 0)
    assert {row.id for row in report_coverage(workspace, None).rows if row.partners} == {"scotland"}


def test_a_run_that_is_no_shortlist_is_refused(tmp_path):
    workspace, run = a_run(tmp_path, "", [])
    other = Run(**{**vars(show_run(workspace, run.id)), "id": "0" * 12, "kind": "timetable", "result": "{}"})
    with workspace.writing() as connection:
        runs.keep(connection, other)
    with pytest.raises(BadInput, match="is no shortlist but a timetable"):
        report_exposure(workspace, other.id)


def test_a_run_stands_beside_its_plan_with_a_first_meeting_guaranteed(tmp_path):
    """By thought: p1 takes one, and suits s1 best; without the guarantee the weaker s2, which only p1 admits, waits."""
    workspace = put(
        a_workspace(tmp_path),
        startups=[
            a_startup("s1", hub="kenya", country="KE", summary="Sensors that warn nurses in small clinics of sepsis."),
            a_startup("s2", hub="nigeria", country="NG", summary="Lessons in reading for children at school."),
        ],
        partners=[
            a_partner(
                "p1", thesis="Sensors that warn nurses in small clinics of sepsis, and nothing else.", capacity=1
            ),
            a_partner("p2", thesis="Ploughs and tractors for large farms.", capacity=1, countries=("KE",)),
        ],
    )
    text = 'id = "go-1"\nname = "Go"\nedition = 2027\n[meetings]\nmax = 1\n'
    add_programme(workspace, a_file(workspace.folder, text, "go-1.toml"))
    run = make_shortlist(workspace, "go-1", 0, "2026-11-24", NOW)
    change = {(row.by, row.group): row for row in report_guarantee(workspace, run.id)}
    by_hub = {group: row.meetings for (by, group), row in change.items() if by == "hub" and sum(row.meetings)}
    assert by_hub == {"kenya": (1, 1), "nigeria": (0, 1)}
    assert change["all", "all"].meetings == (1, 2)
