"""READ FIRST: match() = admit, find, measure, rank. What it finds, steps/reason.py puts into words.

It reads and writes nothing: everything comes in as `Inputs`, everything goes out as `Matches`.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from matcher.steps.admit import admit
from matcher.steps.find import all_pairs, find
from matcher.steps.inputs import Inputs
from matcher.steps.matches import Matches
from matcher.steps.measure import FEATURES, measure, theme_fit
from matcher.steps.pairs import Pairs
from matcher.steps.rank import Ranker, rank
from matcher.steps.texts import PartnerTexts, only_partners, partners_say_enough, startup_says_enough

# A block holds one number for every startup and text, and about twenty for every pair.
_TEXTS_PER_PAIR = 20


def match(
    inputs: Inputs,
    ranker: Ranker,
    startup_places: NDArray[np.int32],
    partner_places: NDArray[np.int32],
    only_brief: str | None = None,
    also_refused: bool = False,
) -> Matches:
    """Match these startups with these partners (places in `inputs`, ascending).

    also_refused: measure refused pairs too, so that an account can say how well they would fit.
    """
    startups = [inputs.startups[place] for place in startup_places]
    partners = [inputs.partners[place] for place in partner_places]
    texts = only_partners(inputs.texts, partner_places)

    admission = admit(startups, partners, inputs.programme, inputs.vocabulary, inputs.rates)
    wanted = np.ones_like(admission.admitted) if also_refused else admission.admitted
    pairs = all_pairs(tuple(s.id for s in startups), tuple(p.id for p in partners), wanted)
    near = find(pairs, inputs.startup_rows[startup_places], startup_places, texts, inputs.index, only_brief)
    features = measure(
        pairs,
        startups,
        partners,
        admission,
        near,
        texts,
        inputs.past,
        inputs.lexicon,
        [inputs.startup_words[place] for place in startup_places],
        startup_places,
        _themes(inputs, texts, startup_places),
        inputs.vocabulary,
        inputs.rates,
    )
    enough = np.array([startup_says_enough(startup) for startup in startups], bool)[pairs.startup]
    assessed = enough & partners_say_enough(inputs.partners, inputs.texts)[partner_places][pairs.partner]
    applicable = np.array([name != "theme" or inputs.theme_row is not None for name in FEATURES])
    ranked = rank(features, ranker, assessed, applicable)
    return Matches(
        startup_places=startup_places,
        partner_places=partner_places,
        admission=admission,
        pairs=pairs,
        near=near,
        features=features,
        ranked=ranked,
        assessed=assessed,
        order=_best_first(pairs, ranked.scores),
    )


def match_in_blocks(
    inputs: Inputs,
    ranker: Ranker,
    startup_places: NDArray[np.int32],
    partner_places: NDArray[np.int32],
    pairs_at_once: int,
    only_brief: str | None = None,
) -> Iterator[Matches]:
    """The same, some startups at a time, so that memory stays bounded; the values do not depend on the blocks."""
    cells = max(1, len(partner_places), len(inputs.texts.texts) // _TEXTS_PER_PAIR)
    size = max(1, pairs_at_once // cells)
    for start in range(0, len(startup_places), size):
        yield match(inputs, ranker, startup_places[start : start + size], partner_places, only_brief)


def _themes(
    inputs: Inputs, texts: PartnerTexts, startup_places: NDArray[np.int32]
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    if inputs.theme_row is None:
        return None
    startup_side = (inputs.startup_rows[startup_places] @ inputs.theme_row).astype(np.float64)
    return startup_side, theme_fit(inputs.text_rows @ inputs.theme_row, texts)


def _best_first(pairs: Pairs, scores: NDArray[np.float64]) -> NDArray[np.int64]:
    falling = np.where(np.isnan(scores), np.inf, -scores)
    return np.lexsort((pairs.partner, falling, pairs.startup))
