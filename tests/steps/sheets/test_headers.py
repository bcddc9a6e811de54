"""Which column is which."""

import csv

import pytest

from matcher.steps.sheets.columns import BRIEFS, HISTORY, PARTNERS, PORTFOLIO, STARTUPS, TABLES
from matcher.steps.sheets.headers import match_header, other_table
from tests.conftest import ROOT


def test_names_are_matched_whatever_their_case_spacing_accents_and_marks():
    header = match_header([" ID ", "Nâme *", "Raising Amount", "raisingCurrency", "UK-entity"], STARTUPS)
    assert header.places == {"id": 0, "name": 1, "raising_amount": 2, "raising_currency": 3, "uk_entity": 4}
    assert not header.faults


def test_an_unknown_column_is_reported_and_kept_out():
    header = match_header(["id", "name", "country", "summary", "shoe size"], STARTUPS)
    assert header.warnings == ('Unknown column "shoe size" is left out.',)
    assert not header.faults


@pytest.mark.parametrize(
    ("title", "table", "meant"),
    [
        ("sumary", STARTUPS, "summary"),
        ("Sectros", STARTUPS, "sectors"),
        ("description", STARTUPS, "summary"),
        ("Description", PARTNERS, "thesis"),
        ("description", BRIEFS, "need"),
        ("e-mail", STARTUPS, "contact_email"),
        ("URL", PARTNERS, "website"),
        ("result", HISTORY, "outcome"),
    ],
)
def test_a_near_miss_is_suggested_and_not_taken(title, table, meant):
    written = [column.name for column in table.columns if column.name != meant] + [title]
    header = match_header(written, table)
    said = [*header.warnings, *(message for _, message in header.faults)]
    assert f'Unknown column "{title}" is left out; did you mean "{meant}"?' in said
    assert meant not in header.places


def test_a_column_that_is_there_is_not_suggested_again():
    header = match_header(["id", "name", "summary", "country", "sumary"], STARTUPS)
    assert header.warnings == ('Unknown column "sumary" is left out.',)


def test_a_required_column_that_is_missing_is_a_fault_with_the_way_out():
    header = match_header(["id", "Company", "kind"], PARTNERS)
    assert header.faults == (("name", 'There is no column "name"; rename "Company" to "name" if that is it.'),)
    assert match_header(["id", "name"], PARTNERS).faults == (("kind", 'There is no column "kind"; add it.'),)


def test_an_expected_column_that_is_missing_is_a_warning():
    header = match_header(["id", "name", "country"], STARTUPS)
    assert header.warnings == ('There is no column "summary": it counts as unknown in every row.',)


def test_a_doubled_column_is_a_fault():
    header = match_header(["id", "name", "Name ", "country", "summary"], STARTUPS)
    assert header.faults == (("Name ", 'The column "name" stands twice; keep one of the two.'),)


@pytest.mark.parametrize(
    ("written", "asked", "likeliest"),
    [
        ("id name kind country thesis", STARTUPS, PARTNERS),
        ("ID,Name,Kind,Ticket Min,Stages".replace(",", "|"), STARTUPS, PARTNERS),
        ("id name country city summary sectors stage", PARTNERS, STARTUPS),
        ("startup_id partner_id outcome date", PORTFOLIO, HISTORY),
        ("id partner_id title need sectors", STARTUPS, BRIEFS),
        ("partner_id name summary", STARTUPS, None),
        ("id name kind", STARTUPS, None),
        ("id name summary capacity region kind", STARTUPS, PARTNERS),
        ("id name summary stage kind", STARTUPS, None),
        ("id nmae kind thesis", STARTUPS, None),
        ("startup_id partner_id", HISTORY, None),
        ("a b c", STARTUPS, None),
    ],
)
def test_a_sheet_of_another_table_is_known_by_its_columns(written, asked, likeliest):
    assert other_table(written.split("|" if "|" in written else None), asked) is likeliest


def _headers(folder):
    for path in sorted(folder.glob("*.csv")):
        if path.stem in TABLES:
            with path.open(encoding="utf-8-sig", newline="") as file:
                yield path.stem, next(csv.reader(file))


def test_the_samples_are_taken_for_what_they_are_and_for_nothing_else():
    for kind, header in _headers(ROOT / "data/samples"):
        for asked in TABLES:
            other = other_table(header, TABLES[asked])
            assert other is None if asked == kind else other in (None, TABLES[kind])


def test_no_real_sheet_is_taken_for_another(shared_data):
    found = [(kind, header) for folder in sorted(shared_data.iterdir()) for kind, header in _headers(folder)]
    assert len(found) >= 15
    assert all(other_table(header, TABLES[kind]) is None for kind, header in found)


@pytest.mark.parametrize("title", ["Startup ID", "company_id", "Ref"])
def test_a_column_that_may_be_the_id_is_suggested(title):
    header = match_header([title, "name"], TABLES["startups"])
    assert header.faults == (("id", f'There is no column "id"; rename "{title}" to "id" if that is it.'),)
