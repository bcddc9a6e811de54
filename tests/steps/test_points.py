"""Points to a hundredth: no score is shown in a band that it does not reach, and nothing as "-0.00"."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.steps.points import both_words, score_words, signed


@pytest.mark.parametrize(
    ("score", "shown"),
    [
        (0.998, "0.99"),
        (1.0, "1.00"),
        (1.15, "1.15"),
        (1.89, "1.89"),
        (1.8899999, "1.88"),
        (-0.001, "-0.01"),
        (-0.0, "0.00"),
        (0.0049, "0.00"),
        (-0.49, "-0.49"),
    ],
)
def test_a_score_is_rounded_down(score, shown):
    assert score_words(score) == shown


@given(st.floats(-20, 20), st.integers(-2000, 2000))
def test_a_score_shown_stands_on_the_same_side_of_every_edge_of_two_places(score, hundredths):
    edge = hundredths / 100
    assert (float(score_words(score)) >= edge) is (score >= edge)


@pytest.mark.parametrize(("points", "shown"), [(0.42, "+0.42"), (-0.1, "-0.10"), (-0.004, "0.00"), (0.0049, "0.00")])
def test_what_is_too_little_to_show_has_no_sign(points, shown):
    assert signed(points) == shown


def test_a_score_just_below_the_least_is_told_apart_from_it():
    assert both_words(0.4951, 0.4957) == ("0.4951", "0.4957")
    assert both_words(0.2, 0.5) == ("0.20", "0.50")
