"""What is written as a sheet reads back as the same records, whatever stands in them."""

import csv
import dataclasses
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.profile import Availability, HistoryRecord, Money, Participation, PortfolioCompany
from matcher.domain.sheet import begins_formula, without_guard
from matcher.engines.sheet import read_sheet
from matcher.steps.safe_cell import safe_cell
from matcher.steps.sheets.columns import TABLES, availability_id, history_id, participation_id, portfolio_id
from matcher.steps.sheets.read_rows import read_rows
from matcher.steps.sheets.write_rows import csv_rows, json_rows, values_of
from tests.builders import a_partner, a_startup
from tests.sheets import a_file, a_workbook, words

WORDS = words()


def with_id(make, id_of, **said):
    record = make(id="", **said)
    return dataclasses.replace(record, id=id_of(vars(record)))


def written(table, records, format_="csv"):
    rows = values_of(records, table, WORDS.vocabulary)
    return "".join(csv_rows(table, rows) if format_ == "csv" else json_rows(table, rows))


def read_again(folder, table, records, format_):
    file = a_file(folder, written(table, records, format_), f"sheet.{format_}")
    rows = read_rows(read_sheet(file), table, WORDS)
    assert rows.faults == ()
    return [record for _, record in rows.records]


FULL_STARTUP = a_startup(
    "s1",
    name='=HYPERLINK("x")',
    summary="-Says \"no\"; then, 'yes'.\r\nSecond line\rthird.",
    city="'s-Hertogenbosch",
    hub="south-africa",
    sectors=("health", "wellness", "a free tag"),
    technologies=("ai", "+plus"),
    stage="series-a",
    founded="2019-03",
    raising=Money(minor=123_456, currency="KWD"),
    raised=Money(minor=100_000_050, currency="USD"),
    seeks=("pilot", "investment"),
    uk_entity="planned",
    women_led="any",
    investment_ready=False,
    market_ready=True,
    languages=("en", "pt"),
    time_zone="Africa/Nairobi",
    contact_name="'=O'Neill",
    contact_email="a@b.example",
)
FULL_PARTNER = a_partner(
    "p1",
    region="@home",
    sectors=("fintech", "payments"),
    stages=("seed", "growth"),
    countries=("KE", "NG"),
    ticket_min=Money(minor=0, currency="JPY"),
    ticket_max=Money(minor=5_000_000, currency="JPY"),
    requires_uk_entity=True,
    requires_eis_seis=False,
    excludes=("blockchain", "imaging", "telecoms", "crypto"),
    capacity=0,
)
RECORDS = {
    "startups": [FULL_STARTUP, a_startup("s2", country=None, summary=None)],
    "partners": [FULL_PARTNER, a_partner("p2", thesis=None)],
    "portfolio": [
        with_id(PortfolioCompany, portfolio_id, partner_id="p1", name="= Łódź & Co", summary="+Cold chain", year=2019)
    ],
    "history": [
        with_id(
            HistoryRecord,
            history_id,
            startup_id="s1",
            partner_id="p1",
            outcome="invested",
            date="2024-05",
            programme="-go",
            value=Money(minor=1_234_567, currency="GBP"),
            value_kind="signed",
            source="@paper",
            note="=note",
        ),
        with_id(HistoryRecord, history_id, startup_id="s1", partner_id="p1", outcome="met"),
    ],
    "participation": [with_id(Participation, participation_id, startup_id="s1", programme="go", state="alumni")],
    "availability": [
        with_id(
            Availability,
            availability_id,
            party_id="s1",
            programme="go",
            begins="2027-03-08T09:30+02:00",
            ends="2027-03-08T12:00+02:00",
        ),
        with_id(Availability, availability_id, party_id="s1", programme="go", begins="2027-03-09", ends="2027-03-09"),
    ],
}


@pytest.mark.parametrize("format_", ["csv", "json"])
@pytest.mark.parametrize("kind", sorted(RECORDS))
def test_records_read_back_equal_and_write_the_same_bytes(tmp_path, kind, format_):
    table = TABLES[kind]
    again = read_again(tmp_path, table, RECORDS[kind], format_)
    assert sorted(again, key=lambda one: one.id) == sorted(RECORDS[kind], key=lambda one: one.id)
    assert written(table, again[::-1], format_) == written(table, RECORDS[kind], format_)


def test_the_columns_are_those_of_an_import_in_its_order():
    for name, table in TABLES.items():
        header = written(table, []).splitlines()[0]
        assert header.split(",") == [column.name for column in table.columns], name


@pytest.mark.parametrize("kind", sorted(RECORDS))
def test_no_cell_begins_a_formula(kind):
    rows = list(csv.reader(io.StringIO(written(TABLES[kind], RECORDS[kind]), newline="")))
    assert len(rows) == len(RECORDS[kind]) + 1
    assert [cell for row in rows for cell in row if begins_formula(cell)] == []


@pytest.mark.parametrize("tags", [("blockchain",), ("crypto",), ("crypto", "blockchain"), ("telecoms",), ("imaging",)])
def test_an_exclusion_reads_back_as_no_more_than_it_was(tmp_path, tags):
    partner = a_partner(excludes=tags)
    assert read_again(tmp_path, TABLES["partners"], [partner], "csv") == [partner]


@given(st.text(alphabet="'=+-@ \tａ＝x", max_size=8))
def test_a_guard_is_taken_off_as_it_was_put_on(text):
    assert without_guard(safe_cell(text)) == text
    assert not begins_formula(safe_cell(text))


@pytest.mark.parametrize("text", ["'quoted'", "'tis", "d'or", "''", "'"])
def test_an_apostrophe_before_anything_else_stays(text):
    assert without_guard(text) == safe_cell(text) == text


# What an import keeps of a text: no outer spaces, no NUL, no half characters.
TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=30).map(
    str.strip
)


@given(st.lists(TEXTS.filter(bool), min_size=1, max_size=4))
def test_any_text_that_is_kept_survives(tmp_path_factory, texts):
    startups = [a_startup(f"s{place}", summary=text) for place, text in enumerate(texts)]
    folder = tmp_path_factory.mktemp("any")
    for format_ in ("csv", "json"):
        assert read_again(folder, TABLES["startups"], startups, format_) == startups


def test_the_guard_is_taken_off_in_csv_and_workbooks_and_json_is_as_it_stands(tmp_path):
    rows = [["id", "name"], ["s1", "'=1+1"], ["s2", "'quoted"]]
    in_csv = read_sheet(a_file(tmp_path, "\n".join(map(",".join, rows))))
    in_book = read_sheet(a_workbook(tmp_path, ("Sheet1", rows)))
    in_json = read_sheet(a_file(tmp_path, '{"id": "s1", "name": "\'=1+1"}', "sheet.jsonl"))
    assert [cells[1] for _, cells in in_csv.rows] == [cells[1] for _, cells in in_book.rows] == ["=1+1", "'quoted"]
    assert [cells[1] for _, cells in in_json.rows] == ["'=1+1"]
