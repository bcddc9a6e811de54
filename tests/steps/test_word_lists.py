"""Keywords in a row and words said over and over do not count; sentences do, also those with many names in them."""

import pytest

from matcher.steps.word_lists import list_spans, said_words, spans_of
from matcher.wiring import reference

FUNCTION_WORDS = reference().vocabulary.function_words
SENTENCE = "We lend solar pumps to farmers in Kenya, and they pay as they harvest."
KEYWORDS = (
    "payments lending insurance blockchain wallets remittance banking compliance fraud identity onboarding trading "
    "analytics underwriting"
)


def out(text):
    return [text[start:end] for start, end in list_spans(said_words(text), FUNCTION_WORDS)]


def test_words_are_read_folded_and_found_where_they_stand():
    text = "Crédit — the farmers’ Co-op don’t wait 24/7; cafe\u0301s do"
    said = said_words(text)
    assert said.words == ("credit", "the", "farmers", "co", "op", "don't", "wait", "24", "7", "cafes", "do")
    assert [text[start:end] for start, end in said.spans][0:3] == ["Crédit", "the", "farmers"]


def test_fourteen_keywords_are_a_list_and_thirteen_are_not():
    assert out(f"{SENTENCE} We do: {KEYWORDS}.") == [KEYWORDS]
    assert out(f"{SENTENCE} We do: {KEYWORDS.rpartition(' ')[0]}.") == []


@pytest.mark.parametrize("between", [", ", "; ", ". ", " / ", "\n", " #", "-"], ids=ascii)
def test_no_punctuation_makes_a_list_a_sentence(between):
    keywords = KEYWORDS.replace(" ", between)
    assert out(f"{SENTENCE}\n{keywords}") == [keywords]


def test_a_small_word_among_them_makes_a_list_no_sentence():
    more = KEYWORDS.replace("wallets ", "wallets of ") + " accounts cards loans savings"
    assert out(f"{SENTENCE} {more}") == [more]
    assert out(f"{SENTENCE} {more.replace('cards', 'and for the')}") == []


def test_a_list_goes_on_behind_a_small_word():
    text = f"{KEYWORDS} it's accounts cards loans savings pensions"
    assert out(text) == [text]


def test_a_row_of_short_items_is_a_list_whatever_words_they_are():
    items = "savings, the farm, pumps, for her, lamps, of us, work and, cards"
    assert out(f"{SENTENCE}\n{items}") == ["savings, the farm, pumps, for her, lamps, of us, work and, cards"]
    assert out("We sell pumps, lamps, cards, loans, tea, rice and more to the farmers of Kenya.") == []


def test_sentences_beside_one_another_are_no_list():
    text = "It finds rural clinics spare sensor parts. Kenyan mechanics mend broken pumps within two days of a call."
    assert out(text) == []
    assert out(text.replace("Kenyan", f"{KEYWORDS}.\nKenyan")) == [KEYWORDS]


def test_keywords_written_together_are_a_list_too():
    together = KEYWORDS.replace(" ", "")
    assert out(f"We do {together}.") == [together]
    assert out("We model the pharmacokinetics of electroencephalographically monitored patients.") == []


def test_a_long_text_may_have_a_longer_run():
    long = " ".join(f"The {a} of {b} is with the {c}." for a, b, c in (f"a{n} b{n} c{n}".split() for n in range(80)))
    assert out(f"{long} We do {KEYWORDS}.") == []
    more = f"{KEYWORDS} accounts cards loans savings pensions tax"
    assert out(f"{long} We do {more}.") == [more]


def test_a_word_counts_five_times():
    assert out("Payments for all, payments in shops, payments by card, payments at home and payments to you.") == []
    said = out("Payments are payments, and payments with payments by payments as payments or Payments!")
    assert said == ["payments", "Payments"]


def test_a_word_that_a_long_text_is_about_may_be_said_more_often():
    joints = ["of", "by", "with", "from", "near", "under", "over", "behind"]
    often = " ".join(f"A pump {joint} {number} is good." for number, joint in enumerate(joints))
    assert "pump" in " ".join(out(often))
    long = " ".join(
        f"A pump {joint} a{n} b{n} is as c{n} d{n} f{n} as g{n} h{n} j{n}." for n, joint in enumerate(joints)
    )
    assert out(long) == []


def test_a_phrase_of_three_words_counts_twice():
    said = out("We do payments. You know that we do payments. As you see, we do payments.")
    assert said == ["we do payments"]


def test_small_words_alone_are_no_list():
    assert out(" ".join(["all of the", "and then some", "with more for you", "not only here", "but also there"])) == []


def test_nothing_and_a_word_have_no_list():
    assert out("") == []
    assert out("Payments") == []


def test_words_beside_one_another_are_one_span():
    said = said_words("One, two; and three.")
    assert spans_of(said, [0, 1, 3]) == ((0, 8), (14, 19))
    assert spans_of(said, []) == ()
