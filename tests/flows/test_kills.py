"""kill -9 at random moments of an import, an index build and a shortlist: nothing lost, half-written or doubled."""

import csv
import random
import sqlite3
import time
from contextlib import closing

import pytest

from tests.conftest import Cli

pytestmark = pytest.mark.long

# A killed writer leaves its unfinished file behind, which nobody reads; the next writers keep but a few.
LEFT_OVERS = 4
KILLS = {"import": 34, "index": 33, "shortlist": 33, "resume": 20, "run": 20}
WORDS = ("nurse", "clinic", "pump", "well", "farm", "loan", "ledger", "rota", "ward", "solar", "kiosk", "tooth")


def a_sheet(path, rows, seed):
    dice = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "country", "summary", "sectors"])
        for at in range(rows):
            summary = " ".join(dice.choices(WORDS, k=30)).capitalize() + "."
            writer.writerow([f"k{at:05}", f"Kill test {at}", "KE", summary, "health"])
    return path


def kill_after(cli, seconds, *arguments):
    process = cli.start(*arguments)
    time.sleep(seconds)
    process.kill()
    return process.wait() == -9


def duration(cli, *arguments):
    start = time.monotonic()
    cli.run(*arguments)
    return time.monotonic() - start


def rows_of(cli, query):
    with closing(sqlite3.connect(cli.folder / "matcher.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return connection.execute(query).fetchall()


def moments(kind, longest):
    dice = random.Random(kind)
    return [dice.uniform(0.02, longest) for _ in range(KILLS[kind])]


def test_a_killed_import_is_whole_or_not_there(tmp_path):
    sheet = a_sheet(tmp_path / "startups.csv", 4000, seed=1)
    longest = duration(Cli(tmp_path / "whole"), "import", "startups", sheet)
    killed = unfinished = 0
    for at, moment in enumerate(moments("import", longest)):
        cli = Cli(tmp_path / f"import-{at}")
        killed += kill_after(cli, moment, "import", "startups", sheet)
        there = 0
        if (cli.folder / "matcher.db").exists() and rows_of(cli, "SELECT 1 FROM sqlite_master WHERE name = 'records'"):
            ((there,),) = rows_of(cli, "SELECT count(*) FROM records")
        assert there in (0, 4000), f"{there} of 4,000 rows after a kill at {moment:.3f} s"
        unfinished += there == 0
        cli.run("import", "startups", sheet)
        assert rows_of(cli, "SELECT count(*), count(DISTINCT record_id) FROM records") == [(4000, 4000)]
        assert rows_of(cli, "SELECT count(*) FROM versions") == [(4000,)]
    print(
        f"\nimport: {KILLS['import']} tries, {killed} killed, {unfinished} with nothing stored yet, 0 half, 0 doubled"
    )
    assert killed > KILLS["import"] / 2


def test_a_killed_index_build_is_rebuilt_and_never_believed(samples_copy):
    question = ("match", "--all", "--limit", 0, "--format", "csv", "--quiet", "--as-of", "2026-11-24")
    cli, folder = samples_copy, samples_copy.folder / "index"
    answer = cli.run(*question).stdout
    longest = duration(cli, *question)
    killed = 0
    for moment in moments("index", longest):
        for file in folder.glob("*"):
            file.unlink()
        killed += kill_after(cli, moment, *question)
        assert cli.run(*question).stdout == answer
        assert len(list(folder.glob("*.tmp"))) <= LEFT_OVERS, "killed writers' files pile up"
    print(f"\nindex: {KILLS['index']} tries, {killed} killed, every answer the same")
    assert killed > KILLS["index"] / 2


def test_a_killed_shortlist_is_kept_whole_or_not_at_all(samples_copy):
    cli = samples_copy
    arguments = ("shortlist", "texchange-2027", "--format", "json", "--quiet", "--seed")
    longest = duration(cli, *arguments, 999)
    killed = kept = 0
    for seed, moment in enumerate(moments("shortlist", longest), start=1000):
        ((before,),) = rows_of(cli, "SELECT count(*) FROM runs")
        killed += kill_after(cli, moment, *arguments, seed)
        ((after,),) = rows_of(cli, "SELECT count(*) FROM runs")
        assert after - before in (0, 1)
        kept += after - before
        done = cli.run(*arguments, seed)
        run_id = done.stderr.strip()
        assert rows_of(cli, f"SELECT count(*), max(result) FROM runs WHERE id = '{run_id}'") == [(1, done.stdout)]
        assert rows_of(cli, "SELECT count(*) FROM runs") == [(before + 1,)]
    assert cli.run("runs", "replay", run_id, "--format", "json", "--quiet").stdout == done.stdout
    print(f"\nshortlist: {KILLS['shortlist']} tries, {killed} killed, {kept} already kept, 0 half, 0 doubled")
    assert killed > KILLS["shortlist"] / 2


def test_a_killed_run_is_resumed_with_the_bytes_of_an_uninterrupted_one(samples_copy, tmp_path):
    whole = Cli(tmp_path / "whole").import_samples()
    arguments = ("shortlist", "texchange-2027", "--format", "json", "--quiet", "--as-of", "2026-11-24", "--seed")
    cli, killed, resumed = samples_copy, 0, 0
    longest = duration(cli, *arguments, 999)
    for seed, moment in enumerate(moments("resume", longest), start=2000):
        killed += kill_after(cli, moment, *arguments, seed)
        begun = [run_id for (run_id,) in rows_of(cli, "SELECT id FROM begun_runs")]
        for run_id in begun:
            # What is imported meanwhile is not what the run was begun with.
            changed = a_sheet(tmp_path / f"{seed}.csv", 1, seed)
            cli.run("import", "startups", changed)
            done = cli.run("runs", "resume", run_id, "--format", "json", "--quiet")
            with closing(sqlite3.connect(cli.folder / "matcher.db")) as connection:
                connection.execute("PRAGMA foreign_keys = OFF")
                connection.execute("DELETE FROM records WHERE record_id LIKE 'k0%'")
                connection.commit()
            expected = whole.run(*arguments, seed)
            assert expected.stderr.strip() == run_id
            assert done.stdout == expected.stdout
            resumed += 1
        assert rows_of(cli, "SELECT count(*) FROM begun_runs") == [(0,)]
    print(f"\nresume: {KILLS['resume']} tries, {killed} killed, {resumed} resumed to the same bytes")
    assert resumed > 0


def test_a_killed_batch_leaves_no_half_folder_and_ends_the_same_when_it_is_run_again(samples_copy, tmp_path):
    def arguments(seed, folder):
        return "run", "texchange-2027", "--as-of", "2026-11-24", "--seed", seed, "--output", folder, "--quiet"

    cli, killed = samples_copy, 0
    longest = duration(cli, *arguments(1, tmp_path / "first"))
    for at, moment in enumerate(moments("run", longest)):
        out, seed = tmp_path / f"out-{at}", 3000 + at
        killed += kill_after(cli, moment, *arguments(seed, out))
        assert not out.exists() or len(list(out.iterdir())) == 4
        if not out.exists():
            cli.run(*arguments(seed, out))
        again = tmp_path / f"again-{at}"
        cli.run(*arguments(seed, again))
        assert {file.name: file.read_bytes() for file in out.iterdir()} == {
            file.name: file.read_bytes() for file in again.iterdir()
        }
    print(f"\nrun: {KILLS['run']} tries, {killed} killed, 0 half folders, every folder the same when run again")
    assert killed > KILLS["run"] / 2


@pytest.fixture
def samples_copy(tmp_path):
    return Cli(tmp_path / "samples").import_samples()
