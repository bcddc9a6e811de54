"""Approvals: which person decided that a run may leave as published."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from matcher.store.records import ignoring_known
from matcher.store.tables import approvals


@dataclass(frozen=True, kw_only=True)
class Approval:
    """approved_at: UTC, ISO 8601."""

    run_id: str
    person: str
    approved_at: str


def keep(connection: Connection, approval: Approval) -> Approval:
    """Keep an approval; where the run is approved already, the earlier one is given back unchanged."""
    connection.execute(ignoring_known(connection, approvals), vars(approval))
    kept = find(connection, approval.run_id)
    assert kept is not None
    return kept


def find(connection: Connection, run_id: str) -> Approval | None:
    """The approval of a run, None where nobody approved it."""
    row = connection.execute(select(approvals).where(approvals.c.run_id == run_id)).one_or_none()
    return None if row is None else Approval(**row._mapping)


def load(connection: Connection) -> dict[str, Approval]:
    """Run id → its approval."""
    return {row.run_id: Approval(**row._mapping) for row in connection.execute(select(approvals))}
