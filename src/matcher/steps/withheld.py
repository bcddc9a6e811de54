"""What is put into words for whom: a startup finds no other startup's name, and no word that another one wrote."""

from __future__ import annotations

from dataclasses import replace

from matcher.domain.audience import Audience
from matcher.steps.inputs import Inputs
from matcher.steps.texts import EARLIER

ANOTHER = "another startup"


def withheld(inputs: Inputs, audience: Audience) -> Inputs:
    """The same inputs, to be told to this audience: every score, rank and order stays.

    To a startup an earlier company that is known from history is "another startup", since whom a startup met here is
    its own affair. Those of a portfolio keep their names: the partner publishes them itself.
    """
    texts = inputs.texts
    if audience is Audience.STARTUP:
        known = zip(texts.records, texts.names, strict=True)
        texts = replace(texts, names=tuple(ANOTHER if kind == "startup" else name for (kind, _), name in known))
    return replace(inputs, texts=texts, audience=audience)


def is_withheld(inputs: Inputs, text_row: int) -> bool:
    """Whether a text (its row of PartnerTexts) is another startup's own, of which this audience is told no word.

    The other side of a corridor is no other startup: what it says of itself is what the pair is matched by.
    """
    texts = inputs.texts
    return (
        inputs.audience is Audience.STARTUP
        and texts.role[text_row] == EARLIER
        and texts.records[text_row][0] == "startup"
    )
