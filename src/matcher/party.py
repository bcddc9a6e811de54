"""How a startup, or a partner, stands with everybody of the other side, and why it has nobody.

It reads and writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.domain.change import Change, PartyWhatIf
from matcher.domain.match import Account, PartyExplained, PartyMeeting, RefusedBy, WhyNot
from matcher.domain.profile import Partner, Startup
from matcher.domain.vocabulary import STARTUP_KIND
from matcher.fill_in import fill_partner_first, fill_startup_first
from matcher.match import match_in_blocks
from matcher.plan import Plan, solve_again
from matcher.steps.admit import UNMET, Admission, admit
from matcher.steps.change_words import change_words
from matcher.steps.changed import changed
from matcher.steps.flags import flags
from matcher.steps.inputs import Inputs
from matcher.steps.languages import unread_of_partner, unread_of_startup
from matcher.steps.partner_changes import more_capacity, partner_changes
from matcher.steps.rank import Ranker
from matcher.steps.refusals import refusals, unmet_rules
from matcher.steps.rule_words import answers
from matcher.steps.startup_changes import startup_changes
from matcher.why_not import no_place, why_not

# So many what-ifs are told, and so many changes of one cell are tried by solving the edition again.
_MOST_TOLD, _MOST_SOLVED = 8, 3
# Cells that a rule asks about; no other lets anybody in.
_RULED = frozenset(("uk_entity", "market_ready", "investment_ready", "stage", "raising_amount"))
_RULED |= {"countries", "stages", "ticket_min", "requires_uk_entity", "excludes"}

AccountOf = Callable[[int, int], Account]
"""The account of a pair, by the places of its startup and its partner."""


@dataclass(frozen=True, kw_only=True)
class Party:
    """One startup or one partner: its side and place in `inputs`, and what it is matched with.

    plan: of the programme of `inputs`, None without one.
    """

    inputs: Inputs
    ranker: Ranker
    side: str
    place: int
    plan: Plan | None
    pairs_at_once: int

    @property
    def record(self) -> Startup | Partner:
        """Who it is."""
        return (self.inputs.startups if self.side == "startup" else self.inputs.partners)[self.place]

    @property
    def others(self) -> str:
        """What the other side is: partners or startups; in a corridor both are startups."""
        corridor = any(one.kind == STARTUP_KIND for one in self.inputs.partners)
        return "partner" if self.side == "startup" and not corridor else "startup"

    @property
    def places(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The places of the startups and of the partners: one of one side, all of the other."""
        one = np.array([self.place], np.int32)
        if self.side == "startup":
            return one, np.arange(len(self.inputs.partners), dtype=np.int32)
        return np.arange(len(self.inputs.startups), dtype=np.int32), one

    def pair(self, other: int) -> tuple[int, int]:
        """The places of startup and partner, with somebody of the other side."""
        return (self.place, other) if self.side == "startup" else (other, self.place)

    def admission(self, inputs: Inputs) -> Admission:
        """What every rule says of it and everybody of the other side."""
        startups, partners = self.places
        return admit(
            [inputs.startups[place] for place in startups],
            [inputs.partners[place] for place in partners],
            inputs.programme,
            inputs.vocabulary,
            inputs.rates,
            inputs.around,
        )

    def scored(self) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """(n,) places of the other side that are admitted, and the scores, NaN where not assessed; best first."""
        others, scores = [np.empty(0, np.int32)], [np.empty(0)]
        for block in match_in_blocks(self.inputs, self.ranker, *self.places, self.pairs_at_once):
            startups, partners = block.startup_places[block.pairs.startup], block.partner_places[block.pairs.partner]
            others.append(partners if self.side == "startup" else startups)
            scores.append(block.ranked.scores)
        place, score = np.concatenate(others), np.concatenate(scores)
        order = np.argsort(np.where(np.isnan(score), np.inf, -score), kind="stable")
        return place[order], score[order]


