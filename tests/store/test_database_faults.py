"""What keeps a database from working is one sentence with the way out; a new file is nobody else's to read."""

import stat

import pytest

from matcher.domain.run import Manifest, Run
from matcher.errors import BadInput, Unavailable
from matcher.store import database, records, runs
from tests.builders import a_startup


def test_a_locked_database_is_said_to_be_locked(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "_WAIT_SECONDS", 0.1)
    first, second = (database.open_database(tmp_path / "m.db") for _ in range(2))
    locked = pytest.raises(Unavailable, match="locked by another program")
    with database.writing(first), locked, database.writing(second):
        pass


def test_a_full_disk_is_said_to_be_full_and_reads_go_on(tmp_path):
    engine = database.open_database(tmp_path / "m.db")
    with pytest.raises(Unavailable, match="disk is full"), database.writing(engine) as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
        records.put(connection, "startup", [a_startup(f"s{number}", summary="x" * 1000) for number in range(100)])
    with database.reading(engine) as connection:
        assert records.count(connection, "startup") == 0


def test_a_damaged_database_is_said_to_be_damaged(tmp_path):
    path = tmp_path / "m.db"
    engine = database.open_database(path)
    with database.writing(engine) as connection:
        records.put(connection, "startup", [a_startup(f"s{number}", summary="x" * 1000) for number in range(100)])
    with database.writing(engine) as connection:
        connection.exec_driver_sql("UPDATE programmes SET body = body")
    engine.dispose()
    page = 4096
    whole = path.read_bytes()
    path.write_bytes(whole[: 2 * page] + b"\xa5" * (len(whole) - 2 * page))
    with pytest.raises(Unavailable, match="damaged"), database.reading(database.open_database(path)) as connection:
        database.check_sound(connection)


def test_what_is_no_database_is_refused(tmp_path):
    path = tmp_path / "m.db"
    path.write_bytes(b"not a database at all" * 500)
    with pytest.raises(Unavailable, match="is not a database"):
        database.open_database(path)


def test_a_folder_in_its_place_is_refused(tmp_path):
    with pytest.raises(Unavailable, match="cannot be read or written"):
        database.open_database(tmp_path)


def test_a_fault_of_ours_is_not_dressed_up(tmp_path):
    engine = database.open_database(tmp_path / "m.db")
    with pytest.raises(Exception, match="no such table"), database.reading(engine) as connection:
        connection.exec_driver_sql("SELECT * FROM nowhere")


@pytest.mark.parametrize("url", ["garbage", "postgresql://host:port/name", "nosuch://x", "", "sqlite+nosuch:///x"])
def test_a_url_that_is_none_is_refused(url):
    with pytest.raises(BadInput, match="MATCHER_DATABASE_URL"):
        database.open_database(url)


def test_a_driver_that_is_not_installed_is_named():
    with pytest.raises(BadInput, match=r"'pymssql' .* is not installed"):
        database.open_database("mssql+pymssql://host/name")


@pytest.mark.parametrize("name", ["Q? plans", "50%20#x", "a&b=c;d", "Żółw"])
def test_a_folder_may_have_any_name(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()
    database.open_database(folder / "matcher.db")
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (folder / "matcher.db").stat().st_size > 0


def test_a_new_database_is_readable_by_its_owner_only(tmp_path):
    engine = database.open_database(tmp_path / "m.db")
    with database.writing(engine) as connection:
        records.put(connection, "startup", [a_startup("a")])
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == dict.fromkeys(("m.db", "m.db-wal", "m.db-shm"), 0o600)


def test_migrations_are_found_in_a_folder_with_a_percent_sign(tmp_path, monkeypatch):
    there = tmp_path / "50%20"
    there.symlink_to(database._MIGRATIONS)
    monkeypatch.setattr(database, "_MIGRATIONS", there)
    database.open_database(tmp_path / "m.db")


def test_a_list_of_runs_reads_no_result(tmp_path):
    engine = database.open_database(tmp_path / "m.db")
    seen = []
    for seed in range(2):
        manifest = Manifest(
            **dict.fromkeys(Manifest.__dataclass_fields__, "x")
            | {"programme_id": "e", "seed": seed, "as_of": "2026-11-24"}
        )
        run = Run(
            id=manifest.run_id(),
            kind="shortlist",
            programme_id="e",
            manifest=manifest.text(),
            inputs_hash="i",
            result="{}",
            made_at="2026-11-24T00:00:00+00:00",
        )
        with database.writing(engine) as connection:
            runs.keep(connection, run)
        seen.append(run.id)
    with database.writing(engine) as connection:
        connection.exec_driver_sql("ALTER TABLE runs RENAME COLUMN result TO away")
        assert runs.ids(connection) == tuple(seen)
        assert [(line.id, line.as_of) for line in runs.lines(connection)] == [(id_, "2026-11-24") for id_ in seen]
