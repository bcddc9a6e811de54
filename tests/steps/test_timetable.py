"""Timetables by thought: small events whose best timetable is known."""

import random

import pytest

from matcher.domain.timetable import Place, Wanted
from matcher.steps.timetable import timetable


def pairs(*ids, score=1.0):
    """Wanted pairs from words such as "a1": startup a, partner 1."""
    return [Wanted(startup_id=word[0], partner_id=word[1:], score=score) for word in ids]


def slots_of(made):
    return {f"{one.startup_id}{one.partner_id}": one.place.slot for one in made.meetings}


def places_of(made):
    return {(one.startup_id, one.partner_id): one.place for one in made.meetings}


def gaps(made):
    return [goal.gap for goal in made.goals]


def test_everybody_meets_everybody_in_as_many_slots_as_a_party_has_meetings():
    made = timetable(pairs(*(f"{startup}{partner}" for startup in "abcd" for partner in "1234")), 4, {}, 4)
    assert len(made.meetings) == 16
    for slot in range(4):
        here = [one for one in made.meetings if one.place.slot == slot]
        assert len({one.startup_id for one in here}) == len({one.partner_id for one in here}) == 4
    assert gaps(made) == [0, 0]


def test_no_more_meetings_at_once_than_tables_and_the_rest_say_so():
    made = timetable([*pairs("a1", "b2", "c3"), *pairs("d4", score=0.5)], 1, {}, 3)
    assert len(made.meetings) == 3
    assert sorted(one.place.table for one in made.meetings) == [1, 2, 3]
    (left,) = made.unplaced
    assert (left.rule, left.startup_id, left.partner_id) == ("tables", "d", "4")
    assert made.goals[0].reached == made.goals[0].bound == 3


def test_meetings_are_evened_out_where_the_tables_just_suffice():
    made = timetable(pairs("a1", "a2", "a3", "b1", "c2", "d3"), 3, {}, 2)
    assert len(made.meetings) == 6
    assert sorted(slots_of(made).values()) == [0, 0, 1, 1, 2, 2]


def test_of_more_meetings_than_slots_the_better_ones_are_held():
    wanted = [Wanted(startup_id="a", partner_id=str(at), score=float(at)) for at in range(5)]
    made = timetable(wanted, 3, {}, None)
    assert {one.partner_id for one in made.meetings} == {"2", "3", "4"}
    assert [one.because for one in made.unplaced] == [
        "in each of the 3 slots in which both are there, the startup meets somebody else"
    ] * 2


def test_a_pair_without_a_score_was_pinned_and_comes_first():
    wanted = [*pairs("a1", "a2", score=9.0), Wanted(startup_id="a", partner_id="3", score=None)]
    assert {one.partner_id for one in timetable(wanted, 1, {}, None).meetings} == {"3"}


def test_who_is_never_there_together_does_not_meet():
    made = timetable(pairs("a1", "b1"), 2, {"a": {0}, "1": {1}}, None)
    assert slots_of(made) == {"b1": 1}
    assert [(one.startup_id, one.rule) for one in made.unplaced] == [("a", "no_common_slot")]


def test_who_is_there_once_gets_the_slot_whoever_comes_first():
    made = timetable([*pairs("a1", score=9.0), *pairs("b1", score=1.0)], 2, {"b": {0}}, None)
    assert slots_of(made) == {"a1": 1, "b1": 0}


def test_where_chains_do_not_suffice_the_solver_shows_that_not_all_fit():
    # Each of the three pairs in a circle may be at two times, and two of the circle's parties are there once only.
    wanted = pairs("a1", "b1", "b2", "a2")
    made = timetable(wanted, 2, {"1": {0}, "a": {0, 1}, "b": {0, 1}, "2": {0}}, None)
    assert len(made.meetings) == 2
    assert made.goals[0].reached == made.goals[0].bound == 2


def test_nobody_and_nothing_give_an_empty_timetable():
    made = timetable([], 3, {}, 2)
    assert (made.meetings, made.unplaced, gaps(made)) == ((), (), [0, 0])


