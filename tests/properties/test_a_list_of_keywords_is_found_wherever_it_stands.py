"""Whatever stands around it, a list of keywords is found, and what is found lies within the text, in order."""

from hypothesis import given
from hypothesis import strategies as st

from matcher.steps.word_lists import list_spans, said_words

SMALL = frozenset({"the", "of", "and", "is"})
KEYWORDS = " ".join(f"keyword{letter}" for letter in "abcdefghijklmnopqrst")
PIECES = st.lists(st.sampled_from(["the", "of", "and", "Pump", "pump.", "farm,", "is", "née", "x2"]), max_size=60)


@given(PIECES, PIECES)
def test_twenty_keywords_are_found(before, after):
    text = " ".join([*before, KEYWORDS, *after])
    spans = list_spans(said_words(text), SMALL)
    start = text.index(KEYWORDS)
    assert any(first <= start and last >= start + len(KEYWORDS) for first, last in spans)


@given(PIECES)
def test_what_is_found_lies_within_the_text_in_order(pieces):
    text = " ".join(pieces)
    spans = list_spans(said_words(text), SMALL)
    places = [place for span in spans for place in span]
    assert places == sorted(set(places))
    assert all(0 <= place <= len(text) for place in places)
