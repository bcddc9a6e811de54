"""Why not and what if, as a startup and a partner are told them: in bands and weights, others counted and not named."""

import pytest

from matcher.domain.audience import Audience
from matcher.domain.match import Account, Contribution
from matcher.domain.shortlist import Bounds
from matcher.plan import solve
from matcher.services import explaining
from matcher.steps import why_words
from matcher.steps.movers import moved, movers
from matcher.steps.withheld import withheld
from matcher.what_if import what_ifs
from matcher.why_not import why_not
from tests.builders import a_partner, a_startup
from tests.test_what_if import LONG, THESIS, gathered
from tests.test_why_not import TEXTS, edition
from tests.workspaces import a_workspace, put

TOLD = (Audience.STARTUP, Audience.PARTNER)


@pytest.fixture
def room(tmp_path):
    """Four startups, and a partner that takes two of them."""
    startups = [a_startup(f"s{at}", summary=text, hub="kenya") for at, text in enumerate(TEXTS, start=1)]
    partners = [a_partner("p1", thesis=THESIS, capacity=2), a_partner("p2", thesis="Lorries, roads and cold chains.")]
    return put(a_workspace(tmp_path), startups=startups, partners=partners)


def explained(workspace, programme, audience=Audience.STARTUP):
    """The plan, and why not for every pair that is asked one: (startup, partner) → detail."""
    inputs = withheld(gathered(workspace, programme), audience)
    plan = solve(inputs, workspace.ranker, 1_000)
    said = {}
    for startup, one in enumerate(inputs.startups):
        for partner, other in enumerate(inputs.partners):
            account = explaining._account(workspace, inputs, workspace.ranker, startup, partner)
            found = why_not(account, workspace.ranker, plan)
            if found:
                said[one.id, other.id] = found.detail
    return plan, said


def only(said):
    assert said
    return set(said.values())


@pytest.mark.parametrize("audience", TOLD)
def test_who_took_the_places_is_counted_and_the_price_is_a_weight(room, audience):
    _, said = explained(room, edition(), audience)
    for detail in only(said):
        assert detail.startswith("Partner p1's 2 meetings go to other startups.")
        assert "If the pair met all the same, the plan would be worth " in detail
        moves = {
            Audience.STARTUP: "1 other meeting would change",
            Audience.PARTNER: "they would no longer meet Startup s",
        }
        assert f" less: {moves[audience]}" in detail


@pytest.mark.parametrize("audience", TOLD)
def test_a_startup_without_a_place_is_told_by_how_much_and_not_by_whom(room, audience):
    plan, said = explained(room, edition(places=2), audience)
    out = plan.shortlist.unplaced[0].id
    assert said[out, "p1"].startswith(
        f"Startup {out} found no place in the edition: all 2 places went to stronger startups. The last of them is "
    )
    assert said[out, "p1"].endswith(" stronger.")
    assert not any(f"Startup {id_}" in said[out, "p1"] for id_ in plan.shortlist.placed)


def test_a_startup_that_has_all_its_meetings_is_told_no_other_partner(room):
    _, said = explained(room, edition(meetings=Bounds(max=1)))
    assert all(f"Startup {pair[0]}'s only meeting is taken." in detail for pair, detail in said.items())


def test_below_the_floor_is_told_without_the_floor(room):
    _, said = explained(room, edition(least_score=9.0))
    assert all(detail.startswith("Its fit is below the least that is offered a meeting. ") for detail in only(said))


def test_another_startup_that_keeps_the_minimums_from_being_met_is_not_named(room):
    plan, said = explained(room, edition(strict=True, meetings=Bounds(min=5)))
    first = plan.shortlist.certificate.short[0]
    for (startup, _), detail in said.items():
        who = f"Startup {startup}" if startup == first.id else "a startup"
        assert detail.endswith(f"minimums are strict, but {who} can get {first.got} of 5 meetings.")


def test_the_stronger_profile_of_an_organisation_and_an_officers_choice_are_not_named():
    reason = "'s9', a profile of the same organisation, is stronger; without a place its pins are void (p7)"
    assert why_words.no_place("Asha", reason, Audience.STARTUP) == (
        "Asha found no place in the edition: another profile of the same organisation is stronger."
    )
    reason = "hub kenya's only place is taken; without a place its pins are void (p7)"
    assert why_words.no_place("Asha", reason, Audience.STARTUP, "Bondo", 0.0) == (
        "Asha found no place in the edition: hub kenya's only place is taken. The last of them is as strong."
    )


