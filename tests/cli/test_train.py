"""`matcher train` from outside: what it prints and writes, what the next match makes of it, and going back."""

import json
import os
import shutil

import pytest

from tests.cli.test_commands import one_sentence
from tests.conftest import Cli
from tests.histories import SMALL, a_past, with_a_ranker_that_heeds_nothing
from tests.workspaces import TODAY, a_workspace, put

FILES = ["card.md", "coefficients.json", "metrics.json"]
AS_OF = ("--as-of", TODAY)


def a_cli(folder, heedless=True, **said):
    """A workspace with an invented history, and the id of the ranker that is active before training."""
    cli = Cli(folder)
    workspace = put(a_workspace(cli.folder), **a_past(**said))
    cli.shipped = workspace.shipped_ranker.id
    cli.before = with_a_ranker_that_heeds_nothing(workspace) if heedless else cli.shipped
    workspace.database.dispose()
    return cli


@pytest.fixture(scope="module")
def untrained(tmp_path_factory):
    """A history to learn from; tests copy it."""
    return a_cli(tmp_path_factory.mktemp("untrained"), **SMALL)


@pytest.fixture
def history(untrained, tmp_path):
    shutil.copytree(untrained.folder, tmp_path / "workspace")
    cli = Cli(tmp_path / "workspace")
    cli.before, cli.shipped = untrained.before, untrained.shipped
    return cli


@pytest.fixture(scope="module")
def random_history(tmp_path_factory):
    """One of which nothing can be learned; training it changes nothing."""
    return a_cli(tmp_path_factory.mktemp("random"), heedless=False, tells=False)


def active(cli):
    rows = json.loads(cli.run("rankers", "list", "--format", "json").stdout)
    (found,) = [row["ranker_id"] for row in rows if row["active"]]
    return found


def test_a_better_ranker_is_kept_ranks_the_next_match_and_can_be_left_again(history):
    def explained():
        return json.loads(history.run("explain", "s2024-000", "p0", *AS_OF).stdout)["score"]

    before = explained()
    done = history.run("train", *AS_OF, "--name", "kenya-2")
    kept = active(history)
    assert kept.startswith("kenya-2/")
    assert f"Kept: {kept} is better than {history.before} beyond chance, nDCG@10 +" in done.stdout
    assert "On 12 startups of 2024, learned from the years before" in done.stdout
    for row in ("the new ranker ", "the present ranker ", "popularity ", "the 50 nearest earlier startups "):
        assert any(line.startswith(row) for line in done.stdout.splitlines())
    assert explained() != before
    assert history.run("rankers", "show", "kenya-2").stdout.startswith("# Ranker kenya-2\n")

    history.run(*f"rankers use {history.before}".split())
    assert f"`matcher rankers use {history.before}` goes back" in done.stdout
    assert explained() == before
    history.run("rankers", "use", "shipped")
    assert active(history) == history.shipped


def test_it_tells_how_far_it_is_in_plain_lines_and_nothing_when_quiet(history):
    said = history.run("train", *AS_OF).stderr.splitlines()
    assert "encoding texts: 48 of 48" in said
    assert said[-1] == "measuring startups of the past: 36 of 36"
    assert history.run("train", *AS_OF, "--quiet").stderr == ""


def test_the_papers_are_written_and_are_those_that_are_kept(history, tmp_path):
    done = history.run("train", *AS_OF, "--output", tmp_path / "new")
    assert f"Written to {tmp_path / 'new'}." in done.stderr.splitlines()
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == FILES
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "workspace"]
    shown = json.loads(history.run("rankers", "show", "trained", "--format", "json").stdout)
    for part in ("coefficients", "metrics"):
        assert json.loads((tmp_path / "new" / f"{part}.json").read_text()) == shown[part]
    assert history.run("rankers", "show", "trained").stdout == (tmp_path / "new" / "card.md").read_text()


def test_the_same_history_gives_the_same_files_and_the_same_id(untrained, tmp_path):
    for copy in ("a", "b"):
        shutil.copytree(untrained.folder, tmp_path / copy)
        Cli(tmp_path / copy).run("train", *AS_OF, "--output", tmp_path / f"out-{copy}", "--quiet")
    for file in FILES:
        assert (tmp_path / "out-a" / file).read_bytes() == (tmp_path / "out-b" / file).read_bytes()
    assert active(Cli(tmp_path / "a")) == active(Cli(tmp_path / "b"))


