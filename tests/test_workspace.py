"""The active ranker is the one the database names now; one that no longer fits is named with the way out."""

import json

import pytest

from matcher.errors import BadInput
from matcher.store import rankers
from tests.rankers import a_ranker, keep
from tests.workspaces import a_workspace


@pytest.fixture
def workspace(tmp_path):
    return a_workspace(tmp_path)


def test_the_shipped_ranker_is_active_at_first(workspace):
    assert workspace.ranker == workspace.shipped_ranker == workspace.load_ranker()


def test_a_ranker_that_becomes_active_is_seen_at_once_and_so_is_going_back(workspace):
    shipped = workspace.ranker
    for thesis in (5.0, 7.0):
        new = keep(workspace, *a_ranker(workspace, thesis=thesis))
        assert workspace.ranker.id == new
        assert workspace.ranker.weights["thesis"] == thesis
    with workspace.writing() as connection:
        rankers.activate(connection, None)
    assert workspace.ranker == shipped


def test_another_program_on_the_same_database_sees_it_too(workspace, tmp_path):
    other = a_workspace(tmp_path)
    assert other.ranker == other.shipped_ranker
    assert keep(workspace, *a_ranker(workspace, thesis=5.0)) == other.ranker.id


def test_the_files_are_those_of_the_shipped_ranker(workspace):
    files = workspace.ranker_files()
    assert json.loads(files.body)["version"] == workspace.shipped_ranker.version
    assert json.loads(files.metrics)
    assert files.card.startswith("# Ranker")


def test_a_ranker_is_found_by_its_id_whether_shipped_or_kept(workspace):
    new = keep(workspace, *a_ranker(workspace, thesis=5.0), active=False)
    assert workspace.find_ranker(new).weights["thesis"] == 5.0
    assert workspace.find_ranker(workspace.shipped_ranker.id) == workspace.shipped_ranker
    assert workspace.find_ranker("trained/0000") is None


@pytest.mark.parametrize("body", ["other features", "other numbers", "not JSON"])
def test_a_ranker_that_does_not_fit_is_named_with_the_way_out(workspace, body):
    ranker_id, good = a_ranker(workspace, thesis=5.0)
    said = json.loads(good)
    bodies = {
        "other features": json.dumps(said | {"weights": said["weights"] | {"horoscope": 1.0}}),
        "other numbers": a_ranker(workspace, thesis=6.0)[1],
        "not JSON": good[:-1],
    }
    keep(workspace, ranker_id, bodies[body])
    with pytest.raises(BadInput, match=rf"'{ranker_id}' .* `matcher rankers use shipped`"):
        _ = workspace.ranker
