"""The reason of a pair in one sentence: what speaks for it, biggest first, and what speaks most against it."""

from __future__ import annotations

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


@dataclass(frozen=True, kw_only=True)
class Speakers:
    """The features that speak in a sentence. agreeing: for each clause its features, biggest clause first."""

    agreeing: tuple[tuple[str, ...], ...]
    against: str | None


def speakers(matches: Matches, row: int) -> Speakers:
    """Which features speak in the sentence of this row of `matches.pairs`."""
    points = dict(zip(_NAMES, matches.ranked.points[row].tolist(), strict=True))
    counts = matches.features.past.counts
    values = dict(zip(_NAMES, matches.features.values[row].tolist(), strict=True))
    told = tuple(
        name for name in _TOLD if points[name] >= _LEAST and values[name] > 0 and counts.get(name, counts[_ACTIVE])[row]
    )
    groups = [(sum(points[name] for name in group), group) for group in _GROUPS]
    sized: list[tuple[float, tuple[str, ...]]] = [
        (size, (name,))
        for size, group in groups
        if not _is_far(matches, row, name := max(group, key=points.__getitem__))
    ]
    sized.append((sum(points[name] for name in told), told))
    sized.sort(key=lambda one: -one[0])
    agreeing = tuple(names for size, names in sized[:_CLAUSES] if size >= _LEAST)
    if not agreeing and points[_ACTIVE] >= _LEAST:
        agreeing = ((_ACTIVE,),)
    takes = [(size, min(group, key=points.__getitem__)) for size, group in groups]
    takes += [(points[name], name) for name in _TOLD]
    least = -(_AGAINST if agreeing else _LEAST)
    most, against = min(takes, key=lambda one: one[0])
    if most >= least:
        most, against = points[_ACTIVE], _ACTIVE
    return Speakers(agreeing=agreeing, against=against if most < least else None)


def _is_far(matches: Matches, row: int, feature: str) -> bool:
    """Whether it rests on two texts that have too little in common to be worth words."""
    role = {"thesis": THESIS, "brief": BRIEF}.get(feature)
    return role is not None and nearness(matches.near.similarity[role][row, 0]) == FAR


def sentence(clauses: Clauses, pair: PairRow) -> str:
    """The reason of an assessed pair: up to three clauses for it, and one against it where that takes enough."""
    who = speakers(clauses.matches, pair.row)
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
