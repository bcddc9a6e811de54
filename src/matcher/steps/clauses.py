"""What each feature says of a pair, as a clause that names facts of both profiles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from matcher.domain import money
from matcher.domain.vocabulary import KIND_LABELS, KINDS_FOR, STAGE_LABELS
from matcher.steps.inputs import Inputs
from matcher.steps.lexical import by_weight
from matcher.steps.matches import Matches, PairRow
from matcher.steps.measure import FEATURES
from matcher.steps.past_clauses import PastClauses
from matcher.steps.rule_words import listed, ticket_words
from matcher.steps.texts import BRIEF, EARLIER, THESIS

_ASKS_WORDS = {
    "investor": "their thesis",
    "accelerator": "what their cohorts are for",
    "adviser": "what they advise on",
}
# What is counted of a partner's earlier companies.
COUNTED = ("past_sector", "past_country", "past_kindred", "past_active")
_COLUMN = {name: column for column, name in enumerate(FEATURES)}
_SEEKS_WORDS = {
    "investment": "investment",
    "accelerator": "an accelerator",
    "customers": "customers",
    "pilot": "a pilot",
    "distribution": "distribution",
    "advice": "advice",
}
_MOST_WORDS = 3


class Clauses:
    """Writes the clauses of the pairs of one match; keeps what is asked for again and again."""

    def __init__(self, inputs: Inputs, matches: Matches) -> None:
        self.inputs = inputs
        self.matches = matches
        self.past = PastClauses(inputs, matches)
        self._written: dict[str, dict[str, str]] = {}
        self._words: dict[str, frozenset[str]] = {}
        self._quoted: set[str] = set()
        self._write: dict[str, Callable[[PairRow], str]] = {
            "thesis": self._thesis,
            "thesis_words": self._thesis_words,
            "brief": self._brief,
            "earlier_words": self._earlier_words,
            "theme": self._theme,
            "sector": self._sector,
            "technology": self._technology,
            "stage": self._stage,
            "country": self._country,
            "ticket": self._ticket,
            "gives": self._gives,
            "past_close": self._past_close,
        }
        for counted in COUNTED:
            self._write[counted] = partial(self.past.clause, counted)

    def pair(self, row: int) -> PairRow:
        """The pair of a row."""
        pairs, matches = self.matches.pairs, self.matches
        return PairRow(
            row=row,
            startup=self.inputs.startups[matches.startup_places[pairs.startup[row]]],
            partner=self.inputs.partners[matches.partner_places[pairs.partner[row]]],
        )

    def clauses(self, features: Iterable[str], pair: PairRow, together: bool = False) -> list[str]:
        """What these features say of a pair, without capitals and full stops; no word is quoted twice.

        Only for features that add points, or counted ones that take some. together: one counted feature speaks for all
        of them that add points.
        """
        self._quoted = set()
        return [
            self.past.together(pair) if together and feature in COUNTED else self._write[feature](pair)
            for feature in features
        ]

    def points(self, feature: str, pair: PairRow) -> float:
        """What a feature adds to the score of a pair."""
        return float(self.matches.ranked.points[pair.row, _COLUMN[feature]])

    def words_in_common(self, summary: str, text_row: int) -> list[str]:
        """The weightiest words the summary shares with a partner's text, as the summary writes them."""
        if text_row < 0:
            return []
        both = self._set(summary) & self._set(self.inputs.texts.texts[text_row])
        if not both:
            return []
        if summary not in self._written:
            self._written[summary] = self.inputs.tokenizer.as_written(summary)
        chosen: list[str] = []
        for word in by_weight(both - self._quoted, self.inputs.lexicon):
            written = self._written[summary][word]
            self._quoted.add(word)
            if not any(written.casefold() in other.casefold() for other in chosen):
                chosen = [other for other in chosen if other.casefold() not in written.casefold()] + [written]
            if len(chosen) == _MOST_WORDS:
                break
        return chosen

    def nearest(self, pair: PairRow, role: int) -> int:
        """The row of the partner's text nearest to the startup, -1 where there is none."""
        return int(self.matches.near.text[role][pair.row, 0])

    def best_theme(self, pair: PairRow) -> int:
        """The row of the partner's text nearest to the edition's theme, -1 where there is none."""
        return int(self.matches.features.best_theme[self.matches.pairs.partner[pair.row]])

    def best_words(self, pair: PairRow, role: int) -> int:
        """The row of the partner's text that shares most words, -1 where none does."""
        return int(self.matches.features.best_words[role][pair.row])

    def _set(self, text: str) -> frozenset[str]:
        if text not in self._words:
            self._words[text] = frozenset(self.inputs.tokenizer.words(text))
        return self._words[text]

    def _common(self, pair: PairRow, text_row: int) -> str:
        return listed(f"“{word}”" for word in self.words_in_common(pair.startup.summary or "", text_row))

    def _thesis(self, pair: PairRow) -> str:
        return f"its summary is close in meaning to {_ASKS_WORDS.get(pair.partner.kind, 'what they look for')}"

    def _thesis_words(self, pair: PairRow) -> str:
        words = self._common(pair, self.best_words(pair, THESIS))
        # Every word may have been quoted already, for their brief.
        return f"both speak of {words}" if words else self._thesis(pair)

    def _brief(self, pair: PairRow) -> str:
        row = self.nearest(pair, BRIEF)
        words = self._common(pair, row)
        return f"it may answer their brief “{self.inputs.texts.names[row]}”{words and f' ({words})'}"

    def _close_to(self, pair: PairRow, rows: list[int]) -> str:
        did = self.past.did(pair)
        words = self._common(pair, rows[0])
        names = listed(dict.fromkeys(self.inputs.texts.names[row] for row in rows))
        return f"it is close to {names}, which they {did}{words and f' ({words})'}"

    def _earlier_words(self, pair: PairRow) -> str:
        row = self.best_words(pair, EARLIER)
        did = self.past.did(pair)
        words = self._common(pair, row)
        # Every word may have been quoted already.
        shares = f"it shares {words} with" if words else "it is close to"
        return f"{shares} {self.inputs.texts.names[row]}, which they {did}"

    def _theme(self, pair: PairRow) -> str:
        return "both speak to the edition's theme"

    def _sector(self, pair: PairRow) -> str:
        vocabulary = self.inputs.vocabulary
        same = [tag for tag in pair.startup.sectors if tag in pair.partner.sectors]
        if same:
            return f"both name {listed(vocabulary.label(tag) for tag in same)}"
        for own in pair.startup.sectors:
            for other in pair.partner.sectors:
                if other in vocabulary.wider(own) or own in vocabulary.wider(other):
                    return f"its {vocabulary.label(own)} is near their {vocabulary.label(other)}"
        return "their sectors are alike"

    def _technology(self, pair: PairRow) -> str:
        same = [tag for tag in pair.startup.technologies if tag in pair.partner.technologies]
        return f"both name {listed(self.inputs.vocabulary.label(tag) for tag in same)} as a technology"

    def _stage(self, pair: PairRow) -> str:
        return f"they take startups at {STAGE_LABELS[pair.startup.stage or '']}, where it is"

    def _country(self, pair: PairRow) -> str:
        return f"they take startups from {self.inputs.vocabulary.country(pair.startup.country or '')}, where it is"

    def _ticket(self, pair: PairRow) -> str:
        raise_ = money.words(pair.startup.raising) if pair.startup.raising else ""
        covered = float(self.matches.features.values[pair.row, _COLUMN["ticket"]])
        if covered < 1:
            share = max(1, min(99, round(100 * covered)))
            return f"their ticket of {ticket_words(pair.partner)} covers up to {share} % of its raise of {raise_}"
        return f"its raise of {raise_} is within their ticket of {ticket_words(pair.partner)}"

    def _gives(self, pair: PairRow) -> str:
        sought = [_SEEKS_WORDS[one] for one in pair.startup.seeks if pair.partner.kind in KINDS_FOR[one]]
        kind = KIND_LABELS[pair.partner.kind]
        return f"it seeks {listed(sought)}, which {'an' if kind[0] in 'aeiou' else 'a'} {kind} can give"

    def _past_close(self, pair: PairRow) -> str:
        closest = int(self.matches.features.past.closest[pair.row])
        others = [int(row) for row in self.matches.near.text[EARLIER][pair.row] if row >= 0 and int(row) != closest]
        return self._close_to(pair, [closest, *others[:1]])
