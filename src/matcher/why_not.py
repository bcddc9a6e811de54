"""Why a pair does not meet: which rule, which lack of room, or which poor fit; in an edition with its price.

It reads and writes nothing.
"""

from __future__ import annotations

import numpy as np

from matcher.domain.match import Account, WhyNot
from matcher.domain.override import BAN
from matcher.domain.profile import Partner, Startup
from matcher.domain.shortlist import LeftOut, ShortlistPair, counted
from matcher.errors import Infeasible
from matcher.plan import Plan
from matcher.steps import why_words
from matcher.steps.movers import movers
from matcher.steps.places import UNITS_PER_POINT, strength, units
from matcher.steps.points import score_words
from matcher.steps.rank import BANDS, NOT_ASSESSED, Ranker


def why_not(account: Account, ranker: Ranker, plan: Plan | None) -> WhyNot | None:
    """Why this pair is left out; None where it is not: it meets, or without an edition its fit is not weak."""
    if account.unmet:
        return why_words.refused(account.unmet)
    if account.band == NOT_ASSESSED:
        return why_words.not_assessed(account)
    if plan is None:
        return why_words.weak(account, ranker.bands[BANDS[-2]]) if account.band == BANDS[-1] else None
    if (found := _no_shortlist(plan, account)) is not None:
        return found
    if _ids(account) in plan.meetings:
        return None
    return _banned(plan, account) or no_place(plan, account.startup_id) or _no_meeting(plan, account)


def _banned(plan: Plan, account: Account) -> WhyNot | None:
    ban = next((one for one in plan.inputs.overrides if one.kind == BAN and one.pair == _ids(account)), None)
    return None if ban is None else why_words.banned(ban, account.audience)


def no_place(plan: Plan, startup_id: str) -> WhyNot | None:
    """Why a startup that is let in found no place; None where it has one."""
    left = next((one for one in plan.shortlist.unplaced if one.id == startup_id), None)
    if left is None:
        return None
    reason = left.because
    name, own, audience = plan.names[startup_id], _strength(plan, startup_id), plan.inputs.audience
    if own is None:
        cause = "unknown" if left.rule == "not_assessed" else "rule"
        return WhyNot(cause=cause, detail=why_words.no_place(name, reason, audience))
    last = _last_rival(plan, left)
    if last is None:
        return WhyNot(cause="capacity", detail=why_words.no_place(name, reason, audience))
    ahead = ((_strength(plan, last) or 0) - own) / UNITS_PER_POINT
    return WhyNot(cause="capacity", detail=why_words.no_place(name, reason, audience, plan.names[last], ahead))


def _last_rival(plan: Plan, left: LeftOut) -> str | None:
    """The weakest startup that has a place which this one could have had; None where it lost it otherwise."""
    if left.rule not in ("places", "quota"):
        return None
    hub = _startup(plan, left.id).hub
    rivals = plan.shortlist.placed
    if left.rule == "quota":
        rivals = tuple(id_ for id_ in rivals if _startup(plan, id_).hub == hub)
    return rivals[-1] if rivals else None


def _no_shortlist(plan: Plan, account: Account) -> WhyNot | None:
    short = plan.shortlist.certificate.short
    if not (short and plan.inputs.programme and plan.inputs.programme.strict):
        return None
    first = short[0]
    who = plan.names[first.id] if account.audience.sees_points or first.id == account.startup_id else "a startup"
    because = f" ({first.because})" if account.audience.sees_points else ""
    detail = (
        "There is no shortlist as things are: the edition's minimums are strict, but "
        f"{who} can get {first.got} of {first.wanted} meetings{because}."
    )
    return WhyNot(cause="capacity", detail=detail)


def _no_meeting(plan: Plan, account: Account) -> WhyNot:
    """A pair whose startup has a place: below the floor, no room on one side, or nothing to be won."""
    score, least = account.score or 0.0, plan.shortlist.certificate.least_score
    if score < least:
        return why_words.too_low(account, least)
    partner = next(one for one in plan.inputs.partners if one.id == account.partner_id)
    meets = plan.shortlist.meetings
    takers = [(plan.names[pair.startup_id], pair.score) for pair in meets if pair.partner_id == partner.id]
    said = []
    capacity = plan.terms.capacity if partner.capacity is None else partner.capacity
    if capacity is not None and len(takers) >= capacity:
        said.append(why_words.taken(partner.name, capacity, takers, account.audience))
    said += _own_most(plan, account.startup_id, partner)
    if not said:
        return WhyNot(cause="fit", detail=f"It would add nothing to the plan. {why_words.takes_most(account)}")
    if account.audience.sees_points:
        said.append(f"This pair has {score_words(score)} points.")
    stands_by = [pair.rank for pair in plan.shortlist.alternates if _ids(pair) == _ids(account)]
    if stands_by:
        said.append(f"It stands by as the startup's alternate number {stands_by[0]}.")
    price, clause = _price(plan, account)
    return WhyNot(cause="capacity", detail=" ".join([*said, *clause]), price=price)


def _own_most(plan: Plan, startup_id: str, partner: Partner) -> list[str]:
    own = [pair for pair in plan.shortlist.meetings if pair.startup_id == startup_id]
    kind_of = {one.id: one.kind for one in plan.inputs.partners}
    alike = [pair for pair in own if kind_of[pair.partner_id] == partner.kind]
    of_kind = plan.terms.kinds.get(partner.kind)
    most, most_alike = plan.terms.meetings.max, None if of_kind is None else of_kind.max
    name, audience = plan.names[startup_id], plan.inputs.audience
    if most is not None and own and len(own) >= most:
        return [why_words.own_most(name, most, None, (plan.names[own[-1].partner_id], own[-1].score), audience)]
    if most_alike is not None and alike and len(alike) >= most_alike:
        kind = counted(2, partner.kind).removeprefix("2 ")
        last = plan.names[alike[-1].partner_id], alike[-1].score
        return [why_words.own_most(name, most_alike, kind, last, audience)]
    return []


def _price(plan: Plan, account: Account) -> tuple[float | None, list[str]]:
    """What the best plan with this pair is worth less, and that in words; nothing where there is no such plan."""
    pair = _ids(account)
    try:
        pinned = plan.with_pin(*pair)
    except Infeasible:
        return None, []
    before, after = plan.shortlist.certificate, pinned.certificate
    price = (units(before.objective) - units(after.objective)) / UNITS_PER_POINT
    meets = {_ids(one) for one in pinned.meetings}
    moves = movers(plan.meetings, meets, pair, plan.names, account.audience)
    short = after.shortfall - before.shortfall
    return float(price), [why_words.priced(float(price), short, moves, account.audience)]


def _ids(pair: Account | ShortlistPair) -> tuple[str, str]:
    return pair.startup_id, pair.partner_id


def _startup(plan: Plan, startup_id: str) -> Startup:
    return next(startup for startup in plan.inputs.startups if startup.id == startup_id)


def _strength(plan: Plan, startup_id: str) -> int | None:
    at = plan.pairs.startup_ids.index(startup_id)
    start, stop = np.searchsorted(plan.pairs.startup, [at, at + 1])
    return strength(plan.scores[start:stop])
