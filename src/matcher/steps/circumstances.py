"""What an edition's rules ask beside the two profiles: who applied, which hubs closed, what the pair had before."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from matcher.domain.hub import Hub, is_open
from matcher.domain.profile import HistoryRecord, Participation, Startup
from matcher.domain.programme import ALWAYS, COOLING_OFF, Programme, intake_day

# What this edition's own records say of a meeting is no meeting of before; that somebody declined is.
_OF_THIS_EDITION = ("declined_by_startup", "declined_by_partner")


@dataclass(frozen=True, kw_only=True)
class Rest:
    """Why a pair is not shortlisted again. until: the first day on which it may be; None = never.

    known: False where the outcome has no date, so that nobody can say whether its time has passed.
    """

    outcome: str
    date: str | None
    until: str | None
    known: bool = True


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """applied: who took part in the edition, None where that of nobody is known. closed_hubs: id → closing day.

    resting: by startup and partner id. other_side: in a corridor, the startups that stand as partners, by id.
    """

    applied: frozenset[str] | None = None
    closed_hubs: Mapping[str, str] = field(default_factory=dict)
    resting: Mapping[tuple[str, str], Rest] = field(default_factory=dict)
    other_side: Mapping[str, Startup] = field(default_factory=dict)


NO_CIRCUMSTANCES = Circumstances()


def circumstances(
    programme: Programme,
    history: Iterable[HistoryRecord],
    participation: Iterable[Participation],
    hubs: Mapping[str, Hub],
    pins: Collection[tuple[str, str]],
    as_of: str,
    other_side: Iterable[Startup] = (),
) -> Circumstances:
    """What is known as of a day. history: what had happened by then. pins: pairs that meet all the same."""
    day = intake_day(programme)
    applied = frozenset(
        one.startup_id
        for one in participation
        if one.programme == programme.id and (one.date is None or one.date <= as_of)
    )
    resting: dict[tuple[str, str], Rest] = {}
    for record in history:
        pair = record.startup_id, record.partner_id
        if pair in pins or (record.programme == programme.id and record.outcome not in _OF_THIS_EDITION):
            continue
        rest = _rest(record, programme, as_of)
        if rest is not None and (pair not in resting or _longer(rest) > _longer(resting[pair])):
            resting[pair] = rest
    return Circumstances(
        applied=applied or None,
        closed_hubs={id_: hub.closed or "" for id_, hub in hubs.items() if not is_open(hub, day)},
        resting=resting,
        other_side={startup.id: startup for startup in other_side},
    )


def _rest(record: HistoryRecord, programme: Programme, as_of: str) -> Rest | None:
    months = programme.cooling_off.get(record.outcome, COOLING_OFF[record.outcome])
    if months == ALWAYS:
        return Rest(outcome=record.outcome, date=record.date, until=None)
    assert isinstance(months, int)
    if months == 0:
        return None
    if record.date is None:
        return Rest(outcome=record.outcome, date=None, until=None, known=False)
    until = _later(record.date, months)
    return Rest(outcome=record.outcome, date=record.date, until=until) if as_of < until else None


def _later(day: str, months: int) -> str:
    """So many months later; of a month or a year its last day counts, of a short month its last day stands in."""
    year, month, number = (int(part) for part in (f"{day}-12-31" if len(day) == 4 else f"{day}-31")[:10].split("-"))
    at = year * 12 + month - 1 + months
    year, month = at // 12, at % 12 + 1
    if year > date.max.year:
        return date.max.isoformat()
    return date(year, month, min(number, calendar.monthrange(year, month)[1])).isoformat()


def _longer(rest: Rest) -> tuple[bool, str, str, str]:
    """The order in which one rest outlasts another: what is known first, then the longer; ties by date and outcome."""
    return rest.known, rest.until or "9999", rest.date or "", rest.outcome
