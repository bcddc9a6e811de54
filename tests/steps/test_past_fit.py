"""A partner's past against everybody's, on cases whose answer is known by thought."""

import math

import numpy as np
import pytest

from matcher.domain.profile import Money
from matcher.steps.likeness import OTHER, SHARPNESS
from matcher.steps.past_fit import LEAST_SHARE, SHARED_LIKENESS, SHARED_PAST
from tests.builders import a_startup
from tests.pasts import a_company, fitted

KENYAN = a_startup("s1", country="KE")
ALL = ("past_active", "past_country", "past_sector", "past_place", "past_kindred", "past_close")


def companies_of(partner, *countries, **said):
    return [a_company(partner, f"{partner}/{at:04}", country=code, **said) for at, code in enumerate(countries)]


def test_a_share_is_held_against_everybodys_and_drawn_towards_it():
    fit = fitted([KENYAN], [*companies_of(0, "KE"), *companies_of(1, "NG")], 2)
    half = 0.5
    assert fit.shares["past_country"].tolist() == [half]
    expected = [math.log((found + SHARED_PAST * half) / ((1 + SHARED_PAST) * half)) for found in (1, 0)]
    assert fit.values["past_country"] == pytest.approx(expected)
    assert expected[0] > 0 > expected[1]


def test_the_longer_a_past_the_more_its_share_says():
    rest = companies_of(2, *["NG"] * 30)
    fit = fitted([KENYAN], [*companies_of(0, "KE"), *companies_of(1, *["KE"] * 10), *rest], 3)
    one, ten, none_of_thirty = fit.values["past_country"]
    share = 11 / 41
    assert 0 < one < ten < math.log(1 / share)
    assert none_of_thirty == pytest.approx(math.log(SHARED_PAST / (30 + SHARED_PAST)))


def test_the_same_share_as_everybodys_is_neither_for_nor_against():
    fit = fitted([KENYAN], [*companies_of(0, "KE", "NG"), *companies_of(1, "KE", "KE", "NG", "NG")], 2)
    assert fit.values["past_country"] == pytest.approx([0, 0])


def test_a_partner_without_a_past_is_unknown():
    fit = fitted([KENYAN], companies_of(0, "KE"), 2)
    assert all(np.isnan(fit.values[name][1]) for name in ALL)
    assert fit.number.tolist() == [1, 0]
    assert fit.closest[1] == -1


@pytest.mark.parametrize(
    ("missing", "name"),
    [
        ({"country": None}, "past_country past_place"),
        ({"sectors": ()}, "past_sector"),
        ({"summary": None}, "past_close"),
        ({"city": None}, "past_place"),
        ({"stage": None, "founded": None, "raising": None}, "past_kindred"),
    ],
)
def test_what_the_startup_does_not_say_stays_unknown(missing, name):
    said = {"sectors": ("health",), "city": "Nairobi", "stage": "seed"}
    full = said | {"founded": "2019", "raising": Money(minor=100, currency="GBP")}
    fit = fitted([a_startup("s1", **full | missing)], [a_company(country="KE", **said)], 1)
    assert [one for one in ALL if np.isnan(fit.values[one][0])] == name.split()


@pytest.mark.parametrize("name", ["past_country", "past_sector", "past_place", "past_kindred"])
def test_what_none_of_a_partners_companies_says_is_unknown_and_not_against_it(name):
    said = {"country": "KE", "sectors": ("health",), "city": "Nairobi"}
    kin = {"stage": "seed", "founded": "2019", "raising": Money(minor=100, currency="GBP")}
    silent = [a_company(1, f"1/{at}") for at in range(10)]
    companies = [a_company(0, "0/a", **said, **kin), *silent, a_company(2, "2/a", country="NG", stage="growth")]
    fit = fitted([a_startup("s1", **said, **kin)], companies, 3)
    assert np.isnan(fit.values[name][1])
    assert not np.isnan(fit.values[name][0])
    assert fit.number.tolist() == [1, 10, 1]


def test_companies_that_do_not_say_where_they_are_leave_a_share_as_it_was():
    said = [*companies_of(0, "KE", "NG"), *companies_of(1, "NG")]
    silent = [a_company(partner, f"{partner}/~{at}") for partner in (0, 1) for at in range(10)]
    with_silent, without = fitted([KENYAN], sorted([*said, *silent]), 2), fitted([KENYAN], said, 2)
    assert with_silent.values["past_country"].tolist() == without.values["past_country"].tolist()
    assert with_silent.shares["past_country"].tolist() == without.shares["past_country"].tolist()


def test_kindred_is_unknown_where_nobody_says_a_raise_an_age_or_a_stage():
    startup = a_startup("s1", stage="seed", founded="2019", raising=Money(minor=100, currency="GBP"))
    assert np.isnan(fitted([startup], companies_of(0, "KE", "NG"), 1).values["past_kindred"]).all()


def test_where_a_startup_went_moves_none_of_its_own_values_of_place():
    startup = a_startup("s1", country="KE", city="Nairobi")

    def at(partner, id_, city, **said):
        return a_company(partner, f"{partner}/{id_}", country="KE", city=city, **said)

    others = [
        at(0, "b", "Thika"),
        at(0, "c", "Mombasa"),
        at(1, "b", "Nairobi"),
        at(1, "c", "Thika"),
        *(at(2, f"{number}", "Mombasa") for number in range(9)),
        at(2, "home", "Nairobi"),
    ]
    without = fitted([startup], others, 3)
    for partner in range(3):
        own = at(partner, "own", "Nairobi", name=startup.name)
        with_own = fitted([startup], sorted([own, *others]), 3)
        assert with_own.values["past_place"] == pytest.approx(without.values["past_place"], abs=1e-12)
        assert with_own.shares["past_place"] == pytest.approx(without.shares["past_place"], abs=1e-12)
    assert not np.isnan(without.values["past_place"]).any()


