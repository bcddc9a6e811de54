"""What a pair had before, who applied, which hubs closed."""

import pytest

from matcher.domain.hub import Hub
from matcher.domain.profile import HistoryRecord, Participation
from matcher.domain.programme import EntryRules, Programme, Schedule
from matcher.domain.vocabulary import OUTCOMES
from matcher.steps.admit import BETWEEN_RULES, PROGRAMME_RULES, UNKNOWN, UNMET, admit
from matcher.steps.circumstances import circumstances
from matcher.wiring import reference
from tests.builders import a_partner, a_startup

REFERENCE = reference()
TODAY = "2026-11-25"


def an_edition(**said) -> Programme:
    return Programme(id="coast", name="Coast", edition=2027, **said)


def a_record(outcome: str, date: str | None = "2026-06-15", **said) -> HistoryRecord:
    parts = {"id": f"{outcome}/{date}", "startup_id": "s1", "partner_id": "p1", "outcome": outcome, "date": date}
    return HistoryRecord(**parts | said)


def around(*history: HistoryRecord, pins=(), participation=(), hubs=None, **said):
    return circumstances(an_edition(**said), history, participation, hubs or {}, pins, TODAY)


def said_of(rule: str, **said) -> int:
    """The code of one rule for one pair."""
    history, pins = said.pop("history", ()), said.pop("pins", ())
    participation, hubs = said.pop("participation", ()), said.pop("hubs", None)
    startup = said.pop("startup", a_startup())
    known = around(*history, pins=pins, participation=participation, hubs=hubs, **said)
    words, rates = REFERENCE.vocabulary, REFERENCE.rates
    found = admit([startup], [a_partner()], an_edition(**said), words, rates, known)
    if rule in BETWEEN_RULES:
        return int(found.between[0, 0, BETWEEN_RULES.index(rule)])
    return int(found.programme[0, PROGRAMME_RULES.index(rule)])


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_keeps_a_fresh_pair_apart_one_way_or_the_other(outcome):
    history = (a_record(outcome, "2026-11-20"),)
    met, cooling = (said_of(rule, history=history) for rule in ("met_before", "cooling_off"))
    assert (met == UNMET) != (cooling == UNMET)


def test_a_pair_that_met_is_not_shortlisted_again_however_long_ago():
    assert said_of("met_before", history=(a_record("met", "2009"),)) == UNMET


def test_a_decline_cools_off_for_as_long_as_the_edition_says():
    history = (a_record("declined_by_partner", "2026-06-15"),)
    assert said_of("cooling_off", history=history) == UNMET
    assert said_of("cooling_off", history=history, cooling_off={"declined_by_partner": 5}) != UNMET
    assert said_of("cooling_off", history=history, cooling_off={"declined_by_partner": 6}) == UNMET
    assert said_of("cooling_off", history=history, cooling_off={"declined_by_partner": 0}) != UNMET


def test_the_longest_rest_counts_whatever_the_order_of_the_records():
    records = [a_record("no_show", "2026-11-01"), a_record("declined_by_startup", "2026-10-01")]
    for history in (records, records[::-1]):
        assert around(*history).resting["s1", "p1"].until == "2027-10-01"


@pytest.mark.parametrize(
    ("date", "until"),
    [("2026-08-31", "2026-11-30"), ("2026-11", "2027-02-28"), ("2026", "2027-03-31"), ("2027-11-30", "2028-02-29")],
)
def test_months_end_with_the_month_and_a_vague_date_counts_to_its_end(date, until):
    assert around(a_record("no_show", date)).resting["s1", "p1"].until == until


def test_a_decline_without_a_date_is_unknown_and_does_not_refuse():
    assert said_of("cooling_off", history=(a_record("declined_by_partner", None),)) == UNKNOWN


def test_a_pin_lifts_what_the_pair_had_before():
    assert said_of("met_before", history=(a_record("met"),), pins={("s1", "p1")}) != UNMET


def test_what_this_edition_itself_led_to_is_not_before_it_but_a_decline_holds():
    assert said_of("met_before", history=(a_record("met", programme="coast"),)) != UNMET
    assert said_of("cooling_off", history=(a_record("declined_by_partner", programme="coast"),)) == UNMET


def test_without_a_programme_nothing_of_before_refuses():
    found = admit([a_startup()], [a_partner()], None, REFERENCE.vocabulary, REFERENCE.rates, around(a_record("met")))
    assert found.admitted.all()


def test_once_applications_are_known_nobody_else_enters():
    other = (Participation(id="x", startup_id="s2", programme="coast", state="applied"),)
    rules = EntryRules(applied=True)
    assert said_of("applied", rules=rules, participation=other) == UNMET
    assert said_of("applied", rules=rules) != UNMET
    assert said_of("applied", participation=other) != UNMET


def test_a_closed_hub_is_absent_from_a_new_intake_and_present_in_an_old_one():
    hubs = {"india": Hub(id="india", name="India", country="IN", closed="2021-04", source="invented")}
    startup = a_startup(hub="india")
    assert said_of("hub", startup=startup, hubs=hubs) == UNMET
    assert said_of("hub", startup=startup, hubs=hubs, schedule=Schedule(dates=("2019-10-01",))) != UNMET


def test_a_feeder_programme_can_be_asked_for_and_unknown_does_not_refuse():
    asked = {"source_programmes": ("Launch League",)}
    assert said_of("source_programme", startup=a_startup(source_programme="HERfuture"), **asked) == UNMET
    assert said_of("source_programme", startup=a_startup(source_programme="launch-league"), **asked) != UNMET
    assert said_of("source_programme", **asked) == UNKNOWN
