"""The ranking beats every baseline on links nobody here made: import, train, match, score, each set by itself."""

import json
import resource
import subprocess
import sys
import time

import pytest

from tests.conftest import ROOT, Cli
from tests.real.test_real_records import import_folder

pytestmark = pytest.mark.long

# nDCG@10 on dev labels that must be reached, and coverage@10 of naming the most popular partners to everybody.
LEAST = {
    "techstars": (0.40, 0.13),
    "crunchbase_uk_partners": (0.341, 0.04),
    "crunchbase_uk_partners_all": (0.23, 0.04),
    "crunchbase_global": (0.170, 0.007),
}
MOST_LOSS = 0.205
TRAIN_SECONDS, TRAIN_GB, MATCH_SECONDS = 15 * 60, 6, 60


def scored(ranking, folder):
    command = [sys.executable, ROOT.parent / "shared/score.py", ranking, folder / "labels_dev.csv"]
    command += ["--partners", folder / "partners.csv"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.mark.parametrize("name", LEAST)
def test_trained_on_its_history_the_ranking_finds_later_links(shared_data, tmp_path, name):
    cli, folder, ranking = Cli(tmp_path / "w", encoder=None), shared_data / name, tmp_path / "ranking.csv"
    import_folder(cli, folder)
    start = time.monotonic()
    said = json.loads(cli.run("train", "--format", "json", "--quiet").stdout)
    trained = time.monotonic() - start
    # Encodes the labelled startups and the theses, which training leaves out.
    cli.run("match", "--from", folder / "labels_dev.csv", "--limit", 1, "--format", "csv", "--quiet")
    start = time.monotonic()
    question = ("match", "--from", folder / "labels_dev.csv", "--limit", 50, "--format", "csv")
    cli.run(*question, "--output", ranking, "--quiet")
    matched = time.monotonic() - start
    peak_gb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    found = scored(ranking, folder)
    print(
        f"\n{name}: kept {said['kept']}, train {trained:.0f} s, match {matched:.0f} s, peak {peak_gb:.1f} GB, {found}"
    )
    least, popular = LEAST[name]
    assert found["ndcg_at_10"] >= least
    assert found["coverage_at_10"] >= 3 * popular
    assert trained <= TRAIN_SECONDS
    assert matched <= MATCH_SECONDS
    assert peak_gb <= TRAIN_GB


def test_scores_agree_with_people_on_how_texts_fit(shared_data, tmp_path):
    cli, folder, ranking = Cli(tmp_path / "w", encoder=None), shared_data / "reviewer_gold", tmp_path / "ranking.csv"
    import_folder(cli, folder)
    cli.run("match", "--all", "--limit", 0, "--format", "csv", "--output", ranking, "--quiet")
    found = scored(ranking, folder)
    print(f"\n{found}")
    assert found["kendall_loss"] <= MOST_LOSS
