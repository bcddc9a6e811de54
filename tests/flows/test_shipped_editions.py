"""Every edition that ships can be shortlisted as it is, on the samples."""

import json
from datetime import UTC, date, datetime

import pytest

from matcher.services.importing import import_sheet
from matcher.services.shortlisting import make_shortlist
from matcher.settings import shipped
from tests.conftest import ROOT, SAMPLE_KINDS
from tests.workspaces import TODAY, a_workspace

EDITIONS = sorted(path.stem for path in shipped("data/programmes").glob("*.toml"))
STARTUPS = 60


@pytest.fixture(scope="module")
def with_samples(tmp_path_factory):
    workspace = a_workspace(tmp_path_factory.mktemp("samples"))
    for kind in SAMPLE_KINDS:
        import_sheet(workspace, kind, ROOT / "data" / "samples" / f"{kind}.csv", today=date(2026, 11, 24))
    return workspace


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_gives_everybody_a_place_or_the_rule_that_keeps_it_out(with_samples, edition):
    programme = with_samples.reference.programmes[edition]
    run = make_shortlist(with_samples, edition, 0, TODAY, datetime(2026, 11, 24, tzinfo=UTC))
    result = json.loads(run.result)
    placed, unplaced, refused = (result[key] for key in ("placed", "unplaced", "refused"))
    told = [one["startup_id"] for one in (*placed, *unplaced, *refused)]
    # In a corridor the startups of the other country stand as partners.
    others = {one["partner_id"] for one in result["loads"]} if programme.mode == "corridor" else set()
    assert len(told) == len(set(told))
    assert len({*told, *others}) == STARTUPS
    assert len(placed) <= (programme.places or STARTUPS)
    assert all(one["rule"] and one["detail"] for one in refused)
    assert result["certificate"]["gap"] == 0
