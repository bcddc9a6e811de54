"""The tables of the files people bring."""

import dataclasses
import re

import pytest

from matcher.domain.profile import RECORD_TYPES
from matcher.steps.sheets.columns import EXPECTED, REQUIRED, TABLES, history_id, portfolio_id

CONTRACT = {
    "startups": "id* name* country+ summary+ city hub sectors technologies stage founded website raising_amount "
    "raising_currency raised_amount raised_currency seeks uk_entity women_led investment_ready market_ready "
    "source_programme languages time_zone contact_name contact_email",
    "partners": "id* name* kind* thesis+ country+ city region sectors technologies stages countries ticket_min "
    "ticket_max ticket_currency requires_uk_entity requires_eis_seis excludes capacity website time_zone contact_name "
    "contact_email",
    "portfolio": "partner_id* name* summary* sectors country year",
    "briefs": "id* partner_id* title* need* sectors technologies must_have deadline",
    "history": "startup_id* partner_id* outcome* date programme value currency value_kind source note",
    "participation": "startup_id* programme* state* date",
    "availability": "party_id* programme* from* to*",
}


@pytest.mark.parametrize("kind", TABLES)
def test_the_columns_and_their_need_are_those_promised(kind):
    marks = {REQUIRED: "*", EXPECTED: "+"}
    ours = {column.name + marks.get(column.need, "") for column in TABLES[kind].columns}
    assert ours == set(CONTRACT[kind].split())


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_the_columns_fill_every_field_of_the_record(table):
    fields = {column.field or column.name for column in table.columns}
    for amounts in table.amounts:
        fields -= {amounts.currency, *(column for column, _ in amounts.fields)}
        fields |= {field for _, field in amounts.fields}
    if table.id_of is not None:
        fields.add("id")
    assert fields == {field.name for field in dataclasses.fields(RECORD_TYPES[table.kind])}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_column_is_many_where_the_record_holds_a_list(table):
    lists = {f.name for f in dataclasses.fields(RECORD_TYPES[table.kind]) if str(f.type).startswith("tuple")}
    assert {column.name for column in table.columns if column.many} == lists


def test_an_earlier_company_is_the_same_whatever_the_case_and_spacing_of_its_name():
    ids = {portfolio_id({"partner_id": "p1", "name": name}) for name in ("Noga Vitals", "noga  vitals", " NOGA VITALS")}
    assert len(ids) == 1
    assert re.fullmatch("p1/noga-vitals-[0-9a-f]{8}", ids.pop())


@pytest.mark.parametrize(
    ("one", "other"), [("A&B", "A B"), ("C", "C++"), ("かき", "がき"), ("日本", "中国"), ("!", "?")]
)
def test_names_that_differ_have_ids_that_differ(one, other):
    assert portfolio_id({"partner_id": "p1", "name": one}) != portfolio_id({"partner_id": "p1", "name": other})


def test_an_event_is_told_apart_by_parties_outcome_date_and_programme():
    event = {"startup_id": "s1", "partner_id": "p1", "outcome": "met", "date": "2024", "programme": None}
    assert history_id(event) == "s1/p1/met/2024/"
    others = [event | {part: "other"} for part in event]
    assert len({history_id(other) for other in [event, *others]}) == 6
