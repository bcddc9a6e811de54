"""A ranker is learned from an invented history, tried on the latest years, and kept where it is better."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from matcher.errors import BadInput, Stopped
from matcher.services.ranking import use_ranker
from matcher.services.training import train
from matcher.steps.rank import ranker_from_json
from matcher.store import rankers
from tests.builders import a_partner, a_startup
from tests.histories import (
    NOW,
    SMALL,
    YEARS,
    a_past,
    trained,
    went,
    with_a_ranker_that_heeds_nothing,
)
from tests.workspaces import TODAY, a_workspace, put

LATER = datetime(2027, 1, 31, tzinfo=UTC)


def standing(workspace):
    """Which rankers are kept, and which is active."""
    with workspace.reading() as connection:
        return rankers.lines(connection)


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    """The papers of the small history as it is."""
    return trained(tmp_path_factory.mktemp("small")).papers


@pytest.fixture(scope="module")
def telling(tmp_path_factory):
    """(workspace, what came of training it): 150 startups over five years, whose sector tells whom they go with."""
    workspace = put(a_workspace(tmp_path_factory.mktemp("telling")), **a_past())
    before = with_a_ranker_that_heeds_nothing(workspace)
    done = train(workspace, TODAY, NOW)
    assert done.present == before
    return workspace, done


def test_a_ranker_that_is_better_is_kept_and_active(telling):
    workspace, done = telling
    assert done.kept
    assert workspace.ranker == ranker_from_json(done.papers.coefficients, "new")
    assert workspace.ranker.id == done.papers.ranker_id
    assert done.papers.ranker_id.startswith(f"trained-{TODAY}/")
    with workspace.reading() as connection:
        kept = rankers.active(connection)
    assert (kept.metrics, kept.card) == (done.papers.metrics, done.papers.card)
    assert kept.made_at == "2026-11-24T09:30:00+00:00"


def test_what_tells_gets_the_weight(telling):
    workspace, _ = telling
    weights = workspace.ranker.weights
    assert max(weights, key=weights.get) == "past_sector"


def test_the_latest_years_are_held_out_and_then_learned_from_too(telling):
    said = json.loads(telling[1].papers.metrics)
    assert said["held_out"] == {"years": [2024, 2025], "startups": 60, "links": 60}
    assert said["learned_from"]["years"] == list(YEARS[1:])
    assert said["learned_from"]["startups"] == 120
    assert (said["ranker"], said["present"]) == (telling[1].papers.ranker_id, telling[1].present)
    assert (said["as_of"], said["encoder"]) == (TODAY, "hashing-256")


def test_what_is_kept_is_learned_from_the_years_held_out_too(papers, tmp_path):
    records = a_past(**SMALL)
    turned = [went(one.startup_id, "p0", one.date) if one.date > "2024" else one for one in records["history"]]
    other = trained(tmp_path, records | {"history": turned}).papers
    weights = [json.loads(one.coefficients)["weights"]["past_sector"] for one in (papers, other)]
    assert weights[0] > weights[1] > 0


def test_what_was_learned_is_not_kept_where_the_latest_years_are_otherwise(tmp_path):
    records = a_past()
    turned = [went(one.startup_id, "p0", one.date) if one.date > "2024" else one for one in records["history"]]
    workspace = put(a_workspace(tmp_path), **records | {"history": turned})
    before = with_a_ranker_that_heeds_nothing(workspace)  # which ranks p0 first, by id
    done = train(workspace, TODAY, NOW)
    assert done.trial.worse
    assert not done.kept
    assert "It is worse beyond chance" in done.papers.card
    assert [(one.id, one.active) for one in standing(workspace)] == [(before, True)]


def test_the_present_one_stays_where_there_is_nothing_to_learn(tmp_path):
    workspace = put(a_workspace(tmp_path), **a_past(tells=False))
    done = train(workspace, TODAY, NOW)
    assert not done.kept
    assert done.trial.difference[1] <= 0
    assert standing(workspace) == ()
    assert workspace.ranker == workspace.shipped_ranker
    assert done.present == workspace.shipped_ranker.id
    assert done.papers.card.startswith("# Ranker")


@pytest.mark.parametrize(
    ("years", "each", "said"),
    [
        ((), 0, "there is none"),
        ((2024, 2025), 30, "only 2025 is one"),
        ((2022, 2023, 2024, 2025), 9, "there is none"),
    ],
    ids=["none", "one year", "few a year"],
)
def test_too_little_history_says_so_and_changes_nothing(tmp_path, years, each, said):
    workspace = put(a_workspace(tmp_path), **a_past(years, each))
    done = train(workspace, TODAY, NOW)
    assert said in done.too_little
    assert (done.kept, done.trial, done.papers) == (False, None, None)
    assert done.present == workspace.shipped_ranker.id
    assert standing(workspace) == ()


def test_years_that_cannot_judge_say_so_and_change_nothing(tmp_path):
    """Partners of one year each have no past to be ranked by when their startups come."""
    records = a_past(**SMALL)
    new = [went(one.startup_id, f"q{one.date[:4]}", one.date) for one in records["history"]]
    partners = [*records["partners"], *(a_partner(f"q{year}") for year in SMALL["years"])]
    workspace = put(a_workspace(tmp_path), **records | {"history": new, "partners": partners})
    done = train(workspace, TODAY, NOW)
    assert "too little to judge a new ranker by" in done.too_little
    assert len(done.too_little.splitlines()) == 1
    assert (done.kept, done.papers, standing(workspace)) == (False, None, ())


def test_the_same_input_gives_the_same_bytes_whenever_and_in_whatever_blocks(papers, tmp_path):
    assert trained(tmp_path / "a", made_at=LATER).papers == papers
    workspace = put(a_workspace(tmp_path / "b", pairs_at_once=7), **a_past(**SMALL))
    with_a_ranker_that_heeds_nothing(workspace)
    assert train(workspace, TODAY, NOW).papers == papers


def test_stopping_leaves_nothing(tmp_path):
    workspace = put(a_workspace(tmp_path), **a_past(**SMALL))
    before = with_a_ranker_that_heeds_nothing(workspace)
    asked = 0
    while True:
        allowed, asked = asked, 0

        def stop(allowed=allowed):
            nonlocal asked
            asked += 1
            return asked > allowed

        try:
            done = train(workspace, TODAY, NOW, should_stop=stop)
        except Stopped:
            assert [(one.id, one.active) for one in standing(workspace)] == [(before, True)]
        else:
            break
    assert done.kept
    assert asked >= len(SMALL["years"]) - 1


def test_a_ranker_is_kept_and_made_active_together_or_not_at_all(tmp_path):
    workspace = put(a_workspace(tmp_path), **a_past(**SMALL))
    before = with_a_ranker_that_heeds_nothing(workspace)
    with workspace.writing() as connection:
        refuse = "CREATE TRIGGER refuse BEFORE UPDATE ON active_ranker BEGIN SELECT RAISE(ABORT, 'not now'); END"
        connection.execute(text(refuse))
    with pytest.raises(DatabaseError, match="not now"):
        train(workspace, TODAY, NOW)
    assert [(one.id, one.active) for one in standing(workspace)] == [(before, True)]


def test_it_tells_how_far_it_is_in_startups_and_encodes_in_one_go(tmp_path):
    told = []
    trained(tmp_path, progress=lambda *said: told.append(said))
    assert [said for said in told if said[0] == "encoding texts"] == [
        ("encoding texts", 0, 48),
        ("encoding texts", 48, 48),
    ]
    measured = [done for what, done, total in told if (what, total) == ("measuring startups of the past", 36)]
    assert measured == sorted(measured)
    assert measured[-1] == 36


def test_a_name_is_given_and_one_that_cannot_be_is_refused_before_anything_is_measured(tmp_path):
    assert trained(tmp_path / "a", name="kenya-2").papers.ranker_id.startswith("kenya-2/")
    told = []
    with pytest.raises(BadInput, match="--name"):
        trained(tmp_path / "b", name="# Kenya", progress=lambda *said: told.append(said))
    assert told == []


def test_a_present_ranker_that_does_not_fit_is_refused(tmp_path):
    workspace = put(a_workspace(tmp_path), **a_past(**SMALL))
    with workspace.writing() as connection:
        rankers.keep(connection, "odd/1", "{}", "{}", "", None)
        rankers.activate(connection, "odd/1")
    with pytest.raises(BadInput, match="matcher rankers use shipped"):
        train(workspace, TODAY, NOW)


def test_the_same_training_again_after_going_back_makes_the_same_ranker_active(tmp_path):
    workspace = put(a_workspace(tmp_path), **a_past(**SMALL))
    before = with_a_ranker_that_heeds_nothing(workspace)
    first = train(workspace, TODAY, NOW)
    use_ranker(workspace, before)
    assert train(workspace, TODAY, LATER).papers == first.papers
    assert [(one.id, one.active) for one in standing(workspace)] == [(before, False), (first.papers.ranker_id, True)]


def test_training_again_begins_from_the_one_that_was_kept(tmp_path):
    workspace = put(a_workspace(tmp_path), **a_past(**SMALL))
    with_a_ranker_that_heeds_nothing(workspace)
    first = train(workspace, TODAY, NOW)
    second = train(workspace, TODAY, NOW, name="again")
    assert second.present == first.papers.ranker_id
    use_ranker(workspace, "shipped")
    assert train(workspace, TODAY, NOW).present == workspace.shipped_ranker.id


def test_a_startup_without_a_summary_counts_as_not_found(tmp_path, papers):
    records = a_past(**SMALL)
    blank = a_startup("s2024-blank", summary=None)
    more = {"startups": [blank], "history": [went("s2024-blank", "p0", "2024-05")]}
    said = json.loads(trained(tmp_path, records, more=[more]).papers.metrics)
    assert said["held_out"]["startups"] == json.loads(papers.metrics)["held_out"]["startups"] + 1
    assert said["rankings"][0]["recall_at_10"][0] < 1
