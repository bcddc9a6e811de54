"""What each feature says of a pair, for it or against it, as a clause that names facts of both profiles."""

from __future__ import annotations

from matcher.steps.asked_clauses import AskedClauses
from matcher.steps.inputs import Inputs
from matcher.steps.matches import Matches, PairRow
from matcher.steps.near_clauses import NearClauses
from matcher.steps.past_clauses import COUNTED, PastClauses
from matcher.steps.stated_clauses import StatedClauses
from matcher.steps.telling_words import TellingWords

_NEAR = ("past_close", "earlier_words")
_ASKED = ("thesis", "thesis_words", "brief", "theme")


class Clauses:
    """Writes the clauses of the pairs of one match; keeps what is asked for again and again."""

    def __init__(self, inputs: Inputs, matches: Matches) -> None:
        self.inputs = inputs
        self.matches = matches
        self.words = TellingWords(inputs)
        self.past = PastClauses(inputs, matches)
        self._near = NearClauses(inputs, matches, self.past, self.words)
        self._asked = AskedClauses(inputs, matches, self.past, self.words)
        self._stated = StatedClauses(inputs, matches)

    def pair(self, row: int) -> PairRow:
        """The pair of a row."""
        pairs, matches = self.matches.pairs, self.matches
        startup = int(matches.startup_places[pairs.startup[row]])
        partner = int(matches.partner_places[pairs.partner[row]])
        return PairRow(
            row=row,
            startup_place=startup,
            partner_place=partner,
            startup=self.inputs.startups[startup],
            partner=self.inputs.partners[partner],
        )

    def clause(self, feature: str, pair: PairRow, again: bool = False, briefly: bool = False) -> str:
        """What a feature says of a pair, for it, against it or neither as its points are; no capital, no full stop.

        Words are quoted once until `words.start_anew`. again: the reason has told how many companies there were.
        briefly: without why it weighs as little as it does.
        """
        if feature in COUNTED:
            return self.past.clause(feature, pair, again)
        if feature in _NEAR:
            return self._near.clause(feature, pair, again)
        return self._asked.clause(feature, pair, briefly) if feature in _ASKED else self._stated.clause(feature, pair)

    def text(self, feature: str, pair: PairRow) -> int:
        """The row of PartnerTexts that the clause of a text feature rests on, -1 where there is none."""
        return self._near.text(feature, pair) if feature in _NEAR else self._asked.text(feature, pair)
