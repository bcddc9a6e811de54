"""Vectors by the hash of their text and the id of their encoder, so that nothing is encoded twice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from matcher.store.records import batches, ignoring_known
from matcher.store.tables import vectors


def known(connection: Connection, encoder_id: str) -> set[str]:
    """The hashes of all texts that have a vector of this encoder."""
    return set(connection.scalars(select(vectors.c.text_hash).where(vectors.c.encoder_id == encoder_id)))


def load(connection: Connection, encoder_id: str, text_hashes: Sequence[str], dimension: int) -> NDArray[np.int16]:
    """(n, dimension) int16 in grid steps, in the order asked. Raises KeyError with the hash of a text without one."""
    rows = np.empty((len(text_hashes), dimension), np.int16)
    place: dict[str, list[int]] = {}
    for position, text_hash in enumerate(text_hashes):
        place.setdefault(text_hash, []).append(position)
    for batch in batches(list(place)):
        found = connection.execute(
            select(vectors.c.text_hash, vectors.c.grid).where(
                vectors.c.encoder_id == encoder_id, vectors.c.text_hash.in_(batch)
            )
        )
        missing = set(batch)
        for text_hash, grid in found:
            rows[place[text_hash]] = np.frombuffer(grid, "<i2")
            missing.discard(text_hash)
        if missing:
            raise KeyError(min(missing))
    return rows


def put(connection: Connection, encoder_id: str, text_hashes: Sequence[str], grid: NDArray[np.int16]) -> None:
    """Keep new vectors; one that is already there stays as it is."""
    rows = [
        {"encoder_id": encoder_id, "text_hash": text_hash, "grid": row.astype("<i2").tobytes()}
        for text_hash, row in zip(text_hashes, grid, strict=True)
    ]
    if rows:
        connection.execute(ignoring_known(connection, vectors), rows)