def test_what_nobody_did_before_says_nothing():
    fit = fitted([KENYAN], [*companies_of(0, "NG"), *companies_of(1, "ZA")], 2)
    assert np.isnan(fit.values["past_country"]).all()


def test_one_company_from_a_rare_country_is_not_everything():
    rest = companies_of(1, *["NG"] * 2999)
    value = fitted([KENYAN], [*companies_of(0, "KE"), *rest], 2).values["past_country"][0]
    assert value == pytest.approx(math.log((1 + SHARED_PAST * LEAST_SHARE) / ((1 + SHARED_PAST) * LEAST_SHARE)))


def test_recent_companies_weigh_more():
    then, now = {"date": "2017"}, {"date": "2020"}  # two half-lives apart
    companies = [
        a_company(0, "0/a", country="KE", **now),
        a_company(0, "0/b", country="NG", **then),
        a_company(1, "1/a", country="KE", **then),
        a_company(1, "1/b", country="NG", **now),
    ]
    fit = fitted([KENYAN], companies, 2)
    assert np.expm1(fit.values["past_active"] + fit.means["past_active"]) == pytest.approx([1.25, 1.25])
    expected = [math.log((weight + SHARED_PAST / 2) / ((1.25 + SHARED_PAST) / 2)) for weight in (1, 0.25)]
    assert fit.values["past_country"] == pytest.approx(expected)


def test_the_startup_itself_is_left_out_of_its_partners_past_and_of_everybodys():
    own = a_company(0, "0/a", name=KENYAN.name, country="KE")
    others = [a_company(0, "0/b", country="NG"), *companies_of(1, "KE", "NG")]
    with_itself, without = fitted([KENYAN], [own, *others], 2), fitted([KENYAN], others, 2)
    for name in ("past_active", "past_country", "past_close"):
        assert with_itself.values[name].tolist() == without.values[name].tolist()
    assert with_itself.number.tolist() == [1, 2]
    assert with_itself.values["past_country"][0] < 0 < with_itself.values["past_country"][1]


def test_a_partner_whose_only_company_is_the_startup_itself_has_no_past():
    fit = fitted([KENYAN], [a_company(0, name=KENYAN.name, country="KE"), *companies_of(1, "KE")], 2)
    assert all(np.isnan(fit.values[name][0]) for name in ALL)


def test_kindred_is_the_mean_likeness_over_everybodys():
    companies = [a_company(0, "0/a", founded="2020"), a_company(1, "1/a", founded="1920")]
    fit = fitted([a_startup("s1", founded="2020")], companies, 2)
    usual = (math.e + 1) / 2
    expected = [math.log((like + SHARED_LIKENESS * usual) / ((1 + SHARED_LIKENESS) * usual)) for like in (math.e, 1)]
    assert fit.values["past_kindred"] == pytest.approx(expected)
    assert expected[0] > 0 > expected[1]


def test_closeness_is_added_up_and_the_closest_is_the_one_that_adds_most():
    companies = [
        a_company(0, "0/far"),
        a_company(0, "0/near-and-here", country="KE"),
        a_company(0, "0/nearest", date="2017"),
        a_company(1, "1/far"),
    ]
    fit = fitted([KENYAN], companies, 2, cosine=np.array([[0.1, 0.5, 0.55, 0.15]]))
    near, nearest = ((math.expm1(SHARPNESS * (cosine - 0.2)) * OTHER) for cosine in (0.5, 0.55))
    total = near * (1 + OTHER) + 0.25 * nearest * OTHER
    mean = math.log1p(total) / 2
    assert fit.values["past_close"] == pytest.approx([mean, -mean], rel=1e-5)
    assert fit.closest.tolist() == [3, -1]  # behind two theses and "0/far"


def test_a_partner_is_held_against_the_mean_of_those_with_a_past_and_one_without_is_at_it():
    fit = fitted([KENYAN], [*companies_of(0, *["KE"] * 7), a_company(1, "1/a")], 3)
    mean = (math.log1p(7) + math.log1p(1)) / 2
    assert fit.means["past_active"] == pytest.approx([mean])
    assert fit.values["past_active"][:2] == pytest.approx([math.log1p(7) - mean, math.log1p(1) - mean])
    assert np.isnan(fit.values["past_active"][2])


@pytest.fixture(scope="module")
def many():
    rng = np.random.default_rng(7)

    def some(words):
        return str(rng.choice(words))

    startups = [
        a_startup(f"s{at:02}", country=some(["KE", "NG", "ZA"]), sectors=(some(["a", "b"]),), city=some(["x", "y"]))
        for at in range(17)
    ]
    companies = [
        a_company(
            int(partner),
            f"{at:03}",
            country=some(["KE", "NG", "ZA"]),
            sectors=(some(["a", "b", "c"]),),
            city=some(["x", "y"]),
            date=some(["2012", "2016-05", "2019", ""]),
            founded=some(["2009", "2012", ""]),
        )
        for at, partner in enumerate(np.sort(rng.integers(0, 6, 150)))
    ]
    return startups, companies, rng.uniform(0, 0.7, (17, 150)).astype(np.float32)


def test_a_value_does_not_depend_on_who_else_is_asked_for(many):
    startups, companies, cosine = many
    whole = fitted(startups, companies, 6, cosine)
    for places, asked in (([3], [4]), ([0, 5, 16], [1, 2, 5]), (list(range(9)), list(range(6)))):
        part = fitted(startups, companies, 6, cosine, places, asked)
        for name in ALL:
            chosen = whole.values[name].reshape(17, 6)[np.ix_(places, asked)].ravel()
            assert part.values[name].tobytes() == chosen.tobytes(), name
