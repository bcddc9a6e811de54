"""A ranker is kept once under its id and never changed, and at most one is active."""

import pytest
from sqlalchemy.exc import IntegrityError

from matcher.store import database, rankers

NOW = "2026-11-24T00:00:00+00:00"
FIRST = rankers.KeptRanker(id="a/1", body="{}", metrics="{}", card="# A", made_at=NOW)
SECOND = rankers.KeptRanker(id="b/2", body="[]", metrics="{}", card="# B", made_at=None)


@pytest.fixture
def engine(tmp_path):
    engine = database.open_database(tmp_path / "m.db")
    with database.writing(engine) as connection:
        for one in (SECOND, FIRST):
            keep(connection, one)
    return engine


def keep(connection, ranker, **other):
    said = vars(ranker) | other
    rankers.keep(connection, said.pop("id"), **said)


def test_what_was_kept_first_stays(engine):
    with database.writing(engine) as connection:
        keep(connection, FIRST, body="other", made_at="later")
    with database.reading(engine) as connection:
        assert rankers.find(connection, FIRST.id) == FIRST
        assert rankers.find(connection, "c/3") is None


def test_the_shipped_one_is_active_until_another_is_chosen_and_after_going_back(engine):
    for chosen, expected in ((None, None), (FIRST.id, FIRST), (SECOND.id, SECOND), (None, None)):
        with database.writing(engine) as connection:
            rankers.activate(connection, chosen)
        with database.reading(engine) as connection:
            assert rankers.active(connection) == expected


def test_lines_are_in_the_order_of_keeping_and_say_which_is_active(engine):
    with database.writing(engine) as connection:
        rankers.activate(connection, FIRST.id)
    with database.reading(engine) as connection:
        assert rankers.lines(connection) == (
            rankers.RankerLine(id=SECOND.id, made_at=None, active=False),
            rankers.RankerLine(id=FIRST.id, made_at=NOW, active=True),
        )


def test_what_is_not_kept_cannot_be_active(engine):
    with pytest.raises(IntegrityError), database.writing(engine) as connection:
        rankers.activate(connection, "c/3")


def test_a_change_that_fails_leaves_the_active_one(engine):
    with database.writing(engine) as connection:
        rankers.activate(connection, FIRST.id)
    with pytest.raises(RuntimeError), database.writing(engine) as connection:
        rankers.activate(connection, SECOND.id)
        raise RuntimeError
    with database.reading(engine) as connection:
        assert rankers.active(connection) == FIRST
