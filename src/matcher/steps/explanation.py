"""An explanation as the JSON that every door shows: of one pair, and of one party (docs/how-to/why-not.md)."""

from __future__ import annotations

from typing import Any

from matcher.domain.audience import Audience
from matcher.domain.change import Change, PartyWhatIf, WhatIf
from matcher.domain.match import Explained, PartyExplained, WhyNot
from matcher.steps.result import account_json


def explained_json(explained: Explained) -> dict[str, Any]:
    """One pair's account, why it is left out, and what would change that."""
    account = explained.account
    return account_json(account) | {
        "why_not": _why_not(explained.why_not),
        "what_if": [_what_if(one, account.audience) for one in explained.what_if],
    }


def party_json(party: PartyExplained) -> dict[str, Any]:
    """How one party stands with everybody of the other side."""
    return {
        "id": party.id,
        "name": party.name,
        "side": party.side,
        "programme_id": party.programme_id,
        "admitted": party.admitted,
        "not_assessed": party.not_assessed,
        "refused": [vars(one) for one in party.refused],
        "meetings": None if party.meetings is None else [vars(one) for one in party.meetings],
        "why_not": _why_not(party.why_not),
        "fill_in_first": [
            {
                "field": one.field,
                "value": _cell(one.value),
                "ask": one.ask,
                "confidence_from": one.confidence_from,
                "confidence_to": one.confidence_to,
            }
            for one in party.fill_in_first
        ],
        "what_if": [_party_what_if(one) for one in party.what_if],
        "cautions": list(party.cautions),
        "others": party.others,
    }


def _why_not(why_not: WhyNot | None) -> dict[str, str] | None:
    return None if why_not is None else {"cause": why_not.cause, "detail": why_not.detail}


def _what_if(found: WhatIf, audience: Audience) -> dict[str, Any]:
    first, *others = found.changes
    then = found.then
    return _change(first) | {
        "with": [_change(other) for other in others],
        "words": found.words,
        "effect": found.effect,
        "then": {
            "eligible": then.eligible,
            "score": then.score if audience.sees_points else None,
            "band": then.band,
            "confidence": then.confidence,
            "meets": then.meets,
        },
    }


def _party_what_if(found: PartyWhatIf) -> dict[str, Any]:
    return _change(found.change) | {
        "with": [],
        "words": found.words,
        "effect": found.effect,
        "then": {"admitted": found.admitted, "meetings": found.meetings},
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "side": change.side,
        "field": change.field,
        "from": _cell(change.before),
        "to": _cell(change.after),
    }


def _cell(written: object) -> object:
    return list(written) if isinstance(written, tuple) else written
