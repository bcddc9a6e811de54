"""Settings to Workspace: the only file that names an engine."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.domain.country import countries_from
from matcher.domain.hub import hubs_from
from matcher.domain.language import language_name
from matcher.domain.money import Rates
from matcher.domain.pack import Pack
from matcher.domain.region import regions_from
from matcher.domain.sheet import Sheet
from matcher.domain.tag import topics_from
from matcher.domain.vocabulary import Term, Vocabulary, folded
from matcher.errors import BadInput
from matcher.settings import Settings, shipped
from matcher.steps.embed import Embedder
from matcher.steps.find import VectorIndex
from matcher.steps.programme_file import programme_from_toml
from matcher.steps.rank import Ranker, ranker_from_json
from matcher.store.database import Engine, open_database
from matcher.workspace import Background, RankerFiles, Reference, Workspace

# The libraries whose version can change a result.
_DECIDING = ("faiss-cpu", "numpy", "ortools", "py3langid", "scipy")
_COEFFICIENTS = "coefficients.json"


def workspace_of(settings: Settings) -> Workspace:
    """The workspace of an installation. Nothing is opened or loaded before it is needed, but the folder is made."""
    try:
        settings.workspace.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise BadInput(
            f"The workspace {settings.workspace} cannot be made: {fault.strerror}; name another folder."
        ) from fault
    folder = settings.workspace
    return Workspace(
        folder=folder,
        open_database=_database(settings.database_url or folder / "matcher.db"),
        load_embedder=_embedder(settings.encoder, settings.allow_download),
        index=_index(folder / "index"),
        load_ranker=_shipped_ranker(settings.ranker),
        ranker_files=_shipped_files(settings.ranker),
        load_reference=reference,
        load_background=background,
        code=code_hash,
        read_sheet=_read_sheet,
        write_workbook=_write_workbook,
        write_timetable=_write_timetable,
        write_calendar=_write_calendar,
        check_encoder=_check_encoder(settings.encoder),
        language_of=_language_of(),
        pairs_at_once=settings.pairs_at_once,
        rescorings_a_day=settings.rescorings_a_day,
    )


def reference() -> Reference:
    """Words, rates, hubs and editions as shipped in data/."""
    words = _reference_file("vocabulary.json")
    rates = _reference_file("exchange_rates.json")
    countries = countries_from(_reference_file("countries.json")["countries"])
    groups = {row["name"]: tuple(row["countries"]) for row in _reference_file("country_groups.json")["groups"]}
    editions = [
        programme_from_toml(path.read_text(encoding="utf-8"), path.name, groups)
        for path in sorted(shipped("data/programmes").glob("*.toml"))
    ]
    return Reference(
        vocabulary=Vocabulary(
            sectors=tuple(_term(said) for said in words["sectors"]),
            technologies=tuple(_term(said) for said in words["technologies"]),
            common_words=frozenset(_word_file("common_words.txt")),
            function_words=frozenset(_word_file("function_words.txt")),
            country_names=countries.names,
        ),
        countries=countries,
        rates=Rates(as_of=rates["as_of"], gbp_per_unit=rates["gbp_per_unit"]),
        hubs=hubs_from(_reference_file("hubs.json")["hubs"]),
        country_groups=groups,
        programmes={programme.id: programme for programme in editions},
    )


def background() -> Background:
    """Regions, priority technologies and sensitive areas as shipped in data/reference/."""
    return Background(
        regions=regions_from(_reference_file("regions.json")),
        topics=topics_from(_reference_file("priority_technologies.json"), _reference_file("national_security.json")),
    )


def code_hash() -> str:
    """The name of the program: a hash of its source files and of the libraries that decide results."""
    digest = hashlib.sha256()
    source = Path(__file__).parent
    for path in sorted(source.rglob("*.py")):
        digest.update(f"{path.relative_to(source).as_posix()}\n".encode() + path.read_bytes())
    for library in _DECIDING:
        digest.update(f"{library} {metadata.version(library)}\n".encode())
    return digest.hexdigest()[:16]


def _reference_file(name: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads((shipped("data/reference") / name).read_text(encoding="utf-8"))
    return said


def _word_file(name: str) -> Iterator[str]:
    for line in (shipped("data/reference") / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield from map(folded, line.split())


def _term(said: dict[str, object]) -> Term:
    aliases = said.get("aliases", [])
    assert isinstance(aliases, list)
    narrower = said.get("narrower", [])
    assert isinstance(narrower, list)
    within = said.get("within")
    return Term(
        id=str(said["id"]),
        label=str(said["label"]),
        aliases=tuple(aliases),
        narrower=tuple(narrower),
        within=str(within) if within else None,
    )


def _database(where: Path | str) -> Callable[[], Engine]:
    return lambda: open_database(where)


def _embedder(name: str | None, allow_download: bool) -> Callable[[], Embedder]:
    def load() -> Embedder:
        if name == "hashing":
            from matcher.engines.hashing_embedder import HashingEmbedder

            return HashingEmbedder()
        from matcher.engines.sentence_embedder import SentenceEmbedder

        embedder = SentenceEmbedder(name, manifest=shipped("models/manifest.toml"), allow_download=allow_download)
        missing = None if name else embedder.missing()
        if missing is None:
            return embedder
        # Only the one that comes with the program: who names an encoder wants that one or none.
        from matcher.engines.no_embedder import NoEmbedder

        logging.getLogger(__name__).warning(
            f"{missing} Until then no text is read: pairs are matched on their structured fields alone."
        )
        return NoEmbedder(missing)

    return load


def _index(folder: Path) -> Callable[[NDArray[np.float32], str, str], VectorIndex]:
    def load(rows: NDArray[np.float32], encoder_id: str, fingerprint: str) -> VectorIndex:
        """From its file where that is sound, else built anew and kept; in numpy where FAISS is missing."""
        if find_spec("faiss") is None:
            from matcher.engines.exact_index import ExactIndex

            return ExactIndex(rows)
        from matcher.engines.faiss_index import FaissIndex
        from matcher.engines.index_files import IndexKey, read_index_file, write_index_file

        key = IndexKey(fingerprint=fingerprint, encoder=encoder_id, count=len(rows), dimension=rows.shape[1])
        kept = read_index_file(folder, key, FaissIndex.load)
        if kept is not None:
            return kept
        built = FaissIndex(rows)
        trouble = write_index_file(folder, key, built.save)
        if trouble is not None:
            logging.getLogger(__name__).warning(trouble)
        return built

    return load


def _check_encoder(name: str | None) -> Callable[[], str]:
    def check() -> str:
        if name == "hashing":
            return "the hashing embedder, which is for tests"
        from matcher.engines.sentence_embedder import SentenceEmbedder

        embedder = SentenceEmbedder(name, manifest=shipped("models/manifest.toml"))
        return f"{embedder.check()} is the one that was checked; it knows {_languages(embedder.languages)}"

    return check


def _languages(codes: frozenset[str] | None) -> str:
    if codes is None:
        return "every language, or does not say which"
    return ", ".join(sorted(map(language_name, codes)))


def _language_of() -> Callable[[str], str | None]:
    @cache
    def detect() -> Callable[[str], str | None]:
        from matcher.engines.language_detector import LanguageDetector

        return LanguageDetector().detect

    def language_of(text: str) -> str | None:
        return detect()(text)

    return language_of


def _read_sheet(path: Path, sheet: str | None) -> Sheet:
    from matcher.engines.sheet import read_sheet

    return read_sheet(path, sheet=sheet)


def _write_workbook(pack: Pack) -> bytes:
    from matcher.engines.workbook import pack_workbook

    return pack_workbook(pack)


def _write_timetable(result: dict[str, Any], status: str) -> bytes:
    from matcher.engines.timetable_workbook import timetable_workbook

    return timetable_workbook(result, status)


def _write_calendar(result: dict[str, Any], party: str | None, status: str) -> bytes:
    from matcher.engines.calendar_file import timetable_calendar

    return timetable_calendar(result, party, status)


def _shipped_ranker(name: str | None) -> Callable[[], Ranker]:
    def load() -> Ranker:
        folder = _shipped_folder(name)
        return ranker_from_json((folder / _COEFFICIENTS).read_text(encoding="utf-8"), f"{folder.name}/{_COEFFICIENTS}")

    return load


def _shipped_files(name: str | None) -> Callable[[], RankerFiles]:
    def load() -> RankerFiles:
        folder = _shipped_folder(name)
        body, metrics, card = (
            (folder / file).read_text(encoding="utf-8") for file in (_COEFFICIENTS, "metrics.json", "card.md")
        )
        return RankerFiles(body=body, metrics=metrics, card=card)

    return load


def _shipped_folder(name: str | None) -> Path:
    """The folder of this name in models/ranker, the newest where none is named."""
    rankers = shipped("models/ranker")
    there = sorted((path.parent for path in rankers.glob(f"*/{_COEFFICIENTS}")), key=_in_order)
    if not there:
        raise BadInput(f"There is no ranker in {rankers}; install matcher again.")
    found = [folder for folder in there if name in (None, folder.name)]
    if not found:
        raise BadInput(
            f"MATCHER_RANKER cannot be '{name}'; the rankers that come with this program are "
            f"{', '.join(folder.name for folder in there)}."
        )
    return found[-1]


def _in_order(folder: Path) -> list[int | str]:
    """Names in the order in which people count: v2 before v10."""
    return [int(part) if at % 2 else part for at, part in enumerate(re.split(r"(\d+)", folder.name))]
