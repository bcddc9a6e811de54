"""Scores in words: one sentence for a list, the whole account for a pair; both from the same contributions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from matcher.domain.match import Account, Contribution, Evidence, Fact, MatchLine, RuleAnswer
from matcher.domain.profile import HistoryRecord
from matcher.domain.vocabulary import BACKED
from matcher.steps.admit import MET, UNKNOWN, UNMET
from matcher.steps.clauses import COUNTED, Clauses
from matcher.steps.inputs import Inputs
from matcher.steps.matches import Matches, PairRow
from matcher.steps.measure import FEATURES
from matcher.steps.quote import (
    Place,
    SentenceRows,
    nearest_sentences,
    sentence_nearest_to,
    sentences_sharing_words,
)
from matcher.steps.rank import BANDS, NOT_ASSESSED
from matcher.steps.rule_words import answers
from matcher.steps.texts import BRIEF, EARLIER, THESIS, startup_says_enough

# Features that say nearly the same share one clause: the one that adds most speaks for them.
_GROUPS = (
    ("thesis_words", "thesis"),
    ("brief",),
    ("past_close", "earlier_words"),
    COUNTED,
    ("sector",),
    ("technology",),
    ("gives",),
    ("ticket",),
    ("stage",),
    ("country",),
    ("theme",),
)
_CLAUSES = 3
# From how many points against on, a reason says so.
_AGAINST = -0.5
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
    "past_kindred": {"startup": ("raising", "city", "founded", "stage")},
}
# What a profile leaves open that would have been measured: field → words.
_OPEN_STARTUP = {
    "summary": "what it does",
    "sectors": "its sectors",
    "country": "its country",
    "stage": "its stage",
    "raising": "what it is raising",
    "seeks": "what it seeks",
}
# Field of the startup → the rule that tells when it is missing.
_RULE_OF = {"sectors": "sector", "country": "country", "stage": "stage", "raising": "ticket"}
_OPEN_PARTNER = {"thesis": "what it looks for", "sectors": "its sectors"}


def lines(inputs: Inputs, matches: Matches, rows: Sequence[int], ranks: Sequence[int]) -> Iterator[MatchLine]:
    """A line for each of these rows of `matches.pairs`, with its one-sentence reason."""
    clauses = Clauses(inputs, matches)
    for row, rank, leading in zip(rows, ranks, _leading_features(matches, rows), strict=True):
        pair = clauses.pair(row)
        band = int(matches.ranked.band[row])
        yield MatchLine(
            startup_id=pair.startup.id,
            partner_id=pair.partner.id,
            rank=rank,
            score=float(matches.ranked.scores[row]) if band >= 0 else None,
            kind=pair.partner.kind,
            band=BANDS[band] if band >= 0 else NOT_ASSESSED,
            reason=_sentence(clauses, pair, leading) if band >= 0 else _not_assessed(pair),
        )


def accounts(
    inputs: Inputs, matches: Matches, rows: Sequence[int], ranks: Sequence[int | None], sentence_rows: SentenceRows
) -> Iterator[Account]:
    """The whole account of each of these rows. sentence_rows must hold every sentence of the texts involved."""
    clauses = Clauses(inputs, matches)
    met_before: dict[tuple[str, str], list[HistoryRecord]] = {}
    for record in inputs.history:
        met_before.setdefault((record.startup_id, record.partner_id), []).append(record)
    for row, rank, leading in zip(rows, ranks, _leading_features(matches, rows), strict=True):
        pair = clauses.pair(row)
        band = int(matches.ranked.band[row])
        said = _rules(inputs, matches, pair)
        eligible = not said[UNMET]
        yield Account(
            startup_id=pair.startup.id,
            partner_id=pair.partner.id,
            programme_id=inputs.programme.id if inputs.programme else None,
            kind=pair.partner.kind,
            rank=rank,
            eligible=eligible,
            score=float(matches.ranked.scores[row]) if band >= 0 else None,
            band=BANDS[band] if band >= 0 else NOT_ASSESSED,
            confidence=float(matches.ranked.confidence[row]),
            base=matches.ranked.base if band >= 0 else None,
            reason=_sentence(clauses, pair, leading) if band >= 0 else _not_assessed(pair),
            contributions=_contributions(clauses, pair, sentence_rows) if band >= 0 else (),
            met=tuple(said[MET]),
            unmet=tuple(said[UNMET]),
            unknown=(*said[UNKNOWN], *_left_open(pair, {answer.rule for answer in said[UNKNOWN]})),
            cautions=tuple(_cautions(inputs, pair, met_before.get((pair.startup.id, pair.partner.id), ()))),
            why_not=_why_not(pair, band, said[UNMET]),
        )


def texts_to_quote(inputs: Inputs, matches: Matches, rows: Iterable[int]) -> set[str]:
    """Every text that an account of these rows may quote: their sentences' vectors are needed."""
    clauses = Clauses(inputs, matches)
    texts: set[str] = set()
    for row in rows:
        pair = clauses.pair(row)
        texts.add(pair.startup.summary or "")
        places = [*(clauses.nearest(pair, role) for role in (THESIS, BRIEF, EARLIER)), clauses.best_theme(pair)]
        places.append(int(matches.features.past.closest[row]))
        texts |= {inputs.texts.texts[place] for place in places if place >= 0}
    return texts - {""}


