"""Versions are counted by startup and by day, and forgotten whole."""

import threading

import pytest

from matcher.store import database, records, rescorings
from tests.builders import a_startup

MONDAY, TUESDAY = "2026-11-23", "2026-11-24"


@pytest.fixture
def engine(tmp_path):
    return database.open_database(tmp_path / "m.db")


def counted(engine, startup_id, day):
    with database.reading(engine) as connection:
        return rescorings.versions(connection, startup_id, day)


def keep(engine, *rows):
    with database.writing(engine) as connection:
        for row in rows:
            rescorings.keep(connection, *row)


def test_each_startup_and_each_day_has_its_own_count(engine):
    keep(engine, ("s1", MONDAY, "a"), ("s1", MONDAY, "b"), ("s2", MONDAY, "c"))
    assert counted(engine, "s1", MONDAY) == {"a", "b"}
    assert counted(engine, "s2", MONDAY) == {"c"}
    assert counted(engine, "s1", TUESDAY) == frozenset()


def test_a_new_day_leaves_nothing_of_the_days_before_but_those_of_others(engine):
    keep(engine, ("s1", MONDAY, "a"), ("s2", MONDAY, "c"), ("s1", TUESDAY, "a"))
    assert counted(engine, "s1", MONDAY) == frozenset()
    assert counted(engine, "s1", TUESDAY) == {"a"}
    assert counted(engine, "s2", MONDAY) == {"c"}


def test_nothing_is_left_of_one_that_is_forgotten(engine):
    keep(engine, ("s1", MONDAY, "a"), ("s1", MONDAY, "b"), ("s2", MONDAY, "c"))
    with database.writing(engine) as connection:
        rescorings.forget(connection, "s1")
    assert counted(engine, "s1", MONDAY) == frozenset()
    assert counted(engine, "s2", MONDAY) == {"c"}


def test_of_many_who_count_at_once_each_counts_what_the_others_kept(engine):
    with database.writing(engine) as connection:
        records.put(connection, "startup", [a_startup("s1")])
    seen = []

    def count(version):
        with database.writing(engine) as connection:
            before = rescorings.versions(connection, "s1", MONDAY)
            rescorings.keep(connection, "s1", MONDAY, version)
            seen.append(len(before))

    threads = [threading.Thread(target=count, args=(f"v{at}",)) for at in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == list(range(8))
