"""What is told of earlier companies that are like the startup in raise, age and stage."""

from __future__ import annotations

from matcher.domain.vocabulary import STAGE_LABELS
from matcher.steps.likeness import YEARS_WIDTH
from matcher.steps.matches import PairRow
from matcher.steps.nearness import SAYS_NEITHER, STILL_BETTER
from matcher.steps.past_counts import Counted
from matcher.steps.past_words import IS, WAS, Part, none_of, of_them, only, them
from matcher.steps.rule_words import listed

_WORDS = {"raise": "raise", "founded": "age", "stage": "stage"}
_MOST = 2
# How many times the usual share a likeness must have to be told beside others: where all are at seed, it tells little.
_TELLING = 1.25


def alike(pair: PairRow, counted: Counted, only_telling: bool = False) -> list[Part]:
    """The most telling likenesses. only_telling: none rather than one that is as usual."""
    said: dict[str, tuple[tuple[str, str], str]] = {
        "raise": (WAS, "raising about as much"),
        "founded": (WAS, f"founded within {YEARS_WIDTH:.0f} years of it"),
        "stage": (IS, f"at {STAGE_LABELS.get(pair.startup.stage or '', '')}"),
    }
    found = [what for what in counted.stated if counted.found[what]]
    found.sort(key=lambda what: -_lift(counted, what))
    telling = [what for what in found if _lift(counted, what) >= _TELLING]
    if not telling and not only_telling:
        telling = found[:1]
    return [(counted.found[what], *said[what]) for what in telling[:_MOST]]


def kindred_for(pair: PairRow, counted: Counted, value: float) -> str:
    """For a pair. value: of past_kindred, 0 where the past is as like the startup as everybody's."""
    parts = alike(pair, counted)
    if parts:
        return of_them(pair, counted, parts)
    counted = counted.comparable("kindred")
    subject = f"{them(pair, counted)} {IS[counted.number != 1]}"
    if value > 0:
        return f"{subject} nearer to it in {_words(counted.stated)} than is usual"
    if value < 0:
        return f"{subject} less like it in {_words(counted.stated)} than is usual: {STILL_BETTER}"
    return f"{subject} as near to it in {_words(counted.stated)} as is usual"


def kindred_neither(pair: PairRow, counted: Counted) -> str:
    """Where it adds next to nothing: that it was looked at."""
    counted = counted.comparable("kindred")
    is_like = f"{IS[counted.number != 1]} about as like it in {_words(counted.stated)} as is usual"
    return f"{them(pair, counted)} {is_like}: {SAYS_NEITHER}"


def kindred_against(pair: PairRow, counted: Counted, value: float, again: bool) -> str:
    """Against a pair: what none of the companies shares with it, or that they share too little."""
    counted = counted.comparable("kindred")
    subject, one = them(pair, counted, again), counted.number == 1
    missing = tuple(what for what in counted.stated if not counted.found[what])
    if missing == counted.stated:
        return f"{none_of(counted, subject)} known to be like it in {_words(missing)}"
    if missing:
        number, verbs, words = alike(pair, counted)[0]
        if one:
            return f"{subject} {verbs[0]} {words} but not known to be like it in {_words(missing)}"
        none = "neither" if counted.number == 2 else "none"
        some = f"of {subject}, {only(number, counted)} {verbs[number != 1]} {words}"
        return f"{some} and {none} is known to be like it in {_words(missing)}"
    if value < 0:
        return f"{subject} {IS[not one]} less like it in {_words(counted.stated)} than is usual"
    return f"{subject} {IS[not one]} not enough like it in {_words(counted.stated)} to speak for it"


def _words(what: tuple[str, ...]) -> str:
    return listed((_WORDS[one] for one in what), "or")


def _lift(counted: Counted, what: str) -> float:
    """How many times the usual share these have, of companies that say it; nobody's share cannot be found here."""
    return counted.found[what] / counted.told[what] / counted.usual[what]
