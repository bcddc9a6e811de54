"""Text files people bring: what is read however it was saved, and what is refused in one sentence."""

import os
import threading
from pathlib import Path

import pytest

from matcher.engines import sheet as engine
from matcher.engines.sheet import read_sheet
from matcher.errors import BadInput
from tests.sheets import a_file

PLAIN = "id,name,city\ns1,Añjo Ltd,São Paulo\ns2,Źródło,Łódź\n"


def rows_of(sheet):
    return [tuple(cells) for _, cells in sheet.rows]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", PLAIN),
        ("utf-8-sig", PLAIN),
        ("utf-16", PLAIN),
        ("utf-16-le", PLAIN),
        ("utf-16-be", PLAIN),
        ("cp1252", PLAIN.replace("Źródło,Łódź", "Naïve – “so”,Köln")),
    ],
)
def test_a_sheet_is_read_in_the_encodings_that_programs_save(tmp_path, encoding, text):
    sheet = read_sheet(a_file(tmp_path, text.encode(encoding)))
    assert sheet.header == ("id", "name", "city")
    assert rows_of(sheet) == [tuple(line.split(",")) for line in text.splitlines()[1:]]


def test_windows_1252_is_said_so_that_someone_looks_at_the_accents(tmp_path):
    sheet = read_sheet(a_file(tmp_path, "id,name\ns1,Café\n".encode("cp1252")))
    assert "Windows-1252" in sheet.notes[0]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_separator_is_told_by_the_header(tmp_path, mark):
    text = PLAIN.replace(",", mark) + mark.join(["s3", '"a, b; c"', ""]) + "\n"
    assert rows_of(read_sheet(a_file(tmp_path, text)))[2] == ("s3", "a, b; c", "")


def test_a_separator_within_a_quoted_title_does_not_count(tmp_path):
    sheet = read_sheet(a_file(tmp_path, '"id;of;it",name\ns1,A\n'))
    assert sheet.header == ("id;of;it", "name")


def test_mixed_newlines_and_line_breaks_within_texts_are_read(tmp_path):
    sheet = read_sheet(a_file(tmp_path, 'id,name\r\ns1,"two\nlines"\rs2,B\ns3,"dos\r\nlines"\r\n'))
    assert rows_of(sheet) == [("s1", "two\nlines"), ("s2", "B"), ("s3", "dos\r\nlines")]


def test_rows_count_as_a_spreadsheet_shows_them(tmp_path):
    sheet = read_sheet(a_file(tmp_path, '\nid,name\n\ns1,"two\nlines"\n,\n  ,  \ns2,B\n'))
    assert sheet.header_row == 2
    assert [number for number, _ in sheet.rows] == [4, 7]


def test_a_header_without_rows_is_a_sheet_without_rows(tmp_path):
    assert read_sheet(a_file(tmp_path, "id,name\n")).rows == []


def test_blank_cells_beyond_the_header_are_no_fault(tmp_path):
    sheet = read_sheet(a_file(tmp_path, "id,name\ns1,A,,\n"))
    assert rows_of(sheet) == [("s1", "A")] and not sheet.flaws


