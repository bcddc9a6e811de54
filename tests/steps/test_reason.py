"""Reasons: made from the contributions, biggest first, with quotes of both sides."""

import shutil
from dataclasses import replace

import numpy as np
import pytest

from matcher.domain.profile import Brief, HistoryRecord, Money, PortfolioCompany
from matcher.domain.programme import Programme
from matcher.match import match
from matcher.steps.measure import FEATURES
from matcher.store import records
from tests.builders import a_partner, a_startup
from tests.rankers import only
from tests.workspaces import a_workspace, all_accounts, all_lines, matched, put

SUMMARY = "We monitor patients at home. Nurses see a dashboard with alarms. Our office is in Nairobi."
THESIS = "Generalist fund. We back patients at home and nurses with alarms on a dashboard. Tickets vary."


@pytest.fixture
def rich(tmp_path):
    return put(
        a_workspace(tmp_path),
        startups=[
            a_startup(
                "s1",
                summary=SUMMARY,
                sectors=("digital-health",),
                stage="series-a",
                seeks=("investment",),
                raising=Money(minor=300_000_000, currency="USD"),
            ),
            a_startup("s2", summary="Remote monitoring of patients after surgery.", sectors=("digital-health",)),
            a_startup("s3", summary=None),
        ],
        partners=[
            a_partner(
                "p1",
                thesis=THESIS,
                sectors=("digital-health",),
                stages=("series-a",),
                ticket_min=Money(minor=50_000_000, currency="GBP"),
                ticket_max=Money(minor=100_000_000, currency="GBP"),
            )
        ],
        briefs=[
            Brief(
                id="b1",
                partner_id="p1",
                title="Home visits",
                need="Alarms for patients at home.",
                deadline="2027-01-31",
            )
        ],
        portfolio=[
            PortfolioCompany(
                id="p1/ward",
                partner_id="p1",
                name="Wardline",
                summary="We monitor patients on wards with alarms for nurses. Doctors founded it.",
            )
        ],
        history=[HistoryRecord(id="h", startup_id="s2", partner_id="p1", outcome="invested", date="2024")],
    )


def the_account(workspace, programme=None):
    inputs, matches = matched(workspace, programme)
    return all_accounts(workspace, inputs, matches)[0]


def test_every_text_contribution_quotes_one_sentence_of_each_side(rich):
    theme = Programme(id="e", name="E", edition=1, theme="Care at home")
    far = PortfolioCompany(id="p2/road", partner_id="p2", name="Road", summary="Bitumen.")
    account = the_account(put(rich, partners=[a_partner("p2")], portfolio=[far]), theme)
    texts = {
        "s1": SUMMARY,
        "p1": THESIS,
        "b1": "Alarms for patients at home.",
        "p1/ward": "We monitor patients on wards with alarms for nurses. Doctors founded it.",
    }
    texts["s2"] = "Remote monitoring of patients after surgery."
    quoted = [part for part in account.contributions if part.evidence]
    assert {part.feature for part in quoted} >= {
        "thesis",
        "brief",
        "thesis_words",
        "earlier_words",
        "past_close",
    }
    for part in quoted:
        assert {quote.side for quote in part.evidence} <= {"startup", "partner"}
        for quote in part.evidence:
            assert texts[quote.id][quote.start : quote.end] == quote.quote
    assert [quote.side for quote in quoted[0].evidence] == ["startup", "partner"]


def struck_out(workspace, quote):
    """The workspace without the quoted words."""
    with workspace.reading() as connection:
        (record,) = [one for one in records.load(connection, quote.kind) if one.id == quote.id]
    text = getattr(record, quote.field)
    left = f"{text[: quote.start]}{text[quote.end :]}".strip()
    with workspace.writing() as connection:
        records.put(connection, quote.kind, [replace(record, **{quote.field: left})])


def test_striking_out_a_quoted_sentence_lowers_what_it_is_quoted_for(rich, tmp_path):
    theme = Programme(id="e", name="E", edition=1, theme="Care at home")
    before = the_account(rich, theme)
    quotes = [(part, quote) for part in before.contributions for quote in part.evidence]
    of_several = [(part, quote) for part, quote in quotes if quote.quote != quote_text(rich, quote)]
    assert {quote.side for _, quote in of_several} == {"startup", "partner"}
    for at, (part, quote) in enumerate(of_several):
        copy = shutil.copytree(tmp_path, tmp_path.with_name(f"{tmp_path.name}-{at}"))
        workspace = a_workspace(copy)
        struck_out(workspace, quote)
        after = {one.feature: one.points for one in the_account(workspace, theme).contributions}
        assert after.get(part.feature, 0.0) < part.points, (part.feature, quote)


def quote_text(workspace, quote):
    with workspace.reading() as connection:
        (record,) = [one for one in records.load(connection, quote.kind) if one.id == quote.id]
    return getattr(record, quote.field)


def test_the_quoted_pair_is_the_one_that_speaks_for_the_fit(rich):
    thesis = next(part for part in the_account(rich).contributions if part.feature == "thesis_words")
    assert thesis.evidence[0].quote == "We monitor patients at home."
    assert thesis.evidence[1].quote == "Alarms for patients at home."


