"""Matching: the best partners of startups, and the best startups of a partner or a brief."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from matcher.account import account
from matcher.domain.audience import Audience
from matcher.domain.match import Account, MatchLine
from matcher.editions import find_programme, overrides_of
from matcher.errors import BadInput, NotAllowed, Stopped
from matcher.gather import Progress, gather, never, silent
from matcher.match import match_in_blocks
from matcher.rescoring import count_rescorings
from matcher.snapshot import closed, for_edition, read_snapshot
from matcher.steps.inputs import Inputs
from matcher.steps.lookup import check_known
from matcher.steps.matches import Matches, best_of_each_startup
from matcher.steps.rank import Ranker
from matcher.steps.reason import lines
from matcher.steps.withheld import withheld
from matcher.workspace import Workspace

_NOT_FOR = {
    Audience.STARTUP: "A partner's list of startups is for no startup to see; name the startups and no partner.",
    Audience.PARTNER: "A startup's list of partners is for no partner to see; name the partner, or its brief.",
}
_OPTION = {"startup": "", "partner": "--partner ", "brief": "--brief "}
_IMPORT_HINT = "`matcher import {0}s FILE` brings new ones, `matcher search TEXT` looks for one."


@dataclass(frozen=True, kw_only=True)
class MatchQuery:
    """Who is to be matched. startups: ids, None = all. partner or brief: rank the startups for it instead.

    kind: only partners of this kind. limit: the best so many a startup (or a partner), 0 = all of them. audience: who
    will read it; a startup reads of its partners, a partner of its startups.
    """

    as_of: str
    startups: tuple[str, ...] | None = None
    partner: str | None = None
    brief: str | None = None
    programme_id: str | None = None
    kind: str | None = None
    limit: int = 10
    audience: Audience = Audience.STAFF


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A query made ready: its inputs, the ranker that is active now, and the places it asks for."""

    inputs: Inputs
    ranker: Ranker
    startup_places: NDArray[np.int32]
    partner_places: NDArray[np.int32]
    query: MatchQuery


def ask(
    workspace: Workspace,
    query: MatchQuery,
    progress: Progress = silent,
    should_stop: Callable[[], bool] = never,
    now: datetime | None = None,
) -> Asked:
    """Check a query and make ready what it needs; this is where texts are encoded. Raises NotFound, Stopped.

    now: needed for startups, whose rescorings are counted. Raises NotAllowed where one has had all of today, and where
    the query asks for a list that is not for its audience.
    """
    by_partner = query.partner is not None or query.brief is not None
    if query.audience is (Audience.STARTUP if by_partner else Audience.PARTNER):
        raise NotAllowed(_NOT_FOR[query.audience])
    programme = find_programme(workspace, query.programme_id)
    snapshot = for_edition(read_snapshot(workspace), programme)
    startup_at = {record.id: place for place, record in enumerate(snapshot.startups)}
    partner_at = {record.id: place for place, record in enumerate(snapshot.partners)}
    briefs = {brief.id: brief for brief in snapshot.briefs}
    ids = {"startup": startup_at.keys(), "partner": partner_at.keys(), "brief": briefs.keys()}
    for startup_id in query.startups or ():
        _check(startup_id, "startup", ids)
    partner_id = query.partner
    if query.brief is not None:
        _check(query.brief, "brief", ids)
        if closed(briefs[query.brief], query.as_of):
            deadline = briefs[query.brief].deadline
            raise BadInput(f"Brief '{query.brief}' closed on {deadline}; name an earlier day with --as-of to match it.")
        partner_id = briefs[query.brief].partner_id
    if partner_id is not None:
        _check(partner_id, "partner", ids)
    chosen = range(len(startup_at)) if query.startups is None else sorted({startup_at[one] for one in query.startups})
    if query.audience is Audience.STARTUP:
        assert now is not None
        count_rescorings(workspace, [snapshot.startups[place] for place in chosen], now)
    overrides = overrides_of(workspace, programme, query.as_of)
    inputs = gather(workspace, snapshot, query.as_of, programme, progress, should_stop, overrides)
    inputs = withheld(inputs, query.audience)
    partners = range(len(partner_at)) if partner_id is None else [partner_at[partner_id]]
    return Asked(
        inputs=inputs,
        ranker=workspace.ranker,
        startup_places=np.array(chosen, np.int32),
        partner_places=np.array(
            [place for place in partners if query.kind in (None, inputs.partners[place].kind)], np.int32
        ),
        query=query,
    )


