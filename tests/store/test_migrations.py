"""A database of every earlier schema comes up to date and keeps everything that was in it."""

import os
from contextlib import contextmanager

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, make_url

from matcher.store import database, rankers, rescorings, runs, tables

ROWS = {
    "versions": "('h', 'startup', 's1', '{}')",
    "records": "('startup', 's1', 'h')",
    "input_sets": "('i', 'h')",
    "runs": "('0123456789ab', 'shortlist', 'e', '{}', 'i', '{}', '2026-11-24', 1)",
    "programmes": "('mine', 'id = \"mine\"')",
}


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """Where an empty database is: a file, or a schema of its own in the PostgreSQL of MATCHER_TEST_DATABASE_URL."""
    if request.param == "sqlite":
        yield tmp_path / "m.db"
        return
    if not os.environ.get("MATCHER_TEST_DATABASE_URL"):
        pytest.skip("MATCHER_TEST_DATABASE_URL names no PostgreSQL to test with")
    url = make_url(os.environ["MATCHER_TEST_DATABASE_URL"])
    schema = f"matcher_{os.urandom(4).hex()}"
    with closing_engine(url) as engine, engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    yield url.update_query_dict({"options": f"-csearch_path={schema}"}).render_as_string(hide_password=False)
    with closing_engine(url) as engine, engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")


@contextmanager
def closing_engine(url):
    engine = create_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def opened(address):
    engine = database.open_database(address)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def of_schema(revision, address):
    """A connection to a database as an earlier program left it."""
    config = Config()
    config.set_main_option("script_location", str(database._MIGRATIONS))
    url = address if isinstance(address, str) else f"sqlite:///{address}"
    with closing_engine(url) as engine, engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        yield connection


def rows(connection):
    return {table: connection.exec_driver_sql(f"SELECT * FROM {table}").all() for table in ROWS}


def test_the_first_schema_comes_up_to_date_and_keeps_everything(address):
    with of_schema("0001", address) as connection:
        for table, values in ROWS.items():
            connection.exec_driver_sql(f"INSERT INTO {table} VALUES {values}")
        before = rows(connection)
    with opened(address) as engine, database.reading(engine) as connection:
        assert rows(connection) == before
        assert runs.ids(connection) == ("0123456789ab",)
        assert rankers.active(connection) is None
        assert rankers.lines(connection) == ()


def test_the_second_schema_comes_up_to_date_and_keeps_the_active_ranker(address):
    kept = "INSERT INTO rankers VALUES (7, 'a/1', '{}', '{}', '# A', NULL)"
    with of_schema("0002", address) as connection:
        connection.exec_driver_sql(kept)
        connection.exec_driver_sql("UPDATE active_ranker SET ranker_id = 'a/1'")
        for table, values in ROWS.items():
            connection.exec_driver_sql(f"INSERT INTO {table} VALUES {values}")
        before = rows(connection)
    with opened(address) as engine, database.writing(engine) as connection:
        assert rows(connection) == before
        assert rankers.active(connection).id == "a/1"
        assert rescorings.versions(connection, "s1", "2026-11-24") == frozenset()
        rescorings.keep(connection, "s1", "2026-11-24", "h")
        assert rescorings.versions(connection, "s1", "2026-11-24") == {"h"}


def test_a_database_that_is_up_to_date_is_left_alone(address):
    for _ in range(2):
        with opened(address) as engine, database.writing(engine) as connection:
            rankers.keep(connection, "a/1", "{}", "{}", "# A", None)
            rankers.activate(connection, "a/1")
    with opened(address) as engine, database.reading(engine) as connection:
        assert [line.active for line in rankers.lines(connection)] == [True]


def test_the_tables_are_those_the_migrations_make(address):
    with opened(address) as engine, database.reading(engine) as connection:
        differences = compare_metadata(MigrationContext.configure(connection), tables.metadata)
        revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        made = set(inspect(connection).get_table_names())
    assert differences == []
    assert revision == database.HEAD
    assert made == {*tables.metadata.tables, "alembic_version"}
