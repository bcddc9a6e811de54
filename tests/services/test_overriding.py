"""Pins, bans and notes: their price, their memory, what they contradict."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from matcher.domain.audience import Audience
from matcher.domain.override import Override
from matcher.domain.profile import HistoryRecord
from matcher.errors import BadInput, Infeasible, NotFound
from matcher.services.explaining import explain
from matcher.services.overriding import consider, consider_lifting, keep, list_overrides
from matcher.services.overriding import lift as remove
from matcher.services.shortlisting import make_shortlist, replay
from matcher.store import records
from tests.builders import a_partner, a_startup
from tests.workspaces import TODAY, a_workspace, put

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
EDITION = """
id = "coast"
name = "Coast"
edition = 2027
[meetings]
max = 2
[capacity]
default = 2
"""
TEXTS = ("Sensors for clinics and nurses.", "Payments for traders at the market.", "Maps of soil for farmers.")


@pytest.fixture
def workspace(tmp_path):
    workspace = a_workspace(tmp_path)
    with workspace.writing() as connection:
        from matcher.store import programmes

        programmes.put(connection, "coast", EDITION)
    startups = [a_startup(f"s{i}", summary=f"{TEXTS[i % 3]} Startup number {i}.") for i in range(4)]
    partners = [a_partner(f"p{j}", thesis=f"We back {TEXTS[j % 3].lower()}") for j in range(4)]
    return put(workspace, startups=startups, partners=partners)


def an_override(kind="pin", startup="s0", partner="p0", **said) -> Override:
    given = {"code": "other", "reason": "promised", "person": "A. Officer"} | said
    return Override(programme_id="coast", startup_id=startup, partner_id=partner, kind=kind, **given)


def plan(workspace) -> dict:
    return json.loads(make_shortlist(workspace, "coast", 0, TODAY, NOW).result)


def stored_partners(workspace):
    with workspace.reading() as connection:
        return records.load(connection, "partner")


def meetings(result: dict) -> set[tuple[str, str]]:
    return {(pair["startup_id"], pair["partner_id"]) for pair in result["pairs"]}


def somebody_apart(workspace) -> tuple[str, str]:
    """A pair that does not meet."""
    met = meetings(plan(workspace))
    return next((f"s{i}", f"p{j}") for i in range(4) for j in range(4) if (f"s{i}", f"p{j}") not in met)


def decided(workspace, override: Override):
    decision = consider(workspace, override, TODAY)
    keep(workspace, decision, NOW)
    return decision


def lift(workspace, programme_id, pair, kind, as_of):
    decision = consider_lifting(workspace, programme_id, pair, kind, as_of)
    remove(workspace, decision)
    return decision


def test_the_price_said_before_is_the_difference_of_the_two_plans(workspace):
    before, pair = plan(workspace), somebody_apart(workspace)
    price = decided(workspace, an_override("pin", *pair)).price
    after = plan(workspace)
    assert pair in meetings(after)
    assert set(price.gained) == meetings(after) - meetings(before)
    assert set(price.lost) == meetings(before) - meetings(after)
    assert price.points > 0
    assert price.objective_before == before["certificate"]["objective"]
    assert price.objective_after == after["certificate"]["objective"]


def test_a_ban_takes_the_pair_out_and_says_who_comes_instead(workspace):
    pair = sorted(meetings(plan(workspace)))[0]
    price = decided(workspace, an_override("ban", *pair)).price
    assert pair in price.lost
    assert pair not in meetings(plan(workspace))


def test_considering_alone_keeps_nothing(workspace):
    consider(workspace, an_override("ban"), TODAY)
    assert list_overrides(workspace, "coast") == ()


def test_lifting_it_restores_the_earlier_plan_to_the_byte(workspace):
    first = make_shortlist(workspace, "coast", 0, TODAY, NOW)
    pair = somebody_apart(workspace)
    decided(workspace, an_override("pin", *pair))
    pinned = make_shortlist(workspace, "coast", 0, TODAY, NOW)
    assert pinned.id != first.id
    assert lift(workspace, "coast", pair, "pin", TODAY).price.points < 0
    again = make_shortlist(workspace, "coast", 0, TODAY, NOW)
    assert (again.id, again.result) == (first.id, first.result)


def test_a_run_keeps_the_overrides_it_was_made_with(workspace):
    pair = somebody_apart(workspace)
    decided(workspace, an_override("pin", *pair))
    run = make_shortlist(workspace, "coast", 0, TODAY, NOW)
    lift(workspace, "coast", pair, "pin", TODAY)
    again = replay(workspace, run.id)
    assert again.same
    assert pair in meetings(json.loads(again.result))


def test_an_expired_pin_holds_no_longer(workspace):
    first, pair = plan(workspace), somebody_apart(workspace)
    decided(workspace, an_override("pin", *pair, until=TODAY))
    assert pair in meetings(plan(workspace))
    later = json.loads(make_shortlist(workspace, "coast", 0, "2026-11-25", NOW).result)
    assert meetings(later) == meetings(first)


def test_a_pin_against_a_ban_is_refused_and_says_whose_and_how_to_lift_it(workspace):
    decided(workspace, an_override("ban", person="B. Officer", reason="in dispute"))
    with pytest.raises(BadInput, match=r"banned by B. Officer \(“in dispute”\); lift that first with `matcher unban"):
        consider(workspace, an_override("pin"), TODAY)


def test_a_pin_that_a_rule_refuses_is_refused_with_the_rule(workspace):
    put(workspace, partners=[a_partner("p0", countries=("NG",))])
    with pytest.raises(BadInput, match="cannot be pinned: They take startups from Nigeria; it comes from Kenya"):
        consider(workspace, an_override("pin"), TODAY)


def test_more_pins_than_meetings_are_refused(workspace):
    for partner in ("p0", "p1"):
        decided(workspace, an_override("pin", "s0", partner))
    with pytest.raises(Infeasible, match="has 3 pinned meetings, but may have at most 2"):
        consider(workspace, an_override("pin", "s0", "p2"), TODAY)


def test_a_pair_that_met_before_is_left_out_until_it_is_pinned(workspace):
    pair = sorted(meetings(plan(workspace)))[0]
    record = HistoryRecord(id="h", startup_id=pair[0], partner_id=pair[1], outcome="met", date="2026-03-01")
    put(workspace, history=[record])
    assert pair not in meetings(plan(workspace))
    assert pair in decided(workspace, an_override("pin", *pair)).price.gained
    assert pair in meetings(plan(workspace))
    lift(workspace, "coast", pair, "pin", TODAY)
    assert pair not in meetings(plan(workspace))


def test_a_note_changes_no_byte(workspace):
    first = make_shortlist(workspace, "coast", 0, TODAY, NOW)
    decided(workspace, an_override("note", reason="ask about the pilot"))
    again = make_shortlist(workspace, "coast", 0, TODAY, NOW)
    assert (again.id, again.result) == (first.id, first.result)
    assert [one.reason for one in list_overrides(workspace, "coast")] == ["ask about the pilot"]


def test_what_is_not_there_cannot_be_lifted(workspace):
    with pytest.raises(NotFound, match="'s0' and 'p0' are not pinned in coast"):
        lift(workspace, "coast", ("s0", "p0"), "pin", TODAY)


def test_an_expiry_in_the_past_is_refused(workspace):
    with pytest.raises(BadInput, match="--until 2026-01-01 has passed"):
        consider(workspace, an_override(until="2026-01-01"), TODAY)


@pytest.mark.parametrize("change", [{"countries": ("NG",)}, {"capacity": 0}])
def test_a_pin_can_be_lifted_whatever_became_of_its_partner(workspace, change):
    first, pair = make_shortlist(workspace, "coast", 0, TODAY, NOW), somebody_apart(workspace)
    decided(workspace, an_override("pin", *pair))
    (partner,) = [one for one in stored_partners(workspace) if one.id == pair[1]]
    put(workspace, partners=[replace(partner, **change)])
    lift(workspace, "coast", pair, "pin", TODAY)
    assert list_overrides(workspace, "coast") == ()
    put(workspace, partners=[partner])
    assert make_shortlist(workspace, "coast", 0, TODAY, NOW).result == first.result


def test_a_pin_that_is_admitted_no_longer_is_void_and_stops_nobody(workspace):
    pair = somebody_apart(workspace)
    decided(workspace, an_override("pin", *pair))
    (partner,) = [one for one in stored_partners(workspace) if one.id == pair[1]]
    put(workspace, partners=[replace(partner, countries=("NG",))])
    result = plan(workspace)
    assert pair not in meetings(result)
    assert [(one["kind"], one["void"]) for one in result["overrides"]] == [("pin", True)]


def test_two_officers_at_once_cannot_pin_more_than_there_is_room_for(workspace):
    decided(workspace, an_override("pin", "s0", "p0"))
    considered = [consider(workspace, an_override("pin", "s0", partner), TODAY) for partner in ("p1", "p2")]
    keep(workspace, considered[0], NOW)
    with pytest.raises(BadInput, match="Somebody decided something in coast meanwhile"):
        keep(workspace, considered[1], NOW)


def test_a_banned_pair_is_told_who_banned_it_and_a_startup_only_that_staff_decided(workspace):
    pair = sorted(meetings(plan(workspace)))[0]
    decided(workspace, an_override("ban", *pair, reason="in dispute"))
    said = explain(workspace, *pair, "coast", TODAY)
    assert said.why_not.detail == "A. Officer banned the pair in this edition: “in dispute”."
    assert "Banned by A. Officer: “in dispute”." in said.account.flags
    told = explain(workspace, *pair, "coast", TODAY, Audience.STARTUP, NOW)
    assert told.why_not.detail == "The programme's staff decided that the two do not meet in this edition."
    assert told.account.flags == ()


def test_a_result_tells_every_decision_it_keeps_to(workspace):
    pair = somebody_apart(workspace)
    decided(workspace, an_override("pin", *pair))
    result = plan(workspace)
    (one,) = result["overrides"]
    assert (one["kind"], one["reason"], one["person"], one["void"]) == ("pin", "promised", "A. Officer", False)
    (pinned,) = [item for item in result["pairs"] if (item["startup_id"], item["partner_id"]) == pair]
    assert "Pinned by A. Officer: “promised”." in pinned["cautions"]
