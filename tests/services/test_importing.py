"""An import is all or nothing, says every fault at once, and is a no-op the second time."""

import gc
import time
from datetime import date
from pathlib import Path

import pytest

from matcher.errors import BadInput, BadSheet
from matcher.services.importing import import_sheet
from matcher.store import records
from tests.builders import a_partner, a_startup
from tests.conftest import ROOT, SAMPLE_KINDS
from tests.sheets import TODAY, a_file, a_workbook
from tests.workspaces import a_workspace, put


@pytest.fixture
def workspace(tmp_path):
    return a_workspace(tmp_path / "workspace")


def bring(workspace, kind, content, name="sheet.csv", **options):
    path = content if isinstance(content, Path) else a_file(workspace.folder, content, name)
    return import_sheet(workspace, kind, path, today=TODAY, **options)


def counts(report):
    return report.created, report.changed, report.unchanged, report.refused


def stored(workspace, kind):
    with workspace.reading() as connection:
        return records.load(connection, kind)


def refusal(workspace, kind, content, **options):
    with pytest.raises(BadSheet) as refused:
        bring(workspace, kind, content, **options)
    return refused.value


def test_a_row_creates_changes_or_leaves_a_record(workspace):
    assert counts(bring(workspace, "startups", "id,name,country\ns1,A,KE\ns2,B,NG\n")) == (2, 0, 0, 0)
    assert counts(bring(workspace, "startups", "id,name,country\ns2,B2,NG\ns3,C,ZA\ns1,A,Kenya\n")) == (1, 1, 1, 0)
    assert [(s.id, s.name) for s in stored(workspace, "startup")] == [("s1", "A"), ("s2", "B2"), ("s3", "C")]


def test_a_row_replaces_the_stored_record_wholly(workspace):
    bring(workspace, "startups", "id,name,city\ns1,A,Nairobi\n")
    bring(workspace, "startups", "id,name\ns1,A\n")
    assert stored(workspace, "startup")[0].city is None


@pytest.mark.parametrize("kind", SAMPLE_KINDS)
def test_the_same_file_again_is_a_no_op(workspace, kind):
    for earlier in SAMPLE_KINDS[: SAMPLE_KINDS.index(kind) + 1]:
        first = bring(workspace, earlier, ROOT / f"data/samples/{earlier}.csv")
    again = bring(workspace, kind, ROOT / f"data/samples/{kind}.csv")
    assert first.created > 20
    assert counts(again) == (0, 0, first.created, 0)


def test_a_dry_run_says_the_same_and_stores_nothing(workspace):
    dry = bring(workspace, "startups", ROOT / "data/samples/startups.csv", dry_run=True)
    assert stored(workspace, "startup") == ()
    assert dry == bring(workspace, "startups", ROOT / "data/samples/startups.csv")


def test_one_faulty_cell_keeps_the_whole_file_out(workspace):
    refused = refusal(workspace, "startups", "id,name,country\ns1,A,KE\ns2,B,Atlantis\n")
    assert str(refused) == "sheet.csv has one faulty cell; nothing was stored: mend what is listed and import it again."
    assert [(fault.file, fault.row, fault.column, fault.value) for fault in refused.faults] == [
        ("sheet.csv", 3, "country", "Atlantis")
    ]
    assert stored(workspace, "startup") == ()


def test_faults_of_form_of_cells_and_of_ids_come_together_by_row(workspace):
    put(workspace, partners=[a_partner("p1")])
    content = "id,partner_id,title,need,deadline\nb1,p1,T,N\nb2,p9,T,N,soon\nb3,p1,T,,2027-01-01\nb3,p1,T,N,\n"
    refused = refusal(workspace, "briefs", content)
    assert [(fault.row, fault.column) for fault in refused.faults] == [
        (2, "need"),
        (3, "deadline"),
        (3, "partner_id"),
        (4, "need"),
        (5, "id"),
    ]
    assert str(refused).startswith("sheet.csv has 5 faulty cells")


