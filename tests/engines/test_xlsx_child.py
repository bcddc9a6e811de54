"""Workbooks: what is read of one, what is refused, and that a hostile one does no harm."""

import datetime
import subprocess
import sys
import time
import zipfile

import pytest
import xlsxwriter

from matcher.engines.sheet import read_sheet
from matcher.engines.xlsx_child import place
from matcher.errors import BadInput
from tests.sheets import a_file, a_workbook

HEADER = ["id", "name", "founded"]


def test_cells_keep_their_meaning(tmp_path):
    rows = [
        HEADER,
        ["007", True, 2019.0],
        ["s2", 12.5, datetime.date(2024, 3, 8)],
        ["s3", "a\nb", datetime.datetime(2024, 3, 8, 9, 30)],
        ["s4", None, datetime.datetime(2024, 3, 8)],
    ]
    sheet = read_sheet(a_workbook(tmp_path, ("S", rows)))
    assert sheet.header == tuple(HEADER)
    assert sheet.rows == [
        (2, ["007", True, 2019]),
        (3, ["s2", 12.5, "2024-03-08"]),
        (4, ["s3", "a\nb", "2024-03-08T09:30:00"]),
        (5, ["s4", None, "2024-03-08"]),
    ]
    assert type(sheet.rows[0][1][2]) is int


def test_rows_count_as_excel_shows_them_also_where_the_table_begins_further_down(tmp_path):
    sheet = read_sheet(a_workbook(tmp_path, ("S", [[], [], [None, "id", "name"], [], [None, "s1", "A"]])))
    assert (sheet.header_row, sheet.header) == (3, ("id", "name"))
    assert sheet.rows == [(5, ["s1", "A"])]


def test_a_formula_counts_by_its_value_and_is_empty_without_one(tmp_path):
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADER)
        page.write_formula(1, 0, '="s"&1', value="s1")
        page.write_formula(1, 1, "=A1", value="")
        page.write_formula(1, 2, "=2000+19", value=2019)
    assert read_sheet(path).rows == [(2, ["s1", None, 2019])]


def test_an_error_of_excel_is_read_as_empty_and_said(tmp_path):
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADER)
        page.write_row(1, 0, ["s1", "A"])
        page.write_formula(1, 2, "=1/0", value="#DIV/0!")
    sheet = read_sheet(path)
    assert sheet.rows == [(2, ["s1", "A", None])]
    assert sheet.notes == ("Cells with an Excel error such as #REF! were read as empty: C2.",)


def test_a_merged_cell_is_a_flaw_because_its_value_may_be_meant_for_each_row(tmp_path):
    path = a_workbook(
        tmp_path,
        ("S", [HEADER, ["s1", "A", 2019], ["s2", "B", None], ["s3", "C", 2020]]),
        change=lambda book: book["S"].merge_cells("C2:C3"),
    )
    sheet = read_sheet(path)
    (flaw,) = sheet.flaws
    assert (flaw.row, flaw.column, flaw.value) == (2, "founded", "2019")
    assert "C2:C3 are merged; unmerge them" in flaw.message
    assert [number for number, _ in sheet.rows] == [4]


def test_hidden_and_empty_sheets_are_left_alone(tmp_path):
    def hide(book):
        book["Old"].sheet_state = "hidden"
        book["Older"].sheet_state = "veryHidden"

    path = a_workbook(
        tmp_path,
        ("Old", [["x"], ["y"]]),
        ("Empty", []),
        ("Startups", [HEADER, ["s1", "A", 1]]),
        ("Older", [["x"]]),
        change=hide,
    )
    assert read_sheet(path).header == tuple(HEADER)


def test_of_several_sheets_one_must_be_named(tmp_path):
    path = a_workbook(tmp_path, ("One", [["id"], ["s1"]]), ("Two", [["id"], ["s2"]]))
    with pytest.raises(BadInput, match=r'book\.xlsx has several sheets: "One", "Two"; name one with --sheet'):
        read_sheet(path)
    assert read_sheet(path, sheet="two").rows == [(2, ["s2"])]
    with pytest.raises(BadInput, match='no visible sheet "Three"; it has "One", "Two"'):
        read_sheet(path, sheet="Three")


def test_a_workbook_without_a_visible_entry_is_refused(tmp_path):
    with pytest.raises(BadInput, match="no visible sheet that holds anything"):
        read_sheet(a_workbook(tmp_path, ("S", [])))


