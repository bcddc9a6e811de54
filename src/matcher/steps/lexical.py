"""Shared words: whole words with aliases, weighted by how rare they are among the partners' texts.

"AI" is the word "ai", never a part of "retail"; "artificial intelligence" and "machine learning" are the word "ai" too.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.domain.vocabulary import Vocabulary, folded

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_LONGEST_ALIAS = 4
# Letters up to which a single word is an abbreviation: AI, ML, IoT, NLP.
_SHORT = 3


class Tokenizer:
    """Cuts texts into whole words, singular and folded; a phrase of the vocabulary is a word more.

    "machine learning" gives "machine", "learning" and "ai"; "ML" gives "ai", and so they meet.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._common = frozenset(form for word in vocabulary.common_words for form in _forms(_singular(word)))
        self._phrases: dict[tuple[str, ...], str] = {}
        self._short: dict[str, str] = {}
        for term in (*vocabulary.sectors, *vocabulary.technologies):
            for alias in (term.id, term.label, *term.aliases):
                words = _plain(alias)
                if 1 < len(words) <= _LONGEST_ALIAS:
                    self._phrases.setdefault(words, term.id)
                elif len(words[0]) <= _SHORT:
                    self._short.setdefault(words[0], term.id)

    def words(self, text: str) -> list[str]:
        """The words that count, in order, then the phrases of the vocabulary."""
        return [word for word, _, _ in self._found(text)]

    def as_written(self, text: str) -> dict[str, str]:
        """Each word of `words(text)` as the text writes it, at its first place."""
        written: dict[str, str] = {}
        for word, start, end in sorted(self._found(text), key=itemgetter(1)):
            written.setdefault(word, text[start:end])
        return written

    def _found(self, text: str) -> list[tuple[str, int, int]]:
        """(word, start, end): one pass for both, so that they cannot disagree about what a word is."""
        pieces = _pieces(text)
        plain = [_plain_word(text[start:end]) for start, end in pieces]
        found = [
            (self._short.get(word, word), *place)
            for word, place in zip(plain, pieces, strict=True)
            if word not in self._common and not word.isdigit() and (len(word) > 1 or not word.isascii())
        ]
        for at in range(len(plain) - 1):
            for length in range(min(_LONGEST_ALIAS, len(plain) - at), 1, -1):
                term = self._phrases.get(tuple(plain[at : at + length]))
                if term is not None:
                    found.append((term, pieces[at][0], pieces[at + length - 1][1]))
                    break
        return found


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """The words of a corpus and their weights.

    column: word → column. weight: (words,) float64, ln((1 + texts) / (1 + texts with the word)) + 1.
    rows: (texts, words) sparse float64, unit length. unseen: the weight of a word that is in no text.
    """

    column: dict[str, int]
    weight: NDArray[np.float64]
    rows: sparse.csr_matrix
    unseen: float

    def of(self, word: str) -> float:
        """The weight of a word."""
        column = self.column.get(word)
        return self.unseen if column is None else float(self.weight[column])

    def project(self, texts: Sequence[Sequence[str]]) -> sparse.csr_matrix:
        """(n, words) sparse float64: texts as rows of unit length, so that `project(a) @ rows.T` is the cosine.

        Words outside the corpus have no column but make a row longer: what nobody else says lowers every overlap.
        """
        return _weighted(texts, self.column, self.weight, self.unseen)


def lexicon(texts: Sequence[Sequence[str]]) -> Lexicon:
    """Weigh the words of a corpus of texts, each given as its words."""
    seen = Counter(word for words in texts for word in set(words))
    column = {word: position for position, word in enumerate(sorted(seen))}
    counts = np.array([seen[word] for word in column], np.float64)
    weight = np.log((1 + len(texts)) / (1 + counts)) + 1
    unseen = float(np.log(1 + len(texts)) + 1)
    rows = _weighted(texts, column, weight, unseen)
    return Lexicon(column=column, weight=weight, rows=rows, unseen=unseen)


def by_weight(words: Iterable[str], lexicon: Lexicon) -> list[str]:
    """Words with the weightiest first, ties by the alphabet."""
    return sorted(words, key=lambda word: (-lexicon.of(word), word))


def _weighted(
    texts: Sequence[Sequence[str]], column: dict[str, int], weight: NDArray[np.float64], unseen: float
) -> sparse.csr_matrix:
    starts, columns, values = [0], [], []
    for words in texts:
        counts = Counter(words)
        # Saturating: a word said fifty times counts about five times as much as once.
        parts = {word: 1 + np.log(times) for word, times in counts.items()}
        length = 0.0
        row: list[tuple[int, float]] = []
        for word in sorted(parts):
            position = column.get(word)
            value = parts[word] * (unseen if position is None else weight[position])
            length += value * value
            if position is not None:
                row.append((position, value))
        scale = 1 / np.sqrt(length) if length else 0.0
        row.sort()
        columns += [position for position, _ in row]
        values += [value * scale for _, value in row]
        starts.append(len(columns))
    shape = (len(texts), len(column))
    return sparse.csr_matrix((np.array(values, np.float64), np.array(columns, np.int32), np.array(starts)), shape=shape)


def _pieces(text: str) -> list[tuple[int, int]]:
    """(start, end) of every word: letters and digits with their combining marks, and an apostrophe within."""
    if text.isascii():
        return [piece.span() for piece in _WORD.finditer(text)]
    # Python's \w leaves out the vowel signs of Hindi and accents that stand as characters of their own.
    marks_as_letters = "".join("x" if unicodedata.category(letter)[0] == "M" else letter for letter in text)
    return [piece.span() for piece in _WORD.finditer(marks_as_letters)]


@lru_cache(maxsize=200_000)
def _plain_word(word: str) -> str:
    return _singular(word.lower() if word.isascii() else folded(word))


def _plain(text: str) -> tuple[str, ...]:
    return tuple(_plain_word(text[start:end]) for start, end in _pieces(text))


def _forms(word: str) -> Iterator[str]:
    """The word and its English -ing and -ed forms: "look" is as common as "looking" and "looked"."""
    stem = word[:-1] if word.endswith("e") else word
    yield from (word, f"{stem}ing", f"{stem}ed", f"{stem}{stem[-1:]}ing", f"{stem}{stem[-1:]}ed")


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    return word
