"""What is read of each text: plain letters, in a language the encoder knows, without padding and copies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.domain.language import knows
from matcher.domain.profile import Brief, Partner, Startup
from matcher.steps.copies import Copy, copied
from matcher.steps.passages import Passages, passages
from matcher.steps.plain_text import Plain, plain
from matcher.steps.texts import BRIEF, THESIS, EarlierCompany, PartnerTexts, word_count
from matcher.steps.word_lists import Words, list_spans, said_words


@dataclass(frozen=True, kw_only=True)
class Letters:
    """A text as it is read. language: ISO 639-1, None where unclear. known: whether the encoder knows it."""

    plain: Plain
    language: str | None
    known: bool


@dataclass(frozen=True, kw_only=True)
class Struck:
    """What of a startup's summary does not count. lists: (start, end) in the plain text; copy: None where none is."""

    lists: tuple[tuple[int, int], ...] = ()
    copy: Copy | None = None


class Reader:
    """Reads one text after the other, each once. language_of: see Workspace. languages: see Embedder."""

    def __init__(self, language_of: Callable[[str], str | None], languages: frozenset[str] | None) -> None:
        self._language_of = language_of
        self.languages = languages
        self._read: dict[str, Letters] = {}
        self._words: dict[str, Words] = {}

    def letters(self, text: str) -> Letters:
        """The plain letters of a text, and whether it can be read."""
        if text not in self._read:
            shown = plain(text)
            language = self._language_of(shown.text)
            self._read[text] = Letters(plain=shown, language=language, known=knows(self.languages, language))
        return self._read[text]

    def words(self, text: str) -> Words:
        """Every word of a text, in whatever language."""
        if text not in self._words:
            self._words[text] = said_words(self.letters(text).plain.text)
        return self._words[text]

    def reads(self, text: str) -> bool:
        """Whether a text says anything in a language that is known."""
        return self.letters(text).known and bool(self.words(text))

    def passages(self, text: str, struck: Struck = Struck()) -> Passages:
        """The passages that count; none of a text that cannot be read."""
        read = self.letters(text)
        copy = struck.copy.spans if struck.copy else ()
        return passages(read.plain, (*struck.lists, *copy)) if read.known else Passages()


@dataclass(frozen=True, kw_only=True)
class Readable:
    """The partners' side without the texts that cannot be read; all companies, and whether each can be.

    unread: (partners,) int64, how many words of theses and briefs cannot be read; unread_of_company: (e,) int64, of the
    summaries of companies. languages: of each partner, those of its texts that cannot be read, sorted. of_thesis: the
    language of each partner's thesis, None where it has none or it is unclear. known: the languages that the encoder
    knows, None where it knows every one, or does not say which.
    """

    partners: tuple[Partner, ...]
    briefs: tuple[Brief, ...]
    companies: tuple[EarlierCompany, ...]
    unread: NDArray[np.int64]
    unread_of_company: NDArray[np.int64]
    languages: tuple[tuple[str, ...], ...]
    of_thesis: tuple[str | None, ...]
    known: frozenset[str] | None = None

    @property
    def nothing_read(self) -> bool:
        """Whether there is no encoder, so that no text is read in whatever language."""
        return self.known == frozenset()


def readable(
    reader: Reader, partners: Sequence[Partner], briefs: Sequence[Brief], companies: Sequence[EarlierCompany]
) -> Readable:
    """Part the texts of the partners' side into those that can be read and those that cannot."""
    unread = np.zeros(len(partners), np.int64)
    languages: list[set[str]] = [set() for _ in partners]
    at = {partner.id: place for place, partner in enumerate(partners)}

    def words_unread(text: str | None, place: int) -> int:
        read = reader.letters(text or "")
        if read.known:
            return 0
        if read.language is not None:
            languages[place].add(read.language)
        return word_count(read.plain.text)

    for place, partner in enumerate(partners):
        unread[place] += words_unread(partner.thesis, place)
    for brief in briefs:
        if brief.partner_id in at:
            unread[at[brief.partner_id]] += words_unread(brief.need, at[brief.partner_id])
    of_company = [words_unread(company.summary, company.partner) for company in companies]
    return Readable(
        partners=tuple(one if reader.reads(one.thesis or "") else replace(one, thesis=None) for one in partners),
        briefs=tuple(one for one in briefs if reader.reads(one.need)),
        companies=tuple(replace(one, read=reader.reads(one.summary)) for one in companies),
        unread=unread,
        unread_of_company=np.array(of_company, np.int64),
        languages=tuple(tuple(sorted(own)) for own in languages),
        of_thesis=tuple(reader.letters(one.thesis or "").language for one in partners),
        known=reader.languages,
    )


def struck(
    reader: Reader,
    startups: Sequence[Startup],
    texts: PartnerTexts,
    known: NDArray[np.int32],
    function_words: frozenset[str],
) -> list[Struck]:
    """What of each summary does not count: lists of keywords, repetition, and what is copied from a partner's own text.

    texts: whose theses and briefs are the sources. known: (k, 2) places of startup and partner, see `known_pairs`.
    """
    nothing = said_words("")
    summaries = [startup.summary or "" for startup in startups]
    said = [reader.words(summary) if reader.letters(summary).known else nothing for summary in summaries]
    asked = np.flatnonzero((texts.role == THESIS) | (texts.role == BRIEF))
    sources = [reader.words(texts.texts[row]) for row in asked.tolist()]
    copies = copied(said, sources, texts.partner[asked], known, function_words)
    return [
        Struck(
            lists=list_spans(words, function_words) if _is_english(reader, summary) else (),
            copy=replace(copies[place], source=int(asked[copies[place].source])) if place in copies else None,
        )
        for place, (words, summary) in enumerate(zip(said, summaries, strict=True))
    ]


def _is_english(reader: Reader, text: str) -> bool:
    """Whether the small words of English part this text; what is in no clear language counts as English."""
    read = reader.letters(text)
    return read.known and read.language in (None, "en")
