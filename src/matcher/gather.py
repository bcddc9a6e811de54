"""What a match is made from: the records as of a date, their vectors (missing ones are encoded and kept), the index."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from matcher.domain.profile import Brief, HistoryRecord, Partner, PortfolioCompany, Record, Startup
from matcher.domain.programme import Programme
from matcher.errors import BadInput, Stopped
from matcher.steps.embed import embed, missing_count, text_hash, with_sentences
from matcher.steps.inputs import Inputs
from matcher.steps.lexical import Tokenizer, lexicon
from matcher.steps.lookup import check_known
from matcher.steps.past import past
from matcher.steps.programme_file import programme_from_toml
from matcher.steps.texts import PartnerTexts, earlier_companies, partner_texts, sentences
from matcher.steps.vectors import from_grid
from matcher.store import programmes as programme_store
from matcher.store import records as record_store
from matcher.store import vectors as vector_store
from matcher.workspace import Reference, Workspace

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, and how much there is."""

KINDS = ("startup", "partner", "portfolio", "brief", "history")


def silent(_what: str, _done: int, _total: int) -> None:
    """A progress that nobody watches."""


def never() -> bool:
    """A `should_stop` that never asks to stop."""
    return False


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """The records as one read found them, each kind in the order of ids.

    hashes: the version of each; hash: the name of them all together.
    """

    startups: tuple[Startup, ...]
    partners: tuple[Partner, ...]
    portfolio: tuple[PortfolioCompany, ...]
    briefs: tuple[Brief, ...]
    history: tuple[HistoryRecord, ...]
    hashes: tuple[str, ...]
    hash: str


def read_snapshot(workspace: Workspace) -> Snapshot:
    """The present records, in one consistent view."""
    with workspace.reading() as connection:
        hashes = tuple(
            sorted(hash_ for kind in KINDS for hash_ in record_store.current_versions(connection, kind).values())
        )
        records = {kind: record_store.load(connection, kind) for kind in KINDS}
    return _snapshot(records, hashes, record_store.inputs_hash(hashes))


def kept_snapshot(workspace: Workspace, inputs_hash: str) -> Snapshot:
    """The records that a run read, whatever was imported since."""
    with workspace.reading() as connection:
        records = record_store.load_inputs(connection, inputs_hash)
    return _snapshot(records, (), inputs_hash)


def _snapshot(records: Mapping[str, tuple[Record, ...]], hashes: tuple[str, ...], hash_: str) -> Snapshot:
    return Snapshot(
        startups=cast(tuple[Startup, ...], records.get("startup", ())),
        partners=cast(tuple[Partner, ...], records.get("partner", ())),
        portfolio=cast(tuple[PortfolioCompany, ...], records.get("portfolio", ())),
        briefs=cast(tuple[Brief, ...], records.get("brief", ())),
        history=cast(tuple[HistoryRecord, ...], records.get("history", ())),
        hashes=hashes,
        hash=hash_,
    )


def gather(
    workspace: Workspace,
    snapshot: Snapshot,
    as_of: str,
    programme: Programme | None = None,
    progress: Progress = silent,
    should_stop: Callable[[], bool] = never,
) -> Inputs:
    """Lay out everything a match needs. Encodes the texts that have no vector yet and keeps them chunk by chunk.

    Raises Stopped between two chunks when `should_stop` says so; what was encoded is kept.
    """
    startups, partners = snapshot.startups, snapshot.partners
    history = before(snapshot.history, as_of)
    briefs = tuple(brief for brief in snapshot.briefs if not closed(brief, as_of))
    portfolio = tuple(one for one in snapshot.portfolio if one.year is None or one.year <= int(as_of[:4]))
    companies = earlier_companies(partners, portfolio, history, startups)
    texts = partner_texts(partners, briefs, companies)
    theme = programme.theme if programme is not None else None
    summaries = [startup.summary or "" for startup in startups]
    _encode_missing(workspace, [*summaries, *texts.texts, theme or ""], progress, should_stop)

    rows = vectors_of(workspace, [*summaries, *texts.texts, theme or ""])
    text_rows = np.ascontiguousarray(rows[len(startups) : -1])
    tokenizer = Tokenizer(workspace.vocabulary)
    words: dict[str, tuple[str, ...]] = {}
    for text in (*summaries, *texts.texts):
        if text not in words:
            words[text] = tuple(tokenizer.words(text))
    text_words = tuple(words[text] for text in texts.texts)
    return Inputs(
        as_of=as_of,
        startups=startups,
        partners=partners,
        briefs=briefs,
        portfolio=portfolio,
        history=history,
        vocabulary=workspace.vocabulary,
        rates=workspace.reference.rates,
        texts=texts,
        startup_rows=rows[: len(startups)],
        text_rows=text_rows,
        index=workspace.index(text_rows, workspace.embedder.id, _fingerprint(texts, workspace.embedder.id)),
        tokenizer=tokenizer,
        lexicon=lexicon(text_words),
        startup_words=tuple(words[summary] for summary in summaries),
        text_words=text_words,
        past=past(companies, startups, texts, len(partners), workspace.reference.rates),
        programme=programme,
        theme_row=rows[-1] if theme else None,
    )


