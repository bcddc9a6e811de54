"""What a partner's earlier companies say for or against a pair, as clauses that count them."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from matcher.domain.vocabulary import STAGE_LABELS, folded
from matcher.steps.inputs import Inputs
from matcher.steps.likeness import RAISE_WIDTH, YEARS_WIDTH
from matcher.steps.matches import Matches, PairRow
from matcher.steps.measure import FEATURES
from matcher.steps.past import founded_years, itself, log_pounds
from matcher.steps.rule_words import listed

# What a partner of each kind did with its earlier companies.
BACKED_WORDS = {"investor": "backed", "accelerator": "took in"}
_COLUMN = {name: column for column, name in enumerate(FEATURES)}
_MOST_TAGS = 3
_MOST_LIKENESSES = 2


class PastClauses:
    """Writes what the past of a pair's partner says, of the pairs of one match."""

    def __init__(self, inputs: Inputs, matches: Matches) -> None:
        self._inputs = inputs
        self._matches = matches

    def did(self, pair: PairRow) -> str:
        """What the partner did with its earlier companies: backed, took in, worked with."""
        return BACKED_WORDS.get(pair.partner.kind, "worked with")

    def clause(self, feature: str, pair: PairRow) -> str:
        """What one of the counted features says by itself."""
        number = self._count("past_active", pair)
        if feature == "past_active":
            return f"they {self.did(pair)} {number} {_companies(number)} before"
        if self._points(feature, pair) < 0:
            return self._against(feature, pair, number)
        return self._of_them(pair, [self._found(feature, pair)])

    def together(self, pair: PairRow) -> str:
        """What the counted features that speak for the pair say, in one clause."""
        names = [name for name in ("past_sector", "past_country", "past_kindred") if self._points(name, pair) > 0]
        if not names:
            return self.clause("past_active", pair)
        return self._of_them(pair, [self._found(name, pair) for name in names])

    def _of_them(self, pair: PairRow, found: list[str]) -> str:
        number = self._count("past_active", pair)
        if number == 1:
            return f"the one company they {self.did(pair)} {listed(words.removeprefix('1 ') for words in found)}"
        return f"of the {number} companies they {self.did(pair)}, {listed(found)}"

    def _found(self, feature: str, pair: PairRow) -> str:
        if feature == "past_kindred":
            return self._kindred(pair)
        found = self._count(feature, pair)
        return f"{found} {_is(found)} {self._like(feature, pair)}"

    def _against(self, feature: str, pair: PairRow, number: int) -> str:
        did = self.did(pair)
        if feature == "past_kindred":
            these = "few of the companies" if number > 1 else "the one company"
            return f"{these} they {did} {_is(number)} {'' if number > 1 else 'not '}like it in {self._stated(pair)}"
        found, like = self._count(feature, pair), self._like(feature, pair)
        if number == 1:
            return f"the one company they {did} is {'' if found else 'not '}{like}"
        if not found:
            return f"none of the {number} companies they {did} is {like}"
        return f"only {found} of the {number} companies they {did} {_is(found)} {like}, a smaller share than is usual"

    def _like(self, feature: str, pair: PairRow) -> str:
        vocabulary = self._inputs.vocabulary
        if feature == "past_country":
            return f"from {vocabulary.country(pair.startup.country or '')}"
        # A narrower word stands beside its sector: "biotechnology" is enough.
        tags = [tag for tag in pair.startup.sectors if not vocabulary.is_part(tag)] or pair.startup.sectors
        return f"in {listed((vocabulary.label(tag) for tag in tags[:_MOST_TAGS]), 'or')}"

    def _kindred(self, pair: PairRow) -> str:
        """How many of the companies are like the startup in raise, place, age and stage; the most telling two."""
        startup, before = pair.startup, self._inputs.past
        start, stop = before.bounds[self._matches.partner_places[self._matches.pairs.partner[pair.row]]]
        own = slice(start, stop)
        place = self._matches.startup_places[self._matches.pairs.startup[pair.row]]
        others = ~itself(before, np.array([place], np.int32), own)[0]

        def number(alike: NDArray[np.bool_]) -> int:
            return int((alike & others).sum())

        raising = log_pounds([startup.raising], self._inputs.rates)[0]
        founded = founded_years([startup])[0]
        parts = (
            (number(before.city[own] == before.city_code.get(folded(startup.city or ""), -2)), f"from {startup.city}"),
            (number(np.abs(before.raising[own] - raising) <= RAISE_WIDTH), "with a raise about the size of its own"),
            (
                number(before.stage[own] == before.stage_code.get(startup.stage or "", -2)),
                f"at {STAGE_LABELS.get(startup.stage or '', '')}",
            ),
            (
                number(np.abs(before.founded[own] - founded) <= YEARS_WIDTH),
                f"founded within {YEARS_WIDTH:.0f} years of it",
            ),
        )
        found = [(count, words) for count, words in parts if count]
        if not found:
            return f"1 is nearer to it in {self._stated(pair)} than is usual"
        return listed(f"{count} {_is(count)} {words}" for count, words in found[:_MOST_LIKENESSES])

    def _stated(self, pair: PairRow) -> str:
        """What the startup states of the likenesses there are."""
        startup = pair.startup
        said = (
            (not math.isnan(log_pounds([startup.raising], self._inputs.rates)[0]), "raise"),
            (startup.city, "place"),
            (startup.founded, "age"),
            (startup.stage, "stage"),
        )
        return listed([words for known, words in said if known], "or")

    def _count(self, feature: str, pair: PairRow) -> int:
        return int(self._matches.features.past.counts[feature][pair.row])

    def _points(self, feature: str, pair: PairRow) -> float:
        return float(self._matches.ranked.points[pair.row, _COLUMN[feature]])


def _companies(number: int) -> str:
    return "company" if number == 1 else "companies"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
