"""Attack the ranking: stuff the summaries of startups with what one partner wants to read, and see who gains by it.

usage: python -m tests.real.stuffing [FOLDER]      FOLDER: encoded workspaces by name, to begin from
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

import numpy as np

from matcher.domain.profile import Startup
from matcher.gather import gather
from matcher.match import match
from matcher.snapshot import read_snapshot
from matcher.steps.flags import flags
from matcher.steps.inputs import Inputs
from matcher.store import records
from matcher.workspace import Workspace
from tests.real.measure_ranker import AS_OF, SHARED, a_copy
from tests.real.stuffing_texts import ATTACKS, Target, near_copies

SET = "techstars"
ATTACKERS, BESIDE, COPIES = 60, 500, 100
TOP = 10
SEED = 20261125


@dataclass(frozen=True, kw_only=True)
class Result:
    """What one attack was worth, in the startups' own lists and in the partner's.

    entered: how many profiles reached a top ten they were not in. gain: the ranks each gained. blatant: whether it must
    be flagged. counts: whether the goals are set for it. profiles: how many attacked.
    """

    attack: str
    blatant: bool
    counts: bool
    entered: tuple[int, int]
    gain: tuple[tuple[int, ...], tuple[int, ...]]
    flagged: int
    profiles: int

    def medians(self) -> tuple[float, float]:
        """The median gain in ranks in both lists."""
        own, theirs = (float(np.median(gain)) for gain in self.gain)
        return own, theirs


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where the profiles of an attacker stand: own, the rank of the partner in their lists; theirs, the other way."""

    own: tuple[int, ...]
    theirs: tuple[int, ...]


class Field:
    """The startups who attack, whom each is after, and those beside them in the partners' lists."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.inputs = self.gathered()
        chance = random.Random(SEED)
        # Who has a past with a partner is part of that partner's: stuffed, it would move the lists of others.
        backed = {one.startup_id for one in self.inputs.history}
        able = [place for place, one in enumerate(self.inputs.startups) if one.summary and one.id not in backed]
        drawn = [self.inputs.startups[place].id for place in chance.sample(able, ATTACKERS + BESIDE)]
        attackers, self.beside = drawn[:ATTACKERS], drawn[ATTACKERS:]
        ranked = _lists(workspace, self.inputs, sorted(drawn))
        self.targets: dict[str, int] = {}
        for startup_id in attackers:
            unrelated = [place for place, rank in enumerate(ranked.own(startup_id)) if rank > TOP]
            self.targets[startup_id] = chance.choice(unrelated)
        self.ids = sorted(drawn)
        self.honest = {one.id: one for one in self.inputs.startups}
        self.before = self.standing(ranked)

    def gathered(self) -> Inputs:
        """The inputs as the records are now."""
        return gather(self.workspace, read_snapshot(self.workspace), AS_OF)

    def target(self, startup_id: str) -> Target:
        """Whom a startup is after, as it sees it."""
        place = self.targets[startup_id]
        return Target(self.inputs, place, SEED + place)

    def put(self, startups: Sequence[Startup]) -> None:
        """Store these profiles."""
        with self.workspace.writing() as connection:
            records.put(connection, "startup", startups)

    def standing(self, ranked: Lists, others: Mapping[str, Sequence[str]] | None = None) -> list[Standing]:
        """Where each attacker stands with its profiles. others: more of them, beside its own."""
        return [
            Standing(
                own=tuple(ranked.own(one)[partner] for one in (startup_id, *(others or {}).get(startup_id, ()))),
                theirs=tuple(
                    ranked.theirs(partner, one, self.beside)
                    for one in (startup_id, *(others or {}).get(startup_id, ()))
                ),
            )
            for startup_id, partner in self.targets.items()
        ]


class Lists:
    """Who stands where, as the product shows it: best first, ties by id; who is not assessed stands last of all."""

    def __init__(self, startup_ids: Sequence[str], scores: np.ndarray) -> None:
        self._at = {startup_id: row for row, startup_id in enumerate(startup_ids)}
        self._scores = scores

    def own(self, startup_id: str) -> list[int]:
        """The rank of every partner in the list of a startup, from 1."""
        scores = self._scores[self._at[startup_id]]
        ranks = np.full(len(scores), len(scores))
        order = np.argsort(-scores, kind="stable")  # not assessed: NaN, which sorts last
        ranks[order] = np.arange(1, len(scores) + 1)
        ranks[np.isnan(scores)] = len(scores)
        listed: list[int] = ranks.tolist()
        return listed

    def theirs(self, partner: int, startup_id: str, rivals: Iterable[str]) -> int:
        """The rank of a startup in the list of a partner, beside these rivals, from 1."""
        score = self._scores[self._at[startup_id], partner]
        others = [(one, self._scores[self._at[one], partner]) for one in rivals]
        if np.isnan(score):
            return len(others) + 1
        return 1 + sum(other > score or (other == score and one < startup_id) for one, other in others)


def _lists(workspace: Workspace, inputs: Inputs, startup_ids: Sequence[str]) -> Lists:
    place = {one.id: at for at, one in enumerate(inputs.startups)}
    startups = np.array([place[one] for one in startup_ids], np.int32)
    partners = np.arange(len(inputs.partners), dtype=np.int32)
    matches = match(inputs, workspace.ranker, startups, partners)
    scores = np.full((len(startups), len(partners)), np.nan)
    scores[matches.pairs.startup, matches.pairs.partner] = matches.ranked.scores
    return Lists(startup_ids, scores)


def attack_all(field: Field) -> list[Result]:
    """Every attack by every attacker, one attack after the other; then the near-copies."""
    results = []
    before = _ranks(field.before)
    for attack in ATTACKS:
        stuffed = [
            replace(honest, summary=attack.write(field.target(honest.id), honest.summary or ""))
            for honest in map(field.honest.__getitem__, field.targets)
        ]
        field.put(stuffed)
        inputs = field.gathered()
        after = _ranks(field.standing(_lists(field.workspace, inputs, field.ids)))
        flagged = _flagged(inputs, [one.id for one in stuffed])
        results.append(_result(attack.name, before, after, flagged, attack.blatant, attack.counts))
        field.put([field.honest[one.id] for one in stuffed])
    return results + _attack_with_copies(field)


def _attack_with_copies(field: Field) -> list[Result]:
    """Each copy by itself, and the best of each attacker's profiles."""
    copies: dict[str, list[Startup]] = {}
    for startup_id in field.targets:
        honest = field.honest[startup_id]
        stuffing = ", ".join(field.target(startup_id).telling(20))
        copies[startup_id] = [
            replace(honest, id=f"{startup_id}-copy-{at:03d}", name=f"{honest.name} {at}", summary=summary)
            for at, summary in enumerate(near_copies(honest.summary or "", stuffing, COPIES, SEED))
        ]
    everyone = [copy for own in copies.values() for copy in own]
    field.put(everyone)
    inputs = field.gathered()
    ids = {startup_id: [copy.id for copy in own] for startup_id, own in copies.items()}
    ranked = _lists(field.workspace, inputs, sorted([*field.ids, *(copy.id for copy in everyone)]))
    after = field.standing(ranked, ids)
    flagged = [_flagged(inputs, own) for own in ids.values()]
    each = [Standing(own=one.own[1:], theirs=one.theirs[1:]) for one in after]
    as_often = [(own, theirs) for own, theirs in _ranks(field.before) for _ in range(COPIES)]
    best = [(min(one.own), min(one.theirs)) for one in after]
    return [
        _result(f"{COPIES} near-copies, each", as_often, _ranks(each), sum(flagged), True, True),
        _result("the best of them", _ranks(field.before), best, sum(map(bool, flagged)), False, False),
    ]


