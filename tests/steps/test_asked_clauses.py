"""What a partner asks for, held against a summary: close or loose, in which words, in its thesis or its brief."""

import numpy as np
import pytest

from matcher.domain.profile import Brief, PortfolioCompany
from matcher.domain.programme import Programme
from matcher.gather import gather
from matcher.match import match
from matcher.snapshot import read_snapshot
from matcher.steps.clauses import Clauses
from tests.builders import a_partner, a_startup
from tests.rankers import only
from tests.workspaces import TODAY, a_workspace, put

WARDS = "Rota software for nurses."
FOR, AGAINST = -10.0, 10.0


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    workspace = put(
        a_workspace(tmp_path_factory.mktemp("asked")),
        startups=[a_startup("s1", summary=WARDS)],
        partners=[
            a_partner("same", thesis=WARDS),
            a_partner("other", kind="accelerator", thesis="Wells and pumps on farms."),
            a_partner("brief", kind="corporate", thesis="Hospitals with wards."),
            a_partner("long", thesis=WARDS),
            a_partner("both", kind="adviser", thesis="Rota advice."),
        ],
        briefs=[
            Brief(id="b1", partner_id="brief", title="Night shifts", need=WARDS),
            Brief(id="b2", partner_id="both", title="Fields", need="Grain and seeds."),
        ],
        portfolio=[
            PortfolioCompany(id=f"long/{at}", partner_id="long", name=f"C{at}", summary=f"Grain number {at}.")
            for at in range(12)
        ],
    )
    return gather(workspace, read_snapshot(workspace), TODAY)


def clauses_of(inputs, feature, partner, centre, weight=1.0):
    places = np.array([[one.id for one in inputs.partners].index(partner)], np.int32)
    ranker = only({feature: centre}, **{feature: weight})
    clauses = Clauses(inputs, match(inputs, ranker, np.array([0], np.int32), places))
    return clauses, clauses.pair(0)


@pytest.mark.parametrize(
    ("feature", "partner", "centre", "clause"),
    [
        ("thesis", "same", FOR, "its summary is close in meaning to their thesis (“nurses” and “Rota”)"),
        ("thesis", "other", FOR, "its summary has a little in common with what their cohorts are for"),
        ("thesis", "other", AGAINST, "its summary is not close in meaning to what their cohorts are for"),
        ("thesis", "long", FOR, "its summary is close in meaning to their thesis (“nurses” and “Rota”)"),
        ("thesis", "long", AGAINST, "their thesis counts little beside the 12 companies they backed"),
        ("thesis_words", "same", FOR, "both speak of “nurses” and “Rota”"),
        ("thesis_words", "both", AGAINST, "it shares only “Rota” with what they advise on"),
        ("thesis_words", "other", AGAINST, "it shares no telling word with what their cohorts are for"),
        (
            "thesis_words",
            "brief",
            AGAINST,
            "it shares only “nurses” and “Rota” with their brief “Night shifts”",
        ),
        ("brief", "brief", FOR, "it may answer their brief “Night shifts” (“nurses” and “Rota”)"),
        (
            "thesis_words",
            "other",
            FOR,
            "it shares no telling word with what their cohorts are for: still better than with the average partner",
        ),
        ("thesis_words", "brief", FOR, "it and their brief “Night shifts” both speak of “nurses” and “Rota”"),
        ("brief", "both", AGAINST, "it is not close in meaning to their brief “Fields”"),
    ],
)
def test_a_clause_says_how_near_they_are_as_its_points_do(inputs, feature, partner, centre, clause):
    clauses, pair = clauses_of(inputs, feature, partner, centre)
    assert clauses.clause(feature, pair) == clause


def test_words_that_were_told_are_said_to_be_there_too(inputs):
    clauses, pair = clauses_of(inputs, "thesis_words", "same", FOR)
    first = clauses.clause("thesis_words", pair)
    assert first.startswith("both speak of")
    assert clauses.clause("thesis_words", pair) == "these words are in their thesis too"
    clauses, pair = clauses_of(inputs, "thesis_words", "brief", FOR)
    clauses.clause("thesis_words", pair)
    assert clauses.clause("thesis_words", pair) == "these words are in their brief “Night shifts” too"


@pytest.mark.parametrize(
    ("feature", "partner", "clause"),
    [
        ("thesis", "same", "its summary is close in meaning to their thesis (“nurses” and “Rota”): {}"),
        ("thesis", "long", "its summary is close in meaning to their thesis (“nurses” and “Rota”), which counts little "
         "beside the 12 companies they backed"),
        ("thesis_words", "same", "both speak of “nurses” and “Rota”: {}"),
        ("thesis_words", "other", "it shares no telling word with what their cohorts are for: {}"),
        ("brief", "brief", "it may answer their brief “Night shifts” (“nurses” and “Rota”): {}"),
        ("brief", "both", "it has a little in common with their brief “Fields”: {}"),
    ],
)  # fmt: skip
def test_what_counts_next_to_nothing_is_told_without_praise_or_blame(inputs, feature, partner, clause):
    for centre in (FOR, AGAINST):
        clauses, pair = clauses_of(inputs, feature, partner, centre, weight=1e-4)
        assert clauses.clause(feature, pair) == clause.format("neither for nor against")
    assert ":" not in clauses.clause(feature, pair, briefly=True)


def test_a_text_that_is_near_without_a_telling_word_in_common_answers_nothing(tmp_path):
    everyday = "We make it easy to save time every day."
    partners = [a_partner("p1", kind="corporate", thesis="Grain."), a_partner("p2", thesis="Grain and seeds of farms.")]
    workspace = put(
        a_workspace(tmp_path),
        startups=[a_startup("s1", summary=everyday)],
        partners=partners,
        briefs=[Brief(id="b1", partner_id="p1", title="Less waiting", need=everyday)],
        portfolio=[
            PortfolioCompany(
                id="c", partner_id="p2", name="Wren", summary="We make it easy to save time every day now."
            )
        ],
    )
    found = gather(workspace, read_snapshot(workspace), TODAY)
    clauses, pair = clauses_of(found, "brief", "p1", FOR)
    assert clauses.clause("brief", pair) == "it is close in meaning to their brief “Less waiting”"
    clauses, pair = clauses_of(found, "past_close", "p2", FOR)
    assert clauses.clause("past_close", pair) == "it is close in meaning to Wren, which they backed"


@pytest.mark.parametrize(
    ("summary", "thesis", "clause"),
    [
        (WARDS, "Rota software for wards and nurses.", "both speak to the edition's theme"),
        (
            "Pumps lift water out of deep wells where maize, beans and sorghum dry up in drought, says one nurses.",
            "Rota software for wards and nurses.",
            "the two have a little in common with the edition's theme",
        ),
        (
            "Pumps and wells.",
            "Grain on farms.",
            "the two do not both speak to the edition's theme: still better than with the average partner",
        ),
    ],
)
def test_the_theme_is_spoken_to_only_where_both_sides_are_near_it(tmp_path, summary, thesis, clause):
    workspace = put(
        a_workspace(tmp_path),
        startups=[a_startup("s1", summary=summary)],
        partners=[a_partner("p1", thesis=thesis)],
    )
    theme = Programme(id="e", name="E", edition=1, theme=WARDS)
    found = gather(workspace, read_snapshot(workspace), TODAY, theme)
    clauses, pair = clauses_of(found, "theme", "p1", FOR)
    assert clauses.clause("theme", pair) == clause
