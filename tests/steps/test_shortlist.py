"""A shortlist by example: who meets whom, who stands by, who falls short and why."""

from __future__ import annotations

import math
from typing import Any, ClassVar

import pytest

from matcher.domain.shortlist import Bounds, Shortlist, Terms
from matcher.errors import BadInput, Infeasible
from matcher.steps.shortlist import shortlist
from tests.builders import a_partner, a_startup, scored_pairs


def make(
    scores: dict[tuple[str, str], float], partners: dict[str, dict[str, Any]] | None = None, **terms: Any
) -> Shortlist:
    """A shortlist of these pairs. partners: what some partners say of themselves."""
    pairs, points, startups, known = scored_pairs(scores)
    said = [a_partner(p.id, **(partners or {}).get(p.id, {})) for p in known]
    return shortlist(pairs, points, startups, said, Terms(**terms))


def met(made: Shortlist) -> list[str]:
    return [f"{pair.startup_id} {pair.partner_id}" for pair in made.meetings]


def because(made: Shortlist) -> list[str]:
    return [lack.because for lack in made.certificate.short]


CONTESTED = {("s1", "p1"): 5.0, ("s1", "p2"): 4.0, ("s2", "p1"): 4.5, ("s2", "p2"): 1.0}


class TestMeetings:
    def test_the_sum_over_all_counts_not_each_startups_first_choice(self):
        assert met(make(CONTESTED, capacity=1, meetings=Bounds(max=1))) == ["s1 p2", "s2 p1"]

    def test_the_strongest_startup_comes_first_and_its_best_meeting_ranks_first(self):
        made = make({("s1", "p1"): 1.0, ("s2", "p2"): 2.0, ("s2", "p1"): 3.0})
        assert [(p.startup_id, p.partner_id, p.rank, p.score) for p in made.meetings] == [
            ("s2", "p1", 1, 3.0),
            ("s2", "p2", 2, 2.0),
            ("s1", "p1", 1, 1.0),
        ]

    def test_a_minimum_comes_before_any_sum(self):
        scores = {("s1", "p1"): 9.0, ("s2", "p1"): 1.0, ("s1", "p2"): 2.0}
        assert met(make(scores, capacity=1, meetings=Bounds(min=1, max=1))) == ["s1 p2", "s2 p1"]

    def test_a_kinds_minimum_comes_before_a_better_partner_of_another_kind(self):
        scores = {("s1", "p1"): 9.0, ("s1", "p2"): 1.0}
        made = make(scores, {"p2": {"kind": "corporate"}}, meetings=Bounds(max=1), kinds={"corporate": Bounds(min=1)})
        assert met(made) == ["s1 p2"]

    def test_a_partners_own_capacity_goes_before_the_programmes(self):
        made = make({("s1", "p1"): 1.0, ("s2", "p1"): 2.0}, {"p1": {"capacity": 2}}, capacity=1)
        assert met(made) == ["s2 p1", "s1 p1"]

    def test_a_pair_below_the_least_score_is_not_offered(self):
        assert met(make({("s1", "p1"): 0.4, ("s1", "p2"): 0.5}, least_score=0.5)) == ["s1 p2"]

    def test_a_meeting_at_the_least_score_is_a_meeting(self):
        assert met(make({("s1", "p1"): 1.0, ("s1", "p2"): 1.0})) == ["s1 p1", "s1 p2"]

    def test_a_pair_not_assessed_is_not_offered(self):
        assert met(make({("s1", "p1"): math.nan, ("s1", "p2"): 1.0})) == ["s1 p2"]

    def test_a_banned_pair_does_not_meet(self):
        assert met(make({("s1", "p1"): 2.0, ("s1", "p2"): 1.0}, bans=frozenset({("s1", "p1")}))) == ["s1 p2"]


class TestPins:
    def test_a_pin_keeps_a_pair_together_at_its_price(self):
        made = make(CONTESTED, capacity=1, meetings=Bounds(max=1), pins=frozenset({("s2", "p2")}))
        assert met(made) == ["s1 p1", "s2 p2"]
        assert made.certificate.objective == 4.0

    def test_a_pin_below_the_least_score_counts_what_it_costs(self):
        made = make({("s1", "p1"): 1.0}, least_score=1.5, pins=frozenset({("s1", "p1")}))
        assert (met(made), made.certificate.objective, made.certificate.gap) == (["s1 p1"], -0.5, 0.0)

    def test_a_pin_that_was_not_assessed_is_worth_nothing_and_ranks_last(self):
        made = make({("s1", "p1"): math.nan, ("s1", "p2"): 1.0}, least_score=0.0, pins=frozenset({("s1", "p1")}))
        assert [(pair.partner_id, pair.score) for pair in made.meetings] == [("p2", 1.0), ("p1", None)]
        assert made.certificate.objective == 1.0

    def test_a_pin_does_not_carry_a_startup_past_a_stronger_one(self):
        made = make({("s1", "p1"): 1.0, ("s2", "p1"): 2.0}, places=1, pins=frozenset({("s1", "p1")}))
        assert met(made) == ["s2 p1"]
        assert [left.because for left in made.unplaced] == [
            "the only place went to a stronger startup; without a place its pins are void (p1)"
        ]


