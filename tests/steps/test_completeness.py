"""Completeness counts what is stated, and asks first for what matching misses most."""

import pytest

from matcher.domain.profile import Money
from matcher.steps.completeness import completeness, completeness_json, fill_first
from tests.builders import a_partner, a_startup
from tests.rankers import only

RANKER = only(stage=2.0, sector=1.0, thesis=1.0)


def by_field(kind, records):
    return {row.field: row for row in completeness(kind, records, RANKER)}


def test_a_field_is_stated_where_it_holds_something_also_no_and_nought():
    startups = [
        a_startup("s1", investment_ready=False, raising=Money(minor=0, currency="GBP"), sectors=("health",)),
        a_startup("s2"),
    ]
    found = by_field("startup", startups)
    for field in ("investment_ready", "raising", "sectors"):
        assert (found[field].stated, found[field].total, found[field].share) == (1, 2, 0.5)
    assert found["country"].share == 1.0
    assert by_field("partner", [a_partner(capacity=0)])["capacity"].stated == 1


def test_what_decides_more_and_more_lack_is_asked_for_first():
    startups = [a_startup("s1", stage="seed"), a_startup("s2", stage="seed"), a_startup("s3")]
    found = by_field("startup", startups)
    assert found["stage"].at_stake == pytest.approx(found["stage"].decides / 3)
    assert found["website"].at_stake == 0.0
    assert fill_first(completeness("startup", startups, RANKER)).field == "sectors"
    assert fill_first(completeness("startup", startups, only(stage=4.0, sector=1.0))).field == "stage"


def test_a_missing_summary_leaves_everything_unknown():
    assert by_field("startup", [a_startup(summary=None)])["summary"].at_stake == pytest.approx(1.0)


def test_nobody_states_nothing_and_nothing_is_asked_for():
    rows = {"startups": completeness("startup", [], RANKER), "partners": completeness("partner", [], RANKER)}
    said = completeness_json(rows)
    assert said["startups"]["fill_first"] is None
    assert all(field["share"] is None for field in said["partners"]["fields"])