def test_early_slots_are_used_first():
    assert set(slots_of(timetable(pairs("a1", "b2", "c3"), 20, {}, 3)).values()) == {0}


def test_on_screens_there_are_no_tables():
    made = timetable(pairs("a1", "b2"), 1, {}, 1, virtual=True)
    assert [one.place for one in made.meetings] == [Place(slot=0), Place(slot=0)]


def test_with_as_many_tables_as_startups_no_startup_changes_its_table():
    made = timetable(pairs(*(f"{startup}{partner}" for startup in "abcde" for partner in "123")), 6, {}, 5)
    tables = {(one.startup_id, one.place.table) for one in made.meetings}
    assert len(tables) == 5


def an_event(seed, startups=12, partners=8, each=5, slots=9, away=0.5):
    random_ = random.Random(seed)
    wanted = [
        Wanted(startup_id=f"s{startup:02}", partner_id=f"p{partner:02}", score=round(random_.uniform(-1, 6), 6))
        for startup in range(startups)
        for partner in random_.sample(range(partners), each)
    ]
    everybody = [*(f"s{at:02}" for at in range(startups)), *(f"p{at:02}" for at in range(partners))]
    there = {
        id_: frozenset(random_.sample(range(slots), random_.randint(slots // 2, slots)))
        for id_ in everybody
        if random_.random() < away
    }
    return wanted, there, slots


@pytest.mark.parametrize("seed", range(20))
def test_after_a_cancellation_every_other_meeting_keeps_slot_and_table(seed):
    wanted, there, slots = an_event(seed)
    first = timetable(wanted, slots, there, 7)
    before = places_of(first)
    gone = list(before)[seed % len(before)]
    left = [one for one in wanted if one.key != gone]
    after = places_of(timetable(left, slots, there, 7, earlier=before, hold=True))
    assert {key: after.get(key) for key in before if key != gone} == {
        key: place for key, place in before.items() if key != gone
    }


def test_only_who_can_no_longer_be_there_moves():
    wanted = pairs("a1", "b2", "c3", "a2", "b3")
    before = places_of(timetable(wanted, 4, {}, 3))
    away = {"a": {0, 1, 2, 3} - {before["a", "1"].slot}}
    after = places_of(timetable(wanted, 4, away, 3, earlier=before, hold=True))
    assert [key for key in before if after[key] != before[key]] == [("a", "1")]


def test_a_held_meeting_is_not_moved_to_fit_in_one_more_but_a_like_one_is():
    before = {("a", "1"): Place(slot=0, table=1)}
    wanted, there = pairs("a1", "a2"), {"2": {0}}
    assert slots_of(timetable(wanted, 2, there, 1, earlier=before, hold=True)) == {"a1": 0}
    assert slots_of(timetable(wanted, 2, there, 1, earlier=before)) == {"a1": 1, "a2": 0}


@pytest.mark.parametrize("seed", range(20))
def test_a_timetable_like_another_moves_the_fewest_that_it_can_prove(seed):
    wanted, there, slots = an_event(seed)
    before = places_of(timetable(wanted[:40], slots, there, 7))
    made = timetable(wanted, slots, there, 7, earlier=before)
    assert len(made.meetings) == len(timetable(wanted, slots, there, 7).meetings)
    kept = next(goal for goal in made.goals if goal.name == "meetings_kept")
    after = places_of(made)
    assert kept.gap == 0
    assert kept.reached == sum(key in after and after[key].slot == place.slot for key, place in before.items())


def test_a_party_on_both_sides_is_never_in_two_places():
    wanted = [Wanted(startup_id=one, partner_id=other) for one, other in (("a", "b"), ("b", "c"), ("c", "a"))]
    made = timetable(wanted, 3, {}, None)
    assert sorted(one.place.slot for one in made.meetings) == [0, 1, 2]
    assert len(timetable(wanted, 2, {}, None).meetings) == 2
