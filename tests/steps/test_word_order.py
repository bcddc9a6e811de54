"""Words drawn by lot stand where no sentence has them; sentences, also odd ones, are left alone."""

import random

import pytest

from matcher.steps.word_lists import list_spans, said_words
from matcher.steps.word_order import COMMA, JOINED, SENTENCE, SPACE, disordered
from matcher.wiring import reference

TEXT = (
    "We back early companies that cut food waste in the hospitals and schools of the north. Our partners run kitchens "
    "in Leeds and in Bradford, and they look for sensors, for planning tools and for packaging that keeps a meal fresh "
    "for longer than the day on which it was made. The fund is open to founders from all over the world, and it pays "
    "for the first pilot of a product with a hospital or a school of the region, which is also its first customer."
)


def found(text):
    said = said_words(text)
    return disordered(said.words, said.gaps)


def test_what_stands_between_words_is_told():
    said = said_words("An on-line shop, 3.5 km away. We (two)\nSell: it!")
    assert dict(zip(said.words, said.gaps, strict=True)) == {
        "an": JOINED,
        "on": SPACE,
        "line": JOINED,
        "shop": SPACE,
        "3": COMMA,
        "5": JOINED,
        "km": SPACE,
        "away": SPACE,
        "we": SENTENCE,
        "two": 4,
        "sell": SENTENCE,
        "it": COMMA,
    }


@pytest.mark.parametrize("seed", range(8))
def test_a_text_whose_words_are_drawn_by_lot_is_in_no_order(seed):
    words = TEXT.replace(".", "").replace(",", "").split()
    random.Random(seed).shuffle(words)
    covered = sum(last - first for first, last in found(" ".join(words)))
    assert covered > 0.7 * len(words)


def test_a_text_in_order_is_in_order():
    assert found(TEXT) == []
    assert found("") == []


@pytest.mark.parametrize(
    "text",
    [
        "The US and the UK; an on-demand shop, an in-house lab and the per-farm price of an off-grid pump.",
        "Pumps to have and to hold, with and without solar, during and after the harvest, in and out of season.",
        "What it is and what it does is up to you, the farmer, and to those you work with.",
        "Because of the drought, of which more below, we have to be where the farms are.",
    ],
)
def test_odd_sentences_are_in_order(text):
    assert found(text) == []


def test_one_slip_is_no_disorder():
    assert found(f"{TEXT} It is the of best.") == []


def test_what_is_in_no_order_does_not_count():
    words = TEXT.replace(".", "").replace(",", "").split()
    random.Random(1).shuffle(words)
    own = "Solar pumps for farmers in Kenya, paid for as they harvest. " * 2
    text = own + TEXT + " " + " ".join(words)
    spans = list_spans(said_words(text), reference().vocabulary.function_words)
    assert sum(end - start for start, end in spans if start > len(own)) > 0.6 * len(" ".join(words))
