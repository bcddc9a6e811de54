"""Slots of a schedule, and who is there in which."""

import pytest

from matcher.domain.profile import Availability
from matcher.domain.programme import Programme, Schedule
from matcher.errors import BadInput
from matcher.steps.local_times import in_words, utc_text, zone_of
from matcher.steps.slots import free_slots, slots_of


def a_programme(**schedule):
    said = {"dates": ("2027-03-08",), "sessions": ("09:30-11:00",), **schedule}
    return Programme(id="mine", name="Mine", edition=2027, schedule=Schedule(**said))


def starts(**schedule):
    return [utc_text(slot.start) for slot in slots_of(a_programme(**schedule))]


def there(*spans, programme="mine", **schedule):
    edition = a_programme(**schedule)
    records = [
        Availability(id=str(at), party_id="a", programme=programme, begins=begins, ends=ends)
        for at, (begins, ends) in enumerate(spans)
    ]
    return free_slots(slots_of(edition), edition, records).get("a")


def test_slots_follow_each_other_with_their_gap_and_end_with_the_session():
    assert starts() == ["2027-03-08T09:30:00Z", "2027-03-08T10:00:00Z", "2027-03-08T10:30:00Z"]


def test_the_time_between_two_sessions_is_a_break():
    assert starts(sessions=("13:00-13:25", "09:30-09:55")) == ["2027-03-08T09:30:00Z", "2027-03-08T13:00:00Z"]


def test_local_times_follow_the_clocks_of_their_zone():
    dates = ("2027-03-27", "2027-03-29")  # the clocks change on the 28th
    assert starts(dates=dates, sessions=("09:30-09:55",)) == ["2027-03-27T09:30:00Z", "2027-03-29T08:30:00Z"]
    assert starts(time_zone="Africa/Nairobi", sessions=("09:30-09:55",)) == ["2027-03-08T06:30:00Z"]


def test_an_hour_that_the_clocks_skip_holds_no_slots():
    assert starts(dates=("2027-03-28",), sessions=("00:00-03:00",), slot_minutes=60, gap_minutes=0) == [
        "2027-03-28T00:00:00Z",
        "2027-03-28T01:00:00Z",
    ]


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        ({"dates": ()}, "does not say when"),
        ({"sessions": ("09:30-09:40",)}, "No slot of 25 minutes fits"),
        ({"sessions": ("09:30-11:00", "10:30-12:00")}, "overlap"),
        (
            {"sessions": ("00:00-23:00",), "slot_minutes": 1, "gap_minutes": 0, "dates": ("2027-03-08", "2027-03-09")},
            "more",
        ),
    ],
)
def test_a_schedule_without_sound_slots_is_refused_in_words(schedule, words):
    with pytest.raises(BadInput, match=words):
        slots_of(a_programme(**schedule))


def test_somebody_is_there_only_from_the_first_minute_to_the_last():
    assert there(("2027-03-08T09:31", "2027-03-08T10:25")) == {1}
    assert there(("2027-03-08T10:00", "2027-03-08T10:24")) == frozenset()


def test_a_day_is_there_to_its_end():
    assert there(("2027-03-08", "2027-03-08")) == {0, 1, 2}


def test_times_that_meet_count_as_one():
    assert there(("2027-03-08T09:30", "2027-03-08T10:10"), ("2027-03-08T10:10", "2027-03-08T11:00")) == {0, 1, 2}


def test_an_offset_wins_over_the_zone_of_the_programme():
    assert there(("2027-03-08T12:30+03:00", "2027-03-08T13:00+03:00")) == {0}


def test_another_programme_says_nothing():
    assert there(("2027-03-08T09:30", "2027-03-08T10:25"), programme="other") is None


def test_a_time_names_its_zone_and_a_day_may_differ_between_two():
    (slot,) = slots_of(a_programme(sessions=("22:30-22:55",)))
    assert in_words(slot.start, slot.end, "Europe/London") == "Monday 8 March 2027, 22:30 to 22:55 Europe/London"
    assert in_words(slot.start, slot.end, "Africa/Nairobi") == "Tuesday 9 March 2027, 01:30 to 01:55 Africa/Nairobi"


def test_who_names_no_zone_or_an_unknown_one_gets_that_of_the_event():
    assert zone_of(None, "Europe/London") == ("Europe/London", True)
    assert zone_of("Europe/Atlantis", "Europe/London") == ("Europe/London", True)
    assert zone_of("Africa/Lagos", "Europe/London") == ("Africa/Lagos", False)
