"""READ FIRST: match() = admit, find, measure, rank. What it finds, steps/reason.py puts into words.

It reads and writes nothing: everything comes in as `Inputs`, everything goes out as `Matches`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matcher.steps.admit import admit
from matcher.steps.find import all_pairs, find
from matcher.steps.inputs import Inputs
from matcher.steps.matches import Matches
from matcher.steps.measure import FEATURES, measure
from matcher.steps.pairs import Pairs
from matcher.steps.passages import Passages, words_of
from matcher.steps.past import itself, itself_among_texts
from matcher.steps.rank import Ranker, rank
from matcher.steps.texts import LEAST_WORDS, only_brief, only_partners

# A block holds a few numbers for every startup and text, and about twenty for every pair.
_TEXTS_PER_PAIR = 5


def match(
    inputs: Inputs,
    ranker: Ranker,
    startup_places: NDArray[np.int32],
    partner_places: NDArray[np.int32],
    brief: str | None = None,
    also_refused: bool = False,
) -> Matches:
    """Match these startups with these partners (places in `inputs`, ascending).

    brief: match with this brief of the partner's alone.
    also_refused: measure refused pairs too, so that an account can say how well they would fit.
    """
    startups = [inputs.startups[place] for place in startup_places]
    partners = [inputs.partners[place] for place in partner_places]
    texts = only_partners(inputs.texts, partner_places)
    if brief is not None:
        texts = only_brief(texts, brief)
    same = itself(inputs.past, startup_places)
    same_text = itself_among_texts(same, inputs.past, len(texts.texts))

    admission = admit(startups, partners, inputs.programme, inputs.vocabulary, inputs.rates, inputs.around)
    wanted = np.ones_like(admission.admitted) if also_refused else admission.admitted
    pairs = all_pairs(tuple(s.id for s in startups), tuple(p.id for p in partners), wanted)
    near = find(pairs, inputs.startup_rows[startup_places], texts, inputs.index, same_text)
    features = measure(inputs, pairs, startup_places, partner_places, texts, admission, near, same)
    # Where nothing at all is known of a pair, its score would be made up.
    assessed = _assessed(inputs, pairs, startup_places, partner_places, same, same_text)
    assessed &= features.known.any(axis=1)
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
    brief: str | None = None,
) -> Iterator[Matches]:
    """The same, some startups at a time, so that memory stays bounded; the values do not depend on the blocks."""
    cells = max(1, len(partner_places), len(inputs.texts.texts) // _TEXTS_PER_PAIR)
    size = max(1, pairs_at_once // cells)
    for start in range(0, len(startup_places), size):
        yield match(inputs, ranker, startup_places[start : start + size], partner_places, brief)


def match_without_each_passage(
    inputs: Inputs,
    ranker: Ranker,
    startup_place: int,
    partner_places: NDArray[np.int32],
    rows: NDArray[np.float32],
    brief: str | None = None,
) -> NDArray[np.float64]:
    """(passages, partners, features) float64: the points that each pair would get without each passage of a summary.

    rows: (passages, d) float32 on the grid, the vector of the summary without each of them.
    """
    count = len(rows)
    said = inputs.startup_passages[startup_place]
    left = [said.once(without=at) for at in range(count)]
    before = inputs.past
    variants = replace(
        inputs,
        startups=(inputs.startups[startup_place],) * count,
        startup_rows=rows,
        startup_passages=tuple(Passages(plain=one) for one in left),
        startup_words=tuple(words_of(one, inputs.tokenizer.words) for one in left),
        letters=(inputs.letters[startup_place],) * count,
        past=replace(
            before,
            startup_name=np.repeat(before.startup_name[startup_place], count),
            startup_text=np.repeat(before.startup_text[startup_place], count),
            startup_organisation=np.repeat(before.startup_organisation[startup_place], count),
        ),
    )
    found = match(variants, ranker, np.arange(count, dtype=np.int32), partner_places, brief, also_refused=True)
    return found.ranked.points.reshape(count, len(partner_places), len(FEATURES))


def _assessed(
    inputs: Inputs,
    pairs: Pairs,
    startup_places: NDArray[np.int32],
    partner_places: NDArray[np.int32],
    same: NDArray[np.bool_],
    same_text: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """(p,) whether both sides say enough; what a partner says through the startup itself does not count."""
    counts = inputs.texts.word_counts
    said = (np.bincount(inputs.texts.partner, counts, len(inputs.partners)) + inputs.readable.unread)[partner_places]
    of_partner = np.broadcast_to(said, (len(startup_places), len(partner_places))).copy()
    unread = inputs.readable.unread_of_company
    if unread.any():
        of_partner = of_partner + (~same * unread) @ inputs.past.group[:, partner_places]
    at = np.full(len(inputs.partners), -1)
    at[partner_places] = np.arange(len(partner_places))
    startup, text = np.nonzero(same_text)
    here = at[inputs.texts.partner[text]] >= 0
    np.subtract.at(of_partner, (startup[here], at[inputs.texts.partner[text[here]]]), counts[text[here]])
    enough = np.array([inputs.says_enough(place) for place in startup_places.tolist()], bool)
    both: NDArray[np.bool_] = enough[pairs.startup] & (of_partner[pairs.startup, pairs.partner] >= LEAST_WORDS)
    return both


def _best_first(pairs: Pairs, scores: NDArray[np.float64]) -> NDArray[np.int64]:
    falling = np.where(np.isnan(scores), np.inf, -scores)
    return np.lexsort((falling, pairs.startup))  # stable: pairs come by partner id
