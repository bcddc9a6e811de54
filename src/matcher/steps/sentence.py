"""The reason of a pair in one sentence: what speaks for it, biggest first, and what speaks most against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.steps.clauses import Clauses
from matcher.steps.matches import Matches, PairRow
from matcher.steps.measure import FEATURES
from matcher.steps.nearness import FAR, nearness
from matcher.steps.past_clauses import COUNTED
from matcher.steps.texts import BRIEF, THESIS

# Features that say nearly the same share one clause: the one that adds most speaks for them. Words in common with the
# brief that the pair is nearest to belong to the brief, others to the thesis.
_WORDS = "thesis_words"
_THESIS, _BRIEF = ("thesis",), ("brief",)
_OTHERS = (
    ("past_close", "earlier_words"),
    ("sector",),
    ("technology",),
    ("ready",),
    ("gives",),
    ("ticket",),
    ("stage",),
    ("country",),
    ("theme",),
)
# What is counted of a partner's past: all that speaks for a pair shares one clause, each that speaks against it has its
# own. How many companies there are is said on the way; by itself it is a dull reason, told where it is the biggest.
_ACTIVE = "past_active"
_KINDRED = "past_kindred"
_TOLD = tuple(name for name in COUNTED if name != _ACTIVE)
_CLAUSES = 3
# From how many points on a feature is worth words; where there is only one such clause, another of less may stand.
_LEAST = 0.05
_LEAST_SECOND = 0.02
# From how many points against on, a reason that speaks for a pair says so too; where it has a single clause, from less.
_AGAINST = 0.5
_AGAINST_ONE = 0.1
# A short past is the dullest thing against a pair: what takes this share of it is told instead.
_NEARLY = 0.6
_NAMES = tuple(FEATURES)


@dataclass(frozen=True, kw_only=True)
class Speakers:
    """The features that speak in a sentence.

    agreeing: for each clause the features behind it, the biggest first; clauses by the sum of their features' points.
    """

    agreeing: tuple[tuple[str, ...], ...]
    against: str | None


def speakers(clauses: Clauses, pair: PairRow) -> Speakers:
    """Which features speak in the sentence of a pair."""
    points = dict(zip(_NAMES, clauses.matches.ranked.points[pair.row].tolist(), strict=True))
    agreeing = [(sum(points[name] for name in names), names) for names in _counted(clauses, pair, points)]
    groups = _groups(clauses, pair, points)
    for group in groups:
        own = [points[name] for name in group]
        if sum(own) >= _LEAST_SECOND:
            agreeing.append((sum(own), tuple(sorted(group, key=lambda name: -points[name]))))
    agreeing.sort(key=lambda one: -one[0])
    # What rests on two texts with too little in common is worth no words, unless nothing adds more; nor how many
    # companies there were, unless there is little else to say.
    dull = [_is_far(clauses.matches, pair.row, names[0]) or names == (_ACTIVE,) for _, names in agreeing]
    telling = [one for one, is_dull in zip(agreeing, dull, strict=True) if not is_dull or one is agreeing[0]]
    if len(telling) < 2 and (_ACTIVE,) in [names for _, names in agreeing]:
        telling = [one for one in agreeing if one in telling or one[1] == (_ACTIVE,)]
    agreeing = [one for at, one in enumerate(telling[:_CLAUSES]) if one[0] >= (_LEAST_SECOND if at == 1 else _LEAST)]
    against = _against(groups, points, [size for size, _ in agreeing])
    return Speakers(agreeing=tuple(names for _, names in agreeing), against=against)


def _groups(clauses: Clauses, pair: PairRow, points: Mapping[str, float]) -> tuple[tuple[str, ...], ...]:
    in_brief = points["brief"] > 0 and clauses.text(_WORDS, pair) == clauses.text("brief", pair)
    words_and = (_WORDS, *(_BRIEF if in_brief else _THESIS))
    return (words_and, _THESIS if in_brief else _BRIEF, *_OTHERS)


def _counted(clauses: Clauses, pair: PairRow, points: Mapping[str, float]) -> list[tuple[str, ...]]:
    """The clauses of what is counted of the past and speaks for the pair, each with its features, biggest first."""
    told = [name for name in _TOLD if points[name] >= _LEAST and clauses.past.is_told(name, pair)]
    active = [_ACTIVE] if points[_ACTIVE] >= _LEAST else []
    if told and clauses.past.counted(pair).number > 1:
        told, active = told + active, []
    told.sort(key=lambda name: -points[name])
    kindred = [_KINDRED] if points[_KINDRED] >= _LEAST and clauses.past.is_nearer(pair) else []
    return [tuple(names) for names in (told, kindred, active) if names]


def _against(groups: Sequence[tuple[str, ...]], points: Mapping[str, float], sizes: Sequence[float]) -> str | None:
    """What takes most, where it takes enough beside the sizes of the clauses that speak for the pair."""
    takes = [(points[name], name) for name in _TOLD if points[name] < 0]
    for group in groups:
        own = [points[name] for name in group]
        if sum(own) < 0:
            takes.append((sum(own), group[own.index(min(own))]))
    most, name = min(takes, default=(0.0, ""))
    if most > -_AGAINST and most > _NEARLY * points[_ACTIVE]:
        most, name = points[_ACTIVE], _ACTIVE
    enough = min(_AGAINST if len(sizes) > 1 else _AGAINST_ONE, *sizes, 1e9) if sizes else _LEAST
    return name if most <= -max(_LEAST, enough) else None


def _is_far(matches: Matches, row: int, feature: str) -> bool:
    """Whether it rests on two texts that have too little in common to be worth words."""
    role = {"thesis": THESIS, "brief": BRIEF}.get(feature)
    return role is not None and nearness(matches.near.similarity[role][row, 0]) == FAR


def sentence(clauses: Clauses, pair: PairRow) -> str:
    """The reason of an assessed pair: up to three clauses for it, and one against it where that takes enough."""
    who = speakers(clauses, pair)
    clauses.words.start_anew()
    said = [
        clauses.past.together(names, pair) if names[0] in COUNTED else clauses.clause(names[0], pair, briefly=True)
        for names in who.agreeing
    ]
    counted = any(names[0] in COUNTED for names in who.agreeing)
    against = clauses.clause(who.against, pair, again=counted) if who.against else ""
    if not said:
        said = ["nothing in what the two profiles say points to a fit", *([against] if against else [])]
    else:
        said += ["nothing more points to a fit"] if who.agreeing == ((_ACTIVE,),) else []
        said += [f"but {against}"] if against else []
    text = "; ".join(said)
    return f"{text[0].upper()}{text[1:]}."
