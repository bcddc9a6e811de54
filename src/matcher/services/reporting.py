"""Reporting: the runs that are kept, a shortlist in the format somebody asks for, and what the records come to."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any, cast

from matcher.domain.profile import Brief, HistoryRecord, Participation, Partner, Startup
from matcher.domain.programme import Programme, programme_from_json
from matcher.domain.run import Run
from matcher.domain.tag import Tag
from matcher.errors import BadInput
from matcher.gather import Progress, silent
from matcher.kept_run import inputs_of, with_programme
from matcher.plan import solve
from matcher.published import status_of
from matcher.snapshot import Snapshot, before, for_edition, kept_snapshot
from matcher.steps.completeness import FieldRow, completeness
from matcher.steps.coverage import Coverage, coverage
from matcher.steps.exposure import ExposureChange, ExposureRow, Groups, exposure, side_by_side
from matcher.steps.lookup import check_known
from matcher.steps.outcomes import Outcomes, ProgrammeOutcomes, of_programme, outcomes
from matcher.steps.pack import briefing_pack
from matcher.steps.run_meetings import RunMeeting, meetings_in, meetings_of
from matcher.steps.run_page import run_page
from matcher.steps.shortlist_page import shortlist_page
from matcher.steps.tables import SHORTLIST_COLUMNS, csv_lines, shortlist_rows
from matcher.steps.tags import partner_tags, startup_tags
from matcher.store import records, runs
from matcher.workspace import Workspace

FORMATS = ("json", "csv", "xlsx", "html")


@dataclass(frozen=True, kw_only=True)
class _RunRead:
    """A run, and the records it read. applicants: everybody, unless the edition takes only those who applied."""

    programme: Programme
    snapshot: Snapshot
    applicants: tuple[Startup, ...]
    meetings: tuple[RunMeeting, ...]
    placed: frozenset[str]
    refused: frozenset[str]


def _find_run(workspace: Workspace, run_id: str) -> Run:
    """One run. Raises NotFound."""
    with workspace.reading() as connection:
        found = runs.find(connection, run_id)
        known = (run_id,) if found else runs.ids(connection)
    check_known(run_id, known, "run", "`matcher runs list` shows them all.")
    assert found is not None
    return found


def shortlist_bytes(workspace: Workspace, result_text: str, format_: str) -> bytes:
    """A shortlist result as a file of this format: equal results, equal bytes. Raises BadInput."""
    result: dict[str, Any] = json.loads(result_text)
    if format_ == "json":
        return result_text.encode()
    if format_ == "csv":
        return "".join(csv_lines(SHORTLIST_COLUMNS, shortlist_rows(result))).encode()
    if format_ == "xlsx":
        return workspace.write_workbook(briefing_pack(result, status=status_of(workspace, result["run_id"])))
    if format_ == "html":
        return shortlist_page(briefing_pack(result, status=status_of(workspace, result["run_id"]))).encode()
    raise BadInput(f"A shortlist cannot be written as '{format_}'; choose one of {', '.join(FORMATS)}.")


def report_tags(workspace: Workspace, party_id: str) -> tuple[Startup | Partner, tuple[Tag, ...]]:
    """What a startup or a partner names of technologies, regions and sensitive areas. Raises NotFound."""
    with workspace.reading() as connection:
        startups = {one.id: cast(Startup, one) for one in records.load(connection, "startup")}
        partners = {one.id: cast(Partner, one) for one in records.load(connection, "partner")}
        briefs = cast(tuple[Brief, ...], records.load(connection, "brief"))
    check_known(party_id, [*startups, *partners], "startup or partner", "import them first, or mend the id.")
    known = workspace.background
    if party_id in startups:
        return startups[party_id], startup_tags(startups[party_id], known.topics, known.regions)
    return partners[party_id], partner_tags(partners[party_id], briefs, known.topics, known.regions)


def report_coverage(workspace: Workspace, run_id: str | None) -> Coverage:
    """The partners of each region; of a run those it read, and its meetings. Raises NotFound, BadInput."""
    regions = workspace.background.regions
    if run_id is None:
        with workspace.reading() as connection:
            partners = cast(tuple[Partner, ...], records.load(connection, "partner"))
        return coverage(partners, regions)
    run = _read_run(workspace, run_id)
    return coverage(run.snapshot.partners, regions, run.meetings)


def report_exposure(workspace: Workspace, run_id: str) -> tuple[ExposureRow, ...]:
    """How the places and meetings of a run fall on groups. Raises NotFound, BadInput."""
    run = _read_run(workspace, run_id)
    groups = groups_of(workspace, run.programme)
    return exposure(run.applicants, run.snapshot.partners, run.meetings, run.placed, run.refused, groups)


def report_guarantee(workspace: Workspace, run_id: str, progress: Progress = silent) -> tuple[ExposureChange, ...]:
    """The groups of a run beside those of its plan with the guarantee of a first meeting turned round.

    Each number first without and then with it; what the run read is solved again. Raises NotFound, BadInput, and Stale
    where its ranker is gone.
    """
    run = _read_run(workspace, run_id)
    inputs, ranker = inputs_of(workspace, _find_run(workspace, run_id), progress)
    turned = replace(run.programme, guarantee=not run.programme.guarantee)
    plan = solve(with_programme(inputs, turned), ranker, workspace.pairs_at_once).shortlist
    rows = [
        exposure(run.applicants, run.snapshot.partners, meetings, placed, run.refused, groups_of(workspace, turned))
        for meetings, placed in ((run.meetings, run.placed), (meetings_of(plan.meetings), frozenset(plan.placed)))
    ]
    return side_by_side(*(rows[::-1] if run.programme.guarantee else rows))


def groups_of(workspace: Workspace, programme: Programme) -> Groups:
    """The groups an edition's report shows in any case: its hubs (all, where it names none), its countries, regions."""
    hubs, countries = workspace.reference.hubs, workspace.reference.countries
    shown = programme.hubs or tuple(hubs)
    return Groups(
        hubs={id_: hubs[id_].name if id_ in hubs else id_ for id_ in shown},
        countries=programme.countries,
        country_names=countries.names,
        regions=workspace.background.regions,
    )


