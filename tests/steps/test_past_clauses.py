"""What is counted of earlier companies, told for a pair and against it: one, two or many, none of them, unknown."""

import numpy as np
import pytest

from matcher.domain.profile import HistoryRecord, Money, PortfolioCompany
from matcher.gather import gather
from matcher.match import match
from matcher.snapshot import read_snapshot
from matcher.steps.clauses import Clauses
from matcher.steps.measure import FEATURES
from tests.builders import a_partner, a_startup
from tests.rankers import only
from tests.workspaces import TODAY, a_workspace, put

HEALTH, FINTECH, SPACE = ("health",), ("fintech",), ("space",)
FAR_AWAY = Money(minor=5_000_000_000, currency="GBP")
EARLIER = {
    "mama": {"city": "Nairobi", "country": "KE", "stage": "seed", "founded": "2019"},
    "duka": {"city": "Nairobi", "country": "KE", "stage": "growth", "founded": "2008"},
    "lima": {"city": "Mombasa", "country": "KE", "raising": Money(minor=60_000_000, currency="GBP")},
    "kaap": {"city": "Cape Town", "country": "ZA", "stage": "growth", "founded": "1990", "raising": FAR_AWAY},
    "stad": {"city": "Cape Town", "country": "ZA", "stage": "growth", "founded": "1990", "raising": FAR_AWAY},
    "bare": {"country": None},
    **{f"far{at:02}": {"city": "Accra", "country": "GH"} for at in range(8)},
}
STARTUPS = [
    a_startup(
        "ke",
        sectors=("health", "fintech", "diagnostics"),
        city="Nairobi",
        stage="seed",
        founded="2020",
        raising=Money(minor=50_000_000, currency="GBP"),
    ),
    a_startup("za", country="ZA", sectors=("health", "energy", "edtech", "agritech", "fintech")),
    a_startup("mb", city="Mombasa"),
    a_startup("st", stage="pre-seed"),
    *(a_startup(id_, name=id_.title(), summary=f"The {id_} summary.", **said) for id_, said in EARLIER.items()),
]
# Partner → its kind, and each company: a country with sectors, or the id of a startup it backed.
PASTS = {
    "one-ke": ("investor", [("KE", HEALTH)]),
    "one-ng": ("investor", [("NG", FINTECH)]),
    "two-ng": ("accelerator", [("NG", SPACE), ("NG", ())]),
    "two-ke": ("corporate", [("KE", HEALTH), ("KE", FINTECH)]),
    "four": ("investor", [("KE", HEALTH), ("NG", HEALTH), ("NG", FINTECH), ("ZA", FINTECH)]),
    "unsaid": ("investor", [("NG", HEALTH), (None, ()), ("NG", HEALTH)]),
    "eleven": ("investor", [("KE", ()), *[("NG", HEALTH)] * 10]),
    "mama": ("investor", ["mama"]),
    "three": ("investor", ["mama", "duka", "lima"]),
    "bare": ("investor", ["bare", "duka"]),
    "cape": ("investor", ["kaap", "stad"]),
    "nairobi": ("investor", ["mama", "duka"]),
    "far": ("investor", [f"far{at:02}" for at in range(8)]),
    "rest": ("investor", [("ZA", SPACE)] * 160),
}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    portfolio, history = [], []
    for partner, (_, companies) in PASTS.items():
        for at, said in enumerate(companies):
            if isinstance(said, str):
                history.append(
                    HistoryRecord(
                        id=f"{said}|{partner}", startup_id=said, partner_id=partner, outcome="invested", date="2024"
                    )
                )
            else:
                name = f"{partner.title()} {at:02}"
                portfolio.append(
                    PortfolioCompany(
                        id=f"{partner}/{at:02}",
                        partner_id=partner,
                        name=name,
                        summary=f"What {name} does.",
                        country=said[0],
                        sectors=said[1],
                        year=2024,
                    )
                )
    workspace = put(
        a_workspace(tmp_path_factory.mktemp("pasts")),
        startups=STARTUPS,
        partners=[a_partner(partner, kind=kind) for partner, (kind, _) in PASTS.items()],
        portfolio=portfolio,
        history=history,
    )
    return gather(workspace, read_snapshot(workspace), TODAY)


def matched(inputs, feature, startup, partner, centre=0.0, weight=1.0):
    """All pairs and the row of one, when nothing but one feature counts and it is neutral at `centre`."""
    startup_places, partner_places = np.arange(len(inputs.startups)), np.arange(len(inputs.partners))
    matches = match(
        inputs,
        only({feature: centre}, **{feature: weight}),
        startup_places.astype(np.int32),
        partner_places.astype(np.int32),
    )
    ids = [one.id for one in inputs.startups].index(startup), [one.id for one in inputs.partners].index(partner)
    (row,) = np.flatnonzero((matches.pairs.startup == ids[0]) & (matches.pairs.partner == ids[1]))
    return matches, row


def told(inputs, feature, startup, partner, centre=0.0, again=False, weight=1.0):
    """The clause of that feature, which must be known: what is not known is never told."""
    matches, row = matched(inputs, feature, startup, partner, centre, weight)
    assert matches.features.known[row, list(FEATURES).index(feature)]
    clauses = Clauses(inputs, matches)
    return clauses.clause(feature, clauses.pair(row), again)