@pytest.mark.parametrize(
    "text", ["a" * 50_000, "NULL", "NaN", "TRUE", "007", "=1+1", "<b>", "{{x}}", "😀", "מתאם", "a\u200bb"]
)
def test_a_text_is_kept_letter_by_letter(tmp_path, text):
    assert rows_of(read_sheet(a_file(tmp_path, f"id,name\ns1,{text}\n"))) == [("s1", text)]


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("s1", "id", "has 1 cell, the header has 3; add the missing commas"),
        ("s1,a,b,c", "city", "has 4 cells, the header has 3; put quotation marks around"),
        (f"s1,{'a' * 1_000_000},b", "name", "1,000,000 characters; shorten it"),
        ("s1,a,\0", "city", "NUL character; delete it"),
    ],
)
def test_a_faulty_row_is_named_with_the_way_out_and_the_others_are_read(tmp_path, row, column, said):
    sheet = read_sheet(a_file(tmp_path, f"id,name,city\ns0,a,b\n{row}\ns2,a,b\n"))
    assert [number for number, _ in sheet.rows] == [2, 4]
    (flaw,) = sheet.flaws
    assert (flaw.row, flaw.column) == (3, column)
    assert said in flaw.message
    assert len(flaw.value) <= 100


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty; put the column names in the first row"),
        (b"\xef\xbb\xbf\r\n \n", "is empty"),
        (b"%PDF-1.7\n...", "is a PDF, whatever its name says"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "is an old Excel or Word file"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "is protected by a password"),
        (b"<html><table></table></html>", "is a web page"),
        (b"<?xml version='1.0'?><x/>", "is a web page or XML"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is not a sheet"),
        (b"\x1f\x8b\x08\0", "is not a sheet"),
        ("id,name\ns1,Łódź\n".encode() + b"s2,\xc5\n", "has damaged characters"),
        ("id,name\ns1,Łódź\n".encode("utf-16")[:-1], "has damaged characters"),
        (b'id,name\ns1,A\ns2,"B\ns3,C\n', "Row 3 of sheet.csv opens a quotation mark"),
        (b'id,name\ns1,A\ns2,"B\ns3,"C"\ns4,D\n', "Row 3 of sheet.csv opens a quotation mark"),
        (b'id,name\ns1,"He said "hi" to me"\n', "Row 2 of sheet.csv opens a quotation mark"),
        (b'id,name\ns1,"' + b"text\n" * 1_000_000, "Row 2 of sheet.csv has more than"),
        (b"a" * 5_000_000, "Row 1 of sheet.csv has more than"),
        (b"id,name\n" + b"s,n\n" * 1_000_000, "has more than 200,000 rows; split it"),
        (b"id,name\n" + b"\n" * 1_000_000, "has more than 200,000 rows; split it, or delete empty rows"),
        (b",".join(b"c%d" % i for i in range(300)) + b"\n", "has more than 200 columns"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_in_one_sentence(tmp_path, content, said):
    with pytest.raises(BadInput) as refusal:
        read_sheet(a_file(tmp_path, content))
    assert said in str(refusal.value)
    assert "sheet.csv" in str(refusal.value)


def test_a_file_that_is_not_there_or_a_folder_is_named(tmp_path):
    for path, said in ((tmp_path / "nowhere.csv", "There is no file"), (tmp_path, "is a folder")):
        with pytest.raises(BadInput, match=said):
            read_sheet(path)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no endless file")
def test_an_endless_file_is_read_up_to_the_limit_only():
    with pytest.raises(BadInput, match="larger than 64 MB"):
        read_sheet(Path("/dev/zero"))


def test_a_pipe_is_read_like_a_file(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=("id,name\ns1,A\n",))
    writer.start()
    assert rows_of(read_sheet(pipe)) == [("s1", "A")]
    writer.join()


def test_more_text_than_memory_allows_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "MOST_WEIGHT", 10_000)
    with pytest.raises(BadInput, match="holds too much text"):
        read_sheet(a_file(tmp_path, "id,name\n" + f"s,{'a' * 90}\n" * 100))


def test_a_sheet_name_is_refused_where_there_are_no_sheets(tmp_path):
    with pytest.raises(BadInput, match='no sheet "S"; leave --sheet out'):
        read_sheet(a_file(tmp_path, PLAIN), sheet="S")


def test_json_lines_are_told_by_content_whatever_the_name(tmp_path):
    sheet = read_sheet(a_file(tmp_path, '{"id": "s1", "sectors": ["a", "b"]}\n\n{"name": "B", "id": "s2"}\n'))
    assert sheet.header == ("id", "sectors", "name")
    assert sheet.rows == [(1, ["s1", ("a", "b"), None]), (3, ["s2", None, "B"])]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id": "a", "id": "b"}', 'The key "id" stands twice; write one object a line'),
        ("[1, 2]", "This line is not a JSON object"),
        ('{"id": NaN}', "NaN is not a number"),
        ('{"id": "a\\u0000"}', "NUL character"),
        ('{"id": "\\ud800"}', "half a character"),
        ('{"id": ["\\ud800"]}', "half a character"),
        ("id,name", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
    ],
)
def test_a_faulty_json_line_is_named_and_the_others_are_read(tmp_path, line, said):
    sheet = read_sheet(a_file(tmp_path, f'{{"id": "s0"}}\n{line}\n{{"id": "s2"}}\n', "sheet.jsonl"))
    assert [number for number, _ in sheet.rows] == [1, 3]
    (flaw,) = sheet.flaws
    assert flaw.row == 2
    assert said in flaw.message


def test_json_with_ever_new_keys_is_refused(tmp_path):
    lines = "".join(f'{{"k{i}": 1}}\n' for i in range(300))
    with pytest.raises(BadInput, match="more than 200 columns"):
        read_sheet(a_file(tmp_path, lines))
