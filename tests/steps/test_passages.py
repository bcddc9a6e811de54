"""Passages: what counts of a text, each sentence once and all alike."""

import numpy as np

from matcher.steps.passages import Passages, sums, words_of
from matcher.steps.passages import passages as passages_of
from matcher.steps.plain_text import plain

TEXT = "We monitor patients at home. Nurses see alarms. We monitor patients at home."


def passages(text, struck=()):
    return passages_of(plain(text), struck)


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


def test_what_is_struck_out_of_a_sentence_leaves_the_pieces_that_say_enough():
    text = "We monitor patients at home, blood heart lung care; nurses look after them."
    start, end = text.index("blood"), text.index("; nurses")
    said = passages(text, ((start, end),))
    assert said.plain == ("We monitor patients at home", "nurses look after them.")
    assert [text[start:end] for start, end in said.spans] == list(said.plain)


def test_a_sentence_struck_whole_is_no_passage_and_a_rest_of_three_words_neither():
    text = "We monitor patients at home. Blood heart lung care. Nurses like it much."
    struck = ((text.index("Blood"), text.index("care") + 4), (text.index("it much"), len(text)))
    assert passages(text, struck).plain == ("We monitor patients at home.",)


def test_spans_within_one_another_strike_what_the_widest_does():
    text = "We monitor patients at home. Blood heart lung care for every ward and clinic in the north."
    wide = (text.index("Blood"), len(text))
    assert passages(text, (wide, (wide[0] + 6, wide[0] + 11))).plain == ("We monitor patients at home.",)


def test_what_a_reader_does_not_see_is_not_read_and_is_quoted_as_it_stands():
    text = "We monitor pa\u200btients at home."
    said = passages(text)
    assert said.plain == ("We monitor patients at home.",)
    assert [text[start:end] for start, end in said.spans] == [text]


def test_a_text_is_the_mean_of_its_passages_whatever_their_order():
    grid = np.array([[4000, 0, 0], [0, 4000, 0], [0, 0, 4000]], np.int16)
    row = {"a": 0, "b": 1, "c": 2}
    found = sums([("a", "b"), ("b", "a"), (), ("c",)], grid, row)
    assert found.tolist() == [[4000, 4000, 0], [4000, 4000, 0], [0, 0, 0], [0, 0, 4000]]


def test_words_come_in_the_order_of_passages():
    assert words_of(("a b", "c"), str.split) == ("a", "b", "c")
