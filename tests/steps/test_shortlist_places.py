"""Who gets in."""

from __future__ import annotations

import math
from typing import Any

import pytest

from matcher.domain.shortlist import ELIGIBLE, LONGLIST, SHORTLIST, LeftOut, Terms
from matcher.steps.places import Places, place
from tests.builders import a_startup, scored_pairs


def places(
    scores: dict[str, list[float]], hubs: dict[str, str] | None = None, organisation: Any = None, **terms: Any
) -> Places:
    """Places of startups with these pair scores. hubs: of some startups. organisation: beside the startups."""
    pairs, points, startups, _ = scored_pairs({(s, f"p{j}"): x for s, xs in scores.items() for j, x in enumerate(xs)})
    return place(
        pairs, points, [a_startup(s.id, hub=(hubs or {}).get(s.id)) for s in startups], Terms(**terms), organisation
    )


def out(id: str, rule: str, because: str, reached: str = SHORTLIST) -> LeftOut:
    return LeftOut(id=id, reached=reached, rule=rule, because=because)


def test_a_startup_is_as_strong_as_the_mean_of_its_best_three_pairs():
    assert places({"s1": [9.0, 0.0, 0.0, 0.0], "s2": [4.0, 3.0, 3.0, -9.0]}, places=1).placed == (1,)


def test_with_fewer_pairs_the_mean_is_of_those_there_are():
    assert places({"s1": [2.0, 2.0, 2.0], "s2": [3.0]}).placed == (1, 0)


def test_equal_strength_goes_by_id():
    assert places({"s1": [1.0], "s2": [1.0000004], "s3": [1.0]}, places=2).placed == (0, 1)


def test_pairs_not_assessed_do_not_weaken_a_startup():
    assert places({"s1": [2.0, math.nan], "s2": [1.5, 1.5]}).placed == (0, 1)


def test_without_any_assessed_pair_there_is_no_place():
    assert places({"s1": [math.nan, math.nan]}).unplaced == (
        LeftOut(
            id="s1", reached=ELIGIBLE, rule="not_assessed", because="none of its admitted pairs (2) could be assessed"
        ),
    )


def test_a_full_hub_does_not_keep_out_weaker_startups_of_other_hubs():
    found = places(
        {"s1": [3.0], "s2": [2.0], "s3": [1.0]}, {"s1": "kenya", "s2": "kenya"}, quotas={"kenya": 1}, places=2
    )
    assert found == Places(placed=(0, 2), unplaced=(out("s2", "quota", "hub kenya's only place is taken"),))


def test_a_hub_without_a_quota_has_no_limit():
    assert places({"s1": [3.0], "s2": [2.0]}, {"s1": "nigeria", "s2": "nigeria"}, quotas={"kenya": 0}).placed == (0, 1)


def test_of_the_profiles_of_one_organisation_the_strongest_gets_the_place():
    found = places({"s1": [2.0], "s2": [3.0], "s3": [1.0], "s4": [0.5]}, organisation=[0, 0, 0, 1])
    said = "'s2', a profile of the same organisation, is stronger"
    assert found == Places(
        placed=(1, 3), unplaced=(out("s1", "organisation", said, ELIGIBLE), out("s3", "organisation", said, ELIGIBLE))
    )


def test_a_weaker_profile_gets_no_place_where_the_hub_of_the_stronger_is_full():
    hubs, scores = {"s1": "kenya", "s2": "nigeria", "s3": "kenya"}, {"s1": [2.0], "s2": [1.0], "s3": [3.0]}
    few, more = (places(scores, hubs, [0, 0, 1], quotas={"kenya": quota}).placed for quota in (1, 2))
    assert few == (2,)
    assert more == (2, 0)


def test_raising_a_quota_only_adds_where_places_are_free():
    scores = {f"s{i}": [float(i)] for i in range(6)}
    hubs = {f"s{i}": "kenya" if i % 2 else "nigeria" for i in range(6)}
    few, more = (set(places(scores, hubs, quotas={"kenya": quota}).placed) for quota in (1, 2))
    assert few < more


@pytest.mark.parametrize(
    ("terms", "reason"),
    [
        ({"places": 0}, "the programme has no places"),
        ({"places": 2}, "all 2 places went to stronger startups"),
        ({"quotas": {"kenya": 0}}, "hub kenya has no places"),
        ({"quotas": {"kenya": 2}}, "hub kenya's 2 places are taken"),
    ],
)
def test_who_finds_no_place_is_told_why(terms, reason):
    found = places({"s1": [3.0], "s2": [2.0], "s3": [1.0]}, dict.fromkeys(("s1", "s2", "s3"), "kenya"), **terms)
    assert (found.unplaced[-1].id, found.unplaced[-1].because) == ("s3", reason)


def test_of_the_longlist_the_strongest_are_shortlisted_and_of_those_the_strongest_placed():
    scores = {f"s{i}": [9.0 - i] for i in range(1, 6)}
    found = places(scores, on_longlist=4, on_shortlist=3, places=1)
    assert found.placed == (0,)
    assert found.unplaced == (
        out("s2", "places", "the only place went to a stronger startup"),
        out("s3", "places", "the only place went to a stronger startup"),
        out("s4", "shortlist", "the shortlist's 3 went to stronger startups", LONGLIST),
        out("s5", "longlist", "the longlist's 4 went to stronger startups", ELIGIBLE),
    )


def test_raising_a_quota_or_the_places_only_adds():
    scores = {f"s{i:02}": [float(i % 7), float(i % 3)] for i in range(30)}
    hubs = {id: ("nigeria" if i % 2 else "kenya") for i, id in enumerate(scores)}
    for more in ({"quotas": {"nigeria": 7}}, {"places": 12}):
        fewer = {"quotas": {"nigeria": 5}} if "quotas" in more else {"places": 7}
        before = places(scores, hubs, on_shortlist=20, **fewer).placed
        after = places(scores, hubs, on_shortlist=20, **more).placed
        assert set(before) < set(after)
