"""Links that really happened: where their startups and partners stand, and what kinds of link they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.domain.vocabulary import KINDS
from matcher.errors import BadInput, NotFound
from matcher.steps.calibration import HISTORY_GROUPS, UNKNOWN, GroupRow, group_rows, history_group, largest
from matcher.steps.inputs import Inputs

Link = tuple[str, str]
"""A startup's id, and the id of a partner that it really went with."""

# How many unknown ids a refusal names.
_NAMED = 3


def link_places(
    links: Sequence[Link], startup_ids: Sequence[str], partner_ids: Sequence[str]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """(startups, partners): where the two sides of each link stand, each link once, by startup, then partner.

    Raises BadInput without links, NotFound when an id is not among those given.
    """
    if not links:
        raise BadInput("There are no links to hold the ranking against; write a startup_id and a partner_id a row.")
    startup_at = {id_: place for place, id_ in enumerate(startup_ids)}
    partner_at = {id_: place for place, id_ in enumerate(partner_ids)}
    unknown = [link for link in dict.fromkeys(links) if link[0] not in startup_at or link[1] not in partner_at]
    if unknown:
        sides = ((id_, known) for link in unknown for id_, known in zip(link, (startup_at, partner_at), strict=True))
        ids = list(dict.fromkeys(id_ for id_, known in sides if id_ not in known))
        named = ", ".join(f"'{id_}'" for id_ in ids[:_NAMED]) + (" …" if len(ids) > _NAMED else "")
        raise NotFound(
            f"{len(unknown):,} of {len(set(links)):,} links cannot be used, since a startup or partner is not in the "
            f"workspace ({named}); import them first with `matcher import startups FILE` and "
            "`matcher import partners FILE`."
        )
    places = np.array(sorted({(startup_at[startup], partner_at[partner]) for startup, partner in links}), np.int32)
    return places[:, 0], places[:, 1]


def link_groups(
    inputs: Inputs, startup: NDArray[np.int32], partner: NDArray[np.int32], found: NDArray[np.bool_]
) -> tuple[tuple[GroupRow, ...], ...]:
    """The links by the partner's kind, the startup's country, and how many earlier companies the partner has.

    startup, partner: (l,) places in `inputs`. found: (l,) whether a link stands in its startup's top ten.
    """
    kinds = [inputs.partners[place].kind for place in partner]
    countries, order = largest([inputs.startups[place].country or UNKNOWN for place in startup])
    sizes = np.diff(inputs.past.bounds, axis=1)[partner, 0]
    return (
        group_rows(kinds, found, KINDS),
        group_rows(countries, found, order),
        group_rows([history_group(int(size)) for size in sizes], found, HISTORY_GROUPS),
    )
