"""Round amounts of money near a limit, and an amount as a cell of a sheet."""

from __future__ import annotations

import math

from matcher.domain.money import Rates, exponent
from matcher.domain.profile import Money
from matcher.steps.sheets.parse_money import MOST

# People raise 320,000 and not 316,455: an amount has so many digits before the noughts.
_DIGITS = 2


def at_least(limit: Money, currency: str, rates: Rates) -> Money | None:
    """The smallest round amount of a currency that is worth no less; None if none is, or they cannot be compared."""
    return _round(limit, currency, rates, 1)


def at_most(limit: Money, currency: str, rates: Rates) -> Money | None:
    """The greatest round amount of a currency that is worth no more; None if none is, or they cannot be compared."""
    return _round(limit, currency, rates, -1)


def cell(amount: Money) -> str:
    """The amount as an import reads it: USD 300000."""
    places = exponent(amount.currency)
    whole, part = divmod(amount.minor, 10**places)
    return f"{amount.currency} {whole}" + (f".{part:0{places}}" if part else "")


def _round(limit: Money, currency: str, rates: Rates, direction: int) -> Money | None:
    wanted, one = rates.comparable(limit), rates.comparable(Money(minor=10 ** exponent(currency), currency=currency))
    if wanted is None or one is None or wanted[1] != one[1]:
        return None
    units = wanted[0] / one[0]
    if not 1 <= units <= MOST:
        return None
    step = 10 ** max(0, math.floor(math.log10(units)) + 1 - _DIGITS)
    nearest = round(units / step)
    for number in (nearest - direction, nearest, nearest + direction):
        made = Money(minor=number * step * 10 ** exponent(currency), currency=currency)
        worth = rates.comparable(made)
        if worth is not None and made.minor > 0 and (worth[0] - wanted[0]) * direction >= 0:
            return made
    return None
