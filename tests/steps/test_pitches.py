"""Pitch sessions by thought, and small ones against every session there is."""

import itertools
import random

import pytest

from matcher.domain.timetable import Wanted
from matcher.steps.pitch_model import Before
from matcher.steps.pitches import running_order


def pairs(**scores):
    """Wanted pairs from names such as a1=2.0: startup a, partner 1."""
    return [Wanted(startup_id=word[0], partner_id=word[1:], score=score) for word, score in scores.items()]


def rooms_of(made):
    return {pitch.startup_id: pitch.room for pitch in made.pitches}


def test_partners_sit_where_their_startups_pitch():
    made = running_order(pairs(a1=3.0, a2=2.0, b3=1.0, b4=5.0), 1, {}, 2)
    assert rooms_of(made) == {"a": 0, "b": 1}
    assert made.seats == {"1": 0, "2": 0, "3": 1, "4": 1}
    assert [goal.gap for goal in made.goals] == [0, 0]
    assert made.goals[1].reached == 11_000_000


def test_every_pitch_is_heard_by_a_matched_partner_even_where_that_costs_points():
    made = running_order(pairs(a1=9.0, a2=8.0, b2=1.0), 1, {}, 2)
    assert {pitch.startup_id: pitch.present for pitch in made.pitches} == {"a": ("1",), "b": ("2",)}


def test_who_finds_no_slot_is_told_why():
    made = running_order(pairs(a1=9.0, b1=8.0, c2=1.0), 1, {"2": set()}, 1)
    assert [pitch.startup_id for pitch in made.pitches] == ["a"]
    assert {one.startup_id: one.rule for one in made.unplaced} == {"b": "busy", "c": "no_common_slot"}


def test_a_partner_hears_only_what_is_pitched_while_it_is_there():
    made = running_order(pairs(a1=9.0, b1=1.0, b2=1.0, a2=1.0), 2, {"1": {1}}, 1)
    assert {pitch.startup_id: (pitch.slot, pitch.present) for pitch in made.pitches} == {
        "a": (1, ("1", "2")),
        "b": (0, ("2",)),
    }


def test_nobody_gives_an_empty_session():
    assert running_order([], 3, {}, 2).pitches == ()


def test_a_session_like_an_earlier_one_keeps_rooms_and_times():
    wanted = pairs(a1=3.0, a2=2.0, b3=1.0, b4=5.0, c1=1.0, d4=1.0)
    first = running_order(wanted, 3, {}, 2)
    before = Before(pitches={pitch.startup_id: (pitch.room, pitch.slot) for pitch in first.pitches}, seats=first.seats)
    left = [one for one in wanted if one.key != ("a", "2")]
    after = running_order(left, 3, {}, 2, before=before)
    assert {pitch.startup_id: (pitch.room, pitch.slot) for pitch in after.pitches} == before.pitches
    assert after.seats == {partner: room for partner, room in first.seats.items() if partner != "2"}


def a_session(seed):
    random_ = random.Random(seed)
    startups, partners = "abcd"[: random_.randint(1, 4)], "1234"[: random_.randint(1, 4)]
    wanted = [
        Wanted(startup_id=startup, partner_id=partner, score=float(random_.randint(1, 9)))
        for startup in startups
        for partner in random_.sample(partners, random_.randint(1, len(partners)))
    ]
    slots, rooms = random_.randint(1, 3), random_.randint(1, 2)
    there = {
        id_: frozenset(random_.sample(range(slots), random_.randint(0, slots)))
        for id_ in startups + partners
        if random_.random() < 0.3
    }
    return wanted, slots, there, rooms


def the_best(wanted, slots, there, rooms):
    """(pitches, points) of the best session, by trying all of them."""
    startups, partners = (sorted({one.key[side] for one in wanted}) for side in (0, 1))
    score, always = {one.key: one.score for one in wanted}, range(slots)
    turns = [None, *itertools.product(range(rooms), range(slots))]
    best = (0, 0.0)
    for seats in itertools.product(range(rooms), repeat=len(partners)):
        seat = dict(zip(partners, seats, strict=True))
        for chosen in itertools.product(turns, repeat=len(startups)):
            given = [turn for turn in chosen if turn]
            if len(given) != len(set(given)) or len(given) < best[0]:
                continue
            heard = []
            for startup, turn in zip(startups, chosen, strict=True):
                if turn and turn[1] in there.get(startup, always):
                    heard.append(
                        [
                            score[startup, one]
                            for one in partners
                            if (startup, one) in score and seat[one] == turn[0] and turn[1] in there.get(one, always)
                        ]
                    )
            if len(heard) == len(given) and all(heard):
                best = max(best, (len(heard), sum(map(sum, heard))))
    return best


@pytest.mark.parametrize("seed", range(40))
def test_a_small_session_is_the_best_there_is(seed):
    wanted, slots, there, rooms = a_session(seed)
    made = running_order(wanted, slots, there, rooms)
    assert [goal.gap for goal in made.goals] == [0, 0]
    assert (made.goals[0].reached, made.goals[1].reached / 1e6) == the_best(wanted, slots, there, rooms)


@pytest.mark.parametrize("seed", range(5))
def test_a_session_is_the_same_for_any_order_of_pairs(seed):
    wanted, slots, there, rooms = a_session(seed)
    shuffled = random.Random(seed).sample(wanted, len(wanted))
    assert running_order(shuffled, slots, there, rooms) == running_order(wanted, slots, there, rooms)
