"""What if: every stated effect is what a new import of the changed cell gives, to the bit."""

import numpy as np
import pytest

from matcher.domain.change import Change
from matcher.domain.profile import HistoryRecord, Money
from matcher.domain.programme import EntryRules, Programme
from matcher.domain.shortlist import Bounds
from matcher.gather import gather
from matcher.match import match
from matcher.plan import solve, solve_again
from matcher.snapshot import read_snapshot
from matcher.steps.changed import changed
from matcher.steps.partner_changes import more_capacity, partner_changes
from matcher.steps.startup_changes import startup_changes
from matcher.what_if import standing, what_ifs
from tests.builders import a_partner, a_startup
from tests.workspaces import TODAY, a_workspace, put

AT_ONCE = 1_000
LONG = "We monitor patients at home, and nurses see a dashboard with alarms."
THESIS = "We back devices and software that spare nurses a visit to patients."


def pounds(amount):
    return Money(minor=amount * 100, currency="GBP")


def dollars(amount):
    return Money(minor=amount * 100, currency="USD")


def gathered(workspace, programme=None):
    return gather(workspace, read_snapshot(workspace), TODAY, programme)


def told(workspace, startup="s1", partner="p1", programme=None):
    """The what-ifs of a pair: [(cells, effect)]."""
    inputs = gathered(workspace, programme)
    places = [one.id for one in inputs.startups].index(startup), [one.id for one in inputs.partners].index(partner)
    plan = None if programme is None else solve(inputs, workspace.ranker, AT_ONCE)
    return what_ifs(inputs, workspace.ranker, *places, plan, AT_ONCE)


def cells(found):
    return [[(change.side, change.field, change.before, change.after) for change in one.changes] for one in found]


def one_pair(folder, startup=None, partner=None):
    said = {"summary": LONG, "stage": "seed", "sectors": ("health",), "seeks": ("investment",)} | (startup or {})
    theirs = {"thesis": THESIS, "sectors": ("health",)} | (partner or {})
    return put(a_workspace(folder), startups=[a_startup("s1", **said)], partners=[a_partner("p1", **theirs)])


def test_a_uk_entity_opens_a_partner_that_asks_for_one(tmp_path):
    found = told(one_pair(tmp_path, {"uk_entity": "no"}, {"requires_uk_entity": True}))
    assert cells(found)[:2] == [
        [("partner", "requires_uk_entity", "yes", "no")],
        [("startup", "uk_entity", "no", "yes")],
    ]
    assert found[1].effect.startswith("becomes eligible (")
    assert found[1].then.eligible


def test_a_raise_below_the_ticket_is_lifted_to_the_next_round_amount_in_its_own_currency(tmp_path):
    workspace = one_pair(tmp_path, {"raising": dollars(100_000)}, {"ticket_min": pounds(250_000)})
    (raised,) = [one for one in told(workspace) if one.changes[0].field == "raising_amount"]
    inputs = gathered(workspace)
    worth = inputs.rates.gbp(dict(raised.changes[0].sets)["raising"])
    assert raised.changes[0].before == "USD 100000"
    assert raised.then.eligible
    assert 250_000 <= worth < 250_000 * 1.1


def test_a_stage_only_ever_goes_up_and_no_further_than_needed(tmp_path):
    workspace = one_pair(tmp_path, {"stage": "seed"}, {"stages": ("idea", "series-a", "growth")})
    stages = [one.changes[0] for one in told(workspace) if one.changes[0].field == "stage"]
    assert [change.after for change in stages] == ["series-a"]


def test_two_rules_are_answered_by_two_changes_and_only_then(tmp_path):
    startup = {"uk_entity": "no", "stage": "seed"}
    both = told(one_pair(tmp_path / "a", startup, {"requires_uk_entity": True, "stages": ("growth",)}))
    assert both
    assert all(len(one.changes) == 2 and one.then.eligible for one in both)
    single = told(one_pair(tmp_path / "b", startup, {"requires_uk_entity": True}))
    assert all(len(one.changes) == 1 for one in single)


def test_three_rules_are_more_than_two_changes_answer_and_nothing_is_promised(tmp_path):
    startup = {"uk_entity": "no", "stage": "seed", "raising": pounds(10_000)}
    partner = {"requires_uk_entity": True, "stages": ("growth",), "ticket_min": pounds(1_000_000)}
    assert told(one_pair(tmp_path, startup, partner)) == []


def test_an_empty_cell_is_a_condition_and_raises_the_confidence(tmp_path):
    found = told(one_pair(tmp_path, {"stage": None}, {"stages": ("seed",)}))
    (stage,) = [one for one in found if one.changes[0].field == "stage"]
    assert stage.effect.startswith("if its stage is seed: score rises by 0.30 to ")
    assert "confidence rises from" in stage.effect


