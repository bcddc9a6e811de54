"""What a partner could change with one startup in mind: its own criteria, wider, and one meeting more."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.domain.change import Change, Written
from matcher.domain.profile import Money, Partner, Startup
from matcher.domain.vocabulary import Vocabulary
from matcher.steps.amounts import at_least, at_most, cell
from matcher.steps.inputs import Inputs
from matcher.steps.past_counts import named_sectors
from matcher.steps.sector_lists import as_read
from matcher.steps.startup_changes import OTHER_PLAN, below


def partner_changes(inputs: Inputs, startup_place: int, partner_place: int) -> list[Change]:
    """What the partner could change that may bear on this startup. A list that is empty sets no limit, and stays so."""
    startup, partner = inputs.startups[startup_place], inputs.partners[partner_place]
    return [
        *_lists(startup, partner),
        *_tickets(startup, partner, inputs),
        *_uk_entity(startup, partner),
        *_excludes(startup, partner, inputs.vocabulary),
        *_sectors(startup, partner, inputs),
    ]


def more_capacity(inputs: Inputs, partner_place: int) -> list[Change]:
    """One meeting more than the partner takes now; nothing where it sets no limit."""
    partner, programme = inputs.partners[partner_place], inputs.programme
    takes = programme.capacity_default if partner.capacity is None and programme else partner.capacity
    return [] if takes is None else [_change("capacity", partner.capacity, takes + 1, takes + 1)]


def _lists(startup: Startup, partner: Partner) -> Iterator[Change]:
    for field, own, taken in (
        ("countries", startup.country, partner.countries),
        ("stages", startup.stage, partner.stages),
    ):
        if own is not None and taken and own not in taken:
            yield _change(field, taken, (*taken, own), (*taken, own))


def _tickets(startup: Startup, partner: Partner, inputs: Inputs) -> Iterator[Change]:
    least, most, raising = partner.ticket_min, partner.ticket_max, startup.raising
    if raising is None:
        return
    lower: Money | None = None
    higher: Money | None = None
    if least is not None and below(raising, least, inputs):
        lower = at_most(raising, least.currency, inputs.rates)
    if most is not None and below(most, raising, inputs) and not below(most, raising, inputs, OTHER_PLAN):
        higher = at_least(raising, most.currency, inputs.rates)
    for field, now, then in (("ticket_min", least, lower), ("ticket_max", most, higher)):
        if now is not None and then is not None and then != now:
            yield _change(field, cell(now), cell(then), then)


def _uk_entity(startup: Startup, partner: Partner) -> Iterator[Change]:
    if partner.requires_uk_entity and startup.uk_entity == "no":
        yield _change("requires_uk_entity", "yes", "no", False)


def _excludes(startup: Startup, partner: Partner, vocabulary: Vocabulary) -> Iterator[Change]:
    tags = {wide for sector in startup.sectors for wide in vocabulary.wider(sector)} | set(startup.technologies)
    left = tuple(tag for tag in partner.excludes if tag not in tags)
    read = tuple(dict.fromkeys(tag for written in left for tag in vocabulary.excluded(written)))
    if left != partner.excludes and read == left:
        yield _change("excludes", partner.excludes, left or None, left)


def _sectors(startup: Startup, partner: Partner, inputs: Inputs) -> Iterator[Change]:
    own = [sector for sector in named_sectors(startup, inputs) if sector not in partner.sectors]
    wider = as_read((*partner.sectors, *own), inputs.vocabulary)
    if own and wider[: len(partner.sectors)] == partner.sectors:
        yield _change("sectors", partner.sectors or None, wider, wider)


def _change(field: str, before: Written, after: Written, value: object) -> Change:
    return Change(side="partner", field=field, before=before, after=after, sets=((field, value),))
