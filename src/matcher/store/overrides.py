"""Overrides: what officers decided about pairs, kept across runs until somebody removes it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, select

from matcher.domain.override import Override
from matcher.store.tables import overrides


def load(connection: Connection, programme_id: str | None = None) -> tuple[Override, ...]:
    """Those of a programme, or all, in the order of programme, startup, partner and kind; expired ones too."""
    rows = select(overrides).order_by(
        overrides.c.programme_id, overrides.c.startup_id, overrides.c.partner_id, overrides.c.kind
    )
    if programme_id is not None:
        rows = rows.where(overrides.c.programme_id == programme_id)
    found = [
        Override(
            programme_id=row.programme_id,
            startup_id=row.startup_id,
            partner_id=row.partner_id,
            kind=row.kind,
            code=row.code,
            reason=row.reason,
            person=row.person,
            until=row.until,
        )
        for row in connection.execute(rows)
    ]
    # The database may sort by the rules of its locale; results must not.
    return tuple(sorted(found, key=lambda one: (one.programme_id, *one.pair, one.kind)))


def put(connection: Connection, override: Override, made_at: str) -> None:
    """Keep one, in place of an earlier one of the same pair and kind. made_at: UTC, ISO 8601."""
    remove(connection, override.programme_id, override.pair, (override.kind,))
    connection.execute(overrides.insert(), vars(override) | {"made_at": made_at})


def remove(connection: Connection, programme_id: str, pair: tuple[str, str], kinds: Iterable[str]) -> bool:
    """Remove those of these kinds; whether there was any."""
    gone = connection.execute(
        delete(overrides).where(
            overrides.c.programme_id == programme_id,
            overrides.c.startup_id == pair[0],
            overrides.c.partner_id == pair[1],
            overrides.c.kind.in_(tuple(kinds)),
        )
    )
    return gone.rowcount > 0
