"""The most telling words that a startup's summary shares with a partner's text, as both write them."""

from __future__ import annotations

import math
import re

from matcher.steps.everyday_words import is_everyday
from matcher.steps.inputs import Inputs
from matcher.steps.matches import PairRow
from matcher.steps.rule_words import listed
from matcher.steps.texts import BRIEF
from matcher.steps.topics import Topics
from matcher.steps.withheld import is_withheld

_MOST_WORDS = 3
# A word in more than a fifth of the texts tells nothing; of few texts, one in more than five or more than half.
_MOST_TEXTS = 0.2
_FEW_TEXTS = 5
# From what weight (see Topics) on a word is of a topic. On the sets measured, words below are such as "affordable" or
# "experience"; the words of sectors and technologies need none.
_TOPICAL = 0.055
# What stands before the first word of a sentence, a line or an item of a list.
_BEGINS = re.compile(r"(?:^|[.!?:…•\n\r*–-]|[\"“(])\s*$")
# Beside a word that weighs more than twice as much, another is chance.
_BESIDE = 0.5


class TellingWords:
    """Finds the words of one reason after the other; within one, no word is told twice.

    Of a text that is withheld from its readers no word is found: what both write tells what the other wrote.
    """

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs
        self._topics = Topics(inputs)
        self._of_vocabulary = _words_of_vocabulary(inputs)
        self._startup: dict[int, dict[str, str]] = {}
        self._text: dict[int, dict[str, str]] = {}
        self._places: dict[int, frozenset[str]] = {}
        self._told: set[str] = set()
        self._quotes: tuple[str, ...] = ()
        # Weights are ln((1 + texts) / (1 + texts with it)) + 1.
        texts = len(inputs.texts.texts)
        most = max(_MOST_TEXTS * texts, min(_FEW_TEXTS, texts / 2))
        self._least = math.log((1 + texts) / (1 + most)) + 1

    def start_anew(self, quotes: tuple[str, ...] = ()) -> None:
        """Another reason begins: every word may be told again. quotes: what stands beside it, of each side.

        Where there are words that a reader finds in every quote, no other is told.
        """
        self._told = set()
        self._quotes = tuple(quote.casefold() for quote in quotes)

    def quoted(self, pair: PairRow, text_row: int, places: bool = False) -> str:
        """“a”, “b” and “c”; empty where no word is left to tell. text_row: of PartnerTexts, -1 for none.

        places: also the names of the startup's city and country, which have clauses of their own.
        """
        if text_row < 0 or is_withheld(self._inputs, text_row):
            return ""
        shared = self._shared(pair, text_row)
        if not places:
            shared = {word: written for word, written in shared.items() if word not in self._named_places(pair)}
        weights = {word: self._topics.weight(word, pair.startup_place) for word in shared}
        telling = {
            word: weight
            for word, weight in weights.items()
            if word in self._of_vocabulary or (weight >= _TOPICAL and not self._is_name(shared[word], pair, text_row))
        }
        return self._told_now(shared, telling)

    def passing(self, pair: PairRow, text_row: int) -> str:
        """The rarest words in common that tell little by themselves: the passing word “a”; empty where there is none.

        Where there is no other, the place name that is the startup's city or country.
        """
        if text_row < 0 or is_withheld(self._inputs, text_row):
            return ""
        shared = self._shared(pair, text_row, also_everyday=True)
        places = self._named_places(pair)
        words = self._told_now(shared, {word: self._inputs.lexicon.of(word) for word in shared if word not in places})
        if words:
            return f"the passing word{'s' if '” and “' in words else ''} {words}"
        return self._place_in_both(pair, text_row) if shared.keys() & places else ""

    def shared(self, pair: PairRow, text_row: int) -> bool:
        """Whether there are telling ones, told already or not."""
        told, self._told = self._told, set()
        found = bool(self.quoted(pair, text_row, places=True))
        self._told = told
        return found

    def _shared(self, pair: PairRow, text_row: int, also_everyday: bool = False) -> dict[str, str]:
        """Each word in common that is rare enough → how both write it; without what is only in the name of either."""
        own, theirs = self._of_startup(pair), self._of_text(text_row)
        found = {}
        for word in own.keys() & theirs.keys():
            written = _in_both(own[word], theirs[word])
            rare = self._inputs.lexicon.of(word) >= self._least
            if written and (also_everyday or (rare and not is_everyday(word))):
                found[word] = written
        return found

    def _told_now(self, shared: dict[str, str], weights: dict[str, float]) -> str:
        """The weightiest, of a phrase and its words the phrase; none of those told before, nor words within them."""
        left = sorted((word for word in weights if word not in self._told), key=lambda word: (-weights[word], word))
        left = [word for word in left if self._is_quoted(shared[word])] or left
        chosen: list[str] = []
        for word in left:
            if weights[word] < _BESIDE * weights[left[0]] or len(chosen) == _MOST_WORDS:
                break
            said = shared[word].casefold()
            whole = max((other for other in left if said in shared[other].casefold()), key=lambda one: len(shared[one]))
            if shared[whole] not in chosen:
                chosen.append(shared[whole])
        said_now = [said.casefold() for said in chosen]
        self._told |= {word for word in weights if any(shared[word].casefold() in one for one in said_now)}
        return listed(f"“{word}”" for word in chosen)

    def _is_quoted(self, written: str) -> bool:
        whole = re.compile(rf"(?<!\w){re.escape(written.casefold())}")
        return bool(self._quotes) and all(whole.search(quote) for quote in self._quotes)

    def _of_startup(self, pair: PairRow) -> dict[str, str]:
        place = pair.startup_place
        if place not in self._startup:
            counted = frozenset(self._inputs.startup_words[place])
            self._startup[place] = self._written(pair.startup.summary or "", pair.startup.name, counted)
        return self._startup[place]

    def _of_text(self, row: int) -> dict[str, str]:
        if row not in self._text:
            texts = self._inputs.texts
            name = "" if texts.role[row] == BRIEF else texts.names[row]
            self._text[row] = self._written(texts.texts[row], name, frozenset(self._inputs.text_words[row]))
        return self._text[row]

    def _written(self, text: str, name: str, counted: frozenset[str]) -> dict[str, str]:
        """Each word that counts → how the text writes it, where it stands outside the name of whose text it is."""
        if name.casefold() in text.casefold():
            whole = rf"(?<!\w){re.escape(name)}(?!\w)"
            text = re.sub(whole, lambda found: " " * len(found[0]), text, flags=re.IGNORECASE)
        written = self._inputs.tokenizer.as_written(text)
        return {word: said for word, said in written.items() if word in counted}

    def _is_name(self, written: str, pair: PairRow, text_row: int) -> bool:
        """Whether both sides write it only as names are written: "Birmingham", but not "AI", nor where it may be the
        first word of a sentence; of the names of the two themselves, also there.
        """
        if not written[0].isupper() or (written.isupper() and len(written) > 1):
            return False
        texts = self._inputs.texts
        both = ((pair.startup.summary or "", pair.startup.name), (texts.texts[text_row], texts.names[text_row]))
        whole = re.compile(rf"(?<!\w){re.escape(written)}(?!\w)", re.IGNORECASE)
        places = [(text, found) for text, _ in both for found in whole.finditer(text)]
        if any(not found[0][0].isupper() for _, found in places):
            return False
        own = any(whole.search(name) for _, name in both)
        return own or not any(_BEGINS.search(text, 0, found.start()) for text, found in places)

    def _place_in_both(self, pair: PairRow, text_row: int) -> str:
        country = self._inputs.vocabulary.country(pair.startup.country or "").removeprefix("the ")
        texts = [text.casefold() for text in (pair.startup.summary or "", self._inputs.texts.texts[text_row])]
        for name in (pair.startup.city or "", country):
            if name and all(name.casefold() in text for text in texts):
                return f"the place name “{name}”"
        return ""

    def _named_places(self, pair: PairRow) -> frozenset[str]:
        place = pair.startup_place
        if place not in self._places:
            country = self._inputs.vocabulary.country(pair.startup.country or "")
            said = f"{country} {pair.startup.city or ''}"
            self._places[place] = frozenset(self._inputs.tokenizer.words(said))
        return self._places[place]


def _in_both(own: str, theirs: str) -> str:
    """How both write it but for capitals, as the summary has it: "rota" of "Rotas" and "rota"; empty where they do not.

    A reader must find the word in both: "ML" is not found where the other side writes "machine learning".
    """
    if theirs.casefold() in own.casefold():
        at = own.casefold().index(theirs.casefold())
        return own[at : at + len(theirs)]
    return own if own.casefold() in theirs.casefold() else ""


def _words_of_vocabulary(inputs: Inputs) -> frozenset[str]:
    """The sectors and technologies, and the words that stand for one by themselves."""
    terms = (*inputs.vocabulary.sectors, *inputs.vocabulary.technologies)
    said = {alias: inputs.tokenizer.words(alias) for term in terms for alias in (term.label, *term.aliases)}
    return frozenset({words[0] for words in said.values() if len(words) == 1} | {term.id for term in terms})