def test_a_protected_trait_a_name_a_place_or_a_contact_is_never_changed(tmp_path):
    rules = EntryRules(women_led="all", uk_entity=True, market_ready=True)
    edition = Programme(id="e", name="E", edition=1, countries=("NG",), hubs=("nigeria",), rules=rules)
    startup = {"women_led": "no", "hub": "kenya", "uk_entity": "no", "market_ready": False, "country": None}
    found = told(one_pair(tmp_path, startup, {"countries": ("NG",)}), programme=edition)
    inputs = gathered(one_pair(tmp_path / "b", startup, {"countries": ("NG",)}), edition)
    fields = {change.field for change in (*startup_changes(inputs, 0, 0), *partner_changes(inputs, 0, 0))}
    assert {"uk_entity", "market_ready"} <= fields
    assert not fields & {"women_led", "country", "city", "hub", "founded", "name", "contact_name", "contact_email"}
    assert found == []


@pytest.fixture
def crowded(tmp_path):
    """Three startups that one partner could meet, which takes one; s3 is refused for its stage."""
    startups = [
        a_startup("s1", summary=LONG, stage="series-a", sectors=("health",)),
        a_startup(
            "s2",
            summary="A nurse sees every visit to patients on one map.",
            stage="series-a",
            sectors=("health", "fintech"),
        ),
        a_startup("s3", summary="Our trucks keep vaccines cold on bad roads.", stage="seed", uk_entity="no"),
    ]
    partners = [
        a_partner("p1", thesis=THESIS, sectors=("health",), stages=("series-a",), capacity=1),
        a_partner("p2", thesis="We ask for lorries and cold chains.", requires_uk_entity=True, capacity=2),
    ]
    backed = HistoryRecord(id="h", startup_id="s1", partner_id="p2", outcome="invested", date="2024")
    return put(a_workspace(tmp_path), startups=startups, partners=partners, history=[backed])


EDITION = Programme(id="e", name="E", edition=1, stages=("series-a", "seed"), meetings=Bounds(max=2), least_score=-9.0)


def test_one_place_more_gets_the_second_startup_a_meeting_and_says_so(crowded):
    inputs = gathered(crowded, EDITION)
    plan = solve(inputs, crowded.ranker, AT_ONCE)
    (loser,) = {"s1", "s2"} - {startup for startup, partner in plan.meetings if partner == "p1"}
    found = told(crowded, loser, "p1", EDITION)
    (more,) = [one for one in found if cells([one]) == [[("partner", "capacity", 1, 2)]]]
    assert more.effect == "gets a meeting"
    assert more.then.meets


def test_solving_again_gives_what_solving_anew_gives(crowded):
    inputs = gathered(crowded, EDITION)
    plan = solve(inputs, crowded.ranker, AT_ONCE)
    tried = 0
    for startup in range(3):
        for partner in range(2):
            made = [*startup_changes(inputs, startup, partner), *partner_changes(inputs, startup, partner)]
            for change in (*made, *more_capacity(inputs, partner)):
                again = changed(inputs, startup, partner, (change,))
                sooner = solve_again(plan, again, crowded.ranker, AT_ONCE, startup, partner)
                anew = solve(again, crowded.ranker, AT_ONCE)
                assert sooner.shortlist == anew.shortlist
                assert np.array_equal(sooner.scores, anew.scores, equal_nan=True)
                assert (sooner.pairs.startup.tolist(), sooner.pairs.partner.tolist()) == (
                    anew.pairs.startup.tolist(),
                    anew.pairs.partner.tolist(),
                )
                tried += 1
    assert tried > 10


def test_a_stated_effect_is_that_of_the_record_stored_anew_to_the_bit(crowded):
    """Also for s1, which a partner backed before and which so speaks of everybody's past."""
    inputs = gathered(crowded)
    ids = [one.id for one in inputs.startups], [one.id for one in inputs.partners]
    checked = set()
    for startup in range(3):
        for partner in range(2):
            for change in (*startup_changes(inputs, startup, partner), *partner_changes(inputs, startup, partner)):
                guessed = changed(inputs, startup, partner, (change,))
                kept = put(
                    crowded,
                    startups=[guessed.startups[startup]],
                    partners=[guessed.partners[partner]],
                )
                stored = gathered(kept)
                assert standing(guessed, crowded.ranker, startup, partner) == standing(
                    stored, crowded.ranker, startup, partner
                )
                everybody = np.arange(3, dtype=np.int32), np.arange(2, dtype=np.int32)
                scores = [match(one, crowded.ranker, *everybody).ranked.scores for one in (guessed, stored)]
                assert np.array_equal(*scores, equal_nan=True)
                put(crowded, startups=[inputs.startups[startup]], partners=[inputs.partners[partner]])
                checked.add((ids[0][startup], change.field))
    assert ("s1", "seeks") in checked
    assert len(checked) > 5


def test_a_change_of_a_startup_known_from_history_moves_the_past_of_its_partner(crowded):
    inputs = gathered(crowded)
    change = Change(side="startup", field="stage", before="series-a", after="growth", sets=(("stage", "growth"),))
    assert changed(inputs, 0, 0, (change,)).past.stage_code == {"growth": 0}
    assert changed(inputs, 1, 0, (change,)).past is inputs.past
