"""Lists of keywords, words in no order, and repetition: what is no sentence, or says nothing more than was said."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matcher.steps.word_order import COMMA, JOINED, OTHER, SENTENCE, SPACE, disordered

# So many words in a row of which no more than so many are small words are a list; in a long text it takes more. Of
# 3,976 one-line descriptions of companies 0.15 % hold one, of 463 abstracts of papers 3 %.
_RUNS = ((14, 0), (18, 1), (22, 2))
_LONG_TEXT, _MORE_IN_A_LONG_TEXT = 120, 6
# Once found, a list goes on while 6 of 8 words are no small words.
_WINDOW, _DENSE = 8, 6
# So many items of one or two words, parted by commas and the like, are a list too: 0.00 % and 0.2 % hold one.
_ITEMS, _ITEM_WORDS = 8, 2
# How often a word may be said, and a phrase of three words; a word more often in a text of many words.
_TIMES, _SHARE = 5, 0.12
_PHRASE = 3
_PHRASE_TIMES, _WORDS_PER_TIME = 2, 50
# Words written together are several: from so many letters on, one for every few of them.
_LONG_WORD, _LETTERS = 25, 8

_SENTENCE_END = re.compile(r"[.!?…][\"')\]]*\s|[\r\n]")
_PARTING = re.compile(r"[,;:/|#*+•·–—\\]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@dataclass(frozen=True, kw_only=True)
class Words:
    """The words of a plain text in order, folded, where each stands in it, and what stands before each."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    gaps: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.words)


def said_words(plain_text: str) -> Words:
    """Every word of a plain text: in lower case and without accents, as the encoder reads it."""
    text = plain_text
    if not text.isascii():
        # Python's \w leaves out marks, such as an accent that stands as a character of its own.
        text = "".join("x" if unicodedata.category(letter)[0] == "M" else letter for letter in text)
    spans = tuple(found.span() for found in _WORD.finditer(text))
    ends = [0, *(end for _, end in spans)]
    return Words(
        words=tuple(_folded(plain_text[start:end]) for start, end in spans),
        spans=spans,
        gaps=tuple(_gap(text[end:start]) for end, (start, _) in zip(ends, spans, strict=False)),
    )


def list_spans(said: Words, function_words: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """(start, end) in the plain text of what is a list of keywords, in no order, or repeats what was said often enough.

    function_words: the small words of the language that the text is in; in another language everything is a list.
    """
    small = [word in function_words for word in said.words]
    out = [False] * len(said)
    for first, last in (*_runs(said, small), *_items(said), *disordered(said.words, said.gaps)):
        inner = [at for at in range(first, last) if not small[at]]
        if inner:
            out[inner[0] : inner[-1] + 1] = [True] * (inner[-1] + 1 - inner[0])
    _mark_repeated(said.words, small, out)
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


def _runs(said: Words, small: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """(first, behind the last) of each run of words that has too few small words."""
    counted = len(said) - sum(small)
    more = _MORE_IN_A_LONG_TEXT if counted > _LONG_TEXT else 0
    # A long word stands several times, so that words written together are as many as they are.
    units = [at for at, word in enumerate(said.words) for _ in range(_parts(word))]
    if len(units) < _RUNS[0][0]:
        return
    before = [0]
    for at in units:
        before.append(before[-1] + small[at])
    windows = sorted(
        {
            (units[start], units[start + length + more - 1] + 1)
            for length, most in _RUNS
            for start in range(len(units) - length - more + 1)
            if before[start + length + more] - before[start] <= most
        }
    )
    sentence = [0]
    for gap in said.gaps[1:]:
        sentence.append(sentence[-1] + (gap == SENTENCE))
    for run in _joined(windows):
        first, last = _without_sentences(*run, sentence, small, _RUNS[0][0] + more)
        if any(first <= start and stop <= last for start, stop in windows):
            yield _grown(first, last, small, sentence)


def _without_sentences(
    first: int, last: int, sentence: Sequence[int], small: Sequence[bool], most: int
) -> tuple[int, int]:
    """A run of several sentences without its first and its last, where they have small words as a sentence has.

    most: from so many words on, what the run has of a sentence is a list by itself.
    """
    if sentence[first] == sentence[last - 1]:
        return first, last
    begins, ends = sentence.index(sentence[first] + 1), sentence.index(sentence[last - 1])
    if begins - first < most and any(small[sentence.index(sentence[first]) : begins]):
        first = begins
    if last - ends < most and any(small[ends : bisect_right(sentence, sentence[last - 1])]):
        last = max(first, ends)
    return first, last


def _grown(first: int, last: int, small: Sequence[bool], sentence: Sequence[int]) -> tuple[int, int]:
    """A run as far as it goes on within its sentences."""
    reach = _WINDOW - 1
    while last < len(small) and sentence[last] == sentence[last - 1] and _is_dense(small[last - reach : last + 1]):
        last += 1
    while first > 0 and sentence[first - 1] == sentence[first] and _is_dense(small[first - 1 : first + reach]):
        first -= 1
    return first, last


def _is_dense(small: Sequence[bool]) -> bool:
    return len(small) - sum(small) >= _DENSE


def _items(said: Words) -> Iterator[tuple[int, int]]:
    """(first, behind the last) of each row of short items."""
    starts = [at for at, gap in enumerate(said.gaps) if at == 0 or gap in (COMMA, SENTENCE)]
    row: list[int] = []
    for start, stop in pairwise([*starts, len(said)]):
        if stop - start <= _ITEM_WORDS:
            row += [start, stop]
            continue
        if len(row) >= 2 * _ITEMS:
            yield row[0], row[-1]
        row = []
    if len(row) >= 2 * _ITEMS:
        yield row[0], row[-1]


def _mark_repeated(words: Sequence[str], small: Sequence[bool], out: list[bool]) -> None:
    """Mark what was said often enough before."""
    times: Counter[str] = Counter()
    most = max(_TIMES, _SHARE * (len(words) - sum(small)))
    for at, word in enumerate(words):
        if not small[at]:
            times[word] += 1
            out[at] |= times[word] > most
    phrases: Counter[tuple[str, ...]] = Counter()
    for at in range(len(words) - _PHRASE + 1):
        phrase = tuple(words[at : at + _PHRASE])
        phrases[phrase] += 1
        if phrases[phrase] > _PHRASE_TIMES + len(words) // _WORDS_PER_TIME and not all(small[at : at + _PHRASE]):
            out[at : at + _PHRASE] = [True] * _PHRASE


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ascending spans, those that overlap or touch as one."""
    joined: list[tuple[int, int]] = []
    for first, last in spans:
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _parts(word: str) -> int:
    return 1 if len(word) < _LONG_WORD else len(word) // _LETTERS


def _gap(between: str) -> int:
    """What stands between two words."""
    if between == " ":
        return SPACE
    if _SENTENCE_END.search(between):
        return SENTENCE
    if _PARTING.search(between):
        return COMMA
    if between.isspace():
        return SPACE
    return OTHER if any(letter.isspace() for letter in between) else JOINED


def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word).replace("’", "'").casefold()
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
