"""An output file appears whole or not at all, and a fault is laid at the door of whoever made it."""

import os

import pytest

from matcher.cli.output import check_folder, counted, visible, write_folder, write_output
from matcher.cli.terminal import as_of_date, today, utc_now
from matcher.errors import BadInput, Unavailable


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


TWO = {"a.json": b"{}", "b.md": b"# B"}


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_appears_with_all_its_files(tmp_path):
    write_folder(TWO, tmp_path / "new", False)
    assert {path.name for path in tmp_path.iterdir()} == {"new"}
    assert contents(tmp_path / "new") == TWO


def test_an_empty_folder_is_filled_and_a_full_one_only_by_force(tmp_path):
    write_folder(TWO, tmp_path, False)
    (tmp_path / "other").write_bytes(b"mine")
    with pytest.raises(BadInput, match="--force"):
        write_folder({"a.json": b"[]"}, tmp_path, False)
    assert contents(tmp_path) == TWO | {"other": b"mine"}
    write_folder({"a.json": b"[]"}, tmp_path, True)
    assert contents(tmp_path) == TWO | {"a.json": b"[]", "other": b"mine"}


@pytest.mark.parametrize("before", [None, TWO], ids=["a new one", "one that was there"])
def test_a_fault_while_a_folder_is_written_leaves_what_was_there(tmp_path, monkeypatch, before):
    output = tmp_path / "out"
    if before:
        write_folder(before, output, False)
    written = []

    def full_after_one(_number):
        written.append(_number)
        if len(written) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_after_one)
    with pytest.raises(Unavailable, match=f"^{output} cannot be written: No space left"):
        write_folder({"a.json": b"new", "b.md": b"new"}, output, True)
    assert contents(tmp_path) == ({f"out/{name}": body for name, body in before.items()} if before else {})
    assert [path.name for path in tmp_path.iterdir()] == (["out"] if before else [])


def test_no_folder_and_a_folder_of_ones_own_are_fine_and_a_file_is_none(tmp_path):
    check_folder(None, False)
    check_folder(tmp_path / "new", False)
    check_folder(tmp_path, False)
    (tmp_path / "file").write_bytes(b"mine")
    with pytest.raises(BadInput, match="exists"):
        check_folder(tmp_path / "file", True)


def test_newlines_and_tabs_stay_and_what_a_terminal_obeys_goes():
    assert visible("a\r\nb\tc\x1b[0m\x7f\u2066é") == "a\nb\tc\ufffd[0m\ufffd\ufffdé"


def test_one_is_not_many():
    assert [counted(number, "meeting") for number in (0, 1, 2000)] == ["0 meetings", "1 meeting", "2,000 meetings"]


def test_there_is_one_clock():
    assert as_of_date(None) == today().isoformat()
    assert today() == utc_now().date()
