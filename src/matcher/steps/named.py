"""Where a text names a topic: whole words, in the case that carries the meaning, and not where it is denied."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from matcher.steps.texts import sentences

# So many words may stand between a denial and what it denies; beyond, it speaks of something else.
_REACH = 8
_DENIALS = re.compile(
    r"\b(?:no(?!-)|not|never|neither|nor|nothing|none|without|non(?!-)|cannot|\w+n['’]t|exclud(?:e|es|ed|ing)|except|unlike"
    r"|rather\s+than|instead\s+of|away\s+from|free\s+(?:of|from)|stopped|avoid(?:s|ed|ing)?|refus(?:e|es|ed|ing)|lack(?:s|ed|ing)?"
    r"|não|nem|sem|nunca|tidak|tanpa|bukan|sans|sin)\b",
    re.IGNORECASE,
)
# These begin with a denial and deny nothing.
_NO_DENIALS = re.compile(
    r"\b(?:not\s+(?:only|just|merely|simply|least|to\s+mention)|no\s+(?:doubt|matter|(?:later|less|fewer|more)\s+than)"
    r"|no\s+code|nothing\s+but|(?:is|are|do|does)n['’]t\s+(?:only|just|merely|simply))\b",
    re.IGNORECASE,
)
# Where a denial ends: a stop, a turn, or a new statement. A comma or a colon alone does not end it: they also lead to a
# list of what is denied.
_TURNS = re.compile(
    r"[;.!?–—]|\b(?:but|although|though|however|while|whereas|until)\b|\binstead\b(?!\s+of)"
    r"|(?<!not\s)(?<!n['’]t\s)\b(?:yet|because)\b|,\s+so\b|\bso\s+(?:that|we|our|the|it|they)\b"
    r"|\b(?:thanks\s+to|powered\s+by|by\s+means\s+of)\b|(?<!not)(?<!without)(?<!never)(?<!stopped)(?<!n['’]t)(?<!of)\s+using\b"
    r"|(?:,|\band)\s+(?:we|our|it|its|they|their|this|that|the|an?|with|using|uses?|used|have|has|had|runs?|builds?"
    r"|makes?|offers?|provides?|now|then|today)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^()]*\)")
_DENIED_AFTER = re.compile(
    r"[\s-]+free\b|\s+(?:is|are|was|were)(?:\s+not|\s+never|n['’]t)\s+"
    r"(?:used|involved|needed|required|part|what|something|in)\b|\s+plays?\s+no\b",
    re.IGNORECASE,
)
_DENIED_BEFORE = re.compile(r"\b(?:non|no)[-‐‑–]\Z", re.IGNORECASE)
_GAP = r"[\s\-‐‑–]+"


@dataclass(frozen=True, kw_only=True)
class Mention:
    """One place that names a topic: text[start:end] is the sentence, term the words in it."""

    start: int
    end: int
    term: str


def first_mention(text: str, terms: Sequence[str], unless: Sequence[str]) -> Mention | None:
    """The first place in a text that names one of the terms and does not deny it; None where there is none.

    terms, unless: as in Topic. A short form (AI) is no mention where the text holds a phrase of `unless` that it also
    stands for (artificial insemination).
    """
    found = next(_hits(text, tuple(terms), tuple(unless)), None) if terms else None
    if found is None:
        return None
    spans = sentences(text)
    for start, end in _hits(text, tuple(terms), tuple(unless)):
        first, last = next(((a, b) for a, b in spans if a <= start < b), (0, len(text)))
        if not _denied(text, first, start, end, last):
            return Mention(start=first, end=max(last, end), term=text[start:end])
    return None


def _hits(text: str, terms: tuple[str, ...], unless: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    others = [found.span() for found in _pattern(unless).finditer(text)] if unless else []
    short_forms = {_initials(text[start:end]) for start, end in others}
    for found in _pattern(terms).finditer(text):
        start, end = found.span()
        if any(first <= start and end <= last for first, last in others) or found[0].replace(".", "") in short_forms:
            continue
        yield start, end


def _denied(text: str, first: int, start: int, end: int, last: int) -> bool:
    """Whether the sentence text[first:last] says of text[start:end] that it is not so."""
    if _DENIED_AFTER.match(text, end, last) or _DENIED_BEFORE.search(text[first:start]):
        return True
    before = _NO_DENIALS.sub(" ", _ASIDE.sub(" ", text[first:start]))
    turns = [turn.end() for turn in _TURNS.finditer(before)]
    clause = before[turns[-1] :] if turns else before
    denials = list(_DENIALS.finditer(clause))
    return bool(denials) and len(clause[denials[-1].end() :].split()) <= _REACH


def _initials(phrase: str) -> str:
    return "".join(word[0] for word in re.split(_GAP, phrase) if word).upper()


@lru_cache(maxsize=256)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the terms as whole words, the longest first; part of a name such as Drift.AI is no word."""
    longest_first = sorted(terms, key=lambda term: (-len(term), term))
    return re.compile(rf"(?<!\w)(?<!\w\.)(?:{'|'.join(map(_one, longest_first))})(?!\w)")


def _one(term: str) -> str:
    words = _GAP.join(re.escape(word) for word in re.split(r"[\s-]+", term))
    return words if term != term.lower() else f"(?i:{words})"
