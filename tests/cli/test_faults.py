"""Whatever is wrong outside of us, the command line says it in one sentence and exits 1."""

import json
import resource
import sqlite3
import stat
import subprocess
import sys

import pytest

from tests.cli.test_commands import one_sentence
from tests.conftest import ROOT, SAMPLE_KINDS, Cli


def shell(cli, command):
    return subprocess.run(
        ["bash", "-c", command.replace("matcher", f"{sys.executable} -m matcher", 1)],
        env=cli.environment,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )


def damage(cli):
    for path in cli.folder.glob("matcher.db-*"):
        path.unlink()
    (cli.folder / "matcher.db").write_bytes(b"not a database at all" * 1000)


@pytest.fixture
def set_up(tmp_path):
    """Sets a variable of the environment and gives the command line."""

    def make(name, value):
        cli = Cli(tmp_path / "workspace")
        cli.environment[name] = value
        return cli

    return make


@pytest.mark.parametrize(
    "arguments",
    [
        ("match", "--all"),
        ("explain", "a", "b"),
        ("search", "x"),
        ("shortlist", "texchange-2027"),
        ("runs", "list"),
        ("programmes", "list"),
        ("import", "startups", "data/samples/startups.csv", "--quiet"),
    ],
    ids=" ".join,
)
def test_a_damaged_database_is_one_sentence(cli, arguments):
    cli.folder.mkdir()
    damage(cli)
    assert "is damaged" in one_sentence(cli.run(*arguments, expect=1))


def test_the_doctor_shows_the_same_sentence_on_one_line(cli):
    cli.folder.mkdir()
    damage(cli)
    said = cli.run("doctor", expect=1).stdout.splitlines()
    assert [line.split(":")[0].split()[-1] for line in said] == [
        "workspace",
        "database",
        "programmes",
        "encoder",
        "ranker",
        "program",
    ]
    assert "is damaged or is not a database" in said[1]


def test_a_database_that_cannot_grow_is_one_sentence(cli):
    cli.run("runs", "list")
    grown = (cli.folder / "matcher.db").stat().st_size

    def no_space():
        resource.setrlimit(resource.RLIMIT_FSIZE, (grown, grown))

    arguments = ("import", "startups", "data/samples/startups.csv", "--quiet")
    assert "disk" in one_sentence(cli.run(*arguments, expect=1, preexec_fn=no_space))
    assert "created: 0" not in cli.run(*arguments).stdout


def test_an_unreadable_setting_names_its_variable(set_up):
    said = one_sentence(set_up("MATCHER_PAIRS_AT_ONCE", "abc").run("match", "--all", expect=1))
    assert "MATCHER_PAIRS_AT_ONCE cannot be 'abc'" in said


@pytest.mark.parametrize("url", ["garbage", "nosuch://x", "mssql+pymssql://host/name"])
def test_a_database_url_that_is_none_is_one_sentence(set_up, url):
    assert "MATCHER_DATABASE_URL" in one_sentence(set_up("MATCHER_DATABASE_URL", url).run("runs", "list", expect=1))


def test_the_demo_never_touches_the_database_of_the_environment(set_up, tmp_path):
    production = tmp_path / "production.db"
    cli = set_up("MATCHER_DATABASE_URL", f"sqlite:///{production}")
    cli.run("runs", "list")
    before = dump(production)
    cli.run("demo", "--quiet")
    assert dump(production) == before


def dump(path):
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


@pytest.mark.parametrize(
    "command", ["matcher programmes list", "matcher search x --format csv --quiet", "matcher --help"]
)
def test_an_output_that_cannot_be_written_is_one_sentence(samples, command):
    done = shell(samples, f"{command} >/dev/full")
    assert done.returncode == 1
    assert "cannot be written" in one_sentence(done)


def test_a_closed_output_is_one_sentence(samples):
    done = shell(samples, "matcher programmes list >&-")
    assert done.returncode == 1
    one_sentence(done)


@pytest.mark.parametrize("name", ["x" * 300 + ".csv", "no-such-folder/x.csv", "."], ids=["long", "nowhere", "folder"])
def test_an_output_that_cannot_be_is_refused_before_anything_is_computed(samples, tmp_path, name):
    one_sentence(samples.run("match", "--all", "--output", tmp_path / name, expect=1))
    assert list(tmp_path.iterdir()) == []