def explained(party: Party, account_of: AccountOf) -> PartyExplained:
    """How a party stands with everybody, why it has nobody where that is so, and what would change it."""
    inputs, plan, record = party.inputs, party.plan, party.record
    admission = party.admission(inputs)
    refused = refusals(admission, party.side, _programme_details(party, admission), f"{party.others}s")
    others, scores = party.scored()
    meetings = None if plan is None else tuple(_meetings(plan, record.id))
    everybody = party.places[1 if party.side == "startup" else 0]
    held_to = np.sort(others) if len(others) else everybody
    fill = fill_startup_first if party.side == "startup" else fill_partner_first
    return PartyExplained(
        id=record.id,
        name=record.name,
        side=party.side,
        programme_id=inputs.programme.id if inputs.programme else None,
        admitted=len(others),
        not_assessed=int(np.isnan(scores).sum()),
        refused=refused,
        meetings=meetings,
        why_not=None if meetings else _why_nobody(party, refused, others, scores, account_of),
        fill_in_first=fill(inputs, party.ranker, party.place, held_to),
        what_if=tuple(
            replace(one, words=change_words((one.change,), {party.side: record.name}, inputs.vocabulary))
            for one in _what_ifs(party, len(others), len(meetings) if meetings is not None else None)
        ),
        cautions=tuple(_cautions(party)),
        others=party.others,
    )


def _cautions(party: Party) -> Iterator[str]:
    """How its own text was read."""
    if party.side == "partner":
        yield from unread_of_partner(party.inputs, party.place)
        return
    yield from unread_of_startup(party.inputs, party.place)
    if party.inputs.audience.sees_points:
        yield from flags(party.inputs, party.place)


def _why_nobody(
    party: Party,
    refused: tuple[RefusedBy, ...],
    others: NDArray[np.int32],
    scores: NDArray[np.float64],
    account_of: AccountOf,
) -> WhyNot | None:
    """Why it has nobody, or without an edition nobody that fits; the best pair speaks where all are alike."""
    record = party.record
    if isinstance(record, Partner) and record.capacity == 0:
        return WhyNot(cause="capacity", detail=f"{record.name} takes no meetings at present (capacity 0).")
    if not len(others):
        asked = [one for one in refused if one.asked_by == "programme"] if party.side == "startup" else []
        said = " ".join(one.detail for one in asked or refused)
        return WhyNot(cause="rule", detail=said if asked else f"Every {party.others} is refused. {said}")
    best = account_of(*party.pair(int(others[0])))
    if np.isnan(scores[0]):
        return WhyNot(cause="unknown", detail=best.reason)
    if party.plan is None:
        return _of_best(party, best)
    return _no_meeting(party, party.plan, others, best, account_of)


def _no_meeting(
    party: Party, plan: Plan, others: NDArray[np.int32], best: Account, account_of: AccountOf
) -> WhyNot | None:
    """Why nobody of those it could meet does meet it in the edition. others: their places, best first."""
    if party.side == "startup":
        return no_place(plan, party.record.id) or _of_best(party, best)
    placed = set(plan.shortlist.placed)
    inside = [int(place) for place in others if party.inputs.startups[place].id in placed]
    if inside:
        return _of_best(party, account_of(*party.pair(inside[0])))
    if len(others) == 1:
        detail = "The one startup that it could meet found no place in the edition."
    else:
        detail = f"None of the {len(others)} startups that it could meet found a place in the edition."
    return WhyNot(cause="capacity", detail=detail)


def _of_best(party: Party, best: Account) -> WhyNot | None:
    found = why_not(best, party.ranker, party.plan)
    return found and WhyNot(cause=found.cause, detail=f"{_best(party, best)} {found.detail}", price=found.price)


def _best(party: Party, account: Account) -> str:
    sides: tuple[Startup | Partner, ...] = party.inputs.partners if party.side == "startup" else party.inputs.startups
    id_ = account.partner_id if party.side == "startup" else account.startup_id
    return f"The best it could meet is {next(one.name for one in sides if one.id == id_)}."


