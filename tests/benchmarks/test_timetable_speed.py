"""How long a timetable takes: 65 startups with ten meetings each, over two days, parties away now and then."""

import random
import time

import pytest

from matcher.domain.timetable import Wanted
from matcher.steps.timetable import timetable

pytestmark = pytest.mark.long

STARTUPS, PARTNERS, EACH, SLOTS, TABLES = 65, 200, 10, 26, 30
MOST_SECONDS = 5.0


def an_event(seed):
    random_ = random.Random(seed)
    startups, partners = ([f"{side}{at:03}" for at in range(most)] for side, most in (("s", STARTUPS), ("p", PARTNERS)))
    wanted = [
        Wanted(startup_id=startup, partner_id=partner, score=random_.uniform(0, 6))
        for startup in startups
        for partner in random_.sample(partners, EACH)
    ]
    there = {
        party: frozenset(random_.sample(range(SLOTS), random_.randint(SLOTS // 2, SLOTS)))
        for party in (*startups, *partners)
        if random_.random() < 0.5
    }
    return wanted, there


@pytest.mark.parametrize("seed", range(5))
def test_a_timetable_of_650_meetings_over_two_days(seed):
    wanted, there = an_event(seed)
    start = time.perf_counter()
    made = timetable(wanted, SLOTS, there, TABLES)
    taken = time.perf_counter() - start
    gaps = [goal.gap for goal in made.goals]
    print(f"\n{len(made.meetings)} of {len(wanted)} meetings in {taken:.2f} s, gaps {gaps} (goal {MOST_SECONDS} s)")
    assert taken < MOST_SECONDS
    assert gaps[0] == 0
