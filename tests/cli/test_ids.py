"""Ids come from any sheet that an import would read, and from stdin."""

import io

import pytest

from matcher.cli.ids import ids_from
from matcher.errors import BadInput
from matcher.wiring import workspace_of
from tests.workspaces import Settings

WANTED = ("su-1", "su-2")
SHEETS = {
    "bom": "startup_id,x\nsu-1,\nsu-2,\n".encode("utf-8-sig"),
    "semicolon": b"x;startup_id\n;su-1\n;su-2\n",
    "tab": b"id\tx\nsu-1\t\nsu-2\t\n",
    "utf-16": "id,x\nsu-1,\nsu-2,\n".encode("utf-16"),
    "loose name": b"Startup ID,ID\nsu-1,9\nsu-2,9\n",
    "capitals": b"ID\nsu-1\nsu-2\nsu-1\n",
    "json lines": b'{"id": "su-1"}\n{"id": "su-2"}\n',
}


@pytest.fixture
def read_sheet(tmp_path):
    return workspace_of(Settings(workspace=tmp_path / "w", encoder="hashing")).read_sheet


def on_stdin(monkeypatch, content):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))


@pytest.mark.parametrize("content", SHEETS.values(), ids=SHEETS)
def test_ids_are_read_from_a_file_and_from_stdin_alike(read_sheet, tmp_path, monkeypatch, content):
    file = tmp_path / "ids.csv"
    file.write_bytes(content)
    assert ids_from(str(file), read_sheet) == WANTED
    on_stdin(monkeypatch, content)
    assert ids_from("-", read_sheet) == WANTED


def test_an_id_that_our_csv_made_harmless_and_one_in_pieces_are_known_again(read_sheet, tmp_path):
    file = tmp_path / "ids.csv"
    file.write_text("startup_id\n'=1+1\n'quoted\ncafe\u0301\n", encoding="utf-8")
    assert ids_from(str(file), read_sheet) == ("=1+1", "'quoted", "caf\u00e9")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"name\nx\n", "no column startup_id or id"),
        (b"id,name\n ,x\n", "names no startup"),
        (b"id,name\nsu-1," + b"x" * 200_000 + b"\n", "row 2"),
        (b'id,name\nsu-1,"x\n', "quotation mark"),
        (b"", "is empty"),
    ],
    ids=["no column", "no id", "long cell", "open quote", "empty"],
)
def test_what_holds_no_ids_is_refused(read_sheet, monkeypatch, content, said):
    on_stdin(monkeypatch, content)
    with pytest.raises(BadInput, match=said):
        ids_from("-", read_sheet)
