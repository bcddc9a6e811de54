"""What the batches and the corridor ask of the software: one command from an intake to its places, and two sides."""

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from matcher.domain.override import Override
from matcher.domain.profile import HistoryRecord, Participation
from matcher.services import batching, overriding
from matcher.services.explaining import explain
from matcher.services.matching import MatchQuery, ask, match_lines
from matcher.services.programmes import show_programme
from matcher.services.reporting import report_outcomes
from matcher.services.shortlisting import make_shortlist
from matcher.store import programmes
from tests.builders import a_partner, a_startup
from tests.conftest import Cli
from tests.workspaces import TODAY, a_workspace, put

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
WORK = ("payments for traders", "sensors for clinics", "lessons for schools", "maps for farmers", "repairs for roads")
WHERE = ("in Lagos", "in Kano", "in Abuja", "in Ibadan", "at home", "by text message", "without a bank")
NIGERIA = """
id = "go-global-nigeria"
name = "Go Global: the Nigerian intake"
edition = 2027
hubs = ["nigeria"]
shortlist = 15
places = 7
[quotas]
nigeria = {quota}
[meetings]
max = 3
"""


def applicants(count=340):
    """Startups that differ; every tenth is of a hub that the edition is not for."""
    texts = [f"{work.capitalize()} {where}." for work, where in product(WORK, WHERE)]
    return [
        a_startup(
            f"st-{i:03}",
            country="NG",
            hub="kenya" if i % 10 == 0 else "nigeria",
            summary=f"{texts[i % len(texts)]} And {texts[(i + 1 + i // len(texts)) % len(texts)].lower()}",
        )
        for i in range(count)
    ]


def the_partners():
    return [a_partner(f"pa-{j}", thesis=f"We want {work}.", capacity=20) for j, work in enumerate(WORK)]


def with_edition(workspace, quota=5, text=NIGERIA):
    with workspace.writing() as connection:
        programmes.put(connection, "go-global-nigeria", text.format(quota=quota))
    return workspace


@pytest.fixture(scope="module")
def intake(tmp_path_factory):
    """The folder of a workspace with 340 applicants."""
    folder = tmp_path_factory.mktemp("intake")
    with_edition(put(a_workspace(folder), startups=applicants(), partners=the_partners()))
    return folder


def shortlisted(workspace, programme):
    return json.loads(make_shortlist(workspace, programme, 0, TODAY, NOW).result)


def test_go_global_340_apply_15_pitch_and_7_get_a_place_in_one_run(intake, tmp_path):
    cli, out = Cli(intake), tmp_path / "out"
    with_edition(a_workspace(intake), quota=7)
    done = cli.run("run", "go-global-nigeria", "--output", out, "--quiet", "--as-of", TODAY, "--format", "json")
    assert json.loads(done.stdout)["funnel"] == {
        "intake": 340,
        "eligible": 306,
        "longlist": 306,
        "shortlist": 15,
        "place": 7,
    }
    with (out / "funnel.csv").open(newline="") as file:
        rows = {row["startup_id"]: row for row in csv.DictReader(file)}
    assert len(rows) == 340
    assert {row["rule"] for row in rows.values() if row["reached"] == "intake"} == {"hub"}
    assert {row["rule"] for row in rows.values() if row["reached"] == "longlist"} == {"shortlist"}
    assert {row["rule"] for row in rows.values() if row["reached"] == "shortlist"} == {"places"}
    assert all(row["detail"] for row in rows.values() if row["reached"] != "place")
    assert sorted(path.name for path in out.iterdir()) == ["funnel.csv", "matches.csv", "pack.xlsx", "report.html"]
    assert "<td>Intake</td><td class=number>340</td>" in (out / "report.html").read_text()


def test_go_global_raising_a_quota_from_5_to_7_only_adds(intake):
    workspace = a_workspace(intake)
    of = {}
    for quota in (5, 7):
        result = shortlisted(with_edition(workspace, quota), "go-global-nigeria")
        of[quota] = {one["startup_id"] for one in result["placed"]}
    assert (len(of[5]), len(of[7])) == (5, 7)
    assert of[5] < of[7]


def test_go_global_a_dry_run_counts_and_keeps_nothing(intake):
    cli = Cli(intake)
    with_edition(a_workspace(intake), quota=6)
    before = cli.run("runs", "list").stdout
    said = json.loads(cli.run("run", "go-global-nigeria", "--dry-run", "--format", "json", "--quiet").stdout)
    assert (said["intake"], said["eligible"], said["refused"]) == (340, 306, {"hub": 34})
    assert said["pairs"] == 306 * 5
    assert said["seconds"] > 0
    assert cli.run("runs", "list").stdout == before


def test_go_global_invited_accepted_and_attended_are_three_numbers(tmp_path):
    states = [("s0", "invited"), ("s1", "invited"), ("s2", "invited"), ("s0", "accepted"), ("s1", "accepted")]
    states += [("s0", "attended")]
    kept = [
        Participation(id=f"{id_}/go-global-2020/{state}", startup_id=id_, programme="go-global-2020", state=state)
        for id_, state in states
    ]
    workspace = put(a_workspace(tmp_path), startups=[a_startup(f"s{i}") for i in range(3)])
    put(workspace, participation=kept)
    found = report_outcomes(workspace, "go-global-2020").states
    assert (found["invited"], found["accepted"], found["attended"]) == (3, 2, 1)


