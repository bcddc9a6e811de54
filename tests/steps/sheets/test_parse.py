"""What a person may write in a cell."""

import pytest

from matcher.domain.vocabulary import KINDS, STAGES, WOMEN_LED
from matcher.steps.sheets import parse
from tests.sheets import words

WORDS = words()


def read(reader, cell):
    return reader(cell, WORDS)


def refused(reader, cell):
    with pytest.raises(parse.Unreadable) as refusal:
        reader(cell, WORDS)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  Acme  ", "Acme"),
        ("NULL", "NULL"),
        ("NaN", "NaN"),
        ("TRUE", "TRUE"),
        ("007", "007"),
        (True, "TRUE"),
        (7, "7"),
        (1.5, "1.5"),
        ("a\u200bb 😀\n<b>", "a\u200bb 😀\n<b>"),
        ("x" * 300, "x" * 300),
    ],
)
def test_a_text_is_what_was_written(cell, text):
    assert read(parse.text, cell) == text


def test_a_list_is_no_text():
    assert "not a list" in refused(parse.text, ("a", "b"))


@pytest.mark.parametrize(("cell", "id_"), [("ke-001", "ke-001"), (7, "7"), ("007", "007"), ("cafe\u0301", "café")])
def test_an_id_is_a_visible_text_in_composed_form(cell, id_):
    assert read(parse.identifier, cell) == id_


@pytest.mark.parametrize("cell", ["a/b", "a\\b", "a\nb", "a\u200bb", "..", ".", "x" * 201, "a\tb"])
def test_an_id_that_cannot_stand_in_an_address_is_refused(cell):
    assert "id" in refused(parse.identifier, cell)


@pytest.mark.parametrize(
    ("written", "stage"),
    [
        ("series-a", "series-a"),
        ("Series A", "series-a"),
        ("seriesA", "series-a"),
        ("SERIES_A", "series-a"),
        ("Pre Seed", "pre-seed"),
        ("preseed", "pre-seed"),
        ("Pre–Seed", "pre-seed"),
    ],
)
def test_a_stage_is_written_loosely(written, stage):
    assert read(parse.choice(STAGES), written) == stage


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Investor", "investor"),
        ("support organisation", "support_organisation"),
        ("Support Organization", "support_organisation"),
        ("Public Body", "public_body"),
        ("advisor", "adviser"),
    ],
)
def test_a_kind_is_written_loosely(written, kind):
    assert read(parse.choice(KINDS), written) == kind


@pytest.mark.parametrize(("written", "meant"), [("investr", "investor"), ("VC", "investor"), ("Law firm", "adviser")])
def test_an_unknown_kind_is_refused_with_the_likely_one(written, meant):
    said = refused(parse.choice(KINDS), written)
    assert f'"{written}" is none of investor, accelerator,' in said
    assert said.endswith(f"did you mean {meant}?")


def test_an_unknown_word_that_is_like_nothing_gets_the_list_only():
    assert "did you mean" not in refused(parse.choice(STAGES), "banana")


def test_yes_may_mean_one_of_the_choices():
    assert read(parse.choice(WOMEN_LED, {"yes": "any"}), "Yes") == "any"


@pytest.mark.parametrize("cell", ["yes", "Y", "true", "TRUE", "1", 1, True])
def test_yes_is_understood(cell):
    assert read(parse.yes_or_no, cell) is True


@pytest.mark.parametrize("cell", ["no", "N", "False", "0", 0, False])
def test_no_is_understood(cell):
    assert read(parse.yes_or_no, cell) is False


@pytest.mark.parametrize("cell", ["maybe", "2", 2, "n/a", "unknown", ("yes",)])
def test_what_is_neither_yes_nor_no_is_refused(cell):
    refused(parse.yes_or_no, cell)


def test_a_list_keeps_its_order_and_each_entry_once():
    sectors = parse.several(parse.sector)
    assert read(sectors, " Healthcare; fintech;;Health ; mental health;FinTech") == (
        "health",
        "fintech",
        "mental health",
    )
    assert read(sectors, ("Healthcare", "fintech")) == ("health", "fintech")
    assert read(sectors, ";") == ()
    assert "two entries" in refused(sectors, ("a;b",))


def test_a_technology_of_the_vocabulary_or_a_free_tag():
    assert read(parse.several(parse.technology), "Machine Learning;Speech Recognition") == ("ai", "speech recognition")


def test_a_tag_is_a_sector_first_and_a_technology_else():
    assert read(parse.several(parse.excluded), "crypto;drones;Weapons") == ("crypto", "robotics", "weapons")


def test_a_hub_is_an_id():
    assert read(parse.hub, "South Africa") == read(parse.hub, "south-africa") == "south-africa"


@pytest.mark.parametrize(("cell", "code"), [("ke", "KE"), ("NGA", "NG"), ("Brasil", "BR"), ("ivory coast", "CI")])
def test_a_country_is_its_two_letter_code(cell, code):
    assert read(parse.country, cell) == code


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("Kenyaa", 'Unknown country "Kenyaa"; did you mean Kenya?'),
        ("Untied Kingdom", "did you mean United Kingdom?"),
        ("Atlantis Minor", "write its name or ISO code, such as KE."),
        ("global", "leave the cell empty where there is no limit"),
        ("x" * 90_000, "write its name"),
    ],
)
def test_an_unknown_country_is_refused_with_the_way_out(cell, said):
    assert said in refused(parse.country, cell)


@pytest.mark.parametrize(("cell", "meetings"), [("6", 6), (0, 0), ("6.0", 6), ("+6", 6), (6, 6)])
def test_a_capacity_is_a_whole_number(cell, meetings):
    assert read(parse.capacity, cell) == meetings


@pytest.mark.parametrize("cell", ["-1", -1, "6.5", 6.5, "six", "1e3", True, "100001", "9" * 5_000, "٣", "NaN"])
def test_a_capacity_of_another_kind_is_refused(cell):
    assert refused(parse.capacity, cell) == "Write a whole number of meetings, 0 or more."


@pytest.mark.parametrize("cell", ["name@company.example", "Name.Second+tag@sub.company.example", "имя@пример.example"])
def test_an_address_is_kept_as_written(cell):
    assert read(parse.email, cell) == cell


@pytest.mark.parametrize("cell", ["name", "name@", "@x.example", "a@b", "a b@c.example", "a@b.example; c@d.example"])
def test_what_is_no_single_address_is_refused(cell):
    assert "one e-mail address" in refused(parse.email, cell)


@pytest.mark.parametrize(
    "cell", ["https://x.example", "x.example", "www.x.example/a?b=c", "HTTP://X.example", "x.example:8080"]
)
def test_a_website_is_kept_as_written_and_nothing_added(cell):
    assert read(parse.website, cell) == cell


@pytest.mark.parametrize("cell", ["javascript:alert(1)", "data:text/html,x", "ftp://x.example", "n/a", "x y.example"])
def test_what_is_no_website_is_refused(cell):
    refused(parse.website, cell)


def test_a_time_zone_is_one_of_the_list():
    assert read(parse.time_zone, "Africa/Nairobi") == "Africa/Nairobi"
    for cell in ("Nairobi", "../../etc/passwd", "GMT+3 or so", "x" * 10_000, "\0"):
        assert "such as Africa/Nairobi" in refused(parse.time_zone, cell)
