"""What a match is made from: the records as of a date, their vectors (missing ones are encoded and kept), the index."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from matcher.domain.override import PIN, Override
from matcher.domain.profile import Brief, HistoryRecord, PortfolioCompany
from matcher.domain.programme import Programme
from matcher.errors import Stopped
from matcher.snapshot import Snapshot, before, closed, for_edition
from matcher.steps.circumstances import NO_CIRCUMSTANCES, Circumstances, circumstances
from matcher.steps.copies import known_pairs
from matcher.steps.embed import embed, hashed, missing_count, text_hash
from matcher.steps.inputs import Inputs
from matcher.steps.lexical import Tokenizer, lexicon
from matcher.steps.passages import Passages, sums, words_of
from matcher.steps.past import past
from matcher.steps.reading import Readable, Reader, Struck, readable, struck
from matcher.steps.same_organisation import Organisations, same_organisation
from matcher.steps.texts import PartnerTexts, earlier_companies, partner_texts
from matcher.steps.vectors import from_grid, to_grid
from matcher.store import vectors as vector_store
from matcher.workspace import Reference, Workspace

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, and how much there is."""

# Texts whose passages are read at once: some ten thousand vectors.
_TEXTS_AT_ONCE = 4096


def silent(_what: str, _done: int, _total: int) -> None:
    """A progress that nobody watches."""


def never() -> bool:
    """A `should_stop` that never asks to stop."""
    return False


def gather(
    workspace: Workspace,
    snapshot: Snapshot,
    as_of: str,
    programme: Programme | None = None,
    progress: Progress = silent,
    should_stop: Callable[[], bool] = never,
    overrides: Sequence[Override] = (),
) -> Inputs:
    """Lay out everything a match needs. Encodes the texts that have no vector yet and keeps them chunk by chunk.

    overrides: those in force in the programme.
    Raises Stopped between two chunks when `should_stop` says so; what was encoded is kept.
    """
    read = _read(workspace, snapshot, as_of, programme)
    _encode_missing(workspace, read.said, progress, should_stop)

    startups, partners, said = read.snapshot.startups, read.snapshot.partners, read.said
    rows = vectors_of(workspace, said)
    text_rows = np.ascontiguousarray(rows[len(startups) : -1])
    tokenizer = Tokenizer(workspace.vocabulary)
    cut = cache(tokenizer.words)
    words = [words_of(one, cut) for one in said]
    text_words = tuple(words[len(startups) : -1])
    letters, theme = read.reader.letters, read.reader.letters(read.theme)
    encoder = workspace.embedder.id
    return Inputs(
        as_of=as_of,
        startups=startups,
        partners=partners,
        briefs=read.briefs,
        portfolio=read.portfolio,
        history=read.history,
        vocabulary=workspace.vocabulary,
        rates=workspace.reference.rates,
        texts=replace(read.texts, word_counts=np.array([one.words() for one in read.text_passages], np.int64)),
        startup_rows=rows[: len(startups)],
        text_rows=text_rows,
        startup_passages=read.startup_passages,
        text_passages=read.text_passages,
        letters=tuple(map(letters, read.summaries)),
        struck=read.struck,
        readable=read.theirs,
        theme_language=None if theme.known else theme.language,
        organisations=read.organisations,
        index=workspace.index(text_rows, encoder, _fingerprint(read.texts, said[len(startups) : -1], encoder)),
        tokenizer=tokenizer,
        lexicon=lexicon(text_words),
        startup_words=tuple(words[: len(startups)]),
        text_words=text_words,
        past=past(
            read.theirs.companies,
            startups,
            read.organisations.group,
            read.texts,
            len(partners),
            workspace.reference.rates,
        ),
        programme=programme,
        theme_row=rows[-1] if rows[-1].any() else None,
        around=circumstances_of(workspace, read.snapshot, as_of, programme, overrides),
        overrides=tuple(overrides),
    )


def circumstances_of(
    workspace: Workspace,
    snapshot: Snapshot,
    as_of: str,
    programme: Programme | None,
    overrides: Sequence[Override] = (),
) -> Circumstances:
    """What an edition's rules ask beside the profiles; nothing without one. snapshot: as the edition takes it."""
    if programme is None:
        return NO_CIRCUMSTANCES
    pins = {one.pair for one in overrides if one.kind == PIN}
    history, hubs = before(snapshot.history, as_of), workspace.reference.hubs
    return circumstances(programme, history, snapshot.participation, hubs, pins, as_of, snapshot.other_side)


