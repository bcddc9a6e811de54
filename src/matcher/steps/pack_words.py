"""The words of a briefing pack: dates, fits and the proof as people say them, and texts as they may be printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from matcher.domain.match import percent
from matcher.domain.override import BAN, PIN
from matcher.steps.rule_words import listed

DRAFT = "Draft: no officer has approved this run."
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
# What is no letter and changes how the letters beside it are read: controls, and marks that turn the direction of
# everything behind them. One in a name would turn the whole line it stands in.
_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+")
# An id in a sentence of ours stands in quotation marks like these.
_ID = re.compile(r"'([^']+)'")
# What ends a sentence, also inside closing quotation marks.
_ENDS = (".", "!", "?", "…", ".”", "!”", "?”", "…”")
# Thirds: nobody reads more from a confidence than whether much, some or little is known.
_CONFIDENCE = ((2 / 3, "High"), (1 / 3, "Fair"), (0.0, "Low"))
# So many words of a sentence are enough to know it again.
_KNOWN_BY = 6


def printed(text: str) -> str:
    """A text on one line, without what would change how the rest of the page is read."""
    return " ".join(_OBEYED.sub(" ", text).split())


def sentence_of(text: str) -> str:
    """A text as a sentence: a capital first, a full stop last where nothing ends it."""
    said = printed(text)
    return f"{said[:1].upper()}{said[1:]}{'' if said.endswith(_ENDS) else '.'}" if said else ""


def named(text: str, names: Mapping[str, str]) -> str:
    """A text of ours in which the ids that have a name are called by it."""
    return _ID.sub(lambda found: names.get(found[1], found[0]), text)


def counted(number: int, noun: str) -> str:
    """A number with its noun: no meetings, 1 meeting, 2 meetings."""
    return f"{f'{number:,}' if number else 'no'} {noun}{'' if number == 1 else 's'}"


def date_words(day: str) -> str:
    """An ISO day as people write it: 5 January 2027."""
    year, month, number = day.split("-")
    return f"{int(number)} {_MONTHS[int(month) - 1]} {year}"


def fit_words(band: str) -> str:
    """A band as it stands by itself: Strong fit."""
    return "Not assessed" if band == "not assessed" else f"{band.capitalize()} fit"


def confidence_words(share: float) -> str:
    """A confidence in a word, with its figure: High (86 %)."""
    word = next(word for least, word in _CONFIDENCE if share >= least)
    return f"{word} ({percent(share)})"


def shortened(quote: str) -> str:
    """The first words of a sentence that stands in full further up the page."""
    words = quote.split()
    return (
        f"“{' '.join(words[:_KNOWN_BY]).rstrip(',;:')} …” (in full above)" if len(words) > _KNOWN_BY else f"“{quote}”"
    )


def proof_words(result: Mapping[str, Any]) -> str:
    """What objective, bound and gap say, in a plain sentence or two; and among which plans."""
    certificate, meetings = result["certificate"], len(result["pairs"])
    if not meetings:
        return "There are no meetings, so there is nothing to prove."
    worth, most = f"{certificate['objective']:.2f}", f"{certificate['bound']:.2f}"
    said = "With each meeting counted by how far its score lies above the least score, "
    said += f"{'this one comes to' if meetings == 1 else f'these {meetings:,} come to'} {worth} points"
    if certificate["gap"] > 0:
        return (
            f"{said}. No plan that {kept_to(result)} can come to more than "
            f"{most}, so a better plan could gain {certificate['gap']:g} points at most."
        )
    best = "of those" if any(not one["void"] for one in result.get("overrides", ())) else "there is"
    return f"{said}. It is proved that no other plan that {kept_to(result)} can come to more: this is the best {best}."


def kept_to(result: Mapping[str, Any]) -> str:
    """What a plan has to do to be compared: keep to capacities and decisions, and miss as little."""
    decided = Counter(one["kind"] for one in result.get("overrides", ()) if not one["void"])
    kept = [counted(decided[kind], kind) for kind in (PIN, BAN) if decided[kind]]
    missed = "misses as few minimums" if result["certificate"]["shortfall"] else "meets every minimum"
    first = ["leaves as few startups without a meeting"] if result.get("guarantee") else []
    return listed([f"keeps to {listed(['the capacities', *kept])}", *first, missed])


def in_short(result: Mapping[str, Any], partners: int) -> str:
    """Who gets what, in numbers."""
    placed, meetings = len(result["placed"]), len(result["pairs"])
    left, refused = len(result["unplaced"]), len(result["refused"])
    said = [
        f"{counted(placed, 'startup')} {'has' if placed == 1 else 'have'} a place",
        f"there {'is' if meetings == 1 else 'are'} {counted(meetings, 'meeting')} with {counted(partners, 'partner')}",
        *([f"{counted(left, 'startup')} found no place"] if left else []),
        *([f"the edition's rules keep out {counted(refused, 'startup')}"] if refused else []),
    ]
    return sentence_of("; ".join(said))
