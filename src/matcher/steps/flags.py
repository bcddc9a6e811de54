"""What staff alone should know of how a startup's summary was read."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matcher.domain.vocabulary import STARTUP_KIND
from matcher.steps.inputs import Inputs
from matcher.steps.rule_words import listed
from matcher.steps.texts import BRIEF

# What is quoted of a list of keywords: its beginning.
_SHOWN = 60
# So many other profiles of an organisation are named.
_NAMED = 3


def flags(inputs: Inputs, startup_place: int) -> Iterator[str]:
    """A sentence for each flag of a startup."""
    read, struck = inputs.letters[startup_place], inputs.struck[startup_place]
    if read.plain.hidden:
        hidden = _count(read.plain.hidden, "character")
        yield f"The startup's summary holds {hidden} that nobody sees; what a reader sees counts."
    if read.plain.lookalike:
        words = f"{_count(read.plain.lookalike, 'word')} of the startup's summary {_are(read.plain.lookalike)}"
        yield f"{words} written with letters of another alphabet that look Latin; what a reader sees counts."
    if struck.lists:
        start, end = struck.lists[0]
        shown = read.plain.text[start:end]
        quote = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN].rsplit(' ', 1)[0]} …"
        yield f"Part of the startup's summary is a list of keywords or repeats itself (“{quote}”); it does not count."
    if struck.copy is not None:
        row = struck.copy.source
        owner = inputs.partners[int(inputs.texts.partner[row])]
        what = "their summary" if owner.kind == STARTUP_KIND else "their thesis"
        if inputs.texts.role[row] == BRIEF:
            what = f"their brief “{inputs.texts.names[row]}”"
        share = max(1, round(100 * struck.copy.share))
        yield (
            f"About {share} % of the startup's summary is copied from what {owner.name} says itself ({what}); it does "
            "not count."
        )
    yield from _same_organisation(inputs, startup_place)


def _same_organisation(inputs: Inputs, startup_place: int) -> Iterator[str]:
    group, why = inputs.organisations.group, inputs.organisations.why[startup_place]
    others = [place for place in np.flatnonzero(group == group[startup_place]).tolist() if place != startup_place]
    if others:
        named = listed(f"'{inputs.startups[place].id}'" for place in others[:_NAMED])
        more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        yield f"It seems to be one organisation with {named}{more} ({why}), of which a shortlist takes one profile."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
