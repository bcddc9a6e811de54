"""Which words of a summary are told: shared, rare enough, of a topic, as both write them, and each once in a reason."""

import pytest

from matcher.domain.profile import PortfolioCompany
from matcher.gather import gather
from matcher.snapshot import read_snapshot
from matcher.steps.everyday_words import is_everyday
from matcher.steps.matches import PairRow
from matcher.steps.telling_words import TellingWords
from tests.builders import a_partner, a_startup
from tests.workspaces import TODAY, a_workspace, put

THESES = (
    "Nurses on wards in Kenya, and rota tools for clinics in Nairobi.",
    "Clinics that lend to farmers.",
    "Clinics with wells.",
    "Kenya.",
    "The cold store; booked for a fortnight. Machine learning.",
    "Fishers who know Wanjiru and meet in March. Nurses too.",
    "Pumps for clinics.",
    "Beekeeping at clinics.",
    "Opera.",
    "Clinics.",
)
SUMMARY = (
    "Rotas for NURSES of clinics and wards; from Nairobi, Kenya. A store with ML, booked by Wanjiru each March. "
    "Kuzama dives. The fishers of Kuzama use it for beekeeping."
)


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    workspace = put(
        a_workspace(tmp_path_factory.mktemp("words")),
        startups=[a_startup("s1", name="Kuzama", city="Nairobi", summary=SUMMARY)],
        partners=[a_partner(f"p{at}", thesis=thesis) for at, thesis in enumerate(THESES)],
        portfolio=[
            PortfolioCompany(
                id="p7/c", partner_id="p7", name="Beekeeping Fishers", summary="Beekeeping Fishers know Kuzama."
            )
        ],
    )
    return gather(workspace, read_snapshot(workspace), TODAY)


@pytest.fixture
def words(inputs):
    return TellingWords(inputs)


@pytest.fixture
def pair(inputs):
    return PairRow(row=0, startup_place=0, partner_place=0, startup=inputs.startups[0], partner=inputs.partners[0])


def test_words_are_told_as_both_write_them_but_not_such_as_many_texts_have(words, pair):
    assert words.quoted(pair, 0) == "“Rota”, “wards” and “NURSES”"


def test_a_word_is_told_once_in_a_reason(words, pair):
    first = words.quoted(pair, 0)
    assert words.quoted(pair, 0) == ""
    assert words.shared(pair, 0)
    words.start_anew()
    assert words.quoted(pair, 0) == first


def test_the_startups_own_city_and_country_are_told_only_where_asked_for(words, pair):
    assert words.quoted(pair, 3) == ""
    assert words.passing(pair, 3) == "the place name “Kenya”"
    assert words.quoted(pair, 3, places=True) == "“Kenya”"


def test_where_no_telling_word_is_shared_none_is_told(words, pair):
    assert words.quoted(pair, 2) == ""  # "clinics" stands in six of twelve texts
    assert not words.shared(pair, 2)
    assert words.quoted(pair, -1) == words.passing(pair, -1) == ""
    assert words.passing(pair, 8) == ""


def test_everyday_words_are_told_only_as_passing_ones_and_only_where_both_write_them(words, pair):
    assert words.quoted(pair, 4) == ""  # "ML" is the word "machine learning", but no reader finds it there
    assert words.passing(pair, 4) == "the passing words “booked” and “store”"


def test_names_and_months_are_no_telling_words(words, pair):
    assert words.quoted(pair, 5) == "“fishers” and “NURSES”"


def test_a_word_that_is_only_in_the_name_of_the_startup_or_of_the_company_is_not_told(inputs, words, pair):
    row = inputs.texts.records.index(("portfolio", "p7/c"))
    assert words.quoted(pair, row) == ""
    assert words.passing(pair, row) == ""


@pytest.mark.parametrize("word", ["book", "booked", "easiest", "simplified", "dedicated", "stopped", "march"])
def test_a_form_of_an_everyday_word_is_one(word):
    assert is_everyday(word)


@pytest.mark.parametrize("word", ["banking", "nurse", "rota", "payment", "wed"])
def test_a_word_of_a_trade_is_none(word):
    assert not is_everyday(word)


def test_words_that_stand_in_every_quote_are_told_and_then_no_other(words, pair):
    words.start_anew(("Wards of the north.", "Nurses on wards."))
    assert words.quoted(pair, 0) == "“wards”"
    words.start_anew(("A store with ML.", "Nurses on wards."))
    assert words.quoted(pair, 0) == "“Rota”, “wards” and “NURSES”"
