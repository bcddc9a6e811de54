"""A thesis pasted into a summary is found, also where it was changed; two texts on one subject are no copies."""

import numpy as np
import pytest

from matcher.domain.profile import HistoryRecord, PortfolioCompany
from matcher.steps.copies import copied, known_pairs
from matcher.steps.word_lists import said_words
from matcher.wiring import reference
from tests.builders import a_partner, a_startup

FUNCTION_WORDS = reference().vocabulary.function_words
THESIS = (
    "We back early companies that cut food waste in hospitals and schools. Our partners run kitchens in Leeds and "
    "Bradford, and they look for sensors, planning tools and packaging that keeps meals fresh for longer."
)
OTHER = (
    "A fund for quantum sensing and photonics from university laboratories, with patient capital, a workshop in "
    "Bristol for first prototypes, and engineers who join the board of every company until a first contract is signed."
)
OWN = "Solar pumps for farmers in Kenya, paid for as they harvest."
NOBODY = np.empty((0, 2), np.int32)


def found(*summaries, sources=(THESIS, OTHER), owner=None, known=NOBODY):
    owner = np.arange(len(sources)) if owner is None else np.array(owner)
    return copied(list(map(said_words, summaries)), list(map(said_words, sources)), owner, known, FUNCTION_WORDS)


def pieces(summary, **options):
    (copy,) = found(summary, **options).values()
    return [summary[start:end] for start, end in copy.spans]


def changed(text, every):
    """The text with every so-many-th word another."""
    return " ".join("elephant" if at % every == every - 1 else word for at, word in enumerate(text.split()))


def test_a_pasted_thesis_is_found_and_what_the_startup_says_itself_is_not():
    summary = f"{OWN} {THESIS} {OWN}"
    (copy,) = found(summary).values()
    assert copy.source == 0
    assert [summary[start:end] for start, end in copy.spans] == [THESIS.removeprefix("We ").removesuffix(".")]
    assert copy.share == pytest.approx(22 / 34)


@pytest.mark.parametrize("every", [6, 7, 9, 12])
def test_a_pasted_thesis_with_words_changed_is_found(every):
    (copy,) = found(f"{OWN} {changed(THESIS, every)}").values()
    assert copy.share > 0.5


def test_a_sentence_beside_a_copy_is_left_alone_though_it_shares_words():
    own = "Our planning tools help nurses in remote hospitals to teach in schools."
    assert pieces(f"{own} {THESIS}")[0].startswith("back early companies")


def test_changed_words_between_two_copies_belong_to_them():
    words = THESIS.split()
    words[16:21] = ["elephants", "carry", "purple", "umbrellas", "westwards"]
    (piece,) = pieces(f"{OWN} {' '.join(words)}")
    assert "purple umbrellas" in piece


def test_small_words_case_and_punctuation_do_not_hide_a_copy():
    hidden = THESIS.upper().replace(" AND ", " OR ELSE ").replace(".", "!").replace(" ", "  ")
    assert len(" ".join(pieces(f"{OWN} {hidden}"))) > 0.8 * len(hidden)


def test_the_source_is_the_one_most_was_copied_from():
    some = " ".join(OTHER.split()[:14])
    (copy,) = found(f"{some}. {THESIS}").values()
    assert copy.source == 0
    assert len(copy.spans) >= 1
    assert copy.share > 0.9


def test_a_text_in_the_same_field_is_no_copy():
    own = "We sell sensors to school kitchens in Leeds; they plan meals with it, so that less food is waste. Fresh food"
    assert found(own) == {}


def test_words_drawn_from_a_thesis_by_lot_are_a_copy_from_twelve_on():
    drawn = "kitchens food Bradford tools schools partners fresh waste packaging hospitals meals"
    assert found(f"{OWN} {drawn}") == {}
    assert pieces(f"{OWN} {drawn} sensors Leeds") == [f"{drawn} sensors Leeds"]


def test_seven_words_are_no_copy():
    assert found("We back early companies that cut food waste in hospitals, with drones.") == {}
    assert len(found("We back early companies that cut food waste in hospitals and schools.")) == 1


def test_a_pair_that_came_together_before_may_say_the_same():
    known = np.array([[0, 0]], np.int32)
    assert found(THESIS, known=known) == {}
    assert list(found(THESIS, THESIS, known=known)) == [1]
    # A brief of the same partner is as well known as its thesis.
    assert found(THESIS, sources=(OTHER, THESIS), owner=[0, 0], known=known) == {}
    assert len(found(THESIS, sources=(OTHER, THESIS), owner=[0, 1], known=known)) == 1


def test_nobody_copies_where_there_is_nothing():
    assert found() == {}
    assert found("", "Pumps.") == {}
    assert found(THESIS, sources=()) == {}
    assert found(THESIS, sources=("", "")) == {}


def test_a_copy_is_found_whatever_stands_before_and_behind():
    """Also where the words of startups and sources are cut into blocks."""
    rng = np.random.default_rng(7)
    texts = [" ".join(f"word{n}" for n in rng.integers(0, 5000, 30)) for _ in range(1100)]
    own = [" ".join(f"mine{n}" for n in rng.integers(0, 5000, 12)) for _ in range(2000)]
    copies = {3: 0, 700: 1023, 1999: 1099, 1500: 1024}
    for startup, source in copies.items():
        own[startup] += f" {texts[source]}"
    assert {one: copy.source for one, copy in found(*own, sources=texts).items()} == copies


def test_pairs_are_known_by_id_and_in_a_portfolio_by_name_whatever_the_date():
    startups = [a_startup("s1", name="Pumpé"), a_startup("s2", name="Lamp"), a_startup("s3", name="PUMPE")]
    partners = [a_partner("p1"), a_partner("p2")]
    history = [
        HistoryRecord(id="h1", startup_id="s1", partner_id="p2", outcome="invested", date="2099-01-01"),
        HistoryRecord(id="h2", startup_id="s2", partner_id="p2", outcome="declined_by_partner"),
        HistoryRecord(id="h3", startup_id="gone", partner_id="p1", outcome="invested"),
    ]
    portfolio = [
        PortfolioCompany(id="c1", partner_id="p1", name="lamp", summary="Lamps."),
        PortfolioCompany(id="c2", partner_id="gone", name="Lamp", summary="Lamps."),
    ]
    assert known_pairs(startups, partners, history, portfolio).tolist() == [[0, 1], [1, 0]]
    assert known_pairs(startups, partners, [], []).shape == (0, 2)


def test_a_namesake_from_another_country_is_not_the_company_of_a_portfolio():
    startups = [a_startup(f"s{at}", name="Lamp", country=country) for at, country in enumerate(("KE", "NG", None))]
    company = PortfolioCompany(id="c1", partner_id="p1", name="Lamp", summary="Lamps.", country="KE")
    assert known_pairs(startups, [a_partner("p1")], [], [company]).tolist() == [[0, 0], [2, 0]]
