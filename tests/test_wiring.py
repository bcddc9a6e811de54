"""Which of the shipped rankers is used: the newest, or the one that MATCHER_RANKER names."""

import json
import shutil

import pytest

from matcher.errors import BadInput
from matcher.settings import settings_of
from tests.conftest import ROOT, Cli
from tests.workspaces import a_workspace

RANKERS = ROOT / "models" / "ranker"


def test_the_newest_is_used_where_none_is_named(tmp_path, monkeypatch):
    monkeypatch.delenv("MATCHER_RANKER", raising=False)
    newest = max(RANKERS.iterdir(), key=lambda folder: int(folder.name[1:])).name
    workspace = a_workspace(tmp_path)
    assert workspace.shipped_ranker.version == newest
    assert json.loads(workspace.ranker_files().body)["version"] == newest


@pytest.mark.parametrize("name", [folder.name for folder in RANKERS.iterdir()])
def test_the_one_that_is_named_is_used_with_its_papers(tmp_path, monkeypatch, name):
    monkeypatch.setenv("MATCHER_RANKER", name)
    assert settings_of().ranker == name
    workspace = a_workspace(tmp_path)
    assert workspace.ranker.version == name
    files = workspace.ranker_files()
    assert files.card == (RANKERS / name / "card.md").read_text(encoding="utf-8")
    assert files.body == (RANKERS / name / "coefficients.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["v99", "../ranker/v1", "v", "/"])
def test_one_that_is_not_there_is_a_sentence_with_those_that_are(tmp_path, name):
    workspace = a_workspace(tmp_path, ranker=name)
    for load in (workspace.load_ranker, workspace.ranker_files):
        with pytest.raises(BadInput, match=rf"^MATCHER_RANKER cannot be '{name}'; .* are v1, v2.*\.$"):
            load()


def test_the_command_line_says_it_too_and_an_empty_name_is_none(tmp_path):
    cli = Cli(tmp_path / "workspace")
    cli.environment["MATCHER_RANKER"] = "v99"
    said = cli.run("rankers", "list", expect=1).stderr
    assert said.startswith("MATCHER_RANKER cannot be 'v99'")
    assert len(said.splitlines()) == 1
    cli.environment["MATCHER_RANKER"] = ""
    assert "shipped" in cli.run("rankers", "list").stdout


def test_the_tenth_is_newer_than_the_second(tmp_path):
    """A program of its own, which ships v1, v2 and v10."""
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(RANKERS, tmp_path / "models" / "ranker")
    shutil.copytree(RANKERS / "v2", tmp_path / "models" / "ranker" / "v10")
    coefficients = tmp_path / "models" / "ranker" / "v10" / "coefficients.json"
    coefficients.write_text(json.dumps(json.loads(coefficients.read_text()) | {"version": "v10"}))
    cli = Cli(tmp_path / "workspace")
    cli.environment |= {"PYTHONPATH": str(tmp_path / "src"), "MATCHER_RANKER": ""}
    assert cli.run("rankers", "list").stdout.startswith("v10/")
