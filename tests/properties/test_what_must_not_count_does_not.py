"""Who leads a startup, whom to write to and the order of rows in a sheet move no score, from the sheet to the score."""

import csv
import io
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.gather import gather
from matcher.match import match
from matcher.services.importing import import_sheet
from matcher.snapshot import read_snapshot
from tests.conftest import ROOT, SAMPLE_KINDS
from tests.rankers import everything
from tests.sheets import TODAY, a_file
from tests.workspaces import a_workspace

SHEETS = {
    kind: list(csv.DictReader(io.StringIO((ROOT / f"data/samples/{kind}.csv").read_text(encoding="utf-8-sig"))))
    for kind in SAMPLE_KINDS
}
CONTACTS = st.fixed_dictionaries(
    {"contact_name": st.sampled_from(["", "Amina Otieno", "Sir John Smith", "Li Wei"])}
    | {"contact_email": st.sampled_from(["", "amina@one.example", "ceo@another.example"])}
)
WOMEN_LED = st.fixed_dictionaries({"women_led": st.sampled_from(["", "no", "any", "majority", "all"])})


def scores(sheets):
    """(startup, partner) → score, of the sheets as somebody would import them."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = a_workspace(Path(folder) / "workspace")
        for kind, rows in sheets.items():
            written = io.StringIO()
            sheet = csv.DictWriter(written, fieldnames=list(rows[0]))
            sheet.writeheader()
            sheet.writerows(rows)
            path = a_file(Path(folder), written.getvalue(), f"{kind}.csv")
            import_sheet(workspace, kind, path, today=TODAY)
        inputs = gather(workspace, read_snapshot(workspace), TODAY.isoformat())
        every = (np.arange(len(side), dtype=np.int32) for side in (inputs.startups, inputs.partners))
        matches = match(inputs, everything(), *every)
        workspace.database.dispose()
    pairs = matches.pairs
    return pairs.startup_ids, pairs.partner_ids, pairs.startup.tobytes(), matches.ranked.scores.tobytes()


@pytest.fixture(scope="module")
def as_they_are():
    return scores(SHEETS)


@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_no_score_moves(as_they_are, data):
    seed = data.draw(st.randoms(use_true_random=False))
    changed = {}
    for kind, rows in SHEETS.items():
        changed[kind] = seed.sample(rows, len(rows))
        if kind in ("startups", "partners"):
            about = CONTACTS if kind == "partners" else st.tuples(CONTACTS, WOMEN_LED).map(lambda two: two[0] | two[1])
            said = data.draw(st.lists(about, min_size=4, max_size=4))
            changed[kind] = [row | seed.choice(said) for row in changed[kind]]
    assert scores(changed) == as_they_are