def _leading_features(matches: Matches, rows: Sequence[int]) -> list[list[str]]:
    """For each of these pairs, the features that speak for it, biggest group first."""
    points = matches.ranked.points[np.asarray(rows, np.int64)]
    column = {name: at for at, name in enumerate(_NAMES)}
    groups = [np.array([column[name] for name in group]) for group in _GROUPS]
    totals = np.column_stack([points[:, group].sum(axis=1) for group in groups])
    speaks = np.column_stack([at[points[:, at].argmax(axis=1)] for at in groups])
    order = np.argsort(-totals, axis=1, kind="stable")[:, :_CLAUSES]
    chosen = np.where(np.take_along_axis(totals, order, 1) > 0, np.take_along_axis(speaks, order, 1), -1)
    return [[_NAMES[at] for at in row if at >= 0] for row in chosen.tolist()]


def _sentence(clauses: Clauses, pair: PairRow, features: list[str]) -> str:
    if not features:
        return "Nothing in what the two profiles say points to a fit."
    text = "; ".join(clauses.clauses(features, pair, together=True))
    against = min(COUNTED, key=lambda name: clauses.points(name, pair))
    if clauses.points(against, pair) < _AGAINST:
        text += f"; but {clauses.past.clause(against, pair)}"
    return f"{text[0].upper()}{text[1:]}."


def _not_assessed(pair: PairRow) -> str:
    if not startup_says_enough(pair.startup):
        return (
            "Not assessed: the startup's summary says too little; two sentences on what it does and for whom will do."
        )
    return "Not assessed: the partner says too little of what it looks for; two sentences of thesis will do."


def _contributions(clauses: Clauses, pair: PairRow, sentence_rows: SentenceRows) -> tuple[Contribution, ...]:
    points = clauses.matches.ranked.points[pair.row]
    biggest_first = sorted((at for at in range(len(_NAMES)) if points[at] != 0), key=lambda at: (-abs(points[at]), at))
    made = []
    for at in biggest_first:
        (clause,) = clauses.clauses((_NAMES[at],), pair)
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
    inputs = clauses.inputs
    own = (("startup", "startup", pair.startup.id, "summary"), pair.startup.summary or "")
    meaning = {"thesis": THESIS, "brief": BRIEF}
    if feature in meaning:
        return nearest_sentences(own, _text(inputs, clauses.nearest(pair, meaning[feature])), rows)
    if feature == "past_close":
        return nearest_sentences(own, _text(inputs, int(clauses.matches.features.past.closest[pair.row])), rows)
    if feature in ("thesis_words", "earlier_words"):
        role = THESIS if feature == "thesis_words" else EARLIER
        other = _text(inputs, clauses.best_words(pair, role))
        return sentences_sharing_words(own, other, inputs.tokenizer.words, inputs.lexicon.of)
    if feature == "theme" and inputs.theme_row is not None:
        other = _text(inputs, clauses.best_theme(pair))
        return (sentence_nearest_to(inputs.theme_row, own, rows), sentence_nearest_to(inputs.theme_row, other, rows))
    return ()


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


def _rules(inputs: Inputs, matches: Matches, pair: PairRow) -> dict[int, list[RuleAnswer]]:
    startup, partner = matches.pairs.startup[pair.row], matches.pairs.partner[pair.row]
    said = (matches.admission.programme[startup].tolist(), matches.admission.partner[startup, partner].tolist())
    return answers(pair.startup, pair.partner, inputs.programme, said, inputs.vocabulary)


def _why_not(pair: PairRow, band: int, unmet: Sequence[RuleAnswer]) -> dict[str, str] | None:
    if unmet:
        return {"cause": "rule", "detail": unmet[0].detail}
    return {"cause": "unknown", "detail": _not_assessed(pair)} if band < 0 else None


def _left_open(pair: PairRow, told: set[str]) -> Iterator[RuleAnswer]:
    """What a profile does not say, unless a rule has told it already."""
    for who, record, fields in (("startup", pair.startup, _OPEN_STARTUP), ("partner", pair.partner, _OPEN_PARTNER)):
        for field, words in fields.items():
            if getattr(record, field) in (None, ()) and (who == "partner" or _RULE_OF.get(field) not in told):
                yield RuleAnswer(rule=field, asked_by="profile", detail=f"The {who} does not state {words}.")


def _cautions(inputs: Inputs, pair: PairRow, met_before: Sequence[HistoryRecord]) -> Iterator[str]:
    for record in met_before:
        when = f" ({record.date})" if record.date else ""
        word = record.outcome.replace("_", " ")
        yield f"{'Partners already' if record.outcome in BACKED else 'They know each other'}: {word}{when}."
    if pair.startup.uk_entity == "planned" and (pair.partner.requires_uk_entity or pair.partner.requires_eis_seis):
        yield "They ask for a UK entity; the startup's is planned, not there yet."
    most, raising = inputs.rates.gbp(pair.partner.ticket_max), inputs.rates.gbp(pair.startup.raising)
    if most and raising and raising > most:
        yield f"Their largest ticket covers about {max(1, round(100 * most / raising))} % of the raise."
    if pair.partner.capacity == 0:
        yield "They take no meetings at present (capacity 0)."
