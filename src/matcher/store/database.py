"""The database: opening it, bringing its schema up to date, reading and writing transactions."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, select
from sqlalchemy import column as sql_column
from sqlalchemy import table as sql_table
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError

from matcher.errors import BadInput, Unavailable

# What the floors above may know of SQLAlchemy.
__all__ = ["Connection", "Engine", "check_sound", "open_database", "reading", "writing"]

HEAD = "0004"
_MIGRATIONS = Path(__file__).parent / "migrations"
# Another writer may hold the lock for the length of its transaction; an import of 20,000 rows takes about two seconds.
_WAIT_SECONDS = 60


def open_database(where: Path | str) -> Engine:
    """The engine of a database whose schema is up to date. where: a SQLite file, or the URL of any database.

    On SQLite every transaction that writes begins with BEGIN IMMEDIATE: with the default, of two programs that read and
    then write, one loses its update. Raises BadInput when the database is newer than this program or the URL is none,
    Unavailable when it cannot be opened.
    """
    engine = _engine(where)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        _make_private(engine)
    _migrate(engine)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the database; nothing is written. Raises Unavailable."""
    with _in_words(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: committed when the block ends well, else as if it had never begun.

    Raises Unavailable.
    """
    with (
        _in_words(engine),
        engine.connect().execution_options(matcher_writes=True) as connection,
        connection.begin(),
    ):
        yield connection


def check_sound(connection: Connection) -> None:
    """Look through every page of a SQLite file. Raises Unavailable where one is damaged."""
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
        raise Unavailable(_damaged(_name(connection.engine)))


def _engine(where: Path | str) -> Engine:
    # A path is no text to paste into a URL: it may hold ? # or %.
    try:
        url = URL.create("sqlite", database=str(where)) if isinstance(where, Path) else make_url(where)
        if url.get_backend_name() == "sqlite":
            return create_engine(url, connect_args={"timeout": _WAIT_SECONDS})
        return create_engine(url, pool_pre_ping=True)
    except ImportError as fault:
        raise BadInput(
            f"The library '{fault.name}' that this kind of database needs is not installed; install it, or name "
            "another in MATCHER_DATABASE_URL."
        ) from fault
    except (ArgumentError, ValueError) as fault:
        raise BadInput(
            "MATCHER_DATABASE_URL is not the address of a database; write it like "
            "postgresql+psycopg://user@host/name, or unset it to use the file in the workspace."
        ) from fault


def _make_private(engine: Engine) -> None:
    """Make a new SQLite file readable by nobody else; SQLite gives its -wal and -shm files the same mode."""
    path = engine.url.database
    if path and path != ":memory:" and not Path(path).exists():
        try:
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as fault:
            raise Unavailable(
                f"The database {path} cannot be made: {fault.strerror}; name another --workspace."
            ) from fault


@contextmanager
def _in_words(engine: Engine) -> Iterator[None]:
    """Say in one sentence what keeps a database from working; any other error is a fault of ours and goes on."""
    try:
        yield
    except DBAPIError as fault:
        sentence = _sqlite_sentence(engine, fault) if engine.dialect.name == "sqlite" else _server_sentence(fault)
        if sentence is None:
            raise
        raise Unavailable(sentence) from fault


def _sqlite_sentence(engine: Engine, fault: DBAPIError) -> str | None:
    name = _name(engine)
    code = getattr(fault.orig, "sqlite_errorcode", None)
    if code is None:  # Python's own: bytes where a text should be
        return _damaged(name) if isinstance(fault, OperationalError) else None
    match code & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return (
                f"{name} is locked by another program for more than {_WAIT_SECONDS} seconds; try again when it is done."
            )
        case sqlite3.SQLITE_FULL:
            return f"{name} cannot grow, because its disk is full; free some space and run the same command again."
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return _damaged(name)
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_IOERR:
            return (
                f"{name} cannot be read or written ({fault.orig}); mend its permissions and look whether its disk is "
                "full, or name another --workspace."
            )
    return None


def _server_sentence(fault: DBAPIError) -> str | None:
    if not isinstance(fault, OperationalError | InterfaceError):
        return None
    why = (str(fault.orig).strip().splitlines() or ["no reason given"])[0].rstrip(".")
    return f"The database of MATCHER_DATABASE_URL does not answer ({why}); start it, or mend the address."


def _damaged(name: str) -> str:
    return (
        f"{name} is damaged or is not a database; put a sound copy in its place, or move it away and import your "
        "sheets again."
    )


def _name(engine: Engine) -> str:
    return f"The database {engine.url.database or ':memory:'}"


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
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
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