class TestAlternates:
    def test_the_best_pairs_that_do_not_meet_stand_by(self):
        scores = {("s1", f"p{j}"): float(j) for j in range(6)}
        made = make(scores, meetings=Bounds(max=2), alternates=2)
        assert [(p.partner_id, p.status, p.rank) for p in made.alternates] == [
            ("p3", "alternate", 1),
            ("p2", "alternate", 2),
        ]

    def test_equal_alternates_stand_by_in_order_of_id(self):
        scores = {("s1", "p0"): 9.0, ("s1", "p3"): 1.0, ("s1", "p2"): 1.0, ("s1", "p1"): 1.0}
        made = make(scores, meetings=Bounds(max=1), alternates=2)
        assert [pair.partner_id for pair in made.alternates] == ["p1", "p2"]


class TestShortfalls:
    def test_too_few_are_admitted(self):
        made = make({("s1", "p1"): 1.0, ("s1", "p2"): 1.0}, kinds={"investor": Bounds(min=3)})
        assert because(made) == ["only 2 investors are admitted for it"]

    def test_none_of_the_kind_is_admitted(self):
        made = make({("s1", "p1"): 1.0}, kinds={"public_body": Bounds(min=1)})
        assert because(made) == ["no public bodies are admitted for it"]

    def test_bans_scores_and_missing_texts_leave_too_few(self):
        scores = {("s1", "p1"): 1.0, ("s1", "p2"): 2.0, ("s1", "p3"): math.nan, ("s1", "p4"): 0.0}
        made = make(scores, meetings=Bounds(min=2), least_score=0.5, bans=frozenset({("s1", "p1")}))
        assert because(made) == [
            "of the 4 partners admitted for it 1 is banned, 1 is not assessed, 1 is below the least score, "
            "which leaves 1"
        ]

    def test_the_partners_it_could_meet_are_full(self):
        scores = {(s, p): 1.0 for s in ("s1", "s2", "s3") for p in ("p1", "p2")}
        made = make(
            scores, {"p2": {"kind": "corporate", "name": "Acme"}}, capacity=2, kinds={"corporate": Bounds(min=1)}
        )
        assert because(made) == ["1 corporate it could meet is full: Acme (capacity 2)"]

    def test_its_own_most_meetings_are_used(self):
        scores = {("s1", "p1"): 3.0, ("s1", "p2"): 2.0, ("s1", "p3"): 1.0}
        partners = {"p1": {"kind": "corporate"}, "p2": {"kind": "corporate"}}
        made = make(
            scores, partners, meetings=Bounds(max=2), kinds={"investor": Bounds(min=1), "corporate": Bounds(min=2)}
        )
        assert because(made) == ["its most meetings (2) are used: 2 corporates"]

    def test_it_may_meet_no_more_of_the_kind_there_is(self):
        scores = {("s1", "p1"): 3.0, ("s1", "p2"): 2.0}
        made = make(scores, meetings=Bounds(min=2), kinds={"investor": Bounds(max=1)})
        assert because(made) == ["it may meet no more than 1 investor"]

    def test_a_shortfall_says_who_wanted_what_and_got_how_many(self):
        made = make({("s1", "p1"): 1.0}, meetings=Bounds(min=2), kinds={"corporate": Bounds(min=3)})
        assert [(s.id, s.kind, s.wanted, s.got) for s in made.certificate.short] == [
            ("s1", None, 2, 1),
            ("s1", "corporate", 3, 0),
        ]
        assert made.certificate.shortfall == 4


class TestNothingToShare:
    """The edges: an answer, never a crash."""

    def test_no_startups_at_all(self):
        made = make({}, meetings=Bounds(min=2, max=4), kinds={"investor": Bounds(min=1)}, places=3)
        assert (made.placed, made.meetings, made.certificate.gap) == ((), (), 0.0)

    def test_a_startup_without_pairs_finds_no_place(self):
        pairs, points, _, _ = scored_pairs({})
        pairs = type(pairs)(startup_ids=("s1",), partner_ids=("p1",), startup=pairs.startup, partner=pairs.partner)
        made = shortlist(pairs, points, [a_startup("s1")], [a_partner("p1")], Terms(meetings=Bounds(min=1)))
        assert [(left.id, left.rule, left.because) for left in made.unplaced] == [
            ("s1", "no_partner", "no admitted partner")
        ]

    def test_partners_without_capacity(self):
        made = make({("s1", "p1"): 1.0}, capacity=0, meetings=Bounds(min=1))
        assert because(made) == ["1 partner it could meet is full: Partner p1 (capacity 0)"]

    def test_one_partner_for_all(self):
        made = make({(f"s{i}", "p1"): float(i) for i in range(5)}, capacity=2, meetings=Bounds(min=1))
        assert met(made) == ["s4 p1", "s3 p1"]
        assert made.certificate.shortfall == 3

    def test_no_meetings_allowed(self):
        made = make({("s1", "p1"): 1.0}, meetings=Bounds(max=0))
        assert (made.placed, made.meetings, [p.partner_id for p in made.alternates]) == (("s1",), (), ["p1"])


