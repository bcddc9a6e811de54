"""Whether a programme names sectors, countries and hubs that there are, and whether its numbers go together.

Asked of a file that is brought, not of one that is kept: a later vocabulary may know less.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

from matcher.domain.hub import Hub, is_open
from matcher.domain.programme import CORRIDOR, Programme, intake_day
from matcher.domain.sheet import excerpt
from matcher.domain.vocabulary import Vocabulary, folded, hub_id
from matcher.steps.rule_words import day_words

# The codes people write for a country that ISO 3166 gives another (both are usual within the European Union).
_MEANT = {"UK": "GB", "EL": "GR"}


def check_programme(
    programme: Programme, vocabulary: Vocabulary, hubs: Mapping[str, Hub], own_hubs: Collection[str] = ()
) -> list[str]:
    """What is wrong with a programme, each with the way out; in the order of docs/how-to/programmes.md.

    hubs: those of the network, by id. own_hubs: those that startups of this workspace name; they are known too.
    """
    return [
        *_sectors(programme, vocabulary),
        *_countries(programme, vocabulary),
        *_corridor(programme),
        *_hubs(programme, hubs, own_hubs),
        *_funnel(programme),
        *_quotas(programme),
        *_kinds(programme),
        *_sessions(programme),
    ]


def unknown_hubs(programme: Programme, hubs: Mapping[str, Hub], own_hubs: Collection[str] = ()) -> list[str]:
    """The hubs a programme names that nobody knows and that are like none that is known.

    An installation may have hubs of its own, and write an edition before their startups are there: that is to be said
    and no fault.
    """
    known = hubs.keys() | set(own_hubs)
    return [hub for hub in _named_hubs(programme) if hub not in known and _near_hub(hub, hubs, own_hubs) is None]


def _sectors(programme: Programme, vocabulary: Vocabulary) -> Iterator[str]:
    known = [term.id for term in vocabulary.sectors]
    for sector in programme.sectors:
        if vocabulary.sector(sector) not in known:
            words = [word for term in vocabulary.sectors for word in (term.id, *term.aliases, *term.narrower)]
            near = difflib.get_close_matches(folded(sector), words, 1)
            way_out = f"did you mean '{near[0]}'?" if near else f"write one of {', '.join(known)}"
            yield f"'{excerpt(sector)}' is no sector; {way_out}"


def _countries(programme: Programme, vocabulary: Vocabulary) -> Iterator[str]:
    for code in programme.countries:
        if code not in vocabulary.country_names:
            way_out = f"write {_MEANT[code]}" if code in _MEANT else "write ISO 3166 alpha-2 codes, such as KE"
            yield f"'{code}' is no country code; {way_out}"


def _corridor(programme: Programme) -> Iterator[str]:
    number = len(programme.countries)
    if programme.mode == CORRIDOR and number != 2:
        named = f"names {number}: {', '.join(programme.countries)}" if number else "names none"
        yield f"a corridor is between two countries and 'countries' {named}; write the two, this side's first"


def _hubs(programme: Programme, hubs: Mapping[str, Hub], own_hubs: Collection[str]) -> Iterator[str]:
    day = intake_day(programme)
    for id_ in _named_hubs(programme):
        hub = hubs.get(id_)
        if hub is None:
            near = None if id_ in own_hubs else _near_hub(id_, hubs, own_hubs)
            if near is not None:
                yield f"'{excerpt(id_)}' is no hub; did you mean '{near}'?"
        elif not is_open(hub, day):
            if hub.closed is not None and hub.closed < day:
                turned = f"closed in {day_words(hub.closed[:7])}, before"
            else:
                turned = f"opened in {day_words((hub.opened or '')[:7])}, after"
            yield f"the hub '{id_}' {turned} this edition's intake; take it out"


def _funnel(programme: Programme) -> Iterator[str]:
    cuts = [(key, getattr(programme, key)) for key in ("longlist", "shortlist", "places")]
    for (wide, more), (narrow, fewer) in pairwise((key, number) for key, number in cuts if number is not None):
        if fewer > more:
            yield f"'{narrow}' is {fewer} and '{wide}' before it is {more}; lower the later or raise the earlier"


def _quotas(programme: Programme) -> Iterator[str]:
    for hub, quota in programme.quotas.items():
        if programme.hubs and hub not in programme.hubs:
            yield f"'quotas' names '{excerpt(hub)}', which is not among 'hubs'; add it there or take the quota out"
        if programme.places is not None and quota > programme.places:
            yield (
                f"'quotas.{excerpt(hub)}' is {quota} and 'places' is {programme.places}; "
                f"lower the quota or raise the places"
            )


def _kinds(programme: Programme) -> Iterator[str]:
    least, most = sum(bounds.min for bounds in programme.kinds.values()), programme.meetings.max
    if most is not None and least > most:
        yield f"the minimums of 'kinds' add up to {least} and 'meetings.max' is {most}; lower one of them or raise it"


def _sessions(programme: Programme) -> Iterator[str]:
    sessions = sorted(programme.schedule.sessions)
    for one, other in pairwise(sessions):
        if other.split("-")[0] < one.split("-")[1]:
            yield f"the sessions {one} and {other} overlap; end one before the other begins"
    slot = programme.schedule.slot_minutes
    if sessions and slot > max(map(_minutes, sessions)):
        longest = max(sessions, key=_minutes)
        yield (
            f"'schedule.slot_minutes' is {slot} and no session is so long: {longest} has {_minutes(longest)} minutes; "
            f"shorten the slot or lengthen a session"
        )


def _named_hubs(programme: Programme) -> list[str]:
    return list(dict.fromkeys((*programme.hubs, *programme.quotas)))


def _near_hub(written: str, hubs: Mapping[str, Hub], own_hubs: Collection[str]) -> str | None:
    """The hub that may be meant: by the code of its country, or by what is like its id or its name."""
    words = {hub_id(hub.name): hub.id for hub in hubs.values()} | {id_: id_ for id_ in (*hubs, *sorted(own_hubs))}
    near = difflib.get_close_matches(written, words, 1)
    by_country = [hub.id for hub in hubs.values() if hub.country.lower() == written]
    return next(iter((*by_country, *(words[word] for word in near))), None)


def _minutes(session: str) -> int:
    """How long "09:30-12:30" is."""
    begins, ends = (int(time[:2]) * 60 + int(time[3:]) for time in session.split("-"))
    return ends - begins
