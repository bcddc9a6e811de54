"""What would change the answer: every change is tried by matching again, and in an edition by solving it again.

It reads and writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from matcher.domain.change import Change, Standing, WhatIf
from matcher.errors import Infeasible
from matcher.match import match
from matcher.plan import Plan, solve_again
from matcher.steps.admit import UNMET
from matcher.steps.change_words import change_words
from matcher.steps.changed import changed
from matcher.steps.effects import Trial, in_order, smallest, told
from matcher.steps.inputs import Inputs
from matcher.steps.movers import moved
from matcher.steps.partner_changes import more_capacity, partner_changes
from matcher.steps.rank import BANDS, NOT_ASSESSED, Ranker
from matcher.steps.startup_changes import startup_changes

# Two changes together may win a little more than each by itself: so much is allowed for before they are tried.
_TOGETHER = 0.25
# So many pairs of changes are tried at most: by matching, which is quick, and by solving an edition, which is not.
_MOST_MATCHED, _MOST_SOLVED = 28, 6


def what_ifs(
    inputs: Inputs, ranker: Ranker, startup: int, partner: int, plan: Plan | None, pairs_at_once: int
) -> list[WhatIf]:
    """What either side could change so that the pair becomes eligible, meets, or scores higher; biggest effect first.

    startup, partner: their places. plan: of the programme of `inputs`, None without one. Single changes, each cell's
    smallest that wins most; pairs of changes only where no single one reaches what the pair lacks next.
    """
    tries = _Tries(inputs, ranker, startup, partner, plan, pairs_at_once)
    changes = [*startup_changes(inputs, startup, partner), *partner_changes(inputs, startup, partner)]
    if plan is not None:
        changes += more_capacity(inputs, partner)
    singles = [tries.trial((change,)) for change in changes]
    found = smallest(singles)
    now = tries.now
    if not any(map(_reaches, found)) and now.band != BANDS[0] and (now.band != NOT_ASSESSED or not now.eligible):
        together = [tries.trial(changes) for changes in _pairs(singles, now, ranker)]
        found += [trial for trial in together if trial.helps and _reaches(trial)]
    names = {"startup": inputs.startups[startup].name, "partner": inputs.partners[partner].name}
    return [
        replace(
            told(trial, inputs.vocabulary, inputs.audience), words=change_words(trial.changes, names, inputs.vocabulary)
        )
        for trial in in_order(found)
    ]


def standing(inputs: Inputs, ranker: Ranker, startup: int, partner: int, plan: Plan | None = None) -> Standing:
    """How a pair stands, also one that is refused."""
    places = np.array([startup], np.int32), np.array([partner], np.int32)
    found = match(inputs, ranker, *places, also_refused=True)
    said = found.admission.programme[0], found.admission.partner[0, 0], found.admission.between[0, 0]
    refused = sum((codes == UNMET).sum() for codes in said)
    band = int(found.ranked.band[0])
    pair = (inputs.startups[startup].id, inputs.partners[partner].id)
    return Standing(
        unmet=int(refused),
        score=float(found.ranked.scores[0]) if band >= 0 else None,
        band=BANDS[band] if band >= 0 else NOT_ASSESSED,
        confidence=float(found.ranked.confidence[0]),
        meets=None if plan is None else pair in plan.meetings,
    )


class _Tries:
    """Tries changes on one pair."""

    def __init__(
        self, inputs: Inputs, ranker: Ranker, startup: int, partner: int, plan: Plan | None, pairs_at_once: int
    ) -> None:
        self._inputs, self._ranker, self._plan = inputs, ranker, plan
        self._places = startup, partner
        self._pairs_at_once = pairs_at_once
        self.now = standing(inputs, ranker, startup, partner, plan)

    def trial(self, changes: Sequence[Change]) -> Trial:
        """What comes of these changes together."""
        again = changed(self._inputs, *self._places, changes)
        then = standing(again, self._ranker, *self._places)
        if self._plan is None or not then.eligible:
            return Trial(changes=tuple(changes), now=self.now, then=then)
        try:
            plan = solve_again(self._plan, again, self._ranker, self._pairs_at_once, *self._places)
        except Infeasible:  # more is pinned than the change would leave room for: nobody could make it so
            return Trial(changes=tuple(changes), now=self.now, then=replace(then, meets=self.now.meets))
        then = standing(again, self._ranker, *self._places, plan)
        pair = again.startups[self._places[0]].id, again.partners[self._places[1]].id
        return Trial(
            changes=tuple(changes),
            now=self.now,
            then=then,
            moved=moved(self._plan.meetings, plan.meetings, pair, plan.names, again.audience),
        )


def _reaches(trial: Trial) -> bool:
    """Whether the pair gets what it lacks next: eligibility, then in an edition a meeting, then a higher band."""
    if not trial.now.eligible:
        return trial.admits
    return trial.lifts if trial.now.meets is not False else trial.seats


def _pairs(singles: Iterable[Trial], now: Standing, ranker: Ranker) -> Iterator[tuple[Change, ...]]:
    """Two changes of different cells that may together win what no single one does, the likeliest first."""
    best: dict[tuple[str, str], Trial] = {}
    for trial in singles:
        cell = trial.changes[0].side, trial.changes[0].field
        if cell not in best or _alone(trial) > _alone(best[cell]):
            best[cell] = trial
    wanted: list[tuple[float, tuple[Change, ...]]] = []
    for one, other in combinations(best.values(), 2):
        gain = one.points + other.points
        if not now.eligible:
            promising = sum(now.unmet - trial.then.unmet for trial in (one, other)) >= now.unmet
        elif now.meets is False:
            promising = one.then.eligible and other.then.eligible and gain >= 0
        else:
            promising = one.then.eligible and other.then.eligible and gain >= _lacks(now, ranker) - _TOGETHER
        if promising:
            wanted.append((gain, (*one.changes, *other.changes)))
    wanted.sort(key=lambda one: -one[0])
    return (changes for _, changes in wanted[: _MOST_MATCHED if now.meets is None else _MOST_SOLVED])


def _alone(trial: Trial) -> tuple[float, ...]:
    return (-trial.then.unmet, trial.points, -trial.changes[0].size)


def _lacks(now: Standing, ranker: Ranker) -> float:
    """How many points are missing to the next band."""
    higher = BANDS[BANDS.index(now.band) - 1]
    return ranker.bands[higher] - (now.score or 0.0)
