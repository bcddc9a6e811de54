"""Runs every code block of the README and of docs/how-to, page by page, as a newcomer would."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from matcher.errors import BadInput
from matcher.steps.programme_check import check_programme
from matcher.steps.programme_file import programme_from_toml, refuse
from matcher.wiring import reference
from tests.docs.markdown import ALL, ROOT, RUN, blocks, name, starts_with

REFERENCE = reference()
LANGUAGES = {"sh", "console", "toml", "csv", "json", "text"}
MARKERS = {"not run", "exit", "faulty", "starts with"}
# In a page it stands for the id of the reader's run.
ANY_RUN = "0123456789ab"
_RUN_ID = re.compile(r"^[0-9a-f]{12}$", re.MULTILINE)
_SHELL = 'set -euo pipefail; matcher() { "$MATCHER_PYTHON" -m matcher "$@"; }; '


class Reader:
    """Somebody who types a page's commands into a terminal. folder: where they stand; it has the samples in it."""

    def __init__(self, folder, environment):
        self.folder = folder
        self.workspace = folder / "workspace"
        self.environment = environment | {"MATCHER_WORKSPACE": str(self.workspace), "MATCHER_PYTHON": sys.executable}
        self.run_id = ANY_RUN

    def type(self, command, where, exit_code):
        """What the terminal shows: errors and notes first, then results."""
        line = command.replace(".venv/bin/matcher", "matcher").replace(ANY_RUN, self.run_id)
        done = subprocess.run(
            ["bash", "-c", _SHELL + line],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        shown = f"{where}: {line}\nexit {done.returncode}\n{done.stderr[-3000:]}\n{done.stdout[-1000:]}"
        assert done.returncode == exit_code, shown
        assert "Traceback" not in done.stderr, shown
        self.run_id = ([self.run_id, *_RUN_ID.findall(done.stderr)])[-1]
        return done.stderr + done.stdout


@pytest.fixture
def reader(tmp_path, samples):
    shutil.copytree(ROOT / "data" / "samples", tmp_path / "data" / "samples")
    return Reader(tmp_path, samples.environment)


@pytest.mark.parametrize("page", RUN, ids=name)
def test_every_command_of_a_page_does_what_the_page_says(page, reader, samples):
    if starts_with(page) != "nothing":
        shutil.copytree(samples.folder, reader.workspace)
    for block in blocks(page):
        where = f"{name(page)}:{block.line}"
        if block.file:
            (reader.folder / block.file).write_text(block.body, encoding="utf-8")
        if block.language not in ("sh", "console") or not block.run:
            continue
        exit_code = int(block.marker[1]) if block.marker and block.marker[0] == "exit" else 0
        for command, expected in block.commands():
            shown = iter(reader.type(command, where, exit_code).splitlines())
            missing = [line for line in expected.splitlines() if line.strip() and line not in shown]
            assert not missing, f"{where}: {command}\nThe page shows what the command does not print:\n" + "\n".join(
                missing
            )


@pytest.mark.parametrize("page", RUN, ids=name)
def test_every_programme_in_a_page_is_read_and_a_faulty_one_is_marked(page):
    for block in blocks(page):
        if block.language == "toml":
            if block.marker and block.marker[0] == "faulty":
                with pytest.raises(BadInput):
                    _read_programme(block.body, name(page))
            else:
                _read_programme(block.body, name(page))


def _read_programme(text, where):
    """As `matcher programmes check` does, in a workspace without startups."""
    programme = programme_from_toml(text, where, REFERENCE.country_groups)
    refuse(where, check_programme(programme, REFERENCE.vocabulary, REFERENCE.hubs))


@pytest.mark.parametrize("page", ALL, ids=name)
def test_a_block_that_is_not_run_says_why(page):
    for block in blocks(page):
        where = f"{name(page)}:{block.line}"
        assert block.language in LANGUAGES, f"{where}: no test knows what to do with a '{block.language}' block"
        if block.marker:
            assert block.marker[0] in MARKERS, f"{where}: nobody knows the marker '{block.marker[0]}'"
            assert len(block.marker[1]) > (10 if block.marker[0] == "not run" else 0), (
                f"{where}: the marker gives no reason"
            )
        unread = block.language == "text" or (block.language in ("sh", "console") and page not in RUN)
        assert not unread or not block.run, f"{where}: say above it why it is not run: <!-- not run: … -->"


def test_the_readme_shows_the_commands_that_matter():
    typed = [command for block in blocks(ROOT / "README.md") if block.run for command, _ in block.commands()]
    for command in ("import startups", "import partners", "match", "explain", "shortlist", "runs replay"):
        assert any(line.startswith(f"matcher {command} ") for line in typed), f"README does not show matcher {command}"


def test_pages_are_run_in_bash_and_bash_is_here():
    assert shutil.which("bash", path=os.environ["PATH"])
