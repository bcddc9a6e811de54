"""An evaluation as JSON, and the sentence that says which ranker is better."""

import json

import pytest

from matcher.steps.evaluate import METRICS
from matcher.steps.evaluation import METRIC_LABELS, evaluation_json, percent, verdict
from tests.evaluations import a_comparison, an_evaluation

KEYS = [
    "ranker",
    "as_of",
    "startups",
    "links",
    "recall_at_10",
    "recall_at_20",
    "ndcg_at_10",
    "mrr",
    "coverage",
    "intervals",
    "not_assessed",
    "refused_links",
    "bands",
    "by_kind",
    "by_country",
    "by_history",
]


def test_the_json_has_these_keys_and_plain_values():
    said = evaluation_json(an_evaluation())
    assert list(said) == KEYS
    assert json.loads(json.dumps(said, allow_nan=False)) == said
    assert said["intervals"]["mrr"] == [0.3, 0.5]
    assert list(said["bands"][0]) == ["band", "pairs", "links", "share", "low", "high", "lift"]
    assert list(said["by_kind"][0]) == ["group", "links", "found_at_10", "low", "high"]


def test_another_ranker_stands_in_a_key_of_its_own():
    said = evaluation_json(an_evaluation(compared=a_comparison((0.02, 0.01, 0.03))))
    assert list(said) == [*KEYS, "compared_with"]
    assert said["compared_with"]["difference"] == {"ndcg_at_10": [0.02, 0.01, 0.03]}
    assert said["compared_with"].keys() == {"ranker", *METRICS, "coverage", "intervals", "difference"}


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (
            (0.02, 0.01, 0.03),
            "new is better than old: its nDCG at 10 is 0.0200 higher (95 % interval 0.0100 to 0.0300).",
        ),
        (
            (-0.02, -0.03, -0.01),
            "old is better than new: its nDCG at 10 is 0.0200 higher (95 % interval 0.0100 to 0.0300).",
        ),
        (
            (-0.001, -0.02, 0.01),
            "The difference from old is not clear of chance: in nDCG at 10 it is −0.0010 "
            "(95 % interval −0.0200 to +0.0100).",
        ),
    ],
    ids=["ours", "the other", "nobody knows"],
)
def test_the_better_ranker_is_named_only_where_the_interval_tells(difference, said):
    assert verdict("new", "old", difference) == said


def test_a_ranker_beside_itself_is_called_the_same():
    assert verdict("one", "one", (0.0, 0.0, 0.0)) == "Both are the same ranker, one."


def test_one_startup_calls_no_ranker_better():
    assert verdict("new", "old", (0.37, 0.37, 0.37)) == "There are too few startups to tell new from old."


def test_every_metric_has_words():
    assert tuple(METRIC_LABELS) == METRICS


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ((0.0,), "0 %"),
        ((1.0,), "100 %"),
        ((0.0843,), "8.4 %"),
        ((0.00084, 0.0017), "0.084 to 0.17 %"),
        ((0.005,), "0.50 %"),
        ((1e-7,), "0.000010 %"),
    ],
)
def test_shares_are_told_with_the_digits_that_matter(shares, said):
    assert percent(*shares) == said
