"""Training: learn a ranker from a workspace's history, hold it against the present one, keep it if it is better."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from matcher.errors import Stopped
from matcher.gather import Progress, gather, never, silent
from matcher.match import match_in_blocks
from matcher.snapshot import Snapshot, read_snapshot
from matcher.steps.baselines import BASELINES
from matcher.steps.card import card
from matcher.steps.folds import Fold, dated, dated_portfolio, folds, known_by, linked, split, too_little, without_thesis
from matcher.steps.learn import Examples, learnable, measured
from matcher.steps.matches import Matches
from matcher.steps.rank import Ranker, ranker_from_json
from matcher.steps.training import (
    Trial,
    can_judge,
    check_name,
    coefficients_json,
    learned,
    trial_json,
    tried,
    with_meaning,
)
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

    made_at: the present moment, kept beside the ranker and never in it. name: what people call it, "trained-DATE" where
    none is given. Raises Stopped, and BadInput for a name that cannot be one, or where the present ranker no longer
    fits this program; nothing is kept then.
    """
    version = f"trained-{as_of}" if name is None else name
    check_name(version)
    present = workspace.ranker
    snapshot = read_snapshot(workspace)
    cut = folds(snapshot.history, {one.id for one in snapshot.startups}, {one.id for one in snapshot.partners}, as_of)
    earlier, later = split(cut)
    if not later:
        return Training(present=present.id, kept=False, too_little=too_little(cut, as_of))
    examples, baselines = _measure(workspace, _past_of(snapshot), cut, later, present, progress, should_stop)
    held_out = examples[len(earlier) :]
    if not can_judge(held_out):
        return Training(present=present.id, kept=False, too_little=_nothing_to_judge_by(later))

    # What was known when the held out years began: neither their startups nor what earlier ones did in them.
    partner_ids = [partner.id for partner in snapshot.partners]
    seen = [known_by(fold, snapshot.history, later[0].as_of) for fold in earlier]
    learned_from = [replace(one, links=linked(fold, partner_ids)) for one, fold in zip(examples, seen, strict=False)]
    blind = learned(learned_from, present, version)
    trial = tried(with_meaning(blind, blind, held_out), present, held_out, baselines)
    new = with_meaning(learned(examples, present, version), blind, held_out)
    papers = _papers(workspace, new, present, trial, examples, cut, later, as_of)
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


def _measure(
    workspace: Workspace,
    past: Snapshot,
    cut: Sequence[Fold],
    later: Sequence[Fold],
    present: Ranker,
    progress: Progress,
    should_stop: Callable[[], bool],
) -> tuple[list[Examples], dict[str, list[NDArray[np.float64]]]]:
    """The examples of each fold, and the scores of each baseline for those held out, all in the order of years."""
    done, total = 0, sum(len(fold.startups) for fold in cut)

    def told(blocks: Iterator[Matches]) -> Iterator[Matches]:
        nonlocal done
        for block in blocks:
            yield block
            done += len(block.startup_places)
            progress("measuring startups of the past", done, total)
            if should_stop():
                raise Stopped("Stopped while measuring the past; run the same command to start again.")

    examples: list[Examples] = []
    baselines: dict[str, list[NDArray[np.float64]]] = {name: [] for name in BASELINES}
    for fold in reversed(cut):  # the latest has the texts of all the others, so that they are encoded in one go
        inputs = gather(workspace, past, fold.as_of, None, progress, should_stop)
        place = {startup.id: at for at, startup in enumerate(inputs.startups)}
        startups = np.array([place[startup] for startup in fold.startups], np.int32)
        partners = np.arange(len(inputs.partners), dtype=np.int32)
        blocks = match_in_blocks(inputs, present, startups, partners, workspace.pairs_at_once)
        examples.append(measured(told(blocks), linked(fold, [partner.id for partner in inputs.partners])))
        if fold in later:
            for name, scores in BASELINES.items():
                baselines[name].append(scores(inputs, startups))
    return examples[::-1], {name: parts[::-1] for name, parts in baselines.items()}


def _papers(
    workspace: Workspace,
    new: Ranker,
    present: Ranker,
    trial: Trial,
    examples: Sequence[Examples],
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
        "learned": list(learnable(examples)),
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


def _nothing_to_judge_by(later: Sequence[Fold]) -> str:
    return (
        "The history says too little to judge a new ranker by: there must be pairs that happened and pairs that did "
        f"not in {later[0].year} or later, of startups with a summary and partners whose past is told in words, that "
        "no rule refuses; import more of it, with dates, with `matcher import history FILE`."
    )
