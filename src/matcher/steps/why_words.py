"""Why a pair is left out, in plain sentences: refused, not assessed, a poor fit, no place, no room.

Staff are told points and who else meets; a startup and a partner are told weights, and nobody else's name.
"""

from __future__ import annotations

from collections.abc import Sequence

from matcher.domain.audience import Audience
from matcher.domain.match import Account, Contribution, RuleAnswer, WhyNot
from matcher.domain.override import Override
from matcher.steps.banded import by_how_much, weight
from matcher.steps.change_words import whose
from matcher.steps.nearness import AGAINST, FOR, speaks
from matcher.steps.points import both_words, score_words, signed
from matcher.steps.rule_words import day_words, listed

# So many contributions are named: nobody reads a longer list.
_MOST_NAMED = 3
SAME_ORGANISATION = "profile of the same organisation"
"""How a plan calls a startup that gave its place to another profile of itself."""
RULE_LABELS = {
    "sector": "the sector",
    "country": "the country",
    "hub": "the hub",
    "stage": "the stage",
    "women_led": "who leads it",
    "already_raised": "the money raised",
    "market_ready": "market readiness",
    "investment_ready": "investment readiness",
    "uk_entity": "the UK entity",
    "eis_seis": "EIS or SEIS",
    "ticket": "the ticket",
    "excludes": "what they exclude",
    "applied": "the application",
    "source_programme": "the programme it comes from",
    "met_before": "a meeting before",
    "cooling_off": "the time to wait",
    "other_side": "the corridor's other side",
    "shared_sector": "a sector of the corridor",
}


def refused(unmet: Sequence[RuleAnswer]) -> WhyNot:
    """The first rule that refuses, and the others by name."""
    detail, others = unmet[0].detail, list(dict.fromkeys(RULE_LABELS[answer.rule] for answer in unmet[1:]))
    if others:
        detail += f" Refused by {len(unmet) - 1} more {'rule' if len(unmet) == 2 else 'rules'}: {listed(others)}."
    return WhyNot(cause="rule", detail=detail)


def banned(ban: Override, audience: Audience) -> WhyNot:
    """An officer decided that the pair does not meet; whose decision it was, and why, is for staff."""
    if not audience.sees_points:
        return WhyNot(cause="rule", detail="The programme's staff decided that the two do not meet in this edition.")
    until = f" until {day_words(ban.until)}" if ban.until else ""
    return WhyNot(cause="rule", detail=f"{ban.person} banned the pair in this edition{until}: “{ban.reason}”.")


def not_assessed(account: Account) -> WhyNot:
    """What is missing."""
    return WhyNot(cause="unknown", detail=account.reason)


def weak(account: Account, possible: float) -> WhyNot:
    """What takes most from a poor fit. possible: the least score of the band above."""
    shown, edge = both_words(account.score or 0.0, possible)
    worth = f": {shown} points, and “possible” begins at {edge}" if account.audience.sees_points else ""
    return WhyNot(cause="fit", detail=f"The fit is weak{worth}. {takes_most(account)}")


def too_low(account: Account, least: float) -> WhyNot:
    """Below the edition's floor."""
    own, floor = both_words(account.score or 0.0, least)
    said = f"Its {own} points are below {floor}, the least"
    said = said if account.audience.sees_points else "Its fit is below the least"
    return WhyNot(cause="fit", detail=f"{said} that is offered a meeting. {takes_most(account)}")


def takes_most(account: Account) -> str:
    """The contributions that take most, in their own words, with points or weights; or that nothing does."""
    taking = [part for part in account.contributions if speaks(part.points) == AGAINST][:_MOST_NAMED]
    if taking:
        return f"What takes most: {'; '.join(_named(part, account.audience) for part in taking)}."
    adding = [part for part in account.contributions if speaks(part.points) == FOR][:_MOST_NAMED]
    if adding:
        said = "; ".join(_named(part, account.audience) for part in adding)
        return f"Nothing speaks against it, but little speaks for it: {said}."
    return "Nothing that the two profiles say speaks for it or against it."


def _named(part: Contribution, audience: Audience) -> str:
    return f"{part.label} ({signed(part.points) if audience.sees_points else weight(part.points)})"


def no_place(startup: str, reason: str, audience: Audience, last: str | None = None, points: float = 0.0) -> str:
    """A startup that is not placed, for which the plan gives this reason. last: the last that is, so much ahead."""
    if not audience.sees_points:
        # The plan names the profile that is stronger, and the partners an officer had chosen.
        alike = SAME_ORGANISATION in reason
        reason = f"another {SAME_ORGANISATION} is stronger" if alike else reason.partition(";")[0]
    said = f"{startup} found no place in the edition: {reason}."
    if last is None:
        return said
    if not audience.sees_points:
        return f"{said} The last of them is {f'{by_how_much(points)} stronger' if points else 'as strong'}."
    if points == 0:
        return f"{said} The last of them, {last}, is as strong; equals go by id."
    return f"{said} The last of them, {last}, is stronger by {shown(points)}, taken over a startup's three best pairs."


def taken(partner: str, capacity: int, takers: Sequence[tuple[str, float | None]], audience: Audience) -> str:
    """A partner that is full, and who meets it, with their points."""
    if capacity == 0:
        return f"{partner} takes no meetings at present (capacity 0)."
    if not audience.sees_points:
        goes = "only meeting goes to another startup" if capacity == 1 else f"{capacity} meetings go to other startups"
        return f"{whose(partner)} {goes}."
    named = [name if points is None else f"{name} ({score_words(points)} points)" for name, points in takers]
    times = "only meeting goes" if capacity == 1 else f"{capacity} meetings go"
    return f"{whose(partner)} {times} to {listed(named)}."


def own_most(
    startup: str,
    most: int,
    kind: str | None,
    weakest: tuple[str, float | None],
    audience: Audience,
) -> str:
    """A startup that has all its meetings. kind: "investors", None = of any kind. weakest: its last meeting."""
    whom = f"with {kind} " if kind else ""
    name, points = weakest
    worth = "" if points is None else f" ({score_words(points)} points)"
    have = f"{whose(startup)} only meeting {whom}is" if most == 1 else f"{whose(startup)} {most} meetings {whom}are"
    last = f", the last of them with {name}{worth}" if audience.sees_points else ""
    return f"{have} taken{last}."


def priced(price: float, short: int, moves: str, audience: Audience) -> str:
    """What the plan would lose if the pair met all the same. short: how many more meetings would be missing."""
    missing = f"miss {short} more of the wanted {'meeting' if short == 1 else 'meetings'}" if short > 0 else ""
    if price == 0:
        whole = f"the plan would {missing}" if missing else "the plan would be worth as much"
    else:
        whole = f"the plan would {_worth(price, audience)}"
        whole += f" and {missing}" if missing else ""
    return f"If the pair met all the same, {whole}{': ' + moves if moves else ''}."


def _worth(price: float, audience: Audience) -> str:
    if audience.sees_points:
        return f"{'lose' if price > 0 else 'gain'} {shown(abs(price))}"
    return f"be worth {by_how_much(price)} {'less' if price > 0 else 'more'}"


def shown(points: float) -> str:
    """Points for people; too few to show are not shown as none."""
    return "less than 0.01 points" if 0 < points < 0.005 else f"{points:.2f} points"
