"""What a partner says it looks for, held against what a startup says, as clauses for or against a pair."""

from __future__ import annotations

from collections.abc import Callable

from matcher.domain.vocabulary import STARTUP_KIND
from matcher.steps.inputs import Inputs
from matcher.steps.matches import Matches, PairRow
from matcher.steps.measure import FEATURES
from matcher.steps.nearness import (
    AGAINST,
    CLOSE,
    FAR,
    FOR,
    LITTLE,
    NEITHER,
    SAYS_NEITHER,
    STILL_BETTER,
    nearness,
    speaks,
)
from matcher.steps.past_clauses import PastClauses
from matcher.steps.past_words import these
from matcher.steps.telling_words import TellingWords
from matcher.steps.texts import BRIEF, THESIS

_COLUMN = {name: column for column, name in enumerate(FEATURES)}
# What a thesis is called; what they look for, where nothing else is said.
_ASKS = {
    "investor": "their thesis",
    "accelerator": "what their cohorts are for",
    "adviser": "what they advise on",
    STARTUP_KIND: "what they do",
}
# Beside this many earlier companies a thesis counts a third.
_MANY = 4
# By nearness: far, loose, close.
_IN_MEANING = ("has a little in common with", "touches on", "is close in meaning to")
_ANSWERS = ("has a little in common with", "touches on", "may answer")
# Two texts may be near without a word in common that tells anything: enough to say so, not to speak of an answer.
_NEAR_ALONE = "is close in meaning to"


class AskedClauses:
    """Writes about theses, briefs and the edition's theme, of the pairs of one match."""

    def __init__(self, inputs: Inputs, matches: Matches, past: PastClauses, words: TellingWords) -> None:
        self._inputs = inputs
        self._matches = matches
        self._past = past
        self._words = words
        self._write: dict[str, Callable[[PairRow, float], tuple[str, str]]] = {
            "thesis": self._thesis,
            "thesis_words": self._thesis_words,
            "brief": self._brief,
            "theme": self._theme,
        }

    def clause(self, feature: str, pair: PairRow, briefly: bool = False) -> str:
        """What one of these features says. briefly: without why it weighs as little as it does."""
        points = float(self._matches.ranked.points[pair.row, _COLUMN[feature]])
        said, little = self._write[feature](pair, points)
        return said if briefly else f"{said}{little}"

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

    def _thesis(self, pair: PairRow, points: float) -> tuple[str, str]:
        asks = _asks(pair)
        if speaks(points) == AGAINST:
            if self._nearness(pair, THESIS) == CLOSE and self._matches.features.past.number[pair.row]:
                return f"{asks} counts little beside {these(pair, self._past.counted(pair))}", ""
            return f"its summary is not close in meaning to {asks}", ""
        words = self._words.quoted(pair, self._nearest(pair, THESIS))
        said = f"its summary {_IN_MEANING[self._nearness(pair, THESIS)]} {asks}{words and f' ({words})'}"
        return said, self._beside_the_past(pair, points)

    def _beside_the_past(self, pair: PairRow, points: float) -> str:
        """Why a thesis that is near adds next to nothing: what a partner did outweighs what it says."""
        if abs(points) < LITTLE and self._matches.features.past.number[pair.row] >= _MANY:
            return f", which counts little beside {these(pair, self._past.counted(pair))}"
        return f": {SAYS_NEITHER}" if speaks(points) == NEITHER else ""

    def _thesis_words(self, pair: PairRow, points: float) -> tuple[str, str]:
        row, against = self.text("thesis_words", pair), speaks(points) == AGAINST
        words = self._words.quoted(pair, row) or self._words.quoted(pair, row, places=True)
        in_brief = self._inputs.texts.role[row] == BRIEF
        asks = self._named_brief(row) if in_brief else _asks(pair)
        little = f": {SAYS_NEITHER}" if speaks(points) == NEITHER else ""
        if not in_brief and not against:
            little = self._beside_the_past(pair, points)
        if words:
            both = f"it and {asks} both speak" if in_brief else "both speak"
            return (f"it shares only {words} with {asks}" if against else f"{both} of {words}"), little
        if not against and self._words.shared(pair, row):  # told already, for an earlier company
            return f"these words are in {asks} too", little
        if passing := self._words.passing(pair, row):
            return f"it shares {'only ' if against else ''}{passing} with {asks}", little
        if not against and self._matches.features.best_words[THESIS][pair.row] >= 0:
            return f"it shares some words with {asks}", little
        still = f": {STILL_BETTER}" if speaks(points) == FOR else ""
        return f"it shares no telling word with {asks}{still}", "" if still else little

    def _brief(self, pair: PairRow, points: float) -> tuple[str, str]:
        row = self._nearest(pair, BRIEF)
        if speaks(points) == AGAINST:
            return f"it is not close in meaning to {self._named_brief(row)}", ""
        words = self._words.quoted(pair, row)
        near = self._nearness(pair, BRIEF)
        answers = _ANSWERS[near] if near != CLOSE or self._words.shared(pair, row) else _NEAR_ALONE
        said = f"it {answers} {self._named_brief(row)}{words and f' ({words})'}"
        return said, "" if speaks(points) == FOR else f": {SAYS_NEITHER}"

    def _named_brief(self, row: int) -> str:
        return f"their brief “{self._inputs.texts.names[row]}”"

    def _theme(self, pair: PairRow, points: float) -> tuple[str, str]:
        if speaks(points) == NEITHER:
            return f"the edition's theme speaks {SAYS_NEITHER}", ""
        if speaks(points) == AGAINST:
            return "the two do not both speak to the edition's theme", ""
        if self._matches.features.values[pair.row, _COLUMN["theme"]] <= 0:
            return f"the two do not both speak to the edition's theme: {STILL_BETTER}", ""
        if FAR in self._nearness_to_theme(pair):
            return "the two have a little in common with the edition's theme", ""
        return "both speak to the edition's theme", ""

    def _nearness_to_theme(self, pair: PairRow) -> tuple[int, int]:
        """Of the startup, and of the partner's text that is nearest to the theme."""
        theme, row = self._inputs.theme_row, self.text("theme", pair)
        if theme is None or row < 0:
            return FAR, FAR
        own = self._inputs.startup_rows[pair.startup_place]
        return nearness(float(own @ theme)), nearness(float(self._inputs.text_rows[row] @ theme))


def _asks(pair: PairRow) -> str:
    return _ASKS.get(pair.partner.kind, "what they look for")
