"""Money in words and in pounds: minor units, symbols, and a dated table of rates for comparing sizes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.domain.profile import Money

# Currencies whose smallest unit is not a hundredth (ISO 4217).
_EXPONENTS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV"), 0),
    **dict.fromkeys(("XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
_SYMBOLS = {"GBP": "£", "USD": "US$", "EUR": "€"}


def exponent(currency: str) -> int:
    """How many decimal places a currency's minor unit has."""
    return _EXPONENTS.get(currency, 2)


def major(money: Money) -> float:
    """The amount in whole currency units."""
    return money.minor / float(10 ** exponent(money.currency))


def words(money: Money) -> str:
    """The amount as people write it: £1.2m, US$500k, KES 40m."""
    amount = major(money)
    for size, letter in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        # 999,950 and more would round to "1000k".
        if amount >= size * 0.99995:
            figure = f"{amount / size:.4g}{letter}"
            break
    else:
        figure = f"{amount:.4g}"
    symbol = _SYMBOLS.get(money.currency)
    return f"{symbol}{figure}" if symbol else f"{money.currency} {figure}"


@dataclass(frozen=True, kw_only=True)
class Rates:
    """Pounds for one unit of each currency, on a date; for comparing sizes, never for accounts."""

    as_of: str
    gbp_per_unit: Mapping[str, float]

    def gbp(self, money: Money | None) -> float | None:
        """The amount in pounds; None where the amount or its currency's rate is unknown."""
        rate = None if money is None else self.gbp_per_unit.get(money.currency)
        return None if money is None or rate is None else major(money) * rate

    def comparable(self, money: Money | None) -> tuple[float, str] | None:
        """The amount and the currency it is told in: pounds, or its own currency where that has no rate.

        Two amounts can be compared where the currencies told agree. None where the amount is unknown.
        """
        pounds = self.gbp(money)
        return None if money is None else (major(money), money.currency) if pounds is None else (pounds, "GBP")
