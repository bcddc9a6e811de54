"""Times in words, each with its zone named: 10:00 in Helsinki must never be read as 10:00 in London."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def zone_of(name: str | None, event_zone: str) -> tuple[str, bool]:
    """The zone somebody's times are told in, and whether it is the event's for want of their own."""
    try:
        return (ZoneInfo(name).key, False) if name else (event_zone, True)
    except (ZoneInfoNotFoundError, ValueError):
        return event_zone, True


def in_words(start: datetime, end: datetime, zone: str) -> str:
    """A time as people read it: "Monday 8 March 2027, 09:30 to 09:55 Europe/London". start, end: aware."""
    return f"{day_in_words(start, zone)}, {clock(start, zone)} to {clock(end, zone)} {zone}"


def day_in_words(moment: datetime, zone: str) -> str:
    """The day in a zone: "Monday 8 March 2027"."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]} {local.year}"


def clock(moment: datetime, zone: str) -> str:
    """The time of day in a zone: "09:30"."""
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M}"


def utc_text(moment: datetime) -> str:
    """The moment as ISO 8601 in UTC: "2027-03-08T09:30:00Z"."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z"


def moment_of(text: str) -> datetime:
    """The moment that `utc_text` wrote."""
    return datetime.fromisoformat(text)
