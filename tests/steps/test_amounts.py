"""Round amounts near a limit, in another currency, on the right side of it."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from matcher.domain.money import Rates
from matcher.domain.profile import Money
from matcher.steps.amounts import at_least, at_most, cell
from matcher.steps.sheets import parse_money
from tests.sheets import words

RATES = Rates(as_of="2026-01-01", gbp_per_unit={"GBP": 1.0, "USD": 0.79, "JPY": 0.0053, "KWD": 2.57})
CURRENCIES = ("GBP", "USD", "JPY", "KWD")


@given(st.integers(10_000, 10**12), st.sampled_from(CURRENCIES), st.sampled_from(CURRENCIES))
@example(530_000_000_001, "GBP", "JPY")  # more yen than a cell may hold
def test_it_is_round_near_and_on_the_right_side(minor, limit_in, currency):
    limit = Money(minor=minor, currency=limit_in)
    for amount, side in ((at_least(limit, currency, RATES), 1), (at_most(limit, currency, RATES), -1)):
        if amount is None:
            units = RATES.gbp(limit) / RATES.gbp_per_unit[currency]
            assert units < 2 or units > parse_money.MOST
            continue
        worth, wanted = RATES.gbp(amount), RATES.gbp(limit)
        assert (worth - wanted) * side >= 0
        assert worth == pytest.approx(wanted, rel=0.11) or abs(worth - wanted) <= 2 * RATES.gbp_per_unit[currency]
        digits = cell(amount).split()[1]
        assert len(digits.rstrip("0")) <= 2


@given(st.integers(0, 10**12), st.sampled_from(CURRENCIES[:3]))
def test_an_import_reads_the_cell_as_that_amount(minor, currency):
    amount = Money(minor=minor, currency=currency)
    read = parse_money.amount(cell(amount), words())
    assert parse_money.money(read, ()) == amount
    assert isinstance(read.units, Decimal)


def test_what_has_no_rate_is_compared_in_its_own_currency_only():
    limit = Money(minor=12_345_00, currency="XTS")
    assert at_least(limit, "XTS", RATES) == Money(minor=13_000_00, currency="XTS")
    assert at_most(limit, "XTS", RATES) == Money(minor=12_000_00, currency="XTS")
    assert at_least(limit, "GBP", RATES) is None
