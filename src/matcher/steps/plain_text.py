"""What a text says in plain letters: hidden characters taken out, fancy forms and look-alike letters made plain.

The encoder drops characters that nobody sees and reads the word around them; what looks for copies and for lists of
words must read the same word. Whatever is found in a plain text is carried back to the stored one by its offsets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

# Control characters that part words; the others vanish, as they do in the encoder.
_SPACES = "\x0b\x0c\x1c\x1d\x1e\x1f\x85"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Characters nobody sees although they count as letters or marks: fillers, joiners of accents, selectors of a variant.
_UNSEEN = frozenset(map(chr, (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0xFFFD)))
_SELECTORS = frozenset(map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
_NON_JOINER, _JOINER, _SOFT_HYPHEN, _BLACK_FLAG = "\u200c", "\u200d", "\u00ad", "\U0001f3f4"
_LONGEST_FLAG = 7
_TAGS = frozenset(map(chr, range(0xE0000, 0xE0080)))
# Without them Hebrew and Arabic beside Latin letters stand in the wrong order; overrides have no such use.
_DIRECTIONS = frozenset("\u200e\u200f\u061c\u2066\u2067\u2068\u2069\u202a\u202b\u202c")
# Kinds of compatibility forms that are a letter in another dress, also where they are no letters themselves: ａ, ⓐ, ㎏.
_DRESSED = ("<wide>", "<narrow>", "<circle>", "<square>", "<font>")

# Letters of other alphabets that nobody tells from a Latin one.
_CYRILLIC = "аaсcеeоoрpхxуyіiјjѕsкkԁdһhԛqԝwӏlѵvАAВBСCЕEНHІIЈJКKМMОOРPЅSТTХXУYԌGԚQԜWӀIѴVҒF"
_GREEK = "αaοoνvρpιiυuκkχxγyωwηnτtεeϲcϳjΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXϹCͿJ"
_ARMENIAN = "օoսuցgհhոnզqՕOՍUԼL"
_LATIN = {pairs[at]: pairs[at + 1] for pairs in (_CYRILLIC, _GREEK, _ARMENIAN) for at in range(0, len(pairs), 2)}
_LOOKALIKE = re.compile(f"[{''.join(_LATIN)}]")
_LETTERS = re.compile(r"[^\W\d_]+")
# A short word of look-alikes alone may well be a sign: αν, ρ.
_SHORTEST = 3


@dataclass(frozen=True, kw_only=True)
class Plain:
    """A text in plain letters. offsets: (n,) int32, where each of its characters stands in the stored text.

    hidden: how many characters were taken out that an honest text does not have there. lookalike: how many words were
    written with letters of another alphabet that look Latin.
    """

    text: str
    offsets: NDArray[np.int32]
    hidden: int
    lookalike: int

    def stored(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece of the plain text, not empty, stands in the stored one."""
        return int(self.offsets[start]), int(self.offsets[end - 1]) + 1


def plain(text: str) -> Plain:
    """Make a text plain; what it says to a reader stays the same."""
    if text.isascii() and not _CONTROL.search(text):
        return Plain(text=text, offsets=np.arange(len(text), dtype=np.int32), hidden=0, lookalike=0)
    right_to_left = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text if not letter.isascii())
    letters: list[str] = []
    offsets: list[int] = []
    unseen: list[int] = []
    hidden = 0
    for at, letter in enumerate(text):
        shown = _shown(letter)
        if not shown:
            unseen.append(at)
            continue
        if unseen:
            hidden += _without_use(text, unseen, right_to_left)
            unseen = []
        letters.append(shown)
        offsets += [at] * len(shown)
    hidden += _without_use(text, unseen, right_to_left)
    visible = "".join(letters)
    lookalike = 0
    if _LOOKALIKE.search(visible):
        letters = list(visible)
        for start, end in _in_disguise(visible):
            letters[start:end] = [_LATIN.get(letter, letter) for letter in visible[start:end]]
            lookalike += 1
        visible = "".join(letters)
    return Plain(text=visible, offsets=np.array(offsets, np.int32), hidden=hidden, lookalike=lookalike)


@lru_cache(maxsize=20_000)
def _shown(letter: str) -> str:
    """What a character shows in plain letters; empty where nobody sees it."""
    category = unicodedata.category(letter)
    if letter in _SPACES:
        return " "
    if letter in _UNSEEN or letter in _SELECTORS or (category[0] == "C" and letter not in "\t\n\r"):
        return ""
    if category[0] in "LN" or unicodedata.decomposition(letter).startswith(_DRESSED):
        return unicodedata.normalize("NFKC", letter)
    return letter


def _without_use(text: str, run: list[int], right_to_left: bool) -> int:
    """How many of a run of hidden characters have no honest use there, and did not come along with a copy by accident.

    A space of no width, or a mark of byte order, at the edge of a word is an accident. Within one it cuts a word that
    is to be read whole.
    """
    if not run:
        return 0
    before, after = text[run[0] - 1 : run[0]], text[run[-1] + 1 : run[-1] + 2]
    within = before.isalnum() and after.isalnum()
    return sum(not _is_used(text, at, before, within, right_to_left) for at in run)


def _is_used(text: str, at: int, before: str, within: bool, right_to_left: bool) -> bool:
    """Whether a hidden character has a use. before: what is seen before it. within: whether it stands in a word."""
    letter, last = text[at], text[max(0, at - 1) : at]
    if letter in _TAGS:  # the flags of England, Scotland and Wales
        return text[max(0, at - _LONGEST_FLAG) : at].rstrip("".join(_TAGS))[-1:] == _BLACK_FLAG
    if letter in _SELECTORS or letter in (_JOINER, _NON_JOINER):
        return not (before.isalpha() and _is_latin(before)) and (letter not in _SELECTORS or last not in _SELECTORS)
    if letter in _DIRECTIONS:
        return right_to_left
    if letter == _SOFT_HYPHEN:
        return last != _SOFT_HYPHEN
    return not within and unicodedata.bidirectional(letter) not in ("LRO", "RLO")


def _in_disguise(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the words that are Latin to the eye and not to a machine.

    That is a word of both alphabets, or one of look-alikes alone in a text that is Latin and has no other word of that
    alphabet: a word of Russian or Greek, also quoted in English, is left alone.
    """
    alone: list[tuple[int, int]] = []
    latin = foreign = 0
    for word in _LETTERS.finditer(text):
        piece = word.group()
        strange = [letter for letter in piece if not _is_latin(letter)]
        alike = sum(letter in _LATIN for letter in strange)
        if not strange:
            latin += 1
        elif alike < len(strange):
            foreign += 1
        elif alike == len(piece):
            alone.append(word.span())
        elif not _is_notation(piece):
            latin += 1
            yield word.span()
    if not foreign and latin > len(alone):
        yield from (span for span in alone if span[1] - span[0] >= _SHORTEST)


def _is_notation(word: str) -> bool:
    """Whether a word is a sign of science with a Greek letter in it: dχ, TNFα."""
    greek = [letter for letter in word if letter in _GREEK and not letter.isascii()]
    return bool(greek) and (len(word) <= _SHORTEST or (word[:-1].isascii() and word[:-1].isupper()))


@lru_cache(maxsize=5_000)
def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN ")
