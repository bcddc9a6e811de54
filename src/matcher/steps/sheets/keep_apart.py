"""Records whose ids are made of names: which of several keeps the plain id, and which get one of their own."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping, Sequence

from matcher.domain.codec import to_json, version
from matcher.domain.profile import Record


def keep_apart(
    records: Sequence[tuple[int, Record]], kind: str, stored: Mapping[str, str]
) -> tuple[tuple[int, Record], ...]:
    """The records with every id once. stored: id → version.

    1. What is stored already keeps the id it has. 2. Of the rest, the first by content takes the plain id, unless a row
    of this sheet keeps it. 3. The others get the id with a mark of their content. So the order of rows does not matter,
    a second company of the same name leaves the first alone, and the same sheet again changes nothing.
    """
    groups: dict[str, list[int]] = {}
    for place, (_, record) in enumerate(records):
        groups.setdefault(record.id, []).append(place)
    kept = list(records)
    with_own = {id_.rpartition("-")[0] for id_ in stored}
    for id_, places in groups.items():
        if len(places) == 1 and id_ not in with_own:
            continue
        own = {place: _own_id(records[place][1]) for place in places}
        plain = next(
            (place for place in places if stored.get(id_) == version(kind, to_json(records[place][1]))),
            min((place for place in places if own[place] not in stored), key=own.__getitem__, default=None),
        )
        for place in places:
            if place != plain:
                number, record = records[place]
                kept[place] = (number, dataclasses.replace(record, id=own[place]))
    return tuple(kept)


def _own_id(record: Record) -> str:
    return f"{record.id}-{hashlib.sha256(to_json(record).encode()).hexdigest()[:8]}"
