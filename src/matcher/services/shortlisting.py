"""Shortlisting: who should meet whom in an edition, as an immutable run that can be made again to the byte."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from matcher.account import account
from matcher.domain.match import Account
from matcher.domain.override import overrides_from_json, overrides_to_json
from matcher.domain.programme import programme_from_json, programme_to_json
from matcher.domain.run import Manifest, Run
from matcher.domain.shortlist import Shortlist
from matcher.editions import find_programme, overrides_of
from matcher.errors import BadInput, Infeasible, Stale
from matcher.gather import Progress, gather, never, reference_hash, silent
from matcher.match import match_in_blocks
from matcher.plan import best_plan, score_all, screen, terms_of
from matcher.snapshot import Snapshot, check_sides, kept_snapshot, read_snapshot
from matcher.steps.inputs import Inputs
from matcher.steps.lookup import check_known
from matcher.steps.rank import Ranker
from matcher.steps.result import shortlist_json
from matcher.store import begun_runs, records, runs
from matcher.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class Replay:
    """A run made again. same: whether the bytes are those kept. changed: what it depends on that is gone or different.

    Its ranker is the one that the run read, whichever is active now.
    """

    run: Run
    result: str
    same: bool
    changed: tuple[str, ...]


def make_shortlist(
    workspace: Workspace,
    programme_id: str,
    seed: int,
    as_of: str,
    now: datetime,
    progress: Progress = silent,
    should_stop: Callable[[], bool] = never,
) -> Run:
    """Make the shortlist of a programme and keep it; the same manifest again gives the run that is kept.

    Raises NotFound, Infeasible, Stopped, BadInput.
    """
    programme = find_programme(workspace, programme_id)
    assert programme is not None
    snapshot = read_snapshot(workspace)
    check_sides(snapshot, programme)
    ranker = workspace.ranker
    manifest = Manifest(
        kind="shortlist",
        programme_id=programme.id,
        programme=programme_to_json(programme),
        inputs=snapshot.hash,
        reference=reference_hash(workspace.reference),
        encoder=workspace.embedder.id,
        ranker=ranker.id,
        code=workspace.code(),
        seed=seed,
        as_of=as_of,
        overrides=overrides_to_json(overrides_of(workspace, programme, as_of)),
    )
    with workspace.reading() as connection:
        earlier = runs.find(connection, manifest.run_id())
    if earlier is not None:
        return earlier
    # Kept before anything is computed, so that the run can be finished whatever is imported, or dies, meanwhile.
    with workspace.writing() as connection:
        records.keep_inputs(connection, snapshot.hash, snapshot.hashes)
        if ranker.id == workspace.shipped_ranker.id:
            workspace.keep_shipped_ranker(connection)
        begun_runs.begin(connection, manifest, snapshot.hash, now.isoformat(timespec="seconds"))
    return _finish(workspace, ranker, snapshot, manifest, now, progress, should_stop)


def resume(
    workspace: Workspace,
    run_id: str,
    now: datetime,
    progress: Progress = silent,
    should_stop: Callable[[], bool] = never,
) -> Run:
    """Finish a run that was begun, from the records, overrides and ranker it was begun with.

    A finished run is given back as it is. Raises NotFound, Stopped, Infeasible, and Stale where the program, its words
    or its encoder changed since, so that it would not be the same run.
    """
    with workspace.reading() as connection:
        finished, begun = runs.find(connection, run_id), begun_runs.find(connection, run_id)
        known = (
            (run_id,)
            if finished or begun
            else [*runs.ids(connection), *(one.id for one in begun_runs.load(connection))]
        )
    check_known(run_id, known, "run", "`matcher runs list` shows them all.")
    if finished is not None:
        return finished
    assert begun is not None
    manifest = begun.told
    ranker = _ranker_of(workspace, run_id, manifest.ranker)
    changed = _changed(workspace, manifest, ranker)
    if changed:
        raise Stale(
            f"Run {run_id} cannot be finished: its {' and '.join(changed)} changed since it was begun; "
            f"`matcher shortlist {manifest.programme_id}` makes a new one."
        )
    snapshot = kept_snapshot(workspace, begun.inputs_hash)
    return _finish(workspace, ranker, snapshot, manifest, now, progress, should_stop)


def _finish(
    workspace: Workspace,
    ranker: Ranker,
    snapshot: Snapshot,
    manifest: Manifest,
    now: datetime,
    progress: Progress,
    should_stop: Callable[[], bool],
) -> Run:
    """Compute a begun run and keep it. What has no shortlist is begun no longer; what was stopped still is."""
    run_id = manifest.run_id()
    try:
        result = _think(workspace, ranker, snapshot, manifest, run_id, progress, should_stop)
    except (BadInput, Infeasible):
        with workspace.writing() as connection:
            begun_runs.end(connection, run_id)
        raise
    run = Run(
        id=run_id,
        kind=manifest.kind,
        programme_id=manifest.programme_id,
        manifest=manifest.text(),
        inputs_hash=snapshot.hash,
        result=result,
        made_at=now.isoformat(timespec="seconds"),
    )
    with workspace.writing() as connection:
        begun_runs.end(connection, run_id)
        return runs.keep(connection, run)


def replay(workspace: Workspace, run_id: str, progress: Progress = silent) -> Replay:
    """Make a run again from the profile versions and with the ranker it read, whatever came since.

    Raises NotFound, and Stale when its ranker no longer fits this program.
    """
    with workspace.reading() as connection:
        run = runs.find(connection, run_id)
        known = (run_id,) if run else runs.ids(connection)
    check_known(run_id, known, "run", "`matcher runs list` shows them all.")
    assert run is not None
    manifest = Manifest(**json.loads(run.manifest))
    ranker = _ranker_of(workspace, run_id, manifest.ranker)
    snapshot = kept_snapshot(workspace, run.inputs_hash)
    result = _think(workspace, ranker, snapshot, manifest, run_id, progress, never)
    changed = _changed(workspace, manifest, ranker)
    return Replay(run=run, result=result, same=result == run.result, changed=changed)


def _changed(workspace: Workspace, manifest: Manifest, ranker: Ranker) -> tuple[str, ...]:
    """What a manifest names that is gone or different now."""
    now = {
        "reference": reference_hash(workspace.reference),
        "encoder": workspace.embedder.id,
        "ranker": ranker.id,
        "code": workspace.code(),
    }
    return tuple(name for name, value in now.items() if value != getattr(manifest, name))


def _ranker_of(workspace: Workspace, run_id: str, ranker_id: str) -> Ranker:
    """The ranker that a run read; the shipped one where it is gone, and the replay then says that it changed."""
    try:
        found = workspace.find_ranker(ranker_id)
    except BadInput as fault:
        raise Stale(
            f"Run {run_id} can no longer be made again: its ranker '{ranker_id}' does not fit this program; "
            f"`matcher runs show {run_id}` prints what was kept."
        ) from fault
    return workspace.shipped_ranker if found is None else found


def _think(
    workspace: Workspace,
    ranker: Ranker,
    snapshot: Snapshot,
    manifest: Manifest,
    run_id: str,
    progress: Progress,
    should_stop: Callable[[], bool],
) -> str:
    programme, overrides = programme_from_json(manifest.programme), overrides_from_json(manifest.overrides)
    inputs = gather(workspace, snapshot, manifest.as_of, programme, progress, should_stop, overrides)
    refused, eligible = screen(inputs, programme)
    pairs, scores = score_all(inputs, ranker, eligible, workspace.pairs_at_once, progress, should_stop)
    progress("solving the shortlist", 0, 1)
    plan = best_plan(inputs, eligible, pairs, scores, terms_of(programme, overrides))
    progress("solving the shortlist", 1, 1)
    return shortlist_json(
        run_id,
        programme,
        plan,
        refused,
        _accounts(workspace, ranker, inputs, plan),
        {startup.id: startup for startup in inputs.startups},
        {partner.id: partner for partner in inputs.partners},
        ranker.version,
        manifest.as_of,
        workspace.vocabulary,
        inputs.around.other_side,
        overrides,
    )


def _accounts(workspace: Workspace, ranker: Ranker, inputs: Inputs, plan: Shortlist) -> dict[tuple[str, str], Account]:
    """The accounts of everybody who meets or stands by."""
    place_of = {startup.id: place for place, startup in enumerate(inputs.startups)}
    partner_of = {partner.id: place for place, partner in enumerate(inputs.partners)}
    chosen = sorted(
        (place_of[pair.startup_id], partner_of[pair.partner_id]) for pair in (*plan.meetings, *plan.alternates)
    )
    placed = np.array(sorted({startup for startup, _ in chosen}), np.int32)
    everybody = np.arange(len(inputs.partners), dtype=np.int32)
    found: dict[tuple[str, str], Account] = {}
    for block in match_in_blocks(inputs, ranker, placed, everybody, workspace.pairs_at_once):
        # Pairs come by startup, then partner: one number a pair, in rising order.
        number = block.startup_places[block.pairs.startup].astype(np.int64) * len(everybody) + block.pairs.partner
        first, last = block.startup_places[0], block.startup_places[-1]
        wanted = [s * len(everybody) + p for s, p in chosen if first <= s <= last]
        rows = np.searchsorted(number, wanted).tolist()
        made = account(workspace, ranker, inputs, block, rows, [None] * len(rows))
        found |= {(account.startup_id, account.partner_id): account for account in made}
    return found
