"""Exposure: how places and meetings fall on groups of startups and partners; it looks, and moves nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from matcher.domain.profile import Partner, Startup
from matcher.domain.region import Regions
from matcher.domain.vocabulary import KIND_LABELS, KINDS, WOMEN_LED
from matcher.steps.coverage import ELSEWHERE, place_of
from matcher.steps.run_meetings import RunMeeting

# Of fewer, one startup more or less changes every share too much to compare.
LEAST_TO_COMPARE = 5
NOT_STATED = "not-stated"
_NOT_STATED_LABEL = "not stated"


@dataclass(frozen=True, kw_only=True)
class ExposureRow:
    """One group. by: hub, country, women_led (of startups), kind, region (of partners), or all. group: its id.

    applicants, eligible: startups of the group, None for groups of partners; partners: the other way round. placed:
    startups of the group, or startups that meet somebody of the group. meetings_per_placed: over the placed startups
    of the group, or over all that are placed. mean_rank: the mean place of its meetings among the startup's own;
    mean_score in points. None where there is nothing to take the mean of. too_small: fewer than LEAST_TO_COMPARE.
    """

    by: str
    group: str
    label: str
    applicants: int | None
    eligible: int | None
    partners: int | None
    placed: int
    meetings: int
    share_of_meetings: float | None
    meetings_per_placed: float | None
    mean_rank: float | None
    mean_score: float | None
    too_small: bool


EXPOSURE_COLUMNS = tuple(field.name for field in fields(ExposureRow))


@dataclass(frozen=True, kw_only=True)
class Groups:
    """The groups that are shown although nobody may be in them, in their order.

    hubs: id → label. countries: ISO 3166 alpha-2. country_names: code → name, of any country.
    """

    hubs: Mapping[str, str]
    countries: Sequence[str]
    country_names: Mapping[str, str]
    regions: Regions


@dataclass(frozen=True, kw_only=True)
class ExposureChange:
    """A group under two plans, each number first without and then with what is compared."""

    by: str
    group: str
    label: str
    placed: tuple[int, int]
    meetings: tuple[int, int]
    share_of_meetings: tuple[float | None, float | None]
    meetings_per_placed: tuple[float | None, float | None]
    too_small: bool


def exposure(
    startups: Sequence[Startup],
    partners: Sequence[Partner],
    meetings: Sequence[RunMeeting],
    placed: Collection[str],
    refused: Collection[str],
    groups: Groups,
) -> tuple[ExposureRow, ...]:
    """All together, then every group by hub, country, women-led, kind and region; zeros included.

    startups: those who applied; placed, refused: their ids. meetings: of the placed with the partners.
    """
    count = _Counting(startups, partners, meetings, frozenset(placed), frozenset(refused))
    hubs = _with_rest(groups.hubs, groups.hubs, (one.hub for one in startups))
    countries = _with_rest(groups.countries, groups.country_names, (one.country for one in startups))
    women = {value: value for value in (*WOMEN_LED, NOT_STATED)} | {NOT_STATED: _NOT_STATED_LABEL}
    kinds = {kind: KIND_LABELS[kind] for kind in KINDS}
    kinds |= {one.kind: KIND_LABELS[one.kind] for one in partners if one.kind not in kinds}
    regions = {one.id: one.label for one in groups.regions.regions} | ELSEWHERE
    return (
        count.everybody(),
        *count.by_startups("hub", hubs, lambda one: one.hub),
        *count.by_startups("country", countries, lambda one: one.country),
        *count.by_startups("women_led", women, lambda one: one.women_led),
        *count.by_partners("kind", kinds, lambda one: one.kind),
        *count.by_partners("region", regions, lambda one: place_of(one, groups.regions)),
    )


def side_by_side(without: Sequence[ExposureRow], with_: Sequence[ExposureRow]) -> tuple[ExposureChange, ...]:
    """The groups of two plans over the same startups and partners, such as without and with a guarantee."""
    return tuple(
        ExposureChange(
            by=one.by,
            group=one.group,
            label=one.label,
            placed=(one.placed, other.placed),
            meetings=(one.meetings, other.meetings),
            share_of_meetings=(one.share_of_meetings, other.share_of_meetings),
            meetings_per_placed=(one.meetings_per_placed, other.meetings_per_placed),
            too_small=one.too_small,
        )
        for one, other in zip(without, with_, strict=True)
    )


_COMPARED = ("placed", "meetings", "share_of_meetings", "meetings_per_placed")
CHANGE_COLUMNS = (
    "by",
    "group",
    "label",
    *(f"{name}_{which}" for name in _COMPARED for which in ("without", "with")),
    "too_small",
)


def exposure_rows(rows: Iterable[ExposureRow | ExposureChange]) -> Iterator[tuple[object, ...]]:
    """The rows of a CSV, in the order of EXPOSURE_COLUMNS or of CHANGE_COLUMNS."""
    for row in rows:
        cells = (getattr(row, field.name) for field in fields(row))
        yield tuple(part for cell in cells for part in (cell if isinstance(cell, tuple) else (cell,)))


def exposure_json(rows: Iterable[ExposureRow | ExposureChange]) -> list[dict[str, Any]]:
    """The rows as JSON, pairs as arrays."""
    return [asdict(row) for row in rows]


class _Counting:
    """Counts over one plan. total: all its meetings."""

    def __init__(
        self,
        startups: Sequence[Startup],
        partners: Sequence[Partner],
        meetings: Sequence[RunMeeting],
        placed: frozenset[str],
        refused: frozenset[str],
    ) -> None:
        self.startups, self.partners, self.meetings = startups, partners, meetings
        self.placed, self.refused = placed, refused

    def everybody(self) -> ExposureRow:
        placed = sum(one.id in self.placed for one in self.startups)
        row = self._row("all", "all", "all together", self.meetings, placed, placed)
        return _with(row, self._applied(self.startups), len(self.partners), len(self.startups))

    def by_startups(
        self, by: str, labels: Mapping[str, str], group_of: Callable[[Startup], str | None]
    ) -> Iterator[ExposureRow]:
        group = {one.id: group_of(one) or NOT_STATED for one in self.startups}
        for id_, label in labels.items():
            own = [one for one in self.startups if group[one.id] == id_]
            met = [one for one in self.meetings if group.get(one.startup_id) == id_]
            placed = sum(one.id in self.placed for one in own)
            yield _with(self._row(by, id_, label, met, placed, placed), self._applied(own), None, len(own))

    def by_partners(
        self, by: str, labels: Mapping[str, str], group_of: Callable[[Partner], str]
    ) -> Iterator[ExposureRow]:
        group = {one.id: group_of(one) for one in self.partners}
        size = Counter(group.values())
        for id_, label in labels.items():
            met = [one for one in self.meetings if group.get(one.partner_id) == id_]
            row = self._row(by, id_, label, met, len({one.startup_id for one in met}), len(self.placed))
            yield _with(row, (None, None), size[id_], size[id_])

    def _applied(self, own: Sequence[Startup]) -> tuple[int, int]:
        return len(own), sum(one.id not in self.refused for one in own)

    def _row(
        self, by: str, group: str, label: str, met: Sequence[RunMeeting], placed: int, over: int
    ) -> dict[str, Any]:
        scores = [one.score for one in met if one.score is not None]
        return {
            "by": by,
            "group": group,
            "label": label,
            "placed": placed,
            "meetings": len(met),
            "share_of_meetings": _ratio(len(met), len(self.meetings)),
            "meetings_per_placed": _ratio(len(met), over),
            "mean_rank": _ratio(sum(one.rank for one in met), len(met)),
            "mean_score": _ratio(sum(scores), len(scores)),
        }


def _with(
    row: dict[str, Any], applied: tuple[int, int] | tuple[None, None], partners: int | None, size: int
) -> ExposureRow:
    applicants, eligible = applied
    return ExposureRow(
        **row, applicants=applicants, eligible=eligible, partners=partners, too_small=size < LEAST_TO_COMPARE
    )


def _ratio(part: float, whole: int) -> float | None:
    return part / whole if whole else None


def _with_rest(shown: Iterable[str], names: Mapping[str, str], there: Iterable[str | None]) -> dict[str, str]:
    """The groups that are always shown, then those that occur beside them, then those of whom nothing is known."""
    always = list(shown)
    rest = sorted({one for one in there if one}.difference(always))
    return {**{one: names.get(one, one) for one in (*always, *rest)}, NOT_STATED: _NOT_STATED_LABEL}
