"""What texts of earlier companies say: how near they are, in which words, for a pair, against it or neither."""

import numpy as np
import pytest

from matcher.domain.profile import PortfolioCompany
from matcher.gather import gather
from matcher.match import match
from matcher.snapshot import read_snapshot
from matcher.steps.clauses import Clauses
from tests.builders import a_partner, a_startup
from tests.rankers import only
from tests.workspaces import TODAY, a_workspace, put

WARDS = "Rota software for nurses on wards."
FOR, AGAINST = -10.0, 10.0
PASTS = {
    "one": {"Wardly": f"{WARDS} Simply."},
    "two": {"Nightshift": f"{WARDS} At night.", "Wells": "Pumps for wells, booked by phone."},
    "far": {"Wells": "Pumps for wells."},
    "odd": {"Bakers": "Bread on a phone."},
    "none": {},
}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    workspace = put(
        a_workspace(tmp_path_factory.mktemp("near")),
        startups=[a_startup("s1", summary=f"{WARDS} Open a phone, see who comes.")],
        partners=[a_partner(partner) for partner in PASTS],
        portfolio=[
            PortfolioCompany(id=f"{partner}/{name}", partner_id=partner, name=name, summary=summary)
            for partner, companies in PASTS.items()
            for name, summary in companies.items()
        ],
    )
    return gather(workspace, read_snapshot(workspace), TODAY)


def told(inputs, feature, partner, centre, weight=1.0, again=False):
    places = np.array([[one.id for one in inputs.partners].index(partner)], np.int32)
    clauses = Clauses(
        inputs, match(inputs, only({feature: centre}, **{feature: weight}), np.array([0], np.int32), places)
    )
    return clauses.clause(feature, clauses.pair(0), again)


@pytest.mark.parametrize(
    ("partner", "centre", "clause"),
    [
        ("one", FOR, "it is close to Wardly, which they backed (“nurses”, “Rota” and “wards”)"),
        ("one", AGAINST, "Wardly, the one company they backed, is not as close to it in meaning as the average "
         "partner's past"),
        ("two", AGAINST, "the 2 companies they backed are not as close to it in meaning as the average partner's, "
         "Nightshift the nearest"),
        ("far", FOR, "it has something in common with Wells, which they backed"),
        ("far", AGAINST, "Wells, the one company they backed, is not close to it in meaning"),
    ],
)  # fmt: skip
def test_how_close_the_earlier_companies_are_in_meaning(inputs, partner, centre, clause):
    assert told(inputs, "past_close", partner, centre) == clause


@pytest.mark.parametrize(
    ("partner", "centre", "clause"),
    [
        ("two", FOR, "it shares “nurses”, “Rota” and “wards” with Nightshift, which they backed"),
        ("odd", FOR, "it shares the passing word “phone” with Bakers, which they backed"),
        ("odd", AGAINST, "it shares only the passing word “phone” with Bakers, the one company they backed"),
        ("far", AGAINST, "it shares no telling word with the one company they backed"),
        ("two", AGAINST, "it shares little with the 2 companies they backed, at most “nurses”, “Rota” and “wards” "
         "with Nightshift"),
    ],
)  # fmt: skip
def test_which_words_they_share(inputs, partner, centre, clause):
    assert told(inputs, "earlier_words", partner, centre) == clause


@pytest.mark.parametrize("centre", [FOR, AGAINST])
def test_what_counts_next_to_nothing_is_told_without_praise_or_blame(inputs, centre):
    assert told(inputs, "past_close", "two", centre, 1e-4) == (
        "the 2 companies they backed are as near to it in meaning as is usual, Nightshift the nearest: neither for nor "
        "against"
    )
    assert told(inputs, "past_close", "far", centre, 1e-4) == (
        "Wells, the one company they backed, is as near to it in meaning as is usual: neither for nor against"
    )
    assert told(inputs, "earlier_words", "odd", centre, 1e-4) == (
        "it shares the passing word “phone” with Bakers, which they backed: neither for nor against"
    )


def test_how_many_there_were_is_not_told_again(inputs):
    assert told(inputs, "past_close", "far", AGAINST, again=True) == "Wells is not close to it in meaning"
    assert told(inputs, "past_close", "two", AGAINST, again=True).startswith("the 2 are not as close")
