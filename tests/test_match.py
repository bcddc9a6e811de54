"""What match() finds, measures and ranks, on cases whose answer is known by thought."""

import numpy as np
import pytest

from matcher.domain.profile import Brief, HistoryRecord, Money, PortfolioCompany
from matcher.domain.programme import Programme
from matcher.match import match, match_in_blocks
from matcher.steps.measure import FEATURES
from tests.builders import a_partner, a_startup
from tests.rankers import only
from tests.workspaces import a_workspace, all_accounts, all_lines, feature, found, matched, put

NURSES = "Remote monitoring for community nurses and their patients."
WELLS = "Solar pumps for wells of small farmers."


def history(startup, partner, outcome="invested", date="2020", **said):
    return HistoryRecord(
        id=f"{startup}|{partner}|{outcome}|{date}",
        startup_id=startup,
        partner_id=partner,
        outcome=outcome,
        date=date,
        **said,
    )


def test_the_partner_that_asks_for_it_comes_first(tmp_path):
    workspace = put(
        a_workspace(tmp_path),
        startups=[a_startup("s1", summary=NURSES)],
        partners=[a_partner("p1", thesis=WELLS), a_partner("p2", thesis="We look for monitoring that helps nurses.")],
    )
    _, matches = matched(workspace)
    assert matches.pairs.partner[matches.order].tolist() == [1, 0]


def test_scores_are_the_base_and_the_points(tmp_path):
    workspace = put(
        a_workspace(tmp_path),
        startups=[a_startup("s1", summary=NURSES), a_startup("s2", summary=WELLS, sectors=("agritech",))],
        partners=[a_partner("p1", thesis=NURSES, sectors=("health",)), a_partner("p2", thesis=WELLS)],
    )
    _, matches = matched(workspace)
    sums = matches.ranked.base + matches.ranked.points.sum(axis=1)
    assert np.abs(sums - matches.ranked.scores).max() < 1e-9


def test_unknown_adds_nothing_and_is_marked(tmp_path):
    workspace = put(
        a_workspace(tmp_path),
        startups=[a_startup("s1", summary=NURSES, stage=None, country=None)],
        partners=[a_partner("p1", stages=("seed",), countries=("KE",), sectors=("health",))],
    )
    inputs, matches = matched(workspace)
    for name in ("stage", "country", "sector", "ticket", "gives", "brief", "past_active", "past_close", "theme"):
        assert feature(matches, name) == (0.0, False)
        assert matches.ranked.points[0, list(FEATURES).index(name)] == 0
    (account,) = all_accounts(workspace, inputs, matches)
    assert {"stage", "country", "sectors", "raising", "seeks"} <= {answer.rule for answer in account.unknown}


def test_words_of_earlier_companies_are_the_mean_of_the_best_three(tmp_path):
    texts = [NURSES, NURSES + " In Leeds.", WELLS, "Payments for market traders.", "Chess lessons by post."]
    workspace = put(
        a_workspace(tmp_path),
        startups=[a_startup("s1", summary="Remote monitoring for community nurses.")],
        partners=[a_partner("p1")],
        portfolio=[
            PortfolioCompany(id=f"p1/{at}", partner_id="p1", name=f"C{at}", summary=text)
            for at, text in enumerate(texts)
        ],
    )
    inputs, matches = matched(workspace)
    overlap = (inputs.lexicon.project([inputs.startup_words[0]]) @ inputs.lexicon.rows.T).toarray()[0]
    best = np.sort(overlap[inputs.texts.role == 2])[-3:]
    assert feature(matches, "earlier_words")[0] == pytest.approx(best.mean(), abs=1e-12)


def test_a_startup_does_not_see_itself_among_the_earlier_companies(tmp_path):
    workspace = put(
        a_workspace(tmp_path),
        startups=[
            a_startup("s1", summary=NURSES, sectors=("health",), country="KE"),
            a_startup("s2", summary=WELLS, sectors=("health",), country="KE"),
        ],
        partners=[a_partner("p1", thesis=WELLS)],
        history=[history("s1", "p1"), history("s2", "p1")],
    )
    inputs, matches = matched(workspace)
    assert feature(matches, "earlier_words", startup=0)[0] == 0
    assert feature(matches, "past_close", startup=0)[0] < 0.5
    counts = found(inputs, matches)
    assert matches.features.past.number[0] == counts["number"] == counts["sector"] == counts["country"] == 1
    assert counts["place"] == 0


