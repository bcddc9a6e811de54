"""Which texts of a pair are not read, in which language they are, and which would be: for everybody to see."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.domain.language import language_name
from matcher.domain.vocabulary import STARTUP_KIND
from matcher.steps.inputs import Inputs
from matcher.steps.rule_words import listed

# Of an encoder that knows more languages than these, nobody wants the list.
_MOST_NAMED = 3


def unread(inputs: Inputs, startup_place: int, partner_place: int) -> Iterator[str]:
    """A sentence for each side, and for the edition's theme, where something is not read."""
    if inputs.readable.nothing_read:
        yield "The encoder is missing, so that no text is read: the pair is matched on structured fields alone."
        return
    yield from unread_of_startup(inputs, startup_place)
    yield from unread_of_partner(inputs, partner_place)
    if inputs.theme_language:
        yield (
            f"The edition's theme is in {language_name(inputs.theme_language)}, which the encoder does not know: "
            "nobody is held against it."
        )


def unread_of_startup(inputs: Inputs, place: int) -> Iterator[str]:
    """A sentence where a startup's summary is not read."""
    if language := summary_language(inputs, place):
        yield (
            f"The startup's summary is in {language}, which the encoder does not know: it is matched on its "
            "structured fields alone."
        )


def unread_of_partner(inputs: Inputs, place: int) -> Iterator[str]:
    """A sentence where something that a partner says is not read."""
    languages = inputs.readable.languages[place]
    if languages:
        what = "Some of what the partner says"
        if inputs.partners[place].kind == STARTUP_KIND:
            what = "The other side's summary"
        yield (
            f"{what} is in {listed(map(language_name, languages))}, which the encoder does not know: it is matched on "
            "the rest."
        )


def summary_language(inputs: Inputs, place: int) -> str | None:
    """The language of a startup's summary where the encoder does not know it; None where it does."""
    summary = inputs.letters[place]
    return language_name(summary.language) if not summary.known and summary.language else None


def thesis_language(inputs: Inputs, place: int) -> str | None:
    """The language of a partner's thesis where the encoder does not know it; None where it does, or there is none."""
    language = inputs.readable.of_thesis[place]
    told = inputs.partners[place].thesis and not inputs.readable.partners[place].thesis
    return language_name(language) if told and language else None


def one_that_is_known(inputs: Inputs) -> str:
    """What to write in: English, or whichever languages the encoder knows."""
    known = sorted(map(language_name, inputs.readable.known or ()))
    return listed(known, "or") if 0 < len(known) <= _MOST_NAMED else "a language that the encoder knows"
