"""Two hundred random events: no clash, availability kept, and what an independent exact solver places is placed."""

import random
from collections import Counter

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_matrix

from matcher.steps.timetable import timetable
from tests.events import an_event

EVENTS = range(200)


def made_of(event, wanted=None):
    return timetable(event.wanted if wanted is None else wanted, event.slots, event.there, event.tables)


def most_and_worth(event):
    """The most meetings there can be, and the greatest sum of their scores, by HiGHS over pairs in slots."""
    choices = [(at, slot) for at, pair in enumerate(event.wanted) for slot in event.allowed(pair)]
    if not choices:
        return 0, 0.0
    limits = {}
    for column, (at, slot) in enumerate(choices):
        pair = event.wanted[at]
        keys = [("pair", at), (pair.startup_id, slot), (pair.partner_id, slot)]
        for key in [*keys, ("tables", slot)] if event.tables else keys:
            limits.setdefault(key, []).append(column)
    matrix = lil_matrix((len(limits), len(choices)))
    for row, columns in enumerate(limits.values()):
        matrix[row, columns] = 1
    most = [event.tables if key[0] == "tables" else 1 for key in limits]
    scores = np.array([event.wanted[at].score for at, _ in choices])
    # A meeting is worth more than all scores together, so that the number comes first.
    found = milp(
        -(1_000 + scores),
        constraints=LinearConstraint(matrix.tocsr(), -np.inf, most),
        integrality=np.ones(len(choices)),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0},
    )
    taken = found.x > 0.5
    return int(taken.sum()), float(scores[taken].sum())


@pytest.mark.parametrize("seed", EVENTS)
def test_nobody_is_in_two_places_and_everybody_is_there(seed):
    event = an_event(seed)
    made = made_of(event)
    wanted = {pair.key: pair for pair in event.wanted}
    met = [(one.startup_id, one.partner_id) for one in made.meetings]
    assert len(met) == len(set(met))
    assert set(met) <= wanted.keys()
    assert all(one.place.slot in event.allowed(wanted[one.startup_id, one.partner_id]) for one in made.meetings)
    for side in ("startup_id", "partner_id"):
        turns = Counter((getattr(one, side), one.place.slot) for one in made.meetings)
        assert not turns or max(turns.values()) == 1
    seats = Counter((one.place.slot, one.place.table) for one in made.meetings)
    assert not seats or max(seats.values()) == 1
    assert event.tables is None or all(1 <= one.place.table <= event.tables for one in made.meetings)
    left = {(one.startup_id, one.partner_id) for one in made.unplaced}
    assert left.isdisjoint(met)
    assert left | set(met) == wanted.keys()


@pytest.mark.parametrize("seed", EVENTS)
def test_as_many_meet_as_an_exact_solver_finds_and_of_as_much_worth(seed):
    event = an_event(seed)
    made = made_of(event)
    score = {pair.key: pair.score for pair in event.wanted}
    most, worth = most_and_worth(event)
    assert len(made.meetings) == most
    assert sum(score[one.startup_id, one.partner_id] for one in made.meetings) == pytest.approx(worth, abs=1e-5)
    assert [goal.gap for goal in made.goals] == [0, 0]
    never = {(one.startup_id, one.partner_id) for one in made.unplaced if one.rule == "no_common_slot"}
    assert never == {pair.key for pair in event.wanted if not event.allowed(pair)}


@pytest.mark.parametrize("seed", EVENTS[::10])
def test_any_order_of_pairs_gives_the_same_timetable(seed):
    event = an_event(seed)
    first = made_of(event)
    for order in range(5):
        assert made_of(event, random.Random(order).sample(event.wanted, len(event.wanted))) == first