@dataclass(frozen=True, kw_only=True)
class _Read:
    """The records as of a date, and their texts as they are read; no vector yet.

    said: what counts of each summary, of each text of the partners' side, and of the theme, passage by passage.
    """

    snapshot: Snapshot
    history: tuple[HistoryRecord, ...]
    briefs: tuple[Brief, ...]
    portfolio: tuple[PortfolioCompany, ...]
    reader: Reader
    theirs: Readable
    texts: PartnerTexts
    struck: tuple[Struck, ...]
    organisations: Organisations
    summaries: list[str]
    theme: str
    startup_passages: tuple[Passages, ...]
    text_passages: tuple[Passages, ...]
    said: list[tuple[str, ...]]


def _read(workspace: Workspace, snapshot: Snapshot, as_of: str, programme: Programme | None) -> _Read:
    snapshot = for_edition(snapshot, programme)
    startups, partners = snapshot.startups, snapshot.partners
    history = before(snapshot.history, as_of)
    briefs = tuple(brief for brief in snapshot.briefs if not closed(brief, as_of))
    portfolio = tuple(one for one in snapshot.portfolio if one.year is None or one.year <= int(as_of[:4]))
    reader = Reader(workspace.language_of, workspace.embedder.languages)
    theirs = readable(reader, partners, briefs, earlier_companies(partners, portfolio, history, startups))
    texts = partner_texts(theirs.partners, theirs.briefs, theirs.companies)
    # Whatever its date, also what lies behind the as-of date: see known_pairs.
    known = known_pairs(startups, partners, snapshot.history, snapshot.portfolio)
    out = struck(reader, startups, texts, known, workspace.vocabulary.function_words)
    summaries = [startup.summary or "" for startup in startups]
    organisations = same_organisation(startups, [reader.words(summary) for summary in summaries])
    theme = (programme.theme if programme is not None else None) or ""
    startup_passages = tuple(reader.passages(summary, left) for summary, left in zip(summaries, out, strict=True))
    text_passages = tuple(reader.passages(text) for text in texts.texts)
    said = [one.once() for one in (*startup_passages, *text_passages, reader.passages(theme))]
    return _Read(
        snapshot=snapshot,
        history=history,
        briefs=briefs,
        portfolio=portfolio,
        reader=reader,
        theirs=theirs,
        texts=texts,
        struck=tuple(out),
        organisations=organisations,
        summaries=summaries,
        theme=theme,
        startup_passages=startup_passages,
        text_passages=text_passages,
        said=said,
    )


def texts_to_encode(
    workspace: Workspace, snapshot: Snapshot, as_of: str, programme: Programme | None
) -> tuple[str, ...]:
    """The texts that `gather` would encode now, each once, in sorted order."""
    read = _read(workspace, snapshot, as_of, programme)
    wanted = hashed(passage for own in read.said for passage in own)
    with workspace.reading() as connection:
        known = vector_store.known(connection, workspace.embedder.id)
    return tuple(sorted(text for hash_, text in wanted.items() if hash_ not in known))


def reference_hash(reference: Reference) -> str:
    """The name of what a result was made with: sectors, countries, common words, exchange rates, hubs."""
    words, rates = reference.vocabulary, reference.rates
    said = [
        [asdict(term) for term in (*words.sectors, *words.technologies)],
        sorted(words.country_names.items()),
        sorted(words.common_words),
        sorted(words.function_words),
        [rates.as_of, sorted(rates.gbp_per_unit.items())],
        [asdict(hub) for _, hub in sorted(reference.hubs.items())],
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def vectors_of(workspace: Workspace, said: Sequence[tuple[str, ...]]) -> NDArray[np.float32]:
    """(n, d) float32 on the grid: for each tuple of passages the mean of their vectors, of unit length; zeros for none.

    They must have been encoded. The vectors of passages are never all in memory.
    """
    rows = np.zeros((len(said), workspace.embedder.dimension), np.float32)
    for start in range(0, len(said), _TEXTS_AT_ONCE):
        part = said[start : start + _TEXTS_AT_ONCE]
        hashes = {passage: text_hash(passage) for own in part for passage in own}
        with workspace.reading() as connection:
            grid = vector_store.load(
                connection, workspace.embedder.id, list(hashes.values()), workspace.embedder.dimension
            )
        row = {passage: at for at, passage in enumerate(hashes)}
        rows[start : start + len(part)] = from_grid(to_grid(sums(part, grid, row)))
    return rows


def _encode_missing(
    workspace: Workspace,
    said: Iterable[tuple[str, ...]],
    progress: Progress,
    should_stop: Callable[[], bool],
) -> None:
    wanted = hashed(passage for own in said for passage in own)
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


def _fingerprint(texts: PartnerTexts, said: Sequence[tuple[str, ...]], encoder_id: str) -> str:
    """The name of an index: its rows by owner and by what counts of the text, and the encoder that made them."""
    rows = (
        f"{kind} {id_} {text_hash(chr(10).join(own))}" for (kind, id_), own in zip(texts.records, said, strict=True)
    )
    return hashlib.sha256("\n".join([encoder_id, *rows]).encode()).hexdigest()