def test_an_organisation_gives_its_place_to_its_stronger_profile_and_the_other_is_told_so(tmp_path):
    startups = [
        a_startup(f"s{at}", name="Asha Cuff", summary=text, website="https://asha.example")
        for at, text in enumerate((LONG, f"{LONG} Carers have it too."), start=1)
    ]
    workspace = put(a_workspace(tmp_path), startups=startups, partners=[a_partner("p1", thesis=THESIS)])
    plan, said = explained(workspace, edition())
    (out,) = (left.id for left in plan.shortlist.unplaced)
    assert said[out, "p1"] == (
        "Asha Cuff found no place in the edition: another profile of the same organisation is stronger."
    )


def an_account(audience, *points):
    parts = [
        Contribution(feature="f", label=f"Label {at}", points=one, fit_for="both") for at, one in enumerate(points)
    ]
    empty = dict.fromkeys(("met", "unmet", "unknown", "cautions"), ())
    known = dict.fromkeys(("base", "rank", "programme_id", "for_startup", "for_partner"))
    ids = {"startup_id": "s1", "partner_id": "p1", "kind": "investor", "eligible": True, "band": "weak"}
    said = {"score": -1.25, "confidence": 0.5, "reason": "", "contributions": tuple(parts), "audience": audience}
    return Account(**empty, **known, **ids, **said)


def test_a_weak_fit_is_told_by_weights():
    for audience in TOLD:
        assert why_words.weak(an_account(audience, 0.1, -0.7, -0.3), 0.0).detail == (
            "The fit is weak. What takes most: Label 1 (large); Label 2 (medium)."
        )
    assert why_words.weak(an_account(Audience.STAFF, -0.7), 0.0).detail == (
        "The fit is weak: -1.25 points, and “possible” begins at 0.00. What takes most: Label 0 (-0.70)."
    )


def test_what_is_neither_for_nor_against_a_pair_is_not_what_takes_most():
    said = why_words.weak(an_account(Audience.STAFF, 0.15, -0.003, 0.001), 0.0).detail
    assert said.endswith("Nothing speaks against it, but little speaks for it: Label 0 (+0.15).")
    nothing = why_words.weak(an_account(Audience.STAFF, -0.003), 0.0).detail
    assert nothing.endswith("Nothing that the two profiles say speaks for it or against it.")


@pytest.mark.parametrize(
    ("price", "short", "expected"),
    [
        (0.1, 0, "the plan would be worth a little less"),
        (-0.3, 0, "the plan would be worth clearly more"),
        (2.0, 1, "the plan would be worth much less and miss 1 more of the wanted meeting"),
        (0.0, 0, "the plan would be worth as much"),
    ],
)
def test_a_price_is_told_by_its_weight(price, short, expected):
    assert why_words.priced(price, short, "", Audience.STARTUP) == f"If the pair met all the same, {expected}."


def test_a_reader_is_told_its_own_gains_and_losses_by_name_and_how_many_others_would_move():
    names = {"s1": "Asha", "s2": "Bondo", "s3": "Cheza", "p1": "Corvane", "p2": "Dunmore", "p3": "Eastvane"}
    before, after = {("s2", "p1"), ("s1", "p2")}, {("s1", "p1"), ("s2", "p2"), ("s1", "p3"), ("s3", "p1")}
    startup = "it would no longer meet Dunmore; it would also meet Eastvane; 3 other meetings would change"
    partner = "they would no longer meet Bondo; they would also meet Cheza; 3 other meetings would change"
    for audience, told in ((Audience.STARTUP, startup), (Audience.PARTNER, partner)):
        assert movers(before, after, ("s1", "p1"), names, audience) == told
        assert moved(before, after, ("s1", "p1"), names, audience) == f"; {told}"
        assert moved(before, before, ("s1", "p1"), names, audience) == ""
    assert "Bondo would lose theirs" in moved(before, after, ("s1", "p1"), names, Audience.STAFF)


def effects(workspace, audience):
    inputs = withheld(gathered(workspace), audience)
    return {one.changes[0].field: one.effect for one in what_ifs(inputs, workspace.ranker, 0, 0, None, 1_000)}


def test_what_a_change_would_do_is_told_in_bands(tmp_path):
    startup = a_startup("s1", summary=LONG, stage=None, uk_entity="no")
    refused = put(
        a_workspace(tmp_path / "a"),
        startups=[startup],
        partners=[a_partner("p1", thesis=THESIS, requires_uk_entity=True)],
    )
    open_ = put(
        a_workspace(tmp_path / "b"), startups=[startup], partners=[a_partner("p1", thesis=THESIS, stages=("seed",))]
    )
    band = explaining._account(open_, gathered(open_), open_.ranker, 0, 0).band
    for audience in TOLD:
        assert effects(refused, audience)["uk_entity"] == f"becomes eligible ({band})"
        assert effects(open_, audience)["stage"].startswith(
            f"if its stage is seed: the fit gets clearly better: still {band}; confi"
        )
