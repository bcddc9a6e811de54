"""One organisation under many profiles is one; companies that fill in the same form are as many as they are."""

import numpy as np
import pytest

from matcher.steps.plain_text import plain
from matcher.steps.same_organisation import NAME, WEBSITE, WORDS, same_organisation, website_key
from matcher.steps.word_lists import said_words
from tests.builders import a_startup

TEXT = (
    "We lend solar pumps to farmers in Kenya, who pay as they harvest; a sensor in the pump tells when it runs dry, "
    "and our mechanics mend it within two days, wherever the farm is."
)


def grouped(*startups):
    return same_organisation(startups, [said_words(plain(one.summary or "").text) for one in startups])


def with_texts(*texts):
    return grouped(*(a_startup(f"s{at}", summary=text) for at, text in enumerate(texts)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.solarpump.example", "http://solarpump.example/about?from=list"),
        ("SolarPump.example", "solarpump.example:443/"),
        ("https://linkedin.com/company/solar-pump", "https://ke.linkedin.com/company/Solar-Pump/about/"),
        ("https://play.google.com/store/apps/details?id=pump", "play.google.com/store/apps/details?hl=en&id=pump"),
        ("https://solarpump.wordpress.com/", "solarpump.wordpress.com/2026/hello"),
        ("https://hub.ac.uk/startups/pump", "hub.ac.uk/startups/pump/"),
        ("https://насос.рф", "насос.рф/о-нас"),
    ],
)
def test_the_same_website_is_one_organisation(one, other):
    said = grouped(a_startup("s1", website=one), a_startup("s2"), a_startup("s3", website=other))
    assert said.group.tolist() == [0, 1, 0]
    assert said.why == (WEBSITE, None, WEBSITE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://linkedin.com/company/solar-pump", "https://linkedin.com/company/lamp"),
        ("https://facebook.com", "https://www.facebook.com/"),
        ("solarpump.wordpress.com", "lamp.wordpress.com"),
        ("wordpress.com", "wordpress.com"),
        ("https://play.google.com/store/apps/details?id=pump", "https://play.google.com/store/apps/details?id=lamp"),
        ("pump.example", "solarpump.example"),
        ("n/a", "n/a"),
        ("tbc", "tbc"),
        ("coming soon", "coming soon"),
        ("info@pump", "info@pump"),
        ("https://apps.apple.com/gb/app/pump/id1", "https://apps.apple.com/gb/app/lamp/id2"),
        ("https://docs.google.com/document/d/1aB/edit", "https://docs.google.com/document/d/2cD/edit"),
        ("https://youtube.com/watch?v=pump", "https://youtube.com/watch?v=lamp"),
        ("https://hub.ac.uk/startups/pump", "https://hub.ac.uk/startups/lamp"),
        ("https://hub.ac.uk", "https://hub.ac.uk/"),
        (None, None),
        ("", " "),
    ],
)
def test_a_site_of_many_is_nobodys_website(one, other):
    assert grouped(a_startup("s1", website=one), a_startup("s2", website=other)).why == (None, None)


def test_a_website_is_named_by_its_host():
    assert website_key("https://www.SolarPump.example./x") == "solarpump.example"
    assert website_key("https://") is None


def test_the_same_name_in_the_same_country_is_one_organisation():
    said = grouped(
        a_startup("s1", name="Solar-Pump", country="KE"),
        a_startup("s2", name="Solar-Pump", country="NG"),
        a_startup("s3", name="SOLAR PUMP", country="KE"),
        a_startup("s4", name="Solar-Pump", country=None),
        a_startup("s5", name="Solar-Pump", country=None),
    )
    assert said.group.tolist() == [0, 1, 0, 2, 3]
    assert said.why == (NAME, None, NAME, None, None)


def test_a_hundred_copies_with_a_word_changed_are_one_organisation():
    words = TEXT.split()
    copies = [" ".join([*words[:at], f"other{copy}", *words[at + 1 :]]) for copy in range(100) for at in (copy % 30,)]
    said = with_texts(TEXT, "Drones for the harvest of tea.", *copies)
    assert said.group.tolist() == [0, 1] + [0] * 100
    assert set(said.why) == {WORDS, None}


def test_nearly_the_same_words_are_one_organisation_and_half_of_them_are_not():
    assert with_texts(TEXT, TEXT.replace("two days", "a week")).why == (WORDS, WORDS)
    half = TEXT.partition("; ")[0] + ", for which a bank in Nairobi lends us money at the rates of the state."
    assert with_texts(TEXT, half).why == (None, None)


def test_a_short_text_is_compared_only_as_a_whole():
    short = "Solar pumps that farmers pay for as they harvest."
    assert with_texts(short, short.upper()).why == (WORDS, WORDS)
    assert with_texts(short, short.replace("farmers", "growers")).why == (None, None)
    assert with_texts("Solar pumps for farmers.", "Solar pumps for farmers.").why == (None, None)


def test_companies_that_fill_in_the_same_form_are_no_copies():
    rng = np.random.default_rng(3)
    cities, fields = [f"City{n}" for n in range(40)], [f"field{n}" for n in range(12)]
    forms = [
        f"Name{at}. {rng.choice(fields)} company based in {rng.choice(cities)}, Kenya. Founded {2000 + at % 20}. "
        f"Raising its first recorded round: series A, {1 + at % 9} million."
        for at in range(700)
    ]
    assert sum(one is not None for one in with_texts(*forms).why) <= 7
    said = with_texts(*forms, TEXT, TEXT.replace("two days", "a week"))
    assert said.why[-2:] == (WORDS, WORDS)


def test_the_first_reason_is_told_and_one_group_leads_to_the_next():
    said = grouped(
        a_startup("s1", name="Pump", website="pump.example", summary="One."),
        a_startup("s2", name="Lamp", summary=TEXT),
        a_startup("s3", name="Solar", website="pump.example", summary=TEXT),
        a_startup("s4", name="Tea", summary="Two."),
    )
    assert said.group.tolist() == [0, 0, 0, 1]
    assert said.why == (WEBSITE, WORDS, WEBSITE, None)


def test_nobody_is_no_organisation():
    said = grouped()
    assert (said.group.tolist(), said.why) == ([], ())
    assert said.group.dtype == np.int32
