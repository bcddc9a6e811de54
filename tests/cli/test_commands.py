"""The command line from outside: exit codes, formats, one sentence for each mistake, never a traceback."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time

import pytest

from tests.conftest import ROOT, Cli

A_PARTNER = "pa-040-wharrowdale"
A_BRIEF = "br-01-community-nurses"
REFUSED_STARTUP = "su-006-etgar-ledger"


def one_sentence(done):
    text = done.stderr.strip()
    assert text, "nothing was said"
    assert "Traceback" not in text
    assert len(text.splitlines()) == 1
    assert text.endswith((".", "?"))
    return text


def test_help_names_every_command_and_comes_at_once(cli):
    best = min(_timed(cli.run, "--help") for _ in range(5))
    printed = cli.run("--help").stdout
    for command in ("demo", "import", "programmes", "match", "explain", "search", "shortlist", "runs", "doctor"):
        assert command in printed
    assert best < 1.0  # what else runs here counts too; tests/benchmarks has the strict figure


def _timed(call, *arguments):
    start = time.monotonic()
    call(*arguments)
    return time.monotonic() - start


@pytest.mark.parametrize(
    "command",
    [
        ("demo",),
        ("import",),
        ("match",),
        ("explain",),
        ("search",),
        ("shortlist",),
        ("doctor",),
        ("runs", "list"),
        ("runs", "show"),
        ("runs", "replay"),
        ("programmes", "list"),
        ("programmes", "show"),
        ("programmes", "check"),
        ("programmes", "add"),
    ],
    ids=" ".join,
)
def test_every_command_has_help_with_an_example(cli, command):
    assert "Example: matcher" in cli.run(*command, "--help").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("match", "su-nobody"),
        ("match", "--partner", "pa-nobody"),
        ("match", "--brief", "br-nobody"),
        ("match", "--all", "--programme", "texchange-2072"),
        ("match", "--from", "no-such-file.csv"),
        ("match", "--all", "--as-of", "31/02/2027"),
        ("explain", "su-nobody", "pa-nobody"),
        ("explain", "su-nobody"),
        ("shortlist", "texchange-2072"),
        ("shortlist", "texchange-2027", "--output", "shortlist.docx"),
        ("runs", "show", "0000"),
        ("runs", "replay", "0000"),
        ("programmes", "show", "texchange-2072"),
        ("programmes", "check", "README.md"),
        ("import", "startups", "no-such-file.csv"),
        ("search", "  "),
    ],
    ids=" ".join,
)
def test_a_mistake_is_one_sentence_and_exit_1(samples, arguments):
    one_sentence(samples.run(*arguments, expect=1))


@pytest.mark.parametrize(
    "arguments",
    [
        ("match",),
        ("match", "su-1", "--all"),
        ("match", "--all", "--limit", "-1"),
        ("match", "--all", "--kind", "bank"),
        ("import", "people", "x.csv"),
        ("nonsense",),
        ("shortlist",),
        ("search", "x", "--startups", "--partners"),
        ("explain",),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_2(samples, arguments):
    done = samples.run(*arguments, expect=2)
    assert "Traceback" not in done.stderr


def test_an_unknown_name_is_answered_with_the_nearest(samples):
    assert "did you mean 'texchange-2027'?" in samples.run("shortlist", "texchange-2072", expect=1).stderr


def test_the_csv_has_the_columns_of_the_contract_and_numbers_every_rank(samples):
    printed = samples.run("match", "--all", "--limit", 0, "--format", "csv", "--quiet").stdout
    rows = list(csv.DictReader(io.StringIO(printed)))
    assert list(rows[0]) == ["startup_id", "partner_id", "rank", "score", "kind", "band", "reason"]
    by_startup = {}
    for row in rows:
        by_startup.setdefault(row["startup_id"], []).append(row)
    assert list(by_startup) == sorted(by_startup)
    for own in by_startup.values():
        assert [int(row["rank"]) for row in own] == list(range(1, len(own) + 1))
        scores = [float(row["score"]) for row in own if row["score"]]
        assert scores == sorted(scores, reverse=True)
        assert all(row["band"] == "not assessed" for row in own[len(scores) :])
    assert all(row["reason"] for row in rows)


def test_limit_and_kind_and_one_startup_agree_with_the_whole(samples):
    everything = samples.run("match", "--all", "--limit", 0, "--format", "csv", "--quiet").stdout
    some = samples.run(
        "match", "su-002-tzlil-surgical", "--kind", "investor", "--limit", 3, "--format", "csv", "--quiet"
    ).stdout
    whole = [row for row in csv.DictReader(io.StringIO(everything)) if row["startup_id"] == "su-002-tzlil-surgical"]
    wanted = [row for row in whole if row["kind"] == "investor"][:3]
    got = list(csv.DictReader(io.StringIO(some)))
    assert [(row["partner_id"], row["score"], row["reason"]) for row in got] == [
        (row["partner_id"], row["score"], row["reason"]) for row in wanted
    ]


def test_a_partner_or_its_brief_is_answered_with_startups_best_first(samples):
    for option, name in (("--partner", A_PARTNER), ("--brief", A_BRIEF)):
        printed = samples.run("match", option, name, "--limit", 5, "--format", "csv", "--quiet").stdout
        rows = list(csv.DictReader(io.StringIO(printed)))
        assert [row["rank"] for row in rows] == ["1", "2", "3", "4", "5"]
        assert len({row["partner_id"] for row in rows}) == 1
        assert [float(row["score"]) for row in rows] == sorted((float(row["score"]) for row in rows), reverse=True)


def test_ids_come_from_a_file_or_stdin_each_once(samples, tmp_path):
    ids = "id,name\nsu-002-tzlil-surgical,x\nsu-003-second-glance,y\nsu-002-tzlil-surgical,x\n"
    sheet = tmp_path / "ids.csv"
    sheet.write_text(ids)
    options = ("--limit", 2, "--format", "csv", "--quiet")
    from_file = samples.run("match", "--from", sheet, *options).stdout
    assert from_file == samples.run("match", "--from", "-", *options, input=ids).stdout
    assert len(from_file.splitlines()) == 5


def test_json_carries_the_whole_account(samples):
    (first, *_) = json.loads(samples.run("match", "su-002-tzlil-surgical", "--format", "json", "--quiet").stdout)
    again = json.loads(samples.run("explain", "su-002-tzlil-surgical", first["partner_id"]).stdout)
    assert again.pop("why_not") is None
    assert again.pop("what_if") is not None
    assert first == again
    assert first["base"] + sum(part["points"] for part in first["contributions"]) == pytest.approx(
        first["score"], abs=1e-9
    )
    assert {"met", "unmet", "unknown", "cautions", "confidence", "band"} <= first.keys()


def test_two_ids_the_wrong_way_round_are_said_to_be_so(samples):
    said = samples.run("explain", A_PARTNER, REFUSED_STARTUP, expect=1).stderr
    assert "name the startup first" in said


def test_a_refused_pair_is_explained_with_its_rule(samples):
    said = json.loads(samples.run("explain", REFUSED_STARTUP, A_PARTNER, "--programme", "texchange-2027").stdout)
    assert said["eligible"] is False
    assert said["why_not"]["cause"] == "rule"
    assert said["unmet"][0]["rule"] == "sector"


def test_an_empty_or_three_word_profile_is_not_assessed_and_comes_last(samples):
    for startup in ("su-049", "su-056"):
        (name,) = [row["id"] for row in startups() if row["id"].startswith(startup)]
        said = json.loads(samples.run("explain", name, A_PARTNER).stdout)
        assert said["band"] == "not assessed"
        assert said["score"] is None
        assert said["base"] is None
        assert said["contributions"] == []
        assert "says too little" in said["reason"]


def startups():
    with (ROOT / "data/samples/startups.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_an_output_file_is_never_overwritten_without_force(samples, tmp_path):
    output = tmp_path / "matches.csv"
    samples.run("match", "su-002-tzlil-surgical", "--output", output, "--quiet")
    before = output.read_bytes()
    assert before.startswith(b"startup_id,")
    assert "--force" in one_sentence(
        samples.run("match", "su-003-second-glance", "--output", output, "--quiet", expect=1)
    )
    assert output.read_bytes() == before
    samples.run("match", "su-003-second-glance", "--output", output, "--force", "--quiet")
    assert output.read_bytes() != before
    assert [path.name for path in tmp_path.iterdir()] == ["matches.csv"]


def test_a_broken_pipe_is_no_traceback(samples):
    command = f"{sys.executable} -m matcher match --all --limit 0 --format csv --quiet | head -n 1"
    done = subprocess.run(
        ["bash", "-c", command], env=samples.environment, capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.stdout.startswith("startup_id,")
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_ctrl_c_is_one_sentence_and_the_work_goes_on_at_the_next_start(tmp_path):
    cli = Cli(tmp_path / "w").import_samples()
    process = subprocess.Popen(
        [sys.executable, "-m", "matcher", "match", "--all", "--limit", "0", "--format", "json"],
        env=cli.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    process.stderr.readline()  # the first line of progress: it is at work
    os.kill(process.pid, signal.SIGINT)
    said = process.stderr.read()
    assert process.wait() == 1
    assert "Traceback" not in said
    assert "Stopped" in said
    cli.run("match", "--all", "--format", "csv", "--quiet")


def test_progress_is_on_stderr_and_quiet_silences_it(tmp_path):
    cli = Cli(tmp_path / "w").import_samples()
    loud = cli.run("match", "--all", "--format", "csv")
    assert "encoding texts" in loud.stderr
    assert "encoding" not in loud.stdout
    assert cli.run("match", "--all", "--format", "csv", "--quiet").stderr == ""


def test_search_finds_by_words_on_both_sides(samples):
    hits = json.loads(samples.run("search", "surgical robot keyhole", "--format", "json", "--quiet").stdout)
    assert {"startup", "partner"} == {hit["side"] for hit in hits}
    only = json.loads(samples.run("search", "surgical robot", "--startups", "--format", "json", "--quiet").stdout)
    assert only[0]["id"] == "su-002-tzlil-surgical"


def test_doctor_finds_a_sound_installation_and_names_a_damaged_one(cli):
    cli.import_samples()
    assert "PROBLEM" not in cli.run("doctor").stdout
    database = cli.folder / "matcher.db"
    for path in cli.folder.glob("matcher.db-*"):
        path.unlink()
    database.write_bytes(b"not a database at all" * 100)
    assert "PROBLEM  database" in cli.run("doctor", expect=1).stdout


def test_a_programme_of_ones_own_is_checked_and_added(cli, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text('id = "mine"\nname = "Mine"\nedition = 2027\nplaces = 3\n')
    cli.run("programmes", "check", file)
    cli.run("programmes", "add", file)
    assert "mine" in cli.run("programmes", "list").stdout
    assert json.loads(cli.run("programmes", "show", "mine").stdout)["places"] == 3


def test_a_shortlist_without_profiles_says_what_to_bring(cli):
    assert "matcher import startups" in one_sentence(cli.run("shortlist", "texchange-2027", "--quiet", expect=1))


def test_foreign_files_in_the_workspace_are_left_alone(cli):
    cli.folder.mkdir()
    (cli.folder / "notes.txt").write_text("mine")
    cli.import_samples()
    cli.run("shortlist", "texchange-2027", "--quiet")
    assert (cli.folder / "notes.txt").read_text() == "mine"


def test_a_refused_sheet_also_tells_of_columns_it_does_not_know(cli, tmp_path):
    sheet = tmp_path / "startups.csv"
    sheet.write_text("id,name,sumary,stage\ns1,One,We build pumps,late\n")
    said = cli.run("import", "startups", sheet, expect=1).stderr
    assert "row 2, column stage: “late”" in said
    assert 'Unknown column "sumary" is left out; did you mean "summary"?' in said
