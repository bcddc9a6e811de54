"""The main job on real records with known answers, which are measured with and never shipped."""

import json
import subprocess
import sys
import time

import pytest

from tests.conftest import ROOT, Cli

pytestmark = pytest.mark.long

SHEETS = ("startups", "partners", "portfolio", "history")
FOLDERS = ("techstars", "crunchbase_uk_partners", "crunchbase_uk_partners_all", "crunchbase_global", "reviewer_gold")
PLAIN_DESIGN = 0.183


def import_folder(cli, folder):
    counts = {}
    for sheet in SHEETS:
        if (folder / f"{sheet}.csv").exists():
            printed = cli.run("import", sheet, folder / f"{sheet}.csv", "--format", "json", "--quiet").stdout
            counts[sheet] = json.loads(printed)
    return counts


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_folder_is_imported_without_a_refused_row(shared_data, tmp_path, folder):
    counts = import_folder(Cli(tmp_path / "w"), shared_data / folder)
    assert counts["startups"]["created"] > 400
    assert all(count["refused"] == 0 and not count["errors"] for count in counts.values())


def test_techstars_is_imported_matched_and_beats_the_plain_design(shared_data, tmp_path):
    cli, folder = Cli(tmp_path / "w", encoder=None), shared_data / "techstars"
    start = time.monotonic()
    import_folder(cli, folder)
    imported = time.monotonic() - start

    question = ("match", "--all", "--limit", 0, "--format", "csv")
    times = []
    for name in ("first.csv", "second.csv"):
        start = time.monotonic()
        cli.run(*question, "--output", tmp_path / name)
        times.append(time.monotonic() - start)
    assert (tmp_path / "first.csv").read_bytes() == (tmp_path / "second.csv").read_bytes()

    score = [sys.executable, ROOT.parent / "shared/score.py", tmp_path / "first.csv", folder / "labels_dev.csv"]
    printed = subprocess.run(
        [*score, "--partners", folder / "partners.csv"], capture_output=True, text=True, check=True
    ).stdout
    print(f"\nimport {imported:.1f} s, first match {times[0]:.1f} s, second {times[1]:.1f} s\n{printed}")
    assert imported < 60
    assert times[0] < 600
    assert times[1] < 30
    assert json.loads(printed)["ndcg_at_10"] > PLAIN_DESIGN
