"""What each feature adds to the score of a pair, with the quotes and the stored facts it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

import numpy as np

from matcher.domain.audience import Audience
from matcher.domain.match import Contribution, Evidence, Fact
from matcher.steps.clauses import Clauses
from matcher.steps.corridor import stored_field
from matcher.steps.matches import Matches, PairRow
from matcher.steps.measure import FEATURES, FIT_FOR
from matcher.steps.points import signed
from matcher.steps.quote import Withouts, quoted, text_costs

QUOTED = ("thesis", "brief", "thesis_words", "earlier_words", "past_close", "theme")
"""Features that quote a sentence of each side."""

ONE_SIDED = "one_sided"
"""The contribution of `rank.one_sided`, which no feature makes: what is taken where only one side is suited."""

_NAMES = tuple(FEATURES)
_Named = TypeVar("_Named", Evidence, Fact)
# The fields a structured contribution rests on: side → fields.
_FACTS: dict[str, dict[str, tuple[str, ...]]] = {
    "sector": {"startup": ("sectors",), "partner": ("sectors",)},
    "technology": {"startup": ("technologies",), "partner": ("technologies",)},
    "stage": {"startup": ("stage",), "partner": ("stages",)},
    "country": {"startup": ("country",), "partner": ("countries",)},
    "ticket": {"startup": ("raising",), "partner": ("ticket_min", "ticket_max")},
    "gives": {"startup": ("seeks",), "partner": ("kind",)},
    "ready": {"startup": ("investment_ready",), "partner": ("kind",)},
    "past_sector": {"startup": ("sectors",)},
    "past_country": {"startup": ("country",)},
    "past_place": {"startup": ("city",)},
    "past_kindred": {"startup": ("raising", "founded", "stage")},
}


def contributions(clauses: Clauses, pair: PairRow, withouts: Withouts) -> tuple[Contribution, ...]:
    """Every feature that adds points or takes some, biggest first."""
    points = clauses.matches.ranked.points[pair.row]
    made = []
    for at in np.flatnonzero(points).tolist():
        evidence = _told(_evidence(clauses, pair, at, withouts), clauses.inputs.audience)
        clauses.words.start_anew(tuple(quote.quote for quote in evidence))
        clause = clauses.clause(_NAMES[at], pair)
        made.append(
            Contribution(
                feature=_NAMES[at],
                label=f"{clause[0].upper()}{clause[1:]}",
                points=float(points[at]),
                fit_for=FIT_FOR[_NAMES[at]],
                evidence=_as_stored(evidence, pair),
                facts=_as_stored(_facts(pair, _NAMES[at]), pair),
            )
        )
    made += _one_sided(clauses.matches, pair, clauses.inputs.audience)
    return tuple(sorted(made, key=lambda part: -abs(part.points)))


def _one_sided(matches: Matches, pair: PairRow, audience: Audience) -> Iterator[Contribution]:
    points = float(matches.ranked.one_sided[pair.row])
    if points:
        sums = {"startup": matches.ranked.for_startup[pair.row], "partner": matches.ranked.for_partner[pair.row]}
        worse, better = sorted(sums, key=lambda side: sums[side])
        told = {side: f" ({signed(sums[side])})" if audience.sees_points else "" for side in sums}
        yield Contribution(
            feature=ONE_SIDED,
            label=f"It suits the {better}{told[better]}, not the {worse}{told[worse]}: a meeting needs both, so what "
            "speaks against it for one side counts once more",
            points=points,
            fit_for=worse,
        )


def _evidence(clauses: Clauses, pair: PairRow, column: int, withouts: Withouts) -> tuple[Evidence, ...]:
    """A passage of each side; none where one side is silent.

    What speaks against a pair often rests on no sentence at all: there is nothing to quote of two texts that share
    nothing.
    """
    inputs, feature = clauses.inputs, _NAMES[column]
    row = clauses.text(feature, pair) if feature in QUOTED else -1
    own = inputs.startup_passages[pair.startup_place]
    if row < 0 or not own.spans or not inputs.text_passages[row].spans:
        return ()
    points = clauses.matches.ranked.points[pair.row, column]
    kind, id_ = inputs.texts.records[row]
    quotes = (
        quoted(
            ("startup", "startup", pair.startup.id, "summary"),
            own,
            pair.startup.summary or "",
            points - withouts.points[pair.startup_place, pair.partner_place][:, column],
        ),
        quoted(
            ("partner", kind, id_, inputs.texts.fields[row]),
            inputs.text_passages[row],
            inputs.texts.texts[row],
            text_costs(inputs, pair, feature, row, withouts.rows[row]),
        ),
    )
    if points > 0 or all(costly for _, costly in quotes):
        return tuple(quote for quote, _ in quotes)
    return ()


def _told(evidence: tuple[Evidence, ...], audience: Audience) -> tuple[Evidence, ...]:
    """What of it this audience is shown: what another startup wrote is not for a startup."""
    if audience is not Audience.STARTUP:
        return evidence
    return tuple(quote for quote in evidence if quote.side == "startup" or quote.kind != "startup")


def _as_stored(named: tuple[_Named, ...], pair: PairRow) -> tuple[_Named, ...]:
    """The same, each under the record and the field that hold it: a startup that stands as a partner is a startup.

    What it stands for is stored nowhere.
    """
    found = []
    for one in named:
        kind, field = stored_field(pair.partner, one.field) if one.kind == "partner" else (one.kind, one.field)
        if (kind, field) != ("startup", "kind"):
            found.append(replace(one, kind=kind, field=field))
    return tuple(found)


def _facts(pair: PairRow, feature: str) -> tuple[Fact, ...]:
    facts = []
    for side, fields in _FACTS.get(feature, {}).items():
        record = pair.startup if side == "startup" else pair.partner
        for field in fields:
            value = getattr(record, field)
            if value not in (None, ()):
                facts.append(Fact(side=side, kind=side, id=record.id, field=field, value=value))
    return tuple(facts)
