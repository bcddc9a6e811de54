"""What a partner says it looks for, held against what a startup says, as clauses for or against a pair."""

from __future__ import annotations

from collections.abc import Callable

from matcher.steps.inputs import Inputs
from matcher.steps.matches import Matches, PairRow
from matcher.steps.measure import FEATURES
from matcher.steps.nearness import CLOSE, nearness
from matcher.steps.past_clauses import PastClauses
from matcher.steps.past_words import these
from matcher.steps.telling_words import TellingWords
from matcher.steps.texts import BRIEF, THESIS

_COLUMN = {name: column for column, name in enumerate(FEATURES)}
# What a thesis is called; what they look for, where nothing else is said.
_ASKS = {"investor": "their thesis", "accelerator": "what their cohorts are for", "adviser": "what they advise on"}
# By nearness: far, loose, close.
_IN_MEANING = ("has a little in common with", "touches on", "is close in meaning to")
_ANSWERS = ("has a little in common with", "touches on", "may answer")


class AskedClauses:
    """Writes about theses, briefs and the edition's theme, of the pairs of one match."""

    def __init__(self, inputs: Inputs, matches: Matches, past: PastClauses, words: TellingWords) -> None:
        self._inputs = inputs
        self._matches = matches
        self._past = past
        self._words = words
        self._write: dict[str, Callable[[PairRow, bool], str]] = {
            "thesis": self._thesis,
            "thesis_words": self._thesis_words,
            "brief": self._brief,
            "theme": self._theme,
        }

    def clause(self, feature: str, pair: PairRow) -> str:
        """What one of these features says."""
        speaks_for = self._matches.ranked.points[pair.row, _COLUMN[feature]] > 0
        return self._write[feature](pair, bool(speaks_for))

    def text(self, feature: str, pair: PairRow) -> int:
        """The row of PartnerTexts that the clause rests on, -1 where there is none."""
        if feature == "theme":
            return int(self._matches.features.best_theme[self._matches.pairs.partner[pair.row]])
        if feature == "thesis_words":
            best = int(self._matches.features.best_words[THESIS][pair.row])
            return best if best >= 0 else max(self._nearest(pair, role) for role in (THESIS, BRIEF))
        return self._nearest(pair, BRIEF if feature == "brief" else THESIS)

    def _nearest(self, pair: PairRow, role: int) -> int:
        return int(self._matches.near.text[role][pair.row, 0])

    def _nearness(self, pair: PairRow, role: int) -> int:
        return nearness(self._matches.near.similarity[role][pair.row, 0])

    def _thesis(self, pair: PairRow, speaks_for: bool) -> str:
        asks = _asks(pair)
        if speaks_for:
            words = self._words.quoted(pair, self._nearest(pair, THESIS))
            return f"its summary {_IN_MEANING[self._nearness(pair, THESIS)]} {asks}{words and f' ({words})'}"
        if self._nearness(pair, THESIS) == CLOSE and self._matches.features.past.number[pair.row]:
            return f"{asks} counts little beside {these(pair, self._past.counted(pair))}"
        return f"its summary is not close in meaning to {asks}"

    def _thesis_words(self, pair: PairRow, speaks_for: bool) -> str:
        row = self.text("thesis_words", pair)
        words = self._words.quoted(pair, row) or self._words.quoted(pair, row, places=True)
        in_brief = self._inputs.texts.role[row] == BRIEF
        asks = self._named_brief(row) if in_brief else _asks(pair)
        if not speaks_for:
            return f"it shares only {words} with {asks}" if words else f"it shares no telling word with {asks}"
        if words:
            return f"both speak of {words}"
        if not in_brief and self._words.shared(pair, row):  # told already, for their brief or an earlier company
            return f"these words are in {asks} too"
        if self._nearest(pair, THESIS) >= 0:
            return f"its summary {_IN_MEANING[self._nearness(pair, THESIS)]} {_asks(pair)}"
        return f"it {_ANSWERS[self._nearness(pair, BRIEF)]} {asks}"

    def _brief(self, pair: PairRow, speaks_for: bool) -> str:
        row = self._nearest(pair, BRIEF)
        if not speaks_for:
            return f"it is not close in meaning to {self._named_brief(row)}"
        words = self._words.quoted(pair, row)
        return f"it {_ANSWERS[self._nearness(pair, BRIEF)]} {self._named_brief(row)}{words and f' ({words})'}"

    def _named_brief(self, row: int) -> str:
        return f"their brief “{self._inputs.texts.names[row]}”"

    def _theme(self, pair: PairRow, speaks_for: bool) -> str:
        return "both speak to the edition's theme" if speaks_for else "the two do not both speak to the edition's theme"


def _asks(pair: PairRow) -> str:
    return _ASKS.get(pair.partner.kind, "what they look for")
