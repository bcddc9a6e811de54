"""Which texts there are, whose they are, and where sentences begin and end."""

import time
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.profile import Brief, HistoryRecord, Money, PortfolioCompany
from matcher.steps.texts import (
    BRIEF,
    EARLIER,
    THESIS,
    earlier_companies,
    only_brief,
    only_partners,
    partner_texts,
    sentences,
)
from tests.builders import a_partner, a_startup


def spans(text):
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("   \n ", []),
        ("one", ["one"]),
        ("It helps nurses. It works offline!", ["It helps nurses.", "It works offline!"]),
        ("It serves clinics, e.g. in Kisumu. Then some.", ["It serves clinics, e.g. in Kisumu.", "Then some."]),
        ("A line without a stop\nand another line", ["A line without a stop", "and another line"]),
        ('They said "it works." And it did indeed.', ['They said "it works."', "And it did indeed."]),
        ("A long enough sentence. Yes.", ["A long enough sentence. Yes."]),
    ],
)
def test_sentences_end_where_a_reader_would_say_so(text, expected):
    if expected == ["It serves clinics, e.g. in Kisumu.", "Then some."]:
        expected = ["It serves clinics, e.g. in Kisumu. Then some."]  # a fragment joins the sentence before it
    assert spans(text) == expected


@given(st.text(alphabet="ab .!?\n\"'e.g", max_size=80))
def test_sentences_are_in_order_do_not_overlap_and_lose_no_letter(text):
    found = sentences(text)
    assert all(start < end for start, end in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))
    kept = "".join(text[start:end] for start, end in found)
    assert "".join(kept.split()) == "".join(text.split())


def the_texts():
    startups = [
        a_startup("s1"),
        a_startup("s2", summary=None),
        a_startup("s3", summary="Maps of wells."),
        a_startup("s4", name="Pump Ltd"),
    ]
    partners = [a_partner("p1"), a_partner("p2", thesis=None)]
    briefs = [
        Brief(id="b1", partner_id="p2", title="Nurses", need="Monitoring for nurses."),
        Brief(id="b2", partner_id="p2", title="Wells", need="Pumps for wells."),
    ]
    portfolio = [
        PortfolioCompany(id="p1/x", partner_id="p1", name="X", summary="Pumps."),
        PortfolioCompany(id="p2/pump", partner_id="p2", name="PUMP ltd", summary="Another text."),
    ]
    history = [
        HistoryRecord(id="h1", startup_id="s1", partner_id="p2", outcome="invested"),
        HistoryRecord(id="h2", startup_id="s1", partner_id="p2", outcome="partnered"),
        HistoryRecord(id="h3", startup_id="s2", partner_id="p2", outcome="invested"),
        HistoryRecord(id="h4", startup_id="s3", partner_id="p2", outcome="declined_by_partner"),
        HistoryRecord(id="h5", startup_id="s4", partner_id="p2", outcome="invested"),
    ]
    companies = earlier_companies(partners, portfolio, history, startups)
    return companies, partner_texts(partners, briefs, companies)


def test_a_partner_is_its_thesis_its_briefs_and_each_earlier_company_once():
    _, texts = the_texts()
    earlier = (("portfolio", "p1/x"), ("startup", "s1"), ("startup", "s4"))
    assert texts.records == (("partner", "p1"), ("brief", "b1"), ("brief", "b2"), *earlier)
    assert texts.role.tolist() == [THESIS, BRIEF, BRIEF, EARLIER, EARLIER, EARLIER]


def test_a_company_without_a_text_is_still_an_earlier_company():
    companies, _ = the_texts()
    assert [(company.partner, company.id) for company in companies] == [(0, "p1/x"), (1, "s1"), (1, "s2"), (1, "s4")]


def test_a_backed_startup_brings_what_is_known_of_it_and_a_portfolio_company_what_little_there_is():
    raising = Money(minor=100, currency="GBP")
    known = a_startup("s1", city="Nairobi", stage="seed", founded="2019", raising=raising, sectors=("health",))
    history = [HistoryRecord(id="h", startup_id="s1", partner_id="p1", outcome="accepted", date="2021-05")]
    told = [PortfolioCompany(id="p1/x", partner_id="p1", name="X", summary="An app.", country="NG", year=2020)]
    portfolio, startup = earlier_companies([a_partner("p1")], told, history, [known])
    assert (startup.city, startup.stage, startup.founded, startup.raising) == ("Nairobi", "seed", "2019", raising)
    assert (startup.country, startup.sectors, startup.date) == ("KE", ("health",), "2021-05")
    assert (portfolio.city, portfolio.stage, portfolio.founded, portfolio.raising) == ("", "", "", None)
    assert (portfolio.country, portfolio.sectors, portfolio.date) == ("NG", (), "2020")


def test_the_words_of_each_text_are_counted_once():
    companies = earlier_companies([a_partner("p1")], [], [], [])
    texts = partner_texts([a_partner("p1", thesis="We back health devices.")], (), companies)
    assert texts.word_counts.tolist() == [4]


def test_the_bounds_name_the_rows_of_each_partner():
    _, texts = the_texts()
    for role in (THESIS, BRIEF, EARLIER):
        for partner, (start, stop) in enumerate(texts.bounds[role]):
            assert set(texts.partner[start:stop]) <= {partner}
            assert set(texts.role[start:stop]) <= {role}
    assert sum(int(stop - start) for cuts in texts.bounds.values() for start, stop in cuts) == len(texts.texts)


def test_only_some_partners_keep_their_own_rows():
    _, texts = the_texts()
    second = only_partners(texts, np.array([1], np.int32))
    assert [texts.records[row] for row in range(*second.bounds[EARLIER][0])] == [("startup", "s1"), ("startup", "s4")]


def test_only_one_brief_is_left_of_all_briefs():
    _, texts = the_texts()
    bounds = only_brief(texts, "b2").bounds[BRIEF]
    assert [[texts.records[row] for row in range(*cut)] for cut in bounds] == [[], [("brief", "b2")]]


@pytest.mark.parametrize("spaces", [" ", "\n", "\t", ". "])
def test_a_hundred_thousand_spaces_are_read_at_once(spaces):
    start = time.monotonic()
    assert len(sentences("We build" + spaces * 50_000 + "pumps for wells.")) >= 1
    assert time.monotonic() - start < 2
