"""Programmes added to a workspace, as the text of their files."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from matcher.store.tables import programmes


def load(connection: Connection) -> dict[str, str]:
    """Programme id → text of its TOML file, in the order of ids."""
    rows = connection.execute(select(programmes.c.id, programmes.c.body).order_by(programmes.c.id))
    return {id_: body for id_, body in rows}


def put(connection: Connection, programme_id: str, body: str) -> None:
    """Add a programme, or put another text in its place."""
    connection.execute(delete(programmes).where(programmes.c.id == programme_id))
    connection.execute(programmes.insert(), {"id": programme_id, "body": body})
