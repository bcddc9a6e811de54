"""Evaluating: hold a ranking against links that really happened."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.domain.vocabulary import BACKED
from matcher.errors import BadInput, NotFound, Stopped
from matcher.gather import Progress, gather, never, silent
from matcher.match import match_in_blocks
from matcher.snapshot import read_snapshot
from matcher.steps.calibration import band_rows
from matcher.steps.evaluate import METRICS, TOP, Findings, findings, joined, mean_interval, paired_interval
from matcher.steps.evaluation import Comparison, Evaluation, Figures
from matcher.steps.inputs import Inputs
from matcher.steps.links import Link, link_groups, link_places
from matcher.steps.lookup import named_by
from matcher.steps.matches import Matches
from matcher.steps.rank import BANDS, SHIPPED, Ranker, rank, ranker_from_json
from matcher.store import rankers
from matcher.workspace import Workspace

_COEFFICIENTS = "coefficients.json"


@dataclass(frozen=True, kw_only=True)
class _Block:
    """What the startups of one block add up to; pairs, links: (bands,) int64 how many assessed pairs and links."""

    ours: Findings
    other: Findings | None
    pairs: NDArray[np.int64]
    links: NDArray[np.int64]
    refused_links: int
    not_assessed: int


def evaluate(
    workspace: Workspace,
    links: Sequence[Link],
    as_of: str,
    limit: int = 0,
    compared: Ranker | None = None,
    progress: Progress = silent,
    should_stop: Callable[[], bool] = never,
) -> Evaluation:
    """Rank every admitted partner for each startup that has links, and see where the linked ones stand.

    links: one counts once. limit: a startup's best so many count as ranked, 0 = all. compared: a ranker to hold
    beside the active one. Raises BadInput without links, NotFound for ids that are not in the workspace, Stopped.
    """
    snapshot = read_snapshot(workspace)
    startup, partner = link_places(
        links, [record.id for record in snapshot.startups], [record.id for record in snapshot.partners]
    )
    inputs = gather(workspace, snapshot, as_of, None, progress, should_stop)
    ranker = workspace.ranker
    blocks = list(_blocks(workspace, inputs, ranker, compared, (startup, partner), limit, progress, should_stop))
    ours = joined([block.ours for block in blocks])
    found = (ours.ranks > 0) & (ours.ranks <= TOP)
    by_kind, by_country, by_history = link_groups(inputs, startup, partner, found)
    history = {(one.startup_id, one.partner_id) for one in inputs.history if one.outcome in BACKED}
    return Evaluation(
        as_of=as_of,
        startups=len(ours.rows),
        links=len(startup),
        figures=_figures(ranker, ours),
        not_assessed=sum(block.not_assessed for block in blocks),
        refused_links=sum(block.refused_links for block in blocks),
        bands=band_rows(
            np.sum([block.pairs for block in blocks], axis=0), np.sum([block.links for block in blocks], axis=0)
        ),
        by_kind=by_kind,
        by_country=by_country,
        by_history=by_history,
        known_links=len(history & set(links)),
        compared=None if compared is None else _comparison(ours, compared, blocks),
    )


def ranker_named(workspace: Workspace, named: str) -> Ranker:
    """The ranker that a person names.

    named: SHIPPED, the path of a coefficients.json or of the folder it lies in, or the id of a ranker that the
    workspace keeps, or a beginning of it that no other has. Raises NotFound, BadInput.
    """
    if named == SHIPPED:
        return workspace.shipped_ranker
    for path in (Path(named), Path(named) / _COEFFICIENTS):
        text = _text_of(path)
        if text is not None:
            return ranker_from_json(text, str(path))
    with workspace.reading() as connection:
        known = {workspace.shipped_ranker.id, *(line.id for line in rankers.lines(connection))}
    fitting = named_by(named, known)
    found = workspace.find_ranker(fitting[0]) if len(fitting) == 1 else None
    if found is None:
        trouble = (
            f"'{named}' is the beginning of {len(fitting)} rankers" if fitting else f"There is no ranker '{named}'"
        )
        raise NotFound(f"{trouble}; name one that `matcher rankers list` shows, or the path of a {_COEFFICIENTS}.")
    return found


def _text_of(path: Path) -> str | None:
    """What a file says; None where there is none, or where the name can be no file's."""
    try:
        return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None
    except OSError as fault:
        if fault.errno == errno.ENAMETOOLONG:
            return None
        raise BadInput(f"The ranker {path} cannot be read: {fault.strerror}; name another.") from fault


def _blocks(
    workspace: Workspace,
    inputs: Inputs,
    ranker: Ranker,
    compared: Ranker | None,
    places: tuple[NDArray[np.int32], NDArray[np.int32]],
    limit: int,
    progress: Progress,
    should_stop: Callable[[], bool],
) -> Iterator[_Block]:
    startups = np.unique(places[0])
    partners = np.arange(len(inputs.partners), dtype=np.int32)
    done = 0
    for matches in match_in_blocks(inputs, ranker, startups, partners, workspace.pairs_at_once):
        if should_stop():
            raise Stopped("Stopped while matching; run the same command to start the evaluation again.")
        yield _block(matches, compared, places, limit)
        done += len(matches.startup_places)
        progress("matching startups", done, len(startups))


def _block(
    matches: Matches, compared: Ranker | None, places: tuple[NDArray[np.int32], NDArray[np.int32]], limit: int
) -> _Block:
    shape, pairs = (len(matches.startup_places), len(matches.partner_places)), matches.pairs
    linked = np.zeros(shape, bool)
    here = np.isin(places[0], matches.startup_places)
    linked[np.searchsorted(matches.startup_places, places[0][here]), places[1][here]] = True

    def scattered(scores: NDArray[np.float64]) -> NDArray[np.float64]:
        everybody = np.full(shape, np.nan)
        everybody[pairs.startup, pairs.partner] = scores
        return everybody

    scores, band = scattered(matches.ranked.scores), matches.ranked.band
    other = None
    if compared is not None:
        everywhere = np.ones(matches.features.values.shape[1], bool)
        again = rank(matches.features, compared, matches.assessed, everywhere)
        other = findings(scattered(again.scores), linked, limit)
    is_link = linked[pairs.startup, pairs.partner]
    return _Block(
        ours=findings(scores, linked, limit),
        other=other,
        pairs=np.bincount(band[matches.assessed], minlength=len(BANDS)),
        links=np.bincount(band[matches.assessed & is_link], minlength=len(BANDS)),
        refused_links=int((linked & ~matches.admission.admitted).sum()),
        not_assessed=int(np.isnan(scores).all(axis=1).sum()),
    )


def _figures(ranker: Ranker, found: Findings) -> Figures:
    told = {metric: mean_interval(found.rows[:, column]) for column, metric in enumerate(METRICS)}
    return Figures(
        ranker=ranker.id,
        means={metric: mean for metric, (mean, _, _) in told.items()},
        intervals={metric: (low, high) for metric, (_, low, high) in told.items()},
        coverage=float(found.seen.mean()),
    )


def _comparison(ours: Findings, compared: Ranker, blocks: Sequence[_Block]) -> Comparison:
    other = joined([block.other for block in blocks if block.other is not None])
    column = METRICS.index("ndcg_at_10")
    difference = paired_interval(ours.rows[:, column], other.rows[:, column])
    return Comparison(figures=_figures(compared, other), difference=difference)
