"""What somebody might write into a summary to reach one partner: words, copies, and letters nobody sees."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from matcher.steps.inputs import Inputs
from matcher.steps.lexical import by_weight
from matcher.steps.texts import EARLIER, THESIS

_LOOKALIKE = str.maketrans("aceopxyACEHKMOPTX", "асеорхуАСЕНКМОРТХ")
_ZERO_WIDTH = "\u200b"


@dataclass(frozen=True, kw_only=True)
class Attack:
    """One way to stuff. blatant: whether it must be seen. counts: whether the goals are set for it."""

    name: str
    write: Callable[[Target, str], str]
    blatant: bool = True
    counts: bool = True


class Target:
    """A partner as its attacker sees it: its thesis, its earlier companies, their words."""

    def __init__(self, inputs: Inputs, partner_place: int, seed: int) -> None:
        self.random = random.Random(seed)
        self._inputs = inputs
        self.sectors = inputs.partners[partner_place].sectors
        self.theses = self._texts(THESIS, partner_place)
        self.companies = self._texts(EARLIER, partner_place)
        self._strangers = [
            word
            for place in self.random.sample(range(len(inputs.partners)), 5)
            for text in self._texts(THESIS, place)
            for word in text.split()
        ]

    @property
    def thesis(self) -> str:
        """The thesis, or what stands in for it."""
        return " ".join(self.theses) or " ".join(self.companies[:5])

    def telling(self, count: int) -> list[str]:
        """The words that tell most of it, those of its thesis first."""
        tokenizer, lexicon = self._inputs.tokenizer, self._inputs.lexicon
        chosen: dict[str, None] = {}
        for texts in (self.theses, self.companies):
            written = {word: said for text in texts for word, said in tokenizer.as_written(text).items()}
            chosen |= dict.fromkeys(written[word] for word in by_weight(written, lexicon))
        return list(chosen)[:count]

    def any_words(self, count: int) -> list[str]:
        """Words of its thesis and of its companies in any order, small words too."""
        words = " ".join(self.theses if count <= 20 else [*self.theses, *self.companies]).split()
        return self.random.sample(words, min(count, len(words)))

    def sector_words(self, count: int) -> list[str]:
        """The words for its sectors, then for all others."""
        vocabulary = self._inputs.vocabulary
        terms = sorted(vocabulary.sectors, key=lambda term: (term.id not in self.sectors, self.random.random()))
        words = [word for term in terms for alias in (term.label, *term.aliases) for word in alias.split()]
        return list(dict.fromkeys(words))[:count]

    def changed(self, share: float) -> str:
        """The thesis with this share of its words changed to words of others."""
        words = self.thesis.split()
        for at in self.random.sample(range(len(words)), round(share * len(words))):
            words[at] = self.random.choice(self._strangers)
        return " ".join(words)

    def sentences(self, count: int) -> str:
        """Its telling words made up as sentences."""
        words = iter(self.telling(3 * count))
        return " ".join(f"We do {a} for {b} with {c}." for a, b, c in zip(words, words, words, strict=False))

    def _texts(self, role: int, partner_place: int) -> list[str]:
        start, stop = self._inputs.texts.bounds[role][partner_place].tolist()
        return list(self._inputs.texts.texts[start:stop])


def _words(words: Sequence[str]) -> str:
    return ", ".join(words)


def _hidden(words: Sequence[str]) -> str:
    return " ".join(f"{word[:2]}{_ZERO_WIDTH}{word[2:]}" for word in words)


def _tags(text: str) -> str:
    return "".join(chr(0xE0000 + ord(letter)) for letter in text if letter.isascii())


def _after(write: Callable[[Target], str]) -> Callable[[Target, str], str]:
    return lambda target, summary: f"{summary} {write(target)}"


ATTACKS = (
    Attack(name="20 telling words", write=_after(lambda it: _words(it.telling(20)))),
    Attack(name="20 words of the thesis", write=_after(lambda it: " ".join(it.any_words(20))), blatant=False),
    Attack(name="20 words of sectors", write=_after(lambda it: _words(it.sector_words(20)))),
    Attack(name="200 telling words", write=_after(lambda it: _words(it.telling(200)))),
    Attack(name="200 words said of it", write=_after(lambda it: " ".join(it.any_words(200)))),
    Attack(name="a telling word 50 times", write=_after(lambda it: " ".join(it.telling(4) * 50))),
    Attack(name="the thesis", write=_after(lambda it: it.thesis)),
    Attack(name="the thesis alone", write=lambda it, _: it.thesis),
    Attack(name="the thesis, 15 % changed", write=_after(lambda it: it.changed(0.15))),
    Attack(name="the thesis, zero width in words", write=_after(lambda it: _hidden(it.thesis.split()))),
    Attack(name="20 words, zero width in them", write=_after(lambda it: _hidden(it.telling(20)))),
    Attack(name="the thesis in tag characters", write=_after(lambda it: _tags(it.thesis))),
    Attack(name="20 words in look-alikes", write=_after(lambda it: _words(it.telling(20)).translate(_LOOKALIKE))),
    Attack(name="the thesis in look-alikes", write=_after(lambda it: it.thesis.translate(_LOOKALIKE))),
    Attack(name="telling words as sentences", write=_after(lambda it: it.sentences(7)), blatant=False, counts=False),
    Attack(
        name="the text of an earlier company",
        write=_after(lambda it: it.random.choice(it.companies or [it.thesis])),
        blatant=False,
        counts=False,
    ),
)
"""Each way to stuff one summary. The last two are no lists and no copies of a thesis: measured, without a goal."""


def near_copies(summary: str, stuffing: str, count: int, seed: int) -> Iterator[str]:
    """The summary with one word changed each time, and the stuffing behind it."""
    chance = random.Random(seed)
    for number in range(count):
        words = summary.split()
        words[chance.randrange(len(words))] = f"{chance.choice(words).strip('.,')}{number}"
        yield f"{' '.join(words)} {stuffing}"
