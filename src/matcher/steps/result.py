"""A shortlist as the JSON that a run keeps and every door shows (the shape is in docs/how-to/make-a-shortlist.md)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from matcher.domain import money
from matcher.domain.match import Account, Refusal
from matcher.domain.override import PIN, Override
from matcher.domain.profile import Money, Partner, Startup
from matcher.domain.programme import Programme
from matcher.domain.shortlist import Shortlist, ShortlistPair
from matcher.domain.vocabulary import Vocabulary
from matcher.steps.banded import banded


def account_json(account: Account) -> dict[str, Any]:
    """One pair's account as lists of matches carry it; with bands in place of points where it is told to no staff."""
    said = {
        "startup_id": account.startup_id,
        "partner_id": account.partner_id,
        "startup_name": account.startup_name,
        "partner_name": account.partner_name,
        "programme_id": account.programme_id,
        "eligible": account.eligible,
        "score": account.score,
        "band": account.band,
        "confidence": account.confidence,
        "base": account.base,
        "fit": {"startup": account.for_startup, "partner": account.for_partner},
        "reason": account.reason,
        "remedy": account.remedy,
        "contributions": [
            {
                "feature": part.feature,
                "label": part.label,
                "points": part.points,
                "fit_for": part.fit_for,
                "evidence": [
                    {
                        "side": quote.side,
                        "record": {"kind": quote.kind, "id": quote.id},
                        "field": quote.field,
                        "quote": quote.quote,
                        "start": quote.start,
                        "end": quote.end,
                    }
                    for quote in part.evidence
                ],
                "facts": [
                    {
                        "side": fact.side,
                        "record": {"kind": fact.kind, "id": fact.id},
                        "field": fact.field,
                        "value": _plain(fact.value),
                    }
                    for fact in part.facts
                ],
            }
            for part in account.contributions
        ],
        "met": [vars(answer) for answer in account.met],
        "unmet": [vars(answer) for answer in account.unmet],
        "unknown": [vars(answer) for answer in account.unknown],
        "cautions": [*account.cautions, *account.flags],
        "languages": {"summary": account.summary_language, "thesis": account.thesis_language},
    }
    return said if account.audience.sees_points else banded(said)


def shortlist_json(
    run_id: str,
    programme: Programme,
    plan: Shortlist,
    refused: Sequence[Refusal],
    accounts: Mapping[tuple[str, str], Account],
    startups: Mapping[str, Startup],
    partners: Mapping[str, Partner],
    ranker_version: str,
    as_of: str,
    vocabulary: Vocabulary,
    other_side: Mapping[str, Startup],
    overrides: Sequence[Override],
) -> str:
    """The whole result as canonical JSON text: equal plans, equal bytes.

    other_side: in a corridor, the startups that stand as partners. overrides: those the plan was to keep to; a pin that
    it could not is void.
    """
    meetings = {(pair.startup_id, pair.partner_id) for pair in plan.meetings}
    names = {id_: startup.name for id_, startup in (*startups.items(), *other_side.items())}

    def shown(pair: ShortlistPair) -> dict[str, Any]:
        account = account_json(accounts[pair.startup_id, pair.partner_id])
        return account | {
            "status": pair.status,
            "rank": pair.rank,
            "kind": partners[pair.partner_id].kind,
        }

    loads = Counter(pair.partner_id for pair in plan.meetings)
    certificate = plan.certificate
    said = {
        "run_id": run_id,
        "programme_id": programme.id,
        "programme_name": programme.name,
        "as_of": as_of,
        "ranker": ranker_version,
        "guarantee": programme.guarantee,
        "placed": [_who(startups[id_], vocabulary) for id_ in plan.placed],
        "unplaced": [
            {
                "startup_id": left.id,
                "name": startups[left.id].name,
                "reached": left.reached,
                "rule": left.rule,
                "because": left.because,
            }
            for left in plan.unplaced
        ],
        "pairs": [shown(pair) for pair in plan.meetings],
        "alternates": [shown(pair) for pair in plan.alternates],
        "loads": [
            {
                "partner_id": id_,
                "name": partner.name,
                "kind": partner.kind,
                "city": partner.city,
                "country_name": partner.country and vocabulary.country(partner.country),
                "capacity": programme.capacity_default if partner.capacity is None else partner.capacity,
                "meetings": loads[id_],
            }
            for id_, partner in sorted(partners.items())
        ],
        "refused": [vars(refusal) | {"name": names[refusal.startup_id]} for refusal in refused],
        "overrides": [vars(one) | {"void": one.kind == PIN and one.pair not in meetings} for one in overrides],
        "certificate": {
            "objective": certificate.objective,
            "bound": certificate.bound,
            "gap": certificate.gap,
            "shortfall": certificate.shortfall,
            "least_score": certificate.least_score,
            "pairs_admitted": certificate.pairs_admitted,
            "pairs_priced": certificate.pairs_priced,
            "short": [vars(short) for short in certificate.short],
        },
    }
    return json.dumps(said, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _who(startup: Startup, vocabulary: Vocabulary) -> dict[str, Any]:
    """A startup as its page introduces it; never whom to write to."""
    return {
        "startup_id": startup.id,
        "name": startup.name,
        "country_name": startup.country and vocabulary.country(startup.country),
        "city": startup.city,
        "stage": startup.stage,
        "summary": startup.summary,
    }


def _plain(value: object) -> object:
    if isinstance(value, Money):
        return {"amount": money.major(value), "currency": value.currency}
    return list(value) if isinstance(value, tuple) else value
