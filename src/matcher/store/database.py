"""The database: opening it, bringing its schema up to date, reading and writing transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select
from sqlalchemy import column as sql_column
from sqlalchemy import table as sql_table
from sqlalchemy.exc import DatabaseError

from matcher.errors import BadInput

# What the floors above may know of SQLAlchemy.
__all__ = ["Connection", "DatabaseError", "Engine", "open_database", "reading", "writing"]

HEAD = "0001"
_MIGRATIONS = Path(__file__).parent / "migrations"
# Another writer may hold the lock for the length of its transaction; an import of 20,000 rows takes about two seconds.
_WAIT_SECONDS = 60


def open_database(url: str) -> Engine:
    """The engine of a database whose schema is up to date.

    On SQLite every transaction that writes begins with BEGIN IMMEDIATE: with the default, of two programs that read and
    then write, one loses its update. Raises BadInput when the database is newer than this program, or is none.
    """
    sqlite = url.startswith("sqlite")
    connect_args = {"timeout": _WAIT_SECONDS} if sqlite else {}
    engine = create_engine(url, connect_args=connect_args, pool_pre_ping=not sqlite)
    if sqlite:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    _migrate(engine)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the database; nothing is written."""
    with engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: committed when the block ends well, else as if it had never begun."""
    with engine.connect().execution_options(matcher_writes=True) as connection, connection.begin():
        yield connection


def _prepare_sqlite(raw: Any, _record: object) -> None:
    raw.isolation_level = None  # the driver must not begin transactions of its own
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "secure_delete=ON"):
        raw.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("matcher_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(engine: Engine) -> None:
    with reading(engine) as connection:
        if _revision(connection) == HEAD:
            return
    # Imported late: a database that is up to date need not wait for it.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with writing(engine) as connection:
        found = _revision(connection)
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        if found is not None and found not in known:
            raise BadInput(
                f"This database has schema {found}, which is newer than this program; install the newer matcher."
            )
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(
        select(sql_column("version_num")).select_from(sql_table("alembic_version"))
    )
    return revision
