"""Runs: kept executions, named by their manifest, never changed."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from matcher.domain.run import Run
from matcher.store.records import ignoring_known
from matcher.store.tables import runs


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


def load(connection: Connection) -> tuple[Run, ...]:
    """All runs, the oldest first."""
    return tuple(Run(**row._mapping) for row in connection.execute(select(*_COLUMNS).order_by(runs.c.sequence)))


_COLUMNS = tuple(column for column in runs.c if column.name != "sequence")
