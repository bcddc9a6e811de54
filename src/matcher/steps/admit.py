"""Who may meet whom: each rule says met, unmet or unknown for every pair, and refuses only what is unmet.

Without a programme only the partner's own stated criteria refuse; a programme adds its own. Unknown never refuses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.domain.money import Rates
from matcher.domain.profile import Money, Partner, Startup
from matcher.domain.programme import CORRIDOR, Programme
from matcher.domain.vocabulary import Vocabulary, folded
from matcher.steps.circumstances import NO_CIRCUMSTANCES, Circumstances

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
    "applied",
    "source_programme",
)
# What a programme asks of a pair. other_side, shared_sector: in a corridor, of the startup that stands as the partner.
BETWEEN_RULES = ("met_before", "cooling_off", "other_side", "shared_sector")
# Each definition of women-led takes in the stricter ones.
_WOMEN_LED = {"any": ("any", "majority", "all"), "majority": ("majority", "all"), "all": ("all",)}


@dataclass(frozen=True, kw_only=True)
class Admission:
    """What every rule says.

    programme: (startups, programme rules) int8; empty columns where no programme is named.
    partner: (startups, partners, partner rules) int8. between: (startups, partners, between rules) int8.
    admitted: (startups, partners) bool.
    Codes: NOT_ASKED, MET, UNMET, UNKNOWN.
    """

    programme: NDArray[np.int8]
    partner: NDArray[np.int8]
    between: NDArray[np.int8]
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
    around: Circumstances = NO_CIRCUMSTANCES,
) -> Admission:
    """Ask every rule about every pair. The order of startups and partners is kept. around: of the programme."""
    by_programme = np.zeros((len(startups), len(PROGRAMME_RULES)), np.int8)
    if programme is not None:
        for row, startup in enumerate(startups):
            by_programme[row] = _ask_programme(startup, programme, vocabulary, around)
    by_partner = np.zeros((len(startups), len(partners), len(PARTNER_RULES)), np.int8)
    by_partner[:, :, 0] = _ask_lists([s.country for s in startups], [p.countries for p in partners])
    by_partner[:, :, 1] = _ask_lists([s.stage for s in startups], [p.stages for p in partners])
    by_partner[:, :, 2] = _ask_ticket(startups, partners, rates)
    entity = np.array([_UK_ENTITY[s.uk_entity] for s in startups], np.int8)[:, None]
    for column, wanted in ((3, [p.requires_uk_entity for p in partners]), (4, [p.requires_eis_seis for p in partners])):
        by_partner[:, :, column] = np.where(np.array([bool(w) for w in wanted], bool)[None, :], entity, NOT_ASKED)
    by_partner[:, :, 5] = _ask_excludes(startups, partners, vocabulary)
    between = _ask_between(startups, partners, programme, vocabulary, around)
    admitted = (by_partner != UNMET).all(axis=2) & (between != UNMET).all(axis=2)
    admitted &= (by_programme != UNMET).all(axis=1)[:, None]
    return Admission(programme=by_programme, partner=by_partner, between=between, admitted=admitted)


# A planned entity is not there yet, but may be by the time of the meeting: unknown, with a caution.
_UK_ENTITY = {"yes": MET, "no": UNMET, "planned": UNKNOWN, None: UNKNOWN}


def other_side_of(programme: Programme) -> Programme:
    """The corridor as the startups of its other side see it."""
    return replace(programme, countries=programme.countries[::-1])


def _ask_programme(startup: Startup, programme: Programme, vocabulary: Vocabulary, around: Circumstances) -> list[int]:
    rules = programme.rules
    corridor = programme.mode == CORRIDOR
    # In a corridor who says nothing is on neither side, and no pair of such a startup is sure to share a sector.
    sector = _one_of(_sectors(startup, vocabulary), _wanted(programme, vocabulary))
    country = _one_of({startup.country} - {None}, set(programme.countries[:1] if corridor else programme.countries))
    hub = _one_of({startup.hub} - {None}, set(programme.hubs))
    applied = rules.applied and around.applied is not None
    return [
        UNMET if corridor and sector == UNKNOWN else sector,
        UNMET if corridor and country == UNKNOWN else country,
        UNMET if startup.hub in around.closed_hubs else hub,
        _one_of({startup.stage} - {None}, set(programme.stages)),
        _one_of({startup.women_led} - {None}, set(_WOMEN_LED[rules.women_led]) if rules.women_led else set()),
        _flag(rules.already_raised, None if startup.raised is None else startup.raised.minor > 0),
        _flag(rules.market_ready, startup.market_ready),
        _flag(rules.investment_ready, startup.investment_ready),
        _UK_ENTITY[startup.uk_entity] if rules.uk_entity else NOT_ASKED,
        _flag(applied, around.applied is not None and startup.id in around.applied),
        _one_of(
            {folded(startup.source_programme)} if startup.source_programme else set(),
            {folded(one) for one in programme.source_programmes},
        ),
    ]


def _sectors(startup: Startup, vocabulary: Vocabulary) -> set[str]:
    return {wide for sector in startup.sectors for wide in vocabulary.wider(sector)}


def _wanted(programme: Programme, vocabulary: Vocabulary) -> set[str]:
    return {vocabulary.sector(sector) for sector in programme.sectors}


def _ask_between(
    startups: Sequence[Startup],
    partners: Sequence[Partner],
    programme: Programme | None,
    vocabulary: Vocabulary,
    around: Circumstances,
) -> NDArray[np.int8]:
    """(startups, partners, between rules): what rests, refuses; where it cannot be known whether, it is unknown."""
    between = np.zeros((len(startups), len(partners), len(BETWEEN_RULES)), np.int8)
    if programme is None:
        return between
    column = {partner.id: at for at, partner in enumerate(partners)}
    if around.resting:
        row = {startup.id: at for at, startup in enumerate(startups)}
        for (startup_id, partner_id), rest in around.resting.items():
            if startup_id in row and partner_id in column:
                rule = "met_before" if rest.known and rest.until is None else "cooling_off"
                code = UNMET if rest.known else UNKNOWN
                between[row[startup_id], column[partner_id], BETWEEN_RULES.index(rule)] = code
    if programme.mode == CORRIDOR:
        mirrored = other_side_of(programme)
        wanted = _wanted(programme, vocabulary)
        own = [_sectors(startup, vocabulary) & wanted for startup in startups]
        for partner_id, other in around.other_side.items():
            if partner_id in column:
                said = _ask_programme(other, mirrored, vocabulary, around)
                between[:, column[partner_id], BETWEEN_RULES.index("other_side")] = UNMET if UNMET in said else MET
                shared = _sectors(other, vocabulary)
                codes = [MET if own_one & shared else UNMET for own_one in own] if wanted else NOT_ASKED
                between[:, column[partner_id], BETWEEN_RULES.index("shared_sector")] = codes
    return between


def _one_of(said: set[str | None] | set[str], wanted: set[str]) -> int:
    if not wanted:
        return NOT_ASKED
    return UNKNOWN if not said else MET if said & wanted else UNMET


def _flag(asked: bool, said: bool | None) -> int:
    return NOT_ASKED if not asked else UNKNOWN if said is None else MET if said else UNMET


def _ask_lists(said: Sequence[str | None], wanted: Sequence[tuple[str, ...]]) -> NDArray[np.int8]:
    """(n, m) for one value a startup against a list a partner; each distinct list meets each distinct value once."""
    value_code = {value: code for code, value in enumerate(dict.fromkeys((None, *said)))}
    list_code = {list_: code for code, list_ in enumerate(dict.fromkeys(wanted))}
    answers = np.full((len(value_code), len(list_code)), UNMET, np.int8)
    answers[value_code[None]] = UNKNOWN
    for list_, column in list_code.items():
        if list_:
            answers[[value_code[value] for value in list_ if value in value_code], column] = MET
        else:
            answers[:, column] = NOT_ASKED
    return _spread(answers, [value_code[value] for value in said], [list_code[list_] for list_ in wanted])


def _ask_ticket(startups: Sequence[Startup], partners: Sequence[Partner], rates: Rates) -> NDArray[np.int8]:
    """A raise smaller than the smallest ticket refuses. A larger one does not: others can join the round."""
    raising, raised_in = sizes([startup.raising for startup in startups], rates)
    least, least_in = sizes([partner.ticket_min for partner in partners], rates)
    most, most_in = sizes([partner.ticket_max for partner in partners], rates)
    asked = ~np.isnan(least) | ~np.isnan(most)
    told_in = np.where(np.isnan(least), most_in, least_in)
    comparable = ~np.isnan(raising)[:, None] & (raised_in[:, None] == told_in[None, :])
    too_small = raising[:, None] < np.nan_to_num(least)[None, :]
    answers = np.where(comparable, np.where(too_small, UNMET, MET), UNKNOWN)
    return np.where(asked, answers, NOT_ASKED).astype(np.int8)


def sizes(amounts: Sequence[Money | None], rates: Rates) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """(n,) amounts in pounds, or whole units of a currency without a rate, NaN where unknown; (n,) which currency.

    The number of a currency is made of its code, so that it is the same in every call.
    """
    told = [rates.comparable(amount) or (np.nan, "") for amount in amounts]
    number = {currency: int.from_bytes(currency.encode()[:3], "big") for currency in {currency for _, currency in told}}
    values = np.array([value for value, _ in told], np.float64)
    return values, np.array([number[currency] for _, currency in told], np.int32)


def _ask_excludes(startups: Sequence[Startup], partners: Sequence[Partner], vocabulary: Vocabulary) -> NDArray[np.int8]:
    """What is excluded must not be there; where the startup leaves open whether it is, the answer is unknown."""
    list_code = {list_: code for code, list_ in enumerate(dict.fromkeys(partner.excludes for partner in partners))}
    item_code = {item: code for code, item in enumerate(dict.fromkeys(item for list_ in list_code for item in list_))}
    within: dict[str, list[str]] = {}
    for item in item_code:
        for wide in vocabulary.wider(item)[1:]:
            within.setdefault(wide, []).append(item)
    there, left_open = [], []
    for startup in startups:
        tags = {wide for sector in startup.sectors for wide in vocabulary.wider(sector)} | set(startup.technologies)
        there.append([item_code[tag] for tag in tags & item_code.keys()])
        left_open.append([item_code[item] for item in _left_open(startup, within, vocabulary)])
    lists = _marks([[item_code[item] for item in list_] for list_ in list_code], len(item_code)).T
    unmet, unsure = ((_marks(items, len(item_code)) @ lists).toarray() > 0 for items in (there, left_open))
    technologies = {term.id for term in vocabulary.technologies} - {term.id for term in vocabulary.sectors}
    of_technology = np.array([not technologies.isdisjoint(list_) for list_ in list_code], bool)
    unsure |= np.array([not startup.sectors for startup in startups], bool)[:, None]
    unsure |= np.array([not startup.technologies for startup in startups], bool)[:, None] & of_technology
    answers = np.where(unmet, UNMET, np.where(unsure, UNKNOWN, MET)).astype(np.int8)
    answers[:, [code for list_, code in list_code.items() if not list_]] = NOT_ASKED
    return _spread(answers, range(len(startups)), [list_code[partner.excludes] for partner in partners])


def _left_open(startup: Startup, within: dict[str, list[str]], vocabulary: Vocabulary) -> set[str]:
    """Of what is excluded, the parts of the startup's sectors that it may be in. within: sector → excluded parts.

    One who says more closely where in a sector it is has answered for the other sectors within: payments are not
    crypto. Narrower words overlap: oncology does not answer for drug discovery.
    """
    chains = [vocabulary.wider(sector) for sector in startup.sectors]
    said_closer = {wide for chain in chains for wide in chain[1:]}
    return {
        part
        for wide in {wide for chain in chains for wide in chain} & within.keys()
        for part in within[wide]
        if wide not in said_closer or (vocabulary.is_part(part) and vocabulary.wider(part)[1] == wide)
    }


def _marks(rows: Sequence[Sequence[int]], width: int) -> sparse.csr_matrix:
    """(rows, width) sparse, above 0 at the columns each row names."""
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows], dtype=np.int64)])
    columns = [column for row in rows for column in row]
    return sparse.csr_matrix((np.ones(len(columns), np.float32), columns, starts), shape=(len(rows), width))


def _spread(answers: NDArray[np.int8], rows: Sequence[int], columns: Sequence[int]) -> NDArray[np.int8]:
    """The answers of distinct sides for all that share them."""
    spread: NDArray[np.int8] = answers[np.ix_(np.array(rows, np.intp), np.array(columns, np.intp))]
    return spread
