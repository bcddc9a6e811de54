"""A scored pair and its account: what adds up to the score, with quotes, rules and cautions."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.domain.audience import Audience
from matcher.domain.change import FillIn, PartyWhatIf, WhatIf


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A verbatim quote: text[start:end] of a field of a record, on one side."""

    side: str
    kind: str
    id: str
    field: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A stored value that a contribution rests on, as it is stored."""

    side: str
    kind: str
    id: str
    field: str
    value: object


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """What one feature adds to the score. fit_for: startup, partner or both."""

    feature: str
    label: str
    points: float
    fit_for: str
    evidence: tuple[Evidence, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RuleAnswer:
    """What one rule says of the pair. asked_by: partner or programme."""

    rule: str
    asked_by: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class Account:
    """The whole account of a pair. score and base are None, and contributions empty, where it is not assessed.

    for_startup, for_partner: what the contributions come to for each side, halves of what is a fit for both; the one
    that no feature makes is in neither. flags: what staff alone should know of how the texts were read.
    summary_language, thesis_language: ISO 639-1; None where unclear. audience: for
    whom it is put into words; every door shows it with as many numbers as they see. remedy: what somebody would have to
    write for the pair to be assessed, no capital and no full stop; None where it is.
    """

    startup_id: str
    partner_id: str
    programme_id: str | None
    kind: str
    rank: int | None
    eligible: bool
    score: float | None
    band: str
    confidence: float
    base: float | None
    for_startup: float | None
    for_partner: float | None
    reason: str
    contributions: tuple[Contribution, ...]
    met: tuple[RuleAnswer, ...]
    unmet: tuple[RuleAnswer, ...]
    unknown: tuple[RuleAnswer, ...]
    cautions: tuple[str, ...]
    flags: tuple[str, ...] = ()
    summary_language: str | None = None
    thesis_language: str | None = None
    audience: Audience = Audience.STAFF
    remedy: str | None = None
    startup_name: str = ""
    partner_name: str = ""


@dataclass(frozen=True, kw_only=True)
class MatchLine:
    """A pair in a list: one row of the CSV. score: None where it is not assessed, or not for those who read it."""

    startup_id: str
    partner_id: str
    rank: int
    score: float | None
    kind: str
    band: str
    confidence: float
    reason: str


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """A startup that a programme does not let in, and the first rule that says so."""

    startup_id: str
    rule: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class WhyNot:
    """Why a pair, or a party, is left out. cause: rule, capacity, fit or unknown. detail: plain sentences.

    price: what the best plan would lose in points if the pair met all the same, found by solving again; None where it
    could not, or where nothing was solved.
    """

    cause: str
    detail: str
    price: float | None = None


@dataclass(frozen=True, kw_only=True)
class Explained:
    """A pair's account with what only an explanation holds: why it is left out, and what would change that."""

    account: Account
    why_not: WhyNot | None
    what_if: tuple[WhatIf, ...]


@dataclass(frozen=True, kw_only=True)
class RefusedBy:
    """How many of the other side one rule refuses, and how many of them no other rule refuses."""

    rule: str
    asked_by: str
    count: int
    alone: int
    detail: str


@dataclass(frozen=True, kw_only=True)
class PartyMeeting:
    """Whom a party meets in an edition."""

    id: str
    name: str
    score: float | None


@dataclass(frozen=True, kw_only=True)
class PartyExplained:
    """How one startup or one partner stands with everybody of the other side. meetings: None without an edition.

    admitted: how many no rule refuses. not_assessed: how many of those get no score. cautions: how its own text was
    read, as an account tells it. others: what the other side is, partner or startup.
    """

    id: str
    name: str
    side: str
    programme_id: str | None
    admitted: int
    not_assessed: int
    refused: tuple[RefusedBy, ...]
    meetings: tuple[PartyMeeting, ...] | None
    why_not: WhyNot | None
    fill_in_first: tuple[FillIn, ...]
    what_if: tuple[PartyWhatIf, ...]
    cautions: tuple[str, ...] = ()
    others: str = "partner"


def percent(share: float) -> str:
    """A share, such as a confidence, as people write it: 41 %."""
    return f"{round(100 * share)} %"
