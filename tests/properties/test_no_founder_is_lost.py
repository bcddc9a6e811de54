"""Forty startups, twenty partners, ten slots, twenty tables, 104 pairs: nobody is lost, in whatever order rows come.

A tool that fills slots row by row loses a founder with a feasible partner in some orders of such a case and not in
others: partners are there for a few slots only, and who comes first takes the slot that another had to have.
"""

import random

import pytest

from matcher.domain.timetable import Wanted
from matcher.steps.timetable import timetable

STARTUPS, PARTNERS, SLOTS, TABLES, PAIRS, ORDERS = 40, 20, 10, 20, 104, 200


def a_case(seed):
    """Pairs and who is there when. Each startup has a pair, partners are there for as many slots as they have pairs
    and seldom more, startups for half of the slots; each pair has a slot in which both are there."""
    random_ = random.Random(seed)
    startups, partners = ([f"{side}{at:02}" for at in range(most)] for side, most in (("s", STARTUPS), ("p", PARTNERS)))
    there = {startup: frozenset(random_.sample(range(SLOTS), 5)) for startup in startups}
    chosen = {(startup, random_.choice(partners)) for startup in startups}
    while len(chosen) < PAIRS:
        startup, partner = random_.choice(startups), random_.choice(partners)
        if sum(partner in pair for pair in chosen) < SLOTS and sum(startup in pair for pair in chosen) < 5:
            chosen.add((startup, partner))
    for partner in partners:
        own = sorted(startup for startup, other in chosen if other == partner)
        needed = {random_.choice(sorted(there[startup])) for startup in own}
        spare = [slot for slot in range(SLOTS) if slot not in needed]
        there[partner] = frozenset(needed | set(random_.sample(spare, min(len(spare), max(0, len(own) - len(needed))))))
    wanted = [Wanted(startup_id=one, partner_id=other, score=random_.random()) for one, other in sorted(chosen)]
    return wanted, there


def row_by_row(wanted, there):
    """The startups that meet nobody when each row takes the first slot that is free: what is to be beaten."""
    busy, used, met = set(), dict.fromkeys(range(SLOTS), 0), set()
    for pair in wanted:
        for slot in sorted(there[pair.startup_id] & there[pair.partner_id]):
            if used[slot] < TABLES and not {(pair.startup_id, slot), (pair.partner_id, slot)} & busy:
                busy |= {(pair.startup_id, slot), (pair.partner_id, slot)}
                used[slot] += 1
                met.add(pair.startup_id)
                break
    return {pair.startup_id for pair in wanted} - met


@pytest.mark.parametrize("seed", [7])
def test_no_founder_with_a_feasible_partner_is_lost_in_any_of_200_orders(seed):
    wanted, there = a_case(seed)
    assert len(wanted) == PAIRS
    assert all(there[pair.startup_id] & there[pair.partner_id] for pair in wanted)
    first = timetable(wanted, SLOTS, there, TABLES)
    losing = 0
    for order in range(ORDERS):
        rows = random.Random(order).sample(wanted, PAIRS)
        made = timetable(rows, SLOTS, there, TABLES)
        assert {one.startup_id for one in made.meetings} == {pair.startup_id for pair in wanted}
        assert repr(made) == repr(first)
        losing += bool(row_by_row(rows, there))
    assert losing > 0, "the case is too easy: filling slots row by row loses nobody either"
    assert len(first.meetings) == PAIRS
