"""How reasons speak of a partner's earlier companies: one, two or many, those of a kind among them, none of them."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.steps.matches import PairRow
from matcher.steps.past_counts import Counted
from matcher.steps.rule_words import listed

# What a partner of each kind did with its earlier companies.
_DID = {"investor": "backed", "accelerator": "took in"}

IS, WAS = ("is", "are"), ("was", "were")
"""A verb for one company and for many."""

Part = tuple[int, tuple[str, str], str]
"""How many companies, their verb, and what is said of them."""


def did(pair: PairRow) -> str:
    """What the partner did with its earlier companies: backed, took in, worked with."""
    return _DID.get(pair.partner.kind, "worked with")


def these(pair: PairRow, counted: Counted, again: bool = False) -> str:
    """All of them. again: the reason has told how many there are."""
    whose = counted.whose
    if counted.number == 1:
        if again:
            return f"the one{whose}" if whose else "that company"
        return f"the one company they {did(pair)}{whose}"
    return f"the {counted.number}{'' if again else f' companies they {did(pair)}'}{whose}"


def them(pair: PairRow, counted: Counted, again: bool = False) -> str:
    """The same as a subject, which names the one company."""
    return f"{these(pair, counted, again)}{'' if again else named(counted)}"


def named(counted: Counted) -> str:
    """The name of the one company, to stand behind it."""
    return f", {counted.only}," if counted.only else ""


def none_of(counted: Counted, subject: str) -> str:
    """None of many, neither of two, or the one with a "not": to be followed by what they are not."""
    if counted.number == 1:
        return f"{subject} is not"
    return f"{'neither' if counted.number == 2 else 'none'} of {subject} is"


def of_them(pair: PairRow, counted: Counted, parts: Sequence[Part], many: bool = False) -> str:
    """Among all of them, how many are this and how many are that. many: that there are so many speaks for it too."""
    subject = them(pair, counted)
    if counted.number == 1:
        if len({verbs for _, verbs, _ in parts}) == 1:
            return f"{subject} {parts[0][1][0]} {listed(words for _, _, words in parts)}"
        return f"{subject} {listed(f'{verbs[0]} {words}' for _, verbs, words in parts)}"
    said = []
    for number, verbs, words in parts:
        every = number == counted.number
        said.append(f"{_every(counted) if every else number} {verbs[number != 1]} {words}")
    if many:
        return f"they {did(pair)} {counted.number} companies before, of which {listed(said)}"
    return f"of {subject}, {listed(said)}"


def only(number: int, counted: Counted) -> str:
    """How many of them, where it should be more: "only 1", "3"; all of them where there are no others."""
    if number == counted.number:
        return _every(counted)
    return f"{'only ' if 2 * number <= counted.number else ''}{number}"


def _every(counted: Counted) -> str:
    return "both" if counted.number == 2 else "all"
