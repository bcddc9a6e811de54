"""Who may meet whom: each rule says met, unmet or unknown for every pair, and refuses only what is unmet.

Without a programme only the partner's own stated criteria refuse; a programme adds its own. Unknown never refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.domain.money import Rates
from matcher.domain.profile import Partner, Startup
from matcher.domain.programme import Programme
from matcher.domain.vocabulary import Vocabulary

Side = TypeVar("Side", Startup, Partner)

# What a rule can say. "Not asked" is neither met nor unknown: nobody set the criterion.
NOT_ASKED, MET, UNMET, UNKNOWN = 0, 1, 2, 3

PARTNER_RULES = ("country", "stage", "ticket", "uk_entity", "eis_seis", "excludes")
PROGRAMME_RULES = (
    "sector",
    "country",
    "hub",
    "stage",
    "women_led",
    "already_raised",
    "market_ready",
    "investment_ready",
    "uk_entity",
)
# Each definition of women-led takes in the stricter ones.
_WOMEN_LED = {"any": ("any", "majority", "all"), "majority": ("majority", "all"), "all": ("all",)}


@dataclass(frozen=True, kw_only=True)
class Admission:
    """What every rule says.

    programme: (startups, programme rules) int8; empty columns where no programme is named.
    partner: (startups, partners, partner rules) int8. admitted: (startups, partners) bool.
    Codes: NOT_ASKED, MET, UNMET, UNKNOWN.
    """

    programme: NDArray[np.int8]
    partner: NDArray[np.int8]
    admitted: NDArray[np.bool_]

    def refused_by_programme(self, startup: int) -> str | None:
        """The first programme rule that refuses this startup (a row), or None."""
        failed = np.flatnonzero(self.programme[startup] == UNMET)
        return PROGRAMME_RULES[failed[0]] if len(failed) else None

    def eligible(self) -> NDArray[np.bool_]:
        """(startups,) whether the programme lets each startup in."""
        allowed: NDArray[np.bool_] = (self.programme != UNMET).all(axis=1)
        return allowed


def admit(
    startups: Sequence[Startup],
    partners: Sequence[Partner],
    programme: Programme | None,
    vocabulary: Vocabulary,
    rates: Rates,
) -> Admission:
    """Ask every rule about every pair. The order of startups and partners is kept."""
    by_programme = np.zeros((len(startups), len(PROGRAMME_RULES)), np.int8)
    if programme is not None:
        for row, startup in enumerate(startups):
            by_programme[row] = _ask_programme(startup, programme, vocabulary)
    by_partner = np.zeros((len(startups), len(partners), len(PARTNER_RULES)), np.int8)
    by_partner[:, :, 0] = _ask_lists([(s.country,) for s in startups], [p.countries for p in partners])
    by_partner[:, :, 1] = _ask_lists([(s.stage,) for s in startups], [p.stages for p in partners])
    by_partner[:, :, 2] = _ask_ticket(startups, partners, rates)
    entity = np.array([_UK_ENTITY[s.uk_entity] for s in startups], np.int8)[:, None]
    for column, wanted in ((3, [p.requires_uk_entity for p in partners]), (4, [p.requires_eis_seis for p in partners])):
        by_partner[:, :, column] = np.where(np.array([bool(w) for w in wanted], bool)[None, :], entity, NOT_ASKED)
    by_partner[:, :, 5] = _ask_excludes(startups, partners, vocabulary)
    admitted = (by_partner != UNMET).all(axis=2) & (by_programme != UNMET).all(axis=1)[:, None]
    return Admission(programme=by_programme, partner=by_partner, admitted=admitted)


# A planned entity is not there yet, but may be by the time of the meeting: unknown, with a caution.
_UK_ENTITY = {"yes": MET, "no": UNMET, "planned": UNKNOWN, None: UNKNOWN}


def _ask_programme(startup: Startup, programme: Programme, vocabulary: Vocabulary) -> list[int]:
    rules = programme.rules
    sectors = {wide for sector in startup.sectors for wide in vocabulary.wider(sector)}
    wanted = {vocabulary.sector(sector) for sector in programme.sectors}
    return [
        _one_of(sectors, wanted),
        _one_of({startup.country} - {None}, set(programme.countries)),
        _one_of({startup.hub} - {None}, set(programme.hubs)),
        _one_of({startup.stage} - {None}, set(programme.stages)),
        _one_of({startup.women_led} - {None}, set(_WOMEN_LED[rules.women_led]) if rules.women_led else set()),
        _flag(rules.already_raised, None if startup.raised is None else startup.raised.minor > 0),
        _flag(rules.market_ready, startup.market_ready),
        _flag(rules.investment_ready, startup.investment_ready),
        _UK_ENTITY[startup.uk_entity] if rules.uk_entity else NOT_ASKED,
    ]


def _one_of(said: set[str | None] | set[str], wanted: set[str]) -> int:
    if not wanted:
        return NOT_ASKED
    return UNKNOWN if not said else MET if said & wanted else UNMET


def _flag(asked: bool, said: bool | None) -> int:
    return NOT_ASKED if not asked else UNKNOWN if said is None else MET if said else UNMET


def _ask_lists(said: Sequence[tuple[str | None]], wanted: Sequence[tuple[str, ...]]) -> NDArray[np.int8]:
    """(n, m) for one value a startup against a list a partner; each distinct list is compared once."""
    answers = np.zeros((len(said), len(wanted)), np.int8)
    values = np.array([value or "" for (value,) in said], dtype=object)
    for distinct in set(wanted) - {()}:
        column = np.where(values == "", UNKNOWN, np.where(np.isin(values, list(distinct)), MET, UNMET))
        answers[:, [row for row, list_ in enumerate(wanted) if list_ == distinct]] = column[:, None]
    return answers


def _ask_ticket(startups: Sequence[Startup], partners: Sequence[Partner], rates: Rates) -> NDArray[np.int8]:
    """A raise smaller than the smallest ticket refuses. A larger one does not: others can join the round."""
    raising = _pounds(startups, lambda startup: rates.gbp(startup.raising))[:, None]
    least = _pounds(partners, lambda partner: rates.gbp(partner.ticket_min))[None, :]
    most = _pounds(partners, lambda partner: rates.gbp(partner.ticket_max))[None, :]
    asked = ~np.isnan(least) | ~np.isnan(most)
    answers = np.where(np.isnan(raising), UNKNOWN, np.where(raising < np.nan_to_num(least), UNMET, MET))
    return np.where(asked, answers, NOT_ASKED).astype(np.int8)


def _ask_excludes(startups: Sequence[Startup], partners: Sequence[Partner], vocabulary: Vocabulary) -> NDArray[np.int8]:
    answers = np.zeros((len(startups), len(partners)), np.int8)
    tags = [
        {wide for sector in startup.sectors for wide in vocabulary.wider(sector)} | set(startup.technologies)
        for startup in startups
    ]
    for distinct in {partner.excludes for partner in partners} - {()}:
        column = [_without(said, set(distinct)) for said in tags]
        answers[:, [row for row, p in enumerate(partners) if p.excludes == distinct]] = np.array(column)[:, None]
    return answers


def _without(said: set[str], excluded: set[str]) -> int:
    return UNKNOWN if not said else UNMET if said & excluded else MET


def _pounds(sides: Sequence[Side], amount: Callable[[Side], float | None]) -> NDArray[np.float64]:
    return np.array([np.nan if (pounds := amount(side)) is None else pounds for side in sides], np.float64)