def test_go_global_champions_an_alumnus_does_not_meet_a_partner_again_unless_pinned(tmp_path):
    edition = 'id = "again"\nname = "Again"\nedition = 2027\n[meetings]\nmax = 1\n'
    workspace = put(a_workspace(tmp_path), startups=applicants(3)[1:], partners=the_partners()[:2])
    with workspace.writing() as connection:
        programmes.put(connection, "again", edition)
    first = {pair["startup_id"]: pair["partner_id"] for pair in shortlisted(workspace, "again")["pairs"]}
    put(
        workspace,
        participation=[Participation(id="x", startup_id="st-001", programme="go-global-2020", state="alumni")],
        history=[HistoryRecord(id="h", startup_id="st-001", partner_id=first["st-001"], outcome="met", date="2020-07")],
    )
    again = {pair["startup_id"]: pair["partner_id"] for pair in shortlisted(workspace, "again")["pairs"]}
    assert again["st-001"] != first["st-001"]
    said = explain(workspace, "st-001", first["st-001"], "again", TODAY)
    assert said.why_not.cause == "rule"
    assert said.why_not.detail.startswith("They met (July 2020); a pair that met before is not shortlisted again")
    pin = Override(
        programme_id="again",
        startup_id="st-001",
        partner_id=first["st-001"],
        kind="pin",
        code="relationship",
        reason="they asked to meet again",
        person="A. Officer",
    )
    overriding.keep(workspace, overriding.consider(workspace, pin, TODAY), NOW)
    pinned = {pair["startup_id"]: pair["partner_id"] for pair in shortlisted(workspace, "again")["pairs"]}
    assert pinned["st-001"] == first["st-001"]


CORRIDOR = "techlink-uk-estonia"
SECTORS = ("fintech", "cyber-security", "govtech", "biotech")


@pytest.fixture
def two_countries(tmp_path):
    """Startups of both countries in the four sectors, some in none of them, one without a country, and a UK partner."""
    startups = [
        a_startup(
            f"{country.lower()}-{i}",
            country=country,
            sectors=((*SECTORS, "agriculture")[i % 5],),
            summary=f"Software for {WORK[i % 5]}, made in {country}, kind {i}.",
        )
        for country in ("GB", "EE")
        for i in range(6)
    ]
    startups += [a_startup("nowhere", country=None, sectors=("fintech",)), a_startup("ke-0", sectors=("fintech",))]
    return put(a_workspace(tmp_path), startups=startups, partners=the_partners())


def test_techlink_one_side_from_each_country_and_a_shared_sector_in_every_pair(two_countries):
    result = shortlisted(two_countries, CORRIDOR)
    pairs = {(pair["startup_id"], pair["partner_id"]) for pair in (*result["pairs"], *result["alternates"])}
    assert len(pairs) > 5
    assert all(startup.startswith("gb-") and partner.startswith("ee-") for startup, partner in pairs)
    assert all(int(startup[3:]) % 5 == int(partner[3:]) % 5 for startup, partner in pairs)
    assert {pair["kind"] for pair in result["pairs"]} == {"startup"}
    assert result["certificate"]["gap"] == 0.0


def test_techlink_whoever_is_on_neither_side_or_in_no_sector_is_refused_by_name(two_countries):
    refused = {one["startup_id"]: one["rule"] for one in shortlisted(two_countries, CORRIDOR)["refused"]}
    assert refused == {"nowhere": "country", "ke-0": "country", "gb-4": "sector", "ee-4": "sector"}


def test_techlink_its_pairs_can_be_listed_and_explained(two_countries):
    asked = ask(two_countries, MatchQuery(as_of=TODAY, startups=("gb-0",), programme_id=CORRIDOR, limit=0))
    lines = list(match_lines(two_countries, asked))
    assert {line.partner_id for line in lines} == {"ee-0", "ee-5"}
    said = explain(two_countries, "gb-0", "ee-0", CORRIDOR, TODAY).account
    assert said.score == pytest.approx(said.base + sum(part.points for part in said.contributions), abs=1e-9)
    other = explain(two_countries, "gb-0", "ee-1", CORRIDOR, TODAY)
    assert other.why_not.detail == (
        "Both must share one of the corridor's sectors: financial technology, cyber security, digital government or "
        "biotechnology and life sciences."
    )


def test_techlink_the_two_sides_do_not_depend_on_the_order_of_the_records(two_countries, tmp_path):
    programme = show_programme(two_countries, CORRIDOR)
    assert programme.countries == ("GB", "EE")
    first = make_shortlist(two_countries, CORRIDOR, 0, TODAY, NOW)
    turned = put(a_workspace(tmp_path / "turned"), partners=the_partners()[::-1])
    with two_countries.reading() as connection:
        from matcher.store import records

        kept = records.load(connection, "startup")
    put(turned, startups=[replace(one) for one in kept[::-1]])
    assert make_shortlist(turned, CORRIDOR, 0, TODAY, NOW).result == first.result


def test_techlink_everybody_of_both_sides_is_counted_in_the_funnel_and_in_the_dry_run(two_countries):
    run = make_shortlist(two_countries, CORRIDOR, 0, TODAY, NOW)
    rows = {startup_id: (reached, rule) for startup_id, reached, rule, _ in batching.funnel_rows(run)}
    assert len(rows) == 14
    assert rows["ee-4"] == ("intake", "sector")
    assert rows["ee-0"] == ("place", "")
    dry = batching.dry_run(two_countries, CORRIDOR, TODAY)
    assert (dry.intake, dry.eligible) == (14, sum(reached != "intake" for reached, _ in rows.values()))


def test_techlink_the_rule_that_keeps_the_other_side_out_is_named(two_countries):
    said = explain(two_countries, "gb-0", "ee-4", CORRIDOR, TODAY)
    assert "the other side: The edition is for financial technology" in said.why_not.detail
    assert "it is in agriculture" in said.why_not.detail
