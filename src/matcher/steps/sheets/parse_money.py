"""Amounts as people write them (£1.2m, USD 500k, 1,200,000) to whole minor units of an ISO 4217 currency."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from matcher.domain.money import exponent
from matcher.domain.profile import Money
from matcher.domain.sheet import Cell, excerpt
from matcher.steps.sheets.parse import Unreadable, Words, text

# In whole currency units. Nobody here raises a trillion of anything, and beyond lie typing errors.
MOST = 10**12
_LONGEST = 60

# The currencies in use (ISO 4217), without funds, metals and test codes.
_CODES = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
    CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF
    IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD
    MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB
    RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD
    UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
CURRENCIES = frozenset(_CODES.split())
_DOLLARS = ("USD", "AUD", "BBD", "BMD", "BSD", "BZD", "CAD", "FJD", "GYD", "HKD", "JMD", "LRD", "NAD", "NZD", "SGD")
_RUPEES = ("", "INR", "LKR", "MUR", "NPR", "PKR", "SCR")
_KRONER = ("", "SEK", "NOK", "DKK", "ISK")
# What people write instead of a code → what it can mean, the first being meant where nothing else says which;
# an empty first means that the sign alone does not say.
_SIGNS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("$", "dollar", "dollars"), _DOLLARS),
    **dict.fromkeys(("rs", "rupee", "rupees"), _RUPEES),
    **dict.fromkeys(("kr", "kroner", "kronor"), _KRONER),
    "¥": ("", "JPY", "CNY"),
    **dict.fromkeys(("us$", "usd$", "$us", "us dollar", "us dollars"), ("USD",)),
    **dict.fromkeys(("£", "pound", "pounds", "sterling", "pounds sterling", "pound sterling", "stg"), ("GBP",)),
    **dict.fromkeys(("€", "euro", "euros"), ("EUR",)),
    **dict.fromkeys(("a$", "au$"), ("AUD",)),
    **dict.fromkeys(("c$", "ca$"), ("CAD",)),
    **dict.fromkeys(("r$", "real", "reais"), ("BRL",)),
    **dict.fromkeys(("₦", "naira"), ("NGN",)),
    **dict.fromkeys(("₹", "indian rupees"), ("INR",)),
    **dict.fromkeys(("₪", "nis", "shekel", "shekels"), ("ILS",)),
    **dict.fromkeys(("ksh", "kshs"), ("KES",)),
    **dict.fromkeys(("r", "rand"), ("ZAR",)),
    **dict.fromkeys(("rp", "rupiah"), ("IDR",)),
    **{"nz$": ("NZD",), "s$": ("SGD",), "hk$": ("HKD",), "tsh": ("TZS",), "ush": ("UGX",), "gh₵": ("GHS",)},
    **{"₵": ("GHS",), "₩": ("KRW",), "₺": ("TRY",), "₽": ("RUB",), "₴": ("UAH",), "₱": ("PHP",), "zł": ("PLN",)},
    **{"₫": ("VND",), "฿": ("THB",), "e£": ("EGP",), "rmb": ("CNY",), "yuan": ("CNY",), "yen": ("JPY",)},
}
_TIMES = {
    **dict.fromkeys(("k", "thousand"), 10**3),
    **dict.fromkeys(("m", "mm", "mn", "mln", "mio", "million", "millions"), 10**6),
    **dict.fromkeys(("b", "bn", "billion", "billions"), 10**9),
    **dict.fromkeys(("tn", "trillion"), 10**12),
    **dict.fromkeys(("lakh", "lakhs"), 10**5),
    **dict.fromkeys(("crore", "crores"), 10**7),
}
_TIMES_FIRST = re.compile(rf"({'|'.join(sorted(_TIMES, key=len, reverse=True))})(?![a-z])\.?\s*(.*)")
_TIMES_JOINED = re.compile(r"(k|m|mm|mn|bn|b)\s*(.*)")
_PARTS = re.compile(
    r"([^0-9+\-.,(]*(?:(?<=[a-z])\.)?)\s*([+\-]?)\s*([0-9][0-9.,' _]*|\.[0-9]+)([^0-9+\-,(]*)"  # sign, number, unit
)
_RANGE = re.compile(r"\d.*?(?:-|\bto\b|\band\b|\.\.|~|/)\s*[^\d\s-]{0,4}\s*\.?\d", re.ASCII)
_ABOUT = re.compile(
    r"^(?:[<>~≈±≤≥]|(?:c|ca|circa|about|around|approx|approximately|up to|under|over|at least|at most|min|max|from|"
    r"less than|more than)\b)|\+$|\bplus$"
)


@dataclass(frozen=True, kw_only=True)
class Amount:
    """A number of whole currency units, and the currencies its sign can mean (none where it has no sign)."""

    units: Decimal
    currencies: tuple[str, ...] = ()


def currency(cell: Cell, words: Words) -> tuple[str, ...]:
    """What a currency column says: one currency, or those its sign can mean, the likeliest first."""
    written = text(cell, words)
    found = _currencies(_plain(written))
    if not found or not found[0]:
        meant = f' "{excerpt(written)}" can mean {" or ".join(found[1:])}.' if found else ""
        raise Unreadable(f"Write a currency by its ISO code, such as GBP, USD or KES.{meant}")
    return found


def amount(cell: Cell, words: Words) -> Amount:
    """An amount with or without a currency. A range, an estimate and a negative amount are refused."""
    if isinstance(cell, bool):
        raise Unreadable("Write an amount, such as 500000 or £1.2m.")
    if isinstance(cell, int | float):
        if not math.isfinite(cell):
            raise Unreadable("Write an amount, such as 500000 or £1.2m.")
        return Amount(units=_sensible(Decimal(repr(cell))))
    written = _plain(text(cell, words))
    if len(written) > _LONGEST:
        raise Unreadable("Write an amount, such as 500000, £1.2m or USD 500k.")
    if _RANGE.search(written):
        raise Unreadable("This is a range; write one amount, such as £500k, or its ends where there are two columns.")
    if _ABOUT.search(written):
        raise Unreadable("Write the amount alone, such as £500k, without about, from, up to or +.")
    if written.startswith("(") and written.endswith(")"):
        raise Unreadable("An amount cannot be negative; write 0 or more, or leave the cell empty.")
    match = _PARTS.fullmatch(written)
    if match is None:
        raise Unreadable("Write an amount, such as 500000, £1.2m or USD 500k, or leave the cell empty.")
    before, sign, number, after = (part.strip() for part in match.groups())
    times, after = _times(after)
    units = _number(number, times) * times * (-1 if sign == "-" else 1)
    return Amount(units=_sensible(units), currencies=_agreeing(before, after))


def money(said: Amount, column: tuple[str, ...], name: str = "its currency column") -> Money:
    """The amount in the currency of its sign, of the currency column, or of both where they agree.

    column: what `currency` found, () where the column says nothing. name: what to call the column.
    """
    if said.currencies and column:
        both = [code for code in column if code in said.currencies]
        if not both:
            stated = next(code for code in said.currencies if code)
            raise Unreadable(f"The amount is in {stated} and {name} says {column[0]}; make them agree.")
        code = both[0]
    else:
        code = (said.currencies or column or ("",))[0]
    if not code:
        choices = f" (the sign can mean {' or '.join(said.currencies[1:])})" if said.currencies else ""
        raise Unreadable(
            f"The amount has no currency{choices}; write it before the amount, as in GBP 500000, or fill {name}."
        )
    minor = (said.units * 10 ** exponent(code)).quantize(Decimal(1), ROUND_HALF_EVEN)
    return Money(minor=int(minor), currency=code)


def _plain(written: str) -> str:
    """Lower case, full-width forms and odd spaces, dashes and apostrophes made ordinary."""
    folded = unicodedata.normalize("NFKC", written).casefold().strip()
    return " ".join(re.sub("[‐-―−]", "-", folded).replace("’", "'").split())


def _currencies(written: str) -> tuple[str, ...]:
    code = written.strip(" .").upper()
    return (code,) if code in CURRENCIES else _SIGNS.get(written.strip(" ."), ())


def _agreeing(before: str, after: str) -> tuple[str, ...]:
    """The currencies that the words before and after the number allow together."""
    allowed: tuple[str, ...] = ()
    for word in (before, after):
        if not word:
            continue
        found = _currencies(word)
        if not found:
            raise Unreadable(f'"{excerpt(word)}" is no currency; write its ISO code, such as GBP, USD or KES.')
        kept = tuple(code for code in found if not allowed or code in allowed)
        if not kept:
            raise Unreadable("The amount names two currencies; keep one.")
        allowed = kept
    return allowed


def _times(after: str) -> tuple[int, str]:
    """What the word after a number multiplies it by, and what stands behind that word."""
    if _currencies(after):
        return 1, after
    match = _TIMES_FIRST.fullmatch(after) or _TIMES_JOINED.fullmatch(after)
    return (1, after) if match is None else (_TIMES[match[1]], match[2])


def _number(written: str, times: int) -> Decimal:
    """The digits as English writes them; groups of other habits are read only where they cannot mean two things."""
    if re.fullmatch(r"\d+|\d{1,3}(,\d{2,3})*,\d{3}(\.\d*)?", written):
        return Decimal(written.replace(",", "").removesuffix("."))
    if re.fullmatch(r"\d{1,3}([ '_]\d{3})+(\.\d+)?", written):
        return Decimal(re.sub("[ '_]", "", written))
    if re.fullmatch(r"\d{1,3}(\.\d{3})+,\d{1,2}|\d{1,3}(\.\d{3}){2,}", written):
        return Decimal(written.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d*\.\d*", written):
        if times == 1 and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", written):
            whole, part = written.split(".")
            raise Unreadable(f"{written} may mean two amounts; write {whole}{part}, or {whole}.{part[:2]}.")
        return Decimal(written.removesuffix("."))
    if match := re.fullmatch(r"(\d+),(\d{1,2})", written):
        raise Unreadable(f"Write decimals with a point: {match[1]}.{match[2]} in place of {written}.")
    raise Unreadable("Write the number plainly, such as 1200000 or 1,200,000.")


def _sensible(units: Decimal) -> Decimal:
    if units < 0:
        raise Unreadable("An amount cannot be negative; write 0 or more, or leave the cell empty.")
    if units > MOST:
        raise Unreadable("This amount is too large to be real; check the zeros and the unit.")
    return units
