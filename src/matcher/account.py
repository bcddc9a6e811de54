"""The whole accounts of some pairs: what their scores are made of, with quotes that hold what they are quoted for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from matcher.domain.match import Account
from matcher.gather import vectors_of
from matcher.match import match_without_each_passage
from matcher.steps.inputs import Inputs
from matcher.steps.matches import Matches
from matcher.steps.passages import Passages
from matcher.steps.quote import Withouts
from matcher.steps.rank import Ranker
from matcher.steps.reason import accounts, to_quote
from matcher.workspace import Workspace


def account(
    workspace: Workspace,
    ranker: Ranker,
    inputs: Inputs,
    matches: Matches,
    rows: Sequence[int],
    ranks: Sequence[int | None],
    brief: str | None = None,
) -> Iterator[Account]:
    """An account for each of these rows of `matches.pairs`, which `match` made with this ranker and this brief.

    To quote, the pairs are measured again without each passage; the vectors of passages come from the store, so that
    no model is needed.
    """
    pairs, texts = to_quote(inputs, matches, rows)
    said = [inputs.startup_passages[place] for place in pairs] + [inputs.text_passages[row] for row in texts]
    vectors = _without_each(workspace, said)
    points: dict[tuple[int, int], NDArray[np.float64]] = {}
    for (startup, partners), own in zip(pairs.items(), vectors, strict=False):
        left = match_without_each_passage(inputs, ranker, startup, np.array(partners, np.int32), own, brief)
        points |= {(startup, partner): left[:, at] for at, partner in enumerate(partners)}
    kept = dict(zip(texts, vectors[len(pairs) :], strict=True))
    return accounts(inputs, matches, rows, ranks, Withouts(points=points, rows=kept))


def _without_each(workspace: Workspace, texts: Sequence[Passages]) -> list[NDArray[np.float32]]:
    """For each text (passages, d), the vector that it would have without each of its passages."""
    rows = vectors_of(workspace, [said.once(without=at) for said in texts for at in range(len(said.plain))])
    stops = np.cumsum([len(said.plain) for said in texts], dtype=np.int64).tolist()
    return [rows[start:stop] for start, stop in pairwise([0, *stops])]
