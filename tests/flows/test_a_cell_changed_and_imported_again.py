"""What somebody does who believes a what-if: writes it into the sheet, imports the sheet again, asks again."""

import csv
import random
import shutil
from datetime import date

import pytest

from matcher.editions import find_programme
from matcher.gather import gather
from matcher.plan import solve
from matcher.services.explaining import explain
from matcher.services.importing import import_sheet
from matcher.snapshot import read_snapshot
from matcher.what_if import what_ifs
from tests.conftest import ROOT
from tests.workspaces import TODAY, a_workspace

# Of each kind of change so many are tried.
OF_EACH = 2


@pytest.fixture(scope="module")
def folder(samples):
    return samples.folder


def written(cell):
    """A value as somebody types it into a cell."""
    return ";".join(cell) if isinstance(cell, tuple) else "" if cell is None else str(cell)


def imported_again(folder, copy, changes, ids):
    """A copy of the workspace after these cells were changed in the sample sheets."""
    shutil.copytree(folder, copy)
    workspace = a_workspace(copy)
    for side in sorted({change.side for change in changes}):
        with (ROOT / f"data/samples/{side}s.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            if row["id"] == ids[side]:
                row.update({change.field: written(change.after) for change in changes if change.side == side})
        sheet = copy / f"{side}s.csv"
        with sheet.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        report = import_sheet(workspace, f"{side}s", sheet, today=date.fromisoformat(TODAY))
        assert (report.created, report.changed) == (0, 1)
    return workspace


def some(folder, programme_id, wanted):
    """What-ifs of pairs taken by chance, up to OF_EACH of each kind of change."""
    workspace = a_workspace(folder)
    programme = find_programme(workspace, programme_id)
    inputs = gather(workspace, read_snapshot(workspace), TODAY, programme)
    plan = None if programme is None else solve(inputs, workspace.ranker, workspace.pairs_at_once)
    pairs = [(startup, partner) for startup in range(len(inputs.startups)) for partner in range(len(inputs.partners))]
    seen = {}
    for startup, partner in random.Random(4).sample(pairs, wanted):
        for found in what_ifs(inputs, workspace.ranker, startup, partner, plan, workspace.pairs_at_once):
            kind = tuple((change.side, change.field) for change in found.changes) if len(found.changes) < 2 else "two"
            if seen.setdefault(kind, 0) < OF_EACH:
                seen[kind] += 1
                yield inputs.startups[startup].id, inputs.partners[partner].id, found


@pytest.mark.parametrize(("programme_id", "wanted", "least"), [(None, 300, 18), ("texchange-2027", 30, 10)])
def test_the_effect_is_as_stated(folder, tmp_path, programme_id, wanted, least):
    told = list(some(folder, programme_id, wanted))
    assert len(told) >= least
    for at, (startup, partner, found) in enumerate(told):
        ids = {"startup": startup, "partner": partner}
        workspace = imported_again(folder, tmp_path / str(at), found.changes, ids)
        again = explain(workspace, startup, partner, programme_id, TODAY)
        then = (again.account.eligible, again.account.score, again.account.band, again.account.confidence)
        assert then == (found.then.eligible, found.then.score, found.then.band, found.then.confidence), found
        if programme_id:
            assert (again.why_not is None) is found.then.meets, found
