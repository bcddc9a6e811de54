"""What the texts of a partner's earlier companies say for or against a pair: how near they are, and in which words."""

from __future__ import annotations

from matcher.steps.inputs import Inputs
from matcher.steps.matches import Matches, PairRow
from matcher.steps.measure import FEATURES
from matcher.steps.nearness import AGAINST, CLOSE, FOR, NEITHER, SAYS_NEITHER, nearness, speaks
from matcher.steps.past_clauses import PastClauses
from matcher.steps.past_words import did, these
from matcher.steps.rule_words import listed
from matcher.steps.telling_words import TellingWords
from matcher.steps.texts import EARLIER
from matcher.steps.withheld import is_withheld

_COLUMN = {name: column for column, name in enumerate(FEATURES)}


class NearClauses:
    """Writes about the texts of earlier companies, of the pairs of one match."""

    def __init__(self, inputs: Inputs, matches: Matches, past: PastClauses, words: TellingWords) -> None:
        self._inputs = inputs
        self._matches = matches
        self._past = past
        self._words = words

    def clause(self, feature: str, pair: PairRow, again: bool = False) -> str:
        """What past_close or earlier_words says. again: the reason has told how many companies there were."""
        which_way = speaks(float(self._matches.ranked.points[pair.row, _COLUMN[feature]]))
        if feature == "earlier_words":
            return self._shares(pair, which_way) if which_way != AGAINST else self._shares_little(pair, again)
        if which_way == NEITHER:
            return self._as_near_as_any(pair)
        return self._close(pair) if which_way == FOR else self._not_close(pair, again)

    def text(self, feature: str, pair: PairRow) -> int:
        """The row of PartnerTexts that the clause speaks of, -1 where there is none."""
        past = self._matches.features.past
        if self._matches.ranked.points[pair.row, _COLUMN[feature]] > 0:
            own = past.closest if feature == "past_close" else self._matches.features.best_words[EARLIER]
            if own[pair.row] >= 0:
                return int(own[pair.row])
        return int(self._matches.near.text[EARLIER][pair.row, 0])

    def _close(self, pair: PairRow) -> str:
        """The company that adds most, and the next nearest where it is close too."""
        row = self.text("past_close", pair)
        if row < 0:
            return self._untold(pair)
        near = self._matches.near
        cosines = dict(
            zip(near.text[EARLIER][pair.row].tolist(), near.similarity[EARLIER][pair.row].tolist(), strict=True)
        )
        if row not in cosines:
            cosines[row] = float(self._inputs.startup_rows[pair.startup_place] @ self._inputs.text_rows[row])
        names = self._inputs.texts.names
        words = self._words.quoted(pair, row)
        in_words = f" ({words})" if words else ""
        if nearness(cosines.pop(row)) != CLOSE:
            if self._past.counted(pair).number == 1:
                return f"it has something in common with {names[row]}, which they {did(pair)}{in_words}"
            return f"the most like it of those they {did(pair)} is {names[row]}{in_words}"
        others = [names[other] for other, cosine in cosines.items() if nearness(cosine) == CLOSE]
        close = list(dict.fromkeys([names[row], *others]))[:2]
        # Without a telling word in common it is the meaning alone that is near.
        is_close = "is close" if self._words.shared(pair, row) else "is close in meaning"
        return f"it {is_close} to {listed(close)}, which they {did(pair)}{in_words}"

    def _not_close(self, pair: PairRow, again: bool) -> str:
        row = int(self._matches.near.text[EARLIER][pair.row, 0])
        if row < 0:
            return self._untold(pair)
        name, counted = self._inputs.texts.names[row], self._past.counted(pair)
        companies = these(pair, counted, again)
        is_close = nearness(self._matches.near.similarity[EARLIER][pair.row, 0]) == CLOSE
        if counted.number == 1:
            close = "as close to it in meaning as the average partner's past" if is_close else "close to it in meaning"
            return f"{name}{'' if again else f', {companies},'} is not {close}"
        if is_close:
            return f"{companies} are not as close to it in meaning as the average partner's, {name} the nearest"
        return f"even {name}, the nearest of {companies}, is not close to it in meaning"

    def _untold(self, pair: PairRow) -> str:
        counted = self._past.counted(pair)
        return f"nothing is told of what {these(pair, counted)} {'does' if counted.number == 1 else 'do'}"

    def _as_near_as_any(self, pair: PairRow) -> str:
        row = self.text("past_close", pair)
        if row < 0:
            return self._untold(pair)
        counted, name = self._past.counted(pair), self._inputs.texts.names[row]
        companies = these(pair, counted)
        if counted.number == 1:
            return f"{name}, {companies}, is as near to it in meaning as is usual: {SAYS_NEITHER}"
        return f"{companies} are as near to it in meaning as is usual, {name} the nearest: {SAYS_NEITHER}"

    def _shares(self, pair: PairRow, which_way: int) -> str:
        row = self.text("earlier_words", pair)
        words = self._words.quoted(pair, row) or self._words.quoted(pair, row, places=True)
        if not words and self._words.shared(pair, row):  # told already, for their thesis or a brief
            words = "these words"
        # None is written alike by both: "ML" and "machine learning" are one word, "family" and "families" too.
        words = words or self._words.passing(pair, row) or "some words"
        neither = f": {SAYS_NEITHER}" if which_way == NEITHER else ""
        return f"it shares {words} with {self._inputs.texts.names[row]}, which they {did(pair)}{neither}"

    def _shares_little(self, pair: PairRow, again: bool) -> str:
        row = int(self._matches.features.best_words[EARLIER][pair.row])
        words, counted = self._words.quoted(pair, row), self._past.counted(pair)
        words = words or (self._words.passing(pair, row) if row >= 0 else "")
        companies = these(pair, counted, again)
        if not words and row >= 0 and is_withheld(self._inputs, row):
            return f"it shares little with {companies}"
        if not words:
            return f"it shares no telling word with {'any of ' if counted.number > 1 else ''}{companies}"
        name = self._inputs.texts.names[row]
        if counted.number == 1:
            return f"it shares only {words} with {name}{'' if again else f', {companies}'}"
        return f"it shares little with {companies}, at most {words} with {name}"
