"""Scores in words: one sentence for a list, the whole account for a pair; both from the same contributions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from matcher.domain.match import Account, MatchLine, RuleAnswer
from matcher.domain.override import PIN
from matcher.domain.profile import HistoryRecord
from matcher.domain.vocabulary import BACKED, STARTUP_KIND
from matcher.steps.admit import MET, UNKNOWN, UNMET
from matcher.steps.clauses import Clauses
from matcher.steps.contributions import QUOTED, contributions
from matcher.steps.corridor import stored_field
from matcher.steps.flags import flags
from matcher.steps.inputs import Inputs
from matcher.steps.languages import unread
from matcher.steps.matches import Matches, PairRow
from matcher.steps.missing import missing
from matcher.steps.quote import Withouts
from matcher.steps.rank import BANDS, NOT_ASSESSED
from matcher.steps.rule_words import answers
from matcher.steps.sentence import sentence

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
_OPEN_OTHER_SIDE = {"thesis": "what it does", "sectors": "its sectors"}


def lines(inputs: Inputs, matches: Matches, rows: Sequence[int], ranks: Sequence[int]) -> Iterator[MatchLine]:
    """A line for each of these rows of `matches.pairs`, with its one-sentence reason."""
    clauses = Clauses(inputs, matches)
    for row, rank in zip(rows, ranks, strict=True):
        pair = clauses.pair(row)
        band = int(matches.ranked.band[row])
        yield MatchLine(
            startup_id=pair.startup.id,
            partner_id=pair.partner.id,
            rank=rank,
            score=float(matches.ranked.scores[row]) if band >= 0 and inputs.audience.sees_points else None,
            kind=pair.partner.kind,
            band=BANDS[band] if band >= 0 else NOT_ASSESSED,
            confidence=float(matches.ranked.confidence[row]),
            reason=sentence(clauses, pair)
            if band >= 0
            else missing(inputs, pair.startup_place, pair.partner_place).reason,
        )


def accounts(
    inputs: Inputs, matches: Matches, rows: Sequence[int], ranks: Sequence[int | None], withouts: Withouts
) -> Iterator[Account]:
    """The whole account of each of these rows. withouts must hold what `to_quote` names for them."""
    clauses = Clauses(inputs, matches)
    met_before: dict[tuple[str, str], list[HistoryRecord]] = {}
    for record in inputs.history:
        met_before.setdefault((record.startup_id, record.partner_id), []).append(record)
    for row, rank in zip(rows, ranks, strict=True):
        pair = clauses.pair(row)
        band = int(matches.ranked.band[row])
        said = _rules(inputs, matches, pair)
        eligible = not said[UNMET]
        lacks = None if band >= 0 else missing(inputs, pair.startup_place, pair.partner_place)
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
            for_startup=float(matches.ranked.for_startup[row]) if band >= 0 else None,
            for_partner=float(matches.ranked.for_partner[row]) if band >= 0 else None,
            reason=lacks.reason if lacks else sentence(clauses, pair),
            remedy=lacks.remedy if lacks else None,
            startup_name=pair.startup.name,
            partner_name=pair.partner.name,
            contributions=contributions(clauses, pair, withouts) if band >= 0 else (),
            met=tuple(said[MET]),
            unmet=tuple(said[UNMET]),
            unknown=(*said[UNKNOWN], *_left_open(pair, {answer.rule for answer in said[UNKNOWN]})),
            cautions=(
                *_cautions(inputs, pair, met_before.get((pair.startup.id, pair.partner.id), ())),
                *unread(inputs, pair.startup_place, pair.partner_place),
            ),
            flags=(*_decided(inputs, pair), *_flags(inputs, pair)),
            summary_language=inputs.letters[pair.startup_place].language,
            thesis_language=inputs.readable.of_thesis[pair.partner_place],
            audience=inputs.audience,
        )


def to_quote(inputs: Inputs, matches: Matches, rows: Iterable[int]) -> tuple[dict[int, list[int]], list[int]]:
    """What accounts of these rows may quote: startup place → partner places, and rows of PartnerTexts, ascending."""
    clauses = Clauses(inputs, matches)
    pairs: dict[int, list[int]] = {}
    texts: set[int] = set()
    for row in rows:
        if matches.assessed[row]:
            pair = clauses.pair(row)
            pairs.setdefault(pair.startup_place, []).append(pair.partner_place)
            texts |= {clauses.text(feature, pair) for feature in QUOTED}
    return {startup: sorted(set(partners)) for startup, partners in pairs.items()}, sorted(texts - {-1})


def _decided(inputs: Inputs, pair: PairRow) -> Iterator[str]:
    """What officers decided of the pair in the edition: for staff alone."""
    if inputs.audience.sees_points:
        for one in inputs.overrides:
            if one.pair == (pair.startup.id, pair.partner.id):
                word = "Pinned" if one.kind == PIN else "Banned"
                yield f"{word} by {one.person}: “{one.reason}”."


def _flags(inputs: Inputs, pair: PairRow) -> tuple[str, ...]:
    """For staff alone: who is told which trick was seen tries the next."""
    if not inputs.audience.sees_points:
        return ()
    return tuple(flags(inputs, pair.startup_place))


def _rules(inputs: Inputs, matches: Matches, pair: PairRow) -> dict[int, list[RuleAnswer]]:
    startup, partner = matches.pairs.startup[pair.row], matches.pairs.partner[pair.row]
    said = (
        matches.admission.programme[startup].tolist(),
        matches.admission.partner[startup, partner].tolist(),
        matches.admission.between[startup, partner].tolist(),
    )
    return answers(pair.startup, pair.partner, inputs.programme, said, inputs.vocabulary, inputs.around)


def _left_open(pair: PairRow, told: set[str]) -> Iterator[RuleAnswer]:
    """What a profile does not say, unless a rule has told it already."""
    for field, words in _OPEN_STARTUP.items():
        if getattr(pair.startup, field) in (None, ()) and _RULE_OF.get(field) not in told:
            yield RuleAnswer(rule=field, asked_by="profile", detail=f"The startup does not state {words}.")
    is_startup = pair.partner.kind == STARTUP_KIND
    for field, words in (_OPEN_OTHER_SIDE if is_startup else _OPEN_PARTNER).items():
        if getattr(pair.partner, field) in (None, ()):
            who = "other side" if is_startup else "partner"
            rule = stored_field(pair.partner, field)[1]
            yield RuleAnswer(rule=rule, asked_by="profile", detail=f"The {who} does not state {words}.")


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