def _meetings(plan: Plan, id_: str) -> Iterator[PartyMeeting]:
    for pair in plan.shortlist.meetings:
        if id_ in (pair.startup_id, pair.partner_id):
            other = pair.partner_id if id_ == pair.startup_id else pair.startup_id
            score = pair.score if plan.inputs.audience.sees_points else None
            yield PartyMeeting(id=other, name=plan.names[other], score=score)


def _programme_details(party: Party, admission: Admission) -> dict[str, str]:
    record = party.record
    if not isinstance(record, Startup) or party.inputs.programme is None:
        return {}
    said = (admission.programme[0].tolist(), (), ())
    found = answers(record, None, party.inputs.programme, said, party.inputs.vocabulary, party.inputs.around)
    return {answer.rule: answer.detail for answer in found[UNMET]}


def _what_ifs(party: Party, admitted: int, meetings: int | None) -> list[PartyWhatIf]:
    """The changes of its own sheet that win it most: of each cell the one by which most become eligible.

    To a partner that takes no meetings, nothing else that it changes brings one.
    """
    inputs, found = party.inputs, []
    if isinstance(party.record, Partner) and party.record.capacity == 0:
        (change,) = more_capacity(inputs, party.place)
        got = None if party.plan is None else _meetings_after(party, change)
        yet = "" if got is None else "gets no meeting yet; "
        open_to = f"{yet}may then meet one of those admitted, {admitted} in all"
        effect = "gets 1 meeting in place of none" if got else open_to
        return [PartyWhatIf(change=change, effect=effect, admitted=admitted, meetings=got)]
    tried: dict[str, list[tuple[int, int, Change]]] = {}
    for change in _own_changes(party):
        again = changed(inputs, *party.pair(0), (change,))
        number = int((~unmet_rules(party.admission(again)).any(axis=2)).sum())
        if number > admitted or change.field == "capacity":
            tried.setdefault(change.field, []).append((number, -change.size, change))
    for trials in tried.values():
        best = None
        for number, _, change in sorted(trials, key=lambda one: one[:2], reverse=True)[:_MOST_SOLVED]:
            got = _meetings_after(party, change) if party.plan is not None else None
            told = PartyWhatIf(
                change=change, effect=_effect(party, admitted, number, meetings, got), admitted=number, meetings=got
            )
            if told.effect and (best is None or (got or 0) > (best.meetings or 0)):
                best = told
        found += [best] if best else []
    found.sort(key=lambda one: (-(one.meetings or 0), -one.admitted, one.change.field))
    return found[:_MOST_TOLD]


def _own_changes(party: Party) -> Iterator[Change]:
    """What it could change with anybody of the other side in mind, each change once; nothing that is left open."""
    seen = set()
    for other in party.places[1 if party.side == "startup" else 0].tolist():
        made = (startup_changes if party.side == "startup" else partner_changes)(party.inputs, *party.pair(other))
        for change in made:
            if change.field in _RULED and change.before is not None and (change.field, change.after) not in seen:
                seen.add((change.field, change.after))
                yield change
    if party.side == "partner" and party.plan is not None:
        yield from more_capacity(party.inputs, party.place)


def _meetings_after(party: Party, change: Change) -> int:
    assert party.plan is not None
    pair = party.pair(0)
    again = changed(party.inputs, *pair, (change,))
    plan = solve_again(party.plan, again, party.ranker, party.pairs_at_once, *pair)
    return sum(party.record.id in ids for ids in plan.meetings)


def _effect(party: Party, admitted: int, then: int, meetings: int | None, got: int | None) -> str:
    """What is won, in words; "" where nothing is, or where a meeting is lost."""
    other = party.others
    if (got or 0) < (meetings or 0):
        return ""
    parts = []
    if got is not None and meetings is not None and got > meetings:
        parts.append(f"gets {got} {'meeting' if got == 1 else 'meetings'} in place of {meetings or 'none'}")
    if then > admitted:
        more = then - admitted
        become = f"1 more {other} becomes" if more == 1 else f"{more} more {other}s become"
        parts.append(f"{become} eligible (from {admitted} to {then})")
    return "; ".join(parts)