def test_a_startup_does_not_see_itself_in_a_portfolio_by_name_or_by_words(tmp_path):
    companies = [
        PortfolioCompany(id="p1/a", partner_id="p1", name="STARTUP S1", summary="Others for nurses.", country="KE"),
        PortfolioCompany(id="p1/b", partner_id="p1", name="Other name", summary=NURSES, country="KE"),
        PortfolioCompany(id="p1/c", partner_id="p1", name="Wells", summary=WELLS, country="KE"),
    ]
    startups = [a_startup("s1", summary=NURSES, country="KE")]
    workspace = put(a_workspace(tmp_path), startups=startups, partners=[a_partner("p1")], portfolio=companies)
    inputs, matches = matched(workspace)
    assert feature(matches, "past_close")[0] < 0.5
    assert feature(matches, "earlier_words")[0] == 0
    assert found(inputs, matches)["country"] == matches.features.past.number[0] == 1


def test_what_a_partner_says_through_the_startup_itself_does_not_make_the_pair_assessed(tmp_path):
    workspace = put(
        a_workspace(tmp_path),
        startups=[a_startup("s1", summary=NURSES), a_startup("s2", summary=WELLS)],
        partners=[a_partner("p1", thesis=None)],
        history=[history("s1", "p1")],
    )
    _, matches = matched(workspace)
    assert matches.assessed.tolist() == [False, True]


def test_a_backed_startup_without_a_summary_counts_by_sector_and_country(tmp_path):
    workspace = put(
        a_workspace(tmp_path),
        startups=[a_startup("s1", sectors=("health",)), a_startup("s2", summary=None, sectors=("health",))],
        partners=[a_partner("p1")],
        history=[history("s2", "p1")],
    )
    inputs, matches = matched(workspace)
    assert found(inputs, matches)["sector"] == 1


@pytest.mark.parametrize(
    ("deadline", "as_of", "is_open"),
    [
        ("2026", "2026-11-24", True),
        ("2026-11", "2026-11-24", True),
        ("2026-11-24", "2026-11-24", True),
        ("2026-11-23", "2026-11-24", False),
        ("2026-10", "2026-11-24", False),
        ("2025", "2026-11-24", False),
        (None, "2026-11-24", True),
    ],
)
def test_a_closed_brief_earns_nothing(tmp_path, deadline, as_of, is_open):
    brief = Brief(id="b1", partner_id="p1", title="Nurses", need=NURSES, deadline=deadline)
    workspace = put(
        a_workspace(tmp_path), startups=[a_startup("s1", summary=NURSES)], partners=[a_partner("p1")], briefs=[brief]
    )
    _, matches = matched(workspace, as_of=as_of)
    assert feature(matches, "brief")[1] is is_open


def test_what_happens_after_the_as_of_date_moves_no_feature(tmp_path):
    people = {
        "startups": [a_startup("s1", summary=NURSES), a_startup("s2", summary=NURSES + " In Leeds.")],
        "partners": [a_partner("p1", thesis=WELLS)],
    }
    before = matched(
        put(a_workspace(tmp_path / "a"), **people, history=[history("s2", "p1", date="2019")]), as_of="2020-06-01"
    )
    later = [PortfolioCompany(id="p1/x", partner_id="p1", name="X", summary=NURSES, year=2021)]
    future = [
        history("s2", "p1", date="2019"),
        history("s1", "p1", date="2021"),
        history("s2", "p1", "partnered", "2020-07"),
    ]
    after = matched(put(a_workspace(tmp_path / "b"), **people, history=future, portfolio=later), as_of="2020-06-01")
    assert np.array_equal(before[1].features.values, after[1].features.values)
    assert np.array_equal(before[1].ranked.scores, after[1].ranked.scores)


def test_recent_companies_weigh_more_and_the_latest_weighs_one(tmp_path):
    companies = [
        PortfolioCompany(id=f"p{at}/x", partner_id=f"p{at}", name=f"X{at}", summary=WELLS, country="KE", year=year)
        for at, year in enumerate((2020, 2017, None), start=1)
    ]
    workspace = put(
        a_workspace(tmp_path),
        startups=[a_startup("s1", summary=NURSES, country="KE")],
        partners=[a_partner(f"p{at}") for at in (1, 2, 3)],
        portfolio=companies,
    )
    _, matches = matched(workspace)
    values = np.array([feature(matches, "past_active", partner=at)[0] for at in range(3)])
    assert np.expm1(values + matches.features.past.means["past_active"][0]) == pytest.approx([1.0, 0.25, 0.5])


def test_the_closest_company_is_the_one_that_adds_most(tmp_path):
    companies = [
        PortfolioCompany(id="p1/a", partner_id="p1", name="A", summary=WELLS, country="KE"),
        PortfolioCompany(id="p1/b", partner_id="p1", name="B", summary=NURSES + " In Leeds.", country="KE"),
    ]
    workspace = put(
        a_workspace(tmp_path),
        startups=[a_startup("s1", summary=NURSES)],
        partners=[a_partner("p1"), a_partner("p2")],
        portfolio=[*companies, PortfolioCompany(id="p2/a", partner_id="p2", name="C", summary="Roads.", country="KE")],
    )
    inputs, matches = matched(workspace)
    assert inputs.texts.names[matches.features.past.closest[0]] == "B"
    assert feature(matches, "past_close")[0] > 0


