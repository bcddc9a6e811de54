"""The inputs of a match as they would be read again after some cells were written anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from matcher.domain.change import Change
from matcher.domain.vocabulary import BACKED
from matcher.steps.inputs import Inputs
from matcher.steps.past import past
from matcher.steps.texts import EarlierCompany, earlier_companies

# What a past is made of; the rest of a record speaks of nobody else.
_OF_PAST = {field.name for field in fields(EarlierCompany)}


def changed(inputs: Inputs, startup_place: int, partner_place: int, changes: Iterable[Change]) -> Inputs:
    """The same inputs with these cells of one startup and one partner changed; no cell holds a text or a name.

    A startup that a partner backed before is an earlier company of that partner, so that what it says speaks of
    everybody's past too.
    """
    set_: dict[str, dict[str, Any]] = {"startup": {}, "partner": {}}
    for change in changes:
        set_[change.side] |= dict(change.sets)
    startups, partners = list(inputs.startups), list(inputs.partners)
    startups[startup_place] = replace(startups[startup_place], **set_["startup"])
    partners[partner_place] = replace(partners[partner_place], **set_["partner"])
    again = replace(inputs, startups=tuple(startups), partners=tuple(partners))
    if not set_["startup"].keys() & _OF_PAST or not _was_backed(inputs, startups[startup_place].id):
        return again
    companies = [
        replace(company, read=before.read)
        for company, before in zip(
            earlier_companies(again.partners, again.portfolio, again.history, again.startups),
            inputs.companies,
            strict=True,
        )
    ]
    group = inputs.organisations.group
    return replace(again, past=past(companies, again.startups, group, again.texts, len(again.partners), again.rates))


def _was_backed(inputs: Inputs, startup_id: str) -> bool:
    return any(record.startup_id == startup_id and record.outcome in BACKED for record in inputs.history)