def _ranks(standings: Sequence[Standing]) -> list[tuple[int, int]]:
    return [ranks for one in standings for ranks in zip(one.own, one.theirs, strict=True)]


def _result(
    name: str,
    before: Sequence[tuple[int, int]],
    after: Sequence[tuple[int, int]],
    flagged: int,
    blatant: bool,
    counts: bool,
) -> Result:
    own, theirs = ([(was[side], now[side]) for was, now in zip(before, after, strict=True)] for side in range(2))
    return Result(
        attack=name,
        blatant=blatant,
        counts=counts,
        entered=(sum(b > TOP >= a for b, a in own), sum(b > TOP >= a for b, a in theirs)),
        gain=(tuple(b - a for b, a in own), tuple(b - a for b, a in theirs)),
        flagged=flagged,
        profiles=len(before),
    )


def _flagged(inputs: Inputs, startup_ids: Sequence[str]) -> int:
    place = {one.id: at for at, one in enumerate(inputs.startups)}
    return sum(any(True for _ in flags(inputs, place[one])) for one in startup_ids)


def measure(given: Path | None, temporary: Path) -> tuple[list[Result], float]:
    """Every attack, and the share of honest profiles that are flagged."""
    field = Field(a_copy(SET, given, temporary))
    honest = _flagged(field.inputs, list(field.honest)) / len(field.honest)
    return attack_all(field), honest


def main() -> None:
    """Print a line an attack."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, help="where encoded workspaces lie; made anew where missing")
    given = parser.parse_args().folder
    if not (SHARED / "data").is_dir():
        sys.exit(f"{SHARED / 'data'} is not there: nothing is measured.")
    with tempfile.TemporaryDirectory() as temporary:
        results, honest = measure(given, Path(temporary))
    print_results(results, honest, sys.stdout)


def print_results(results: Sequence[Result], honest: float, where: TextIO) -> None:
    """A line an attack."""
    print(
        f"\n{'attack':34} {'entered':>9} {'median gain':>13} {'flagged':>12}    (own list, partner's list)", file=where
    )
    for one in results:
        own, theirs = one.medians()
        entered, gain = f"{one.entered[0]}, {one.entered[1]}", f"{own:g}, {theirs:g}"
        seen = f"{one.flagged}/{one.profiles}"
        print(f"{one.attack:34} {entered:>9} {gain:>13} {seen:>12}{'' if one.counts else '    no goal'}", file=where)
    print(f"honest profiles flagged: {100 * honest:.2f} %", file=where)


if __name__ == "__main__":
    main()
