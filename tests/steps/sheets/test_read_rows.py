"""Rows as records, and every faulty cell at once."""

import pytest

from matcher.domain.profile import Brief, HistoryRecord, Money, Partner, PortfolioCompany, Startup
from matcher.domain.sheet import Flaw, Sheet
from matcher.errors import BadInput
from matcher.steps.sheets.columns import TABLES
from matcher.steps.sheets.read_rows import check_ids, missing_kinds, read_rows
from tests.sheets import a_sheet, words

WORDS = words()


def read(kind, header, *rows):
    return read_rows(a_sheet(header, *rows), TABLES[kind], WORDS)


def found(rows):
    return [(fault.row, fault.column, fault.message) for fault in rows.faults]


def test_a_full_startup_is_read():
    header = (
        "id name country summary city hub sectors technologies stage founded website raising_amount raising_currency "
        "raised_amount raised_currency seeks uk_entity women_led investment_ready market_ready source_programme "
        "languages time_zone contact_name contact_email"
    )
    row = (
        "su-1", "Añjo", "Kenya", "We help.", "Nairobi", "Kenya", "Healthcare;x", "ML", "Series A", 2019, "añjo.example",
        "£1.2m", "", 500, "USD", "Investment;pilot", "planned", "yes", "Y", "no", "Go Global", "en;sw",
        "Africa/Nairobi", "A B", "a@b.example",
    )  # fmt: skip
    rows = read("startups", header, row)
    assert rows.records == (
        (
            2,
            Startup(
                id="su-1",
                name="Añjo",
                country="KE",
                summary="We help.",
                city="Nairobi",
                hub="kenya",
                sectors=("health", "x"),
                technologies=("ai",),
                stage="series-a",
                founded="2019",
                website="añjo.example",
                raising=Money(minor=120_000_000, currency="GBP"),
                raised=Money(minor=50_000, currency="USD"),
                seeks=("investment", "pilot"),
                uk_entity="planned",
                women_led="any",
                investment_ready=True,
                market_ready=False,
                source_programme="Go Global",
                languages=("en", "sw"),
                time_zone="Africa/Nairobi",
                contact_name="A B",
                contact_email="a@b.example",
            ),
        ),
    )
    assert not rows.faults and not rows.warnings


def test_a_partner_an_earlier_company_a_brief_and_an_event_are_read():
    partner = read("partners", "id name kind countries capacity", ("p1", "P", "Public body", "KE;Nigeria", 6))
    assert partner.records[0][1] == Partner(id="p1", name="P", kind="public_body", countries=("KE", "NG"), capacity=6)
    company = read("portfolio", "partner_id name summary year", ("p1", "Noga", "Text", "2021")).records[0][1]
    assert company == PortfolioCompany(id=company.id, partner_id="p1", name="Noga", summary="Text", year=2021)
    brief = read("briefs", "id partner_id title need deadline", ("b1", "p1", "T", "N", "2027-01-29")).records[0][1]
    assert brief == Brief(id="b1", partner_id="p1", title="T", need="N", deadline="2027-01-29")
    event = read("history", "startup_id partner_id outcome value", ("s1", "p1", "Second meeting", "£5k")).records[0][1]
    assert event == HistoryRecord(
        id="s1/p1/second_meeting//",
        startup_id="s1",
        partner_id="p1",
        outcome="second_meeting",
        value=Money(minor=500_000, currency="GBP"),
    )


def test_a_narrower_sector_is_kept_behind_its_sector_and_excluded_alone():
    startup = read("startups", "id name sectors", ("s1", "A", "Drug Discovery;biotech;Bees")).records[0][1]
    assert startup.sectors == ("biotech", "drug discovery", "bees")
    partner = read("partners", "id name kind excludes", ("p1", "P", "investor", "Drug Discovery;blockchain"))
    assert partner.records[0][1].excludes == ("drug discovery", "crypto", "blockchain")


@pytest.mark.parametrize(
    "name", ["NULL", "NaN", "TRUE", "007", "None", "😀", "שלום", "a\u200bb", "x" * 300, "=1+1", "<script>", "'; DROP"]
)
def test_a_legal_odd_name_is_kept_as_text(name):
    rows = read("startups", "id name", ("s1", name))
    assert rows.records[0][1].name == name
    assert not rows.faults


