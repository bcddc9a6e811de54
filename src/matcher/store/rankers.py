"""Rankers by content, never changed, and which one is active; the shipped one is active where none was chosen."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from matcher.store.records import ignoring_known
from matcher.store.tables import active_ranker, rankers


@dataclass(frozen=True, kw_only=True)
class KeptRanker:
    """A ranker with its papers. made_at: UTC, ISO 8601; None for one that came with a program."""

    id: str
    body: str
    metrics: str
    card: str
    made_at: str | None


@dataclass(frozen=True, kw_only=True)
class RankerLine:
    """What a list shows of a ranker."""

    id: str
    made_at: str | None
    active: bool


def keep(connection: Connection, ranker_id: str, body: str, metrics: str, card: str, made_at: str | None) -> None:
    """Keep a ranker; a no-op when it is known.

    ranker_id: the `Ranker.id` of `body`. body: the text of coefficients.json. made_at: None for one that came with the
    program.
    """
    row = {"id": ranker_id, "body": body, "metrics": metrics, "card": card, "made_at": made_at}
    connection.execute(ignoring_known(connection, rankers), row)


def activate(connection: Connection, ranker_id: str | None) -> None:
    """Make a kept ranker the active one; None is the shipped one."""
    connection.execute(active_ranker.update().values(ranker_id=ranker_id))


def active(connection: Connection) -> KeptRanker | None:
    """The active ranker; None is the shipped one."""
    row = connection.execute(select(*_COLUMNS).join_from(active_ranker, rankers)).one_or_none()
    return None if row is None else KeptRanker(**row._mapping)


def find(connection: Connection, ranker_id: str) -> KeptRanker | None:
    """The kept ranker of this id."""
    row = connection.execute(select(*_COLUMNS).where(rankers.c.id == ranker_id)).one_or_none()
    return None if row is None else KeptRanker(**row._mapping)


def lines(connection: Connection) -> tuple[RankerLine, ...]:
    """What a list shows of all kept rankers, in the order of keeping."""
    rows = connection.execute(
        select(rankers.c.id, rankers.c.made_at, active_ranker.c.place)
        .join_from(rankers, active_ranker, isouter=True)
        .order_by(rankers.c.sequence)
    )
    return tuple(RankerLine(id=id_, made_at=made_at, active=place is not None) for id_, made_at, place in rows)


_COLUMNS = tuple(column for column in rankers.c if column.name != "sequence")
