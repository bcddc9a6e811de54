"""The most telling words that a startup's summary shares with a partner's text, as the summary writes them."""

from __future__ import annotations

import math

from matcher.steps.inputs import Inputs
from matcher.steps.matches import PairRow
from matcher.steps.rule_words import listed

_MOST_WORDS = 3


class TellingWords:
    """Finds the words of one reason after the other; within one, no word is told twice."""

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs
        self._startup: dict[int, frozenset[str]] = {}
        self._text: dict[int, frozenset[str]] = {}
        self._written: dict[int, dict[str, str]] = {}
        self._places: dict[int, frozenset[str]] = {}
        self._told: set[str] = set()
        # A word in more than half of the texts tells nothing. Weights are ln((1 + texts) / (1 + texts with it)) + 1.
        texts = len(inputs.texts.texts)
        self._least = math.log((1 + texts) / (1 + texts / 2)) + 1

    def start_anew(self) -> None:
        """Another reason begins: every word may be told again."""
        self._told = set()

    def quoted(self, pair: PairRow, text_row: int, places: bool = False) -> str:
        """“a”, “b” and “c”; empty where no word is left to tell. text_row: of PartnerTexts, -1 for none.

        places: also the names of the startup's city and country, which have clauses of their own.
        """
        return listed(f"“{word}”" for word in self._chosen(pair, text_row, places)) if text_row >= 0 else ""

    def shared(self, pair: PairRow, text_row: int) -> bool:
        """Whether there are any, told already or not."""
        return bool(self._telling(pair, text_row, places=True))

    def _telling(self, pair: PairRow, text_row: int, places: bool) -> list[str]:
        both = self._of_startup(pair.startup_place) & self._of_text(text_row)
        both -= frozenset() if places or not both else self._named_places(pair)
        return [word for word in both if self._inputs.lexicon.of(word) >= self._least]

    def _chosen(self, pair: PairRow, text_row: int, places: bool) -> list[str]:
        weight = self._inputs.lexicon.of
        left = [word for word in self._telling(pair, text_row, places) if word not in self._told]
        chosen: list[str] = []
        for word in sorted(left, key=lambda word: (-weight(word), word)):
            written = self._as_written(pair.startup_place)[word]
            self._told.add(word)
            if not any(written.casefold() in other.casefold() for other in chosen):
                chosen = [other for other in chosen if other.casefold() not in written.casefold()] + [written]
            if len(chosen) == _MOST_WORDS:
                break
        return chosen

    def _of_startup(self, place: int) -> frozenset[str]:
        if place not in self._startup:
            self._startup[place] = frozenset(self._inputs.startup_words[place])
        return self._startup[place]

    def _of_text(self, row: int) -> frozenset[str]:
        if row not in self._text:
            self._text[row] = frozenset(self._inputs.text_words[row])
        return self._text[row]

    def _as_written(self, place: int) -> dict[str, str]:
        if place not in self._written:
            self._written[place] = self._inputs.tokenizer.as_written(self._inputs.startups[place].summary or "")
        return self._written[place]

    def _named_places(self, pair: PairRow) -> frozenset[str]:
        place = pair.startup_place
        if place not in self._places:
            country = self._inputs.vocabulary.country(pair.startup.country or "")
            said = f"{country} {pair.startup.city or ''}"
            self._places[place] = frozenset(self._inputs.tokenizer.words(said))
        return self._places[place]
