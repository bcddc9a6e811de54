"""What a rule says of a pair, in words for people."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence

from matcher.domain import money
from matcher.domain.match import RuleAnswer
from matcher.domain.money import Rates
from matcher.domain.profile import Money, Partner, Startup
from matcher.domain.programme import CORRIDOR, Programme
from matcher.domain.vocabulary import STAGE_LABELS, Vocabulary
from matcher.steps.admit import (
    BETWEEN_RULES,
    MET,
    NOT_ASKED,
    PARTNER_RULES,
    PROGRAMME_RULES,
    UNKNOWN,
    UNMET,
    admit,
    other_side_of,
)
from matcher.steps.circumstances import Circumstances

_WOMEN_LED = {
    "any": "at least one woman among its founders",
    "majority": "a majority of women among its founders",
    "all": "only women among its founders",
}


def listed(items: Iterable[str], last: str = "and") -> str:
    """Things in a row as people write them: a, b and c."""
    things = list(items)
    return things[0] if len(things) == 1 else f"{', '.join(things[:-1])} {last} {things[-1]}" if things else ""


def answers(
    startup: Startup,
    partner: Partner | None,
    programme: Programme | None,
    said: tuple[Sequence[int], Sequence[int], Sequence[int]],
    vocabulary: Vocabulary,
    around: Circumstances,
) -> dict[int, list[RuleAnswer]]:
    """MET, UNMET and UNKNOWN → the rules that say so.

    said: codes of the programme's rules, of the partner's rules, of what the programme asks of the pair.
    """
    sorted_out: dict[int, list[RuleAnswer]] = {MET: [], UNMET: [], UNKNOWN: []}
    if programme is not None:
        for rule, code in zip(PROGRAMME_RULES, said[0], strict=True):
            if code != NOT_ASKED:
                detail = programme_detail(rule, int(code), startup, programme, vocabulary, around)
                sorted_out[int(code)].append(RuleAnswer(rule=rule, asked_by="programme", detail=detail))
    if programme is not None and partner is not None:
        for rule, code in zip(BETWEEN_RULES, said[2], strict=True):
            if code != NOT_ASKED:
                detail = between_detail(rule, int(code), startup, partner, programme, vocabulary, around)
                sorted_out[int(code)].append(RuleAnswer(rule=rule, asked_by="programme", detail=detail))
    if partner is not None:
        for rule, code in zip(PARTNER_RULES, said[1], strict=True):
            if code != NOT_ASKED:
                detail = partner_detail(rule, int(code), startup, partner, vocabulary)
                sorted_out[int(code)].append(RuleAnswer(rule=rule, asked_by="partner", detail=detail))
    return sorted_out


def programme_detail(
    rule: str, code: int, startup: Startup, programme: Programme, vocabulary: Vocabulary, around: Circumstances
) -> str:
    """One sentence: what the edition asks for and what the startup says."""
    if rule == "hub" and startup.hub in around.closed_hubs:
        closed = around.closed_hubs[startup.hub or ""]
        what = f"closed in {day_words(closed[:7])}" if closed else "is not open yet"
        return f"Its hub {startup.hub} {what}; no new intake takes startups from it."
    if rule == "applied":
        applied = "It applied" if code == MET else "No application of it is known"
        return f"{applied}; the edition takes those who applied."
    sectors = listed((vocabulary.label(vocabulary.sector(sector)) for sector in programme.sectors), "or")
    asks, says = {
        "sector": (f"The edition is for {sectors}", _tags(startup.sectors, vocabulary)),
        "country": (f"The edition is for {_entry(programme, vocabulary)}", _country(startup, vocabulary)),
        "hub": (f"The edition is for the hubs {listed(programme.hubs, 'or')}", startup.hub),
        "stage": (f"The edition takes {_stages(programme.stages)}", _stage(startup)),
        "women_led": (f"The edition asks for {_WOMEN_LED.get(programme.rules.women_led or '', '')}", startup.women_led),
        "already_raised": ("The edition asks for startups that have raised money", _money(startup.raised)),
        "market_ready": ("The edition asks for market-ready startups", _yes(startup.market_ready)),
        "investment_ready": ("The edition asks for investment-ready startups", _yes(startup.investment_ready)),
        "uk_entity": ("The edition asks for a UK entity", startup.uk_entity),
        "source_programme": (
            f"The edition takes startups from {listed(programme.source_programmes, 'or')}",
            startup.source_programme,
        ),
    }[rule]
    return _sentence(asks, says, code if says else UNKNOWN, _FIELD_WORDS[rule])


def between_detail(
    rule: str,
    code: int,
    startup: Startup,
    partner: Partner,
    programme: Programme,
    vocabulary: Vocabulary,
    around: Circumstances,
) -> str:
    """One sentence: what the pair had before, or what the corridor asks of both."""
    if rule == "other_side":
        if code == MET:
            return "Both sides are what the corridor asks for."
        other, mirrored = around.other_side[partner.id], other_side_of(programme)
        entry = admit((other,), (), mirrored, vocabulary, Rates(as_of="", gbp_per_unit={}), around)
        refusing = entry.refused_by_programme(0)
        assert refusing is not None, "a side that is let in is met"
        said = int(entry.programme[0, PROGRAMME_RULES.index(refusing)])
        return (
            f"{partner.name}, the other side: {programme_detail(refusing, said, other, mirrored, vocabulary, around)}"
        )
    if rule == "shared_sector":
        sectors = listed((vocabulary.label(vocabulary.sector(sector)) for sector in programme.sectors), "or")
        return f"Both {'share' if code == MET else 'must share'} one of the corridor's sectors: {sectors}."
    rest = around.resting[startup.id, partner.id]
    had = f"{_OUTCOME_WORDS[rest.outcome]}{_when(rest.date)}"
    if rule == "met_before":
        return f"{had}; a pair that met before is not shortlisted again unless it is pinned."
    if code == UNKNOWN:
        return f"{had}, nobody wrote when, so it is not known whether the time to wait has passed."
    return f"{had}; it may be shortlisted again from {day_words(rest.until or '')}, or when it is pinned."


_OUTCOME_WORDS = {
    "introduced": "They were introduced",
    "met": "They met",
    "second_meeting": "They met a second time",
    "no_show": "One of them did not turn up",
    "declined_by_startup": "The startup declined",
    "declined_by_partner": "The partner declined",
    "accepted": "The partner accepted it",
    "partnered": "They became partners",
    "invested": "The partner invested",
}


def _when(day: str | None) -> str:
    return f" ({day_words(day)})" if day else ""


def day_words(day: str) -> str:
    """A day, month or year as people write it: 5 January 2027, January 2027, 2027."""
    year, *rest = day.split("-")
    month = [calendar.month_name[int(rest[0])]] if rest else []
    return " ".join([*(str(int(number)) for number in rest[1:]), *month, year])


def partner_detail(rule: str, code: int, startup: Startup, partner: Partner, vocabulary: Vocabulary) -> str:
    """One sentence: what the partner asks for and what the startup says."""
    asks, says = {
        "country": (
            f"They take startups from {_countries(partner.countries, vocabulary)}",
            _country(startup, vocabulary),
        ),
        "stage": (f"They take {_stages(partner.stages)}", _stage(startup)),
        "ticket": (f"Their ticket is {ticket_words(partner)}", _raise(startup, partner, code)),
        "uk_entity": ("They ask for a UK entity", startup.uk_entity),
        "eis_seis": ("They invest under EIS or SEIS, which asks for a UK entity", startup.uk_entity),
        "excludes": (f"They exclude {_tags(partner.excludes, vocabulary)}", _all_tags(startup, code, vocabulary)),
    }[rule]
    return _sentence(asks, says, code, _FIELD_WORDS[rule])


def ticket_words(partner: Partner) -> str:
    """A partner's ticket: £250k to £2m, from £250k, up to £2m; £60k where it is of one size."""
    least = partner.ticket_min and money.words(partner.ticket_min)
    most = partner.ticket_max and money.words(partner.ticket_max)
    if least and most:
        return least if least == most else f"{least} to {most}"
    return f"from {least}" if least else f"up to {most}"


