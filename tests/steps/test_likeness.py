"""What a startup has in common with an earlier company, on cases whose answer is known by thought."""

import math

import numpy as np
import pytest

from matcher.domain.profile import Money
from matcher.steps.likeness import CLOSE_FROM, OTHER, RAISE_WIDTH, SHARPNESS, STAGE, YEARS_WIDTH
from tests.builders import a_startup
from tests.pasts import a_company, likened


def pounds(amount, currency="GBP"):
    return Money(minor=amount * 100, currency=currency)


def test_a_country_in_common_is_one_and_an_unknown_one_is_none():
    startups = [a_startup("s1", country="KE"), a_startup("s2", country=None)]
    companies = [a_company(id="a", country="KE"), a_company(id="b", country="NG"), a_company(id="c")]
    like, _ = likened(startups, companies)
    assert like.country.tolist() == [[1, 0, 0], [0, 0, 0]]


def test_sectors_are_shared_out_over_those_of_both_sides():
    startups = [a_startup("s1", sectors=("health", "fintech")), a_startup("s2", sectors=())]
    companies = [
        a_company(id="a", sectors=("health",)),
        a_company(id="b", sectors=("energy", "health")),
        a_company(id="c", sectors=("fintech", "health")),
        a_company(id="d"),
    ]
    like, _ = likened(startups, companies)
    assert like.sector[0] == pytest.approx([1 / 2, 1 / 3, 1, 0])
    assert not like.sector[1].any()


def test_closeness_starts_above_chance_and_rises_ever_faster():
    cosine = np.array([[-0.5, CLOSE_FROM - 0.01, 0.4, 0.6]])
    like, _ = likened([a_startup("s1", country=None)], [a_company(id=id_) for id_ in "abcd"], cosine)
    elsewhere = OTHER * OTHER
    assert like.close[0, :2].tolist() == [0, 0]
    assert like.close[0, 2:] == pytest.approx(
        [elsewhere * math.expm1(SHARPNESS * more) for more in (0.2, 0.4)], rel=1e-5
    )
    assert like.close[0, 3] > 8 * like.close[0, 2]


def test_a_close_company_counts_more_in_the_same_country_and_sector():
    startups = [a_startup("s1", country="KE", sectors=("health",))]
    companies = [
        a_company(id="a"),
        a_company(id="b", country="KE"),
        a_company(id="c", country="KE", sectors=("health",)),
    ]
    close = likened(startups, companies, np.full((1, 3), 0.5))[0].close[0]
    assert close / close[0] == pytest.approx([1, (OTHER + 1) / OTHER, ((OTHER + 1) / OTHER) ** 2])


def test_a_company_without_a_text_is_not_close():
    like, _ = likened([a_startup("s1")], [a_company(id="a", summary=""), a_company(id="b")], np.array([[0.9]]))
    assert like.close[0, 0] == 0
    assert like.close[0, 1] > 0


@pytest.mark.parametrize(
    ("startup", "company", "exponent"),
    [
        ({"stage": "seed"}, {"stage": "growth"}, 0),
        ({"stage": "seed"}, {"stage": "seed"}, STAGE),
        ({"stage": "seed", "founded": "2019"}, {"stage": "seed"}, STAGE),
        ({"founded": "2019"}, {"founded": "2019"}, 1),
        ({"founded": "2019"}, {"founded": "2022"}, math.exp(-3 / YEARS_WIDTH)),
        ({"raising": pounds(1000)}, {"raising": pounds(1000)}, 1),
        ({"raising": pounds(1000)}, {"raising": pounds(2000, "USD")}, 1),
        ({"raising": pounds(1000)}, {"raising": pounds(2000)}, math.exp(-math.log(2) / RAISE_WIDTH)),
        ({"raising": pounds(1000)}, {"raising": pounds(500)}, math.exp(-math.log(2) / RAISE_WIDTH)),
        ({"founded": "2019", "stage": "seed"}, {"founded": "2019", "stage": "seed"}, 1 + STAGE),
    ],
)
def test_kindred_adds_up_in_the_exponent_and_what_is_unknown_adds_nothing(startup, company, exponent):
    like, _ = likened([a_startup("s1", **startup)], [a_company(**company)])
    assert like.kindred[0, 0] == pytest.approx(math.exp(exponent))


@pytest.mark.parametrize(
    ("startup", "company"),
    [
        ({}, {}),
        ({"city": "Nairobi"}, {"city": "NAIROBI"}),
        ({"founded": "2019"}, {}),
        ({}, {"founded": "2019"}),
        ({"founded": "2019"}, {"stage": "seed", "raising": pounds(1000)}),
        ({"raising": pounds(1000)}, {"raising": pounds(1000, "XXX")}),
    ],
)
def test_there_is_no_kindred_where_both_state_none_of_the_same(startup, company):
    like, _ = likened([a_startup("s1", **startup)], [a_company(**company)])
    assert like.kindred.tolist() == [[0]]


@pytest.mark.parametrize(
    ("startup", "company", "place"),
    [
        ({"city": "Nairobi", "country": "KE"}, {"city": "NAIROBI", "country": "KE"}, 1),
        ({"city": "Nairobi", "country": "KE"}, {"city": "Lagos", "country": "NG"}, 0),
        ({"city": "Cambridge", "country": "GB"}, {"city": "Cambridge", "country": "US"}, 0),
        ({"city": "Nairobi", "country": "KE"}, {"country": "KE"}, 0),
        ({"country": "KE"}, {"city": "Nairobi", "country": "KE"}, 0),
    ],
)
def test_place_is_a_city_within_a_country(startup, company, place):
    like, _ = likened([a_startup("s1", **{"country": None} | startup)], [a_company(**company)])
    assert like.place[0, 0] == place


def test_what_a_startup_did_does_not_make_its_city_like_another():
    def at(partner, id_, city, **said):
        return a_company(partner, id_, country="KE", city=city, **said)

    startups = [a_startup("s1", country="KE", city="Nairobi"), a_startup("s2", country="KE", city="Nairobi")]
    own = at(0, "0/own", "Nairobi", name=startups[0].name)
    others = [at(0, "0/thika", "Thika"), at(1, "1/home", "Nairobi"), *(at(2, f"2/{i}", "Mombasa") for i in range(9))]
    by_itself = likened(startups, others, partners=3)[0].place
    like, _ = likened(startups, sorted([own, *others]), partners=3)
    assert like.place[0, 1:].tolist() == by_itself[0].tolist()
    assert by_itself[0, 0] == 0 < like.place[1, 1]


def test_nobody_has_nothing_in_common_with_anybody():
    like, _ = likened([], [a_company(country="KE", city="Nairobi", stage="seed")])
    assert like.kindred.shape == like.place.shape == (0, 1)


def test_the_startup_itself_has_nothing_in_common_with_itself():
    said = {"country": "KE", "sectors": ("health",), "city": "Nairobi", "stage": "seed"}
    startups = [a_startup("s1", name="Mama", summary="For mothers.", **said)]
    by_name, by_words = a_company(id="a", name="MAMA", **said), a_company(id="b", summary="For mothers.", **said)
    like, _ = likened(startups, [by_name, by_words], np.ones((1, 2)))
    assert not like.others.any()
    for shared in (like.country, like.sector, like.place, like.close, like.kindred):
        assert not shared.any()
