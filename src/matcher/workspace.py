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
from matcher.domain.money import Rates
from matcher.domain.programme import Programme
from matcher.domain.sheet import Sheet
from matcher.domain.vocabulary import Vocabulary
from matcher.steps.embed import Embedder
from matcher.steps.find import VectorIndex
from matcher.steps.rank import Ranker
from matcher.store import database
from matcher.store.database import Connection, Engine


@dataclass(frozen=True, kw_only=True)
class Reference:
    """What comes with the product: words, rates and editions."""

    vocabulary: Vocabulary
    countries: Countries
    rates: Rates
    programmes: dict[str, Programme]


@dataclass(frozen=True)
class Workspace:
    """A folder, a database and the engines, made on first use.

    index: (rows, encoder id, key) → the index over these rows, from its file or built anew.
    read_sheet: (path, sheet name) → the sheet. write_workbook: a shortlist result → XLSX bytes.
    check_encoder: says which encoder there is, or raises ModelMissing; loads nothing.
    """

    folder: Path
    open_database: Callable[[], Engine]
    load_embedder: Callable[[], Embedder]
    index: Callable[[NDArray[np.float32], str, str], VectorIndex]
    load_ranker: Callable[[], Ranker]
    load_reference: Callable[[], Reference]
    code: Callable[[], str]
    read_sheet: Callable[[Path, str | None], Sheet]
    write_workbook: Callable[[dict[str, Any]], bytes]
    check_encoder: Callable[[], str]
    pairs_at_once: int

    @cached_property
    def database(self) -> Engine:
        """The database, its schema up to date."""
        return self.open_database()

    @cached_property
    def embedder(self) -> Embedder:
        """The encoder; its model is loaded when a text has no vector yet."""
        return self.load_embedder()

    @cached_property
    def ranker(self) -> Ranker:
        """The active ranker."""
        return self.load_ranker()

    @cached_property
    def reference(self) -> Reference:
        """Words, rates and editions."""
        return self.load_reference()

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
