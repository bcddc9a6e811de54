"""The workbook of a briefing pack, opened with another library: texts as texts, numbers as numbers, print-ready."""

import io
import re
import zipfile

import openpyxl
import pytest

from matcher.domain.spreadsheet import lines
from matcher.engines.workbook import pack_workbook
from matcher.steps.pack import briefing_pack
from tests.packs import a_pair, a_result

# What spreadsheet programs, XML and sheet names trip over.
HOSTILE = (
    '=HYPERLINK("http://example.com","Prize")',
    "+44 7700",
    "-1",
    "@SUM(A1)",
    "＝1+1",
    "<script>alert(1)</script>",
    "a]b[c:d*e?f/g\\h",
    "'quoted'",
    "History",
    "Meetings",
    "read ME",
    "عربي \u202e reversed",
    "🙂" * 40,
    "x" * 300,
    "_x0041_ \x0b\uffff",
    "&P &D & co",
    "",
    "'",
)


def opened(result, **said):
    return openpyxl.load_workbook(io.BytesIO(pack_workbook(briefing_pack(result, **said))))


def hostile_result():
    pairs = [
        a_pair(
            f"s{at}",
            f"p{at}",
            startup_name=name,
            partner_name=f"{name} partner",
            reason=name,
            cautions=[name],
            unknown=[{"rule": "x", "asked_by": "y", "detail": name}],
        )
        for at, name in enumerate(HOSTILE)
    ]
    return a_result(*pairs, programme_name=HOSTILE[0])


def entries(result):
    book = zipfile.ZipFile(io.BytesIO(pack_workbook(briefing_pack(result))))
    return {name: book.read(name).decode() for name in book.namelist() if name.endswith((".xml", ".rels"))}


def links(sheet):
    return {cell.coordinate: cell.hyperlink for row in sheet for cell in row if cell.hyperlink}


def texts(book):
    return [cell.value for sheet in book for row in sheet for cell in row if isinstance(cell.value, str)]


def test_read_me_comes_first_then_the_lists_then_a_sheet_each_then_the_rest():
    book = opened(a_result(a_pair("s1", "p1"), a_pair("s2", "p1")))
    assert book.sheetnames == [
        "Read me",
        "Meetings",
        "Alternates",
        "Startup s1",
        "Startup s2",
        "Partner p1",
        "Partner load",
        "Falls short",
        "No place",
        "Not eligible",
    ]


def test_no_text_is_ever_a_formula_and_texts_that_look_like_one_are_marked_as_text():
    result = hostile_result()
    sheets = {name: text for name, text in entries(result).items() if name.startswith("xl/worksheets/sheet")}
    assert len(sheets) == 7 + 2 * len(HOSTILE)
    assert not [name for name, text in sheets.items() if "<f" in re.sub("<filter|<fonts", "", text)]
    book = opened(result)
    marked = {
        str(cell.value)[:1]: cell.quotePrefix
        for row in book["Meetings"].iter_rows(min_row=2)
        for cell in row
        if isinstance(cell.value, str) and cell.value
    }
    assert all(marked[sign] for sign in "=+-@＝")
    assert not marked["H"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stands_in_the_workbook_as_it_reads_on_a_page(name):
    shown = " ".join(re.sub("[\x00-\x1f\u202e]", " ", name).split()).replace("\uffff", "\ufffd") or "s0"
    found = texts(opened(a_result(a_pair("s0", "p0", startup_name=name))))
    assert shown in found


def test_every_sheet_name_is_legal_and_no_two_are_alike():
    names = opened(hostile_result()).sheetnames
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert name == name.strip("' ") and name.casefold() != "history"


def test_links_lead_to_sheets_that_are_there():
    book = opened(hostile_result())
    targets = [link.location for sheet in book for link in links(sheet).values()]
    assert len(targets) > 2 * len(HOSTILE)
    named = {f"'{name.replace(chr(39), chr(39) * 2)}'!A1" for name in book.sheetnames}
    assert set(targets) <= named


def test_every_sheet_prints_on_a4_one_page_wide_and_says_which_run_and_whether_it_is_approved():
    for sheet in opened(a_result(a_pair(), programme_name="R&D 2027"), status="Approved by Ada."):
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert "R&&D 2027 · run 0123456789ab · as of 5 January 2027" in sheet.oddFooter.left.text
        assert sheet.oddFooter.right.text.strip() == "page &P of &N"
        assert sheet.oddHeader.left.text.strip() == "Approved by Ada."


def test_headers_and_footers_stay_within_excels_255_characters_whatever_the_names():
    long = "&" * 300
    for name, text in entries(a_result(a_pair(), programme_name=long)).items():
        for found in re.findall("<odd(?:Header|Footer)>(.*?)</odd", text):
            assert 10 < len(found.replace("&amp;", "&")) <= 255, name
    assert "oddFooter" in entries(a_result(a_pair(), programme_name=long))["xl/worksheets/sheet1.xml"]


def test_lists_keep_their_heading_in_sight_and_on_every_page_and_can_be_filtered():
    book = opened(a_result(a_pair()))
    sheet = book["Meetings"]
    assert sheet.freeze_panes == "B2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.auto_filter.ref == "A1:H2"
    assert book["No place"]["A2"].value == "Nobody is without a place."


def test_numbers_are_numbers():
    sheet = opened(a_result(a_pair(rank=3, score=1.25, confidence=0.5)))["Meetings"]
    cells = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert [(cells[name].value, cells[name].data_type) for name in ("Rank", "Score", "Confidence")] == [
        (3, "n"),
        (1.25, "n"),
        (0.5, "n"),
    ]
    assert cells["Confidence"].number_format == "0 %"


def test_a_pair_that_could_not_be_assessed_has_a_blank_score():
    sheet = opened(a_result(a_pair(score=None, band="not assessed")))["Meetings"]
    assert [cell.value for cell in sheet[2]][4:6] == ["Not assessed", None]


def test_a_row_is_high_enough_for_its_lines_and_a_text_too_high_for_a_row_goes_on_in_the_next():
    reason = "Every sentence of it is needed. " * 120
    book = opened(a_result(a_pair(reason=reason)))
    sheet = book["Startup s1"]
    rows = [row for row in sheet.iter_rows() if "sentence of it" in str(row[1].value)]
    assert len(rows) > 1
    assert " ".join(row[1].value for row in rows) == reason.strip()
    for row in rows:
        high = sheet.row_dimensions[row[0].row].height
        assert 11.5 * len(lines(row[1].value, 79)) <= high <= 409
    # A list has one row a meeting: it ends where the row can be no higher.
    listed = book["Meetings"]["H2"].value
    assert listed.endswith("…") and book["Meetings"].row_dimensions[2].height <= 409


def test_a_link_fits_on_a_line_because_a_link_is_not_broken_into_lines_everywhere():
    book = opened(a_result(a_pair(startup_name="A name that is far too long for its column")))
    linked = set(links(book["Meetings"]))
    assert linked == {"C2"}


def test_equal_packs_give_equal_bytes():
    assert pack_workbook(briefing_pack(hostile_result())) == pack_workbook(briefing_pack(hostile_result()))
