"""Outcomes: each number for itself, each value once, kinds of value never mixed."""

from typing import Any

import pytest

from matcher.domain.money import Rates
from matcher.domain.profile import HistoryRecord, Money, Participation
from matcher.domain.vocabulary import OUTCOMES, STATES
from matcher.steps.outcomes import of_programme, outcomes, outcomes_json
from matcher.steps.told_values import values_of

RATES = Rates(as_of="2024-12-31", gbp_per_unit={"GBP": 1.0, "USD": 0.8})


def pounds(amount, currency="GBP"):
    return Money(minor=amount * 100, currency=currency)


def a_record(outcome="met", startup="s1", partner="p1", **said: Any):
    id_ = "/".join([startup, partner, outcome, said.get("date") or "", said.get("programme") or ""])
    return HistoryRecord(id=id_, startup_id=startup, partner_id=partner, outcome=outcome, **said)


def took_part(startup, state, programme="go"):
    return Participation(
        id=f"{startup}/{programme}/{state}", startup_id=startup, programme=programme, state=state, date=None
    )


def all_of(*history, participation=()):
    return outcomes(history, participation, RATES).all


def test_invited_accepted_and_attended_are_three_numbers():
    people = [took_part(f"s{number}", "invited") for number in range(5)]
    people += [took_part(f"s{number}", "accepted") for number in range(4)]
    people += [took_part(f"s{number}", "attended") for number in range(3)]
    states = all_of(participation=people).states
    assert (states["invited"], states["accepted"], states["attended"]) == (5, 4, 3)
    assert tuple(states) == STATES and states["alumni"] == 0


def test_a_pair_that_partnered_and_invested_is_one_partnership():
    found = all_of(a_record("partnered"), a_record("invested"), a_record("partnered", partner="p2"))
    assert (found.outcomes["partnered"], found.outcomes["invested"], found.partnerships) == (2, 1, 2)
    assert tuple(found.outcomes) == OUTCOMES


def test_who_declined_is_kept_apart():
    found = all_of(a_record("declined_by_startup"), a_record("declined_by_partner", partner="p2"))
    assert (found.outcomes["declined_by_startup"], found.outcomes["declined_by_partner"]) == (1, 1)


def test_signed_estimated_and_unstated_values_are_never_added():
    found = all_of(
        a_record("invested", value=pounds(100), value_kind="signed"),
        a_record("partnered", value=pounds(7), value_kind="estimate", partner="p2"),
        a_record("met", value=pounds(3), partner="p3"),
    )
    assert [one.gbp for one in (found.signed, found.estimated, found.kind_not_stated)] == [100.0, 7.0, 3.0]


def test_a_value_told_with_two_outcomes_counts_once():
    history = [
        a_record("partnered", value=pounds(100), value_kind="signed", date="2025", source="partner"),
        a_record("invested", value=pounds(100), value_kind="signed", date="2025-06-01", source="announcement"),
    ]
    (value,) = values_of(history)
    assert (value.outcomes, value.records, value.date, value.source) == (
        ("partnered", "invested"),
        2,
        "2025-06-01",
        "partner",
    )
    assert all_of(*history).signed.gbp == 100.0


@pytest.mark.parametrize(
    ("other", "values"),
    [
        ({"date": "2025-06"}, 1),  # the same day, told less closely
        ({"date": None}, 1),
        ({"date": "2026-06-01"}, 2),  # agreed again
        ({"date": "2025-06-01", "value": pounds(101)}, 2),
        ({"date": "2025-06-01", "value_kind": "estimate"}, 2),
        ({"date": "2025-06-01", "partner": "p2"}, 2),
    ],
)
def test_equal_amounts_are_one_value_only_where_they_may_be(other, values):
    first = {"date": "2025-06-01", "value": pounds(100), "value_kind": "signed", "programme": "go"}
    second = {**first, "programme": "other", **other}
    assert len(values_of([a_record("partnered", **first), a_record("partnered", **second)])) == values


def test_currencies_stand_apart_and_pounds_leave_out_what_has_no_rate():
    signed = {"value_kind": "signed"}
    found = all_of(
        a_record("invested", value=pounds(10), **signed),
        a_record("invested", value=pounds(10, "USD"), partner="p2", **signed),
        a_record("invested", value=pounds(10, "XAG"), partner="p3", **signed),
    ).signed
    assert [(one.currency, one.amount, one.gbp) for one in found.totals] == [
        ("GBP", 10.0, 10.0),
        ("USD", 10.0, 8.0),
        ("XAG", 10.0, None),
    ]
    assert (found.gbp, found.without_rate) == (18.0, ("XAG",))


def test_programmes_stand_apart_and_all_together_counts_each_once():
    history = [a_record("met", programme="a"), a_record("met", programme="b"), a_record("introduced")]
    people = [took_part("s1", "alumni", "a"), took_part("s1", "alumni", "c")]
    found = outcomes(history, people, RATES)
    assert [row.programme for row in found.rows] == ["a", "b", "c", ""]
    assert [row.outcomes["met"] for row in found.rows] == [1, 1, 0, 0]
    assert (found.all.outcomes["met"], found.all.states["alumni"]) == (1, 1)
    assert of_programme("d", history, people, RATES).outcomes["met"] == 0


def test_the_order_of_records_does_not_matter():
    history = [
        a_record("partnered", value=pounds(5), value_kind="signed", date=None),
        a_record("invested", value=pounds(5), value_kind="signed", date="2025"),
        a_record("invested", value=pounds(5), value_kind="signed", partner="p0"),
    ]
    assert outcomes(history, (), RATES) == outcomes(history[::-1], (), RATES)


def test_each_value_is_told_with_its_source_and_date():
    said = outcomes_json(
        all_of(a_record("invested", value=pounds(5), value_kind="signed", date="2025-06", source="invoice"))
    )
    (value,) = said["signed_value"]["values"]
    assert (value["date"], value["source"], value["amount"], value["currency"]) == ("2025-06", "invoice", 5.0, "GBP")
    assert said["estimated_impact"]["values"] == said["kind_not_stated"]["values"] == []
