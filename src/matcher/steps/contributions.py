"""What each feature adds to the score of a pair, with the quotes and the stored facts it rests on."""

from __future__ import annotations

from matcher.domain.match import Contribution, Evidence, Fact
from matcher.steps.clauses import Clauses
from matcher.steps.inputs import Inputs
from matcher.steps.matches import PairRow
from matcher.steps.measure import FEATURES
from matcher.steps.quote import (
    Place,
    SentenceRows,
    nearest_sentences,
    sentence_nearest_to,
    sentences_sharing_words,
)

QUOTED = ("thesis", "brief", "thesis_words", "earlier_words", "past_close", "theme")
"""Features that quote a sentence of each side."""

_FIT_FOR = {"gives": "startup", "ticket": "startup", "theme": "both", "sector": "both", "technology": "both"}
_NAMES = tuple(FEATURES)
# The fields a structured contribution rests on: side → fields.
_FACTS: dict[str, dict[str, tuple[str, ...]]] = {
    "sector": {"startup": ("sectors",), "partner": ("sectors",)},
    "technology": {"startup": ("technologies",), "partner": ("technologies",)},
    "stage": {"startup": ("stage",), "partner": ("stages",)},
    "country": {"startup": ("country",), "partner": ("countries",)},
    "ticket": {"startup": ("raising",), "partner": ("ticket_min", "ticket_max")},
    "gives": {"startup": ("seeks",), "partner": ("kind",)},
    "past_sector": {"startup": ("sectors",)},
    "past_country": {"startup": ("country",)},
    "past_place": {"startup": ("city",)},
    "past_kindred": {"startup": ("raising", "founded", "stage")},
}


def contributions(clauses: Clauses, pair: PairRow, sentence_rows: SentenceRows) -> tuple[Contribution, ...]:
    """Every feature that adds points or takes some, biggest first."""
    points = clauses.matches.ranked.points[pair.row]
    biggest_first = sorted((at for at in range(len(_NAMES)) if points[at] != 0), key=lambda at: (-abs(points[at]), at))
    made = []
    for at in biggest_first:
        clauses.words.start_anew()
        clause = clauses.clause(_NAMES[at], pair)
        made.append(
            Contribution(
                feature=_NAMES[at],
                label=f"{clause[0].upper()}{clause[1:]}",
                points=float(points[at]),
                fit_for=_FIT_FOR.get(_NAMES[at], "partner"),
                evidence=_evidence(clauses, pair, _NAMES[at], sentence_rows),
                facts=_facts(pair, _NAMES[at]),
            )
        )
    return tuple(made)


def _evidence(clauses: Clauses, pair: PairRow, feature: str, rows: SentenceRows) -> tuple[Evidence, ...]:
    """A sentence of each side; none where the partner's side is silent, which then takes points or adds few."""
    inputs = clauses.inputs
    row = clauses.text(feature, pair) if feature in QUOTED else -1
    if row < 0:
        return ()
    own = (("startup", "startup", pair.startup.id, "summary"), pair.startup.summary or "")
    other = _text(inputs, row)
    if feature == "theme" and inputs.theme_row is not None:
        return (sentence_nearest_to(inputs.theme_row, own, rows), sentence_nearest_to(inputs.theme_row, other, rows))
    shared = set(inputs.startup_words[pair.startup_place]) & set(inputs.text_words[row])
    if feature in ("thesis_words", "earlier_words") and shared:
        return sentences_sharing_words(own, other, inputs.tokenizer.words, inputs.lexicon.of)
    return nearest_sentences(own, other, rows)


def _text(inputs: Inputs, row: int) -> tuple[Place, str]:
    kind, id_ = inputs.texts.records[row]
    return ("partner", kind, id_, inputs.texts.fields[row]), inputs.texts.texts[row]


def _facts(pair: PairRow, feature: str) -> tuple[Fact, ...]:
    facts = []
    for side, fields in _FACTS.get(feature, {}).items():
        record = pair.startup if side == "startup" else pair.partner
        for field in fields:
            value = getattr(record, field)
            if value not in (None, ()):
                facts.append(Fact(side=side, kind=side, id=record.id, field=field, value=value))
    return tuple(facts)
