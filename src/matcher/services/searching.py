"""Searching: startups or partners whose texts are nearest to a free text, or that share its words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.errors import BadInput
from matcher.gather import Progress, gather, silent
from matcher.snapshot import read_snapshot
from matcher.steps.lexical import lexicon
from matcher.steps.vectors import from_grid, to_grid
from matcher.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A profile that fits a search. similarity: cosine in [-1, 1] plus the share of words in common, in [-1, 2]."""

    rank: int
    side: str
    id: str
    name: str
    similarity: float
    record_kind: str
    record_id: str
    text: str


def search(
    workspace: Workspace,
    text: str,
    as_of: str,
    sides: tuple[str, ...] = ("startup", "partner"),
    limit: int = 10,
    progress: Progress = silent,
) -> list[Hit]:
    """The profiles that fit best, each once, with the text that fits. Raises BadInput for an empty text."""
    if not text.strip():
        raise BadInput("The search is empty; write what you look for, such as “remote patient monitoring”.")
    inputs = gather(workspace, read_snapshot(workspace), as_of, None, progress)
    query = from_grid(to_grid(workspace.embedder.encode([text])))[0]
    # Words of both sides weigh here; the lexicon of a match knows those of the partners only.
    words_of_all = lexicon([*inputs.startup_words, *inputs.text_words])
    words = words_of_all.project([inputs.tokenizer.words(text)])
    overlaps = (words @ words_of_all.rows.T).toarray()[0]
    found: list[tuple[float, str, str, str, str, str, str]] = []
    if "startup" in sides:
        overlap = overlaps[: len(inputs.startups)]
        for place, startup in enumerate(inputs.startups):
            if startup.summary:
                fit = float(inputs.startup_rows[place] @ query) + float(overlap[place])
                found.append((-fit, startup.id, "startup", startup.name, "startup", startup.id, startup.summary))
    if "partner" in sides:
        fits = (inputs.text_rows @ query).astype(np.float64) + overlaps[len(inputs.startups) :]
        best: dict[int, int] = {}
        for row in np.argsort(-fits, kind="stable").tolist():
            best.setdefault(int(inputs.texts.partner[row]), row)
        for place, row in best.items():
            partner = inputs.partners[place]
            kind, id_ = inputs.texts.records[row]
            found.append((-float(fits[row]), partner.id, "partner", partner.name, kind, id_, inputs.texts.texts[row]))
    return [
        Hit(rank=rank, side=side, id=id_, name=name, similarity=-fit, record_kind=kind, record_id=record, text=said)
        for rank, (fit, id_, side, name, kind, record, said) in enumerate(sorted(found)[: limit or None], start=1)
    ]