def test_json_says_what_was_measured_and_whether_it_was_kept(history, random_history):
    said = json.loads(history.run("train", *AS_OF, "--format", "json", "--quiet").stdout)
    assert (said["kept"], said["too_little"], said["present"]) == (True, None, history.before)
    assert said["rankings"][0]["name"] == "the new ranker"
    assert said["ranker"] == active(history)
    said = json.loads(random_history.run("train", *AS_OF, "--format", "json", "--quiet").stdout)
    assert (said["kept"], said["better"], said["too_little"]) == (False, False, None)


def test_where_nothing_is_to_be_learned_the_present_one_stays_and_the_exit_code_is_0(random_history, tmp_path):
    done = random_history.run("train", *AS_OF, "--output", tmp_path / "out")
    assert f"Not kept: against {random_history.shipped} the difference is not clear of chance" in done.stdout
    assert "the present one stays" in done.stdout
    assert active(random_history) == random_history.shipped
    assert "a training then keeps the present one" in " ".join((tmp_path / "out" / "card.md").read_text().split())


def test_too_little_history_is_said_with_the_exit_code_0_and_nothing_is_written(samples, tmp_path):
    done = samples.run("train", *AS_OF, "--output", tmp_path / "out")
    assert "says too little to learn from" in done.stdout
    assert f"The present ranker {active(samples)} stays." in done.stdout
    assert done.stderr == f"Nothing is written to {tmp_path / 'out'}: there is no new ranker.\n"
    assert list(tmp_path.iterdir()) == []
    said = json.loads(samples.run("train", *AS_OF, "--format", "json", "--quiet").stdout)
    assert said.keys() == {"present", "kept", "too_little"}
    assert said["kept"] is False
    assert "says too little to learn from" in said["too_little"]


def test_a_folder_that_holds_something_is_refused_before_anything_is_learned(history, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "card.md").write_text("mine")
    (folder / "notes.txt").write_text("mine too")
    said = one_sentence(history.run("train", *AS_OF, "--output", folder, "--quiet", expect=1))
    assert "--force" in said
    assert {path.name: path.read_text() for path in folder.iterdir()} == {"card.md": "mine", "notes.txt": "mine too"}
    assert active(history) == history.before
    history.run("train", *AS_OF, "--output", folder, "--force", "--quiet")
    assert sorted(path.name for path in folder.iterdir()) == [*FILES, "notes.txt"]
    assert (folder / "notes.txt").read_text() == "mine too"
    assert (folder / "card.md").read_text().startswith("# Ranker")


@pytest.mark.parametrize(
    "where", ["a file", "nowhere/out", "x" * 300], ids=["a file", "in no folder", "too long a name"]
)
def test_a_folder_that_cannot_be_is_one_sentence(history, tmp_path, where):
    (tmp_path / "a file").write_text("mine")
    one_sentence(history.run("train", *AS_OF, "--output", tmp_path / where, "--quiet", expect=1))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a file", "workspace"]
    assert active(history) == history.before


@pytest.mark.parametrize(
    "arguments",
    [
        ("--as-of", "yesterday"),
        ("--as-of", "2026-13-01"),
        ("--name", ""),
        ("--name", "x" * 200),
        ("--name", "two\nlines"),
        ("--name", "# **bold** [a](b)"),
        ("--name", "red\x1b[31m"),
        ("--name", "shipped"),
    ],
    ids=repr,
)
def test_a_mistake_is_one_sentence_and_changes_nothing(untrained, arguments):
    said = one_sentence(untrained.run("train", *arguments, "--quiet", expect=1))
    assert arguments[0].strip("-") in said or "not a date" in said
    assert active(untrained) == untrained.before


@pytest.mark.parametrize("arguments", [("x",), ("--format", "csv"), ("--limit", "3")], ids=" ".join)
def test_wrong_usage_is_exit_2(samples, arguments):
    samples.run("train", *arguments, expect=2)


def test_an_as_of_date_before_the_history_leaves_too_little(history):
    assert "says too little" in history.run("train", "--as-of", "2022-12-31").stdout
    assert active(history) == history.before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_into_is_one_sentence(history, tmp_path):
    (tmp_path / "locked").mkdir(mode=0o500)
    one_sentence(history.run("train", *AS_OF, "--output", tmp_path / "locked" / "out", "--quiet", expect=1))
