"""The yardsticks: on records so few that the answer is known by thought."""

import numpy as np
import pytest

from matcher.domain.profile import Brief, HistoryRecord, PortfolioCompany
from matcher.gather import gather
from matcher.snapshot import read_snapshot
from matcher.steps.baselines import (
    BASELINES,
    NEIGHBOURS,
    neighbours,
    popularity,
    popularity_alike,
    popularity_alike_and_neighbours,
)
from matcher.steps.one_profile import profile_bm25, profile_cosine
from tests.builders import a_partner, a_startup
from tests.workspaces import TODAY, a_workspace, put

every_baseline = pytest.mark.parametrize("baseline", BASELINES.values(), ids=BASELINES.keys())


def backed(startup, partner, date="2020"):
    return HistoryRecord(
        id=f"{startup}-{partner}", startup_id=startup, partner_id=partner, outcome="invested", date=date
    )


@pytest.fixture
def scores(tmp_path):
    """(baseline, records) → startup → partner → score."""

    def scored(baseline, **records):
        inputs = inputs_of(tmp_path, **records)
        rows = baseline(inputs, np.arange(len(inputs.startups), dtype=np.int32))
        assert rows.dtype == np.float64
        partners = [partner.id for partner in inputs.partners]
        return {
            startup.id: dict(zip(partners, row.tolist(), strict=True))
            for startup, row in zip(inputs.startups, rows, strict=True)
        }

    return scored


def inputs_of(folder, **records):
    workspace = put(a_workspace(folder), **records)
    return gather(workspace, read_snapshot(workspace), TODAY)


def best_first(row):
    return sorted(row, key=row.get, reverse=True)


def test_popularity_counts_the_earlier_companies_of_a_partner_as_of_the_date(scores):
    found = scores(
        popularity,
        startups=[a_startup("new"), a_startup("a", summary="Maize."), a_startup("b", summary="Rice.")],
        partners=[a_partner("none"), a_partner("one"), a_partner("two")],
        history=[backed("a", "two"), backed("b", "two"), backed("a", "one"), backed("b", "one", "2999")],
    )
    assert found["new"] == {"none": 0, "one": 1, "two": 2}
    assert found["a"] == {"none": 0, "one": 0, "two": 1}, "what a partner did with the startup itself does not count"


def of_the_past(country, sectors, number, start=0):
    return [
        a_startup(f"e{start + at}", country=country, sectors=sectors, summary=f"Thing{start + at}.")
        for at in range(number)
    ]


def test_popularity_within_country_and_sector_is_what_its_formula_says(scores):
    there = of_the_past("KE", ("health",), 2)
    elsewhere = of_the_past("NG", ("fintech",), 3, start=2)
    found = scores(
        popularity_alike,
        startups=[a_startup("new", country="KE", sectors=("health",), summary="New."), *there, *elsewhere],
        partners=[a_partner("alike"), a_partner("other")],
        history=[*(backed(one.id, "alike") for one in there), *(backed(one.id, "other") for one in elsewhere)],
    )
    # Two of two from Kenya and in health are of "alike", two of all five are.
    share = (2 + 10 * 2 / 5) / (2 + 10)
    assert found["new"]["alike"] == pytest.approx(2 + 10 * share)
    assert found["new"]["other"] == pytest.approx(10 * (0 + 10 * 3 / 5) / (2 + 10))


def test_both_in_common_beats_one_in_common_and_one_beats_a_popular_stranger(scores):
    both = of_the_past("KE", ("health",), 1)
    sector = of_the_past("NG", ("health",), 1, start=1)
    neither = of_the_past("NG", ("fintech",), 1, start=2)
    many = of_the_past("GH", ("fintech",), 2, start=3)
    found = scores(
        popularity_alike,
        startups=[a_startup("new", country="KE", sectors=("health",)), *both, *sector, *neither, *many],
        partners=[a_partner("both"), a_partner("sector"), a_partner("neither"), a_partner("many")],
        history=[
            *(backed(one.id, "both") for one in both),
            *(backed(one.id, "sector") for one in sector),
            *(backed(one.id, "neither") for one in neither),
            *(backed(one.id, "many") for one in many),
        ],
    )
    assert best_first(found["new"])[0] == "both"
    assert found["new"]["sector"] > found["new"]["neither"]
    assert found["new"]["many"] > found["new"]["neither"], "with nothing in common, the popular one stands first"


