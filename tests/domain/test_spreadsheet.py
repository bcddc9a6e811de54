"""What a sheet may be called, and how many lines a text takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.spreadsheet import lines, sheet_name, writable


@pytest.mark.parametrize(
    ("wanted", "given_"),
    [
        ("Plain", "Plain"),
        ("a/b: [c]?", "a b c"),
        ("'Quoted'", "Quoted"),
        ("", "Sheet"),
        ("History", "History (2)"),
        ("ｍｅｅｔｉｎｇｓ", "ｍｅｅｔｉｎｇｓ (2)"),
        ("n" * 40, "n" * 31),
        ("🙂" * 20, "🙂" * 15),
        ("A name whose apostrophe is at 31' and goes on", "A name whose apostrophe is at 3"),
    ],
)
def test_a_name_is_kept_as_far_as_excel_takes_it(wanted, given_):
    assert sheet_name(wanted, {"meetings"}) == given_


@given(st.lists(st.text(max_size=40), max_size=30))
def test_names_are_legal_and_differ_in_more_than_case(wanted):
    taken = set()
    names = [sheet_name(name, taken) for name in wanted]
    assert len({name.casefold() for name in names}) == len(names) == len(taken)
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) <= 62
        assert not set(name) & set("[]:*?/\\") and name == name.strip("'") and name.casefold() != "history"


@given(st.text(max_size=300), st.integers(min_value=3, max_value=90))
def test_lines_are_the_whole_text(text, characters):
    assert "".join(lines(text, characters)) == " ".join(text.split())


def test_wide_letters_fill_a_line_sooner_and_a_long_word_is_broken():
    assert len(lines("i" * 100, 40)) < len(lines("n" * 100, 40)) < len(lines("W" * 100, 40))
    assert len(lines("漢" * 100, 40)) > len(lines("n" * 100, 40))
    assert lines("", 40) == [""]


def test_more_room_never_takes_more_lines():
    text = "Every sentence of it is needed, said the officer, and so it was. " * 5
    counts = [len(lines(text, characters)) for characters in range(5, 120)]
    assert counts == sorted(counts, reverse=True)


def test_what_xml_cannot_hold_is_replaced():
    assert writable("a\x00b\ud800c\uffffd\te") == "a�b�c�d\te"
