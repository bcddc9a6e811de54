"""Which texts of a pair are not read, and in which language they are: for everybody to see."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.domain.language import language_name
from matcher.steps.inputs import Inputs
from matcher.steps.rule_words import listed


def unread(inputs: Inputs, startup_place: int, partner_place: int) -> Iterator[str]:
    """A sentence for each side, and for the edition's theme, where something is not read."""
    if inputs.readable.nothing_read:
        yield "The encoder is missing, so that no text is read: the pair is matched on structured fields alone."
        return
    summary = inputs.letters[startup_place]
    if not summary.known and summary.language:
        yield (
            f"The startup's summary is in {language_name(summary.language)}, which the encoder does not know: it is "
            "matched on its structured fields alone."
        )
    languages = inputs.readable.languages[partner_place]
    if languages:
        yield (
            f"Some of what the partner says is in {listed(map(language_name, languages))}, which the encoder does not "
            "know: it is matched on the rest."
        )
    if inputs.theme_language:
        yield (
            f"The edition's theme is in {language_name(inputs.theme_language)}, which the encoder does not know: "
            "nobody is held against it."
        )