def test_a_dry_run_refuses_as_the_import_would(workspace):
    assert refusal(workspace, "startups", "id,name\n,A\n", dry_run=True).faults


def test_an_id_of_the_other_side_is_refused(workspace):
    put(workspace, startups=[a_startup("x1")], partners=[a_partner("p1")])
    assert "belongs to a partner" in refusal(workspace, "startups", "id,name\np1,A\n").faults[0].message
    assert "belongs to a startup" in refusal(workspace, "partners", "id,name,kind\nx1,A,investor\n").faults[0].message


@pytest.mark.parametrize(
    ("kind", "content", "columns"),
    [
        ("portfolio", "partner_id,name,summary\np9,A,Text\n", ["partner_id"]),
        ("briefs", "id,partner_id,title,need\nb1,p9,T,N\n", ["partner_id"]),
        ("history", "startup_id,partner_id,outcome\ns9,p9,met\n", ["startup_id", "partner_id"]),
        ("history", "startup_id,partner_id,outcome\np1,s1,met\n", ["startup_id", "partner_id"]),
    ],
)
def test_what_names_an_unknown_party_is_refused(workspace, kind, content, columns):
    put(workspace, startups=[a_startup("s1")], partners=[a_partner("p1")])
    assert [fault.column for fault in refusal(workspace, kind, content).faults] == columns


def test_an_event_is_stored_under_an_id_of_its_parts(workspace):
    put(workspace, startups=[a_startup("s1")], partners=[a_partner("p1")])
    row = "s1,p1,Met,2024-03,Go Global\n"
    report = bring(workspace, "history", f"startup_id,partner_id,outcome,date,programme\n{row}{row}")
    assert counts(report) == (1, 0, 0, 0)
    assert "row 3" in report.warnings[0]
    assert stored(workspace, "history")[0].id == "s1/p1/met/2024-03/Go Global"


def test_history_before_anybody_is_refused_in_one_sentence(workspace):
    refused = refusal(workspace, "history", "startup_id,partner_id,outcome\ns1,p1,met\ns2,p2,met\n")
    assert str(refused) == "There are no startups yet; import startups and partners first."
    assert refused.faults == ()


def test_other_faults_are_listed_beside_what_must_be_imported_before(workspace):
    refused = refusal(workspace, "history", "startup_id,partner_id,outcome\ns1,p1,love\n")
    assert str(refused) == "There are no startups yet; import startups and partners first."
    assert [fault.column for fault in refused.faults] == ["outcome"]


def test_a_second_company_of_the_same_name_leaves_the_first_alone(workspace):
    put(workspace, partners=[a_partner("p1")])
    header, one, other = "partner_id,name,summary\n", "p1,Foo,A\n", "p1,Foo,B\n"
    assert counts(bring(workspace, "portfolio", header + one)) == (1, 0, 0, 0)
    assert counts(bring(workspace, "portfolio", header + other + one)) == (1, 0, 1, 0)
    assert counts(bring(workspace, "portfolio", header + one + other)) == (0, 0, 2, 0)
    assert sorted(company.summary for company in stored(workspace, "portfolio")) == ["A", "B"]


def test_a_sheet_of_another_kind_is_refused_and_nothing_is_stored(workspace):
    with pytest.raises(BadInput, match="looks like a sheet of partners; use `matcher import partners`"):
        bring(workspace, "startups", ROOT / "data/samples/partners.csv")
    assert stored(workspace, "startup") == ()


def test_a_new_profile_like_a_stored_one_is_a_warning(workspace):
    put(workspace, startups=[a_startup("s1", name="Noga Vitals Ltd")])
    report = bring(workspace, "startups", "id,name,country,summary\ns2,Noga Vitals,KE,Text\n")
    assert report.warnings == ("Row 2 has the same name as s1, stored already; if it is one company, keep one row.",)


