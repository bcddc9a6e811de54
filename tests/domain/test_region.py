"""The twelve regions: names, places, and the Local Digital Index as its source prints it."""

from decimal import Decimal
from statistics import median

import pytest

from matcher.wiring import background

REGIONS = background().regions


def test_the_local_digital_index_loads_as_printed():
    assert len(REGIONS.regions) == 12
    assert REGIONS.median_gva_per_person_gbp == 1945
    assert REGIONS.total_uplift_gbp == Decimal("4809747913.55")
    uplifts = [one.uplift_gbp for one in REGIONS.regions if one.uplift_gbp is not None]
    assert len(uplifts) == 6
    # The printed rows are rounded each by itself: they add up to a penny less.
    assert abs(sum(uplifts) - REGIONS.total_uplift_gbp) <= Decimal("0.01")
    assert REGIONS.uplift_of_rows_gbp == Decimal("4809747913.54")


def test_the_stated_median_is_that_of_the_twelve_and_ranks_are_one_to_twelve():
    values = [one.gva_per_person_gbp for one in REGIONS.regions]
    assert int(median(values)) == REGIONS.median_gva_per_person_gbp
    assert sorted(one.index_rank for one in REGIONS.regions) == list(range(1, 13))


def test_those_below_the_median_and_no_others_have_an_uplift_that_leads_to_it():
    for one in REGIONS.regions:
        below = one.gva_per_person_gbp < REGIONS.median_gva_per_person_gbp
        assert below == (one.uplift_gbp is not None) == (one.uplift_per_person_gbp is not None)
        if below:
            assert abs(one.gva_per_person_gbp + one.uplift_per_person_gbp - 1945.5) <= 1


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("Yorkshire and The Humber", "yorkshire-and-the-humber"),
        ("Yorkshire and the Humber", "yorkshire-and-the-humber"),
        ("YORKSHIRE & THE HUMBER", "yorkshire-and-the-humber"),
        ("Yorkshire & Humber", "yorkshire-and-the-humber"),
        ("East of England", "east"),
        ("East", "east"),
        ("the East of England", "east"),
        ("Greater London", "london"),
        ("London", "london"),
        ("North East", "north-east"),
        ("north-east", "north-east"),
        ("The North West", "north-west"),
        ("TLN", "northern-ireland"),
        ("E12000009", "south-west"),
        ("Cymru", "wales"),
    ],
)
def test_a_region_is_found_by_its_names_and_codes(written, region):
    assert REGIONS.named(written).id == region


@pytest.mark.parametrize("written", ["", "England", "the North", "Midlands", "Southeast Asia", "Eastern Europe"])
def test_what_names_no_single_region_names_none(written):
    assert REGIONS.named(written) is None


def test_no_name_and_no_city_belongs_to_two_regions():
    for names in (
        [(name, one.id) for one in REGIONS.regions for name in (one.id, one.label, *one.aliases)],
        [(city, one.id) for one in REGIONS.regions for city in (*one.cities, *one.cities_with_namesakes)],
    ):
        owners = {}
        for name, region in names:
            assert owners.setdefault(name.casefold(), region) == region, name


@pytest.mark.parametrize(
    ("city", "country", "region"),
    [
        ("Manchester", "GB", "north-west"),
        ("hull", "GB", "yorkshire-and-the-humber"),
        ("Caerdydd / Cardiff", "GB", "wales"),
        ("Derry / Londonderry", None, "northern-ireland"),
        ("Reading, Berkshire", "GB", "south-east"),
        ("Cambridge", "GB", "east"),
    ],
)
def test_a_city_tells_its_region(city, country, region):
    assert REGIONS.of_city(city, country).id == region


@pytest.mark.parametrize(
    ("city", "country"),
    [("Cambridge", None), ("Cambridge", "US"), ("Perth", "AU"), ("Newcastle", None), ("London", "CA"), ("Oz", "GB")],
)
def test_a_city_that_may_lie_abroad_tells_none(city, country):
    assert REGIONS.of_city(city, country) is None