def test_only_the_backed_count_as_earlier_companies(tmp_path):
    workspace = put(
        a_workspace(tmp_path),
        startups=[a_startup("s1", summary=NURSES), a_startup("s2", summary=NURSES + " In Leeds.")],
        partners=[a_partner("p1")],
        history=[history("s2", "p1", "declined_by_partner"), history("s2", "p1", "met")],
    )
    _, matches = matched(workspace)
    for name in ("earlier_words", "past_active", "past_country", "past_kindred", "past_close"):
        assert feature(matches, name) == (0.0, False)


def test_a_partner_without_a_past_is_neither_for_nor_against_a_pair(tmp_path):
    past = [name for name in FEATURES if name.startswith("past_") or name == "earlier_words"]
    workspace = put(
        a_workspace(tmp_path),
        startups=[a_startup("s1", summary=NURSES, sectors=("health",), city="Nairobi", stage="seed")],
        partners=[a_partner("p1"), a_partner("p2")],
        portfolio=[PortfolioCompany(id="p1/a", partner_id="p1", name="A", summary=WELLS, sectors=("health",))],
    )
    inputs, _ = matched(workspace)
    ranker = only(dict.fromkeys(FEATURES, 3.0), **dict.fromkeys(past, 1.0))
    points = match(inputs, ranker, np.array([0], np.int32), np.arange(2, dtype=np.int32)).ranked.points
    assert points[0].sum() < -1
    assert not points[1].any()


def test_a_pair_scores_the_same_whoever_else_is_matched(tmp_path):
    companies = [
        PortfolioCompany(
            id=f"p{at % 5}/{at}",
            partner_id=f"p{at % 5}",
            name=f"C{at}",
            summary=(NURSES, WELLS)[at % 2] + f" In village {at}.",
            country=("KE", "NG", "ZA")[at % 3],
            sectors=(("health",), ("energy",))[at % 2],
            year=2015 + at % 7,
        )
        for at in range(40)
    ]
    workspace = put(
        a_workspace(tmp_path),
        startups=[
            a_startup(f"s{at}", summary=(WELLS, NURSES)[at % 2] + f" No {at}.", sectors=("health",)) for at in range(9)
        ],
        partners=[a_partner(f"p{at}") for at in range(5)],
        portfolio=companies,
    )
    inputs, whole = matched(workspace)
    for startups, partners in (([4], [2]), ([0, 8], [1, 3, 4]), ([1, 2, 3, 5, 7], [0, 4])):
        places = np.array(startups, np.int32), np.array(partners, np.int32)
        part = match(inputs, workspace.ranker, *places)
        chosen = whole.features.values.reshape(9, 5, -1)[np.ix_(startups, partners)]
        assert part.features.values.tobytes() == chosen.tobytes()


@pytest.mark.parametrize(
    ("startup", "partner", "name", "value"),
    [
        ({"sectors": ("health",)}, {"sectors": ("health",)}, "sector", 1.0),
        ({"sectors": ("medtech",)}, {"sectors": ("health",)}, "sector", 0.5),
        ({"sectors": ("health", "fintech")}, {"sectors": ("health",)}, "sector", 0.5),
        ({"sectors": ("fintech",)}, {"sectors": ("health",)}, "sector", 0.0),
        ({"technologies": ("ai",)}, {"technologies": ("ai", "iot")}, "technology", 1.0),
        ({"stage": "seed"}, {"stages": ("seed",)}, "stage", 1.0),
        ({"country": "KE"}, {"countries": ("KE",)}, "country", 1.0),
        ({"seeks": ("investment", "pilot")}, {"kind": "investor"}, "gives", 0.5),
        ({"seeks": ("customers", "pilot")}, {"kind": "corporate"}, "gives", 1.0),
        (
            {"raising": Money(minor=100, currency="GBP")},
            {"ticket_max": Money(minor=200, currency="GBP")},
            "ticket",
            1.0,
        ),
        (
            {"raising": Money(minor=400, currency="GBP")},
            {"ticket_max": Money(minor=100, currency="GBP")},
            "ticket",
            0.25,
        ),
    ],
)
def test_what_both_sides_state_is_measured_as_its_unit_says(tmp_path, startup, partner, name, value):
    workspace = put(a_workspace(tmp_path), startups=[a_startup("s1", **startup)], partners=[a_partner("p1", **partner)])
    _, matches = matched(workspace)
    assert feature(matches, name) == (value, True)


