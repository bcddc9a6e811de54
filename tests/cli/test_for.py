"""`--for`: the same lists and accounts as staff are shown, with bands in place of points; and how often a day."""

import csv
import io
import json
import shutil

import pytest

from tests.cli.test_commands import one_sentence
from tests.conftest import Cli

STARTUP, PARTNER = "su-001-pulsefern", "pa-076-thornsea"
WHOSE = {"startup": (STARTUP,), "partner": ("--partner", PARTNER)}


@pytest.fixture(scope="module")
def shown(samples, tmp_path_factory):
    """The samples in a workspace in which rescorings may be counted."""
    folder = tmp_path_factory.mktemp("for") / "workspace"
    shutil.copytree(samples.folder, folder)
    return Cli(folder)


def rows(done):
    return list(csv.DictReader(io.StringIO(done.stdout)))


@pytest.mark.parametrize("audience", WHOSE)
def test_a_csv_has_the_same_pairs_and_bands_and_no_score(shown, audience):
    staff = rows(shown.run("match", *WHOSE[audience], "--format", "csv"))
    told = rows(shown.run("match", *WHOSE[audience], "--for", audience, "--format", "csv"))
    assert all(row["score"] for row in staff)
    assert [row | {"reason": "", "score": ""} for row in staff] == [row | {"reason": ""} for row in told]


@pytest.mark.parametrize("audience", WHOSE)
def test_json_has_weights_in_place_of_points(shown, audience):
    staff = json.loads(shown.run("match", *WHOSE[audience], "--format", "json").stdout)
    told = json.loads(shown.run("match", *WHOSE[audience], "--for", audience, "--format", "json").stdout)
    assert [(one["startup_id"], one["partner_id"]) for one in staff] == [
        (one["startup_id"], one["partner_id"]) for one in told
    ]
    for before, one in zip(staff, told, strict=True):
        assert (one["score"], one["base"], one["fit"]) == (None, None, {"startup": None, "partner": None})
        for points, part in zip(before["contributions"], one["contributions"], strict=True):
            assert part["points"] is None
            assert part["weight"] in ("large", "medium", "small")
            assert part["speaks"] == ("for" if points["points"] > 0 else "against")


def test_staff_is_who_reads_where_nothing_is_said(shown):
    arguments = ("match", STARTUP, "--format", "json")
    assert shown.run(*arguments).stdout == shown.run(*arguments, "--for", "staff").stdout


@pytest.mark.parametrize("audience", WHOSE)
def test_an_account_as_a_table_shows_which_way_each_speaks_and_its_weight(shown, audience):
    told = shown.run("explain", STARTUP, PARTNER, "--for", audience, "--format", "table").stdout.splitlines()
    assert "points" not in told[0]
    assert any(line.startswith(("  + large   ", "  + medium  ", "  + small   ")) for line in told)
    assert not any(line.startswith(("  +0.", "  -0.", "  +1.", "  -1.")) for line in told)
    assert any(line.startswith("  +") and line[3].isdigit() for line in _staff(shown))


def _staff(shown):
    return shown.run("explain", STARTUP, PARTNER, "--format", "table").stdout.splitlines()


def test_each_side_is_shown_how_it_stands_itself_and_nobody_else(shown):
    for audience, id_ in (("startup", STARTUP), ("partner", PARTNER)):
        said = json.loads(shown.run("explain", id_, "--for", audience, "--programme", "texchange-2027").stdout)
        assert said["meetings"]
        assert all(meeting["score"] is None for meeting in said["meetings"])


@pytest.mark.parametrize(
    "arguments",
    [
        ("match", "--partner", PARTNER, "--for", "startup"),
        ("match", "--brief", "br-01-community-nurses", "--for", "startup"),
        ("match", STARTUP, "--for", "partner"),
        ("match", "--all", "--for", "partner"),
        ("explain", STARTUP, "--for", "partner"),
        ("explain", PARTNER, "--for", "startup"),
    ],
    ids=" ".join,
)
def test_a_list_of_the_other_side_is_refused_in_one_sentence(shown, arguments):
    one_sentence(shown.run(*arguments, expect=1))


def test_a_reader_that_there_is_not_is_wrong_usage(shown):
    shown.run("match", STARTUP, "--for", "founder", expect=2)


COMMANDS = (("match", "s1"), ("match", "--all"), ("explain", "s1", "p1"), ("explain", "s1"))


def test_one_more_version_than_a_day_allows_is_refused_to_the_startup_and_not_to_staff(cli):
    cli.environment["MATCHER_RESCORINGS_A_DAY"] = "2"
    sheet = cli.folder.parent / "startups.csv"

    def write(summary):
        sheet.write_text(f"id,name,country,summary\ns1,Asha,KE,{summary}\n", encoding="utf-8")
        cli.run("import", "startups", sheet, "--quiet")

    partners = cli.folder.parent / "partners.csv"
    partners.write_text("id,name,kind,thesis\np1,Corvane,investor,Devices that spare nurses a visit.\n")
    cli.run("import", "partners", partners, "--quiet")
    for number in (1, 2):
        write(f"A cuff that reads the blood pressure of {number}00 patients.")
        for command in COMMANDS:
            cli.run(*command, "--for", "startup")
    write("A cuff that reads the blood pressure of 300 patients.")
    for command in COMMANDS:
        sentence = one_sentence(cli.run(*command, "--for", "startup", expect=1))
        assert sentence.startswith("'s1' has been matched with 2 versions of its profile today")
        assert sentence.endswith(" 00:00 UTC.")
        cli.run(*command)
    cli.run("match", "--partner", "p1", "--for", "partner")
    write("A cuff that reads the blood pressure of 200 patients.")
    cli.run("match", "s1", "--for", "startup")
