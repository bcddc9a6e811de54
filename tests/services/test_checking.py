"""The check says whose ranker is active, and what to do about one that does not fit."""

import pytest

from matcher.services.checking import check
from matcher.store import rankers
from tests.rankers import MADE_AT, a_ranker, keep
from tests.workspaces import a_workspace


@pytest.fixture
def workspace(tmp_path):
    return a_workspace(tmp_path)


def finding(workspace):
    return next(one for one in check(workspace) if one.what == "ranker")


def test_the_shipped_ranker_is_said_to_be_the_shipped_one(workspace):
    shipped = workspace.shipped_ranker.id
    assert finding(workspace).detail == f"{shipped} can be read, the shipped one"
    with workspace.writing() as connection:
        workspace.keep_shipped_ranker(connection)
        rankers.activate(connection, shipped)
    assert finding(workspace).detail == f"{shipped} can be read, the shipped one"


def test_a_trained_ranker_is_said_to_be_trained_here_and_when(workspace):
    trained = keep(workspace, *a_ranker(workspace, thesis=5.0))
    assert finding(workspace).detail == f"{trained} can be read, trained here at {MADE_AT}"


def test_one_of_another_version_is_said_to_be_that(workspace):
    ranker_id, body = a_ranker(workspace, version="v99")
    with workspace.writing() as connection:
        rankers.keep(connection, ranker_id, body, "{}", "# V99", None)
        rankers.activate(connection, ranker_id)
    assert finding(workspace).detail == f"{ranker_id} can be read, shipped with another version"


def test_one_that_does_not_fit_is_a_problem_and_hides_no_other_part(workspace):
    ranker_id, body = a_ranker(workspace, thesis=5.0)
    keep(workspace, ranker_id, body[:-1])
    assert not finding(workspace).sound
    assert "`matcher rankers use shipped`" in finding(workspace).detail
    assert [one.what for one in check(workspace) if not one.sound] == ["ranker"]
