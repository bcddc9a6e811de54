"""Shortlisting: who should meet whom in an edition, as an immutable run that can be made again to the byte."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from matcher.account import account
from matcher.domain.match import Account
from matcher.domain.programme import programme_from_json, programme_to_json
from matcher.domain.run import Manifest, Run
from matcher.domain.shortlist import Shortlist
from matcher.editions import find_programme
from matcher.errors import BadInput, Stale
from matcher.gather import (
    Progress,
    Snapshot,
    gather,
    kept_snapshot,
    never,
    read_snapshot,
    reference_hash,
    silent,
)
from matcher.match import match_in_blocks
from matcher.plan import best_plan, score_all, screen, terms_of
from matcher.steps.inputs import Inputs
from matcher.steps.lookup import check_known
from matcher.steps.rank import Ranker
from matcher.steps.result import shortlist_json
from matcher.store import records, runs
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
    for kind, there in (("startup", snapshot.startups), ("partner", snapshot.partners)):
        if not there:
            raise BadInput(f"There are no {kind}s yet; bring them with `matcher import {kind}s FILE`.")
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
    )
    with workspace.reading() as connection:
        earlier = runs.find(connection, manifest.run_id())
    if earlier is not None:
        return earlier
    result = _think(workspace, ranker, snapshot, manifest, progress, should_stop)
    run = Run(
        id=manifest.run_id(),
        kind=manifest.kind,
        programme_id=programme.id,
        manifest=manifest.text(),
        inputs_hash=snapshot.hash,
        result=result,
        made_at=now.isoformat(timespec="seconds"),
    )
    with workspace.writing() as connection:
        records.keep_inputs(connection, snapshot.hash, snapshot.hashes)
        if ranker.id == workspace.shipped_ranker.id:
            workspace.keep_shipped_ranker(connection)
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
    result = _think(workspace, ranker, kept_snapshot(workspace, run.inputs_hash), manifest, progress, never)
    now = {
        "reference": reference_hash(workspace.reference),
        "encoder": workspace.embedder.id,
        "ranker": ranker.id,
        "code": workspace.code(),
    }
    changed = tuple(name for name, value in now.items() if value != getattr(manifest, name))
    return Replay(run=run, result=result, same=result == run.result, changed=changed)


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
    progress: Progress,
    should_stop: Callable[[], bool],
) -> str:
    programme = programme_from_json(manifest.programme)
    inputs = gather(workspace, snapshot, manifest.as_of, programme, progress, should_stop)
    refused, eligible = screen(inputs, programme)
    pairs, scores = score_all(inputs, ranker, eligible, workspace.pairs_at_once, progress, should_stop)
    progress("solving the shortlist", 0, 1)
    plan = best_plan(inputs, eligible, pairs, scores, terms_of(programme))
    progress("solving the shortlist", 1, 1)
    return shortlist_json(
        manifest.run_id(),
        programme,
        plan,
        refused,
        _accounts(workspace, ranker, inputs, plan),
        {startup.id: startup for startup in inputs.startups},
        {partner.id: partner for partner in inputs.partners},
        ranker.version,
        manifest.as_of,
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
