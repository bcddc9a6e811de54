"""The least score of a band is where pairs have so many times the odds of an average one."""

import math

import numpy as np
import pytest
from scipy.special import expit

from matcher.steps.bands import TIMES, calibrated
from matcher.steps.rank import BANDS


def pairs(slope, intercept, count=400_000, seed=1, middle=0.0, width=1.0):
    """Scores like N(middle, width), of which a pair happened with log odds intercept + slope × score."""
    rng = np.random.default_rng(seed)
    scores = rng.normal(middle, width, count)
    return scores, rng.random(count) < expit(intercept + slope * scores)


def test_there_is_a_threshold_for_every_band_but_the_last():
    assert tuple(TIMES) == BANDS[:-1]
    assert list(TIMES.values()) == sorted(TIMES.values(), reverse=True)


@pytest.mark.parametrize(
    ("slope", "intercept", "middle", "width"), [(1.0, -4.0, 0.0, 1.0), (0.5, -2.0, -3.0, 2.0), (3.0, -3.0, 0.2, 0.3)]
)
def test_thresholds_are_where_the_odds_are_so_many_times_those_of_an_average_pair(slope, intercept, middle, width):
    scores, happened = pairs(slope, intercept, middle=middle, width=width)
    usual = math.log(happened.mean() / (1 - happened.mean()))
    for band, least in calibrated(scores, happened).items():
        assert least == pytest.approx((usual + math.log(TIMES[band]) - intercept) / slope, abs=0.06)


def test_pairs_of_a_band_happened_that_much_more_often():
    scores, happened = pairs(1.0, -4.0)
    average = happened.mean() / (1 - happened.mean())
    for band, least in calibrated(scores, happened).items():
        near = happened[np.abs(scores - least) < 0.1].mean()
        assert near / (1 - near) == pytest.approx(TIMES[band] * average, rel=0.1)


def test_pairs_that_are_not_assessed_do_not_count():
    scores, happened = pairs(1.0, -3.0, count=5000)
    more = np.append(scores, [np.nan] * 5000), np.append(happened, [True] * 5000)
    assert calibrated(*more) == calibrated(scores, happened)


def test_a_score_that_tells_nothing_makes_no_pair_strong():
    scores, happened = pairs(0.0, -2.0, count=50_000)
    assert calibrated(scores, happened)["strong"] > scores.max()


def test_a_score_that_tells_the_contrary_makes_no_pair_strong():
    scores, happened = pairs(-1.0, -2.0, count=50_000)
    assert calibrated(scores, happened)["strong"] > scores.max()


def test_scores_that_tell_all_still_make_bands_in_order():
    scores = np.linspace(-1, 1, 1001)
    least = list(calibrated(scores, scores > 0.5).values())
    assert least == sorted(least, reverse=True)
    assert np.isfinite(least).all()
    assert least[0] == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("links", [[False, False], [True, True], []], ids=["none happened", "all happened", "no pairs"])
def test_there_must_be_pairs_of_both_kinds(links):
    with pytest.raises(ValueError, match="pairs that happened"):
        calibrated(np.arange(len(links), dtype=np.float64), np.array(links, bool))
