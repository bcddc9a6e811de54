"""The more of a feature, the better the fit: whatever the ranker, raising one value never lowers a score."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from matcher.steps.measure import FEATURES, Features
from matcher.steps.past_fit import PastFit
from matcher.steps.rank import BANDS, Ranker, rank

NAMES = tuple(FEATURES)
VALUES = st.floats(-20, 20)
WEIGHTS = st.floats(0, 10)
ALL = np.ones(len(NAMES), bool)


def each(values):
    return st.fixed_dictionaries(dict.fromkeys(NAMES, values))


RANKERS = st.builds(
    Ranker,
    version=st.just("any"),
    base=VALUES,
    weights=each(WEIGHTS),
    centres=each(VALUES),
    spread=each(WEIGHTS),
    bands=st.lists(VALUES, min_size=3, max_size=3).map(
        lambda least: dict(zip(BANDS, sorted(least)[::-1], strict=False))
    ),
)
PAIRS = st.integers(1, 5).flatmap(
    lambda number: st.tuples(
        arrays.arrays(np.float64, (number, len(NAMES)), elements=VALUES),
        arrays.arrays(bool, (number, len(NAMES))),
    )
)


def ranked(ranker, values, known):
    nothing = PastFit(values={}, number=np.empty(0, np.int32), closest=np.empty(0, np.int32), shares={}, means={})
    features = Features(
        values=np.where(known, values, 0.0), known=known, best_words={}, best_theme=np.empty(0, np.int32), past=nothing
    )
    return rank(features, ranker, np.ones(len(values), bool), ALL)


@given(ranker=RANKERS, pairs=PAIRS, column=st.integers(0, len(NAMES) - 1), more=st.floats(0, 20))
def test_raising_a_value_never_lowers_the_score_or_the_band(ranker, pairs, column, more):
    values, known = pairs
    raised = values.copy()
    raised[:, column] += more
    before, after = ranked(ranker, values, known), ranked(ranker, raised, known)
    assert (after.scores >= before.scores).all()
    assert (after.band <= before.band).all()  # 0 is the best


@given(ranker=RANKERS, pairs=PAIRS, column=st.integers(0, len(NAMES) - 1))
def test_what_is_unknown_counts_as_the_centre_and_to_know_more_never_lowers_the_confidence(ranker, pairs, column):
    values, known = pairs
    at_centre = values.copy()
    at_centre[:, column] = ranker.centres[NAMES[column]]
    unknown, told = known.copy(), known.copy()
    unknown[:, column], told[:, column] = False, True
    without, with_it = ranked(ranker, at_centre, unknown), ranked(ranker, at_centre, told)
    assert without.scores.tobytes() == with_it.scores.tobytes()
    assert (with_it.confidence >= without.confidence).all()


@given(ranker=RANKERS, pairs=PAIRS)
def test_a_score_is_the_base_and_the_points_and_none_comes_from_what_is_unknown(ranker, pairs):
    values, known = pairs
    said = ranked(ranker, values, known)
    assert np.abs(said.base + said.points.sum(axis=1) + said.one_sided - said.scores).max() < 1e-9
    assert np.abs(said.for_startup + said.for_partner - said.points.sum(axis=1)).max() < 1e-9
    assert not said.points[~known].any()


@given(ranker=RANKERS, pairs=PAIRS)
def test_neither_side_is_swamped_by_the_other(ranker, pairs):
    said = ranked(ranker, *pairs)
    worse = np.minimum(said.for_startup, said.for_partner)
    better = np.maximum(said.for_startup, said.for_partner)
    beyond = said.scores - said.base
    at_odds = (worse < 0) & (better > 0)
    assert (said.one_sided <= 0).all()
    assert not said.one_sided[~at_odds].any()
    assert np.abs(beyond - np.maximum(worse, 2 * worse + better))[at_odds].max(initial=0) < 1e-9
