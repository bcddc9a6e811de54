"""The slots of an edition's schedule, in UTC, and in which of them each party is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from matcher.domain.profile import Availability
from matcher.domain.programme import Programme, Schedule
from matcher.domain.timetable import Slot
from matcher.errors import BadInput
from matcher.steps.sheets.parse_date import first_minute, last_minute

# Above this a schedule is a slip of the pen: ten days of 8 hours in slots of 5 minutes are 960.
_MOST_SLOTS = 2_000


def slots_of(programme: Programme) -> tuple[Slot, ...]:
    """Every slot over all dates and sessions, in the order of time; the time between two sessions is a break.

    Slots are counted in minutes that pass, so that one of 25 minutes is 25 minutes long also where the clocks change.
    Raises BadInput where the schedule has no room for a slot, or two sessions overlap.
    """
    schedule = programme.schedule
    if not schedule.dates or not schedule.sessions:
        raise BadInput(
            f"The programme '{programme.id}' does not say when its meetings are; give its [schedule] dates and "
            "sessions, and make the shortlist again."
        )
    slots = tuple(
        sorted(
            (
                slot
                for day in sorted(set(schedule.dates))
                for session in schedule.sessions
                for slot in _session(day, session, schedule)
            ),
            key=lambda slot: slot.start,
        )
    )
    if not slots:
        raise BadInput(
            f"No slot of {schedule.slot_minutes} minutes fits into a session of '{programme.id}'; make its sessions "
            "longer or its slots shorter."
        )
    if len(slots) > _MOST_SLOTS:
        raise BadInput(f"'{programme.id}' has {len(slots):,} slots, more than {_MOST_SLOTS:,}; look at its [schedule].")
    for before, after in pairwise(slots):
        if after.start < before.end:
            raise BadInput(f"Two sessions of '{programme.id}' overlap; let one end before the next begins.")
    return slots


def free_slots(
    slots: Sequence[Slot], programme: Programme, availability: Iterable[Availability]
) -> dict[str, frozenset[int]]:
    """Party id → the slots in which it is there from the first minute to the last; nobody without a record is named.

    Times that meet or overlap count as one: there until 12:00 and from 12:00 is there throughout.
    """
    zone = ZoneInfo(programme.schedule.time_zone)
    times: dict[str, list[tuple[datetime, datetime]]] = {}
    for one in availability:
        if one.programme == programme.id:
            span = (_in_utc(first_minute(one.begins), zone), _in_utc(last_minute(one.ends), zone))
            times.setdefault(one.party_id, []).append(span)
    return {
        party: frozenset(
            number
            for number, slot in enumerate(slots)
            if any(begin <= slot.start and slot.end <= end for begin, end in spans)
        )
        for party, spans in sorted(_joined(times).items())
    }


def _session(day: str, session: str, schedule: Schedule) -> Iterable[Slot]:
    zone = ZoneInfo(schedule.time_zone)
    begin, end = (_in_utc(datetime.fromisoformat(f"{day}T{clock}"), zone) for clock in session.split("-"))
    length = timedelta(minutes=schedule.slot_minutes)
    while begin + length <= end:
        yield Slot(start=begin, end=begin + length)
        begin += length + timedelta(minutes=schedule.gap_minutes)


def _in_utc(moment: datetime, zone: ZoneInfo) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _joined(
    times: Mapping[str, list[tuple[datetime, datetime]]],
) -> dict[str, list[tuple[datetime, datetime]]]:
    joined: dict[str, list[tuple[datetime, datetime]]] = {}
    for party, spans in times.items():
        own = joined.setdefault(party, [])
        for begin, end in sorted(spans):
            if own and begin <= own[-1][1]:
                own[-1] = (own[-1][0], max(end, own[-1][1]))
            else:
                own.append((begin, end))
    return joined
