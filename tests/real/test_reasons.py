"""One-sentence reasons differ from pair to pair on real records, and say something."""

import numpy as np
import pytest

from matcher.gather import gather, read_snapshot
from matcher.match import match
from matcher.settings import settings_of
from matcher.steps.reason import lines
from matcher.wiring import workspace_of
from tests.conftest import Cli
from tests.real.test_real_records import import_folder

pytestmark = pytest.mark.long

DRAWN, DISTINCT, DISTINCT_MASKED = 200, 150, 100


def test_reasons_of_top_matches_differ_also_with_the_names_masked(shared_data, tmp_path):
    import_folder(Cli(tmp_path, encoder=None), shared_data / "techstars")
    workspace = workspace_of(settings_of(workspace=tmp_path))
    inputs = gather(workspace, read_snapshot(workspace), "2026-11-24")
    startups = np.arange(len(inputs.startups), dtype=np.int32)
    partners = np.arange(len(inputs.partners), dtype=np.int32)
    matches = match(inputs, workspace.ranker, startups, partners)
    first = np.unique(matches.pairs.startup[matches.order], return_index=True)[1]
    top = [row for row in matches.order[first].tolist() if matches.assessed[row]]
    rows = sorted(np.random.default_rng(7).choice(top, DRAWN, replace=False).tolist())
    names = {one.id: one.name for one in (*inputs.startups, *inputs.partners)}
    reasons, masked = [], []
    for line in lines(inputs, matches, rows, [1] * DRAWN):
        reasons.append(line.reason)
        masked.append(line.reason.replace(names[line.startup_id], "X").replace(names[line.partner_id], "Y"))
    print(f"\n{len(set(reasons))} of {DRAWN} distinct, {len(set(masked))} with both names masked")
    assert all(len(reason) > 20 and reason.endswith(".") for reason in reasons)
    assert len(set(reasons)) >= DISTINCT
    assert len(set(masked)) >= DISTINCT_MASKED
