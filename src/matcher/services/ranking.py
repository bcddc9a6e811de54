"""Ranking: the rankers there are, and which of them is active."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.errors import BadInput
from matcher.steps.lookup import check_known, named_by
from matcher.steps.rank import SHIPPED
from matcher.store import rankers
from matcher.store.rankers import KeptRanker
from matcher.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class RankerStanding:
    """A ranker among the others.

    origin: "shipped" with this program, "shipped before" with another one, or "trained" here. made_at: when it was
    trained; None for one that was shipped.
    """

    id: str
    origin: str
    made_at: str | None
    active: bool


def list_rankers(workspace: Workspace) -> tuple[RankerStanding, ...]:
    """The shipped ranker, then every other that is kept, in the order of keeping."""
    with workspace.reading() as connection:
        kept = rankers.lines(connection)
    shipped = workspace.shipped_ranker.id
    chosen = next((line.id for line in kept if line.active), shipped)
    others = [
        RankerStanding(
            id=line.id,
            origin="shipped before" if line.made_at is None else "trained",
            made_at=line.made_at,
            active=line.active,
        )
        for line in kept
        if line.id != shipped
    ]
    return (RankerStanding(id=shipped, origin=SHIPPED, made_at=None, active=chosen == shipped), *others)


def show_ranker(workspace: Workspace, wanted: str) -> tuple[RankerStanding, KeptRanker]:
    """A ranker with its papers. wanted: as in `use_ranker`. Raises NotFound, BadInput."""
    standing = _standing(workspace, wanted)
    if standing.origin == SHIPPED:
        files = workspace.ranker_files()
        return standing, KeptRanker(
            id=standing.id, body=files.body, metrics=files.metrics, card=files.card, made_at=None
        )
    with workspace.reading() as connection:
        found = rankers.find(connection, standing.id)
    assert found is not None
    return standing, found


def use_ranker(workspace: Workspace, wanted: str) -> RankerStanding:
    """Make a ranker the active one.

    wanted: its id, or a beginning that no other has. An id stays the active one when a later program ships another;
    "shipped" is the one that this program or a later one ships. Raises NotFound, and BadInput when it does not fit this
    program.
    """
    standing = _standing(workspace, wanted)
    workspace.find_ranker(standing.id)  # raises where it does not fit, before anything is changed
    with workspace.writing() as connection:
        if wanted == SHIPPED:
            rankers.activate(connection, None)
        else:
            if standing.origin == SHIPPED:
                workspace.keep_shipped_ranker(connection)
            rankers.activate(connection, standing.id)
    return _standing(workspace, standing.id)


def _standing(workspace: Workspace, wanted: str) -> RankerStanding:
    known = {one.id: one for one in list_rankers(workspace)}
    if wanted == SHIPPED:
        return next(iter(known.values()))
    named = named_by(wanted, known)
    if not named:
        check_known(wanted, [*known], "ranker", "`matcher rankers list` shows them all.")
    if len(named) > 1:
        raise BadInput(
            f"'{wanted}' is the beginning of {len(named)} rankers; write more of the id that `matcher rankers list` "
            "shows."
        )
    return known[named[0]]
