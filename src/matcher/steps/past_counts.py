"""How many of a partner's earlier companies share what with a startup: the counts that reasons tell."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.domain.profile import Startup
from matcher.domain.vocabulary import Vocabulary
from matcher.steps.cities import ALIKE, city_word, likeness_without
from matcher.steps.inputs import Inputs
from matcher.steps.likeness import RAISE_WIDTH, YEARS_WIDTH
from matcher.steps.matches import PairRow
from matcher.steps.past import founded_years, itself, log_pounds

KINDRED = ("raise", "founded", "stage")
"""What past_kindred compares."""
_WHOSE = {
    "country": " whose country is known",
    "sector": " whose sectors are known",
    "place": " whose city is known",
    "kindred": " that can be compared",
}
# Tags by which a sheet says that it has no word for a sector.
_NO_SECTOR = frozenset(("other", "others", "misc", "miscellaneous", "none", "unknown", "n/a"))
# What must be told of a company for it to be found or not.
_NEEDS = {"country": "country", "sector": "sector", "city": "place", "place": "place"} | {
    what: what for what in KINDRED
}


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One partner's earlier companies, the startup itself left out.

    number: how many there are. found: what → how many share it; place is its city or one like it. told: what → how many
    say it, so that they can be compared; kindred is any of what is stated. usual: what → the share of those of
    everybody's companies that say it which share it. sectors: tag → how many are in it, in the order the startup names
    them. stated: what the startup states of KINDRED. only: the name of the one company, where told. whose: what those
    counted are told by, where they are not all there are.
    """

    number: int
    found: dict[str, int]
    told: dict[str, int]
    usual: dict[str, float]
    sectors: dict[str, int]
    stated: tuple[str, ...]
    only: str
    whose: str = ""

    def comparable(self, what: str) -> Counted:
        """The same of the companies that say what is compared: country, sector, place or kindred."""
        told = self.told[what]
        return self if told == self.number else replace(self, number=told, only="", whose=_WHOSE[what])


@dataclass(frozen=True)
class _Table:
    """What is counted for one startup. counts: (what, partners) int64. usual: a share for each of `what`."""

    place: int
    what: tuple[str, ...]
    counts: NDArray[np.int64]
    usual: dict[str, float]
    tags: tuple[str, ...]
    stated: tuple[str, ...]
    others: NDArray[np.bool_]


