"""Each rule refuses what is unmet, by its name; unknown never refuses."""

import time

import pytest

from matcher.domain.profile import Money
from matcher.domain.programme import EntryRules, Programme
from matcher.steps.admit import MET, NOT_ASKED, PARTNER_RULES, PROGRAMME_RULES, UNKNOWN, UNMET, admit
from matcher.wiring import reference
from tests.builders import a_partner, a_startup

REFERENCE = reference()


def pounds(amount):
    return Money(minor=amount * 100, currency="GBP")


def a_programme(**said):
    return Programme(**{"id": "e", "name": "Edition", "edition": 2027, **said})


def ask(startup, partner=None, programme=None):
    return admit([startup], [partner or a_partner()], programme, REFERENCE.vocabulary, REFERENCE.rates)


@pytest.mark.parametrize(
    ("rule", "asked", "met", "unmet", "unknown"),
    [
        ("country", {"countries": ("KE", "NG")}, {"country": "KE"}, {"country": "IL"}, {"country": None}),
        ("stage", {"stages": ("seed",)}, {"stage": "seed"}, {"stage": "growth"}, {"stage": None}),
        (
            "ticket",
            {"ticket_min": pounds(250_000), "ticket_max": pounds(2_000_000)},
            {"raising": pounds(1_000_000)},
            {"raising": pounds(100_000)},
            {"raising": None},
        ),
        ("uk_entity", {"requires_uk_entity": True}, {"uk_entity": "yes"}, {"uk_entity": "no"}, {"uk_entity": None}),
        ("eis_seis", {"requires_eis_seis": True}, {"uk_entity": "yes"}, {"uk_entity": "no"}, {"uk_entity": "planned"}),
        ("excludes", {"excludes": ("fintech",)}, {"sectors": ("health",)}, {"sectors": ("crypto",)}, {"sectors": ()}),
    ],
)
def test_a_partner_refuses_only_by_what_it_states(rule, asked, met, unmet, unknown):
    at = PARTNER_RULES.index(rule)
    for said, code in ((met, MET), (unmet, UNMET), (unknown, UNKNOWN)):
        admission = ask(a_startup(**said), a_partner(**asked))
        assert admission.partner[0, 0, at] == code
        assert admission.admitted[0, 0] == (code != UNMET)
        assert ask(a_startup(**said)).partner[0, 0, at] == NOT_ASKED


@pytest.mark.parametrize(
    ("rule", "asked", "met", "unmet", "unknown"),
    [
        ("sector", {"sectors": ("health",)}, {"sectors": ("medtech",)}, {"sectors": ("fintech",)}, {"sectors": ()}),
        ("country", {"countries": ("KE",)}, {"country": "KE"}, {"country": "GH"}, {"country": None}),
        ("hub", {"hubs": ("kenya",)}, {"hub": "kenya"}, {"hub": "nigeria"}, {"hub": None}),
        ("stage", {"stages": ("growth",)}, {"stage": "growth"}, {"stage": "seed"}, {"stage": None}),
        (
            "women_led",
            {"rules": EntryRules(women_led="majority")},
            {"women_led": "all"},
            {"women_led": "any"},
            {"women_led": None},
        ),
        (
            "already_raised",
            {"rules": EntryRules(already_raised=True)},
            {"raised": pounds(5)},
            {"raised": pounds(0)},
            {"raised": None},
        ),
        (
            "market_ready",
            {"rules": EntryRules(market_ready=True)},
            {"market_ready": True},
            {"market_ready": False},
            {"market_ready": None},
        ),
        (
            "investment_ready",
            {"rules": EntryRules(investment_ready=True)},
            {"investment_ready": True},
            {"investment_ready": False},
            {"investment_ready": None},
        ),
        (
            "uk_entity",
            {"rules": EntryRules(uk_entity=True)},
            {"uk_entity": "yes"},
            {"uk_entity": "no"},
            {"uk_entity": "planned"},
        ),
    ],
)
def test_a_programme_refuses_by_its_rules_and_names_the_one(rule, asked, met, unmet, unknown):
    at = PROGRAMME_RULES.index(rule)
    for said, code in ((met, MET), (unmet, UNMET), (unknown, UNKNOWN)):
        admission = ask(a_startup(**said), programme=a_programme(**asked))
        assert admission.programme[0, at] == code
        assert admission.refused_by_programme(0) == (rule if code == UNMET else None)
        assert admission.admitted[0, 0] == (code != UNMET)


