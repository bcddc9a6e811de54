"""Batching: the operator's dry run ahead of a programme's intake, and the tables of a run that was made."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matcher.domain.match import MatchLine
from matcher.domain.run import Run
from matcher.domain.shortlist import INTAKE, LONGLIST, PLACE, STAGES_REACHED
from matcher.domain.vocabulary import STARTUP_KIND
from matcher.editions import find_programme, overrides_of
from matcher.gather import Progress, circumstances_of, silent, texts_to_encode
from matcher.kept_run import inputs_of
from matcher.match import match_in_blocks
from matcher.plan import screen, screen_startups
from matcher.snapshot import check_sides, for_edition, read_snapshot
from matcher.steps.admit import admit, other_side_of
from matcher.steps.matches import best_of_each_startup
from matcher.steps.reason import lines
from matcher.workspace import Workspace

# So many texts of each of three lengths are encoded to see how fast this machine is.
_TRIED = 48
# Measured on two cores: reading and laying out a record, and scoring, explaining and writing a pair.
_SECONDS_A_RECORD, _SECONDS_A_PAIR, _SECONDS_TO_START = 2e-3, 1.5e-4, 3.0


@dataclass(frozen=True, kw_only=True)
class DryRun:
    """What a run would find, before anything is encoded, scored or kept.

    intake: startups that are looked at. refused: rule → how many it refuses. eligible: the rest. pairs: admitted pairs
    of theirs. texts: how many have to be encoded. seconds: about how long a run takes, encoding and files included.
    """

    programme_id: str
    intake: int
    refused: dict[str, int]
    eligible: int
    partners: int
    pairs: int
    places: int | None
    texts: int
    seconds: float


def dry_run(workspace: Workspace, programme_id: str, as_of: str, progress: Progress = silent) -> DryRun:
    """Count who would get how far, and estimate how long a run takes. Raises NotFound, BadInput for an empty side."""
    programme = find_programme(workspace, programme_id)
    assert programme is not None
    progress("counting", 0, 3)
    snapshot = for_edition(read_snapshot(workspace), programme)
    check_sides(snapshot, programme)
    around = circumstances_of(workspace, snapshot, as_of, programme, overrides_of(workspace, programme, as_of))
    words, rates = workspace.vocabulary, workspace.reference.rates
    refused, eligible = screen_startups(snapshot.startups, programme, words, rates, around)
    startups = [snapshot.startups[place] for place in eligible.tolist()]
    others, other_side = snapshot.other_side, other_side_of(programme)
    also_refused, let_in = screen_startups(others, other_side, words, rates, around)
    refused += also_refused
    pairs = int(admit(startups, snapshot.partners, programme, words, rates, around).admitted.sum())
    progress("counting", 1, 3)
    texts = texts_to_encode(workspace, snapshot, as_of, programme)
    progress("counting", 2, 3)
    records = len(snapshot.startups) + len(snapshot.partners) + len(snapshot.portfolio) + len(snapshot.history)
    seconds = _SECONDS_TO_START + records * _SECONDS_A_RECORD + pairs * _SECONDS_A_PAIR
    seconds += _encoding_seconds(workspace, texts)
    progress("counting", 3, 3)
    return DryRun(
        programme_id=programme.id,
        intake=len(snapshot.startups) + len(others),
        refused=dict(Counter(refusal.rule for refusal in refused).most_common()),
        eligible=len(startups) + len(let_in),
        partners=len(snapshot.partners),
        pairs=pairs,
        places=programme.places,
        texts=len(texts),
        seconds=seconds,
    )


def funnel_rows(run: Run) -> Iterator[tuple[str, str, str, str]]:
    """Who got how far, by id: startup id, stage reached, and the rule that kept it there with its detail."""
    result = json.loads(run.result)
    rows = [(one["startup_id"], PLACE, "", "") for one in result["placed"]]
    rows += [(one["startup_id"], one["reached"], one["rule"], one["because"]) for one in result["unplaced"]]
    rows += [(one["startup_id"], INTAKE, one["rule"], one["detail"]) for one in result["refused"]]
    told = {startup_id for startup_id, _, _, _ in rows}
    for load in result["loads"]:
        # In a corridor the startups of the other side stand as partners; those refused have been told.
        if load["kind"] == STARTUP_KIND and load["partner_id"] not in told:
            met = load["meetings"] > 0
            rows.append((load["partner_id"], PLACE if met else LONGLIST, *(("", "") if met else _NO_MEETING)))
    yield from sorted(rows)


_NO_MEETING = ("no_meeting", "nobody of the other side meets it in the best plan")


def funnel_counts(run: Run) -> dict[str, int]:
    """How many startups got at least so far: intake, eligible, longlist, shortlist, place."""
    reached = Counter(stage for _, stage, _, _ in funnel_rows(run))
    return {stage: sum(reached[later] for later in STAGES_REACHED[at:]) for at, stage in enumerate(STAGES_REACHED)}


def match_lines(workspace: Workspace, run: Run, limit: int, progress: Progress = silent) -> Iterator[MatchLine]:
    """The admitted pairs of the startups that a run let in, best first, from what the run read; limit 0 = all.

    Raises Stale where the run's ranker is gone.
    """
    inputs, ranker = inputs_of(workspace, run, progress)
    assert inputs.programme is not None
    _, eligible = screen(inputs, inputs.programme)
    everybody, done = np.arange(len(inputs.partners), dtype=np.int32), 0
    for matches in match_in_blocks(inputs, ranker, eligible, everybody, workspace.pairs_at_once):
        rows, ranks = best_of_each_startup(matches, limit)
        yield from lines(inputs, matches, rows, ranks)
        done += len(matches.startup_places)
        progress("writing matches", done, len(eligible))


def _encoding_seconds(workspace: Workspace, texts: tuple[str, ...]) -> float:
    """About how long encoding these takes: some short ones, some of middle length and some long ones are tried.

    Nothing of it is kept: a dry run changes nothing.
    """
    by_length = sorted(texts, key=lambda text: (len(text), text))
    parts = [by_length[len(by_length) * at // 6 :][:_TRIED] for at in (1, 3, 5)]
    tried = [part for part in parts if part]
    if not tried:
        return 0.0
    workspace.embedder.encode(tried[0][:1])  # loads the model, which is paid once
    begun = time.perf_counter()
    for part in tried:
        workspace.embedder.encode(part)
    return (time.perf_counter() - begun) * len(texts) / sum(map(len, tried))
