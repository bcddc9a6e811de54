"""The twelve regions of the United Kingdom, and what the Local Digital Index says of them: context, never a score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from matcher.domain.vocabulary import folded

_UK = "GB"


@dataclass(frozen=True, kw_only=True)
class Region:
    """A region of ITL1. aliases: other names people write for it in a cell; spoken: what names it in a text.

    cities: places in it; cities_with_namesakes: those that also lie abroad. unless: phrases in which a spoken name
    means another thing. gva_per_person_gbp: digital GVA a person, in whole pounds. uplift: what is missing to the UK
    median, in pounds, a person and in all; None where the index gives none. index_rank: 1 is the strongest.
    """

    id: str
    label: str
    itl1: str
    aliases: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    cities_with_namesakes: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    gva_per_person_gbp: int | None = None
    index_rank: int | None = None
    uplift_per_person_gbp: int | None = None
    uplift_gbp: Decimal | None = None


@dataclass(frozen=True)
class Regions:
    """The regions in the order of the file. median, total uplift: as the index states them, in pounds."""

    regions: tuple[Region, ...] = ()
    source: str = ""
    as_of: str = ""
    median_gva_per_person_gbp: int | None = None
    total_uplift_gbp: Decimal | None = None

    def named(self, written: str) -> Region | None:
        """The region somebody means by a name, an alias or a code: Yorkshire & the Humber, TLE, E12000003."""
        return self._by_name.get(_loose(written))

    def of_city(self, city: str, country: str | None) -> Region | None:
        """The region of a city; of one with a namesake abroad only where the country is known to be the UK.

        Where a city is told by two names (Derry / Londonderry), either will do. country: ISO 3166 alpha-2.
        """
        if country not in (None, _UK):
            return None
        for name in (city, *city.replace(",", "/").split("/")):
            found = self._by_city.get(_loose(name))
            if found is None and country == _UK:
                found = self._by_city_with_namesakes.get(_loose(name))
            if found is not None:
                return found
        return None

    @cached_property
    def uplift_of_rows_gbp(self) -> Decimal:
        """What the regions' own uplifts add up to; the stated total is a penny more."""
        return sum((region.uplift_gbp for region in self.regions if region.uplift_gbp is not None), Decimal(0))

    @cached_property
    def _by_name(self) -> dict[str, Region]:
        return {_loose(name): one for one in self.regions for name in (*one.aliases, one.label, one.id)}

    @cached_property
    def _by_city(self) -> dict[str, Region]:
        return {_loose(city): one for one in self.regions for city in one.cities}

    @cached_property
    def _by_city_with_namesakes(self) -> dict[str, Region]:
        return {_loose(city): one for one in self.regions for city in one.cities_with_namesakes}


def regions_from(said: Mapping[str, Any]) -> Regions:
    """From the content of data/reference/regions.json."""
    return Regions(
        regions=tuple(_regions(said["regions"], said["elsewhere"])),
        source=said["source"],
        as_of=said["as_of"],
        median_gva_per_person_gbp=said["median_gva_per_person_gbp"],
        total_uplift_gbp=_pounds(said["total_uplift_gbp"]),
    )


def _regions(rows: Iterable[Mapping[str, Any]], elsewhere: Iterable[str]) -> Iterable[Region]:
    """elsewhere: what stands behind a comma where a name means a place abroad (London, Ontario)."""
    abroad = tuple(elsewhere)
    for row in rows:
        lists = {name: tuple(value) for name, value in row.items() if isinstance(value, list)}
        lists["unless"] += tuple(f"{name}, {place}" for name in row["spoken"] for place in abroad)
        yield Region(**{**row, **lists, "uplift_gbp": _pounds(row["uplift_gbp"])})


def _pounds(written: str | None) -> Decimal | None:
    return None if written is None else Decimal(written)


def _loose(name: str) -> str:
    words = folded(name.replace("&", " and ")).removeprefix("the ").split()
    return " ".join(words).replace(" and the ", " and ")
