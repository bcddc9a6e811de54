"""What can be kept of a cell, and what a message shows of it."""

import pytest

from matcher.domain.sheet import LONGEST_TEXT, excerpt, unkeepable


@pytest.mark.parametrize(
    "text", ["NULL", "😀", "שלום", "zero\u200bwidth", "a" * 50_000, "a" * LONGEST_TEXT, "{{ x }}", "line\nbreak\ttab"]
)
def test_anything_that_can_be_shown_is_kept(text):
    assert unkeepable(text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [("a\0b", "NUL"), ("\ud83d", "half a character"), ("a" * (LONGEST_TEXT + 1), "100,001 characters")],
)
def test_what_cannot_be_kept_says_why(text, said):
    assert said in unkeepable(text)


def test_an_excerpt_is_one_short_line():
    assert excerpt("a\n b\t c") == "a b c"
    assert excerpt("x" * 1_000) == "x" * 99 + "…"
    assert excerpt(12) == "12"
