"""Shares of links by band and by group, with intervals known from tables."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.steps.calibration import HISTORY_GROUPS, band_rows, group_rows, history_group, largest, wilson
from matcher.steps.rank import BANDS


@pytest.mark.parametrize(
    ("found", "of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (1, 1, 0.2065, 1.0)],
)
def test_the_interval_of_a_share_is_that_of_the_tables(found, of, low, high):
    assert wilson(found, of) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 400), st.integers(1, 400))
def test_the_interval_of_a_share_holds_it_and_stays_within_the_scale(found, more):
    low, high = wilson(found, found + more)
    assert 0 <= low <= found / (found + more) <= high <= 1


def test_a_share_of_nothing_is_an_error():
    with pytest.raises(ValueError, match="nothing"):
        wilson(0, 0)


def test_a_band_is_worth_its_share_and_how_many_times_that_of_all_pairs():
    strong, good, possible, weak = band_rows(np.array([10, 30, 0, 60]), np.array([5, 5, 0, 0]))
    assert [row.band for row in (strong, good, possible, weak)] == list(BANDS)
    assert (strong.share, strong.lift) == (0.5, pytest.approx(5))
    assert good.share == pytest.approx(1 / 6)
    assert (weak.share, weak.low, weak.lift) == (0, 0, 0)
    assert (possible.share, possible.low, possible.high, possible.lift) == (None,) * 4


def test_bands_without_any_link_have_no_lift():
    assert [row.lift for row in band_rows(np.array([1, 2, 3, 4]), np.zeros(4, int))] == [None] * 4


def test_a_group_counts_its_links_and_which_were_found_in_the_order_given():
    found = np.array([True, False, True, True])
    rows = group_rows(["b", "a", "b", "a"], found, ("a", "nobody", "b"))
    assert [(row.group, row.links, row.found_at_10) for row in rows] == [("a", 2, 0.5), ("b", 2, 1.0)]
    assert (rows[0].low, rows[0].high) == wilson(1, 2)


def test_beyond_the_largest_groups_all_are_other_and_other_comes_last():
    groups, order = largest(["x", "b", "a", "a", "x", "c"], at_most=2)
    assert groups == ["x", "other", "a", "a", "x", "other"]
    assert order == ["a", "x", "other"]


def test_the_past_of_a_partner_has_four_sizes():
    assert [history_group(size) for size in (0, 1, 5, 6, 20, 21)] == [
        "none",
        "1 to 5",
        "1 to 5",
        "6 to 20",
        "6 to 20",
        "more than 20",
    ]
    assert HISTORY_GROUPS == ("none", "1 to 5", "6 to 20", "more than 20")