# One line a kind of bad value: the file, its columns, a row, the column at fault, and a part of what is said.
BAD = [
    ("startups", "id name country", ("s1", "A", "Atlantis Minor"), "country", "Unknown country"),
    ("startups", "id name country", ("s1", "A", "Kenyaa"), "country", "did you mean Kenya?"),
    ("startups", "id name stage", ("s1", "A", "late-ish"), "stage", "is none of idea, pre-seed"),
    ("startups", "id name seeks", ("s1", "A", "pilot;love"), "seeks", '"love" is none of investment'),
    ("startups", "id name founded", ("s1", "A", "2027"), "founded", "lies in the future"),
    ("startups", "id name founded", ("s1", "A", "31/02/2020"), "founded", "There is no day"),
    ("startups", "id name founded", ("s1", "A", "08/03/2024"), "founded", "write 2024-03-08"),
    ("startups", "id name raising_amount", ("s1", "A", "500"), "raising_amount", "has no currency"),
    ("startups", "id name raising_amount", ("s1", "A", "£-5"), "raising_amount", "cannot be negative"),
    ("startups", "id name raising_amount", ("s1", "A", "£9e30"), "raising_amount", "Write an amount"),
    ("startups", "id name raising_amount", ("s1", "A", "£99999999999999"), "raising_amount", "too large"),
    ("startups", "id name raising_amount", ("s1", "A", "£1m-£2m"), "raising_amount", "is a range"),
    ("startups", "id name raising_amount", ("s1", "A", "NaN"), "raising_amount", "Write an amount"),
    ("startups", "id name raised_amount", ("s1", "A", "Infinity"), "raised_amount", "Write an amount"),
    ("startups", "id name raised_amount", ("s1", "A", True), "raised_amount", "Write an amount"),
    ("startups", "id name raising_currency", ("s1", "A", "GBX"), "raising_currency", "ISO code"),
    (
        "startups",
        "id name raising_amount raising_currency",
        ("s1", "A", "£5", "USD"),
        "raising_amount",
        "make them agree",
    ),
    ("startups", "id name women_led", ("s1", "A", "mostly"), "women_led", "is none of no, any"),
    ("startups", "id name uk_entity", ("s1", "A", "soon"), "uk_entity", "is none of yes, no, planned"),
    ("startups", "id name market_ready", ("s1", "A", "almost"), "market_ready", "Write yes or no"),
    ("startups", "id name website", ("s1", "A", "javascript:alert(1)"), "website", "begins with https://"),
    ("startups", "id name contact_email", ("s1", "A", "a at b"), "contact_email", "one e-mail address"),
    ("startups", "id name time_zone", ("s1", "A", "Nairobi time"), "time_zone", "Africa/Nairobi"),
    ("startups", "id name", ("", "A"), "id", "Enter the id"),
    ("startups", "id name", ("s/1", "A"), "id", "without /"),
    ("startups", "id name", ("s1", " "), "name", "Enter the name"),
    ("startups", "id name", ("s1", ("A", "B")), "name", "not a list"),
    ("partners", "id name kind", ("p1", "A", "investr"), "kind", "did you mean investor?"),
    ("partners", "id name kind", ("p1", "A", ""), "kind", "Enter the kind"),
    ("partners", "id name kind capacity", ("p1", "A", "investor", -1), "capacity", "0 or more"),
    ("partners", "id name kind capacity", ("p1", "A", "investor", "6.5"), "capacity", "whole number"),
    ("partners", "id name kind countries", ("p1", "A", "investor", "KE;any"), "countries", "leave the cell empty"),
    ("partners", "id name kind ticket_min ticket_max", ("p1", "A", "investor", "£2m", "£1m"), "ticket_min", "larger"),
    ("portfolio", "partner_id name summary year", ("p1", "A", "Text", "2027"), "year", "one year up to 2026"),
    ("portfolio", "partner_id name summary", ("p1", "A", ""), "summary", "Enter the summary"),
    ("briefs", "id partner_id title need deadline", ("b1", "p1", "T", "N", "soon"), "deadline", "Write a date"),
    ("history", "startup_id partner_id outcome", ("s1", "p1", "maybe"), "outcome", "is none of introduced"),
    (
        "history",
        "startup_id partner_id outcome value_kind",
        ("s1", "p1", "met", "guess"),
        "value_kind",
        "signed, estimate",
    ),
]


@pytest.mark.parametrize(("kind", "header", "row", "column", "said"), BAD)
def test_a_bad_value_is_named_by_row_column_and_value_with_the_way_out(kind, header, row, column, said):
    rows = read(kind, header, row)
    (fault,) = rows.faults
    assert (fault.file, fault.row, fault.column) == ("sheet.csv", 2, column)
    assert said in fault.message
    value = row[header.split().index(column)]
    assert fault.value == (";".join(value) if isinstance(value, tuple) else str(value).strip())
    assert rows.records == ()


def test_all_faults_are_found_at_once_in_the_order_of_rows():
    rows = read(
        "startups", "id name country stage", ("s1", "", "Nowhere", "x"), ("s2", "B", "KE", ""), ("s2", "C", "Q", "")
    )
    assert [(fault.row, fault.column) for fault in rows.faults] == [
        (2, "name"),
        (2, "country"),
        (2, "stage"),
        (4, "country"),
        (4, "id"),
    ]


def test_what_was_wrong_with_the_form_is_listed_with_the_rest():
    flaw = Flaw(row=3, column="name", value="x", message="This row has 1 cell, the header has 2; add it.")
    sheet = Sheet(file="a.csv", header_row=1, header=("id", "name"), rows=[(2, ["s1", ""])], flaws=(flaw,))
    assert [(fault.row, fault.column) for fault in read_rows(sheet, TABLES["startups"], WORDS).faults] == [
        (2, "name"),
        (3, "name"),
    ]


