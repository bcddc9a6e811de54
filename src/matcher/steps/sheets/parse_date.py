"""Days, months and years as people write them, to ISO 8601; an ambiguous one is refused, never guessed."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from matcher.domain.sheet import Cell
from matcher.steps.sheets.parse import Unreadable, Words, text, whole

EARLIEST_YEAR, LATEST_YEAR = 1500, 2999

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
# What spreadsheets and programs append to a day.
_TIME = re.compile(r"[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$", re.ASCII)
_MINUTE = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::00(?:\.0+)?)?(Z|[+-]\d{2}:?\d{2})?", re.ASCII)
_MOMENT = "Write a day such as 2027-03-08, or a minute such as 2027-03-08T09:30."
_OTHER_ORDER = re.compile(r"(\d{1,4})[/.\- ](\d{1,2})[/.\- ](\d{1,4})", re.ASCII)
# Excel counts days from here; dates that lost their format arrive as such a number.
_EXCEL_DAY_0 = date(1899, 12, 30)
_EXCEL_DAYS = range(10_000, 80_000)


def when(cell: Cell, words: Words) -> str:
    """A day, a month or a year, as 2024-03-08, 2024-03 or 2024."""
    if isinstance(cell, bool):
        raise Unreadable("Write a date such as 2024-03-08, 2024-03 or 2024.")
    written = re.sub(r"^([0-9]{4})\.0+$", r"\1", _TIME.sub("", text(cell, words)))
    match = _ISO.fullmatch(written)
    if match is None:
        raise Unreadable(_way_out(written))
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if year < EARLIEST_YEAR:
        raise Unreadable(f"The year {year} is too long ago; write a date such as 2024-03-08, 2024-03 or 2024.")
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        raise Unreadable(f"There is no day {written}; write one that the calendar has.") from None
    return written


def past(cell: Cell, words: Words) -> str:
    """As `when`, but not after today; a month or year may have begun only."""
    written = when(cell, words)
    if written > words.today.isoformat()[: len(written)]:
        raise Unreadable(f"{written} lies in the future; write a date up to {words.today.isoformat()}.")
    return written


def past_year(cell: Cell, words: Words) -> int:
    """A year, not after the present one."""
    this = words.today.year
    return whole(cell, words, EARLIEST_YEAR, this, f"Write one year up to {this}, such as 2021.")


def moment(cell: Cell, words: Words) -> str:
    """A day, or a minute as 2027-03-08T09:30, with its offset from UTC where one is written."""
    if isinstance(cell, bool):
        raise Unreadable(_MOMENT)
    written = text(cell, words)
    match = _MINUTE.fullmatch(written)
    if match is None:
        day = when(cell, words)
        if len(day) != len("2027-03-08") or _TIME.search(written):
            raise Unreadable(_MOMENT)
        if int(day[:4]) > LATEST_YEAR:
            raise Unreadable(f"The year {day[:4]} is too far ahead; write a day such as 2027-03-08.")
        return day
    day, clock, offset = match.groups()
    zone = "" if offset is None else "+00:00" if offset == "Z" else f"{offset[:3]}:{offset[-2:]}"
    try:
        if not LATEST_YEAR >= datetime.fromisoformat(f"{day}T{clock}{zone}").year >= EARLIEST_YEAR:
            raise ValueError
    except ValueError:
        raise Unreadable(
            f"There is no time {written}; write one that the calendar has, such as 2027-03-08T09:30."
        ) from None
    return f"{day}T{clock}{zone}"


def has_offset(moment: str) -> bool:
    """Whether a moment says its offset from UTC."""
    return len(moment) > len("2027-03-08T09:30")


def first_minute(moment: str) -> datetime:
    """Where a moment that begins something lies: a day begins at midnight."""
    return datetime.fromisoformat(moment)


def last_minute(moment: str) -> datetime:
    """Where a moment that ends something lies: a day ends with the midnight after it."""
    if len(moment) > len("2027-03-08"):
        return datetime.fromisoformat(moment)
    return datetime.fromisoformat(moment) + timedelta(days=1)


def _way_out(written: str) -> str:
    if re.fullmatch("[0-9]{5}", written) and int(written) in _EXCEL_DAYS:
        day = _EXCEL_DAY_0 + timedelta(days=int(written))
        return f"{written} is a date that lost its format; write {day.isoformat()} if that is the day."
    match = _OTHER_ORDER.fullmatch(written)
    if match is None:
        return "Write a date such as 2024-03-08, 2024-03 or 2024."
    first, second, third = (int(part) for part in match.groups())
    orders = [(first, second, third)] if len(match[1]) == 4 else [(third, second, first), (third, first, second)]
    days = list(dict.fromkeys(iso for order in orders if (iso := _iso(*order))))
    if not days:
        return f"There is no day {written}; write one that the calendar has, such as 2024-03-08."
    if len(days) == 1:
        return f"Write the date as {days[0]}."
    return f"{written} may mean two days; write {days[0]} or {days[1]}."


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year if year > 99 else 2000 + year, month, day).isoformat()
    except ValueError:
        return None
