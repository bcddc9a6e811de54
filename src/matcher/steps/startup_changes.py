"""What a startup could change, or fill in, with one partner in mind: never a name, a place, or a protected trait."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matcher.domain.change import Change
from matcher.domain.profile import Money, Partner, Startup
from matcher.domain.programme import Programme
from matcher.domain.vocabulary import KINDS_FOR, SEEKS, STAGES
from matcher.steps.amounts import at_least, at_most, cell
from matcher.steps.inputs import Inputs
from matcher.steps.sector_lists import as_read

# A raise, or a ticket, that is to be halved or doubled is another plan, not a change.
OTHER_PLAN = 2.0
# A partner that names no sectors, or no stages, is held to the commonest ones of its past.
_USUAL = 3


def startup_changes(inputs: Inputs, startup_place: int, partner_place: int) -> list[Change]:
    """What the startup could change that may bear on this partner or on the edition, the smallest step first.

    An empty cell is filled with what the partner asks for: true only if that is so.
    """
    startup, partner = inputs.startups[startup_place], inputs.partners[partner_place]
    return [
        *_uk_entity(startup, partner, inputs.programme),
        *_ready(startup, inputs.programme),
        *_stage(startup, inputs, partner_place),
        *_raising(startup, partner, inputs),
        *_sectors(startup, inputs, partner_place),
        *_technologies(startup, partner),
        *_seeks(startup, partner),
    ]


def _uk_entity(startup: Startup, partner: Partner, programme: Programme | None) -> Iterator[Change]:
    asked = partner.requires_uk_entity or partner.requires_eis_seis or (programme and programme.rules.uk_entity)
    if asked and startup.uk_entity != "yes":
        yield _change("uk_entity", startup.uk_entity, "yes", "yes")


def _ready(startup: Startup, programme: Programme | None) -> Iterator[Change]:
    # Whether it is investment-ready counts everywhere, see HELPS_GET_READY; market readiness only where it is a rule.
    market_ready_counts = programme is not None and programme.rules.market_ready
    for field, counts in (("market_ready", market_ready_counts), ("investment_ready", True)):
        if counts and getattr(startup, field) is False:
            yield _change(field, "no", "yes", True)


def _stage(startup: Startup, inputs: Inputs, partner_place: int) -> Iterator[Change]:
    taken = {*inputs.partners[partner_place].stages, *(inputs.programme.stages if inputs.programme else ())}
    if startup.stage is None:
        taken = taken or set(_usual_stages(inputs, partner_place))
        for stage in STAGES:
            if stage in taken:
                yield _change("stage", None, stage, stage)
        return
    now = STAGES.index(startup.stage)
    for step, stage in enumerate(STAGES[now + 1 :]):
        if stage in taken:
            yield _change("stage", startup.stage, stage, stage, size=step)


def _raising(startup: Startup, partner: Partner, inputs: Inputs) -> Iterator[Change]:
    least, most, raising = partner.ticket_min, partner.ticket_max, startup.raising
    if raising is None:
        for amount in (least, most):
            if amount is not None and amount.minor > 0:
                yield _change("raising_amount", None, cell(amount), amount)
        return
    amounts: list[Money | None] = []
    if least is not None and below(raising, least, inputs):
        amounts.append(at_least(least, raising.currency, inputs.rates))
    if most is not None and below(most, raising, inputs) and not below(most, raising, inputs, OTHER_PLAN):
        amounts.append(at_most(most, raising.currency, inputs.rates))
    for amount in amounts:
        if amount is not None and amount != raising:
            yield _change("raising_amount", cell(raising), cell(amount), amount)


def below(amount: Money, other: Money, inputs: Inputs, times: float = 1.0) -> bool:
    """Whether an amount is worth less than another, or so many times less; False where they cannot be compared."""
    one, two = inputs.rates.comparable(amount), inputs.rates.comparable(other)
    return one is not None and two is not None and one[1] == two[1] and one[0] * times < two[0]


def _sectors(startup: Startup, inputs: Inputs, partner_place: int) -> Iterator[Change]:
    if startup.sectors:
        return
    for sector in inputs.partners[partner_place].sectors or _usual_sectors(inputs, partner_place):
        tags = as_read((sector,), inputs.vocabulary)
        yield _change("sectors", None, tags, tags)


def _technologies(startup: Startup, partner: Partner) -> Iterator[Change]:
    if not startup.technologies:
        for technology in partner.technologies:
            yield _change("technologies", None, (technology,), (technology,))


def _seeks(startup: Startup, partner: Partner) -> Iterator[Change]:
    given = [one for one in SEEKS if partner.kind in KINDS_FOR[one]]
    if not set(given) & set(startup.seeks):
        for one in given:
            more = (*startup.seeks, one)
            yield _change("seeks", startup.seeks or None, more, more)


def _usual_sectors(inputs: Inputs, partner_place: int) -> list[str]:
    """The commonest sectors of what the partner backed before, the commonest first."""
    start, stop = inputs.past.bounds[partner_place]
    number = np.asarray(inputs.past.sectors[start:stop].sum(axis=0)).ravel()
    tags = sorted(inputs.past.sector_column, key=lambda tag: (-number[inputs.past.sector_column[tag]], tag))
    return [tag for tag in tags[:_USUAL] if number[inputs.past.sector_column[tag]]]


def _usual_stages(inputs: Inputs, partner_place: int) -> list[str]:
    start, stop = inputs.past.bounds[partner_place]
    codes = inputs.past.stage[start:stop].tolist()
    number = {stage: codes.count(code) for stage, code in inputs.past.stage_code.items()}
    return sorted((stage for stage in number if number[stage]), key=lambda stage: (-number[stage], stage))[:_USUAL]


def _change(
    field: str, before: str | tuple[str, ...] | None, after: str | tuple[str, ...], value: object, size: int = 0
) -> Change:
    record_field = {"raising_amount": "raising"}.get(field, field)
    return Change(side="startup", field=field, before=before, after=after, sets=((record_field, value),), size=size)