def test_a_brief_is_matched_with_its_own_text_only(tmp_path):
    briefs = [
        Brief(id="b1", partner_id="p1", title="Nurses", need=NURSES),
        Brief(id="b2", partner_id="p1", title="Wells", need=WELLS),
    ]
    workspace = put(
        a_workspace(tmp_path), startups=[a_startup("s1", summary=NURSES)], partners=[a_partner("p1")], briefs=briefs
    )
    _, both = matched(workspace)
    _, wells = matched(workspace, brief="b2")
    assert feature(both, "brief")[0] > 0.8
    assert feature(wells, "brief")[0] < 0.5
    assert feature(both, "thesis_words")[0] > 0
    assert feature(wells, "thesis_words")[0] == 0


def test_the_theme_counts_only_where_both_sides_speak_to_it(tmp_path):
    workspace = put(
        a_workspace(tmp_path),
        startups=[a_startup("s1", summary=NURSES)],
        partners=[a_partner("p1", thesis=NURSES), a_partner("p2", thesis=WELLS), a_partner("p3", thesis=None)],
        portfolio=[PortfolioCompany(id="p3/x", partner_id="p3", name="X", summary=NURSES)],
    )
    programme = Programme(id="e", name="E", edition=1, theme="Monitoring for nurses")
    _, matches = matched(workspace, programme)
    assert feature(matches, "theme", partner=0)[0] > feature(matches, "theme", partner=1)[0]
    assert feature(matches, "theme", partner=2) == (0.0, False)


def test_blocks_queries_and_order_of_rows_change_no_bit(tmp_path):
    rng = np.random.default_rng(5)
    words = ["nurse", "clinic", "pump", "well", "farm", "loan", "ledger", "rota", "ward", "solar"]

    def text():
        return " ".join(rng.choice(words, 8)) + "."

    startups = [a_startup(f"s{at:02}", summary=text(), sectors=("health",)) for at in range(20)]
    partners = [a_partner(f"p{at:02}", thesis=text()) for at in range(7)]
    links = [history(f"s{at:02}", f"p{at % 7:02}") for at in range(0, 20, 2)]
    whole = matched(put(a_workspace(tmp_path / "a"), startups=startups, partners=partners, history=links))[1]
    turned = matched(
        put(a_workspace(tmp_path / "b"), startups=startups[::-1], partners=partners[::-1], history=links[::-1])
    )[1]
    assert whole.ranked.scores.tobytes() == turned.ranked.scores.tobytes()

    inputs, _ = matched(a_workspace(tmp_path / "a"))
    everybody = (np.arange(20, dtype=np.int32), np.arange(7, dtype=np.int32))
    blocks = match_in_blocks(inputs, a_workspace(tmp_path / "a").ranker, *everybody, pairs_at_once=14)
    assert np.concatenate([block.ranked.scores for block in blocks]).tobytes() == whole.ranked.scores.tobytes()


def test_women_led_names_and_contacts_move_no_score(tmp_path):
    plain = [a_startup("s1", summary=NURSES)]
    told = [
        a_startup(
            "s1", summary=NURSES, women_led="all", contact_name="Amina", contact_email="a@b.example", name="Other"
        )
    ]
    scores = [
        matched(put(a_workspace(tmp_path / str(at)), startups=startups, partners=[a_partner("p1")]))[
            1
        ].ranked.scores.tobytes()
        for at, startups in enumerate((plain, told))
    ]
    assert scores[0] == scores[1]


def test_nobody_to_match_is_an_empty_answer(tmp_path):
    assert len(matched(a_workspace(tmp_path / "a"))[1].pairs) == 0
    assert len(matched(put(a_workspace(tmp_path / "b"), startups=[a_startup()]))[1].pairs) == 0
    assert len(matched(put(a_workspace(tmp_path / "c"), partners=[a_partner()]))[1].pairs) == 0


def test_a_startup_that_is_not_investment_ready_sees_who_helps_it_get_there_first(tmp_path):
    """By thought: the three theses are one text, so that the kind alone tells the partners apart."""
    partners = [
        a_partner("pa", kind="investor", thesis="Devices for clinics and small hospitals."),
        a_partner("pb", kind="support_organisation", thesis="Devices for clinics and small hospitals."),
        a_partner("pc", kind="accelerator", thesis="Devices for clinics and small hospitals."),
    ]
    order = {}
    for ready in (True, None, False):
        startup = a_startup(investment_ready=ready, summary="Sensors that warn nurses in small clinics.")
        workspace = put(a_workspace(tmp_path / str(ready)), startups=[startup], partners=partners)
        order[ready] = [(line.partner_id, line.reason) for line in all_lines(*matched(workspace))]
    assert [partner for partner, _ in order[False]] == ["pb", "pc", "pa"]
    assert "not investment-ready yet, and a support organisation can help it get there" in order[False][0][1]
    assert "so support comes before an investor" in order[False][2][1]
    assert order[True] == order[None]
    assert [partner for partner, _ in order[True]] == ["pa", "pb", "pc"]
