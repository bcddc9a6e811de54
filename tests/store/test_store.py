"""The database keeps every version by content, and of two writers none loses an update."""

import subprocess
import sys

import numpy as np
import pytest

from matcher.domain.run import Manifest, Run
from matcher.errors import BadInput
from matcher.store import database, records, runs, vectors
from tests.builders import a_partner, a_startup
from tests.conftest import ROOT


@pytest.fixture
def engine(tmp_path):
    return database.open_database(f"sqlite:///{tmp_path / 'm.db'}")


def put(engine, *startups):
    with database.writing(engine) as connection:
        records.put(connection, "startup", startups)


def test_what_was_put_is_there_in_the_order_of_ids(engine):
    put(engine, a_startup("b"), a_startup("a", name="Ünï “quoted”; DROP TABLE records"))
    with database.reading(engine) as connection:
        assert records.load(connection, "startup") == (
            a_startup("a", name="Ünï “quoted”; DROP TABLE records"),
            a_startup("b"),
        )
        assert records.count(connection, "startup") == 2
        assert records.load(connection, "partner") == ()


def test_an_earlier_version_stays_for_the_runs_that_read_it(engine):
    put(engine, a_startup("a", summary="First."))
    with database.writing(engine) as connection:
        versions = records.current_versions(connection, "startup").values()
        name = records.inputs_hash(versions)
        records.keep_inputs(connection, name, versions)
    put(engine, a_startup("a", summary="Second."))
    with database.reading(engine) as connection:
        assert records.load(connection, "startup")[0].summary == "Second."
        assert records.load_inputs(connection, name)["startup"][0].summary == "First."


def test_the_same_content_is_the_same_version(engine):
    put(engine, a_startup("a"))
    with database.reading(engine) as connection:
        before = records.current_versions(connection, "startup")
    put(engine, a_startup("a", name="Other"))
    put(engine, a_startup("a"))
    with database.reading(engine) as connection:
        assert records.current_versions(connection, "startup") == before


def test_a_transaction_that_fails_leaves_nothing(engine):
    with pytest.raises(RuntimeError), database.writing(engine) as connection:
        records.put(connection, "partner", [a_partner()])
        raise RuntimeError
    with database.reading(engine) as connection:
        assert records.count(connection, "partner") == 0


def test_vectors_come_back_in_the_order_asked_and_a_missing_one_is_named(engine):
    grid = np.arange(12, dtype=np.int16).reshape(3, 4) - 6
    with database.writing(engine) as connection:
        vectors.put(connection, "e", ["x", "y", "z"], grid)
        vectors.put(connection, "e", ["x"], grid[:1] + 1)  # the first one stays
    with database.reading(engine) as connection:
        assert vectors.known(connection, "e") == {"x", "y", "z"}
        assert vectors.known(connection, "other encoder") == set()
        assert np.array_equal(vectors.load(connection, "e", ["z", "x", "z"], 4), grid[[2, 0, 2]])
        with pytest.raises(KeyError, match="w"):
            vectors.load(connection, "e", ["x", "w"], 4)


def test_a_run_is_kept_once_and_never_changed(engine):
    manifest = Manifest(
        kind="shortlist",
        programme_id="e",
        programme="{}",
        inputs="i",
        reference="r",
        encoder="e",
        ranker="r",
        code="c",
        seed=0,
        as_of="2026-11-24",
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
        assert runs.keep(connection, run) == run
        later = Run(**{**vars(run), "made_at": "2027-01-01T00:00:00+00:00"})
        assert runs.keep(connection, later) == run
    with database.reading(engine) as connection:
        assert runs.find(connection, run.id) == run
        assert list(runs.ids(connection)) == [run.id]
        assert runs.find(connection, "nothing") is None


def test_a_newer_schema_is_refused(tmp_path):
    url = f"sqlite:///{tmp_path / 'm.db'}"
    with database.writing(database.open_database(url)) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(BadInput, match="newer than this program"):
        database.open_database(url)


_ADDS = """
import sys
from matcher.store import database
engine = database.open_database(sys.argv[1])
for _ in range(100):
    with database.writing(engine) as connection:
        number = int(connection.exec_driver_sql("SELECT body FROM programmes").scalar())
        connection.exec_driver_sql(f"UPDATE programmes SET body = '{number + 1}'")
"""


def test_two_programs_that_read_and_then_write_lose_no_update(tmp_path):
    url = f"sqlite:///{tmp_path / 'm.db'}"
    engine = database.open_database(url)
    with database.writing(engine) as connection:
        connection.exec_driver_sql("INSERT INTO programmes VALUES ('counter', '0')")
    both = [subprocess.Popen([sys.executable, "-c", _ADDS, url], cwd=ROOT) for _ in range(2)]
    assert [one.wait(timeout=120) for one in both] == [0, 0]
    with database.reading(engine) as connection:
        assert connection.exec_driver_sql("SELECT body FROM programmes").scalar() == "200"
