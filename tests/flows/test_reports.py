"""Reports from the command line: regions, priority technologies, outcomes, exposure; and that they move no score."""

import csv
import dataclasses
import io
import json

import pytest

from matcher.domain.region import Regions
from matcher.domain.tag import Topics
from matcher.services.reporting import report_tags
from matcher.settings import shipped
from matcher.workspace import Background
from tests.conftest import Cli
from tests.workspaces import a_workspace, matched

PROGRAMME = "texchange-2027"
AS_OF = "2027-01-15"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """The samples, and who took part in what."""
    cli = Cli(tmp_path_factory.mktemp("reports")).import_samples()
    sheets = {
        "participation": "startup_id,programme,state,date\n"
        + "".join(
            f"{startup},go-global-2026,{state},2026\n"
            for startup, states in {
                "su-001-pulsefern": ("applied", "eligible", "invited", "accepted", "attended", "alumni"),
                "su-002-tzlil-surgical": ("applied", "invited", "accepted"),
                "su-003-second-glance": ("applied", "invited"),
                "su-004-denti-kol": ("applied",),
            }.items()
            for state in states
        ),
        "availability": "party_id,programme,from,to\npa-001-corvane,texchange-2027,2027-03-08,2027-03-08\n"
        "su-001-pulsefern,texchange-2027,2027-03-08T09:30,2027-03-08T12:00\n",
    }
    for kind, text in sheets.items():
        path = cli.folder / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        cli.run("import", kind, path, "--quiet")
    return cli


@pytest.fixture(scope="module")
def run_id(world):
    done = world.run("shortlist", PROGRAMME, "--as-of", AS_OF, "--format", "json", "--quiet")
    return done.stderr.split()[-1]


def report(cli, *arguments):
    return json.loads(cli.run("report", *arguments, "--format", "json").stdout)


def test_techuk_local_digital_index(world, run_id, tmp_path):
    """The table loads, aliases resolve, all twelve are listed, and removing it changes no score."""
    found = report(world, "coverage", run_id)
    index = found["local_digital_index"]
    assert (index["median_gva_per_person_gbp"], index["total_uplift_gbp"]) == (1945, 4809747913.55)
    assert len(found["regions"]) == 12
    partners = {row["region"]: row["partners"] for row in found["regions"]}
    # The samples write "Yorkshire and The Humber" and "East"; a partner without a region is told by its city.
    assert (partners["Yorkshire and The Humber"], partners["East of England"], partners["North East"]) == (9, 3, 3)
    shortlist = json.loads(world.run("runs", "show", run_id, "--format", "json").stdout)
    lines = [*found["regions"], found["outside_uk"], found["not_stated"]]
    assert sum(line["meetings"] for line in lines) == len(shortlist["pairs"]) > 0
    assert sum(line["partners"] for line in lines) == 80
    assert any(line["meetings"] == 0 for line in found["regions"])


def test_removing_regions_and_tags_changes_no_byte_of_any_score(world):
    workspace = a_workspace(world.folder)
    bare = dataclasses.replace(workspace, load_background=lambda: Background(regions=Regions(), topics=Topics()))

    def unread():
        raise AssertionError("a match read what is only told beside it")

    unreadable = dataclasses.replace(workspace, load_background=unread)
    scores = [matched(one)[1].ranked.scores.tobytes() for one in (workspace, bare, unreadable)]
    assert len(scores[0]) > 0
    assert scores[0] == scores[1] == scores[2]