class TestRefusals:
    @pytest.mark.parametrize(
        ("terms", "message"),
        [
            ({"pins": {("s1", "p1")}, "bans": {("s1", "p1")}}, "'s1' and 'p1' is both pinned and banned"),
            ({"pins": {("s1", "p9")}}, "'s1' and 'p9' is pinned but not admitted"),
            (
                {"pins": {("s1", "p1"), ("s2", "p1")}, "capacity": 1},
                "Partner p1 has 2 pinned meetings, but may have at most 1",
            ),
            (
                {"pins": {("s1", "p1"), ("s1", "p2")}, "meetings": Bounds(max=1)},
                "Startup s1 has 2 pinned meetings, but may have at most 1",
            ),
            (
                {"pins": {("s1", "p1"), ("s1", "p2")}, "kinds": {"investor": Bounds(max=1)}},
                "Startup s1 has 2 pinned meetings of the kind 'investor', but may have at most 1",
            ),
            ({"meetings": Bounds(min=5, max=4)}, "at least 5 meetings a startup and allows at most 4"),
            ({"kinds": {"investor": Bounds(min=2, max=1)}}, "at least 2 investors a startup and allows at most 1"),
            (
                {"kinds": {"corporate": Bounds(min=1)}, "strict": True},
                "'s1' can get 0 of 1 meetings of the kind 'corporate' \\(no corporates are admitted for it\\), "
                "and 1 more minimums are missed",
            ),
        ],
    )
    def test_terms_that_contradict_each_other_are_refused_with_their_numbers(self, terms, message):
        with pytest.raises(Infeasible, match=message):
            make(CONTESTED, **{key: frozenset(v) if isinstance(v, set) else v for key, v in terms.items()})

    def test_strict_minimums_that_are_met_are_no_trouble(self):
        assert make(CONTESTED, meetings=Bounds(min=2), strict=True).certificate.shortfall == 0

    def test_pins_of_a_startup_without_a_place_crowd_nobody(self):
        pins = frozenset({("s1", "p1"), ("s2", "p1")})
        assert met(make({("s1", "p1"): 1.0, ("s2", "p1"): 2.0}, places=1, capacity=1, pins=pins)) == ["s2 p1"]

    @pytest.mark.parametrize("score", [math.inf, -math.inf, 1e8])
    def test_a_score_beyond_all_measure_is_refused(self, score):
        with pytest.raises(BadInput, match="too great to be added up exactly"):
            make({("s1", "p1"): score})

    def test_scores_too_far_apart_for_64_bits_are_refused(self):
        scores = {(f"s{i:03}", f"p{j:02}"): 1e7 * (-1) ** (i + j) for i in range(150) for j in range(10)}
        with pytest.raises(BadInput, match="150 startups, 10 partners"):
            make(scores, meetings=Bounds(min=1))

    def test_scores_as_far_apart_as_64_bits_allow_are_exact(self):
        scores = {(f"s{i:03}", f"p{j:02}"): 9e6 * (-1) ** (i + j) - i * j / 1e6 for i in range(90) for j in range(10)}
        assert make(scores, capacity=20, meetings=Bounds(min=3, max=4)).certificate.gap == 0.0


class TestGuarantee:
    SCORES: ClassVar = {("s1", "p1"): 3.0, ("s1", "p2"): 0.0, ("s2", "p1"): 1.0}

    def test_the_best_total_may_leave_somebody_without_a_meeting(self):
        made = make(self.SCORES, capacity=1, meetings=Bounds(max=1))
        assert (met(made), made.certificate.objective) == (["s1 p1"], 3.0)

    def test_with_the_guarantee_nobody_is_while_one_is_possible_and_the_rest_is_the_best(self):
        made = make(self.SCORES, capacity=1, meetings=Bounds(max=1), guarantee=True)
        assert (met(made), made.certificate.objective) == (["s1 p2", "s2 p1"], 1.0)
        assert (made.certificate.gap, made.certificate.short) == (0.0, ())

    def test_a_first_meeting_goes_before_any_number_of_second_ones(self):
        scores = {("s1", f"p{j}"): 5.0 for j in range(1, 5)} | {("s2", "p1"): 0.1}
        made = make(scores, capacity=1, meetings=Bounds(min=4, max=4), guarantee=True)
        assert met(made) == ["s1 p2", "s1 p3", "s1 p4", "s2 p1"]

    def test_whom_nobody_can_meet_is_told_why(self):
        made = make({("s1", "p1"): 1.0, ("s2", "p1"): 1.0}, capacity=1, guarantee=True)
        (short,) = made.certificate.short
        assert (short.wanted, short.got) == (1, 0)
        assert "Partner p1 (capacity 1)" in short.because