FOR, AGAINST = -10.0, 10.0


@pytest.mark.parametrize(
    ("startup", "partner", "clause"),
    [
        ("ke", "one-ke", "the one company they backed, One-Ke 00, is from Kenya"),
        ("ke", "two-ke", "of the 2 companies they worked with, both are from Kenya"),
        ("ke", "four", "of the 4 companies they backed, 1 is from Kenya"),
        ("ke", "eleven", "of the 11 companies they backed, 1 is from Kenya (more than is usual)"),
        ("ke", "three", "of the 3 companies they backed, all are from Kenya"),
        ("ke", "mama", "the one company they backed, Mama, is from Kenya"),
        ("ke", "one-ng", "the one company they backed, One-Ng 00, is not from Kenya"),
        ("ke", "two-ng", "neither of the 2 companies they took in is from Kenya"),
        ("ke", "rest", "none of the 160 companies they backed is from Kenya"),
        ("ke", "unsaid", "neither of the 2 companies they backed whose country is known is from Kenya"),
        ("za", "four", "only 1 of the 4 companies they backed is from South Africa, a smaller share than is usual"),
    ],
)
def test_the_country_is_counted(inputs, startup, partner, clause):
    assert told(inputs, "past_country", startup, partner) == clause


@pytest.mark.parametrize(
    ("startup", "partner", "clause"),
    [
        ("ke", "one-ke", "the one company they backed, One-Ke 00, is in health and care"),
        ("ke", "two-ke", "of the 2 companies they worked with, both are in health and care or financial technology"),
        ("ke", "two-ng", "the one company they took in whose sectors are known is not in health and care or financial "
         "technology"),
        ("za", "rest", "none of the 160 companies they backed is in health and care, energy, "
         "education technology or another of its sectors"),
        ("za", "four", "of the 4 companies they backed, all are in health and care or financial technology"),
    ],
)  # fmt: skip
def test_sectors_are_counted_and_a_narrower_word_is_left_to_its_sector(inputs, startup, partner, clause):
    assert told(inputs, "past_sector", startup, partner) == clause


@pytest.mark.parametrize(
    ("partner", "centre", "clause"),
    [
        ("four", AGAINST, "only 1 of the 4 companies they backed is from Kenya, too few to speak for it"),
        ("one-ke", AGAINST, "the one company they backed, One-Ke 00, is from Kenya, not enough to speak for it"),
        ("two-ke", AGAINST, "both of the 2 companies they worked with are from Kenya, not enough to speak for it"),
        (
            "two-ng",
            FOR,
            "neither of the 2 companies they took in is from Kenya, but 2 are few to judge by: still better than with "
            "the average partner",
        ),
        (
            "one-ng",
            FOR,
            "the one company they backed, One-Ng 00, is not from Kenya, but one is little to judge by: still better "
            "than with the average partner",
        ),
    ],
)
def test_a_clause_speaks_as_its_points_do_wherever_the_centre_lies(inputs, partner, centre, clause):
    assert told(inputs, "past_country", "ke", partner, centre) == clause


@pytest.mark.parametrize(
    ("partner", "centre", "clause"),
    [
        ("mama", FOR, "the one company they backed, Mama, was founded within 3 years of it and is at seed"),
        (
            "three",
            FOR,
            "of the 3 companies they backed, 1 was raising about as much and 1 was founded within 3 years of it",
        ),
        (
            "mama",
            AGAINST,
            "the one company they backed, Mama, was founded within 3 years of it but not known to be like it in raise",
        ),
        (
            "bare",
            AGAINST,
            "the one company they backed that can be compared is not known to be like it in raise, age or stage",
        ),
        ("cape", AGAINST, "neither of the 2 companies they backed is known to be like it in raise, age or stage"),
        (
            "three",
            AGAINST,
            "the 3 companies they backed are not enough like it in raise, age or stage to speak for it",
        ),
        (
            "cape",
            FOR,
            "the 2 companies they backed are less like it in raise, age or stage than is usual: still better than with "
            "the average partner",
        ),
    ],
)
def test_likeness_in_raise_age_and_stage_is_told_by_its_most_telling_parts(inputs, partner, centre, clause):
    assert told(inputs, "past_kindred", "ke", partner, centre) == clause


def test_where_all_that_can_be_compared_are_equally_unlike_it_they_are_as_near_as_is_usual(inputs):
    said = told(inputs, "past_kindred", "st", "cape", FOR)
    assert said == "the 2 companies they backed are as near to it in stage as is usual"


@pytest.mark.parametrize("centre", [FOR, AGAINST])
@pytest.mark.parametrize(
    ("feature", "startup", "partner"),
    [
        ("past_sector", "za", "bare"),
        ("past_place", "ke", "one-ke"),
        ("past_kindred", "ke", "one-ke"),
        ("past_kindred", "ke", "rest"),
    ],
)
def test_what_none_of_the_companies_can_be_compared_in_is_not_told(inputs, feature, startup, partner, centre):
    matches, row = matched(inputs, feature, startup, partner, centre)
    assert not matches.features.known[row, list(FEATURES).index(feature)]
    assert matches.ranked.points[row, list(FEATURES).index(feature)] == 0


