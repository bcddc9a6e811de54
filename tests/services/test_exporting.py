"""What is exported can be imported into a fresh workspace, and gives the same export there."""

import pytest

from matcher.errors import BadInput
from matcher.services.exporting import AUDIT, FORMATS, export_sheet
from matcher.services.importing import import_sheet
from matcher.steps.sheets.columns import TABLES
from matcher.store import records
from tests.conftest import ROOT, SAMPLE_KINDS
from tests.sheets import TODAY, a_file
from tests.workspaces import a_workspace

PARTICIPATION = "startup_id,programme,state,date\nsu-001-pulsefern,go,invited,2026\nsu-001-pulsefern,go,attended,\n"
AVAILABILITY = "party_id,programme,from,to\npa-001-corvane,go,2027-03-08,2027-03-08T12:00\n"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    made = a_workspace(tmp_path_factory.mktemp("full"))
    for kind in SAMPLE_KINDS:
        import_sheet(made, kind, ROOT / f"data/samples/{kind}.csv", today=TODAY)
    for kind, text in (("participation", PARTICIPATION), ("availability", AVAILABILITY)):
        import_sheet(made, kind, a_file(made.folder, text), today=TODAY)
    return made


def exported(workspace, kind, format_="csv"):
    return b"".join(export_sheet(workspace, kind, format_)[1])


def stored(workspace, table):
    with workspace.reading() as connection:
        return records.load(connection, table.kind)


@pytest.mark.parametrize("format_", FORMATS)
def test_a_fresh_workspace_gets_equal_records_and_exports_equal_bytes(workspace, tmp_path, format_):
    fresh = a_workspace(tmp_path / "fresh")
    for kind, table in TABLES.items():
        sheet = a_file(tmp_path, exported(workspace, kind, format_), f"{kind}.{format_}")
        report = import_sheet(fresh, kind, sheet, today=TODAY)
        assert report.created == len(stored(workspace, table)) > 0
        assert stored(fresh, table) == stored(workspace, table)
        assert exported(fresh, kind, format_) == exported(workspace, kind, format_)


@pytest.mark.parametrize("kind", sorted(TABLES))
def test_importing_an_export_where_it_came_from_changes_nothing(workspace, tmp_path, kind):
    sheet = a_file(tmp_path, exported(workspace, kind))
    report = import_sheet(workspace, kind, sheet, today=TODAY, dry_run=True)
    assert (report.created, report.changed) == (0, 0)


def test_an_empty_workspace_exports_the_header_alone(tmp_path):
    number, lines = export_sheet(a_workspace(tmp_path), "history", "csv")
    assert (number, b"".join(lines).count(b"\n")) == (0, 1)


def test_an_audit_trail_is_not_there_yet(workspace):
    with pytest.raises(BadInput, match="not kept by this version"):
        export_sheet(workspace, AUDIT, "csv")