class PastCounts:
    """Counts for one startup after the other, all partners at once; pairs come by startup."""

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs
        before = inputs.past
        self._by_sector = before.sectors.tocsc()
        self._told = {
            "country": before.country >= 0,
            "sector": before.sector_count > 0,
            "place": before.city >= 0,
            "raise": ~np.isnan(before.raising),
            "founded": ~np.isnan(before.founded),
            "stage": before.stage >= 0,
        }
        self._table: _Table | None = None
        self._last: tuple[int, Counted] | None = None

    def of(self, pair: PairRow) -> Counted:
        """The counts of a pair; asked for by each of its clauses, made once."""
        if self._last is None or self._last[0] != pair.row:
            self._last = (pair.row, self._of(pair))
        return self._last[1]

    def _of(self, pair: PairRow) -> Counted:
        table = self._table
        if table is None or table.place != pair.startup_place:
            self._table = table = self._counted(pair.startup_place, pair.startup)
        counts = dict(zip(table.what, table.counts[:, pair.partner_place].tolist(), strict=True))
        return Counted(
            number=counts["number"],
            found=counts,
            usual=table.usual,
            told={what: counts[f"told {what}"] for what in (*self._told, "kindred")},
            sectors={tag: counts[f"in {tag}"] for tag in table.tags},
            stated=table.stated,
            only=self._only(table, pair.partner_place) if counts["number"] == 1 else "",
        )

    def _counted(self, place: int, startup: Startup) -> _Table:
        before = self._inputs.past
        others = ~itself(before, np.array([place], np.int32))[0]
        tags = named_sectors(startup, self._inputs)
        in_tags = [self._in_sector(tag) for tag in tags]
        country = before.country == before.country_code.get(startup.country or "", -2)
        city, place_alike = self._places(startup, ~others)
        raising, founded = log_pounds([startup.raising], self._inputs.rates)[0], founded_years([startup])[0]
        states = (not np.isnan(raising), startup.founded, startup.stage)
        stated = tuple(what for what, says in zip(KINDRED, states, strict=True) if says)
        told = self._told | {"kindred": _any([self._told[what] for what in stated], others)}
        masks = {
            "number": others,
            "country": country,
            "city": city,
            "place": place_alike,
            "raise": np.abs(before.raising - raising) <= RAISE_WIDTH,
            "founded": np.abs(before.founded - founded) <= YEARS_WIDTH,
            "stage": before.stage == before.stage_code.get(startup.stage or "", -2),
            "sector": _any(in_tags, others),
            **{f"in {tag}": mask for tag, mask in zip(tags, in_tags, strict=True)},
            **{f"told {what}": mask for what, mask in told.items()},
        }
        sums = np.zeros((len(masks), len(others) + 1), np.int64)
        np.cumsum(np.stack(list(masks.values())) & others, axis=1, out=sums[:, 1:])
        total = dict(zip(masks, sums[:, -1].tolist(), strict=True))
        return _Table(
            place=place,
            what=tuple(masks),
            counts=sums[:, before.bounds[:, 1]] - sums[:, before.bounds[:, 0]],
            usual={what: total[what] / max(1, total[f"told {needs}"]) for what, needs in _NEEDS.items()},
            tags=tags,
            stated=stated,
            others=others,
        )

    def _places(self, startup: Startup, same: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which companies are from the startup's city, and which from there or a city like it. same: are itself."""
        before = self._inputs.past
        code = before.city_code.get(city_word(startup.country, startup.city))
        if code is None:
            return np.zeros(len(before.city), bool), np.zeros(len(before.city), bool)
        own = (same & (before.city == code)).astype(np.float64) @ before.group
        like = (
            likeness_without(before.city_counts, code, own) if own.any() else before.city_likeness[[code]].toarray()[0]
        )
        alike = np.append(like >= ALIKE, False)  # -1 is an unknown city
        return before.city == code, alike[before.city]

    def _in_sector(self, tag: str) -> NDArray[np.bool_]:
        inside = np.zeros(self._by_sector.shape[0], bool)
        column = self._inputs.past.sector_column.get(tag)
        if column is not None:
            start, stop = self._by_sector.indptr[column : column + 2]
            inside[self._by_sector.indices[start:stop]] = True
        return inside

    def _only(self, table: _Table, partner: int) -> str:
        start, stop = self._inputs.past.bounds[partner]
        row = int(self._inputs.past.row[start + int(table.others[start:stop].argmax())])
        return self._inputs.texts.names[row] if row >= 0 else ""


def _any(masks: list[NDArray[np.bool_]], like: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return np.logical_or.reduce(masks, axis=0) if masks else np.zeros_like(like)


def named_sectors(startup: Startup, inputs: Inputs) -> tuple[str, ...]:
    """The startup's sectors as a reason names them, see `told_sectors`."""
    return told_sectors(startup.sectors, inputs.vocabulary)


def told_sectors(sectors: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Sectors as a reason names them: beside a sector its narrower word says nothing more, and neither does "other"."""
    own = tuple(tag for tag in sectors if not vocabulary.is_part(tag)) or sectors
    return tuple(tag for tag in own if tag not in _NO_SECTOR) or own


def sector_words(tag: str, vocabulary: Vocabulary) -> str:
    """A sector in the middle of a sentence; what names none is quoted: “other”."""
    return f"“{tag}”" if tag in _NO_SECTOR else vocabulary.label(tag)
