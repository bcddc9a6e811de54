"""Passages: what counts of a text, each sentence once and all alike."""

import numpy as np

from matcher.steps.passages import Passages, means, passages, words_of

TEXT = "We monitor patients at home. Nurses see alarms. We monitor patients at home."


def test_passages_are_the_sentences_of_the_stored_text():
    said = passages(TEXT)
    assert [TEXT[start:end] for start, end in said.spans] == list(said.plain)
    assert len(said.plain) == 3


def test_what_is_said_again_counts_once():
    said = passages(TEXT)
    assert said.once() == ("We monitor patients at home.", "Nurses see alarms.")
    assert said.words() == 8
    assert said.once(without=0) == ("Nurses see alarms.", "We monitor patients at home.")
    assert said.once(without=1) == ("We monitor patients at home.",)


def test_nothing_said_is_no_passage():
    assert passages("") == passages("  \n ") == Passages()
    assert Passages().words() == 0


def test_a_text_is_the_mean_of_its_passages_whatever_their_order():
    grid = np.array([[4000, 0, 0], [0, 4000, 0], [0, 0, 4000]], np.int16)
    row = {"a": 0, "b": 1, "c": 2}
    found = means([("a", "b"), ("b", "a"), (), ("c",)], grid, row)
    assert found.tolist() == [[4000, 4000, 0], [4000, 4000, 0], [0, 0, 0], [0, 0, 4000]]


def test_words_come_in_the_order_of_passages():
    assert words_of(("a b", "c"), str.split) == ("a", "b", "c")
