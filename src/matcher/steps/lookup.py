"""Finding a thing by the id a person wrote, or saying which one they may have meant."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping

from matcher.errors import NotFound
from matcher.steps.rule_words import listed

# So many ids that a person may mean are named.
_MOST_NAMED = 3


def check_known(
    wanted: str,
    known: Collection[str],
    what: str,
    way_out: str,
    others: Mapping[str, tuple[Collection[str], str]] | None = None,
) -> None:
    """Raise NotFound, naming the ids that may be meant, unless `wanted` is one of `known`.

    what: "startup", "programme" …. others: what else an id may be of → the ids, and the way out for whoever named one.
    """
    if wanted in known:
        return
    for other, (ids, way) in (others or {}).items():
        if wanted in ids:
            raise NotFound(f"There is no {what} '{wanted}': it is a {other}; {way}")
    if not known:
        none = " or ".join(f"{one}s" for one in what.split(" or "))
        raise NotFound(f"There is no {what} '{wanted}': the workspace holds no {none} yet; {way_out}")
    near = listed((f"'{id_}'" for id_ in _meant(wanted, known)), "or")
    hint = f"did you mean {near}?" if near else way_out
    raise NotFound(f"There is no {what} '{wanted}'; {hint}")


def _meant(wanted: str, known: Collection[str]) -> list[str]:
    """The same but for capitals; else those that begin so; else those that begin alike; else the one most alike."""
    said = wanted.casefold()
    folded = {id_: id_.casefold() for id_ in sorted(known)}
    same = [id_ for id_, one in folded.items() if one == said]
    begin = [id_ for id_, one in folded.items() if said and one.startswith(said)]
    if same or begin:
        return (same or begin)[:_MOST_NAMED]
    parts = {id_: _parts_in_common(said, one) for id_, one in folded.items()}
    # "su-002" is one id's beginning and "su" everybody's.
    begun = [id_ for id_ in folded if parts[id_] > 1 and parts[id_] == max(parts.values())]
    if begun:
        return begun[:_MOST_NAMED]
    near = difflib.get_close_matches(said, [*folded.values()], 1, 0.6)
    return [next(id_ for id_, one in folded.items() if one == near[0])] if near else []


def _parts_in_common(one: str, other: str) -> int:
    """How many parts between hyphens two ids have in common from the beginning on."""
    count = 0
    for mine, theirs in zip(one.split("-"), other.split("-"), strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def named_by(wanted: str, known: Iterable[str]) -> list[str]:
    """The ids that a person may mean: the one written out, else all that begin so, in the order of the alphabet."""
    ids = sorted(known)
    return [wanted] if wanted in ids else [id_ for id_ in ids if wanted and id_.startswith(wanted)]
