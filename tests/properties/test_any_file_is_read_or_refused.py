"""Whatever somebody brings, it is read or refused in words: nothing else is ever raised."""

import csv
import io
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.domain.codec import from_json, to_json
from matcher.domain.sheet import Sheet
from matcher.engines.sheet import read_sheet
from matcher.errors import BadInput
from matcher.steps.sheets.columns import TABLES
from matcher.steps.sheets.read_rows import read_rows
from tests.sheets import words

WORDS = words()
BITS = [
    "id,name\n",
    "s1,A\n",
    '"',
    "\n",
    "\r",
    ",",
    ";",
    "\t",
    "\0",
    "é",
    "😀",
    "\ufeff",
    "{",
    "}",
    "[",
    '"id":',
    "NaN",
    "=",
    "PK\x03\x04",
]
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=40),
    st.sampled_from(
        ["KE", "£1.2m", "2024-03-08", "health;ai", "yes", "investor", "met", "seed", "-1", "1e9", "08/03/2024"]
    ),
    st.lists(st.text(max_size=8), max_size=3).map(tuple),
)


def understood(sheet):
    for table in TABLES.values():
        try:
            rows = read_rows(sheet, table, WORDS)
        except BadInput as refusal:
            assert str(refusal)
            continue
        for fault in rows.faults:
            assert fault.message.rstrip().endswith((".", "?"))
        for _, record in rows.records:
            assert from_json(table.kind, to_json(record)) == record


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(
        st.binary(max_size=300), st.lists(st.sampled_from(BITS), max_size=40).map(lambda bits: "".join(bits).encode())
    )
)
def test_any_bytes_are_read_or_refused(tmp_path, content):
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    try:
        sheet = read_sheet(path)
    except BadInput as refusal:
        assert "any.csv" in str(refusal)
    else:
        understood(sheet)


@settings(max_examples=60, deadline=None)
@given(data=st.data(), kind=st.sampled_from(sorted(TABLES)))
def test_any_cells_are_understood_or_refused_one_by_one(data, kind):
    names = tuple(column.name for column in TABLES[kind].columns)
    rows = data.draw(st.lists(st.tuples(*[CELLS] * len(names)), min_size=1, max_size=4))
    understood(Sheet(file="any.csv", header_row=1, header=names, rows=list(enumerate(rows, 2))))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.text(min_size=1, max_size=30), st.text(max_size=30)), min_size=1, max_size=6))
def test_what_a_program_writes_is_read_back_letter_by_letter(tmp_path, rows):
    rows = [row for row in rows if "".join(row).strip() and "\0" not in "".join(row) and row[0].isprintable()]
    told = io.StringIO()
    csv.writer(told, quoting=csv.QUOTE_ALL).writerows([("id", "name"), *rows])
    path = tmp_path / "told.csv"
    path.write_bytes(told.getvalue().encode())
    assert [tuple(cells) for _, cells in read_sheet(path).rows] == rows
    path = tmp_path / "told.jsonl"
    path.write_text("".join(json.dumps({"id": id_, "name": name}) + "\n" for id_, name in rows) or "\n")
    if rows:
        assert [tuple(cells) for _, cells in read_sheet(path).rows] == rows
