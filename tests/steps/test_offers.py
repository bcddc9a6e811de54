"""Who is offered the slot of a cancelled meeting."""

from matcher.domain.timetable import Meeting, Place
from matcher.steps.offers import offers


def a_meeting(startup="s1", partner="p1", slot=0, table=1):
    return Meeting(startup_id=startup, partner_id=partner, place=Place(slot=slot, table=table))


def offered(freed=None, meetings=(), alternates=("p2", "p3"), there=None, room=None):
    left = {"p2": 1, "p3": 1} | (room or {})
    made = offers(freed or [a_meeting()], meetings, {"s1": alternates, "s2": alternates}, there or {}, left)
    return [(one.startup_id, one.partner_id, one.instead_of) for one in made]


def test_the_first_alternate_is_offered():
    assert offered() == [("s1", "p2", "p1")]


def test_an_alternate_that_is_away_busy_or_full_is_passed_over():
    assert offered(there={"p2": {1}}) == [("s1", "p3", "p1")]
    assert offered(meetings=[a_meeting("s9", "p2", 0, 2)]) == [("s1", "p3", "p1")]
    assert offered(room={"p2": 0}) == [("s1", "p3", "p1")]
    assert offered(room={"p2": 0, "p3": 0}) == []


def test_a_partner_without_a_limit_has_room():
    assert offered(room={"p2": None}) == [("s1", "p2", "p1")]


def test_two_freed_slots_are_not_offered_to_one_partner_beyond_its_room():
    freed = [a_meeting(), a_meeting("s2", "p1", 1)]
    assert offered(freed=freed) == [("s1", "p2", "p1"), ("s2", "p3", "p1")]
    at_once = [a_meeting(), a_meeting("s2", "p9", 0, 2)]
    assert offered(freed=at_once, room={"p2": 5}) == [("s1", "p2", "p1"), ("s2", "p3", "p9")]


def test_a_slot_or_table_that_was_filled_anew_is_not_offered():
    assert offered(meetings=[a_meeting("s1", "p9", 0, 2)]) == []
    assert offered(meetings=[a_meeting("s9", "p9", 0, 1)]) == []
