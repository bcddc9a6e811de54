"""Each rule refuses what is unmet, by its name; unknown never refuses."""

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
