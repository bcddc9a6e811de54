"""Outcomes: how far startups got and what came of meetings, in numbers that are never added to each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.domain.money import Rates, major
from matcher.domain.profile import HistoryRecord, Money, Participation
from matcher.domain.vocabulary import OUTCOMES, STATES
from matcher.steps.told_values import Value, values_of

# What ends as a partnership; a pair of which both is told is one partnership.
PARTNERSHIP = ("partnered", "invested")


@dataclass(frozen=True, kw_only=True)
class Total:
    """What the values of one kind come to in one currency. gbp: in pounds, None where there is no rate for it."""

    currency: str
    amount: float
    gbp: float | None
    values: int


@dataclass(frozen=True, kw_only=True)
class ValueSum:
    """Values of one kind (signed, estimate, or not stated): each, by currency, and in pounds.

    gbp: the sum of what could be turned into pounds. without_rate: the currencies that are not in it.
    """

    values: tuple[Value, ...]
    totals: tuple[Total, ...]
    gbp: float
    without_rate: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ProgrammeOutcomes:
    """A programme, or everything together (programme None; name says which).

    states: startups by state. outcomes: pairs of startup and partner by outcome. partnerships: pairs that are partnered
    or invested, each once. Each number stands for itself: who attended was also invited.
    """

    programme: str | None
    states: Mapping[str, int]
    outcomes: Mapping[str, int]
    partnerships: int
    signed: ValueSum
    estimated: ValueSum
    kind_not_stated: ValueSum


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """rows: programmes in the order of the alphabet, those without a programme last (as ""). all: everything once.

    The numbers of `all` are no sums of rows: a startup in two programmes is one startup.
    """

    rows: tuple[ProgrammeOutcomes, ...]
    all: ProgrammeOutcomes
    rates_as_of: str


def outcomes(history: Sequence[HistoryRecord], participation: Sequence[Participation], rates: Rates) -> Outcomes:
    """What is known of every programme, and of all together. Equal records in any order give equal results."""
    names = {one.programme or "" for one in history} | {one.programme for one in participation}
    rows = [
        _programme(
            name,
            [one for one in history if (one.programme or "") == name],
            [one for one in participation if one.programme == name],
            rates,
        )
        for name in sorted(names, key=lambda name: (not name, name))
    ]
    return Outcomes(rows=tuple(rows), all=_programme(None, history, participation, rates), rates_as_of=rates.as_of)


def of_programme(
    programme: str, history: Sequence[HistoryRecord], participation: Sequence[Participation], rates: Rates
) -> ProgrammeOutcomes:
    """What is known of one programme; zeros where that is nothing."""
    return _programme(
        programme,
        [one for one in history if one.programme == programme],
        [one for one in participation if one.programme == programme],
        rates,
    )


def outcomes_json(found: ProgrammeOutcomes) -> dict[str, Any]:
    """One programme as JSON (the shape is in docs/how-to/reports.md). Amounts are whole units of their currency."""
    return {
        "programme": found.programme or None,
        "participation": dict(found.states),
        "outcomes": dict(found.outcomes),
        "partnerships": found.partnerships,
        "signed_value": _sum_json(found.signed),
        "estimated_impact": _sum_json(found.estimated),
        "kind_not_stated": _sum_json(found.kind_not_stated),
    }


def _programme(
    name: str | None, history: Sequence[HistoryRecord], participation: Sequence[Participation], rates: Rates
) -> ProgrammeOutcomes:
    reached = {state: {one.startup_id for one in participation if one.state == state} for state in STATES}
    pairs = {
        outcome: {(one.startup_id, one.partner_id) for one in history if one.outcome == outcome} for outcome in OUTCOMES
    }
    values = values_of(history)
    return ProgrammeOutcomes(
        programme=name,
        states={state: len(who) for state, who in reached.items()},
        outcomes={outcome: len(which) for outcome, which in pairs.items()},
        partnerships=len(set[tuple[str, str]]().union(*(pairs[outcome] for outcome in PARTNERSHIP))),
        signed=_sum([one for one in values if one.kind == "signed"], rates),
        estimated=_sum([one for one in values if one.kind == "estimate"], rates),
        kind_not_stated=_sum([one for one in values if one.kind is None], rates),
    )


def _sum(values: Iterable[Value], rates: Rates) -> ValueSum:
    by_currency: dict[str, list[Value]] = {}
    for value in values:
        by_currency.setdefault(value.money.currency, []).append(value)
    totals = []
    for currency, own in sorted(by_currency.items()):
        # In whole minor units, so that the order of adding does not matter.
        whole = Money(minor=sum(one.money.minor for one in own), currency=currency)
        totals.append(Total(currency=currency, amount=major(whole), gbp=rates.gbp(whole), values=len(own)))
    return ValueSum(
        values=tuple(value for own in by_currency.values() for value in own),
        totals=tuple(totals),
        gbp=sum(total.gbp for total in totals if total.gbp is not None),
        without_rate=tuple(total.currency for total in totals if total.gbp is None),
    )


def _sum_json(found: ValueSum) -> dict[str, Any]:
    return {
        "gbp": round(found.gbp, 2),
        "without_rate": list(found.without_rate),
        "by_currency": [
            {
                "currency": total.currency,
                "amount": total.amount,
                "gbp": None if total.gbp is None else round(total.gbp, 2),
                "values": total.values,
            }
            for total in found.totals
        ],
        "values": [
            {
                "startup_id": one.startup_id,
                "partner_id": one.partner_id,
                "outcome": one.outcomes[0],
                "also_told_as": list(one.outcomes[1:]),
                "programme": one.programme,
                "date": one.date,
                "source": one.source,
                "amount": one.amount,
                "currency": one.money.currency,
                "records": one.records,
            }
            for one in found.values
        ],
    }