def test_an_id_that_stands_twice_names_the_first_row():
    rows = read("startups", "id name", ("s1", "A"), ("s2", "B"), (" s1", "C"))
    assert found(rows) == [(4, "id", 'The id "s1" stands in row 2 already; give each row its own.')]


def test_a_missing_required_column_is_refused_with_the_near_miss():
    rows = read("startups", "id nmae summary", ("s1", "A", "Text"))
    assert found(rows) == [(1, "name", 'There is no column "name"; rename "nmae" to "name" if that is it.')]


def test_a_sheet_with_a_header_only_is_refused_in_one_sentence():
    with pytest.raises(BadInput, match=r"sheet\.csv has a header and nothing below it; add one row for each record"):
        read("startups", "id name")


def test_a_sheet_of_nothing_but_faults_ends_with_a_note_that_there_may_be_more():
    rows = read("startups", "id name country", *[(f"s{i}", "", f"x{i}") for i in range(15_000)])
    assert "Only the first 20,000 faults" in rows.faults[-1].message


@pytest.mark.parametrize("kind", ["portfolio", "history"])
def test_rows_that_say_the_same_are_one_record(kind):
    row = {"portfolio": ("p1", "Noga", "Text"), "history": ("s1", "p1", "met")}[kind]
    header = {"portfolio": "partner_id name summary", "history": "startup_id partner_id outcome"}[kind]
    rows = read(kind, header, row, row, row)
    assert [number for number, _ in rows.records] == [2]
    assert rows.warnings == ("Left out: rows 3 and 4, which repeat an earlier row word for word.",)


def test_two_texts_on_one_earlier_company_are_both_kept_whatever_their_order():
    one, two = ("p1", "Noga", "Text"), ("p1", "noga", "Another")
    rows, turned = (read("portfolio", "partner_id name summary", *pair) for pair in ((one, two), (two, one)))
    assert {record for _, record in rows.records} == {record for _, record in turned.records}
    assert len(rows.records) == 2
    assert rows.warnings == ("Rows 2 and 3 share partner and name but differ; all are kept.",)


def test_one_event_told_in_two_ways_is_a_fault():
    rows = read("history", "startup_id partner_id outcome note", ("s1", "p1", "met", "a"), ("s1", "p1", "met", "b"))
    assert found(rows) == [(3, "startup_id", "Row 2 tells of the same event otherwise; date one of them, or keep one.")]


def test_the_other_sides_ids_are_taken():
    rows = read("startups", "id name", ("s1", "A"), ("p1", "B"))
    (fault,) = check_ids(rows, "sheet.csv", {"partner": {"p1"}})
    assert (fault.row, fault.column, fault.value) == (3, "id", "p1")
    assert fault.message == 'The id "p1" belongs to a partner; give this one another.'


def test_an_id_that_names_nothing_is_a_fault_with_the_nearest_one():
    rows = read("history", "startup_id partner_id outcome", ("su-001", "pa-01", "met"), ("zz", "pa-001", "met"))
    faults = check_ids(rows, "sheet.csv", {"startup": {"su-001": "h"}, "partner": {"pa-001": "h"}})
    assert [(fault.row, fault.column, fault.message) for fault in faults] == [
        (2, "partner_id", 'There is no partner "pa-01"; did you mean "pa-001"?'),
        (3, "startup_id", 'There is no startup "zz"; import the startups first, or mend the id.'),
    ]


def test_ids_are_checked_also_where_the_row_has_another_fault():
    rows = read("briefs", "id partner_id title need", ("b1", "p9", "T", ""))
    assert [fault.column for fault in check_ids(rows, "sheet.csv", {"partner": {"p1"}})] == ["partner_id"]


@pytest.mark.parametrize(
    ("stored", "sentence", "columns"),
    [
        ({"startup": (), "partner": ()}, "There are no startups yet; import startups and partners first.", []),
        ({"startup": {"s1"}, "partner": ()}, "There are no partners yet; import partners first.", []),
        ({"startup": (), "partner": {"p9"}}, "There are no startups yet; import startups first.", ["partner_id"]),
        ({"startup": {"s1"}, "partner": {"p1"}}, None, []),
    ],
)
def test_what_must_be_imported_before_is_said_once(stored, sentence, columns):
    rows = read("history", "startup_id partner_id outcome", ("s1", "p1", "met"))
    assert missing_kinds(rows, stored) == sentence
    assert [fault.column for fault in check_ids(rows, "sheet.csv", stored)] == columns


def test_a_sheet_of_another_table_is_refused_by_its_header():
    with pytest.raises(BadInput) as refused:
        read("startups", "id name kind thesis country", ("p1", "P", "investor", "Text", "GB"))
    assert str(refused.value) == "sheet.csv looks like a sheet of partners; use `matcher import partners`."
