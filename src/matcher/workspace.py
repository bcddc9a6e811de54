"""The workspace: everything a service is given. Wiring makes it; services read and write through it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.domain.country import Countries
from matcher.domain.hub import Hub
from matcher.domain.money import Rates
from matcher.domain.pack import Pack
from matcher.domain.programme import Programme
from matcher.domain.region import Regions
from matcher.domain.sheet import Sheet
from matcher.domain.tag import Topics
from matcher.domain.vocabulary import Vocabulary
from matcher.errors import BadInput
from matcher.steps.embed import Embedder
from matcher.steps.find import VectorIndex
from matcher.steps.rank import Ranker, ranker_from_json
from matcher.store import database, rankers
from matcher.store.database import Connection, Engine


@dataclass(frozen=True, kw_only=True)
class Reference:
    """What comes with the product: words, rates, hubs and editions.

    hubs: by id. country_groups: name → the ISO codes of its countries.
    """

    vocabulary: Vocabulary
    countries: Countries
    rates: Rates
    hubs: dict[str, Hub]
    country_groups: dict[str, tuple[str, ...]]
    programmes: dict[str, Programme]


@dataclass(frozen=True, kw_only=True)
class Background:
    """What is told beside results: regions and what is tagged. It is apart from Reference because no match reads it."""

    regions: Regions
    topics: Topics


@dataclass(frozen=True, kw_only=True)
class RankerFiles:
    """A ranker as it lies in a folder: coefficients.json, metrics.json, card.md."""

    body: str
    metrics: str
    card: str


@dataclass(frozen=True)
class Workspace:
    """A folder, a database and the engines, made on first use.

    index: (rows, encoder id, key) → the index over these rows, from its file or built anew.
    load_ranker: the shipped ranker. ranker_files: its files.
    read_sheet: (path, sheet name) → the sheet. write_workbook: a briefing pack → XLSX bytes.
    write_timetable: a timetable result, the sentence on its approval → XLSX bytes. write_calendar: a timetable result,
    whose (None = everybody's), that sentence → iCalendar bytes.
    check_encoder: says which encoder there is, or raises ModelMissing; loads nothing.
    language_of: a text → its ISO 639-1 code, None where that cannot be said.
    rescorings_a_day: with how many versions of its profile a startup may be matched on a day, as it is shown it.
    """

    folder: Path
    open_database: Callable[[], Engine]
    load_embedder: Callable[[], Embedder]
    index: Callable[[NDArray[np.float32], str, str], VectorIndex]
    load_ranker: Callable[[], Ranker]
    ranker_files: Callable[[], RankerFiles]
    load_reference: Callable[[], Reference]
    load_background: Callable[[], Background]
    code: Callable[[], str]
    read_sheet: Callable[[Path, str | None], Sheet]
    write_workbook: Callable[[Pack], bytes]
    write_timetable: Callable[[dict[str, Any], str], bytes]
    write_calendar: Callable[[dict[str, Any], str | None, str], bytes]
    check_encoder: Callable[[], str]
    language_of: Callable[[str], str | None]
    pairs_at_once: int
    rescorings_a_day: int

    @cached_property
    def database(self) -> Engine:
        """The database, its schema up to date."""
        return self.open_database()

    @cached_property
    def embedder(self) -> Embedder:
        """The encoder; its model is loaded when a text has no vector yet."""
        return self.load_embedder()

    @cached_property
    def shipped_ranker(self) -> Ranker:
        """The ranker that came with this program."""
        return self.load_ranker()

    @property
    def ranker(self) -> Ranker:
        """The active ranker, as the database says now: one that was trained a moment ago ranks the next match.

        Raises BadInput when it no longer fits this program.
        """
        with self.reading() as connection:
            active = rankers.active(connection)
        return self.shipped_ranker if active is None else _read_ranker(active)

    def find_ranker(self, ranker_id: str) -> Ranker | None:
        """The ranker of this id, shipped or kept; None where it is neither.

        Raises BadInput when it was kept and no longer fits this program.
        """
        if ranker_id == self.shipped_ranker.id:
            return self.shipped_ranker
        with self.reading() as connection:
            kept = rankers.find(connection, ranker_id)
        return None if kept is None else _read_ranker(kept)

    def keep_shipped_ranker(self, connection: Connection) -> None:
        """Keep the shipped ranker beside those trained here, so that a later program, which ships another, has it."""
        files = self.ranker_files()
        rankers.keep(connection, self.shipped_ranker.id, files.body, files.metrics, files.card, None)

    @cached_property
    def reference(self) -> Reference:
        """Words, rates, hubs and editions."""
        return self.load_reference()

    @cached_property
    def background(self) -> Background:
        """Regions and what is tagged: for reports."""
        return self.load_background()

    @property
    def vocabulary(self) -> Vocabulary:
        """The words for sectors and technologies."""
        return self.reference.vocabulary

    def reading(self) -> AbstractContextManager[Connection]:
        """One consistent view of the database."""
        return database.reading(self.database)

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that writes: all of it or nothing."""
        return database.writing(self.database)


def _read_ranker(kept: rankers.KeptRanker) -> Ranker:
    try:
        ranker = ranker_from_json(kept.body, kept.id)
    except BadInput as fault:
        raise BadInput(_does_not_fit(kept.id)) from fault
    if ranker.id != kept.id:
        raise BadInput(_does_not_fit(kept.id))
    return ranker


def _does_not_fit(ranker_id: str) -> str:
    return (
        f"The ranker '{ranker_id}' that was kept does not fit this program; choose the shipped one with "
        "`matcher rankers use shipped`, then train anew with `matcher train`."
    )
