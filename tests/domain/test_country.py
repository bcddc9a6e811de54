"""Countries by code, and what people write instead."""

import json

import pycountry
import pytest

from matcher.domain.country import countries_from, loosest
from matcher.settings import shipped

ROWS = json.loads((shipped("data/reference") / "countries.json").read_text(encoding="utf-8"))["countries"]
COUNTRIES = countries_from(ROWS)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("KE", "KE"),
        ("ke", "KE"),
        ("KEN", "KE"),
        ("Kenya", "KE"),
        ("Kenia", "KE"),
        ("UK", "GB"),
        ("U.K.", "GB"),
        ("England", "GB"),
        ("Northern Ireland", "GB"),
        ("Great Britain", "GB"),
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("United States of America", "US"),
        ("South Korea", "KR"),
        ("Republic of Korea", "KR"),
        ("Ivory Coast", "CI"),
        ("Côte d’Ivoire", "CI"),
        ("cote d'ivoire", "CI"),
        ("the Netherlands", "NL"),
        ("DRC", "CD"),
        ("Viet Nam", "VN"),
        ("Vietnam", "VN"),
        ("Türkiye", "TR"),
        ("TURKEY", "TR"),
        ("Kosovo", "XK"),
    ],
)
def test_a_country_is_known_by_code_name_and_alias(written, code):
    assert COUNTRIES.code(written) == code


@pytest.mark.parametrize("written", ["", "Atlantis", "Africa", "ZZ", "EU", "Kenyaa", "Korea"])
def test_what_is_no_country_is_not_guessed(written):
    assert COUNTRIES.code(written) is None


def test_every_country_of_iso_3166_is_there_and_no_other_but_kosovo():
    ours = {(row["code"], row["alpha3"]) for row in ROWS}
    assert ours - {("XK", "XKX")} == {(country.alpha_2, country.alpha_3) for country in pycountry.countries}


def test_every_formal_name_of_iso_3166_is_understood():
    names = {
        name: country.alpha_2
        for country in pycountry.countries
        for field in ("name", "common_name", "official_name")
        if (name := getattr(country, field, None))
    }
    assert {name: COUNTRIES.code(name) for name in names} == names


def test_no_word_means_two_countries():
    meanings: dict[str, set[str]] = {}
    for row in ROWS:
        for word in (row["code"], row["alpha3"], row["name"], *row["aliases"]):
            meanings.setdefault(loosest(word), set()).add(row["code"])
    assert {word: codes for word, codes in meanings.items() if len(codes) > 1} == {}