def _check(wanted: str, what: str, ids: Mapping[str, Collection[str]]) -> None:
    """Raise NotFound unless `wanted` is the id of a startup, partner or brief, as `what` says."""
    others = {one: (ids[one], f"`matcher match {_OPTION[one]}{wanted}` ranks for it.") for one in ids if one != what}
    check_known(wanted, ids[what], what, _IMPORT_HINT.format(what), others)


def match_lines(
    workspace: Workspace, asked: Asked, progress: Progress = silent, should_stop: Callable[[], bool] = never
) -> Iterator[MatchLine]:
    """A line a pair, block by block, best first within each startup (or within the partner asked for)."""
    for matches, rows, ranks in _blocks(workspace, asked, progress, should_stop):
        yield from lines(asked.inputs, matches, rows, ranks)


def match_accounts(
    workspace: Workspace, asked: Asked, progress: Progress = silent, should_stop: Callable[[], bool] = never
) -> Iterator[Account]:
    """The whole account of each pair, in the same order as `match_lines`."""
    for matches, rows, ranks in _blocks(workspace, asked, progress, should_stop):
        for start in range(0, len(rows), _QUOTED_AT_ONCE):
            part = slice(start, start + _QUOTED_AT_ONCE)
            yield from account(
                workspace, asked.ranker, asked.inputs, matches, rows[part], ranks[part], asked.query.brief
            )


# The vectors of passages are never all in memory.
_QUOTED_AT_ONCE = 2_000


def _blocks(
    workspace: Workspace, asked: Asked, progress: Progress, should_stop: Callable[[], bool]
) -> Iterator[tuple[Matches, Sequence[int], Sequence[int]]]:
    """Matches with the rows to show and their ranks."""
    query, total = asked.query, len(asked.startup_places)
    by_partner = query.partner is not None or query.brief is not None
    done, kept = 0, []
    for matches in match_in_blocks(
        asked.inputs,
        asked.ranker,
        asked.startup_places,
        asked.partner_places,
        workspace.pairs_at_once,
        query.brief,
    ):
        if should_stop():
            raise Stopped("Stopped while matching; run the same command to start the ranking again.")
        if by_partner:
            kept.append(matches)
        else:
            rows, ranks = best_of_each_startup(matches, query.limit)
            yield matches, rows, ranks
        done += len(matches.startup_places)
        progress("matching startups", done, total)
    if by_partner:
        yield from _ranked_by_partner(kept, query.limit)


def _ranked_by_partner(kept: list[Matches], limit: int) -> Iterator[tuple[Matches, list[int], list[int]]]:
    """One partner's startups over all blocks, best first, ties by startup id (blocks are in the order of ids)."""
    places = [(block, row) for block, matches in enumerate(kept) for row in range(len(matches.pairs))]
    scores = np.concatenate([matches.ranked.scores for matches in kept]) if kept else np.empty(0)
    order = np.argsort(np.where(np.isnan(scores), np.inf, -scores), kind="stable")
    ranked = enumerate((places[at] for at in order[: limit or None].tolist()), start=1)
    for block, run in groupby(ranked, key=lambda one: one[1][0]):
        rows = [(row, rank) for rank, (_, row) in run]
        yield kept[block], [row for row, _ in rows], [rank for _, rank in rows]