@pytest.mark.parametrize(
    ("partner", "centre", "clause"),
    [
        ("mama", FOR, "the one company they backed, Mama, is from Nairobi, Kenya"),
        ("three", FOR, "of the 3 companies they backed, 2 are from Nairobi, Kenya"),
        ("cape", AGAINST, "neither of the 2 companies they backed is from Nairobi or a city like it"),
        ("three", AGAINST, "2 of the 3 companies they backed are from Nairobi, Kenya, too few to speak for it"),
        (
            "bare",
            AGAINST,
            "the one company they backed whose city is known is from Nairobi, Kenya, not enough to speak for it",
        ),
    ],
)
def test_cities_whose_startups_go_to_the_same_partners_are_told_together(inputs, partner, centre, clause):
    assert told(inputs, "past_place", "ke", partner, centre) == clause


@pytest.mark.parametrize(
    ("partner", "centre", "clause"),
    [
        ("rest", FOR, "they backed 160 companies before"),
        ("one-ke", FOR, "they backed one company, One-Ke 00, before"),
        ("two-ng", AGAINST, "they took in only 2 companies before"),
        ("one-ke", AGAINST, "they backed only one company, One-Ke 00, before"),
    ],
)
def test_how_many_companies_there_were(inputs, partner, centre, clause):
    assert told(inputs, "past_active", "ke", partner, centre) == clause


def test_what_was_told_before_is_not_told_again(inputs):
    assert told(inputs, "past_country", "ke", "rest", again=True) == "none of the 160 is from Kenya"
    assert told(inputs, "past_country", "ke", "one-ng", again=True) == "that company is not from Kenya"
    assert (
        told(inputs, "past_country", "ke", "unsaid", again=True)
        == "neither of the 2 whose country is known is from Kenya"
    )
    assert told(inputs, "past_active", "ke", "two-ng", AGAINST, again=True) == "they took in no more than those 2"


def test_the_startup_itself_is_not_counted(inputs):
    assert told(inputs, "past_active", "mama", "three", FOR) == "they backed 2 companies before"
    assert told(inputs, "past_country", "mama", "three") == "of the 2 companies they backed, both are from Kenya"


def test_a_place_that_is_a_little_like_the_startups_is_not_called_like_it(inputs):
    assert told(inputs, "past_place", "mb", "mama") == (
        "the one company they backed, Mama, is not from Mombasa or a city like it, but is from one a little like that"
    )
    assert told(inputs, "past_place", "mb", "bare") == (
        "the one company they backed whose city is known is not from Mombasa or a city like it, but is from one a "
        "little like that"
    )
    assert told(inputs, "past_place", "mb", "nairobi") == (
        "neither of the 2 companies they backed is from Mombasa or a city like it, but some are from one a little like "
        "that"
    )


@pytest.mark.parametrize(
    ("feature", "partner", "clause"),
    [
        ("past_active", "three", "they backed 3 companies before"),
        ("past_country", "three", "of the 3 companies they backed, all are from Kenya"),
        ("past_country", "rest", "none of the 160 companies they backed is from Kenya"),
        ("past_sector", "one-ng", "the one company they backed, One-Ng 00, is in financial technology"),
        (
            "past_kindred",
            "three",
            "the 3 companies they backed are about as like it in raise, age or stage as is usual",
        ),
    ],
)
@pytest.mark.parametrize("centre", [FOR, AGAINST])
def test_what_counts_next_to_nothing_is_told_without_praise_or_blame(inputs, feature, partner, clause, centre):
    said = told(inputs, feature, "ke", partner, centre, weight=1e-4)
    assert said == f"{clause}: neither for nor against"


def together(inputs, features, startup, partner):
    matches, row = matched(inputs, "past_country", startup, partner)
    clauses = Clauses(inputs, matches)
    return clauses.past.together(features, clauses.pair(row))


def test_what_speaks_for_a_pair_is_told_in_one_clause_in_the_order_given(inputs):
    said = together(inputs, ("past_country", "past_kindred"), "ke", "three")
    assert said == (
        "of the 3 companies they backed, all are from Kenya, 1 was raising about as much and 1 was founded within 3 "
        "years of it"
    )
    said = together(inputs, ("past_kindred", "past_country", "past_active"), "ke", "three")
    assert said == (
        "they backed 3 companies before, of which 1 was raising about as much, 1 was founded within 3 years of it and "
        "all are from Kenya"
    )


def test_the_city_is_told_with_the_country_where_both_speak_for_the_pair(inputs):
    assert together(inputs, ("past_country",), "ke", "three") == "of the 3 companies they backed, all are from Kenya"
    said = together(inputs, ("past_country", "past_place"), "ke", "three")
    assert said == "of the 3 companies they backed, all are from Kenya (2 from Nairobi)"
    said = together(inputs, ("past_place", "past_country"), "ke", "mama")
    assert said == "the one company they backed, Mama, is from Nairobi, Kenya"
