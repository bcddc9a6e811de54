"""Finding a thing by the id a person wrote, or saying which one they may have meant."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable

from matcher.errors import NotFound


def check_known(wanted: str, known: Collection[str], what: str, way_out: str) -> None:
    """Raise NotFound, naming the nearest id, unless `wanted` is one of `known`. what: "startup", "programme" …."""
    if wanted not in known:
        near = difflib.get_close_matches(wanted, known, 1, 0.6)
        hint = f"did you mean '{near[0]}'?" if near else way_out
        raise NotFound(f"There is no {what} '{wanted}'; {hint}")


def named_by(wanted: str, known: Iterable[str]) -> list[str]:
    """The ids that a person may mean: the one written out, else all that begin so, in the order of the alphabet."""
    ids = sorted(known)
    return [wanted] if wanted in ids else [id_ for id_ in ids if wanted and id_.startswith(wanted)]