def test_a_startup_that_names_neither_country_nor_sector_gets_the_order_of_popularity(scores):
    past = of_the_past("KE", ("health",), 3)
    found = scores(
        popularity_alike,
        startups=[a_startup("new", country=None, sectors=()), *past],
        partners=[a_partner("few"), a_partner("most"), a_partner("none")],
        history=[backed("e0", "few"), backed("e1", "most"), backed("e2", "most")],
    )
    assert found["new"] == pytest.approx({"few": 10 / 3, "most": 20 / 3, "none": 0})


def test_bm25_of_one_word_is_the_formula(scores):
    found = scores(
        profile_bm25,
        startups=[a_startup("s", summary="Pumps", country=None)],
        partners=[a_partner("long", thesis="Pumps valves"), a_partner("none", thesis="Lamps")],
    )
    idf = np.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    # A profile of two words where the mean is one and a half.
    assert found["s"]["long"] == pytest.approx(idf * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 2 / 1.5)))
    assert found["s"]["none"] == 0


def test_bm25_joins_thesis_briefs_and_earlier_companies_to_one_profile(scores):
    found = scores(
        profile_bm25,
        startups=[a_startup("s", summary="Solar pumps irrigation", country=None)],
        partners=[a_partner("apart", thesis="Solar"), a_partner("only", thesis="Solar, milling, drying")],
        briefs=[Brief(id="b", partner_id="apart", title="Pumps", need="Pumps")],
        portfolio=[PortfolioCompany(id="c", partner_id="apart", name="C", summary="Irrigation")],
    )
    assert found["s"]["apart"] > 2 * found["s"]["only"] > 0


def test_bm25_prefers_the_partner_of_companies_from_the_same_place(scores):
    found = scores(
        profile_bm25,
        startups=[
            a_startup("new", summary="Maize", country="KE", city="Nairobi"),
            a_startup("near", summary="Rice", country="KE", city="nairobi"),
            a_startup("far", summary="Beans", country="NG", city="Lagos"),
        ],
        partners=[a_partner("here", thesis=None), a_partner("there", thesis=None)],
        history=[backed("near", "here"), backed("far", "there")],
    )
    assert found["new"]["here"] > 0 == found["new"]["there"]


def test_the_cosine_is_with_the_mean_of_all_vectors_of_a_partner(scores):
    found = scores(
        profile_cosine,
        startups=[a_startup("s", summary="pumps")],
        partners=[
            a_partner("same", thesis="pumps"),
            a_partner("half", thesis="pumps"),
            a_partner("silent", thesis=None),
        ],
        portfolio=[PortfolioCompany(id="c", partner_id="half", name="C", summary="lamps")],
    )
    assert found["s"]["same"] == pytest.approx(1, abs=0.002)
    assert found["s"]["half"] == pytest.approx(np.sqrt(0.5), abs=0.002)
    assert found["s"]["silent"] == 0


def test_a_neighbour_votes_for_all_its_partners_with_its_likeness(scores):
    found = scores(
        neighbours,
        startups=[
            a_startup("new", summary="Solar pumps", country=None),
            a_startup("same", summary="Pumps, solar", country=None),
            a_startup("other", summary="Braille books", country=None),
        ],
        partners=[a_partner("one"), a_partner("two"), a_partner("three")],
        history=[backed("same", "one"), backed("same", "two"), backed("other", "three")],
    )
    assert found["new"] == pytest.approx({"one": 1, "two": 1, "three": 0})


