"""Why not: the rule, the place, the room or the fit that a pair failed on, with the price found by solving again."""

import numpy as np
import pytest

from matcher.domain.programme import EntryRules, Programme
from matcher.domain.shortlist import Bounds
from matcher.plan import solve
from matcher.services import explaining
from matcher.services.explaining import explain
from matcher.steps.points import score_words
from matcher.why_not import why_not
from tests.builders import a_partner, a_startup
from tests.test_what_if import LONG, THESIS, gathered
from tests.workspaces import TODAY, a_workspace, put

TEXTS = (
    "A band that reads the blood pressure of heart patients at home.",
    "Our trucks keep vaccines cold on bad roads.",
    "An app that rosters carers who visit elderly people.",
    "Cheap sensors that tell farmers when to water.",
)


@pytest.fixture
def room(tmp_path):
    """Four startups, and a partner that takes two of them."""
    startups = [a_startup(f"s{at}", summary=text, hub="kenya") for at, text in enumerate(TEXTS, start=1)]
    partners = [a_partner("p1", thesis=THESIS, capacity=2), a_partner("p2", thesis="Lorries, roads and cold chains.")]
    return put(a_workspace(tmp_path), startups=startups, partners=partners)


def edition(**said):
    return Programme(**{"id": "e", "name": "E", "edition": 1, "least_score": -9.0, **said})


def explained(workspace, programme=None):
    """The plan, and why not for every pair."""
    inputs = gathered(workspace, programme)
    plan = solve(inputs, workspace.ranker, 1_000) if programme else None
    said = {}
    for startup, one in enumerate(inputs.startups):
        for partner, other in enumerate(inputs.partners):
            account = explaining._account(workspace, inputs, workspace.ranker, startup, partner)
            said[one.id, other.id] = why_not(account, workspace.ranker, plan)
    return plan, said


def test_who_meets_is_asked_no_why_not_and_everybody_else_is_told_one(room):
    plan, said = explained(room, edition())
    assert {pair for pair, why in said.items() if why is None} == plan.meetings
    assert {why.cause for why in said.values() if why} == {"capacity"}


def test_a_full_partner_is_told_with_those_who_took_the_places_and_what_the_plan_would_lose(room):
    plan, said = explained(room, edition())
    lost = [pair for pair, why in said.items() if why]
    assert len(lost) == 2
    for startup, partner in lost:
        why = said[startup, partner]
        assert why.detail.startswith("Partner p1's 2 meetings go to Startup s")
        pinned = plan.with_pin(startup, partner).certificate.objective
        assert why.price == pytest.approx(plan.shortlist.certificate.objective - pinned, abs=1e-9)
        assert f"the plan would lose {why.price:.2f} points: " in why.detail
        assert "would lose the meeting with Partner p1" in why.detail


def test_the_price_is_what_the_best_plan_without_and_with_the_pair_differ_by(room):
    """By thought: p1 takes two, so that the weaker of them gives way."""
    plan, said = explained(room, edition())
    score = {
        (plan.pairs.startup_ids[s], plan.pairs.partner_ids[p]): value
        for s, p, value in zip(plan.pairs.startup, plan.pairs.partner, plan.scores, strict=True)
    }
    weakest = min(value for pair, value in score.items() if pair in plan.meetings and pair[1] == "p1")
    for pair, why in said.items():
        if why:
            assert why.price == pytest.approx(weakest - score[pair], abs=2e-6)


def test_a_startup_without_a_place_is_told_who_got_the_last_and_by_how_much(room):
    plan, said = explained(room, edition(places=2))
    last, out = plan.shortlist.placed[-1], plan.shortlist.unplaced[0].id
    strength = {
        id_: np.mean(np.sort(plan.scores[plan.pairs.startup == at])[-3:])
        for at, id_ in enumerate(plan.pairs.startup_ids)
    }
    detail = said[out, "p1"].detail
    assert said[out, "p1"].cause == "capacity"
    assert f"Startup {out} found no place in the edition: all 2 places went to stronger startups." in detail
    assert f"Startup {last}, is stronger by {strength[last] - strength[out]:.2f} points" in detail


def test_a_hub_whose_places_are_taken_is_named(room):
    plan, said = explained(room, edition(quotas={"kenya": 1}))
    out = plan.shortlist.unplaced[0].id
    assert "hub kenya's only place is taken" in said[out, "p1"].detail
    assert f"The last of them, Startup {plan.shortlist.placed[-1]}," in said[out, "p1"].detail


def test_a_startup_that_has_all_its_meetings_is_told_so(room):
    _, said = explained(room, edition(meetings=Bounds(max=1)))
    for pair, why in said.items():
        if why:
            assert why.cause == "capacity"
            assert f"Startup {pair[0]}'s only meeting is taken, the last of them with" in why.detail


def test_the_most_of_a_kind_is_told_as_such(room):
    _, said = explained(room, edition(kinds={"investor": Bounds(max=1)}))
    assert any("only meeting with investors is taken" in why.detail for why in said.values() if why)


def test_a_pair_below_the_floor_is_told_what_takes_most(room):
    _, said = explained(room, edition(least_score=9.0))
    assert {why.cause for why in said.values()} == {"fit"}
    assert all("below 9.00, the least that is offered a meeting" in why.detail for why in said.values())


def test_rules_are_told_the_first_in_full_and_the_others_by_name(tmp_path):
    startup = a_startup("s1", summary=LONG, uk_entity="no", stage="seed")
    partner = a_partner("p1", thesis=THESIS, requires_uk_entity=True, stages=("growth",))
    workspace = put(a_workspace(tmp_path), startups=[startup], partners=[partner])
    _, said = explained(workspace)
    assert said["s1", "p1"].cause == "rule"
    assert said["s1", "p1"].detail == ("They take growth; it is at seed. Refused by 1 more rule: the UK entity.")
    _, said = explained(workspace, edition(rules=EntryRules(market_ready=True), countries=("NG",)))
    assert said["s1", "p1"].detail.startswith(
        "The edition is for Nigeria; it comes from Kenya. Refused by 2 more rules"
    )


def test_a_weak_fit_is_told_by_its_contributions_and_a_profile_that_is_silent_by_what_is_missing(tmp_path):
    startups = [a_startup("s1", summary=LONG, seeks=("advice",)), a_startup("s2", summary=None)]
    workspace = put(
        a_workspace(tmp_path), startups=startups, partners=[a_partner("p1", thesis="Ports and tugs at sea.")]
    )
    found = explain(workspace, "s1", "p1", None, TODAY)
    assert found.account.band == "weak"
    assert found.why_not.cause == "fit"
    assert f"{score_words(found.account.score)} points" in found.why_not.detail
    silent = explain(workspace, "s2", "p1", None, TODAY)
    assert silent.why_not.cause == "unknown"
    assert "says too little" in silent.why_not.detail


def test_strict_minimums_that_cannot_be_met_leave_no_shortlist_and_that_is_said(room):
    _, said = explained(room, edition(strict=True, meetings=Bounds(min=5)))
    assert {why.cause for why in said.values()} == {"capacity"}
    assert all(why.detail.startswith("There is no shortlist as things are") for why in said.values())