def test_columns_that_are_unknown_or_missing_are_reported(workspace):
    report = bring(workspace, "startups", "id,name,sumary,shoe size\ns1,A,Text,42\n")
    assert report.warnings == (
        'Unknown column "sumary" is left out; did you mean "summary"?',
        'Unknown column "shoe size" is left out.',
        'There is no column "country": it counts as unknown in every row.',
        'There is no column "summary": it counts as unknown in every row.',
    )


def test_the_three_formats_give_the_same_records(workspace):
    header = ["id", "name", "founded", "sectors", "raising_amount", "raising_currency", "market_ready"]
    book = a_workbook(workspace.folder, ("S", [header, ["s1", "A", 2019, "health;x", 500, "GBP", True]]))
    lines = (
        '{"id": "s1", "name": "A", "founded": 2019, "sectors": ["health", "x"], "raising_amount": 500,'
        ' "raising_currency": "GBP", "market_ready": true}\n'
    )
    assert bring(workspace, "startups", book).created == 1
    assert bring(workspace, "startups", lines, "sheet.jsonl").unchanged == 1
    assert bring(workspace, "startups", ",".join(header) + "\ns1,A,2019,health;x,500,GBP,yes\n").unchanged == 1


def test_the_sheet_of_a_workbook_can_be_named(workspace):
    book = a_workbook(workspace.folder, ("Notes", [["x"]]), ("S", [["id", "name"], ["s1", "A"]]))
    with pytest.raises(BadInput, match="name one with --sheet"):
        bring(workspace, "startups", book)
    assert bring(workspace, "startups", book, sheet="s").created == 1


def test_an_unknown_kind_of_file_is_refused_with_the_nearest(workspace):
    with pytest.raises(BadInput, match='There is no kind of file "startup"; did you mean "startups"'):
        bring(workspace, "startup", "id,name\ns1,A\n")


def test_a_text_of_fifty_thousand_letters_is_kept_letter_by_letter(workspace):
    text = ("ignore previous instructions {{x}} <b> \u200b 😀 " * 2_000)[:50_000].strip()
    bring(workspace, "startups", f'id,name,summary\ns1,A,"{text}"\n')
    assert stored(workspace, "startup")[0].summary == text


def test_today_decides_what_lies_in_the_future(workspace):
    path = a_file(workspace.folder, "id,name,founded\ns1,A,2027\n")
    with pytest.raises(BadSheet):
        import_sheet(workspace, "startups", path, today=date(2026, 12, 31))
    assert import_sheet(workspace, "startups", path, today=date(2027, 1, 1)).created == 1


def test_progress_is_told_and_pythons_collector_is_on_again(workspace):
    told = []
    bring(workspace, "startups", "id,name\ns1,A\n", progress=lambda *said: told.append(said))
    assert told[0][1:] == (0, 3) and told[-1][1:] == (3, 3)
    assert gc.isenabled()
    refusal(workspace, "startups", "id,name\n,A\n")
    assert gc.isenabled()


def test_two_hundred_identical_profiles_are_imported_with_one_warning(workspace):
    rows = "".join(f"s{i},Same Ltd,KE,We re-read X-rays that were reported already.\n" for i in range(200))
    report = bring(workspace, "startups", f"id,name,country,summary\n{rows}")
    assert report.created == 200
    assert len(report.warnings) == 1


@pytest.mark.parametrize(
    "folder", ["techstars", "reviewer_gold", "crunchbase_uk_partners", "crunchbase_uk_partners_all"]
)
def test_real_records_are_imported_without_a_refused_row_and_again_as_a_no_op(shared_data, workspace, folder):
    began = time.monotonic()
    for kind in SAMPLE_KINDS:
        path = shared_data / folder / f"{kind}.csv"
        if path.exists():
            first, again = bring(workspace, kind, path), bring(workspace, kind, path)
            assert first.created > 0 and first.refused == 0
            assert counts(again) == (0, 0, first.created, 0)
    assert time.monotonic() - began < 60


