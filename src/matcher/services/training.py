"""Training: learn a ranker from a workspace's history, hold it against the present one, keep it if it is better."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from matcher.errors import Stopped
from matcher.gather import Progress, Snapshot, gather, never, read_snapshot, silent
from matcher.match import match_in_blocks
from matcher.steps.baselines import BASELINES
from matcher.steps.card import card
from matcher.steps.folds import LEAST_STARTUPS, Fold, dated, dated_portfolio, folds, split, without_thesis
from matcher.steps.inputs import Inputs
from matcher.steps.learn import Examples
from matcher.steps.measure import FEATURES
from matcher.steps.rank import Ranker, ranker_from_json
from matcher.steps.training import Trial, coefficients_json, learned, trial_json, tried, with_meaning
from matcher.store import rankers
from matcher.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class Papers:
    """A ranker as it is written: its id and the texts of coefficients.json, metrics.json and card.md."""

    ranker_id: str
    coefficients: str
    metrics: str
    card: str


@dataclass(frozen=True, kw_only=True)
class Training:
    """What a training came to. present: the id of the ranker that was active. kept: whether the new one is active now.

    trial, papers: None where the history says too little, and then `too_little` says what is missing.
    """

    present: str
    kept: bool
    trial: Trial | None = None
    papers: Papers | None = None
    too_little: str = ""


def train(
    workspace: Workspace,
    as_of: str,
    made_at: datetime,
    name: str | None = None,
    progress: Progress = silent,
    should_stop: Callable[[], bool] = never,
) -> Training:
    """Learn from the years up to `as_of`; keep and activate what is better on the latest of them, learned from all.

    made_at: the present moment, kept beside the ranker and never in it. name: what people call it. Raises Stopped, and
    BadInput where the present ranker no longer fits this program; nothing is kept then.
    """
    present = workspace.ranker
    snapshot = read_snapshot(workspace)
    cut = folds(snapshot.history, {one.id for one in snapshot.startups}, {one.id for one in snapshot.partners}, as_of)
    earlier, later = split(cut)
    if not later:
        return Training(present=present.id, kept=False, too_little=_too_little(cut))
    past = _past_of(snapshot)
    examples: list[Examples] = []
    baselines: dict[str, list[NDArray[np.float64]]] = {known: [] for known in BASELINES}
    for at, fold in enumerate(cut):
        if should_stop():
            raise Stopped("Stopped while measuring the past; run the same command to start again.")
        progress("measuring the past, year by year", at, len(cut))
        inputs = gather(workspace, past, fold.as_of, None, progress, should_stop)
        places = _places(inputs, fold)
        examples.append(_examples(workspace, inputs, fold, present))
        if fold in later:
            for known, parts in baselines.items():
                parts.append(BASELINES[known](inputs, places))
    progress("measuring the past, year by year", len(cut), len(cut))

    version = name or f"trained-{as_of}"
    learned_from, held_out = examples[: len(earlier)], examples[len(earlier) :]
    blind = learned(learned_from, present, version)
    trial = tried(with_meaning(blind, blind, held_out), present, held_out, baselines)
    new = with_meaning(learned(examples, present, version), blind, held_out)
    papers = _papers(workspace, new, present, trial, cut, later, as_of)
    if trial.better:
        with workspace.writing() as connection:
            rankers.keep(
                connection,
                papers.ranker_id,
                papers.coefficients,
                papers.metrics,
                papers.card,
                made_at.isoformat(timespec="seconds"),
            )
            rankers.activate(connection, papers.ranker_id)
    return Training(present=present.id, kept=trial.better, trial=trial, papers=papers)


def _past_of(snapshot: Snapshot) -> Snapshot:
    """The records without what may tell of a later time than it seems: texts of today, and what has no date."""
    return replace(
        snapshot,
        partners=without_thesis(snapshot.partners),
        briefs=(),
        portfolio=dated_portfolio(snapshot.portfolio),
        history=dated(snapshot.history),
    )


def _places(inputs: Inputs, fold: Fold) -> NDArray[np.int32]:
    at = {startup.id: place for place, startup in enumerate(inputs.startups)}
    return np.array([at[startup] for startup in fold.startups], np.int32)


def _examples(workspace: Workspace, inputs: Inputs, fold: Fold, ranker: Ranker) -> Examples:
    shape = (len(fold.startups), len(inputs.partners))
    values = np.zeros((*shape, len(FEATURES)), np.float32)
    known = np.zeros(values.shape, bool)
    is_open, links = np.zeros(shape, bool), np.zeros(shape, bool)
    column = {partner.id: place for place, partner in enumerate(inputs.partners)}
    for row, partners in enumerate(fold.partners):
        links[row, [column[partner] for partner in partners]] = True
    everybody, done = np.arange(shape[1], dtype=np.int32), 0
    for matches in match_in_blocks(inputs, ranker, _places(inputs, fold), everybody, workspace.pairs_at_once):
        rows, partners_at = matches.pairs.startup + done, matches.pairs.partner
        values[rows, partners_at] = matches.features.values
        known[rows, partners_at] = matches.features.known
        is_open[rows, partners_at] = matches.assessed
        done += len(matches.startup_places)
    return Examples(values=values, known=known, open=is_open, links=links)


def _papers(
    workspace: Workspace,
    new: Ranker,
    present: Ranker,
    trial: Trial,
    cut: Sequence[Fold],
    later: Sequence[Fold],
    as_of: str,
) -> Papers:
    coefficients = coefficients_json(new)
    ranker_id = ranker_from_json(coefficients, new.version).id
    metrics = {
        "ranker": ranker_id,
        "present": present.id,
        "encoder": workspace.embedder.id,
        "as_of": as_of,
        "learned_from": _told(cut),
        "held_out": _told(later),
        **trial_json(trial),
    }
    return Papers(
        ranker_id=ranker_id,
        coefficients=coefficients,
        metrics=json.dumps(metrics, indent=1) + "\n",
        card=card(new, metrics),
    )


def _told(cut: Sequence[Fold]) -> dict[str, object]:
    return {
        "years": [fold.year for fold in cut],
        "startups": sum(len(fold.startups) for fold in cut),
        "links": sum(len(partners) for fold in cut for partners in fold.partners),
    }


def _too_little(cut: Sequence[Fold]) -> str:
    there = ", ".join(str(fold.year) for fold in cut) or "none"
    return (
        f"The history says too little to learn from: it takes two years in each of which {LEAST_STARTUPS} startups or "
        f"more first went with a partner, with an earlier year before them, and there is {there}. Import more of it "
        "with `matcher import history FILE`, with dates."
    )
