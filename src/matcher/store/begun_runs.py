"""Runs that were begun and not finished: what is needed to go on after the machine died."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select

from matcher.domain.run import Manifest
from matcher.store.records import ignoring_known
from matcher.store.tables import begun_runs


@dataclass(frozen=True, kw_only=True)
class BegunRun:
    """manifest: JSON text. inputs_hash: the kept set of record versions it reads. begun_at: UTC, ISO 8601."""

    id: str
    manifest: str
    inputs_hash: str
    begun_at: str

    @property
    def told(self) -> Manifest:
        """The manifest, read."""
        return Manifest(**json.loads(self.manifest))


def begin(connection: Connection, manifest: Manifest, inputs_hash: str, begun_at: str) -> None:
    """Remember that a run was begun; a no-op where it already was."""
    row = {
        "id": manifest.run_id(),
        "manifest": manifest.text(),
        "inputs_hash": inputs_hash,
        "begun_at": begun_at,
    }
    connection.execute(ignoring_known(connection, begun_runs), row)


def end(connection: Connection, run_id: str) -> None:
    """Forget it: it is finished, or cannot be."""
    connection.execute(delete(begun_runs).where(begun_runs.c.id == run_id))


def find(connection: Connection, run_id: str) -> BegunRun | None:
    """The begun run of this id."""
    row = connection.execute(select(begun_runs).where(begun_runs.c.id == run_id)).one_or_none()
    return None if row is None else BegunRun(**row._mapping)


def load(connection: Connection) -> tuple[BegunRun, ...]:
    """All of them, the oldest first."""
    rows = connection.execute(select(begun_runs))
    return tuple(sorted((BegunRun(**row._mapping) for row in rows), key=lambda run: (run.begun_at, run.id)))
