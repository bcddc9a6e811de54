"""The reason of a pair in one sentence: what speaks for it, biggest first, and what speaks most against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.steps.clauses import Clauses
from matcher.steps.matches import Matches, PairRow
from matcher.steps.measure import FEATURES
from matcher.steps.nearness import FAR, nearness
from matcher.steps.past_clauses import COUNTED
from matcher.steps.texts import BRIEF, THESIS, startup_says_enough

# Features that say nearly the same share one clause: the one that adds most speaks for them.
_GROUPS = (
    ("thesis_words", "thesis"),
    ("brief",),
    ("past_close", "earlier_words"),
    ("sector",),
    ("technology",),
    ("gives",),
    ("ticket",),
    ("stage",),
    ("country",),
    ("theme",),
)
# What is counted of a partner's past: all that speaks for a pair shares one clause, each that speaks against it has its
# own. How many companies there are is said on the way; by itself it is a dull reason, told where there is no other.
_ACTIVE = "past_active"
_TOLD = tuple(name for name in COUNTED if name != _ACTIVE)
_CLAUSES = 3
# From how many points on a feature is worth words.
_LEAST = 0.05
# From how many points against on, a reason that speaks for a pair says so too.
_AGAINST = 0.5
_NAMES = tuple(FEATURES)
_COLUMN = {name: column for column, name in enumerate(_NAMES)}
_FOUND = {"past_sector": "sector", "past_country": "country", "past_place": "place"}


@dataclass(frozen=True, kw_only=True)
class Speakers:
    """The features that speak in a sentence. agreeing: for each clause its features, biggest clause first."""

    agreeing: tuple[tuple[str, ...], ...]
    against: str | None


def speakers(clauses: Clauses, pair: PairRow) -> Speakers:
    """Which features speak in the sentence of a pair."""
    points = dict(zip(_NAMES, clauses.matches.ranked.points[pair.row].tolist(), strict=True))
    told = _told(clauses, pair, points)
    agreeing = [(sum(points[name] for name in told), told)] if told else []
    takes = [(points[name], name) for name in _TOLD if points[name] < 0]
    for group in _GROUPS:
        own = [points[name] for name in group]
        size = sum(own)
        if size >= _LEAST:
            best = group[own.index(max(own))]
            if not _is_far(clauses.matches, pair.row, best):
                agreeing.append((size, (best,)))
        elif size < 0:
            takes.append((size, group[own.index(min(own))]))
    agreeing.sort(key=lambda one: -one[0])
    chosen = tuple(names for _, names in agreeing[:_CLAUSES])
    if not chosen and points[_ACTIVE] >= _LEAST:
        chosen = ((_ACTIVE,),)
    least = -(_AGAINST if chosen else _LEAST)
    most, against = min(takes, default=(0.0, ""))
    if most >= least:
        most, against = points[_ACTIVE], _ACTIVE
    return Speakers(agreeing=chosen, against=against if most < least else None)


def _told(clauses: Clauses, pair: PairRow, points: Mapping[str, float]) -> tuple[str, ...]:
    """What is counted of the past and speaks for the pair: above everybody's, and with something found to tell."""
    told = tuple(name for name in _TOLD if points[name] >= _LEAST)
    if not told:
        return ()
    values = clauses.matches.features.values[pair.row]
    found = clauses.past.counted(pair).found
    return tuple(name for name in told if values[_COLUMN[name]] > 0 and (name not in _FOUND or found[_FOUND[name]]))


def _is_far(matches: Matches, row: int, feature: str) -> bool:
    """Whether it rests on two texts that have too little in common to be worth words."""
    role = {"thesis": THESIS, "brief": BRIEF}.get(feature)
    return role is not None and nearness(matches.near.similarity[role][row, 0]) == FAR


def sentence(clauses: Clauses, pair: PairRow) -> str:
    """The reason of an assessed pair: up to three clauses for it, and one against it where that takes enough."""
    who = speakers(clauses, pair)
    clauses.words.start_anew()
    said = [
        clauses.past.together(names, pair) if names[0] in _TOLD else clauses.clause(names[0], pair)
        for names in who.agreeing
    ]
    counted = any(names[0] in COUNTED for names in who.agreeing)
    against = clauses.clause(who.against, pair, again=counted) if who.against else ""
    if not said:
        said = ["nothing in what the two profiles say points to a fit", *([against] if against else [])]
    else:
        said += ["nothing more points to a fit"] if who.agreeing[0] == (_ACTIVE,) else []
        said += [f"but {against}"] if against else []
    text = "; ".join(said)
    return f"{text[0].upper()}{text[1:]}."


def not_assessed(pair: PairRow) -> str:
    """The reason of a pair that gets no score: what is missing."""
    if not startup_says_enough(pair.startup):
        return (
            "Not assessed: the startup's summary says too little; two sentences on what it does and for whom will do."
        )
    return "Not assessed: the partner says too little of what it looks for; two sentences of thesis will do."
