"""Figures of a ranking: small cases known by thought, and any case against a plain loop written anew."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from matcher.steps.evaluate import (
    METRICS,
    coverage,
    findings,
    in_top,
    joined,
    mean_interval,
    paired_interval,
    score_rows,
)

NAN = np.nan


def links_at(width, *rows):
    return np.array([[column in row for column in range(width)] for row in rows])


def figures(scores, *rows, limit=0):
    scores = np.atleast_2d(np.array(scores, float))
    return score_rows(scores, links_at(scores.shape[1], *rows), limit)


def test_the_first_place_is_worth_everything():
    assert figures([3, 2, 1], {0}).tolist() == [[1, 1, 1, 1]]


def test_the_second_place_is_worth_half_of_mrr_and_less_of_ndcg():
    ((recall, wide, ndcg, mrr),) = figures([3, 2, 1], {1})
    assert (recall, wide, mrr) == (1, 1, 0.5)
    assert ndcg == pytest.approx(1 / np.log2(3))


def test_equal_scores_stand_in_the_order_of_the_columns():
    assert findings(np.ones((1, 4)), links_at(4, {0, 3})).ranks.tolist() == [1, 4]


def test_the_eleventh_place_counts_for_recall_at_20_and_mrr_alone():
    assert figures(range(30, 0, -1), {10}).tolist() == [[0, 1, 0, 1 / 11]]


def test_a_link_that_is_not_ranked_is_not_found_and_takes_no_place():
    assert figures([NAN, 2, 1], {0}).tolist() == [[0, 0, 0, 0]]
    assert figures([NAN, 2, 1], {2})[0, METRICS.index("mrr")] == 0.5


def test_more_than_ten_links_can_still_make_ten_places_perfect():
    ((recall, _, ndcg, _),) = figures(range(20, 0, -1), set(range(15)))
    assert recall == pytest.approx(10 / 15)
    assert ndcg == pytest.approx(1)


def test_only_the_best_so_many_count_as_ranked():
    assert figures([3, 2, 1], {2}, limit=2).tolist() == [[0, 0, 0, 0]]
    assert figures([3, 2, 1], {2}, limit=3)[0, METRICS.index("mrr")] == pytest.approx(1 / 3)


def test_a_row_without_links_and_other_shapes_are_errors():
    with pytest.raises(ValueError, match="row 1 has no link"):
        figures([[1, 2], [1, 2]], {0}, set())
    with pytest.raises(ValueError, match="scores are"):
        score_rows(np.ones((1, 2)), np.ones((1, 3), bool))


def by_hand(scores, links, limit):
    """The four figures of one row, said again with sorted()."""
    order = sorted((c for c in range(len(scores)) if not np.isnan(scores[c])), key=lambda c: (-scores[c], c))
    hit = [links[c] for c in (order[:limit] if limit else order)]
    gain = sum(1 / np.log2(i + 2) for i, one in enumerate(hit[:10]) if one)
    ideal = sum(1 / np.log2(i + 2) for i in range(min(10, sum(links))))
    first = next((1 / (i + 1) for i, one in enumerate(hit) if one), 0.0)
    return [sum(hit[:10]) / sum(links), sum(hit[:20]) / sum(links), gain / ideal, first]


SHAPES = st.tuples(st.integers(1, 4), st.integers(1, 30))


@given(st.data(), SHAPES, st.integers(0, 25))
def test_any_scores_give_what_a_plain_loop_gives(data, shape, limit):
    some = st.sampled_from([NAN, -1.0, 0.0, 0.5, 0.5000001, 2.0])
    scores = data.draw(arrays.arrays(float, shape, elements=some))
    links = data.draw(arrays.arrays(bool, shape))
    links[:, data.draw(st.integers(0, shape[1] - 1))] = True
    expected = [by_hand(row, linked, limit) for row, linked in zip(scores, links, strict=True)]
    assert score_rows(scores, links, limit) == pytest.approx(np.array(expected))


def test_coverage_is_the_share_of_columns_in_somebodys_best():
    scores = np.array([[3, 2, 1, NAN], [3, 1, NAN, NAN]])
    assert coverage(scores, at=1) == 0.25
    assert coverage(scores, at=3) == 0.75
    assert coverage(np.empty((2, 0))) == 0.0


def test_blocks_of_rows_joined_are_the_rows_at_once():
    rng = np.random.default_rng(1)
    scores, links = rng.normal(size=(9, 40)), np.eye(9, 40, dtype=bool)
    whole, parts = findings(scores, links), [findings(scores[at], links[at]) for at in (slice(4), slice(4, 9))]
    for name, value in vars(whole).items():
        assert np.array_equal(getattr(joined(parts), name), value), name
    assert whole.seen.mean() == coverage(scores)


def test_the_best_of_equals_are_the_first_columns():
    assert in_top(np.ones((1, 4)), at=2).tolist() == [[True, True, False, False]]


def test_an_interval_holds_the_mean_and_is_the_same_each_time():
    values = np.arange(50) / 49
    mean, low, high = mean_interval(values)
    assert low < mean < high
    assert mean == pytest.approx(0.5)
    assert mean_interval(values) == (mean, low, high)
    # the standard error of a mean, an answer known without drawing
    assert high - low == pytest.approx(2 * 1.96 * values.std() / np.sqrt(50), rel=0.1)


def test_a_pair_that_always_differs_by_as_much_leaves_no_doubt():
    values = np.arange(40) / 7
    assert paired_interval(values + 0.25, values) == pytest.approx((0.25, 0.25, 0.25))


def test_no_values_and_unequal_pairs_are_errors():
    with pytest.raises(ValueError, match="no values"):
        mean_interval(np.empty(0))
    with pytest.raises(ValueError, match="paired"):
        paired_interval(np.ones(2), np.ones(3))