def test_contributions_come_biggest_first_and_add_up(rich):
    account = the_account(rich)
    sizes = [abs(part.points) for part in account.contributions]
    assert sizes == sorted(sizes, reverse=True)
    assert account.base + sum(part.points for part in account.contributions) == pytest.approx(account.score, abs=1e-9)


@pytest.mark.parametrize("centre", [-1.0, 1.5])
def test_it_adds_up_and_quotes_both_sides_also_where_everything_speaks_for_or_against_a_pair(rich, centre):
    inputs, _ = matched(rich)
    ranker = only(dict.fromkeys(FEATURES, centre), **dict.fromkeys(FEATURES, 1.0))
    matches = match(inputs, ranker, np.arange(3, dtype=np.int32), np.arange(1, dtype=np.int32))
    texts = {startup.id: startup.summary for startup in inputs.startups}
    texts |= {id_: text for (_, id_), text in zip(inputs.texts.records, inputs.texts.texts, strict=True)}
    for account in all_accounts(rich, inputs, matches)[:2]:
        assert account.base + sum(part.points for part in account.contributions) == pytest.approx(
            account.score, abs=1e-9
        )
        told = {part.feature: part for part in account.contributions}
        for feature in ("thesis", "thesis_words", "brief", "earlier_words", "past_close"):
            assert (told[feature].points > 0) is (centre < 0)
            assert {quote.side for quote in told[feature].evidence} <= {"startup", "partner"}
            assert all(texts[quote.id][quote.start : quote.end] == quote.quote for quote in told[feature].evidence)


def test_where_nothing_is_told_of_the_earlier_companies_nothing_is_quoted(tmp_path):
    workspace = put(
        a_workspace(tmp_path),
        startups=[a_startup("s1", summary=SUMMARY), a_startup("s2", summary=None)],
        partners=[a_partner("p1", thesis=THESIS)],
        history=[HistoryRecord(id="h", startup_id="s2", partner_id="p1", outcome="invested", date="2024")],
    )
    inputs, _ = matched(workspace)
    ranker = only({"past_close": 1.0}, past_close=1.0)
    matches = match(inputs, ranker, np.array([0], np.int32), np.array([0], np.int32))
    (account,) = all_accounts(workspace, inputs, matches)
    (close,) = account.contributions
    assert close.label == "Nothing is told of what the one company they backed does"
    assert close.evidence == ()


def test_facts_are_the_stored_values(rich):
    account = the_account(rich)
    facts = {(fact.side, fact.field): fact.value for part in account.contributions for fact in part.facts}
    assert facts["startup", "stage"] == "series-a"
    assert facts["partner", "stages"] == ("series-a",)
    assert facts["startup", "raising"] == Money(minor=300_000_000, currency="USD")


def test_the_sentence_quotes_no_word_twice(rich):
    inputs, matches = matched(rich)
    reason = all_lines(inputs, matches)[0].reason
    words = [piece.split("”")[0].casefold() for piece in reason.split("“")[1:]]
    assert len(words) == len(set(words))
    assert "“”" not in reason
    assert reason.endswith(".")


def test_cautions_name_the_past_and_the_ticket(rich):
    inputs, matches = matched(rich)
    first, second, _ = all_accounts(rich, inputs, matches)
    assert "Their largest ticket covers about 43 % of the raise." in first.cautions
    assert "Partners already: invested (2024)." in second.cautions


def test_rules_are_told_in_words(rich):
    met = {answer.rule: answer.detail for answer in the_account(rich).met}
    assert met["stage"] == "They take series A; it is at series A."
    assert met["ticket"] == (
        "Their ticket is £500k to £1m; it is raising US$3m, no less than their smallest ticket (others take the rest "
        "of a larger round)."
    )


def test_a_ticket_is_said_to_cover_what_it_covers(rich):
    (ticket,) = [part for part in the_account(rich).contributions if part.feature == "ticket"]
    assert ticket.label == "Their ticket of £500k to £1m covers up to 43 % of its raise of US$3m"


def test_an_empty_profile_gets_no_score_and_is_told_what_is_missing(rich):
    inputs, matches = matched(rich)
    empty = all_accounts(rich, inputs, matches)[2]
    assert (empty.score, empty.base, empty.band, empty.contributions, empty.confidence) == (
        None,
        None,
        "not assessed",
        (),
        0,
    )
    assert "summary says too little" in empty.reason
    assert all_lines(inputs, matches)[-1].band == "not assessed"


def test_confidence_grows_as_a_profile_says_more(tmp_path):
    said = [
        {"summary": SUMMARY},
        {"summary": SUMMARY, "sectors": ("health",)},
        {"summary": SUMMARY, "sectors": ("health",), "seeks": ("investment",)},
        {"summary": SUMMARY, "sectors": ("health",), "seeks": ("investment",), "stage": "seed"},
    ]
    startups = [a_startup(f"s{at}", **fields) for at, fields in enumerate(said)]
    workspace = put(
        a_workspace(tmp_path),
        startups=startups,
        partners=[a_partner("p1", thesis=THESIS, sectors=("health",), stages=("seed",))],
    )
    inputs, matches = matched(workspace)
    levels = [account.confidence for account in all_accounts(workspace, inputs, matches)]
    assert levels == sorted(set(levels))