def before(history: tuple[HistoryRecord, ...], as_of: str) -> tuple[HistoryRecord, ...]:
    """What had happened by the as-of date; a record without a date is taken as past.

    A year or a month counts as soon as it has begun: "2026" is before 2026-11-24.
    """
    return tuple(record for record in history if record.date is None or record.date <= as_of)


def closed(brief: Brief, as_of: str) -> bool:
    """Whether a brief's deadline has passed; a month or a year passes with its last day."""
    return brief.deadline is not None and brief.deadline < as_of[: len(brief.deadline)]


def reference_hash(reference: Reference) -> str:
    """The name of the words and rates a result was made with: sectors, countries, common words, exchange rates."""
    words, rates = reference.vocabulary, reference.rates
    said = [
        [asdict(term) for term in (*words.sectors, *words.technologies)],
        sorted(words.country_names.items()),
        sorted(words.common_words),
        [rates.as_of, sorted(rates.gbp_per_unit.items())],
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def vectors_of(workspace: Workspace, texts: list[str]) -> NDArray[np.float32]:
    """(n, d) float32 on the grid, in the order of `texts`; zeros for an empty text. They must have been encoded."""
    rows = np.zeros((len(texts), workspace.embedder.dimension), np.float32)
    said = [place for place, text in enumerate(texts) if text]
    with workspace.reading() as connection:
        grid = vector_store.load(
            connection,
            workspace.embedder.id,
            [text_hash(texts[place]) for place in said],
            workspace.embedder.dimension,
        )
    rows[said] = from_grid(grid)
    return rows


def sentence_rows(workspace: Workspace, texts: Iterable[str]) -> dict[str, NDArray[np.float32]]:
    """Text hash → vector of every sentence of these texts, from the store: quoting needs no model."""
    hashes = sorted({text_hash(text[start:end]) for text in texts for start, end in sentences(text)})
    with workspace.reading() as connection:
        grid = vector_store.load(connection, workspace.embedder.id, hashes, workspace.embedder.dimension)
    return dict(zip(hashes, from_grid(grid), strict=True))


def find_programme(workspace: Workspace, programme_id: str | None) -> Programme | None:
    """The edition of this id, of the workspace or as shipped; None where none was asked for. Raises NotFound."""
    if programme_id is None:
        return None
    known = programmes_of(workspace)
    check_known(programme_id, known.keys(), "programme", "`matcher programmes list` shows them all.")
    found = known[programme_id]
    if found.mode != "startup-partner":
        raise BadInput(f"'{found.id}' is a corridor edition; this version matches startups with partners only.")
    return found


def programmes_of(workspace: Workspace) -> dict[str, Programme]:
    """Every edition: those shipped, then those added to the workspace, which win over a shipped one of the same id."""
    with workspace.reading() as connection:
        added = programme_store.load(connection)
    return workspace.reference.programmes | {id_: programme_from_toml(body, id_) for id_, body in added.items()}


def _encode_missing(
    workspace: Workspace, texts: list[str], progress: Progress, should_stop: Callable[[], bool]
) -> None:
    wanted = with_sentences(text for text in texts if text)
    embedder = workspace.embedder
    with workspace.reading() as connection:
        known = vector_store.known(connection, embedder.id)
    total, done = missing_count(wanted, known), 0
    if total:
        progress("encoding texts", 0, total)
    for hashes, grid in embed(wanted, known, embedder):
        with workspace.writing() as connection:
            vector_store.put(connection, embedder.id, hashes, grid)
        done += len(hashes)
        progress("encoding texts", done, total)
        if should_stop():
            raise Stopped("Stopped while encoding texts; what was encoded is kept, run the same command to go on.")


def _fingerprint(texts: PartnerTexts, encoder_id: str) -> str:
    """The name of an index: its rows by owner and text, and the encoder that made them."""
    said = [
        encoder_id,
        *(f"{kind} {id_} {text_hash(text)}" for (kind, id_), text in zip(texts.records, texts.texts, strict=True)),
    ]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
