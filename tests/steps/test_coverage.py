"""Coverage lists every region, also where nobody is, and puts nobody where it is not known."""

import pytest

from matcher.domain.region import Regions
from matcher.steps.coverage import NOT_STATED, OUTSIDE_UK, coverage, coverage_json, coverage_rows, place_of
from matcher.steps.run_meetings import RunMeeting
from matcher.wiring import background
from tests.builders import a_partner

REGIONS = background().regions


def a_meeting(startup, partner, rank=1, score=1.0):
    return RunMeeting(startup_id=startup, partner_id=partner, rank=rank, score=score)


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"region": "Yorkshire & Humber", "city": "London", "country": "GB"}, "yorkshire-and-the-humber"),
        ({"city": "Sheffield", "country": "GB"}, "yorkshire-and-the-humber"),
        ({"city": "Sheffield"}, "yorkshire-and-the-humber"),
        ({"region": "Cotswolds", "city": "Cheltenham", "country": "GB"}, "south-west"),
        ({"city": "Dublin", "country": "IE"}, OUTSIDE_UK),
        ({"city": "Cambridge", "country": "US"}, OUTSIDE_UK),
        ({"city": "Cambridge"}, NOT_STATED),
        ({"city": "Stourhaven", "country": "GB"}, NOT_STATED),
        ({}, NOT_STATED),
    ],
)
def test_a_partner_is_placed_by_its_region_then_its_city_and_never_by_a_guess(said, place):
    assert place_of(a_partner(**said), REGIONS) == place


def test_all_twelve_regions_are_listed_zeros_included_and_nobody_is_lost():
    partners = [
        a_partner("p1", region="Wales"),
        a_partner("p2", region="TLL", kind="corporate"),
        a_partner("p3", country="IE"),
        a_partner("p4", region="Cotswolds"),
    ]
    found = coverage(partners, REGIONS)
    assert [row.id for row in found.rows] == [region.id for region in REGIONS.regions]
    by_id = {row.id: row for row in (*found.rows, *found.elsewhere)}
    assert by_id["wales"].by_kind["investor"] == by_id["wales"].by_kind["corporate"] == 1
    assert sum(row.partners for row in by_id.values()) == len(partners)
    assert (by_id[OUTSIDE_UK].partners, by_id[NOT_STATED].partners, by_id["london"].partners) == (1, 1, 0)
    assert all(row.meetings is None for row in by_id.values())
    assert found.unrecognised == ("Cotswolds",)


def test_a_runs_meetings_are_counted_where_the_partner_is_and_each_startup_once():
    partners = [a_partner("p1", region="Wales"), a_partner("p2", region="Wales"), a_partner("p3")]
    found = coverage(partners, REGIONS, [a_meeting("s1", "p1"), a_meeting("s1", "p2"), a_meeting("s2", "p3")])
    by_id = {row.id: row for row in (*found.rows, *found.elsewhere)}
    assert (by_id["wales"].meetings, by_id["wales"].startups) == (2, 1)
    assert (by_id[NOT_STATED].meetings, by_id["scotland"].meetings) == (1, 0)


def test_the_order_of_partners_does_not_matter():
    partners = [a_partner("p1", region="Wales"), a_partner("p2", region="East"), a_partner("p3", city="Ely")]
    assert coverage(partners, REGIONS) == coverage(partners[::-1], REGIONS)


def test_the_index_stands_beside_the_regions():
    said = coverage_json(coverage([], REGIONS), REGIONS, None)
    assert said["local_digital_index"]["median_gva_per_person_gbp"] == 1945
    assert said["local_digital_index"]["total_uplift_gbp"] == 4809747913.55
    assert len(said["regions"]) == 12 and said["not_stated"]["partners"] == 0
    wales = next(row for row in said["regions"] if row["region_id"] == "wales")
    assert (wales["digital_gva_per_person_gbp"], wales["index_rank"], wales["uplift_gbp"]) == (1348, 11, 1158413692.62)
    assert len(coverage_rows(coverage([], REGIONS))) == 14


def test_without_the_table_everybody_is_still_counted():
    found = coverage([a_partner(region="Wales", country="GB")], Regions())
    assert (found.rows, found.elsewhere[1].partners) == ((), 1)
