"""Comparing: what differs between two runs, and why each pair was gained or lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from matcher.causes import ChangedRecord, Ingredients, changed_records, differences, moved, steps
from matcher.domain.override import overrides_from_json
from matcher.domain.programme import programme_from_json
from matcher.domain.run import Manifest, Run
from matcher.domain.run_diff import Difference, PairMoved, PlaceMoved, RunDiff
from matcher.errors import BadInput, Infeasible, Stale
from matcher.gather import Progress, gather, silent
from matcher.plan import solve
from matcher.snapshot import KINDS, kept_snapshot, snapshot_of
from matcher.steps.lookup import check_known
from matcher.store import runs
from matcher.workspace import Workspace

_Plan = tuple[frozenset[tuple[str, str]], frozenset[str]]
"""Who meets whom, and who has a place."""


def compare(workspace: Workspace, first_id: str, second_id: str, progress: Progress = silent) -> RunDiff:
    """What turns the first run into the second, component by component, each step solved again.

    Raises NotFound, BadInput where the two are no shortlists of one edition, Stale where a ranker is gone.
    """
    first, second = _find(workspace, first_id), _find(workspace, second_id)
    if first.programme_id != second.programme_id:
        raise BadInput(
            f"Run {first.id} is of {first.programme_id} and run {second.id} of {second.programme_id}; "
            "compare two runs of one edition."
        )
    manifests = Manifest(**json.loads(first.manifest)), Manifest(**json.loads(second.manifest))
    before, after = (_ingredients(workspace, *one) for one in zip((first, second), manifests, strict=True))
    kept = _kept_plan(first), _kept_plan(second)
    states = [("", kept[0]), *_states(workspace, before, after, manifests, kept, progress)]
    pairs = moved([(cause, plan[0]) for cause, plan in states])
    places = moved([(cause, plan[1]) for cause, plan in states])
    records, told = changed_records(before, after), differences(before, after)
    decided = {one.pair: one.detail for one in told if one.pair is not None}
    return RunDiff(
        first=first.id,
        second=second.id,
        programme_id=first.programme_id,
        differences=(*_of_program(manifests), *told),
        pairs=tuple(
            PairMoved(
                startup_id=startup,
                partner_id=partner,
                change=change,
                cause=cause,
                detail=_detail(pair, cause, records, decided),
            )
            for pair, (change, cause) in pairs.items()
            for startup, partner in (pair,)
        ),
        places=tuple(
            PlaceMoved(startup_id=startup, change=change, cause=cause) for startup, (change, cause) in places.items()
        ),
        kept=len(kept[0][0] & kept[1][0]),
    )


def _find(workspace: Workspace, run_id: str) -> Run:
    with workspace.reading() as connection:
        run = runs.find(connection, run_id)
        known = (run_id,) if run else runs.ids(connection)
    check_known(run_id, known, "run", "`matcher runs list` shows them all.")
    assert run is not None
    if run.kind != "shortlist":
        raise BadInput(f"Run {run_id} is a {run.kind}; compare two shortlists.")
    return run


def _ingredients(workspace: Workspace, run: Run, manifest: Manifest) -> Ingredients:
    snapshot = kept_snapshot(workspace, run.inputs_hash)
    return Ingredients(
        records={kind: getattr(snapshot, _FIELD_OF[kind]) for kind in KINDS},
        programme=programme_from_json(manifest.programme),
        as_of=manifest.as_of,
        ranker_id=manifest.ranker,
        overrides=overrides_from_json(manifest.overrides),
    )


_FIELD_OF = {
    "startup": "startups",
    "partner": "partners",
    "portfolio": "portfolio",
    "brief": "briefs",
    "history": "history",
    "participation": "participation",
}


def _kept_plan(run: Run) -> _Plan:
    said: dict[str, Any] = json.loads(run.result)
    return (
        frozenset((pair["startup_id"], pair["partner_id"]) for pair in said["pairs"]),
        frozenset(place["startup_id"] for place in said["placed"]),
    )


def _states(
    workspace: Workspace,
    before: Ingredients,
    after: Ingredients,
    manifests: tuple[Manifest, Manifest],
    kept: tuple[_Plan, _Plan],
    progress: Progress,
) -> list[tuple[str, _Plan]]:
    """Each cause and the plan after it. What the present program would plan otherwise than a run did is its own cause.

    A step that has no plan, such as a pin on a pair that is not admitted yet, is taken together with the next.
    """
    wanted = [("program", before), *steps(before, after)]
    states: list[tuple[str, _Plan]] = []
    known, plan = None, kept[0]
    for done, (cause, ingredients) in enumerate(wanted):
        progress("comparing step by step", done, len(wanted))
        if known is None and _of_program(manifests) == []:
            known = ingredients  # the same program made the first run: nothing is to be solved again for it
        if ingredients != known:
            try:
                known, plan = ingredients, _solved(workspace, ingredients)
            except Infeasible:
                continue
        states.append((cause, plan))
    progress("comparing step by step", len(wanted), len(wanted))
    return [*states, ("program", kept[1])]


def _solved(workspace: Workspace, made_of: Ingredients) -> _Plan:
    ranker = workspace.find_ranker(made_of.ranker_id)
    if ranker is None:
        raise Stale(f"The ranker '{made_of.ranker_id}' is gone, so the runs cannot be compared step by step.")
    inputs = gather(
        workspace, snapshot_of(made_of.records), made_of.as_of, made_of.programme, overrides=made_of.overrides
    )
    plan = solve(inputs, ranker, workspace.pairs_at_once)
    return frozenset(plan.meetings), frozenset(plan.shortlist.placed)


def _of_program(manifests: tuple[Manifest, Manifest]) -> list[Difference]:
    first, second = manifests
    return [
        Difference(cause="program", detail=f"{name}: {getattr(first, name)} → {getattr(second, name)}")
        for name in ("code", "encoder", "reference")
        if getattr(first, name) != getattr(second, name)
    ]


def _detail(
    pair: tuple[str, str], cause: str, records: list[ChangedRecord], overrides: Mapping[tuple[str, str], str]
) -> str:
    """What was decided of the pair, or changed of its own records; else that it follows."""
    if cause == "override" and pair in overrides:
        return overrides[pair]
    own = [str(one) for one in records if one.parties <= set(pair)]
    return "; ".join(own) if own else "follows from the other changes"
