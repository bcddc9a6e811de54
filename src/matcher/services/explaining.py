"""Explaining: the whole account of one pair, or of one party with everybody; why not, and what would change it."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from matcher.account import account
from matcher.domain.audience import Audience
from matcher.domain.match import Account, Explained, PartyExplained
from matcher.domain.programme import Programme
from matcher.editions import find_programme, overrides_of
from matcher.errors import BadInput, Infeasible, NotAllowed
from matcher.gather import gather
from matcher.match import match
from matcher.party import Party, explained
from matcher.plan import Plan, solve
from matcher.rescoring import count_rescorings
from matcher.snapshot import Snapshot, for_edition, read_snapshot
from matcher.steps.inputs import Inputs
from matcher.steps.lookup import check_known
from matcher.steps.rank import Ranker
from matcher.steps.withheld import withheld
from matcher.what_if import what_ifs
from matcher.why_not import why_not
from matcher.workspace import Workspace

_IMPORT_HINT = "`matcher import {0}s FILE` brings new ones, `matcher search TEXT` looks for one."
_EITHER_HINT = "`matcher search TEXT` looks for a startup or a partner."


def explain(
    workspace: Workspace,
    startup_id: str,
    partner_id: str,
    programme_id: str | None,
    as_of: str,
    audience: Audience = Audience.STAFF,
    now: datetime | None = None,
) -> Explained:
    """The whole account of one pair, also of one that is refused, as this audience is told it. Raises NotFound.

    now: needed for a startup, whose rescorings are counted; NotAllowed where it has had all of today.
    """
    programme = find_programme(workspace, programme_id)
    snapshot, startups, partners = _read(workspace, programme)
    if startup_id in partners and partner_id in startups:
        raise BadInput(f"'{startup_id}' is a partner and '{partner_id}' a startup; name the startup first.")
    first, second = "name a startup first, and then the partner.", "name a partner behind the startup."
    check_known(startup_id, startups, "startup", _IMPORT_HINT.format("startup"), {"partner": (partners, first)})
    check_known(partner_id, partners, "partner", _IMPORT_HINT.format("partner"), {"startup": (startups, second)})
    places = startups.index(startup_id), partners.index(partner_id)
    inputs, ranker = _gathered(workspace, snapshot, places[0], programme, as_of, audience, now), workspace.ranker
    plan = _plan(workspace, inputs, ranker)
    said = _account(workspace, inputs, ranker, *places)
    return Explained(
        account=said,
        why_not=why_not(said, ranker, plan),
        what_if=tuple(what_ifs(inputs, ranker, *places, plan, workspace.pairs_at_once)),
    )


def explain_party(
    workspace: Workspace,
    id_: str,
    programme_id: str | None,
    as_of: str,
    audience: Audience = Audience.STAFF,
    now: datetime | None = None,
) -> PartyExplained:
    """How one startup or one partner, whose ids are unique across both, stands with everybody. Raises NotFound.

    audience, now: as for `explain`; NotAllowed also where it is the other side's to know.
    """
    programme = find_programme(workspace, programme_id)
    snapshot, startups, partners = _read(workspace, programme)
    everybody = [*startups, *partners]
    check_known(id_, everybody, "startup or partner", _EITHER_HINT if everybody else _IMPORT_HINT.format("startup"))
    side = "startup" if id_ in startups else "partner"
    if audience not in (Audience.STAFF, side):
        raise NotAllowed(
            f"How '{id_}' stands with everybody is for the {side} itself; a {audience} is shown one pair, so name both "
            "sides."
        )
    place = (startups if side == "startup" else partners).index(id_)
    inputs, ranker = _gathered(workspace, snapshot, place, programme, as_of, audience, now), workspace.ranker
    party = Party(
        inputs=inputs,
        ranker=ranker,
        side=side,
        place=place,
        plan=_plan(workspace, inputs, ranker),
        pairs_at_once=workspace.pairs_at_once,
    )
    return explained(party, lambda startup, partner: _account(workspace, inputs, ranker, startup, partner))


def _read(workspace: Workspace, programme: Programme | None) -> tuple[Snapshot, list[str], list[str]]:
    """The present records as the edition takes them, and the ids of startups and of partners in their order."""
    snapshot = for_edition(read_snapshot(workspace), programme)
    return snapshot, [one.id for one in snapshot.startups], [one.id for one in snapshot.partners]


def _gathered(
    workspace: Workspace,
    snapshot: Snapshot,
    startup: int,
    programme: Programme | None,
    as_of: str,
    audience: Audience,
    now: datetime | None,
) -> Inputs:
    """The inputs as this audience is told of them; a startup that asks for itself, by its place, is counted first."""
    if audience is Audience.STARTUP:
        assert now is not None
        count_rescorings(workspace, [snapshot.startups[startup]], now)
    overrides = overrides_of(workspace, programme, as_of)
    return withheld(gather(workspace, snapshot, as_of, programme, overrides=overrides), audience)


def _plan(workspace: Workspace, inputs: Inputs, ranker: Ranker) -> Plan | None:
    if inputs.programme is None:
        return None
    try:
        return solve(inputs, ranker, workspace.pairs_at_once)
    except Infeasible as contradiction:
        if inputs.audience.sees_points:
            raise
        # What clashes names others, whom a startup or a partner is not told of.
        raise Infeasible(f"There is no shortlist of {inputs.programme.id} at present; ask the hub's staff.") from (
            contradiction
        )


def _account(workspace: Workspace, inputs: Inputs, ranker: Ranker, startup: int, partner: int) -> Account:
    places = np.array([startup], np.int32), np.array([partner], np.int32)
    matches = match(inputs, ranker, *places, also_refused=True)
    return next(account(workspace, ranker, inputs, matches, [0], [None]))