def test_an_output_name_as_long_as_names_can_be_is_written(samples, tmp_path):
    name = "x" * 251 + ".csv"
    samples.run("match", "su-002-tzlil-surgical", "--output", tmp_path / name, "--quiet")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_device_is_not_replaced_by_a_file(samples):
    one_sentence(samples.run("match", "--all", "--output", "/dev/null", "--force", "--quiet", expect=1))


@pytest.mark.parametrize(
    "arguments",
    [
        ("explain", "su-002-tzlil-surgical", "pa-040-wharrowdale", "--format", "table"),
        ("explain", "su-002-tzlil-surgical", "pa-040-wharrowdale"),
        ("search", "nurses", "--format", "json", "--quiet"),
        ("runs", "list"),
        ("programmes", "list"),
        ("programmes", "show", "texchange-2027"),
        ("match", "su-002-tzlil-surgical", "--quiet"),
    ],
    ids=" ".join,
)
def test_the_output_is_utf8_whatever_the_locale(samples, arguments):
    environment = samples.environment
    command = [sys.executable, "-m", "matcher", *arguments]
    said = [
        subprocess.run(
            command, env=environment | {"PYTHONIOENCODING": encoding}, capture_output=True, cwd=ROOT, check=True
        ).stdout
        for encoding in ("utf-8", "latin-1")
    ]
    assert said[0] == said[1]
    said[0].decode("utf-8")


def test_a_broken_pipe_says_that_what_was_made_is_kept(samples):
    command = "matcher match --all --limit 0 --format json --quiet | true"
    assert "nothing was changed" not in shell(samples, command).stderr


def test_a_fault_of_ours_is_a_reference_and_its_trace_lies_in_the_workspace(cli, tmp_path):
    faulty = (
        "import matcher.services.reviewing as r\n"
        "r.list_runs = lambda workspace: 1 / 0\n"
        "from matcher.cli.main import main\n"
        "main()"
    )
    cli.folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", faulty, "runs", "list"],
        env=cli.environment,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 3
    log = cli.folder / "matcher-faults.log"
    assert str(log) in one_sentence(done)
    assert "ZeroDivisionError" in log.read_text()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_a_file_refused_as_a_whole_is_an_error_in_json_too(cli):
    done = cli.run("import", "startups", "no-such-file.csv", "--format", "json", "--quiet", expect=1)
    said = json.loads(done.stdout)
    assert said["errors"] == [
        {"file": "no-such-file.csv", "row": 0, "column": "", "value": "", "message": one_sentence(done)}
    ]
    assert said["created"] == 0


def test_nobody_to_match_says_what_to_import(cli):
    assert "matcher import startups" in one_sentence(cli.run("match", "--all", "--quiet", expect=1))
    cli.run("import", "startups", "data/samples/startups.csv", "--quiet")
    assert "matcher import partners" in one_sentence(cli.run("match", "--all", "--quiet", expect=1))
    assert len(SAMPLE_KINDS) == 5


def test_an_answer_that_is_empty_because_of_the_kind_says_so(samples):
    arguments = ("match", "--partner", "pa-040-wharrowdale", "--kind", "public_body", "--quiet")
    assert "is not of the kind 'public body'" in samples.run(*arguments).stdout
    loud = samples.run(*arguments[:-1], "--format", "csv")
    assert loud.stdout.count("\n") == 1
    assert "is not of the kind 'public body'" in loud.stderr


def test_what_a_terminal_obeys_is_shown_and_not_sent(cli, tmp_path):
    texts = {
        "startups": "id,name,country,summary\ns1,Red\x1b[31mHerring\x9b2J,KE,Robots\x07 for surgeons in theatres.\n",
        "partners": "id,name,kind,thesis,country\np1,Ev\u202eil\x1b]0;x,investor,Robots for surgeons in theatres.,GB\n",
    }
    for kind, text in texts.items():
        (tmp_path / f"{kind}.csv").write_text(text, encoding="utf-8")
        cli.run("import", kind, tmp_path / f"{kind}.csv", "--quiet")
    for arguments in (("match", "s1"), ("search", "robots"), ("explain", "s1", "p1", "--format", "table")):
        printed = cli.run(*arguments, "--quiet" if arguments[0] != "explain" else "--as-of=2026-11-24").stdout
        assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(printed)
    assert "Red\ufffd[31mHerring" in cli.run("match", "s1", "--quiet").stdout
    as_json = json.loads(cli.run("search", "robots", "--startups", "--format", "json", "--quiet").stdout)
    assert as_json[0]["name"] == "Red\x1b[31mHerring\x9b2J"
