"""Speed as ratios: ours and the least that could do, in turn, in one run, so that the machine does not enter."""

import csv
import random
import sqlite3
import statistics
import subprocess
import sys
import time
from datetime import date

import pytest

from matcher.services.importing import import_sheet
from tests.conftest import ROOT, Cli
from tests.workspaces import a_workspace

pytestmark = pytest.mark.long

ROWS = 20_000
# Started the same way: without rich, which alone would double the time.
_EMPTY_PROGRAM = """
import typer
app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
@app.command()
def nothing() -> None: ...
app()
"""


def seconds(*command, environment):
    start = time.perf_counter()
    subprocess.run([sys.executable, *map(str, command)], env=environment, cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - start


def side_by_side(ours, theirs, times):
    """The ratio of the medians, each measured in turn with the other."""
    pairs = [(ours(number), theirs(number)) for number in range(times)]
    our_median, their_median = (statistics.median(side) for side in zip(*pairs, strict=True))
    return our_median / their_median, our_median, their_median


def say(what, measured, goal):
    ratio, ours, theirs = measured
    print(f"\n{what}: {ratio:.2f} times ({ours:.3f} s against {theirs:.3f} s; goal {goal})")


def test_help_against_an_empty_program(tmp_path):
    environment = Cli(tmp_path).environment
    measured = side_by_side(
        lambda _: seconds("-m", "matcher", "--help", environment=environment),
        lambda _: seconds("-c", _EMPTY_PROGRAM, "--help", environment=environment),
        times=11,
    )
    say("matcher --help against an empty typer program", measured, goal=1.5)
    assert measured[0] <= 2.5


def write_startups(path):
    """Startups with names and summaries of random words, so that they resemble each other as little as real ones."""
    random_ = random.Random(20260101)
    words = ["".join(random_.choices("abcdefghijklmnoprstuvz", k=random_.randint(3, 10))) for _ in range(5_000)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "country", "stage", "sectors", "summary"])
        for number in range(ROWS):
            name = " ".join(random_.choices(words, k=2)).title()
            country, stage = random_.choice(["IL", "KE", "NG", "ZA"]), random_.choice(["seed", "series-a", "growth"])
            summary = " ".join(random_.choices(words, k=40)).capitalize() + "."
            writer.writerow([f"su-{number:05}", name, country, stage, "health", summary])


def test_an_import_against_csv_and_bare_sqlite(tmp_path):
    sheet = tmp_path / "startups.csv"
    write_startups(sheet)

    def ours(number):
        workspace = a_workspace(tmp_path / f"w{number}")
        workspace.database.dispose()  # made and migrated: what is measured is the import, not the first start
        start = time.perf_counter()
        report = import_sheet(workspace, "startups", sheet, today=date(2026, 11, 24))
        taken = time.perf_counter() - start
        assert report.created == ROWS
        return taken

    def theirs(number):
        start = time.perf_counter()
        with sheet.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))[1:]
        connection = sqlite3.connect(tmp_path / f"bare{number}.db")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE startups (id TEXT PRIMARY KEY, name, country, stage, sectors, summary)")
        with connection:
            connection.executemany("INSERT INTO startups VALUES (?, ?, ?, ?, ?, ?)", rows)
        connection.close()
        return time.perf_counter() - start

    measured = side_by_side(ours, theirs, times=7)
    say(f"import of {ROWS:,} startups against csv and bare sqlite3", measured, goal=4)
    assert measured[0] <= 8
