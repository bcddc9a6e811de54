"""Which words of a summary are told: shared, rare enough, as the summary writes them, and each once in a reason."""

import pytest

from matcher.gather import gather, read_snapshot
from matcher.steps.matches import PairRow
from matcher.steps.telling_words import TellingWords
from tests.builders import a_partner, a_startup
from tests.workspaces import TODAY, a_workspace, put

THESES = (
    "Nurses on wards in Kenya, and rota tools for clinics in Nairobi.",
    "Clinics that lend to farmers.",
    "Clinics with wells.",
    "Kenya.",
)


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    workspace = put(
        a_workspace(tmp_path_factory.mktemp("words")),
        startups=[
            a_startup("s1", city="Nairobi", summary="Rotas for NURSES of clinics and wards; from Nairobi, Kenya.")
        ],
        partners=[a_partner(f"p{at}", thesis=thesis) for at, thesis in enumerate(THESES)],
    )
    return gather(workspace, read_snapshot(workspace), TODAY)


@pytest.fixture
def words(inputs):
    return TellingWords(inputs)


@pytest.fixture
def pair(inputs):
    return PairRow(row=0, startup_place=0, partner_place=0, startup=inputs.startups[0], partner=inputs.partners[0])


def test_words_are_told_as_the_summary_writes_them_but_not_such_as_most_texts_have(words, pair):
    assert words.quoted(pair, 0) == "“NURSES”, “Rotas” and “wards”"


def test_a_word_is_told_once_in_a_reason(words, pair):
    first = words.quoted(pair, 0)
    assert words.quoted(pair, 0) == ""
    assert words.shared(pair, 0)
    words.start_anew()
    assert words.quoted(pair, 0) == first


def test_the_startups_own_city_and_country_are_told_only_where_asked_for(words, pair):
    assert words.quoted(pair, 3) == ""
    assert words.quoted(pair, 3, places=True) == "“Kenya”"


def test_where_no_telling_word_is_shared_none_is_told(words, pair):
    assert words.quoted(pair, 2) == ""  # "clinics" stands in three of four texts
    assert not words.shared(pair, 2)
    assert words.quoted(pair, -1) == ""
