"""A timetable as rows of a table: one a meeting, or one a pitch."""

from __future__ import annotations

from typing import Any

MEETING_COLUMNS = (
    *("startup_id", "partner_id", "start", "end", "table", "startup_name", "partner_name", "score"),
    *("event_time", "startup_time", "partner_time", "change"),
)
PITCH_COLUMNS = (
    *("room", "position", "startup_id", "start", "end", "startup_name", "event_time", "startup_time"),
    *("investor_ids", "investors"),
)


def rows_of(result: dict[str, Any]) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The columns and rows of a timetable result, by slot or by room and position; start and end are UTC."""
    if result["format"] == "pitches":
        return PITCH_COLUMNS, [_pitch(pitch) for pitch in result["pitches"]]
    return MEETING_COLUMNS, [_meeting(meeting) for meeting in result["meetings"]]


def _meeting(meeting: dict[str, Any]) -> tuple[object, ...]:
    times = {f"{who}_time": words for who, words in meeting["times"].items()}
    return tuple((meeting | times)[column] for column in MEETING_COLUMNS)


def _pitch(pitch: dict[str, Any]) -> tuple[object, ...]:
    times = {f"{who}_time": words for who, words in pitch["times"].items()}
    heard = {
        "investor_ids": ";".join(one["partner_id"] for one in pitch["investors"]),
        "investors": "; ".join(one["name"] for one in pitch["investors"]),
    }
    return tuple((pitch | times | heard)[column] for column in PITCH_COLUMNS)
