"""Runs: kept executions, named by their manifest, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, cast, func, select
from sqlalchemy.dialects.postgresql import JSONB

from matcher.domain.run import Run
from matcher.store.records import ignoring_known
from matcher.store.tables import runs


@dataclass(frozen=True, kw_only=True)
class RunLine:
    """What a list shows of a run."""

    id: str
    kind: str
    programme_id: str
    as_of: str
    made_at: str


def keep(connection: Connection, run: Run) -> Run:
    """Keep a run; where the same manifest was run before, the earlier one is given back unchanged."""
    earlier = find(connection, run.id)
    if earlier is not None:
        return earlier
    sequence = (connection.scalar(select(func.max(runs.c.sequence))) or 0) + 1
    connection.execute(
        ignoring_known(connection, runs),
        {
            "id": run.id,
            "kind": run.kind,
            "programme_id": run.programme_id,
            "manifest": run.manifest,
            "inputs_hash": run.inputs_hash,
            "result": run.result,
            "made_at": run.made_at,
            "sequence": sequence,
        },
    )
    return run


def find(connection: Connection, run_id: str) -> Run | None:
    """The run of this id."""
    row = connection.execute(select(*_COLUMNS).where(runs.c.id == run_id)).one_or_none()
    return None if row is None else Run(**row._mapping)


def ids(connection: Connection) -> tuple[str, ...]:
    """The ids of all runs, the oldest first."""
    return tuple(connection.scalars(select(runs.c.id).order_by(runs.c.sequence)))


def lines(connection: Connection) -> tuple[RunLine, ...]:
    """What a list shows of all runs, the oldest first; no result is read, each may be megabytes."""
    columns = (runs.c.id, runs.c.kind, runs.c.programme_id, _as_of(connection), runs.c.made_at)
    return tuple(RunLine(**row._mapping) for row in connection.execute(select(*columns).order_by(runs.c.sequence)))


_COLUMNS = tuple(column for column in runs.c if column.name != "sequence")


def _as_of(connection: Connection) -> ColumnElement[Any]:
    as_of: ColumnElement[Any] = func.json_extract(runs.c.manifest, "$.as_of")
    if connection.dialect.name == "postgresql":
        as_of = cast(runs.c.manifest, JSONB)["as_of"].astext
    return as_of.label("as_of")