# What a startup's field is called when it says nothing, and how its value is introduced.
_FIELD_WORDS = {
    "sector": ("its sector", "it is in"),
    "country": ("its country", "it comes from"),
    "hub": ("its hub", "its hub is"),
    "stage": ("its stage", "it is at"),
    "women_led": ("whether it is women-led", "it says"),
    "already_raised": ("what it has raised", "it has raised"),
    "market_ready": ("whether it is market-ready", "it says"),
    "investment_ready": ("whether it is investment-ready", "it says"),
    "uk_entity": ("whether it has a UK entity", "it says"),
    "source_programme": ("which programme it comes from", "it comes from"),
    "eis_seis": ("whether it has a UK entity", "it says"),
    "ticket": ("what it is raising", "it is raising"),
    "excludes": ("its sectors", "it is in"),
}


def _sentence(asks: str, says: str | None, code: int, words: tuple[str, str]) -> str:
    if code == UNKNOWN and not says:
        return f"{asks}; the startup does not state {words[0]}."
    return f"{asks}; {words[1]} {says}."


def _tags(tags: Sequence[str], vocabulary: Vocabulary) -> str | None:
    return listed(vocabulary.label(tag) for tag in tags) or None


def _all_tags(startup: Startup, code: int, vocabulary: Vocabulary) -> str | None:
    tags = _tags(tuple(dict.fromkeys((*startup.sectors, *startup.technologies))), vocabulary)
    if code != UNKNOWN:
        return tags
    return f"{tags}, and says no more" if startup.sectors else None


def _raise(startup: Startup, partner: Partner, code: int) -> str | None:
    """What it is raising, and what of that is asked for: a raise above the largest ticket is no refusal."""
    raising = _money(startup.raising)
    if raising and code == UNKNOWN:
        return f"{raising}, and there is no exchange rate to compare them"
    if not raising or code != MET:
        return raising
    enough = "" if partner.ticket_min is None else ", no less than their smallest ticket"
    return f"{raising}{enough}" + (" (others take the rest of a larger round)" if partner.ticket_max else "")


def _entry(programme: Programme, vocabulary: Vocabulary) -> str:
    """The countries that startups come from; in a corridor those of the one side."""
    countries = programme.countries
    if programme.mode == CORRIDOR:
        return f"startups from {_countries(countries[:1], vocabulary)} on this side"
    return _countries(countries, vocabulary)


def _countries(codes: Sequence[str], vocabulary: Vocabulary) -> str:
    return listed((vocabulary.country(code) for code in codes), "or")


def _country(startup: Startup, vocabulary: Vocabulary) -> str | None:
    return startup.country and vocabulary.country(startup.country)


def _stages(stages: Sequence[str]) -> str:
    return listed((STAGE_LABELS[stage] for stage in stages), "or")


def _stage(startup: Startup) -> str | None:
    return startup.stage and STAGE_LABELS[startup.stage]


def _money(amount: Money | None) -> str | None:
    return None if amount is None else money.words(amount)


def _yes(said: bool | None) -> str | None:
    return None if said is None else "yes" if said else "no"
