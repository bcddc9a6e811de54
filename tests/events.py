"""Random events for tests of timetables: who is to meet whom, who is there when, and how many tables there are."""

import random
from dataclasses import dataclass

from matcher.domain.timetable import Wanted


@dataclass(frozen=True)
class RandomEvent:
    """slots: how many, over all days. there: party id → slots. tables: None = no limit."""

    wanted: list
    slots: int
    there: dict
    tables: int | None

    def allowed(self, pair):
        """The slots in which both parties of a pair are there."""
        always = range(self.slots)
        return sorted(set(self.there.get(pair.startup_id, always)) & set(self.there.get(pair.partner_id, always)))


def an_event(seed, startups=8, partners=7, most_slots=8):
    """A small event of one or more days; parties may be away for whole days or single slots, or always be there."""
    random_ = random.Random(seed)
    days, slots_a_day = random_.randint(1, 3), random_.randint(1, max(1, most_slots // 3))
    slots = days * slots_a_day
    left, right = (
        [f"{side}{at}" for at in range(random_.randint(1, most))] for side, most in (("s", startups), ("p", partners))
    )
    wanted = [
        Wanted(startup_id=startup, partner_id=partner, score=round(random_.uniform(-2, 6), 6))
        for startup in left
        for partner in random_.sample(right, random_.randint(0, len(right)))
    ]
    away = random_.random()
    there = {}
    for party in (*left, *right):
        if random_.random() < away:
            own_days = random_.sample(range(days), random_.randint(0, days))
            whole = {day * slots_a_day + at for day in own_days for at in range(slots_a_day)}
            there[party] = frozenset(whole | set(random_.sample(range(slots), random_.randint(0, slots))))
    return RandomEvent(wanted, slots, there, random_.choice([None, 1, 2, 3, 5]))
