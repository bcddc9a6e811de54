"""The values that history tells of, each once, however often it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from matcher.domain.money import major
from matcher.domain.profile import HistoryRecord, Money


@dataclass(frozen=True, kw_only=True)
class Value:
    """An amount that came of a pair. kind: signed, estimate, None = not stated.

    outcomes: what it was told with, the first told first. records: how many records tell of it.
    """

    startup_id: str
    partner_id: str
    kind: str | None
    money: Money
    outcomes: tuple[str, ...]
    date: str | None
    programme: str | None
    source: str | None
    records: int

    @property
    def amount(self) -> float:
        """The amount in whole units of its currency."""
        return major(self.money)


def values_of(history: Sequence[HistoryRecord]) -> tuple[Value, ...]:
    """Every value once, by pair, date and record.

    Two records of one pair tell of the same value where kind and amount are equal, and either the outcomes differ (a
    deal that is partnered and invested) or the dates may be one (2025 and 2025-06). The same amount agreed again on
    another day is another value.
    """
    told: list[Value] = []
    for record in sorted(history, key=lambda one: (one.startup_id, one.partner_id, one.date or "~", one.id)):
        if record.value is None:
            continue
        place = next((at for at, value in enumerate(told) if _same(value, record)), None)
        if place is None:
            told.append(_value(record, record.value))
        else:
            told[place] = _told_again(told[place], record)
    return tuple(told)


def _same(value: Value, record: HistoryRecord) -> bool:
    if (value.startup_id, value.partner_id) != (record.startup_id, record.partner_id):
        return False
    if (value.kind, value.money) != (record.value_kind, record.value):
        return False
    return record.outcome not in value.outcomes or _may_be_one(value.date, record.date)


def _may_be_one(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one.startswith(other) or other.startswith(one)


def _value(record: HistoryRecord, money: Money) -> Value:
    return Value(
        startup_id=record.startup_id,
        partner_id=record.partner_id,
        kind=record.value_kind,
        money=money,
        outcomes=(record.outcome,),
        date=record.date,
        programme=record.programme,
        source=record.source,
        records=1,
    )


def _told_again(value: Value, record: HistoryRecord) -> Value:
    """The value with what the other record adds: a date that says more of the same day, else the first; a source."""
    closer = _may_be_one(value.date, record.date) and len(record.date or "") > len(value.date or "")
    return replace(
        value,
        outcomes=tuple(dict.fromkeys((*value.outcomes, record.outcome))),
        date=record.date if closer else value.date,
        programme=value.programme or record.programme,
        source=value.source or record.source,
        records=value.records + 1,
    )