def run_report(workspace: Workspace, run_id: str) -> bytes:
    """The report of a run as one HTML page: its funnel, its shares, its coverage, its proof. Raises NotFound."""
    run = _read_run(workspace, run_id)
    background = workspace.background
    groups = groups_of(workspace, run.programme)
    result = json.loads(_find_run(workspace, run_id).result)
    as_of = result["as_of"]
    page = run_page(
        result,
        status_of(workspace, run_id),
        exposure(run.applicants, run.snapshot.partners, run.meetings, run.placed, run.refused, groups),
        coverage(run.snapshot.partners, background.regions, run.meetings),
        of_programme(
            run.programme.id,
            before(run.snapshot.history, as_of),
            [one for one in run.snapshot.participation if one.date is None or one.date <= as_of],
            workspace.reference.rates,
        ),
    )
    return page.encode()


def report_outcomes(workspace: Workspace, programme_id: str | None) -> Outcomes | ProgrammeOutcomes:
    """What came of every programme and of all together, or of one. Raises NotFound."""
    rates = workspace.reference.rates
    with workspace.reading() as connection:
        history = cast(tuple[HistoryRecord, ...], records.load(connection, "history"))
        participation = cast(tuple[Participation, ...], records.load(connection, "participation"))
    if programme_id is None:
        return outcomes(history, participation, rates)
    known = {one.programme for one in history} | {one.programme for one in participation}
    named = sorted({*(name for name in known if name), *workspace.reference.programmes})
    check_known(programme_id, named, "programme", "`matcher report outcomes` shows all of which something is known.")
    return of_programme(programme_id, history, participation, rates)


def report_completeness(workspace: Workspace) -> dict[str, tuple[FieldRow, ...]]:
    """How many startups, and how many partners, state each field."""
    with workspace.reading() as connection:
        startups = cast(tuple[Startup, ...], records.load(connection, "startup"))
        partners = cast(tuple[Partner, ...], records.load(connection, "partner"))
    ranker = workspace.ranker
    return {
        "startups": completeness("startup", startups, ranker),
        "partners": completeness("partner", partners, ranker),
    }


def _read_run(workspace: Workspace, run_id: str) -> _RunRead:
    run = _find_run(workspace, run_id)
    result: dict[str, Any] = json.loads(run.result)
    if "pairs" not in result:
        raise BadInput(f"Run {run_id} is no shortlist but a {run.kind}; name the run of a shortlist.")
    programme = programme_from_json(json.loads(run.manifest)["programme"])
    snapshot = for_edition(kept_snapshot(workspace, run.inputs_hash), programme)
    applied = {
        one.startup_id
        for one in snapshot.participation
        if one.programme == programme.id and (one.date is None or one.date <= result["as_of"])
    }
    by_application = programme.rules.applied and applied
    return _RunRead(
        programme=programme,
        snapshot=snapshot,
        applicants=tuple(one for one in snapshot.startups if one.id in applied or not by_application),
        meetings=meetings_in(result),
        placed=frozenset(one["startup_id"] for one in result["placed"]),
        refused=frozenset(one["startup_id"] for one in result["refused"]),
    )
