"""A change of one side's sheet in words: whose it is, what of it, and from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from matcher.domain import money
from matcher.domain.change import Change, Written
from matcher.domain.profile import Money
from matcher.domain.vocabulary import STAGE_LABELS, Vocabulary
from matcher.steps.rule_words import listed

SEEKS_WORDS = {
    "investment": "investment",
    "accelerator": "an accelerator",
    "customers": "customers",
    "pilot": "a pilot",
    "distribution": "distribution",
    "advice": "advice",
}
_LABELS = {
    "uk_entity": "UK entity",
    "market_ready": "market readiness",
    "investment_ready": "investment readiness",
    "stage": "stage",
    "raising_amount": "raise",
    "sectors": "sectors",
    "technologies": "technologies",
    "countries": "countries",
    "stages": "stages",
    "ticket_min": "smallest ticket",
    "ticket_max": "largest ticket",
    "requires_uk_entity": "demand for a UK entity",
    "excludes": "exclusions",
    "capacity": "most meetings",
}
_AMOUNTS = frozenset(("raising_amount", "ticket_min", "ticket_max"))


def change_words(changes: Iterable[Change], names: Mapping[str, str], vocabulary: Vocabulary) -> str:
    """All of them as one noun, to be followed by what would come of it. names: of each side.

    An empty cell of a startup is filled on a condition, which the effect names; it has no words here.
    """
    told = (change for change in changes if change.side != "startup" or change.before is not None)
    return listed(_change(change, names[change.side], vocabulary) for change in told)


def whose(name: str) -> str:
    """A name as an owner: Asha's, Salus'."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _change(change: Change, name: str, vocabulary: Vocabulary) -> str:
    what = f"what {name} seeks" if change.field == "seeks" else f"{whose(name)} {_LABELS[change.field]}"
    before, after = change.before, change.after
    if isinstance(before, tuple):
        now = after if isinstance(after, tuple) else ()
        more, less = [one for one in now if one not in before], [one for one in before if one not in now]
        parts = [f"with {_all(change.field, more, vocabulary)} added"] if more else []
        parts += [f"without {_all(change.field, less, vocabulary)}"] if less else []
        return f"{what} {' and '.join(parts)}"
    if before is None:
        return f"{what} set to {_said(change.field, after, vocabulary)}"
    return f"{what} from {_said(change.field, before, vocabulary)} to {_said(change.field, after, vocabulary)}"


def _said(field: str, written: Written, vocabulary: Vocabulary) -> str:
    if isinstance(written, tuple):
        return _all(field, written, vocabulary)
    if field in _AMOUNTS and isinstance(written, str):
        return money.words(_amount(written))
    return _one(field, str(written), vocabulary)


def _all(field: str, tags: Iterable[str], vocabulary: Vocabulary) -> str:
    return listed(_one(field, tag, vocabulary) for tag in tags)


def _one(field: str, tag: str, vocabulary: Vocabulary) -> str:
    if field in ("stage", "stages"):
        return STAGE_LABELS[tag]
    if field == "countries":
        return vocabulary.country(tag)
    if field == "seeks":
        return SEEKS_WORDS[tag]
    return vocabulary.label(tag) if field in ("sectors", "technologies", "excludes") else tag


def _amount(cell: str) -> Money:
    """The amount of a cell that `amounts.cell` wrote: USD 300000."""
    currency, figure = cell.split(" ")
    whole, _, part = figure.partition(".")
    return Money(minor=int(whole) * 10 ** money.exponent(currency) + int(part or 0), currency=currency)
