"""The tech hubs of the network: where startups come from, and since when and until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from matcher.domain.vocabulary import hub_id


@dataclass(frozen=True, kw_only=True)
class Hub:
    """A hub of the network. country: ISO 3166 alpha-2.

    opened, closed: a day, month or year as ISO 8601 (2021-04); None where no source says, or where it has not closed.
    source: where the dates stand.
    """

    id: str
    name: str
    country: str
    opened: str | None = None
    closed: str | None = None
    source: str


def is_open(hub: Hub, day: str) -> bool:
    """Whether a hub takes part in an intake on this day (2027-03-08).

    A month or a year counts whole: a hub that opened in 2019 is open on its first day, one that closed in April 2021
    until that month's last.
    """
    begun = hub.opened is None or hub.opened <= day[: len(hub.opened)]
    ended = hub.closed is not None and hub.closed < day[: len(hub.closed)]
    return begun and not ended


def hubs_from(rows: Iterable[Mapping[str, Any]]) -> dict[str, Hub]:
    """From the rows of data/reference/hubs.json, by id, in the order of the file."""
    hubs = (Hub(**row) for row in rows)
    return {hub_id(hub.id): hub for hub in hubs}
