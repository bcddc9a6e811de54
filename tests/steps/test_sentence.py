"""The reason in one sentence: up to three clauses for, biggest first, and one against where that takes enough."""

import numpy as np
import pytest

from matcher.domain.profile import Brief, Money, PortfolioCompany
from matcher.gather import gather
from matcher.match import match
from matcher.snapshot import read_snapshot
from matcher.steps.reason import lines
from tests.builders import a_partner, a_startup
from tests.rankers import only
from tests.workspaces import TODAY, a_workspace, put

NURSES = "Remote monitoring for community nurses and their patients."
NOTHING = "Nothing in what the two profiles say points to a fit"


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    def company(partner, at, country, sectors=("health",), summary=None):
        name = f"{partner.title()} {at:02}"
        return PortfolioCompany(
            id=f"{partner}/{at:02}",
            partner_id=partner,
            name=name,
            summary=summary or f"{name} is unlike the others.",
            country=country,
            sectors=sectors,
            year=2024,
        )

    workspace = put(
        a_workspace(tmp_path_factory.mktemp("sentences")),
        startups=[
            a_startup(
                "s1",
                summary=NURSES,
                sectors=("health",),
                technologies=("ai",),
                seeks=("investment", "pilot"),
                raising=Money(minor=100_000_000, currency="GBP"),
            )
        ],
        partners=[
            a_partner("pa", thesis=NURSES, sectors=("health",), technologies=("ai",)),
            a_partner("pb", thesis="Solar pumps for the wells of small farms.", sectors=("energy",)),
            a_partner("pc", thesis="Whatever comes our way, in any field."),
            a_partner("pd", kind="corporate", thesis="Tools for our wards."),
        ],
        briefs=[Brief(id="b1", partner_id="pd", title="Home visits", need=NURSES)],
        portfolio=[
            *(
                company("pa", at, "KE" if at < 2 else "NG", summary=NURSES + " In Leeds." if at == 0 else None)
                for at in range(5)
            ),
            *(company("pb", at, "NG", ("energy",)) for at in range(3)),
            *(company("pc", at, "NG", ("energy",)) for at in range(40)),
        ],
    )
    return gather(workspace, read_snapshot(workspace), TODAY)


def reason(inputs, partner, centres=None, **weights):
    """The reason of s1 with a partner, when nothing else counts but these features."""
    places = np.array([[one.id for one in inputs.partners].index(partner)], np.int32)
    matches = match(inputs, only(centres, **weights), np.array([0], np.int32), places)
    (line,) = lines(inputs, matches, [0], [1])
    return line.reason


def test_the_biggest_clause_comes_first_and_the_fourth_is_left_out(inputs):
    said = reason(inputs, "pa", sector=1.0, technology=3.0, gives=8.0, past_country=0.9)
    assert said == (
        "It seeks investment, which an investor can give; both name artificial intelligence as a technology; "
        "both name health and care (their one sector)."
    )


def test_what_is_counted_of_the_past_shares_one_clause(inputs):
    said = reason(inputs, "pa", past_sector=1.0, past_country=1.0)
    assert said == "Of the 5 companies they backed, all are in health and care and 2 are from Kenya."


def test_what_takes_enough_points_is_told_behind_a_but(inputs):
    said = reason(inputs, "pb", gives=4.0, past_country=10.0, past_active=0.1)
    assert said == (
        "It seeks investment, which an investor can give; but none of the 3 companies they backed is from Kenya."
    )


def test_what_takes_little_is_left_to_the_account(inputs):
    assert reason(inputs, "pb", gives=4.0, past_country=0.1) == "It seeks investment, which an investor can give."


def test_the_number_of_companies_is_told_once(inputs):
    said = reason(inputs, "pa", {"past_active": 10.0}, past_sector=10.0, past_active=1.0)
    assert said == ("Of the 5 companies they backed, all are in health and care; but they backed no more than those 5.")


def test_of_two_things_against_the_one_that_takes_more_is_told_and_a_short_past_only_by_itself(inputs):
    against = {"past_active": 10.0, "past_close": 10.0, "past_country": 1.0}
    said = reason(inputs, "pb", against, gives=4.0, past_active=9.0, past_close=1.0, past_country=1.0)
    assert said.endswith("; but even Pb 00, the nearest of the 3 companies they backed, is not close to it in meaning.")
    said = reason(inputs, "pb", against, gives=4.0, past_active=9.0, past_close=0.01, past_country=0.01)
    assert said.endswith("; but they backed only 3 companies before.")


