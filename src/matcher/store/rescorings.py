"""With how many versions of its profile a startup was matched on a day, counted in the startup's own view alone."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from matcher.store.tables import records, rescorings


def versions(connection: Connection, startup_id: str, day: str) -> frozenset[str]:
    """The versions it was matched with on this UTC day, ISO 8601.

    In a writing transaction nobody else can read them for this startup until the transaction ends: so of two doors that
    count at once, the second counts what the first has kept.
    """
    # SQLite lets only one writer in anyhow, and leaves FOR UPDATE out.
    connection.execute(
        select(records.c.hash).where(records.c.kind == "startup", records.c.record_id == startup_id).with_for_update()
    )
    mine = rescorings.c.startup_id == startup_id, rescorings.c.day == day
    return frozenset(connection.scalars(select(rescorings.c.version_hash).where(*mine)))


def keep(connection: Connection, startup_id: str, day: str, version_hash: str) -> None:
    """Count one more version on this day; what earlier days had is of no more use and goes."""
    connection.execute(delete(rescorings).where(rescorings.c.startup_id == startup_id, rescorings.c.day < day))
    connection.execute(rescorings.insert(), {"startup_id": startup_id, "day": day, "version_hash": version_hash})


def forget(connection: Connection, startup_id: str) -> None:
    """Leave nothing of this startup."""
    connection.execute(delete(rescorings).where(rescorings.c.startup_id == startup_id))