def test_a_raise_above_the_largest_ticket_does_not_refuse():
    partner = a_partner(ticket_min=pounds(100_000), ticket_max=pounds(500_000))
    assert ask(a_startup(raising=pounds(5_000_000)), partner).admitted[0, 0]


def test_money_of_another_currency_is_compared_in_pounds():
    partner = a_partner(ticket_min=pounds(1_000_000))
    shillings = Money(minor=40_000_000_00, currency="KES")  # about £0.23m
    assert not ask(a_startup(raising=shillings), partner).admitted[0, 0]


def test_there_is_no_default_country_rule():
    assert ask(a_startup(country="GB"), a_partner(country="GB")).admitted[0, 0]


def test_women_led_moves_nothing_where_no_programme_asks():
    answers = [
        ask(a_startup(women_led=said), programme=a_programme()).programme.tolist() for said in (None, "no", "all")
    ]
    assert answers[0] == answers[1] == answers[2]


def excludes(startup, *excluded):
    return ask(a_startup(**startup), a_partner(excludes=excluded)).partner[0, 0, PARTNER_RULES.index("excludes")]


def test_who_excludes_a_part_of_a_sector_refuses_that_part_alone():
    drugs = {"sectors": REFERENCE.vocabulary.sector_tags("Drug discovery")}
    assert excludes(drugs, "drug discovery") == UNMET
    assert excludes(drugs, "biotech") == UNMET
    assert excludes(drugs, "health") == UNMET
    assert excludes(drugs, "fintech") == MET
    assert excludes({"sectors": ("femtech",)}, "drug discovery") == MET


@pytest.mark.parametrize(
    ("sectors", "excluded", "answer"),
    [
        (("biotech",), "drug discovery", UNKNOWN),
        (("health",), "drug discovery", UNKNOWN),
        (("fintech",), "crypto", UNKNOWN),
        (("fintech", "payments"), "crypto", MET),
        (("fintech", "insurtech"), "crypto", MET),
        (("biotech", "oncology"), "drug discovery", UNKNOWN),
    ],
)
def test_a_startup_that_names_the_wider_sector_alone_leaves_the_part_open(sectors, excluded, answer):
    assert excludes({"sectors": sectors}, excluded) == answer
    assert excludes({"sectors": sectors}, "pets", excluded) == answer


def test_a_technology_does_not_say_which_sector_it_serves():
    assert excludes({"technologies": ("ai",)}, "gambling") == UNKNOWN
    assert excludes({"technologies": ("ai",)}, "ai", "gambling") == UNMET
    assert excludes({"technologies": ("ai",), "sectors": ("health",)}, "gambling") == MET


def test_a_sector_does_not_say_which_technology_it_uses():
    assert excludes({"sectors": ("health",)}, "robotics") == UNKNOWN
    assert excludes({"sectors": ("health",), "technologies": ("ai",)}, "robotics") == MET
    assert excludes({"sectors": ("health",)}, "telecoms") == MET  # a sector and a technology at once


def francs(amount):
    return Money(minor=amount, currency="XPF")


@pytest.mark.parametrize(
    ("raising", "ticket", "answer"),
    [
        (francs(5_000), {"ticket_min": francs(4_000)}, MET),
        (francs(3_999), {"ticket_min": francs(4_000)}, UNMET),
        (francs(3_999), {"ticket_max": francs(9_000)}, MET),
        (pounds(5_000), {"ticket_min": francs(4_000)}, UNKNOWN),
        (pounds(5_000), {"ticket_max": francs(4_000)}, UNKNOWN),
        (francs(5_000), {"ticket_min": pounds(4_000)}, UNKNOWN),
        (None, {"ticket_min": francs(4_000)}, UNKNOWN),
    ],
)
def test_a_currency_without_a_rate_is_compared_with_itself_alone(raising, ticket, answer):
    assert "XPF" not in REFERENCE.rates.gbp_per_unit
    assert ask(a_startup(raising=raising), a_partner(**ticket)).partner[0, 0, PARTNER_RULES.index("ticket")] == answer


def test_ten_thousand_partners_with_lists_of_their_own_are_asked_at_once():
    partners = [
        a_partner(f"p{i}", countries=("KE", f"X{i}"), stages=("seed", f"x{i}"), excludes=(f"tag {i}", "crypto"))
        for i in range(10_000)
    ]
    startup = a_startup(sectors=("tag 77",), stage="seed")
    began = time.monotonic()
    admission = admit([startup], partners, None, REFERENCE.vocabulary, REFERENCE.rates)
    assert time.monotonic() - began < 1  # once 9 s; now 0.1
    assert [i for i in range(10_000) if not admission.admitted[0, i]] == [77]