def test_a_workbook_is_told_by_content_whatever_its_name(tmp_path):
    path = a_workbook(tmp_path, ("S", [["id"], ["s1"]]), name="startups.csv")
    assert read_sheet(path).rows == [(2, ["s1"])]


def test_a_megabyte_in_a_cell_is_a_flaw_by_row_and_column(tmp_path):
    sheet = read_sheet(hostile(tmp_path, [row(1, "id", "name"), row(2, "s1", "a" * 1_000_000), row(3, "s2", "B")]))
    (flaw,) = sheet.flaws
    assert (flaw.row, flaw.column) == (2, "name")
    assert [number for number, _ in sheet.rows] == [3]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: a_file(folder, b"PK\x03\x04 nonsense", "book.xlsx"), "book.xlsx is damaged"),
        (lambda folder: zipped(folder, {"word/document.xml": b"<x/>"}), "is not an XLSX workbook"),
        (lambda folder: zipped(folder, {"xl/workbook.xml": b"<x"}), "is damaged"),
        (lambda folder: zipped(folder, {f"xl/{i}": b"" for i in range(2_000)} | {"xl/workbook.xml": b""}), "unpacks"),
        (lambda folder: zipped(folder, {"xl/workbook.xml": b"", "x": b"a" * 60_000_000}), "unpacks into far more"),
        (lambda folder: truncated(a_workbook(folder, ("S", [["id"]] * 50))), "is damaged"),
        (lambda folder: encrypted(a_workbook(folder, ("S", [["id"]]))), "is protected by a password"),
        (lambda folder: hostile(folder, [row(1, "id"), far_cell()]), "needs more memory or time"),
        (lambda folder: hostile(folder, (row(n, "x") for n in range(1, 220_000))), "more than 200,000 rows"),
    ],
)
def test_a_hostile_workbook_is_refused_within_ten_seconds_and_512_megabytes(tmp_path, make, said):
    path = make(tmp_path)
    began = time.monotonic()
    # In a process of its own: the system counts the largest child a process ever had.
    done = subprocess.run([sys.executable, "-c", _READS, path], capture_output=True, text=True, check=True)
    refusal, largest_kb = done.stdout.rsplit("\n", 2)[:2]
    assert said in refusal
    assert time.monotonic() - began < 10
    assert int(largest_kb) < 512 * 1024


_READS = """
import resource, sys
from pathlib import Path
from matcher.engines.sheet import read_sheet
from matcher.errors import BadInput
try:
    read_sheet(Path(sys.argv[1]))
except BadInput as refusal:
    print(refusal)
# VmHWM, since ru_maxrss of a process still counts what its parent had before it was started.
own = next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(max(int(own), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
"""


def test_no_module_in_the_folder_people_work_in_stands_in_for_ours(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("matcher.py", "json.py", "zipfile.py"):
        (tmp_path / name).write_text("raise SystemExit(7)")
    assert read_sheet(a_workbook(tmp_path, ("S", [["id"], ["s1"]]))).rows == [(2, ["s1"])]


def test_cells_are_named_as_excel_names_them():
    assert [place(0, 0), place(9, 25), place(0, 26), place(0, 701), place(0, 702)] == [
        "A1",
        "Z10",
        "AA1",
        "ZZ1",
        "AAA1",
    ]


def zipped(folder, parts):
    path = folder / "book.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def truncated(path):
    path.write_bytes(path.read_bytes()[:-200])
    return path


def encrypted(path):
    """Mark every entry as encrypted, as zip programs do (Excel itself makes another kind of file)."""
    data = bytearray(path.read_bytes())
    for signature, flag in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(signature)
        while at >= 0:
            data[at + flag] |= 1
            at = data.find(signature, at + 4)
    path.write_bytes(data)
    return path


def row(number, *texts):
    cells = "".join(
        f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in enumerate(texts)
    )
    return f'<row r="{number}">{cells}</row>'


def far_cell():
    return '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'


def hostile(folder, rows):
    """A workbook whose one sheet is written by hand."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    return zipped(
        folder,
        {
            "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="rId1" Type="{links}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{links}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="rId1" '
            f'Type="{links}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{"".join(rows)}</sheetData></worksheet>',
        },
    )
