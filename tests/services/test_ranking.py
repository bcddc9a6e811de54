"""Rankers are listed, shown and chosen by their id, a beginning of it, or as the shipped one."""

import dataclasses
import json

import pytest

from matcher.errors import BadInput, NotFound
from matcher.services.ranking import list_rankers, show_ranker, use_ranker
from matcher.store import rankers
from tests.rankers import MADE_AT, a_ranker, keep
from tests.workspaces import a_workspace


@pytest.fixture
def workspace(tmp_path):
    return a_workspace(tmp_path)


@pytest.fixture
def trained(workspace):
    return keep(workspace, *a_ranker(workspace, thesis=5.0))


def chosen(workspace):
    return [one.id for one in list_rankers(workspace) if one.active]


def test_the_shipped_one_is_listed_first_and_exactly_one_is_active(workspace):
    shipped = workspace.shipped_ranker.id
    assert [(one.id, one.origin, one.active) for one in list_rankers(workspace)] == [(shipped, "shipped", True)]
    new = keep(workspace, *a_ranker(workspace, thesis=5.0))
    with workspace.writing() as connection:
        workspace.keep_shipped_ranker(connection)
    assert [(one.id, one.origin, one.made_at, one.active) for one in list_rankers(workspace)] == [
        (shipped, "shipped", None, False),
        (new, "trained", MADE_AT, True),
    ]


def test_one_that_was_shipped_with_another_program_says_so(workspace):
    new_id, body = a_ranker(workspace, version="v99")
    with workspace.writing() as connection:
        rankers.keep(connection, new_id, body, "{}", "# V99", None)
    assert [one.origin for one in list_rankers(workspace)] == ["shipped", "shipped before"]


def test_a_ranker_is_used_by_its_id_or_a_beginning_that_no_other_has(workspace, trained):
    for wanted in (trained, "trained/", "t"):
        use_ranker(workspace, "shipped")
        assert chosen(workspace) == [workspace.shipped_ranker.id]
        assert use_ranker(workspace, wanted).id == trained
        assert chosen(workspace) == [trained]
        assert workspace.ranker.id == trained


def test_a_beginning_of_several_is_refused_and_the_whole_of_one_is_not(workspace, trained):
    longer = keep(workspace, f"{trained}0", "{}", active=False)
    with pytest.raises(BadInput, match="'trained' is the beginning of 2 rankers"):
        use_ranker(workspace, "trained")
    assert show_ranker(workspace, trained)[0].id == trained
    assert show_ranker(workspace, longer)[0].id == longer


@pytest.mark.parametrize("wanted", ["", "nobody/0123"])
def test_an_unknown_ranker_is_refused(workspace, trained, wanted):
    with pytest.raises(NotFound, match=rf"There is no ranker '{wanted}'; .*`matcher rankers list`"):
        use_ranker(workspace, wanted)
    assert chosen(workspace) == [trained]


def test_one_that_does_not_fit_is_refused_and_nothing_changes(workspace, trained):
    ranker_id, body = a_ranker(workspace, version="odd", thesis=6.0)
    keep(workspace, ranker_id, body.replace('"thesis"', '"horoscope"'), active=False)
    with pytest.raises(BadInput, match=f"'{ranker_id}' .* does not fit"):
        use_ranker(workspace, "odd")
    assert chosen(workspace) == [trained]


def test_shipped_follows_the_program_and_an_id_does_not(workspace):
    old = workspace.shipped_ranker.id
    new_id, body = a_ranker(workspace, version="v99", thesis=6.0)
    keep(workspace, new_id, body, active=False)
    later = dataclasses.replace(workspace, load_ranker=lambda: workspace.find_ranker(new_id))
    use_ranker(workspace, old)
    assert (workspace.ranker.id, later.ranker.id) == (old, old)
    use_ranker(workspace, "shipped")
    assert (workspace.ranker.id, later.ranker.id) == (old, new_id)


def test_the_papers_of_each_are_shown(workspace, trained):
    _, papers = show_ranker(workspace, "trained")
    assert papers.card == "# Trained here\n"
    assert json.loads(papers.body)["weights"]["thesis"] == 5.0
    _, papers = show_ranker(workspace, "shipped")
    assert papers.card == workspace.ranker_files().card
    assert papers.id == workspace.shipped_ranker.id
