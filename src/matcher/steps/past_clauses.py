"""What a partner's earlier companies say for or against a pair, as clauses that count them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matcher.domain.vocabulary import folded
from matcher.steps.inputs import Inputs
from matcher.steps.kindred_clauses import alike, kindred_against, kindred_for, kindred_neither
from matcher.steps.matches import Matches, PairRow
from matcher.steps.measure import FEATURES
from matcher.steps.nearness import AGAINST, FOR, NEITHER, SAYS_NEITHER, STILL_BETTER, speaks
from matcher.steps.past_counts import Counted, PastCounts, sector_words
from matcher.steps.past_words import IS, Part, did, named, none_of, of_them, only, them
from matcher.steps.rule_words import listed

# What is counted of a partner's earlier companies.
COUNTED = ("past_sector", "past_country", "past_place", "past_kindred", "past_active")
_COLUMN = {name: column for column, name in enumerate(FEATURES)}
_WHAT = {"past_sector": "sector", "past_country": "country", "past_place": "place"}
_MOST_TAGS = 3
# More than these, and a reader loses the thread.
_MOST_PARTS = 3
# From how many times a country's points on a place tells of cities like the startup's own, too.
_MORE = 2.0
# A share so small that a reader wonders why it is told: it is still more than others have.
_SMALL = 0.1
# A past of more companies than these that weigh less than a quarter on average, two half-lives back, is said to be old.
_MANY = 4
_OLD = 0.25


class PastClauses:
    """Writes what the past of a pair's partner says, of the pairs of one match."""

    def __init__(self, inputs: Inputs, matches: Matches) -> None:
        self._inputs = inputs
        self._matches = matches
        self._counts = PastCounts(inputs)

    def counted(self, pair: PairRow) -> Counted:
        """How many of the partner's earlier companies share what with the startup."""
        return self._counts.of(pair)

    def clause(self, feature: str, pair: PairRow, again: bool = False) -> str:
        """What one of the counted features says by itself. again: the reason has told how many companies there are."""
        which_way = speaks(float(self._matches.ranked.points[pair.row, _COLUMN[feature]]))
        if feature == "past_active":
            return self._how_many(pair, which_way, again)
        if feature == "past_kindred":
            return self._kindred(pair, which_way, again)
        return self._shared(feature, pair, which_way, again)

    def _how_many(self, pair: PairRow, which_way: int, again: bool) -> str:
        counted = self.counted(pair)
        if which_way == AGAINST:
            return self._few(pair, counted, again)
        said = f"they {did(pair)} {_companies(counted)} before"
        return said if which_way == FOR else f"{said}: {SAYS_NEITHER}"

    def _kindred(self, pair: PairRow, which_way: int, again: bool) -> str:
        counted, value = self.counted(pair), self._value("past_kindred", pair)
        if which_way == NEITHER:
            return kindred_neither(pair, counted)
        return kindred_for(pair, counted, value) if which_way == FOR else kindred_against(pair, counted, value, again)

    def _shared(self, feature: str, pair: PairRow, which_way: int, again: bool) -> str:
        what, counted, value = _WHAT[feature], self.counted(pair), self._value(feature, pair)
        if which_way == AGAINST:
            return self._against(what, pair, counted, value, again)
        parts = self._parts(feature, pair, counted)
        if which_way == NEITHER:
            told = counted.comparable(what)
            said = of_them(pair, counted, parts) if parts else self._none(what, pair, told, them(pair, told))
            return f"{said}: {SAYS_NEITHER}"
        if not parts:
            return self._too_few(what, pair, counted, value)
        return f"{of_them(pair, counted, parts)}{f', no more than is usual: {STILL_BETTER}' if value <= 0 else ''}"

    def together(self, features: Sequence[str], pair: PairRow) -> str:
        """What these features, which speak for the pair, say in one clause, in this order."""
        counted = self.counted(pair)
        told = [name for name in features if name in _WHAT]
        at_home = {"past_country", "past_place"} <= set(told) and self._tells_home(pair, counted)
        parts: list[Part] = []
        for feature in features:
            if feature == "past_kindred":
                parts += alike(pair, counted, only_telling=bool(parts))
            elif feature in told and not (at_home and feature == "past_place"):
                parts += self._parts(feature, pair, counted, at_home)
        many = "past_active" in features
        return of_them(pair, counted, parts[:_MOST_PARTS], many) if parts else self.clause(features[0], pair)

    def _tells_home(self, pair: PairRow, counted: Counted) -> bool:
        """Whether the country's part, which tells how many are from the city itself, tells enough of the place too."""
        country, place = (
            self._matches.ranked.points[pair.row, _COLUMN[name]] for name in ("past_country", "past_place")
        )
        home = counted.found["city"]
        return home > 0 and (home == counted.found["place"] or bool(place <= _MORE * country))

    def is_told(self, feature: str, pair: PairRow) -> bool:
        """Whether a clause can say how many companies a feature speaks of: there are any, and more than is usual."""
        counted = self.counted(pair)
        if feature == "past_active":
            return counted.number > 0
        if feature == "past_kindred":
            return bool(alike(pair, counted))
        return self._value(feature, pair) > 0 and counted.found[_WHAT[feature]] > 0

    def is_nearer(self, pair: PairRow) -> bool:
        """Whether they are nearer to it in raise, age or stage than is usual, though none is called like it."""
        return self._value("past_kindred", pair) > 0 and not alike(pair, self.counted(pair))

    def _parts(self, feature: str, pair: PairRow, counted: Counted, at_home: bool = False) -> list[Part]:
        """The one part that sectors, country or place have in a clause; none where nothing is found."""
        what = _WHAT[feature]
        found = counted.found[what]
        if not found:
            return []
        words, usual = self._like(what, pair, counted, at_home), counted.usual[what]
        more = found / counted.told[what] > usual and self._value(feature, pair) > 0
        if found / counted.number < _SMALL and more:
            words = f"{words[:-1]}; more than is usual)" if words.endswith(")") else f"{words} (more than is usual)"
        return [(found, IS, words)]

    def _like(self, what: str, pair: PairRow, counted: Counted, at_home: bool = False) -> str:
        """In or from what the companies found are; where none is, what was looked for. at_home: with the city."""
        city = pair.startup.city or ""
        country = self._inputs.vocabulary.country(pair.startup.country or "")
        if what == "country":
            home = counted.found["city"] if at_home and folded(city) not in folded(country) else 0
            if home and home == counted.found["country"]:
                return f"from {city}, {country.removeprefix('the ')}"
            return f"from {country}{f' ({home} from {city})' if home else ''}"
        if what == "place":
            alike_too = counted.found["place"] != counted.found["city"] or not counted.found["place"]
            if alike_too or not country or folded(city) in folded(country):
                return f"from {city}{' or a city like it' if alike_too else ''}"
            return f"from {city}, {country.removeprefix('the ')}"
        found = sorted((tag for tag in counted.sectors if counted.sectors[tag]), key=lambda tag: -counted.sectors[tag])
        tags = found or list(counted.sectors)
        said = [sector_words(tag, self._inputs.vocabulary) for tag in tags[:_MOST_TAGS]]
        return f"in {listed(said if len(tags) <= _MOST_TAGS else [*said, 'another of its sectors'], 'or')}"

    def _against(self, what: str, pair: PairRow, counted: Counted, value: float, again: bool) -> str:
        counted = counted.comparable(what)
        found, subject = counted.found[what], them(pair, counted, again)
        if not found:
            return self._none(what, pair, counted, subject)
        if value >= 0:
            but = "too few to speak for it" if found < counted.number else "not enough to speak for it"
        elif found / counted.number < counted.usual[what]:
            but = "a smaller share than is usual"
        else:
            # Counted alike they are not fewer; weighed by how recent they are and how much they share, they are.
            but = "with less in common than is usual" if what == "sector" else "a smaller share than is usual lately"
        like = self._like(what, pair, counted)
        if counted.number == 1:
            return f"{subject} is {like}, {but}"
        return f"{only(found, counted)} of {subject} {IS[found != 1]} {like}, {but}"

    def _none(self, what: str, pair: PairRow, counted: Counted, subject: str) -> str:
        return f"{none_of(counted, subject)} {self._like(what, pair, counted)}"

    def _too_few(self, what: str, pair: PairRow, counted: Counted, value: float) -> str:
        """Where nothing is found and a past is still above its centre: it is too short to speak against the pair.

        Above everybody's only by cities that are too little like the startup's to be called so.
        """
        told = counted.comparable(what)
        none = self._none(what, pair, told, them(pair, told))
        if value > 0:
            return f"{none}, but {'is' if told.number == 1 else 'some are'} from one a little like that"
        if self._is_old(pair, counted):
            return f"{none}, but that was long ago: {STILL_BETTER}"
        few = "one is little" if told.number == 1 else f"{told.number} are few"
        return f"{none}, but {few} to judge by: {STILL_BETTER}"

    def _few(self, pair: PairRow, counted: Counted, again: bool) -> str:
        """past_active against a pair."""
        if self._is_old(pair, counted):
            return f"few of {them(pair, counted, again)} are recent"
        if again:
            return f"they {did(pair)} no more than {'that one' if counted.number == 1 else f'those {counted.number}'}"
        return f"they {did(pair)} only {_companies(counted)} before"

    def _is_old(self, pair: PairRow, counted: Counted) -> bool:
        """Whether a past is long, but over."""
        mean = self._matches.features.past.means["past_active"][self._matches.pairs.startup[pair.row]]
        weight = float(np.expm1(self._value("past_active", pair) + mean))
        return counted.number > _MANY and weight < _OLD * counted.number

    def _value(self, feature: str, pair: PairRow) -> float:
        return float(self._matches.features.values[pair.row, _COLUMN[feature]])


def _companies(counted: Counted) -> str:
    return f"{counted.number} companies" if counted.number > 1 else f"one company{named(counted)}"
