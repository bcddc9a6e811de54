"""The cells that a party left empty and that would be measured, each with a likely value to reckon with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from matcher.domain.change import Change, Written
from matcher.domain.profile import Money, Partner, Startup
from matcher.domain.vocabulary import KINDS_FOR, SEEKS, STARTUP_KIND
from matcher.steps.amounts import at_least, cell
from matcher.steps.cities import city_word
from matcher.steps.inputs import Inputs
from matcher.steps.sector_lists import as_read

# A year to reckon with, where nobody's past tells one.
_ANY_YEAR = 2020


def empty_startup_cells(inputs: Inputs, startup: Startup, partners: Sequence[Partner]) -> list[Change]:
    """What the startup leaves open: each cell once, with the value that most of these partners would take.

    How much a field tells does not depend on which of the usual values it has; the value is one to reckon with.
    """
    before = inputs.past
    in_sector = np.asarray(before.sectors.sum(axis=0)).ravel()
    sectors = Counter({tag: int(in_sector[at]) for tag, at in before.sector_column.items()})
    likely: dict[str, Any] = {
        "sectors": _most(sectors) or _most(Counter(tag for one in partners for tag in one.sectors)),
        "technologies": _most(Counter(tag for one in partners for tag in one.technologies)),
        "stage": _most(Counter(tag for one in partners for tag in one.stages))
        or _coded(before.stage, before.stage_code),
        "country": _most(Counter(tag for one in partners for tag in one.countries))
        or _coded(before.country, before.country_code),
        "city": _city(inputs, startup),
        "founded": _year(before.founded),
        "raising_amount": _raise(partners, inputs) or _usual_raise(before.raising),
        "seeks": max(SEEKS, key=lambda sought: sum(one.kind in KINDS_FOR[sought] for one in partners)),
    }
    return list(_empty("startup", startup, likely, inputs))


def empty_partner_cells(inputs: Inputs, partner: Partner, startups: Sequence[Startup]) -> list[Change]:
    """What the partner leaves open and a partner of its kind can say, wide enough to refuse none of these startups."""
    raises = [(worth[0], one.raising) for one in startups if (worth := inputs.rates.comparable(one.raising))]
    greatest = max(raises, key=lambda one: one[0])[1] if raises else None
    asked: dict[str, Any] = {
        "stages": tuple(sorted({one.stage for one in startups if one.stage})) or None,
        "countries": tuple(sorted({one.country for one in startups if one.country})) or None,
    }
    if partner.kind in KINDS_FOR["investment"] and partner.ticket_min is None and greatest:
        asked["ticket_max"] = at_least(greatest, "GBP", inputs.rates)
    likely: dict[str, Any] = {
        "sectors": _most(Counter(tag for one in startups for tag in one.sectors)),
        "technologies": _most(Counter(tag for one in startups for tag in one.technologies)),
    }
    # A startup on the other side of a corridor asks for no stages, countries or tickets: its profile has no such cell.
    return list(_empty("partner", partner, likely if partner.kind == STARTUP_KIND else likely | asked, inputs))


def _empty(side: str, record: Startup | Partner, likely: dict[str, Any], inputs: Inputs) -> Iterator[Change]:
    for field, usual in likely.items():
        record_field = {"raising_amount": "raising"}.get(field, field)
        if getattr(record, record_field) not in (None, ()) or usual is None:
            continue
        value = usual
        if field == "sectors":
            value = as_read((usual,), inputs.vocabulary)
        elif field in ("technologies", "seeks"):
            value = (usual,)
        after: Written = cell(value) if isinstance(value, Money) else value
        yield Change(side=side, field=field, before=None, after=after, sets=((record_field, value),))


def _most(number: Counter[str]) -> str | None:
    """The commonest, the first of equals by name; None where there is none."""
    found = [(-count, word) for word, count in number.items() if count]
    return min(found)[1] if found else None


def _coded(codes: np.ndarray[Any, Any], words: dict[str, int]) -> str | None:
    number = Counter(codes.tolist())
    return _most(Counter({word: number[code] for word, code in words.items()}))


def _city(inputs: Inputs, startup: Startup) -> str | None:
    """The commonest city of the startup's country that anybody's past has."""
    cities = inputs.past.city_code
    known: Iterable[str] = (
        one.city
        for one in inputs.startups
        if one.city and one.country == startup.country and city_word(one.country, one.city) in cities
    )
    return _most(Counter(known))


def _year(founded: np.ndarray[Any, Any]) -> str:
    known = founded[~np.isnan(founded)]
    return str(int(np.median(known))) if len(known) else str(_ANY_YEAR)


def _raise(partners: Sequence[Partner], inputs: Inputs) -> Money | None:
    """A raise in pounds that is within the tickets of most partners: one of their smallest or largest tickets."""
    worth = inputs.rates.gbp
    tickets = [(worth(one.ticket_min), worth(one.ticket_max)) for one in partners]
    ends = sorted({end for ticket in tickets for end in ticket if end})
    if not ends:
        return None
    best = max(ends, key=lambda end: sum((low or 0) <= end <= (high or np.inf) for low, high in tickets if low or high))
    return at_least(Money(minor=round(best * 100), currency="GBP"), "GBP", inputs.rates)


def _usual_raise(raising: np.ndarray[Any, Any]) -> Money | None:
    known = raising[~np.isnan(raising)]
    return Money(minor=round(float(np.exp(np.median(known)))) * 100, currency="GBP") if len(known) else None
