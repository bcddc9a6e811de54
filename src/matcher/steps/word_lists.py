"""Lists of keywords and repetition: pieces of a text that are no sentence, and say nothing more than was said."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# A run of so many words without a small word between them is a list. Among 3,976 one-line descriptions of companies
# 0.13 % have one, among 463 abstracts of papers 4.3 %, and of 20 words 1.3 %: in a long text more is asked for.
_RUN, _LONG_RUN = 14, 20
_SHORT_TEXT, _WORDS_PER_MORE = 40, 20
# How often a word may be said, and a phrase of three words; a word more often in a text of many words.
_TIMES, _SHARE = 5, 0.12
_PHRASE = 3
_PHRASE_TIMES, _WORDS_PER_TIME = 2, 50
# Words written together are several: from so many letters on, one for every few of them.
_LONG_WORD, _LETTERS = 25, 8

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@dataclass(frozen=True, kw_only=True)
class Words:
    """The words of a plain text in order, folded, and where each stands in it."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.words)


def said_words(plain_text: str) -> Words:
    """Every word of a plain text: in lower case and without accents, as the encoder reads it."""
    text = plain_text
    if not text.isascii():
        # Python's \w leaves out marks, such as an accent that stands as a character of its own.
        text = "".join("x" if unicodedata.category(letter)[0] == "M" else letter for letter in text)
    spans = tuple(found.span() for found in _WORD.finditer(text))
    return Words(words=tuple(_folded(plain_text[start:end]) for start, end in spans), spans=spans)


def list_spans(said: Words, function_words: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """(start, end) in the plain text of what is a list of keywords, or repeats what was said often enough.

    function_words: the small words of the language that the text is in; in another language everything is a list.
    """
    content = [word not in function_words for word in said.words]
    counted = sum(content)
    out = [False] * len(said)
    more = max(0, counted - _SHORT_TEXT) // _WORDS_PER_MORE
    for first, last in _runs(said.words, content, min(_RUN + more, _LONG_RUN)):
        out[first:last] = [True] * (last - first)
    times: Counter[str] = Counter()
    most = max(_TIMES, _SHARE * counted)
    for at, word in enumerate(said.words):
        if content[at]:
            times[word] += 1
            out[at] |= times[word] > most
    phrases: Counter[tuple[str, ...]] = Counter()
    for at in range(len(said) - _PHRASE + 1):
        phrase = said.words[at : at + _PHRASE]
        phrases[phrase] += 1
        if any(content[at : at + _PHRASE]) and phrases[phrase] > _PHRASE_TIMES + len(said) // _WORDS_PER_TIME:
            out[at : at + _PHRASE] = [True] * _PHRASE
    return spans_of(said, (at for at, is_out in enumerate(out) if is_out))


def spans_of(said: Words, places: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """(start, end) in the plain text of these words, ascending; neighbours are one span, with what parts them."""
    spans: list[tuple[int, int]] = []
    last = -2
    for place in places:
        start, end = said.spans[place]
        if place == last + 1 and spans:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        last = place
    return tuple(spans)


def _runs(words: Sequence[str], content: Sequence[bool], least: int) -> list[tuple[int, int]]:
    """(first, behind the last) of each run of content words that is long enough."""
    found, first, length = [], 0, 0
    for at in range(len(words) + 1):
        if at < len(words) and content[at]:
            length += 1 if len(words[at]) < _LONG_WORD else len(words[at]) // _LETTERS
            continue
        if length >= least:
            found.append((first, at))
        first, length = at + 1, 0
    return found


def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word).replace("’", "'").casefold()
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