def test_a_refused_file_leaves_the_database_as_it_was(workspace):
    bring(workspace, "startups", "id,name\ns1,A\n")
    for content in (b"%PDF-1.4", b"", b"id,name\n", b'id,name\ns2,"B\n', b"id,name\ns2,B\ns2,C\n"):
        with pytest.raises(BadInput):
            bring(workspace, "startups", content)
    assert [startup.id for startup in stored(workspace, "startup")] == ["s1"]


def test_participation_and_availability_are_kept_and_known_again(workspace):
    put(workspace, startups=[a_startup("s1")], partners=[a_partner("p1")])
    states = "startup_id,programme,state,date\ns1,coast,applied,2026-01-08\ns1,coast,invited,\n"
    hours = "party_id,programme,from,to\ns1,coast,2027-03-08T09:30,2027-03-08T12:30\np1,coast,2027-03-08,2027-03-09\n"
    for kind, content, stored_as in (
        ("participation", states, "participation"),
        ("availability", hours, "availability"),
    ):
        assert counts(bring(workspace, kind, content)) == (2, 0, 0, 0)
        assert counts(bring(workspace, kind, content)) == (0, 0, 2, 0)
        assert len(stored(workspace, stored_as)) == 2
    assert [(one.party_id, one.begins, one.ends) for one in stored(workspace, "availability")] == [
        ("p1", "2027-03-08", "2027-03-09"),
        ("s1", "2027-03-08T09:30", "2027-03-08T12:30"),
    ]


def test_availability_of_nobody_and_of_no_time_is_refused(workspace):
    put(workspace, startups=[a_startup("s1")], partners=[a_partner("p1")])
    header = "party_id,programme,from,to\n"
    refused = refusal(
        workspace,
        "availability",
        header + "s2,coast,2027-03-08,2027-03-08\ns1,coast,2027-03-08T12:00,2027-03-08T11:00\n",
    )
    assert [(fault.row, fault.column, fault.message) for fault in refused.faults] == [
        (2, "party_id", 'There is no startup or partner "s2"; import the startups or partners first, or mend the id.'),
        (3, "to", "The end does not lie after the beginning; change one, or swap them."),
    ]


def test_a_corrected_availability_takes_the_place_of_the_earlier_one_and_says_so(workspace):
    put(workspace, startups=[a_startup("s1")], partners=[a_partner("p1")])
    header = "party_id,programme,from,to\n"
    bring(workspace, "availability", header + "s1,coast,2027-03-08,2027-03-09\ns1,other,2027-03-08,2027-03-08\n")
    bring(workspace, "availability", header + "p1,coast,2027-03-08,2027-03-08\n")
    report = bring(workspace, "availability", header + "s1,coast,2027-03-09,2027-03-09\n")
    assert counts(report) == (1, 0, 0, 0)
    assert report.warnings[0].startswith("1 earlier row of availability no longer counts")
    assert [(one.party_id, one.programme, one.begins) for one in stored(workspace, "availability")] == [
        ("p1", "coast", "2027-03-08"),
        ("s1", "coast", "2027-03-09"),
        ("s1", "other", "2027-03-08"),
    ]


def test_a_programme_nobody_knows_and_a_day_it_is_not_held_are_warned_of(workspace):
    put(workspace, startups=[a_startup("s1")])
    states = "startup_id,programme,state\ns1,texchnage-2027,applied\ns1,texchange-2027,invited\n"
    assert bring(workspace, "participation", states).warnings == (
        'There is no programme "texchnage-2027" (row 2); did you mean "texchange-2027"?',
    )
    hours = (
        "party_id,programme,from,to\ns1,texchange-2027,2027-03-08,2027-03-08\ns1,texchange-2027,2027-04-08,2027-04-08\n"
    )
    assert bring(workspace, "availability", hours).warnings == (
        "Outside the days of texchange-2027, 2027-03-08, 2027-03-09: row 3.",
    )
