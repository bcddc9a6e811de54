"""What a rule says, as a sentence."""

import pytest

from matcher.domain.profile import Money
from matcher.steps.admit import MET, UNKNOWN, UNMET
from matcher.steps.rule_words import partner_detail
from matcher.wiring import reference
from tests.builders import a_partner, a_startup

WORDS = reference().vocabulary


@pytest.mark.parametrize(
    ("said", "code", "says"),
    [
        ({"sectors": ("health",)}, MET, "They exclude drug discovery; it is in health and care."),
        ({"sectors": ("health",)}, UNKNOWN, "They exclude drug discovery; it is in health and care, and says no more."),
        (
            {"technologies": ("ai",)},
            UNKNOWN,
            "They exclude drug discovery; the startup does not state its sectors.",
        ),
    ],
)
def test_an_exclusion_left_open_says_what_is_not_known(said, code, says):
    startup, partner = a_startup(**said), a_partner(excludes=("drug discovery",))
    assert partner_detail("excludes", code, startup, partner, WORDS) == says


def test_a_raise_that_cannot_be_compared_says_why():
    startup = a_startup(raising=Money(minor=5_000_000, currency="XPF"))
    partner = a_partner(ticket_min=Money(minor=25_000_000, currency="GBP"))
    assert partner_detail("ticket", UNKNOWN, startup, partner, WORDS) == (
        "Their ticket is from £250k; it is raising XPF 5m, and there is no exchange rate to compare them."
    )
    unsaid = partner_detail("ticket", UNKNOWN, a_startup(), partner, WORDS)
    assert unsaid == "Their ticket is from £250k; the startup does not state what it is raising."


def test_a_ticket_of_one_size_is_told_once():
    partner = a_partner(
        ticket_min=Money(minor=6_000_000, currency="GBP"), ticket_max=Money(minor=6_000_000, currency="GBP")
    )
    startup = a_startup(raising=Money(minor=24_000_000, currency="GBP"))
    assert partner_detail("ticket", MET, startup, partner, WORDS) == (
        "Their ticket is £60k; it is raising £240k, no less than their smallest ticket (others take the rest of a "
        "larger round)."
    )


def test_a_ticket_that_is_met_says_what_is_asked_so_that_a_raise_above_it_does_not_read_as_refused():
    startup, amount = (
        a_startup(raising=Money(minor=900_000_000, currency="USD")),
        Money(minor=75_000_000, currency="USD"),
    )
    least = partner_detail("ticket", MET, startup, a_partner(ticket_min=amount), WORDS)
    most = partner_detail("ticket", MET, startup, a_partner(ticket_max=amount), WORDS)
    assert least == "Their ticket is from US$750k; it is raising US$9m, no less than their smallest ticket."
    assert most == "Their ticket is up to US$750k; it is raising US$9m (others take the rest of a larger round)."
    unmet = partner_detail("ticket", UNMET, startup, a_partner(ticket_min=amount), WORDS)
    assert unmet == "Their ticket is from US$750k; it is raising US$9m."
