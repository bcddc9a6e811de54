"""Weights come out as the choices say, drawn to the present ones; what must not be learned from does not enter."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.match import match_in_blocks
from matcher.steps.learn import PRESENT_COUNTS, Choices, Examples, learn, loss, measured, scores, typical
from matcher.steps.measure import RECORDED_TODAY, SAID_TODAY
from matcher.steps.rank import rank
from tests.builders import a_partner, a_startup
from tests.choices import NAMES, a_present, choices
from tests.workspaces import a_workspace, matched, put

MANY, FEW = 60_000, 50
TRUTH = {"past_country": 1.0, "past_close": 0.5}


def learned(examples, present=None):
    present = present or a_present()
    return learn([examples], present, *typical([examples], present))


def test_known_weights_are_found_again():
    weights = learned(choices(MANY, TRUTH, also=("past_active",)))
    for name, weight in TRUTH.items():
        assert weights[name] == pytest.approx(weight, rel=0.1)
    assert weights["past_active"] == pytest.approx(0, abs=0.03)


def test_present_weights_that_are_right_stay():
    weights = learned(choices(MANY, TRUTH), a_present(**TRUTH))
    for name, weight in TRUTH.items():
        assert weights[name] == pytest.approx(weight, abs=0.05)


def test_few_startups_stay_near_the_present_weights_and_many_go_their_own_way():
    moved = {count: learned(choices(count, {"past_country": 1.0}))["past_country"] for count in (FEW, MANY)}
    assert 0 < moved[FEW] < 0.1
    assert moved[MANY] > 0.9
    assert FEW < PRESENT_COUNTS < MANY


def test_no_weight_falls_below_0():
    assert learned(choices(MANY, {"past_country": -1.0}), a_present(past_country=0.5))["past_country"] == 0


def test_the_units_of_a_feature_do_not_matter():
    plain = choices(2000, TRUTH)
    at = NAMES.index("past_country")
    values = plain.values.copy()
    values[:, :, at] *= 100
    in_other_units = learned(replace(plain, values=values), a_present(past_country=0.01, past_close=1.0))
    weights = learned(plain, a_present(past_country=1.0, past_close=1.0))
    assert in_other_units["past_country"] == pytest.approx(weights["past_country"] / 100, abs=1e-4)
    assert in_other_units["past_close"] == pytest.approx(weights["past_close"], abs=1e-3)


def test_a_feature_that_is_nowhere_known_keeps_its_weight():
    weights = learned(choices(MANY, TRUTH), a_present(brief=3.0, ticket=0.4, past_country=1.0))
    assert (weights["brief"], weights["ticket"]) == (3.0, 0.4)
    assert weights["past_country"] != 1.0


@pytest.mark.parametrize("name", [*SAID_TODAY, *RECORDED_TODAY])
def test_from_what_is_of_today_no_weight_is_learned(name):
    told = choices(5000, {name: 1.0, "past_country": 1.0})
    blind = replace(told, values=told.values.copy())
    blind.values[:, :, NAMES.index(name)] = 0
    assert learned(told) == learned(blind)
    for weight in (0.0, 2.0):
        assert learned(told, a_present(**{name: weight}))[name] == weight


@pytest.mark.parametrize("name", SAID_TODAY)
def test_what_partners_say_today_has_the_centre_and_the_spread_it_had(name):
    centres, spread = typical([choices(500, {name: 1.0})], a_present(centres={name: 0.3}))
    assert (centres[name], spread[name]) == (0.3, 1.0)


def test_a_weight_that_stays_counts_while_the_others_are_learned():
    """Two features that are nearly the same: where one tells already, the other has nothing to add."""
    made = choices(MANY, {"past_place": 1.0}, also=("past_close",))
    places, close = (made.values[:, :, NAMES.index(name)] for name in ("past_place", "past_close"))
    close += places
    alone = learned(made, a_present(past_place=0.0))["past_close"]
    beside = learned(made, a_present(past_place=1.0))["past_close"]
    assert alone > 0.3
    assert beside == pytest.approx(0, abs=0.03)


def test_refused_and_not_assessed_pairs_do_not_enter():
    made = choices(2000, TRUTH)
    closed = ~made.links & (np.random.default_rng(2).random(made.links.shape) < 0.3)
    values = made.values.copy()
    values[closed] = 1000
    for kept_out in (replace(made, open=~closed), replace(made, open=~closed, values=values)):
        assert learned(kept_out) == learned(replace(made, open=~closed))
    assert learned(replace(made, values=values)) != learned(made)


def test_a_startup_whose_partner_was_not_open_to_it_does_not_enter():
    made, others = choices(2000, TRUTH), choices(300, {"past_country": -3.0}, seed=2)
    others = replace(others, open=~others.links)
    centres, spread = typical([made], a_present())
    assert learn([made, others], a_present(), centres, spread) == learn([made], a_present(), centres, spread)


def test_a_feature_that_does_not_vary_keeps_its_weight_and_its_centre():
    made = choices(2000, {"past_country": 1.0}, also=("past_active",))
    made.values[:, :, NAMES.index("past_active")] = 7.0 + np.random.default_rng(3).random(made.links.shape) * 1e-5
    present = a_present(past_active=0.5, centres={"past_active": 1.0}, spread={"past_active": 0.0})
    centres, spread = typical([made], present)
    assert (centres["past_active"], spread["past_active"]) == (1.0, 0.0)
    assert learned(made, present)["past_active"] == 0.5


def test_nothing_to_learn_from_gives_the_present_weights():
    present = a_present(past_country=0.7)
    made = choices(30, TRUTH)
    for nothing in ([], [replace(made, links=np.zeros_like(made.links))], [choices(30, {})]):
        assert learn(nothing, present, *typical(nothing, present)) == present.weights


def test_folds_together_are_as_one():
    parts = [choices(1500, TRUTH, seed=seed) for seed in (1, 2)]
    whole = Examples(
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in Examples.__dataclass_fields__}
    )
    weights = learn(parts, a_present(), *typical(parts, a_present()))
    assert weights == pytest.approx(learned(whole), abs=1e-3)


def test_what_is_typical_is_the_mean_and_the_spread_of_what_is_known_and_open():
    made = choices(500, {"past_country": 1.0})
    at = NAMES.index("past_country")
    made.known[:, 0, at] = False
    made.open[:, 1] = False
    made.values[:, :2, at] = 50
    centres, spread = typical([made], a_present())
    told = made.values[:, 2:, at].astype(np.float64)
    assert centres["past_country"] == pytest.approx(told.mean(), abs=1e-4)
    assert spread["past_country"] == pytest.approx(told.std(), abs=1e-4)
    assert (centres["past_close"], spread["past_close"]) == (0.0, 1.0)


def a_table(count=200, features=4, partners=8, seed=5):
    rng = np.random.default_rng(seed)
    start = np.where(rng.random((count, partners)) < 0.2, -np.inf, 0.0)
    start[:, 0] = 0
    shares = np.where(np.isfinite(start), rng.random((count, partners)), 0)
    values = rng.normal(size=(count, partners, features)).astype(np.float32)
    return Choices(values=values, start=start, shares=shares / shares.sum(axis=1, keepdims=True))


def test_the_slope_is_that_of_finite_differences():
    tables, rng = [a_table(seed=5), a_table(seed=6)], np.random.default_rng(7)
    at, prior, scale = rng.random(4) + 0.2, rng.random(4), rng.random(4) + 0.5
    _, slope = loss(at, tables, prior, scale)
    step = 1e-2
    for feature in range(4):
        aside = np.eye(4)[feature] * step
        above, below = (loss(at + way * aside, tables, prior, scale)[0] for way in (1, -1))
        assert slope[feature] == pytest.approx((above - below) / (2 * step), abs=2e-3)


def test_a_startup_with_two_partners_counts_as_half_of_one_each():
    table, here = a_table(count=1), np.full(4, 0.4)
    first, second = np.flatnonzero(np.isfinite(table.start[0]))[:2]
    shares = np.zeros((3, table.shares.shape[1]))
    shares[0, first] = shares[1, second] = 1
    shares[2, [first, second]] = 0.5
    one, other, both = (loss(here, [replace(table, shares=row[None])], here, np.ones(4))[0] for row in shares)
    assert both == pytest.approx((one + other) / 2)


def test_pairs_are_measured_alike_in_any_blocks_and_scored_as_a_match_scores_them(tmp_path):
    words = ("Sensors for clinics in villages.", "Solar pumps for small farms.", None, "Clinics and farms and pumps.")
    startups = [a_startup(f"s{at}", summary=summary, country="KE") for at, summary in enumerate(words)]
    partners = [
        a_partner("p0", thesis="Sensors for clinics in towns."),
        a_partner("p1", countries=("BR",)),
        a_partner("p2", thesis="Pumps for small farms."),
    ]
    workspace = put(a_workspace(tmp_path), startups, partners)
    inputs, matches = matched(workspace)
    places = (np.arange(4, dtype=np.int32), np.arange(3, dtype=np.int32))
    links = np.zeros((4, 3), bool)
    made = [
        measured(match_in_blocks(inputs, workspace.ranker, *places, pairs_at_once), links) for pairs_at_once in (3, 99)
    ]
    for name in Examples.__dataclass_fields__:
        assert np.array_equal(getattr(made[0], name), getattr(made[1], name))
    assert made[0].open.tolist() == [[True, False, True]] * 2 + [[False] * 3] + [[True, False, True]]
    everything = np.ones(len(NAMES), bool)
    ranked = rank(matches.features, workspace.ranker, matches.assessed, everything)
    expected = np.full((4, 3), np.nan)
    expected[matches.pairs.startup, matches.pairs.partner] = ranked.scores
    np.testing.assert_allclose(scores(made[0], workspace.ranker), expected, atol=1e-6)
