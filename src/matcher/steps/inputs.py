"""What goes into a match: records, texts, vectors, words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.domain.audience import Audience
from matcher.domain.money import Rates
from matcher.domain.override import Override
from matcher.domain.profile import Brief, HistoryRecord, Partner, PortfolioCompany, Startup
from matcher.domain.programme import Programme
from matcher.domain.vocabulary import Vocabulary
from matcher.steps.circumstances import NO_CIRCUMSTANCES, Circumstances
from matcher.steps.find import VectorIndex
from matcher.steps.lexical import Lexicon, Tokenizer
from matcher.steps.passages import Passages
from matcher.steps.past import Past
from matcher.steps.reading import Letters, Readable, Struck
from matcher.steps.same_organisation import Organisations
from matcher.steps.texts import LEAST_WORDS, EarlierCompany, PartnerTexts, word_count


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """Everything a match is made from, sorted by id; briefs are open, portfolio and history hold only
    what came before the as-of date.

    startup_rows: (startups, d), text_rows: (texts, d), theme_row: (d,) or None; float32 on the grid, zeros where a
    startup has no summary that counts. index: over text_rows. startup_passages, text_passages: what counts of each
    summary and of each text; startup_words, text_words: its words. letters: each summary as it is read; struck: what of
    it does not count. readable: the partners' side as far as it is read; what is not stands in no `texts`.
    theme_language: that of the edition's theme where the encoder does not know it. organisations: which startups are
    one organisation. around: what the programme's rules ask beside profiles; overrides: those in force, of its pairs.
    audience: for whom results are put into words.
    """

    as_of: str
    startups: tuple[Startup, ...]
    partners: tuple[Partner, ...]
    briefs: tuple[Brief, ...]
    portfolio: tuple[PortfolioCompany, ...]
    history: tuple[HistoryRecord, ...]
    vocabulary: Vocabulary
    rates: Rates
    texts: PartnerTexts
    startup_rows: NDArray[np.float32]
    text_rows: NDArray[np.float32]
    startup_passages: tuple[Passages, ...]
    text_passages: tuple[Passages, ...]
    letters: tuple[Letters, ...]
    struck: tuple[Struck, ...]
    readable: Readable
    theme_language: str | None
    organisations: Organisations
    index: VectorIndex
    tokenizer: Tokenizer
    lexicon: Lexicon
    startup_words: tuple[tuple[str, ...], ...]
    text_words: tuple[tuple[str, ...], ...]
    past: Past
    programme: Programme | None
    theme_row: NDArray[np.float32] | None
    around: Circumstances = NO_CIRCUMSTANCES
    overrides: tuple[Override, ...] = ()
    audience: Audience = Audience.STAFF

    @property
    def companies(self) -> tuple[EarlierCompany, ...]:
        """Every earlier company, by partner."""
        return self.readable.companies

    def says_enough(self, place: int) -> bool:
        """Whether a startup can be assessed at all: by what counts of its summary, or by one that cannot be read.

        A summary in a language that the encoder does not know leaves what is stated to match by.
        """
        if self.letters[place].known:
            return self.startup_passages[place].words() >= LEAST_WORDS
        return word_count(self.letters[place].plain.text) >= LEAST_WORDS