def test_how_many_companies_there_were_is_a_reason_where_it_is_the_biggest_or_there_is_little_other(inputs):
    gives, name = "it seeks investment, which an investor can give", "both name health and care (their one sector)"
    assert reason(inputs, "pc", past_active=1.0, gives=1.0) == f"They backed 40 companies before; {gives}."
    many = {"past_active": -3.0}
    said = reason(inputs, "pa", many, past_active=0.1, gives=1.0)
    assert said == f"{gives[0].upper()}{gives[1:]}; they backed 5 companies before."
    assert (
        reason(inputs, "pa", many, past_active=0.1, gives=2.1, sector=1.0) == f"{gives[0].upper()}{gives[1:]}; {name}."
    )
    assert reason(inputs, "pc", past_active=1.0) == "They backed 40 companies before; nothing more points to a fit."


def test_a_pair_with_nothing_for_it_is_told_so_with_what_speaks_against_it(inputs):
    assert reason(inputs, "pb", past_country=1.0) == f"{NOTHING}; none of the 3 companies they backed is from Kenya."
    assert reason(inputs, "pb", technology=1.0) == f"{NOTHING}."


def test_what_adds_points_only_because_the_centre_is_low_is_not_praised(inputs):
    assert reason(inputs, "pc", {"past_country": -5.0}, past_country=1.0) == f"{NOTHING}."


def test_how_many_companies_there_were_is_told_with_what_they_are_where_both_speak_for_the_pair(inputs):
    said = reason(inputs, "pa", {"past_active": -3.0}, past_active=1.0, past_sector=0.5, past_country=0.6)
    assert said == "They backed 5 companies before, of which 2 are from Kenya and all are in health and care."


def test_where_there_is_one_clause_a_lesser_one_may_stand_beside_it(inputs):
    both, gives = "both name health and care (their one sector)", "It seeks investment, which an investor can give"
    assert reason(inputs, "pa", gives=2.0, sector=0.03) == f"{gives}; {both}."
    assert reason(inputs, "pa", gives=2.0, sector=0.01) == f"{gives}."
    assert reason(inputs, "pa", gives=2.0, sector=0.03, technology=0.5) == (
        f"{gives}; both name artificial intelligence as a technology."
    )


def test_beside_one_clause_what_speaks_against_the_pair_is_told_sooner_and_always_where_it_is_the_bigger(inputs):
    far = "but even Pb 00, the nearest of the 3 companies they backed, is not close to it in meaning"
    seeks, fits = "It seeks investment, which an investor can give", {"past_close": 0.2}
    assert reason(inputs, "pb", {"past_close": 1.0}, gives=2.0, **fits) == f"{seeks}; {far}."
    assert reason(inputs, "pb", {"past_close": 1.0}, gives=0.3, **fits) == f"{seeks}; {far}."
    assert reason(inputs, "pb", {"past_close": 1.0}, gives=2.0, past_close=0.01) == f"{seeks}."


def test_a_short_past_is_told_only_where_nothing_else_takes_nearly_as_much(inputs):
    against = {"past_active": 3.0, "past_close": 3.0}
    said = reason(inputs, "pb", against, gives=1.0, past_active=0.2, past_close=0.15)
    assert said.endswith("; but even Pb 00, the nearest of the 3 companies they backed, is not close to it in meaning.")
    said = reason(inputs, "pb", against, gives=1.0, past_active=0.2, past_close=0.05)
    assert said.endswith("; but they backed only 3 companies before.")


def test_a_thesis_that_says_the_same_and_its_words_share_one_clause(inputs):
    said = reason(inputs, "pa", thesis=1.0, thesis_words=1.0)
    assert said.startswith("Both speak of “")
    assert ";" not in said


def test_no_word_is_quoted_twice(inputs):
    said = reason(inputs, "pd", thesis=1.0, brief=1.0, thesis_words=3.0)
    assert said.startswith("It and their brief “Home visits” both speak of “")
    words = [piece.split("”")[0] for piece in said.split("“")[1:]]
    assert len(words) == len(set(words))


def test_a_close_company_is_named_with_the_words_in_common(inputs):
    said = reason(inputs, "pa", past_close=1.0)
    assert said.startswith("It is close to Pa 00, which they backed (“")


@pytest.mark.parametrize(
    "feature", ["thesis", "thesis_words", "brief", "sector", "gives", "earlier_words", "past_close"]
)
@pytest.mark.parametrize("partner", ["pa", "pb", "pc", "pd"])
def test_what_takes_points_never_speaks_for_a_pair(inputs, feature, partner):
    said = reason(inputs, partner, {feature: 10.0}, **{feature: 1.0})
    assert said.startswith(NOTHING)
    assert not any(praise in said for praise in ("may answer", "both ", "is close", "can give,", "touches on"))
