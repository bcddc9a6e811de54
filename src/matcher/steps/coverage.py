"""Coverage: which regions have partners, and where a run's meetings are; every region, also where there is nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.domain.profile import Partner
from matcher.domain.region import Region, Regions
from matcher.domain.vocabulary import KINDS, STARTUP_KIND
from matcher.steps.run_meetings import RunMeeting

OUTSIDE_UK, NOT_STATED = "outside-uk", "not-stated"
ELSEWHERE = {OUTSIDE_UK: "outside the UK", NOT_STATED: "not stated"}
COVERAGE_COLUMNS = (
    "region_id",
    "region",
    "itl1",
    "partners",
    *KINDS,
    "meetings",
    "startups",
    "digital_gva_per_person_gbp",
    "index_rank",
    "uplift_per_person_gbp",
    "uplift_gbp",
)
_UK = "GB"


@dataclass(frozen=True, kw_only=True)
class CoverageRow:
    """One region, or a line of ELSEWHERE. by_kind: partners of each kind, zeros included.

    meetings, startups: how many meetings a run has there, and how many startups they meet; None without a run.
    """

    id: str
    label: str
    region: Region | None
    partners: int
    by_kind: dict[str, int]
    meetings: int | None = None
    startups: int | None = None


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """rows: the regions in the order of their file. elsewhere: the lines of ELSEWHERE.

    unrecognised: what partners write for a region that is none, each once, in the order of the alphabet.
    """

    rows: tuple[CoverageRow, ...]
    elsewhere: tuple[CoverageRow, ...]
    unrecognised: tuple[str, ...]


def place_of(partner: Partner, regions: Regions) -> str:
    """The id of a partner's region, from its region, else its city; else a line of ELSEWHERE."""
    found = regions.named(partner.region) if partner.region else None
    if found is None and partner.city:
        found = regions.of_city(partner.city, partner.country)
    if found is not None:
        return found.id
    return OUTSIDE_UK if partner.country not in (None, _UK) else NOT_STATED


def coverage(partners: Sequence[Partner], regions: Regions, meetings: Iterable[RunMeeting] | None = None) -> Coverage:
    """Partners of each region by kind, and the meetings of a run with them. In a corridor the partners are startups."""
    place = {partner.id: place_of(partner, regions) for partner in partners}
    kinds = {name: Counter[str]() for name in (*(region.id for region in regions.regions), *ELSEWHERE)}
    for partner in partners:
        kinds[place[partner.id]][partner.kind] += 1
    met = {name: list[RunMeeting]() for name in kinds}
    for meeting in meetings or ():
        met[place.get(meeting.partner_id, NOT_STATED)].append(meeting)
    shown = (*KINDS, STARTUP_KIND) if any(partner.kind == STARTUP_KIND for partner in partners) else KINDS

    def row(id_: str, label: str, region: Region | None) -> CoverageRow:
        return CoverageRow(
            id=id_,
            label=label,
            region=region,
            partners=kinds[id_].total(),
            by_kind={kind: kinds[id_][kind] for kind in shown},
            meetings=None if meetings is None else len(met[id_]),
            startups=None if meetings is None else len({meeting.startup_id for meeting in met[id_]}),
        )

    return Coverage(
        rows=tuple(row(region.id, region.label, region) for region in regions.regions),
        elsewhere=tuple(row(id_, label, None) for id_, label in ELSEWHERE.items()),
        unrecognised=tuple(
            sorted({one.region for one in partners if one.region and regions.named(one.region) is None})
        ),
    )


def coverage_json(found: Coverage, regions: Regions, run_id: str | None) -> dict[str, Any]:
    """The whole report, with the index beside it. Amounts are pounds."""
    lines = {row.id.replace("-", "_"): _said(row) for row in found.elsewhere}
    return {
        "run_id": run_id,
        "regions": [_said(row) for row in found.rows],
        **lines,
        "unrecognised_regions": list(found.unrecognised),
        "local_digital_index": {
            "source": regions.source,
            "as_of": regions.as_of,
            "median_gva_per_person_gbp": regions.median_gva_per_person_gbp,
            "total_uplift_gbp": None if regions.total_uplift_gbp is None else float(regions.total_uplift_gbp),
            "uplift_of_regions_gbp": float(regions.uplift_of_rows_gbp),
        },
    }


def coverage_rows(found: Coverage) -> list[tuple[object, ...]]:
    """The rows in COVERAGE_COLUMNS, regions first; partners of a kind that is none of KINDS are in the total alone."""
    rows = []
    for row in (*found.rows, *found.elsewhere):
        said = _said(row) | row.by_kind
        rows.append(tuple(said[column] for column in COVERAGE_COLUMNS))
    return rows


def _said(row: CoverageRow) -> dict[str, Any]:
    region = row.region
    uplift = None if region is None or region.uplift_gbp is None else float(region.uplift_gbp)
    return {
        "region_id": row.id,
        "region": row.label,
        "itl1": region and region.itl1,
        "partners": row.partners,
        "by_kind": row.by_kind,
        "meetings": row.meetings,
        "startups": row.startups,
        "digital_gva_per_person_gbp": region and region.gva_per_person_gbp,
        "index_rank": region and region.index_rank,
        "uplift_per_person_gbp": region and region.uplift_per_person_gbp,
        "uplift_gbp": uplift,
    }
