"""What is quoted of both sides of a contribution: the passage whose removal would cost it most.

Not the likeliest-looking one: what a reader strikes out must be what the points rest on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.domain.match import Evidence
from matcher.steps.inputs import Inputs
from matcher.steps.likeness import CLOSE_FROM
from matcher.steps.matches import PairRow
from matcher.steps.measure import ALIKE_FROM
from matcher.steps.passages import Passages, words_of

WORDS = ("thesis_words", "earlier_words")
"""Features that count words in common; the other text features measure meaning."""

# Up to this cosine a feature is 0, whatever is struck out.
_FLOOR = {**ALIKE_FROM, "past_close": CLOSE_FROM}
# Less than this is rounding.
_LEAST_COST = 1e-9

Place = tuple[str, str, str, str]
"""Where a text stands: side, kind of record, id, field."""


@dataclass(frozen=True, kw_only=True)
class Withouts:
    """What it would come to without each passage.

    points: (startup place, partner place) → (passages of the summary, features) float64, the points that would be left.
    rows: row of PartnerTexts → (passages of the text, d) float32, the vector that the text would have.
    """

    points: Mapping[tuple[int, int], NDArray[np.float64]]
    rows: Mapping[int, NDArray[np.float32]]


def quoted(where: Place, said: Passages, text: str, costs: NDArray[np.float64]) -> tuple[Evidence, bool]:
    """The passage that costs most, the first of equals; and whether it costs anything, which a lone one does."""
    which = int(costs.argmax())
    (side, kind, id_, field), (start, end) = where, said.spans[which]
    costly = len(said.spans) == 1 or bool(costs[which] > _LEAST_COST)
    return Evidence(side=side, kind=kind, id=id_, field=field, quote=text[start:end], start=start, end=end), costly


def text_costs(
    inputs: Inputs, pair: PairRow, feature: str, row: int, without: NDArray[np.float32]
) -> NDArray[np.float64]:
    """(passages,) what the likeness behind a text feature loses without each passage of a text of the partner.

    row: of PartnerTexts. without: (passages, d), see Withouts.rows.
    """
    if feature in WORDS:
        said = inputs.text_passages[row]
        left = [words_of(said.once(without=at), inputs.tokenizer.words) for at in range(len(said.plain))]
        asked = inputs.lexicon.project([inputs.startup_words[pair.startup_place]])
        shared = (inputs.lexicon.project([inputs.text_words[row], *left]) @ asked.T).toarray()[:, 0]
        costs: NDArray[np.float64] = shared[0] - shared[1:]
        return costs
    target = inputs.startup_rows[pair.startup_place]
    if feature == "theme":
        assert inputs.theme_row is not None
        target = inputs.theme_row
    floor = _FLOOR[feature]
    whole = max(float(inputs.text_rows[row] @ target), floor)
    lost: NDArray[np.float64] = whole - np.maximum((without @ target).astype(np.float64), floor)
    return lost
