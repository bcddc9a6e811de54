"""Exposure counts what fell on whom, group by group, also where it is nothing."""

import pytest

from matcher.domain.vocabulary import KINDS, WOMEN_LED
from matcher.steps.exposure import LEAST_TO_COMPARE, NOT_STATED, Groups, exposure, side_by_side
from matcher.steps.run_meetings import RunMeeting
from matcher.wiring import background
from tests.builders import a_partner, a_startup

GROUPS = Groups(
    hubs={"kenya": "UK-Kenya Tech Hub", "nigeria": "UK-Nigeria Tech Hub"},
    countries=("KE",),
    country_names={"KE": "Kenya", "GH": "Ghana"},
    regions=background().regions,
)
STARTUPS = [
    a_startup("s1", hub="kenya", country="KE", women_led="all"),
    a_startup("s2", hub="kenya", country="KE", women_led="no"),
    a_startup("s3", hub=None, country="GH", women_led=None),
    a_startup("s4", hub="kenya", country=None),
]
PARTNERS = [
    a_partner("p1", kind="investor", region="Wales"),
    a_partner("p2", kind="corporate", region="London"),
    a_partner("p3", kind="corporate"),
]
MEETINGS = [
    RunMeeting(startup_id="s1", partner_id="p1", rank=1, score=2.0),
    RunMeeting(startup_id="s1", partner_id="p2", rank=2, score=1.0),
    RunMeeting(startup_id="s3", partner_id="p2", rank=1, score=None),
]


def rows(meetings=MEETINGS, placed=("s1", "s3"), refused=("s2",), startups=STARTUPS, partners=PARTNERS):
    found = exposure(startups, partners, meetings, placed, refused, GROUPS)
    return {(row.by, row.group): row for row in found}


def test_every_group_is_counted_by_what_is_known_of_it():
    kenya = rows()["hub", "kenya"]
    assert (kenya.label, kenya.applicants, kenya.eligible, kenya.placed, kenya.meetings) == (
        "UK-Kenya Tech Hub",
        3,
        2,
        1,
        2,
    )
    assert kenya.share_of_meetings == pytest.approx(2 / 3)
    assert (kenya.meetings_per_placed, kenya.mean_rank, kenya.mean_score) == (2.0, 1.5, 1.5)
    assert kenya.partners is None


def test_groups_of_partners_say_how_many_startups_they_met():
    corporate = rows()["kind", "corporate"]
    assert (corporate.partners, corporate.placed, corporate.meetings) == (2, 2, 2)
    assert (corporate.applicants, corporate.eligible) == (None, None)
    assert (corporate.meetings_per_placed, corporate.mean_score) == (1.0, 1.0)
    assert rows()["region", "wales"].meetings == 1


def test_groups_with_nobody_are_shown_with_zeros():
    found = rows()
    nigeria = found["hub", "nigeria"]
    assert (nigeria.applicants, nigeria.placed, nigeria.meetings, nigeria.share_of_meetings) == (0, 0, 0, 0.0)
    assert (nigeria.meetings_per_placed, nigeria.mean_rank) == (None, None)
    assert {group for by, group in found if by == "kind"} == set(KINDS)
    assert {group for by, group in found if by == "women_led"} == {*WOMEN_LED, NOT_STATED}
    assert len([group for by, group in found if by == "region"]) == 14


def test_what_occurs_beside_the_shown_groups_is_named_and_what_is_unknown_has_its_own_line():
    found = rows()
    assert found["country", "GH"].label == "Ghana"
    assert found["country", NOT_STATED].applicants == 1
    assert found["hub", NOT_STATED].applicants == 1


@pytest.mark.parametrize("by", ["hub", "country", "women_led", "kind", "region"])
def test_the_groups_of_one_kind_add_up_to_everybody(by):
    found = rows()
    every = found["all", "all"]
    own = [row for (kind, _), row in found.items() if kind == by]
    assert sum(row.meetings for row in own) == every.meetings == 3
    if by in ("kind", "region"):
        assert sum(row.partners for row in own) == every.partners
    else:
        assert sum(row.applicants for row in own) == every.applicants
        assert sum(row.placed for row in own) == every.placed


def test_small_groups_are_marked_and_shown():
    many = [a_startup(f"s{number}", hub="kenya") for number in range(LEAST_TO_COMPARE)]
    found = rows(startups=many, meetings=[], placed=(), refused=())
    assert not found["hub", "kenya"].too_small
    assert found["hub", "nigeria"].too_small
    assert rows(startups=many[1:], meetings=[], placed=(), refused=())["hub", "kenya"].too_small


def test_nobody_at_all_is_answered():
    found = rows(startups=[], partners=[], meetings=[], placed=(), refused=())
    assert found["all", "all"].share_of_meetings is None
    assert all(row.meetings == 0 for row in found.values())


def test_two_plans_stand_side_by_side():
    without = exposure(STARTUPS, PARTNERS, MEETINGS, ("s1", "s3"), ("s2",), GROUPS)
    other = [*MEETINGS[1:], RunMeeting(startup_id="s4", partner_id="p1", rank=1, score=0.5)]
    with_ = exposure(STARTUPS, PARTNERS, other, ("s1", "s3", "s4"), ("s2",), GROUPS)
    changes = {(one.by, one.group): one for one in side_by_side(without, with_)}
    assert changes["hub", "kenya"].placed == (1, 2)
    assert changes["hub", "kenya"].meetings == (2, 2)
    assert changes["hub", "kenya"].meetings_per_placed == (2.0, 1.0)
    assert changes["country", NOT_STATED].placed == (0, 1)
