"""An explanation for people, line by line: of one pair, and of one party."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from matcher.domain.language import language_name
from matcher.domain.match import percent
from matcher.steps.points import score_words, signed

# Columns whose name is no word.
_FIELDS = {
    "raising_amount": "the raise",
    "ticket_max": "the largest ticket",
    "founded": "when it was founded",
    "seeks": "what it seeks",
}


def pair_lines(said: dict[str, Any]) -> Iterator[str]:
    """The account of one pair. said: as JSON."""
    score = "" if said["score"] is None else f", {score_words(said['score'])} points"
    confidence = percent(said["confidence"])
    pair = " and ".join(f"{said[f'{side}_name']} ({said[f'{side}_id']})" for side in ("startup", "partner"))
    yield f"{pair}: {said['band']}{score}, confidence {confidence}"
    yield from _why_not(said)
    if not (said["why_not"] and said["why_not"]["detail"] == said["reason"]):
        yield said["reason"]
    if said["base"]:
        yield f"  {signed(said['base'])}  Where every pair begins"
    for side in ("startup", "partner", "both"):
        yield from _contributions(said, side)
    for heading in ("met", "unmet", "unknown"):
        for answer in said[heading]:
            yield f"  {heading}: {answer['detail']}"
    for caution in said["cautions"]:
        yield f"  caution: {caution}"
    languages = (f"{text} {language_name(code)}" for text, code in said["languages"].items() if code)
    if told := ", ".join(languages):
        yield f"  languages: {told}"
    yield from _what_if(said, "Nothing that either side can change would make a difference.", said["remedy"])


def party_lines(said: dict[str, Any]) -> Iterator[str]:
    """How one party stands. said: as JSON."""
    other = said["others"]
    if said["fill_in_first"]:
        yield f"Fill in first: {', '.join(_fill_in(one) for one in said['fill_in_first'])}"
    yield f"{said['name']} ({said['id']}): {_number(said['admitted'], other)} admitted" + (
        f", {said['not_assessed']} of them not assessed" if said["not_assessed"] else ""
    )
    for meeting in said["meetings"] or ():
        score = "" if meeting["score"] is None else f", {score_words(meeting['score'])} points"
        yield f"  meets {meeting['name']} ({meeting['id']}{score})"
    yield from _why_not(said)
    for refused in said["refused"]:
        asked_by = {"programme": "edition"}.get(refused["asked_by"], refused["asked_by"])
        yield f"  {asked_by}, {refused['rule'].replace('_', ' ')}: {refused['detail']}"
    for caution in said["cautions"]:
        yield f"  caution: {caution}"
    what = "Nothing else that it" if said["fill_in_first"] and said["fill_in_first"][0]["ask"] else "Nothing that it"
    yield from _what_if(said, f"{what} can change by itself would open it to more {other}s.")


def _contributions(said: dict[str, Any], side: str) -> Iterator[str]:
    """What counts for one side, biggest first; for both, half of it stands in the sum of each."""
    parts = [part for part in said["contributions"] if part["fit_for"] == side]
    if parts:
        whose = "both sides" if side == "both" else f"the {side}"
        whole = said["fit"].get(side) if said["fit"] else None
        worth = "" if whole is None else f", {signed(whole)} with half of what is for both"
        yield f"  Fit for {whose}{worth}:"
    for part in parts:
        yield f"  {_worth(part)}  {part['label']}"
        for quote in part["evidence"]:
            yield f"         {quote['side']}: “{quote['quote']}”"


def _why_not(said: dict[str, Any]) -> Iterator[str]:
    if said["why_not"]:
        yield f"Why not ({said['why_not']['cause']}): {said['why_not']['detail']}"


def _what_if(said: dict[str, Any], nothing: str, remedy: str | None = None) -> Iterator[str]:
    """What somebody would have to write comes first: it cannot be tried, but without it nothing else tells much."""
    yield "What if:"
    if remedy:
        yield f"  {remedy[0].upper()}{remedy[1:]}: then the pair can be assessed"
    for what_if in said["what_if"]:
        yield f"  {_tried(what_if)}"
    if not said["what_if"] and not remedy:
        yield f"  {nothing}"


def _worth(part: dict[str, Any]) -> str:
    """The points of a contribution, or which way it speaks and its weight."""
    if part["points"] is not None:
        return f"{signed(part['points']):>5}"
    return f"{'+' if part['speaks'] == 'for' else '-'} {part['weight']:<6}"


def _fill_in(one: dict[str, Any]) -> str:
    field = _FIELDS.get(one["field"], one["field"])
    extra = f"{one['ask']}; " if one["ask"] else ""
    if one["confidence_to"] is None:
        return f"{field} ({one['ask']})"
    return f"{field} ({extra}confidence {percent(one['confidence_from'])} → {percent(one['confidence_to'])})"


def _number(count: int, other: str) -> str:
    return f"{count or 'no'} {other}{'' if count == 1 else 's'}"


def _tried(what_if: dict[str, Any]) -> str:
    """What was changed, on which condition, and what comes of it."""
    words, effect = what_if["words"], what_if["effect"]
    if not words:
        return f"{effect[0].upper()}{effect[1:]}"
    said = f"{words}, {effect}" if effect.startswith("if ") else f"{words}: {effect}"
    return f"{said[0].upper()}{said[1:]}"
