"""Whatever is typed, its plain text is made of it in order, and making it plain again changes nothing."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.steps.plain_text import plain

LETTERS = st.characters(exclude_categories=["Cs"]) | st.sampled_from(
    "aeopху рοα\u200b\u200d\u00ad\U000e0061\ufe0f👩𝗳ﬃＡ"
)
TEXTS = st.text(LETTERS, max_size=40)


@given(TEXTS)
def test_every_character_stands_in_the_stored_text_in_order(text):
    said = plain(text)
    assert len(said.offsets) == len(said.text)
    assert (np.diff(said.offsets) >= 0).all()
    assert not len(said.offsets) or (said.offsets[0] >= 0 and said.offsets[-1] < len(text))


@given(TEXTS)
def test_a_plain_text_is_plain(text):
    once = plain(text)
    again = plain(once.text)
    assert (again.text, again.hidden, again.lookalike) == (once.text, 0, 0)


@given(st.text(st.characters(max_codepoint=126, exclude_categories=["Cc"])))
def test_a_text_in_ascii_is_plain_already(text):
    said = plain(text)
    assert said.text == text
    assert said.offsets.tolist() == list(range(len(text)))
