"""Bands in place of numbers: nothing of a score is left, and the order and the words stay."""

import pytest

from matcher.steps.banded import LARGE, MEDIUM, banded, by_how_much, weight


def a_contribution(points):
    return {"feature": "thesis", "label": "Its summary touches on it", "points": points, "fit_for": "partner"}


def an_account(**said):
    whole = {
        "startup_id": "s1",
        "partner_id": "p1",
        "eligible": True,
        "score": 1.46,
        "band": "good",
        "confidence": 0.7,
        "base": -0.5,
        "fit": {"startup": 0.97, "partner": 0.99},
        "reason": "It is close.",
        "contributions": [a_contribution(points) for points in (1.23, -0.61, 0.34, -0.2, 0.11)],
    }
    return whole | said


def test_score_base_and_fit_are_none_and_everything_else_stays():
    said = an_account()
    shown = banded(said)
    assert list(shown) == list(said)
    assert (shown["score"], shown["base"], shown["fit"]) == (None, None, {"startup": None, "partner": None})
    for key in ("startup_id", "partner_id", "eligible", "band", "confidence", "reason"):
        assert shown[key] == said[key]


def test_each_contribution_has_a_weight_and_a_direction_in_place_of_points_and_keeps_its_rank():
    shown = banded(an_account())["contributions"]
    assert [part["points"] for part in shown] == [None] * 5
    assert [part["weight"] for part in shown] == ["large", "large", "medium", "medium", "small"]
    assert [part["speaks"] for part in shown] == ["for", "against", "for", "against", "for"]
    assert shown[0] == a_contribution(None) | {"weight": "large", "speaks": "for"}


def test_what_was_given_is_left_as_it_was():
    said = an_account()
    banded(said)
    assert said == an_account()


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (LARGE, "large"),
        (-LARGE, "large"),
        (LARGE - 1e-9, "medium"),
        (MEDIUM, "medium"),
        (-MEDIUM, "medium"),
        (MEDIUM - 1e-9, "small"),
        (-1e-9, "small"),
    ],
)
def test_a_weight_is_that_of_its_size_whichever_way_it_speaks(points, expected):
    assert weight(points) == expected
    assert by_how_much(points) == {"large": "much", "medium": "clearly", "small": "a little"}[expected]
