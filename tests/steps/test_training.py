"""A ranker is learned, given a meaning, held against the present one, and written as JSON that is read again."""

import json
from dataclasses import replace

import numpy as np
import pytest

from matcher.errors import BadInput
from matcher.steps.bands import TIMES
from matcher.steps.learn import scores
from matcher.steps.measure import FEATURES
from matcher.steps.rank import ranker_from_json
from matcher.steps.training import (
    NEW,
    PRESENT,
    can_judge,
    check_name,
    coefficients_json,
    learned,
    trial_json,
    tried,
    with_meaning,
)
from tests.choices import a_present, choices

TRUTH = {"past_country": 1.5, "past_close": 0.5}
KNOWS, TURNED = a_present("knows", **TRUTH), a_present("turned", past_close=1.5)
NO_WEIGHTS = a_present()


@pytest.fixture(scope="module")
def earlier():
    return [choices(800, TRUTH, seed=seed) for seed in (1, 2)]


@pytest.fixture(scope="module")
def held_out():
    return [choices(150, TRUTH, seed=seed) for seed in (3, 4)]


@pytest.fixture(scope="module")
def trial(earlier, held_out):
    new = learned(earlier, NO_WEIGHTS, "new")
    return tried(with_meaning(new, new, held_out), NO_WEIGHTS, held_out, {"the same": by_nothing(held_out)})


def by_nothing(held_out):
    """A baseline to which all partners are equal."""
    return [np.zeros(one.links.shape) for one in held_out]


def average_odds(held_out):
    happened = np.concatenate([one.links[one.open] for one in held_out]).mean()
    return happened / (1 - happened)


def test_a_learned_ranker_has_its_own_weights_and_the_base_and_bands_of_the_present_one(earlier):
    present = replace(a_present(thesis=2.0), base=0.7)
    new = learned(earlier, present, "new")
    assert (new.version, new.base, new.bands) == ("new", 0.7, present.bands)
    assert new.weights["past_country"] > 0.3
    assert new.weights["thesis"] == 2.0
    assert new.spread["past_country"] == pytest.approx(1, abs=0.05)


def test_0_points_are_the_odds_of_an_average_pair(held_out):
    meant = with_meaning(KNOWS, KNOWS, held_out)
    assert meant.bands["possible"] == 0
    assert list(meant.bands.values()) == sorted(meant.bands.values(), reverse=True)
    assert replace(meant, base=KNOWS.base, bands=KNOWS.bands) == KNOWS
    points = np.concatenate([scores(one, meant)[one.open] for one in held_out])
    happened = np.concatenate([one.links[one.open] for one in held_out])
    near = happened[np.abs(points) < 0.3].mean()
    assert near / (1 - near) == pytest.approx(average_odds(held_out), rel=0.35)


def test_the_meaning_is_measured_with_the_ranker_that_knows_nothing_of_what_was_held_out(held_out):
    blind = a_present("blind", past_country=0.1)
    meant = with_meaning(KNOWS, blind, held_out)
    assert (meant.base, meant.bands) == (
        with_meaning(blind, blind, held_out).base,
        with_meaning(blind, blind, held_out).bands,
    )
    assert meant.weights == KNOWS.weights


def test_the_base_of_the_ranker_before_does_not_matter(held_out):
    assert with_meaning(KNOWS, replace(KNOWS, base=9.0), held_out) == with_meaning(KNOWS, KNOWS, held_out)


def test_what_was_learned_is_better_than_a_ranker_that_knows_nothing(trial):
    assert trial.better
    assert not trial.worse
    rows = {row.name: row.metrics["ndcg_at_10"] for row in trial.rows}
    assert list(rows) == [NEW, PRESENT, "the same"]
    mean, low, high = trial.difference
    assert 0 < low < mean < high
    assert mean == pytest.approx(rows[NEW][0] - rows[PRESENT][0])
    assert rows[PRESENT] == rows["the same"]


def test_a_ranker_is_neither_better_nor_worse_than_itself_and_worse_than_one_that_knows(held_out):
    same = tried(KNOWS, KNOWS, held_out, {})
    assert (same.difference, same.better, same.worse) == ((0, 0, 0), False, False)
    other = tried(TURNED, KNOWS, held_out, {})
    assert (other.better, other.worse) == (False, True)


def test_a_baseline_ranks_only_pairs_that_are_open(held_out):
    closed = [replace(one, open=one.links) for one in held_out]
    row = tried(KNOWS, KNOWS, closed, {"the same": by_nothing(closed)}).rows[2]
    assert row.metrics["mrr"][0] == 1


def test_the_bands_hold_every_open_pair_once_and_are_worth_what_they_say(trial, held_out):
    assert sum(row.pairs for row in trial.bands) == sum(one.open.sum() for one in held_out)
    assert sum(row.links for row in trial.bands) == sum(one.links.sum() for one in held_out)
    for row in trial.bands[:-1]:
        if row.share is not None and row.pairs > 30:
            assert row.share / (1 - row.share) > 0.7 * TIMES[row.band] * average_odds(held_out)


def test_startups_of_which_more_is_known_are_told_apart():
    least, most = choices(100, {}, also=("past_country",), seed=8), choices(100, TRUTH, seed=9)
    trial = tried(KNOWS, NO_WEIGHTS, [least, most], {})
    less, more = trial.surer
    assert less < more


def test_the_coefficients_are_read_again_as_the_same_ranker(earlier):
    new = learned(earlier, NO_WEIGHTS, "new")
    text = coefficients_json(new)
    assert ranker_from_json(text, "new") == new
    assert list(json.loads(text)["weights"]) == list(FEATURES)
    assert text.endswith("}\n")


def test_a_trial_is_written_in_plain_values(trial):
    said = json.loads(json.dumps(trial_json(trial)))
    assert said["better"] is True
    assert [row["name"] for row in said["rankings"]] == [row.name for row in trial.rows]
    assert said["difference"]["ndcg_at_10"] == [round(value, 4) for value in trial.difference]
    assert [row["least_times_the_average_odds"] for row in said["bands"]] == [8, 3, 1, 0]


def test_there_must_be_something_to_judge_by(held_out):
    assert can_judge(held_out)
    assert not can_judge([replace(one, links=np.zeros_like(one.links)) for one in held_out])
    assert not can_judge([replace(one, open=~one.links) for one in held_out])
    assert not can_judge([replace(one, open=one.links) for one in held_out])
    assert not can_judge([])


@pytest.mark.parametrize("name", ["v2", "trained-2026-11-24", "Kenya_2.1", "x" * 40, "7"])
def test_a_name_is_a_word(name):
    check_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "x" * 41,
        "x" * 200,
        "a\nb",
        "a\n",
        "a\r",
        "# A",
        "**a**",
        "[a](b)",
        "_a_",
        "a/b",
        "a b",
        "-a",
        "é",
        "shipped",
    ],
    ids=repr,
)
def test_a_name_that_is_more_than_a_word_is_refused_in_a_sentence(name):
    with pytest.raises(BadInput, match="--name") as refused:
        check_name(name)
    assert len(str(refused.value).splitlines()) == 1
    assert "A ranker's name" in str(refused.value)
