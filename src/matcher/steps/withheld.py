"""What is put into words for whom: the inputs of a match, in which a startup finds no other startup's name."""

from __future__ import annotations

from dataclasses import replace

from matcher.domain.audience import Audience
from matcher.steps.inputs import Inputs

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
