"""Cells as values, column by column."""

from matcher.domain.profile import Money
from matcher.steps.sheets.columns import HISTORY, PARTNERS, STARTUPS
from matcher.steps.sheets.faults import Faults
from matcher.steps.sheets.headers import match_header
from matcher.steps.sheets.read_cells import read_cells
from tests.sheets import a_sheet, words

WORDS = words()


def read(header, *rows, table=STARTUPS):
    sheet = a_sheet(header, *rows)
    faults = Faults(sheet.file)
    values, warnings = read_cells(sheet, table, match_header(sheet.header, table), WORDS, faults)
    return values, warnings, [(fault.row, fault.column, fault.value, fault.message) for fault in faults.listed()]


def test_blank_cells_and_missing_columns_are_unknown():
    values, _, faults = read("id name stage sectors", ("s1", "A", "", " "), ("s2", "B", None, ";"))
    assert (values["stage"], values["sectors"], values["city"], values["seeks"]) == (
        [None] * 2,
        [(), ()],
        [None] * 2,
        [()] * 2,
    )
    assert not faults


def test_every_row_with_the_same_faulty_cell_is_named():
    _, _, faults = read("id name stage", ("s1", "A", "late"), ("s2", "B", "seed"), ("s3", "C", "late"))
    assert [(row, column, value) for row, column, value, _ in faults] == [(2, "stage", "late"), (4, "stage", "late")]


def test_one_and_true_are_told_apart_in_a_column_of_both():
    values, _, faults = read("id name", (1, True), (1.5, 1), (True, "1"), table=STARTUPS)
    assert values["id"] == ["1", "1.5", "TRUE"]
    assert values["name"] == ["TRUE", "1", "1"]
    _, _, faults = read(
        "startup_id partner_id outcome value currency",
        ("s", "p", "met", 1, "GBP"),
        ("s", "p", "met", True, "GBP"),
        table=HISTORY,
    )
    assert [(row, column) for row, column, *_ in faults] == [(3, "value")]


def test_a_required_cell_that_is_blank_is_a_fault_in_each_row():
    _, _, faults = read("id name", ("s1", ""), ("", "B"), ("s3", None))
    assert [(row, column) for row, column, *_ in faults] == [(2, "name"), (3, "id"), (4, "name")]
    assert faults[0][3] == "Enter the name; every row needs one."


def test_an_expected_cell_that_is_blank_is_one_warning_for_all_rows():
    _, warnings, faults = read("id name Summary", ("s1", "A", ""), ("s2", "B", "Text"), ("s3", "C", " "))
    assert warnings == ['"Summary" is empty in rows 2 and 4: it counts as unknown there.']
    assert not faults


def test_commas_in_a_list_are_pointed_out():
    _, warnings, _ = read("id name sectors", ("s1", "A", "health, fintech"))
    assert warnings == ['"sectors" holds "health, fintech" as one entry; entries are separated by ; not by commas.']


def test_a_nameless_column_with_something_in_it_is_pointed_out():
    sheet = a_sheet("id name x y", ("s1", "A", "", "note"))
    sheet = type(sheet)(file="a", header_row=1, header=("id", "name", "", ""), rows=sheet.rows)
    _, warnings = read_cells(sheet, STARTUPS, match_header(sheet.header, STARTUPS), WORDS, Faults("a"))
    assert warnings == ["Column 4 has no name and is left out."]


def test_an_amount_takes_its_currency_from_its_sign_or_its_column():
    header = "id name raising_amount raising_currency raised_amount raised_currency"
    values, _, faults = read(header, ("s1", "A", "£1.2m", "", "500000", "KES"), ("s2", "B", "", "GBP", "£5", "GBP"))
    assert values["raising"] == [Money(minor=120_000_000, currency="GBP"), None]
    assert values["raised"] == [Money(minor=50_000_000, currency="KES"), Money(minor=500, currency="GBP")]
    assert not faults


def test_the_sign_beside_one_ticket_speaks_for_the_other():
    values, _, faults = read(
        "id name kind ticket_min ticket_max", ("p1", "A", "investor", "£100k", "500k"), table=PARTNERS
    )
    assert values["ticket_max"] == [Money(minor=50_000_000, currency="GBP")]
    assert not faults


def test_tickets_in_two_currencies_are_a_fault_against_their_column():
    header = "id name kind ticket_min ticket_max ticket_currency"
    _, _, faults = read(header, ("p1", "A", "investor", "£100k", "$500k", "GBP"), table=PARTNERS)
    ((row, column, value, message),) = faults
    assert (row, column, value) == (2, "ticket_max", "$500k")
    assert "make them agree" in message


def test_tickets_in_two_currencies_are_a_fault_also_without_a_currency_column():
    _, _, faults = read("id name kind ticket_min ticket_max", ("p1", "A", "investor", "£100k", "€1m"), table=PARTNERS)
    assert faults == [(2, "ticket_max", "€1m", "The amount is in EUR and the other amount says GBP; make them agree.")]


def test_an_amount_without_a_currency_is_a_fault_in_each_row():
    _, _, faults = read("id name raising_amount", ("s1", "A", "5"), ("s2", "B", 5), ("s3", "C", "5"))
    assert (
        faults[0][3]
        == "The amount has no currency; write it before the amount, as in GBP 500000, or fill raising_currency."
    )
    assert [(row, column, value) for row, column, value, _ in faults] == [
        (2, "raising_amount", "5"),
        (3, "raising_amount", "5"),
        (4, "raising_amount", "5"),
    ]
