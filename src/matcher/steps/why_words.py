"""Why a pair is left out, in plain sentences: refused, not assessed, a poor fit, no place, no room."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.domain.match import Account, Contribution, RuleAnswer, WhyNot
from matcher.steps.rule_words import listed

# So many contributions are named: nobody reads a longer list.
_MOST_NAMED = 3
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
}


def refused(unmet: Sequence[RuleAnswer]) -> WhyNot:
    """The first rule that refuses, and the others by name."""
    detail, others = unmet[0].detail, list(dict.fromkeys(RULE_LABELS[answer.rule] for answer in unmet[1:]))
    if others:
        detail += f" Refused by {len(unmet) - 1} more {'rule' if len(unmet) == 2 else 'rules'}: {listed(others)}."
    return WhyNot(cause="rule", detail=detail)


def not_assessed(account: Account) -> WhyNot:
    """What is missing."""
    return WhyNot(cause="unknown", detail=account.reason)


def weak(account: Account, possible: float) -> WhyNot:
    """What takes most from a poor fit. possible: the least score of the band above."""
    score = account.score or 0.0
    detail = f"The fit is weak: {score:.2f} points, and “possible” begins at {possible:.2f}. {takes_most(account)}"
    return WhyNot(cause="fit", detail=detail)


def too_low(account: Account, least: float) -> WhyNot:
    """Below the edition's floor."""
    score = account.score or 0.0
    detail = f"Its {score:.2f} points are below {least:.2f}, the least that is offered a meeting. {takes_most(account)}"
    return WhyNot(cause="fit", detail=detail)


def takes_most(account: Account) -> str:
    """The contributions that take most, in their own words, with points; or that nothing does."""
    taking = [part for part in account.contributions if part.points < 0][:_MOST_NAMED]
    if taking:
        return f"What takes most: {'; '.join(_named(part) for part in taking)}."
    adding = account.contributions[:_MOST_NAMED]
    if adding:
        return f"Nothing speaks against it, but little speaks for it: {'; '.join(_named(part) for part in adding)}."
    return "Nothing that the two profiles say speaks for it or against it."


def _named(part: Contribution) -> str:
    return f"{part.label} ({part.points:+.2f})"


def no_place(startup: str, reason: str, last: str | None = None, points: float = 0.0) -> str:
    """A startup that is not placed. last: the last that got such a place, so much ahead."""
    said = f"{startup} found no place in the edition: {reason}."
    if last is None:
        return said
    if points == 0:
        return f"{said} The last of them, {last}, is as strong; equals go by id."
    return f"{said} The last of them, {last}, is stronger by {shown(points)}, taken over a startup's three best pairs."


def taken(partner: str, capacity: int, takers: Sequence[tuple[str, float | None]]) -> str:
    """A partner that is full, and who meets it, with their points."""
    if capacity == 0:
        return f"{partner} takes no meetings at present (capacity 0)."
    named = [name if points is None else f"{name} ({points:.2f} points)" for name, points in takers]
    times = "only meeting goes" if capacity == 1 else f"{capacity} meetings go"
    return f"{partner}'s {times} to {listed(named)}."


def own_most(startup: str, most: int, kind: str | None, weakest: tuple[str, float | None]) -> str:
    """A startup that has all its meetings. kind: "investors", None = of any kind. weakest: its last meeting."""
    whom = f"with {kind} " if kind else ""
    name, points = weakest
    worth = "" if points is None else f" ({points:.2f} points)"
    have = f"{startup}'s only meeting {whom}is" if most == 1 else f"{startup}'s {most} meetings {whom}are"
    return f"{have} taken, the last of them with {name}{worth}."


def priced(price: float, short: int, moves: str) -> str:
    """What the plan would lose if the pair met all the same. short: how many more meetings would be missing."""
    missing = f"miss {short} more of the wanted {'meeting' if short == 1 else 'meetings'}" if short > 0 else ""
    if price == 0:
        whole = f"the plan would {missing}" if missing else "the plan would be worth as much"
    else:
        whole = f"the plan would {'lose' if price > 0 else 'gain'} {shown(abs(price))}"
        whole += f" and {missing}" if missing else ""
    return f"If the pair met all the same, {whole}{': ' + moves if moves else ''}."


def shown(points: float) -> str:
    """Points for people; too few to show are not shown as none."""
    return "less than 0.01 points" if 0 < points < 0.005 else f"{points:.2f} points"
