"""What both sides state, told as it speaks: for a pair, against it, or only in part."""

import numpy as np
import pytest

from matcher.domain.profile import Money
from matcher.gather import gather
from matcher.match import match
from matcher.snapshot import read_snapshot
from matcher.steps.clauses import Clauses
from tests.builders import a_partner, a_startup
from tests.rankers import only
from tests.workspaces import TODAY, a_workspace, put

FOR, AGAINST = -10.0, 10.0


def told(folder, feature, startup, partner, centre, weight=1.0):
    """The clause of one feature of a pair of these two, when it is neutral at `centre`."""
    workspace = put(a_workspace(folder), startups=[a_startup("s1", **startup)], partners=[a_partner("p1", **partner)])
    inputs = gather(workspace, read_snapshot(workspace), TODAY)
    place = np.array([0], np.int32)
    clauses = Clauses(inputs, match(inputs, only({feature: centre}, **{feature: weight}), place, place))
    return clauses.clause(feature, clauses.pair(0))


def pounds(amount):
    return Money(minor=amount * 100, currency="GBP")


@pytest.mark.parametrize(
    ("feature", "startup", "partner", "speaks_for", "against"),
    [
        (
            "sector",
            {"sectors": ("health", "fintech")},
            {"sectors": ("health",)},
            "both name health and care (their one sector)",
            "of its sectors they name only health and care",
        ),
        (
            "sector",
            {"sectors": ("medtech",)},
            {"sectors": ("health",)},
            "it is in medical technology, near their health and care",
            "it is in medical technology, only near their health and care",
        ),
        (
            "sector",
            {"sectors": ("health", "diagnostics")},
            {"sectors": ("fintech", "a", "b", "c")},
            None,
            "they name financial technology, a, b and others, not health and care",
        ),
        (
            "sector",
            {"sectors": ("health", "fintech", "other")},
            {"sectors": ("health", "fintech", "space")},
            "both name health and care and financial technology (2 of their 3 sectors)",
            "of its sectors they name only health and care and financial technology",
        ),
        (
            "sector",
            {"sectors": ("other",)},
            {"sectors": ("fintech",)},
            None,
            "they name financial technology, not “other”",
        ),
        (
            "technology",
            {"technologies": ("ai", "iot")},
            {"technologies": ("ai", "iot", "x")},
            "both name artificial intelligence and internet of things as technologies",
            "of its technologies they name only artificial intelligence and internet of things",
        ),
        (
            "technology",
            {"technologies": ("iot",)},
            {"technologies": ("ai",)},
            None,
            "they name artificial intelligence as a technology, not internet of things",
        ),
        (
            "stage",
            {"stage": "series-a"},
            {"stages": ("series-a",)},
            "they take startups at series A, where it is",
            None,
        ),
        (
            "stage",
            {"stage": "series-a"},
            {"stages": ("growth", "series-a", "series-b")},
            "it is at series A, and they take startups from series A to growth",
            None,
        ),
        (
            "stage",
            {"stage": "seed"},
            {"stages": ("idea", "seed")},
            "it is at seed, and they take startups at idea and seed",
            None,
        ),
        ("country", {}, {"countries": ("KE",)}, "they take startups from Kenya, where it is", None),
        (
            "country",
            {},
            {"countries": ("GH", "KE", "NG")},
            "it is from Kenya, one of the 3 countries they take startups from",
            None,
        ),
        (
            "ticket",
            {"raising": pounds(400_000)},
            {"ticket_max": pounds(100_000)},
            "their ticket (up to £100k) covers up to 25 % of its raise of £400k",
            "their ticket (up to £100k) covers no more than 25 % of its raise of £400k",
        ),
        (
            "ticket",
            {"raising": pounds(400_000)},
            {"ticket_min": pounds(100_000)},
            "its raise of £400k is within their ticket (from £100k)",
            None,
        ),
        (
            "ticket",
            {"raising": pounds(240_000)},
            {"ticket_min": pounds(60_000), "ticket_max": pounds(60_000)},
            "their ticket of £60k covers up to 25 % of its raise of £240k",
            None,
        ),
        (
            "gives",
            {"seeks": ("customers", "pilot", "advice")},
            {"kind": "corporate"},
            "it seeks customers and a pilot, which a corporate can give",
            "of what it seeks, a corporate can give only customers and a pilot",
        ),
        (
            "gives",
            {"seeks": ("investment", "accelerator")},
            {"kind": "adviser"},
            None,
            "it seeks investment or an accelerator, which an adviser does not give",
        ),
    ],
)
def test_a_clause_says_what_is_stated_as_its_points_do(tmp_path, feature, startup, partner, speaks_for, against):
    for at, (centre, clause) in enumerate(((FOR, speaks_for), (AGAINST, against))):
        if clause is not None:
            assert told(tmp_path / str(at), feature, startup, partner, centre) == clause


def test_what_counts_next_to_nothing_is_told_without_praise_or_blame(tmp_path):
    raising, ticket = {"raising": pounds(400_000)}, {"ticket_max": pounds(100_000)}
    assert told(tmp_path, "ticket", raising, ticket, centre=FOR, weight=1e-4) == (
        "their ticket (up to £100k) covers up to 25 % of its raise of £400k: neither for nor against"
    )
