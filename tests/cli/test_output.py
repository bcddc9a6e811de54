"""An output file appears whole or not at all, and a fault is laid at the door of whoever made it."""

import os

import pytest

from matcher.cli.output import counted, visible, write_output
from matcher.cli.terminal import as_of_date, today, utc_now
from matcher.errors import Unavailable


def test_a_fault_while_a_chunk_is_made_goes_on_as_it_is_and_leaves_no_file(tmp_path):
    def chunks():
        yield b"half"
        raise PermissionError(13, "somewhere else")

    with pytest.raises(PermissionError):
        write_output(chunks(), tmp_path / "x.csv", False)
    assert list(tmp_path.iterdir()) == []


def test_a_fault_while_writing_leaves_the_earlier_file(tmp_path, monkeypatch):
    output = tmp_path / "x.csv"
    output.write_bytes(b"earlier")

    def no_space(_number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(Unavailable, match="No space left"):
        write_output([b"new"], output, True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"x.csv": b"earlier"}


def test_newlines_and_tabs_stay_and_what_a_terminal_obeys_goes():
    assert visible("a\r\nb\tc\x1b[0m\x7f\u2066é") == "a\nb\tc\ufffd[0m\ufffd\ufffdé"


def test_one_is_not_many():
    assert [counted(number, "meeting") for number in (0, 1, 2000)] == ["0 meetings", "1 meeting", "2,000 meetings"]


def test_there_is_one_clock():
    assert as_of_date(None) == today().isoformat()
    assert today() == utc_now().date()
