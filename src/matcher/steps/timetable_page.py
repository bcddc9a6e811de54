"""A timetable as one HTML page to read or print, a page a party: no script, no outside file, every text inert."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

_STYLE = """
body{font:16px/1.5 Helvetica,Arial,sans-serif;margin:0 auto;max-width:60rem;padding:1rem;color:#0b0c0c}
table{border-collapse:collapse;width:100%;margin:0 0 1.5rem} thead{display:table-header-group}
th,td{text-align:left;vertical-align:top;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #b1b4b6}
tr{break-inside:avoid} .small{color:#505a5f;font-size:.875rem} caption{text-align:left;font-weight:bold}
@media print{section.party{break-before:page}}
"""


def timetable_page(result: dict[str, Any], status: str) -> str:
    """The page of a timetable result. status: the sentence that says whether it is approved."""
    title = escape(result["programme_name"])
    pitches = result["format"] == "pitches"
    parts = [
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{title}: timetable</title>',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<style>{_STYLE}</style></head><body><h1>{title}: timetable</h1>",
        f"<p><strong>{escape(status)}</strong></p>",
        f'<p class="small">Run {escape(result["run_id"])} · of shortlist {escape(result["shortlist"])} · as of '
        f"{escape(result['as_of'])} · times are those of {escape(result['time_zone'])} where nothing else is said</p>",
        *(_running_orders(result) if pitches else _overall(result)),
        _table("Not fitted in", ("Startup", "Partner", "Because"), [_left_out(one) for one in result["unplaced"]]),
        _table("Cancelled", ("Startup", "Partner", "Was"), [_cancelled(one) for one in result["cancelled"]]),
        _table(
            "Offered, not booked", ("Startup", "Partner", "When"), [_offer(one) for one in result.get("offers", ())]
        ),
    ]
    if not pitches:
        parts += [_party(result, party) for party in result["parties"]]
    return "".join([*parts, "</body></html>\n"])


def place_in_words(result: dict[str, Any], item: dict[str, Any]) -> str:
    """Where a meeting is: "table 4", or "online"."""
    return "online" if result["virtual"] else "" if item["table"] is None else f"table {item['table']}"


def zone_in_words(party: dict[str, Any]) -> str:
    """Whose zone a party's times are told in."""
    assumed = " (the event's; the profile names none)" if party["time_zone_assumed"] else ""
    return f"Times in {party['time_zone']}{assumed}"


def meetings_of(result: dict[str, Any], party: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """A party's meetings: its own time, the event's time, whom it meets, and where."""
    found = []
    for one in result["meetings"]:
        own = next((side for side in ("startup", "partner") if one[f"{side}_id"] == party["id"]), None)
        if own is not None:
            other = "partner" if own == "startup" else "startup"
            found.append((one["times"][own], one["times"]["event"], one[f"{other}_name"], place_in_words(result, one)))
    return found


def _overall(result: dict[str, Any]) -> Iterable[str]:
    rows = [
        (one["times"]["event"], place_in_words(result, one), one["startup_name"], one["partner_name"])
        for one in result["meetings"]
    ]
    yield _table("All meetings", ("When", "Where", "Startup", "Partner"), rows)


def _running_orders(result: dict[str, Any]) -> Iterable[str]:
    for room in result["rooms"]:
        rows = [
            (str(one["position"]), one["times"]["event"], one["startup_name"], _heard(one))
            for one in result["pitches"]
            if one["room"] == room
        ]
        yield _table(f"{room}: running order", ("", "When", "Startup", "Matched partners in the room"), rows)
        seated = [(one["name"],) for one in result["seats"] if one["room"] == room]
        yield _table(f"{room}: who sits here", ("Partner",), seated)


def _heard(pitch: dict[str, Any]) -> str:
    return ", ".join(one["name"] for one in pitch["investors"])


def _party(result: dict[str, Any], party: dict[str, Any]) -> str:
    heads = ("Your time", f"Time of the event ({result['time_zone']})", "You meet", "Where")
    return (
        f'<section class="party"><h2>{escape(party["name"])} <span class="small">{escape(party["id"])}</span></h2>'
        f'<p class="small">{escape(zone_in_words(party))}</p>'
        + (_table("Meetings", heads, meetings_of(result, party)) or "<p>No meetings.</p>")
        + "</section>"
    )


def _left_out(one: dict[str, Any]) -> tuple[str, ...]:
    return one["startup_name"], one["partner_name"] or "", one["because"]


def _cancelled(one: dict[str, Any]) -> tuple[str, ...]:
    return one["startup_name"], one["partner_name"], one["was"]["times"]["event"] if one["was"] else ""


def _offer(one: dict[str, Any]) -> tuple[str, ...]:
    return one["startup_name"], f"{one['partner_name']} instead of {one['instead_of_name']}", one["times"]["event"]


def _table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    head = "".join(f"<th scope='col'>{escape(text)}</th>" for text in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