def test_uk_international_technology_strategy(world):
    """Every tag of every sample is evidenced: a quote from the stored text, or the stated field."""
    rows = {}
    for kind in ("startups", "partners", "briefs"):
        with (shipped("data/samples") / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
            rows |= {row["id"]: row for row in csv.DictReader(file)}
    seen = set()
    workspace = a_workspace(world.folder)
    for party in [id_ for id_ in rows if not id_.startswith("br-")]:
        for tag in map(dataclasses.asdict, report_tags(workspace, party)[1]):
            seen.add((tag["kind"], tag["id"]))
            assert tag["evidence"], tag
            assert (tag["advice"] == "may need notification: check") == (tag["kind"] == "national-security")
            for one in tag["evidence"]:
                cell = rows[one["id"]][one["field"]]
                if one["start"] is not None:
                    assert cell[one["start"] : one["end"]] == one["quote"]
                    assert one["term"] in one["quote"]
    technologies = {id_ for kind, id_ in seen if kind == "technology"}
    assert {"quantum", "semiconductors", "engineering-biology", "ai"} <= technologies
    assert {kind for kind, _ in seen} == {"technology", "region", "national-security"}
    printed = report(world, "tags", "pa-026-saltmarsh")
    assert printed["tags"] == json.loads(
        json.dumps([dataclasses.asdict(tag) for tag in report_tags(workspace, "pa-026-saltmarsh")[1]])
    )
    assert printed["national_security_list"]["as_of"] == "2022-01-04"


def test_invited_accepted_and_attended_are_three_numbers(world):
    found = report(world, "outcomes", "go-global-2026")["participation"]
    assert found == {
        "applied": 4,
        "eligible": 1,
        "longlisted": 0,
        "invited": 3,
        "accepted": 2,
        "attended": 1,
        "alumni": 1,
    }


def test_signed_values_and_estimates_stand_apart_with_source_and_date(world):
    everything = report(world, "outcomes")
    with (shipped("data/samples") / "history.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["value"]]
    for key, kind in (("signed_value", "signed"), ("estimated_impact", "estimate"), ("kind_not_stated", "")):
        told = everything["all"][key]["values"]
        assert sorted((one["startup_id"], one["partner_id"], one["date"] or "") for one in told) == sorted(
            (row["startup_id"], row["partner_id"], row["date"]) for row in rows if row["value_kind"] == kind
        )
        assert all(one["source"] for one in told)
    assert everything["rates_as_of"] == "2024-12-31"


def test_exposure_shows_who_got_nothing(world, run_id):
    groups = report(world, "exposure", run_id)["groups"]
    by = {}
    for group in groups:
        by.setdefault(group["by"], []).append(group)
    assert set(by) == {"all", "hub", "country", "women_led", "kind", "region"}
    meetings = by["all"][0]["meetings"]
    assert all(sum(group["meetings"] for group in own) == meetings for own in by.values())
    assert any(group["meetings"] == 0 and group["applicants"] for group in by["hub"])


@pytest.mark.parametrize("name", ["coverage", "exposure", "completeness"])
def test_a_report_of_rows_is_a_csv_too(world, run_id, name):
    arguments = ("report", name, *([run_id] if name != "completeness" else []), "--format", "csv")
    rows = list(csv.reader(io.StringIO(world.run(*arguments).stdout)))
    assert len(rows) > 12
    assert len({len(row) for row in rows}) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("tags", "pa-026-saltmarsh"),
        ("coverage",),
        ("outcomes",),
        ("completeness",),
    ],
)
def test_every_report_is_printed_for_people(world, arguments):
    assert len(world.run("report", *arguments).stdout.splitlines()) > 5


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("tags", "su-001-pulsefen"), "did you mean 'su-001-pulsefern'?"),
        (("coverage", "000000000000"), "There is no run"),
        (("exposure", "000000000000"), "There is no run"),
        (("outcomes", "go-global-2062"), "did you mean"),
    ],
)
def test_an_unknown_name_is_refused_with_the_way_out(world, arguments, said):
    done = world.run("report", *arguments, expect=1)
    assert said in done.stderr
    assert done.stdout == ""


def test_an_export_imported_into_a_fresh_workspace_exports_the_same_bytes(world, tmp_path):
    fresh = Cli(tmp_path / "fresh")
    world.run("export", "startups", "--output", tmp_path / "startups.csv", "--quiet")
    fresh.run("import", "startups", tmp_path / "startups.csv", "--quiet")
    assert fresh.run("export", "startups").stdout == (tmp_path / "startups.csv").read_text(encoding="utf-8")
    world.run("export", "startups", "--output", tmp_path / "startups.csv", expect=1)


def test_an_audit_trail_is_refused_in_one_sentence_and_an_unknown_kind_is_wrong_usage(world):
    assert "not kept by this version" in world.run("export", "audit", expect=1).stderr
    world.run("export", "nonsense", expect=2)
