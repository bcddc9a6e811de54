"""Overriding: pins, bans and notes of an edition's pairs, each with its price; kept across runs until lifted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from matcher.domain.override import BAN, NOTE, PIN, Override, Price
from matcher.domain.programme import Programme
from matcher.editions import find_programme, overrides_of
from matcher.errors import BadInput, Infeasible, NotFound
from matcher.gather import Progress, gather, silent
from matcher.plan import Plan, solve
from matcher.price import check_override, price_of, with_overrides
from matcher.snapshot import for_edition, read_snapshot
from matcher.steps.inputs import Inputs
from matcher.steps.lookup import check_known
from matcher.store import overrides as store
from matcher.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class Decision:
    """An override and what it changes. price: None for a note. names: id → name, of everybody in the price.

    seen: everything decided in the edition when it was considered. unplaced: why the override's startup has no place,
    so that its pin is void for now; None where it has one.
    """

    override: Override
    price: Price | None
    names: dict[str, str]
    seen: tuple[Override, ...] = ()
    unplaced: str | None = None


def consider(workspace: Workspace, override: Override, as_of: str, progress: Progress = silent) -> Decision:
    """What an override would change, without keeping it.

    Raises NotFound for an unknown programme or party, BadInput where it contradicts another override, a rule or the
    calendar, Infeasible where it asks for more meetings than a limit allows.
    """
    if override.until is not None and override.until < as_of:
        raise BadInput(f"--until {override.until} has passed; name a day from {as_of} on, or none.")
    with workspace.reading() as connection:
        seen = store.load(connection, override.programme_id)
    inputs = _inputs(workspace, override.programme_id, override.pair, as_of, progress)
    ranker = workspace.ranker
    check_override(inputs, override, ranker)
    names = _names(inputs)
    if override.kind == NOTE:
        return Decision(override=override, price=None, names=names, seen=seen)
    others = [one for one in inputs.overrides if (one.pair, one.kind) != (override.pair, override.kind)]
    after = with_overrides(inputs, sorted([*others, override], key=lambda one: (*one.pair, one.kind)))
    before = solve(inputs, ranker, workspace.pairs_at_once)
    price, plan = price_of(before, after, ranker, workspace.pairs_at_once)
    void = _unplaced(plan, override.startup_id) if override.kind == PIN else None
    return Decision(override=override, price=price, names=names, seen=seen, unplaced=void)


def keep(workspace: Workspace, decision: Decision, now: datetime) -> Override | None:
    """Keep an override that was considered; gives back the earlier one of its pair and kind that it replaces.

    Raises BadInput where somebody decided something in the edition meanwhile, so that its price is another.
    """
    override = decision.override
    with workspace.writing() as connection:
        there = store.load(connection, override.programme_id)
        if there != decision.seen:
            raise BadInput(
                f"Somebody decided something in {override.programme_id} meanwhile, so the price is another; look at "
                f"`matcher overrides {override.programme_id}` and decide again."
            )
        store.put(connection, override, now.isoformat(timespec="seconds"))
    return next((one for one in there if (one.pair, one.kind) == (override.pair, override.kind)), None)


def consider_lifting(
    workspace: Workspace, programme_id: str, pair: tuple[str, str], kind: str, as_of: str, progress: Progress = silent
) -> Decision:
    """What removing an override would change; price: None where there is no plan to compare with, or for a note.

    Raises NotFound where there is no such override. It may be of somebody who is there no longer.
    """
    programme = find_programme(workspace, programme_id)
    assert programme is not None
    with workspace.reading() as connection:
        seen = store.load(connection, programme.id)
    kept = {(one.pair, one.kind): one for one in seen}
    if (pair, kind) not in kept:
        word = {PIN: "pinned", BAN: "banned", NOTE: "noted"}[kind]
        raise NotFound(
            f"'{pair[0]}' and '{pair[1]}' are not {word} in {programme.id}; `matcher overrides {programme.id}` lists "
            "what is."
        )
    override = kept[pair, kind]
    bare = Decision(override=override, price=None, names={}, seen=seen)
    if kind == NOTE or not override.holds(as_of):
        return bare
    overrides, snapshot = overrides_of(workspace, programme, as_of), read_snapshot(workspace)
    inputs = gather(workspace, snapshot, as_of, programme, progress, overrides=overrides)
    left = tuple(one for one in overrides if one != override)
    try:
        before = solve(inputs, workspace.ranker, workspace.pairs_at_once)
        after = gather(workspace, snapshot, as_of, programme, overrides=left)
        price, _ = price_of(before, after, workspace.ranker, workspace.pairs_at_once)
    except Infeasible:  # what is to be lifted may be the very thing that clashes
        return bare
    return Decision(override=override, price=price, names=_names(inputs), seen=seen)


def lift(workspace: Workspace, decision: Decision) -> None:
    """Remove an override that was considered. Raises NotFound where somebody removed it meanwhile."""
    override = decision.override
    with workspace.writing() as connection:
        if not store.remove(connection, override.programme_id, override.pair, (override.kind,)):
            raise NotFound(
                f"Somebody has lifted it meanwhile; `matcher overrides {override.programme_id}` lists the rest."
            )


def list_overrides(workspace: Workspace, programme_id: str) -> tuple[Override, ...]:
    """Everything decided in an edition, expired too, by startup, partner and kind. Raises NotFound."""
    programme = find_programme(workspace, programme_id)
    assert programme is not None
    with workspace.reading() as connection:
        return store.load(connection, programme.id)


def _inputs(workspace: Workspace, programme_id: str, pair: tuple[str, str], as_of: str, progress: Progress) -> Inputs:
    programme: Programme | None = find_programme(workspace, programme_id)
    snapshot = for_edition(read_snapshot(workspace), programme)
    for id_, known, what in ((pair[0], snapshot.startups, "startup"), (pair[1], snapshot.partners, "partner")):
        check_known(id_, [one.id for one in known], what, f"`matcher import {what}s FILE` brings new ones.")
    overrides = overrides_of(workspace, programme, as_of)
    return gather(workspace, snapshot, as_of, programme, progress, overrides=overrides)


def _names(inputs: Inputs) -> dict[str, str]:
    return {one.id: one.name for one in inputs.startups} | {one.id: one.name for one in inputs.partners}


def _unplaced(plan: Plan, startup_id: str) -> str | None:
    return next((left.because for left in plan.shortlist.unplaced if left.id == startup_id), None)
