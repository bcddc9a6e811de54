"""What an override costs: the edition's best plan with it beside the best plan without, and who moves.

It reads and writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from matcher.domain.override import BAN, PIN, Override, Price
from matcher.errors import BadInput
from matcher.match import match
from matcher.plan import Plan, solve
from matcher.steps.admit import UNMET
from matcher.steps.inputs import Inputs
from matcher.steps.places import UNITS_PER_POINT, units
from matcher.steps.rank import Ranker
from matcher.steps.rule_words import answers

# What a pair had before keeps it out of an edition, unless an officer pins it.
PIN_LIFTS = ("met_before", "cooling_off")


def with_overrides(inputs: Inputs, overrides: Sequence[Override]) -> Inputs:
    """The inputs as these overrides would have them: a pinned pair is not kept out by what it had before."""
    pins = {one.pair for one in overrides if one.kind == PIN}
    resting = {pair: rest for pair, rest in inputs.around.resting.items() if pair not in pins}
    return replace(inputs, overrides=tuple(overrides), around=replace(inputs.around, resting=resting))


def check_override(inputs: Inputs, override: Override, ranker: Ranker) -> None:
    """Refuse what contradicts the other overrides of `inputs`, or a rule. Raises BadInput with the reason."""
    pair = override.pair
    against = {PIN: BAN, BAN: PIN}.get(override.kind)
    for other in inputs.overrides:
        if other.pair == pair and other.kind == against:
            lift = "unban" if against == BAN else "unpin"
            raise BadInput(
                f"'{pair[0]}' and '{pair[1]}' are {'banned' if against == BAN else 'pinned'} by {other.person} "
                f"(“{other.reason}”); lift that first with `matcher {lift} {pair[0]} {pair[1]} "
                f"--programme {override.programme_id}`."
            )
    if override.kind == PIN and (refused := _refused(inputs, pair, ranker)):
        raise BadInput(f"'{pair[0]}' and '{pair[1]}' cannot be pinned: {refused}")


def _refused(inputs: Inputs, pair: tuple[str, str], ranker: Ranker) -> str | None:
    """The rule that a pin cannot lift, in words; None where there is none."""
    startup = next(at for at, one in enumerate(inputs.startups) if one.id == pair[0])
    partner = next(at for at, one in enumerate(inputs.partners) if one.id == pair[1])
    places = np.array([startup], np.int32), np.array([partner], np.int32)
    found = match(inputs, ranker, *places, also_refused=True)
    said = (
        found.admission.programme[0].tolist(),
        found.admission.partner[0, 0].tolist(),
        found.admission.between[0, 0].tolist(),
    )
    asked = inputs.startups[startup], inputs.partners[partner], inputs.programme
    unmet = [one for one in answers(*asked, said, inputs.vocabulary, inputs.around)[UNMET] if one.rule not in PIN_LIFTS]
    return unmet[0].detail if unmet else None


def price_of(before: Plan, inputs: Inputs, ranker: Ranker, pairs_at_once: int) -> tuple[Price, Plan]:
    """What the overrides of `inputs` cost beside the plan `before`, and the plan with them.

    Raises Infeasible where they ask for more than a limit allows.
    """
    after = solve(inputs, ranker, pairs_at_once)
    least = before.shortlist.certificate.least_score
    worth_before, worth_after = _worth(before, least), _worth(after, least)
    return (
        Price(
            objective_before=worth_before / UNITS_PER_POINT,
            objective_after=worth_after / UNITS_PER_POINT,
            points=(worth_before - worth_after) / UNITS_PER_POINT,
            shortfall_before=before.shortlist.certificate.shortfall,
            shortfall_after=after.shortlist.certificate.shortfall,
            gained=tuple(sorted(after.meetings - before.meetings)),
            lost=tuple(sorted(before.meetings - after.meetings)),
        ),
        after,
    )


def _worth(plan: Plan, least_score: float) -> int:
    """Σ (score − least score) of a plan's meetings, in millionths of a point.

    Both plans are counted from one floor: a pin may admit a pair that is lower than all others.
    """
    scores = [pair.score for pair in plan.shortlist.meetings if pair.score is not None]
    return int(sum(int(units(score)) - int(units(least_score)) for score in scores))
