"""Words in common are whole words, with aliases, and rare ones weigh more."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.steps.lexical import Tokenizer, by_weight, lexicon
from matcher.wiring import reference

TOKENIZER = Tokenizer(reference().vocabulary)


def overlap(left, right):
    corpus = lexicon([TOKENIZER.words(right), TOKENIZER.words("wells and pumps for farmers")])
    return float((corpus.project([TOKENIZER.words(left)]) @ corpus.rows.T).toarray()[0, 0])


@pytest.mark.parametrize(("left", "right"), [("AI for doctors", "retail chains"), ("sold in the US", "Australia")])
def test_a_word_is_never_part_of_another(left, right):
    assert overlap(left, right) == 0


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("AI triage", "we back artificial intelligence"),
        ("ML for crops", "machine learning funds"),
        ("nurses", "a nurse"),
        ("Saúde", "saude"),
        ("clinics", "Clinic"),
    ],
)
def test_aliases_plurals_and_accents_meet(left, right):
    assert overlap(left, right) > 0


def test_common_words_do_not_count():
    assert TOKENIZER.words("We are the best team, looking to help people every day, and getting used to it") == []


def test_a_rare_word_weighs_more_than_a_frequent_one():
    corpus = lexicon([["nurse", "ward"], ["nurse"], ["nurse", "rota"]])
    assert by_weight({"nurse", "rota"}, corpus) == ["rota", "nurse"]
    assert corpus.of("unheard") >= corpus.of("rota") > corpus.of("nurse")


def test_rows_are_of_unit_length_and_a_text_fits_itself_best():
    corpus = lexicon([["nurse", "ward"], ["rota", "ward", "ward"]])
    lengths = np.sqrt(corpus.rows.multiply(corpus.rows).sum(axis=1))
    assert np.allclose(lengths, 1)
    assert (corpus.project([["nurse", "ward"]]) @ corpus.rows.T).toarray()[0].argmax() == 0


def test_a_word_nobody_else_says_lowers_the_overlap():
    corpus = lexicon([["nurse", "ward"]])
    plain, strange = (corpus.project([words]) @ corpus.rows.T for words in (["nurse"], ["nurse", "zeppelin"]))
    assert strange.toarray()[0, 0] < plain.toarray()[0, 0]


def test_repeating_a_word_saturates():
    corpus = lexicon([["nurse", "ward"], ["pump"]])
    once, often = (corpus.project([words]) @ corpus.rows.T for words in (["nurse", "ward"], ["nurse"] * 200 + ["ward"]))
    assert often.toarray()[0, 0] < once.toarray()[0, 0]


def test_words_are_shown_as_they_were_written():
    written = TOKENIZER.as_written("Nurses use Machine Learning, and AI")
    assert written["nurse"] == "Nurses"
    assert written["ai"] == "Machine Learning"


@given(st.text(max_size=60) | st.sampled_from(["sau\u0301de Pulse™", "मरीजों की निगरानी", "½ dose", "Straße", "ﬁnance"]))
def test_every_word_that_counts_can_be_shown_as_written(text):
    assert set(TOKENIZER.words(text)) == TOKENIZER.as_written(text).keys()


def test_words_of_other_scripts_are_whole():
    assert "मरीजों" in TOKENIZER.as_written("मरीजों की निगरानी").values()
    assert overlap("sau\u0301de", "saúde") > 0
