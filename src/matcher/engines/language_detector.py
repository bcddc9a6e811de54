"""Which language a text is in: py3langid's model where the text is not plainly English; no answer where it is unsure.

It is asked of every text before a match, most of which are English: that is told by English words alone, several times
faster than by the model, and it is what makes an English text with a foreign slogan English.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from matcher.domain.language import LANGUAGE_NAMES, language_code

# What a text begins with says which language it is in.
_LONGEST = 1000
_LEAST_WORDS = 6
# Where words are not set apart, as in Chinese and Thai, so many letters stand for them.
_LEAST_LETTERS = 12
# Addresses, numbers, names in code. Of ASCII alone: where words are not set apart, a number stands in a whole sentence.
_NO_WORD = re.compile(r"(?<![!-~])[!-~]*?(?:[\d_@]|://|www\.)[!-~]*")
_WORD = re.compile(r"[^\W\d_]+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")

# Words that tell English from other languages: none is common in another. (The small words that carry no meaning, in
# data/reference, are another list: "in", "a" and "on" are among them.)
_ENGLISH = frozenset(
    _WORD.findall(
        "the and of to with that this these those from our your their his her its it they them you who which what when "
        "where while how into through without between across about before after than then are were been being has have "
        "can could should would not only more most other any every each both such because if"
    )
)
_ENGLISH_SHARE = 0.12
_ENGLISH_LEAST = 2

# How likely the likeliest three languages must be together: near relations, such as Indonesian and Malay or Danish and
# Norwegian, share a text between them, while one in no language is spread over many.
_TOGETHER = 3
_LIKELY = 0.75
_ENGLISH_LIKELY = 0.5

# A list of names is no text: nearly all words have capitals, and every few are set apart.
_CAPITALS = 0.75
_WORDS_TO_A_MARK = 4
_MARK = re.compile(r"[,;/|•·\n]")
# Of code, so many characters are brackets and the like.
_CODE = re.compile(r"[{}\[\]()<>=;|\\]")
_CODE_SHARE = 0.06
_NOT_A_LANGUAGE = "zxx"


class LanguageDetector:
    """Says in which language a text is written. The model (4.6 MB) is loaded when a text is first asked about it."""

    def detect(self, text: str) -> str | None:
        """The ISO 639-1 code, or None for a text that is too short, names, code or links, or unclear."""
        said = _NO_WORD.sub(" ", text[:_LONGEST])
        words = _WORD.findall(said.lower())
        if len(words) < _LEAST_WORDS and (said.isascii() or len(_UNSPACED.findall(said)) < _LEAST_LETTERS):
            return None
        english = sum(word in _ENGLISH for word in words)
        if english >= _ENGLISH_LEAST and english >= _ENGLISH_SHARE * len(words):
            return "en"
        if _is_code(said) or _is_a_list_of_names(said):
            return None
        return self._likeliest(said)

    def _likeliest(self, said: str) -> str | None:
        code, probability = self._identifier.classify(said)
        if code == "en":
            return code if probability >= _ENGLISH_LIKELY else None
        likely: Counter[str] = Counter()
        for one, its_own in [(code, probability)] if probability >= _LIKELY else self._identifier.rank(said):
            likely[self._codes[one]] += its_own
        best = sorted(likely, key=lambda code: (-likely[code], code))[:_TOGETHER]
        together = sum(likely[one] for one in best if one not in ("en", _NOT_A_LANGUAGE))
        return best[0] if best[0] in LANGUAGE_NAMES and together >= _LIKELY else None

    @cached_property
    def _identifier(self) -> LanguageIdentifier:
        """The model, asked only about languages that have a name here: among fewer it is surer."""
        identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
        named = [code for code in identifier.labels if language_code(code) is not None]
        identifier.set_languages([*named, _NOT_A_LANGUAGE])
        return identifier

    @cached_property
    def _codes(self) -> dict[str, str]:
        """The model's code → ours: it tells Egyptian Arabic from Moroccan."""
        return {code: language_code(code) or code for code in self._identifier.labels}


def _is_code(said: str) -> bool:
    return len(_CODE.findall(said)) >= _CODE_SHARE * len(said)


def _is_a_list_of_names(said: str) -> bool:
    words: list[str] = _WORD.findall(said)
    if said.isupper() or len(_MARK.findall(said)) * _WORDS_TO_A_MARK < len(words):
        return False
    return sum(word[0].isupper() for word in words) >= _CAPITALS * len(words)