def test_only_the_nearest_vote_and_a_company_of_many_partners_takes_one_place(scores):
    crowd = [f"p{at:02}" for at in range(NEIGHBOURS)]
    near = [a_startup(f"n{at:02}", summary=f"Solar word{at}", country=None) for at in range(NEIGHBOURS - 1)]
    found = scores(
        neighbours,
        startups=[
            a_startup("new", summary="Solar pumps", country=None),
            a_startup("shared", summary="Pumps, solar", country=None),
            *near,
            a_startup("last", summary="Solar drying milling grinding storing packing", country=None),
        ],
        partners=[*(a_partner(id) for id in crowd), a_partner("alone"), a_partner("late")],
        history=[
            *(backed("shared", partner) for partner in crowd),
            *(backed(one.id, "alone") for one in near),
            backed("last", "late"),
        ],
    )
    assert all(found["new"][partner] == pytest.approx(1) for partner in crowd)
    assert found["new"]["alone"] > 0, "the company of fifty partners left room for the others"
    assert found["new"]["late"] == 0, "it is the fifty-first"


def test_popularity_and_neighbours_weigh_alike_when_they_are_added(scores):
    records = {
        "startups": [
            a_startup("new", summary="Solar pumps", country=None, sectors=("energy",)),
            a_startup("near", summary="Solar pumps and lamps", country=None, sectors=("health",)),
            *of_the_past(None, ("energy",), 3),
        ],
        "partners": [a_partner("like"), a_partner("local"), a_partner("none")],
        "history": [backed("near", "like"), *(backed(f"e{at}", "local") for at in range(3))],
    }
    found = scores(popularity_alike_and_neighbours, **records)
    alike = scores(popularity_alike, **records)["new"]
    assert found["new"] == pytest.approx({"local": 1, "like": 1 + alike["like"] / alike["local"], "none": 0})


@every_baseline
def test_a_startup_never_sees_itself(scores, baseline):
    found = scores(
        baseline,
        startups=[
            a_startup("s", summary="Solar pumps", sectors=("energy",)),
            a_startup("twin", summary="Solar pumps", sectors=("energy",)),
            a_startup("else", summary="Braille books", country="NG", sectors=("health",)),
        ],
        partners=[a_partner("has"), a_partner("not"), a_partner("other")],
        portfolio=[
            PortfolioCompany(id="c", partner_id="has", name="startup S", summary="Pumps.", country="KE"),
        ],
        history=[backed("s", "has"), backed("twin", "has"), backed("else", "other")],
    )
    assert found["s"]["has"] == found["s"]["not"]


@every_baseline
def test_the_scores_do_not_depend_on_who_else_is_asked_for(tmp_path, baseline):
    past = of_the_past("KE", ("health",), 9)
    inputs = inputs_of(
        tmp_path,
        startups=[*past, *(a_startup(f"s{at}", summary=f"Thing{at} sensors for clinics.") for at in range(5))],
        partners=[a_partner(f"p{at}") for at in range(4)],
        history=[backed(one.id, f"p{at % 3}") for at, one in enumerate(past)],
    )
    everybody = baseline(inputs, np.arange(14, dtype=np.int32))
    some = np.array([0, 3, 10], np.int32)
    assert np.array_equal(baseline(inputs, some), everybody[some])


@every_baseline
def test_those_who_say_nothing_get_numbers_too(scores, baseline):
    found = scores(
        baseline,
        startups=[a_startup("mute", summary=None, country=None), a_startup("old", summary=None, country=None)],
        partners=[a_partner("mute", thesis=None), a_partner("says")],
        history=[backed("old", "says")],
    )
    assert all(np.isfinite(score) for row in found.values() for score in row.values())


@every_baseline
@pytest.mark.parametrize(
    ("startups", "partners"), [([], []), ([a_startup()], []), ([], [a_partner()]), ([a_startup()], [a_partner()])]
)
def test_there_may_be_no_startups_no_partners_and_no_past(tmp_path, baseline, startups, partners):
    inputs = inputs_of(tmp_path, startups=startups, partners=partners)
    found = baseline(inputs, np.arange(len(startups), dtype=np.int32))
    assert found.shape == (len(startups), len(partners))
