"""Writes a timetable as an iCalendar file (RFC 5545): of the whole event, or of one party."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from icalendar import Calendar, Event

# What RFC 5545 allows in no text: control characters but tab and newline.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def timetable_calendar(result: dict[str, Any], party: str | None, status: str) -> bytes:
    """The calendar of a timetable result, for one party or (None) of everything. Equal results give equal bytes.

    Times are in UTC, so that every program shows them right in its own zone. An event keeps its UID when it moves, and
    its sequence rises with every timetable that is made from the last; what was cancelled is in it as cancelled.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//matcher//timetable//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _plain(_title(result, party)))
    for event in _events(result, party, status):
        calendar.add_component(event)
    text: bytes = calendar.to_ical()
    return text


def _title(result: dict[str, Any], party: str | None) -> str:
    name = next((one["name"] for one in result["parties"] if one["id"] == party), None)
    return result["programme_name"] if name is None else f"{result['programme_name']}: {name}"


def _events(result: dict[str, Any], party: str | None, status: str) -> Iterator[Event]:
    if result["format"] == "pitches":
        for pitch in result["pitches"]:
            if party in (None, pitch["startup_id"], *(one["partner_id"] for one in pitch["investors"])):
                yield _pitch(result, pitch, status)
        return
    for one in result["meetings"]:
        if party in (None, one["startup_id"], one["partner_id"]):
            yield _meeting(result, one, one, party, status)
    for one in result["cancelled"]:
        if one["was"] is not None and party in (None, one["startup_id"], one["partner_id"]):
            event = _meeting(result, one, one["was"], party, status)
            event["status"] = "CANCELLED"
            yield event


def _meeting(
    result: dict[str, Any], pair: dict[str, Any], when: dict[str, Any], party: str | None, status: str
) -> Event:
    if party is None:
        summary = f"{pair['startup_name']} meets {pair['partner_name']}"
    else:
        summary = f"Meeting with {pair['partner_name' if party == pair['startup_id'] else 'startup_name']}"
    where = "Online" if result["virtual"] else "" if when["table"] is None else f"Table {when['table']}"
    times = when["times"]
    lines = [
        f"{pair['startup_name']} and {pair['partner_name']}",
        f"{pair['startup_name']}: {times['startup']}",
        f"{pair['partner_name']}: {times['partner']}",
        f"Event: {times['event']}",
        where,
        *_assumed(result, (pair["startup_id"], pair["partner_id"])),
    ]
    return _event(result, (pair["startup_id"], pair["partner_id"]), when, summary, where, lines, status)


def _pitch(result: dict[str, Any], pitch: dict[str, Any], status: str) -> Event:
    heard = ", ".join(one["name"] for one in pitch["investors"])
    lines = [
        f"{pitch['startup_name']} pitches as number {pitch['position']} in {pitch['room']}",
        f"{pitch['startup_name']}: {pitch['times']['startup']}",
        f"Event: {pitch['times']['event']}",
        f"Matched partners in the room: {heard}",
    ]
    return _event(
        result, (pitch["startup_id"],), pitch, f"{pitch['startup_name']} pitches", pitch["room"], lines, status
    )


def _assumed(result: dict[str, Any], ids: tuple[str, ...]) -> list[str]:
    return [
        f"{one['name']} names no time zone; the event's is shown."
        for one in result["parties"]
        if one["id"] in ids and one["time_zone_assumed"]
    ]


def _event(
    result: dict[str, Any],
    ids: tuple[str, ...],
    when: dict[str, Any],
    summary: str,
    where: str,
    lines: list[str],
    status: str,
) -> Event:
    event = Event()
    name = "\n".join((result["programme_id"], *ids))
    event.add("uid", f"{hashlib.sha256(name.encode()).hexdigest()[:32]}@matcher")
    # When the calendar was made; the run's as-of date keeps the bytes the same.
    event.add("dtstamp", datetime.fromisoformat(f"{result['as_of']}T00:00:00+00:00"))
    event.add("sequence", result["revision"])
    event.add("dtstart", datetime.fromisoformat(when["start"]))
    event.add("dtend", datetime.fromisoformat(when["end"]))
    event.add("summary", _plain(summary))
    if where:
        event.add("location", _plain(where))
    said = [*lines, f"{result['programme_name']}, timetable {result['run_id']}", status]
    event.add("description", "\n".join(_plain(line) for line in said if line))
    return event


def _plain(text: str) -> str:
    return _CONTROL.sub(" ", text).replace("\n", " ")
