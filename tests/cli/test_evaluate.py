"""`matcher evaluate` from outside, on the invented samples."""

import csv
import io
import json
import math
from collections import defaultdict

import pytest

from tests.conftest import ROOT

BACKED = ("accepted", "partnered", "invested")
BEFORE = ("--as-of", "2022-06-30")


def rows_of(name):
    with (ROOT / "data" / "samples" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def links():
    """The sample pairs that came to something, and two of startups with several partners or none that can be ranked."""
    backed = {(row["startup_id"], row["partner_id"]) for row in rows_of("history") if row["outcome"] in BACKED}
    unranked = next(row["id"] for row in rows_of("startups") if row["id"].startswith("su-056"))
    return sorted(backed | {(unranked, "pa-001-corvane"), ("su-003-second-glance", "pa-046-cantlow")})


@pytest.fixture(scope="module")
def labels(links, tmp_path_factory):
    path = tmp_path_factory.mktemp("labels") / "links.csv"
    lines = ["startup_id,note,partner_id", *(f"{startup},x,{partner}" for startup, partner in links)]
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    return path


def evaluated(samples, *arguments):
    return json.loads(samples.run("evaluate", *arguments, "--format", "json", "--quiet").stdout)


def by_hand(ranked, links, partner_count):
    """The figures from the rows that `matcher match` prints, without anything of ours."""
    scores, wanted = defaultdict(dict), defaultdict(set)
    for row in ranked:
        if row["score"]:
            scores[row["startup_id"]][row["partner_id"]] = float(row["score"])
    for startup, partner in links:
        wanted[startup].add(partner)
    sums, seen = defaultdict(float), set()
    for startup, good in wanted.items():
        order = sorted(scores[startup], key=lambda partner: (-scores[startup][partner], partner))
        places = [place for place, partner in enumerate(order, 1) if partner in good]
        ideal = sum(1 / math.log2(place + 1) for place in range(1, min(10, len(good)) + 1))
        sums["recall_at_10"] += sum(place <= 10 for place in places) / len(good)
        sums["recall_at_20"] += sum(place <= 20 for place in places) / len(good)
        sums["ndcg_at_10"] += sum(1 / math.log2(place + 1) for place in places if place <= 10) / ideal
        sums["mrr"] += 1 / places[0] if places else 0
        seen.update(order[:10])
    return {name: value / len(wanted) for name, value in sums.items()} | {"coverage": len(seen) / partner_count}


@pytest.mark.parametrize("limit", [50, 15, 4])
def test_the_figures_are_those_of_what_match_prints(samples, labels, links, limit):
    printed = samples.run("match", "--from", labels, "--limit", limit, "--format", "csv", "--quiet", *BEFORE).stdout
    expected = by_hand(csv.DictReader(io.StringIO(printed)), links, len(rows_of("partners")))
    said = evaluated(samples, labels, "--limit", limit, *BEFORE)
    assert {name: round(said[name], 4) for name in expected} == {
        name: round(value, 4) for name, value in expected.items()
    }
    assert 0 < said["mrr"] < 1


def test_without_a_limit_every_partner_is_ranked(samples, labels):
    whole, cut = (evaluated(samples, labels, *limit, *BEFORE) for limit in ((), ("--limit", 4)))
    assert whole["recall_at_20"] > cut["recall_at_20"]


def test_the_json_counts_what_was_brought(samples, labels, links):
    said = evaluated(samples, labels, *BEFORE)
    assert (said["as_of"], said["links"], said["not_assessed"]) == ("2022-06-30", len(links), 1)
    assert said["startups"] == len({startup for startup, _ in links})
    for groups in ("by_kind", "by_country", "by_history"):
        assert sum(row["links"] for row in said[groups]) == len(links)
    for low, high in said["intervals"].values():
        assert 0 <= low <= high <= 1


def test_the_same_question_has_the_same_answer(samples, labels):
    assert evaluated(samples, labels, *BEFORE) == evaluated(samples, labels, *BEFORE)


def test_links_that_history_knows_are_warned_about(samples, labels, tmp_path):
    known = len({(row["startup_id"], row["partner_id"]) for row in rows_of("history") if row["outcome"] in BACKED})
    said = samples.run("evaluate", labels, "--as-of", "2026-12-31").stderr
    assert f"{known} of {known + 2} links already stand in the workspace's history on 2026-12-31" in said
    assert "--as-of" in said
    assert "history" not in samples.run("evaluate", labels, *BEFORE).stderr
    assert samples.run("evaluate", labels, "--as-of", "2026-12-31", "--quiet").stderr == ""


def test_the_table_says_how_to_read_it_and_what_was_left_out(samples, labels):
    said = samples.run("evaluate", labels, "--quiet", *BEFORE).stdout
    for part in (
        "found in the top ten (recall at 10)",
        "How to read it:",
        "times all pairs",
        "kind of partner",
        "Kenya",
    ):
        assert part in said
    assert "1 startup could not be ranked" in said


def test_another_ranker_is_shown_beside_ours(samples, tmp_path):
    best, alike = tmp_path / "best.csv", tmp_path / "alike.json"
    samples.run("match", "--all", "--limit", 1, "--output", best, "--quiet", *BEFORE)  # what ours finds without fail
    said = json.loads(samples.run("rankers", "show", "shipped", "--format", "json").stdout)["coefficients"]
    said |= {"version": "alike", "weights": dict.fromkeys(said["weights"], 0.0)}
    alike.write_text(json.dumps(said))
    assert "is better than alike/" in samples.run("evaluate", best, "--compare", alike, "--quiet", *BEFORE).stdout
    beside = evaluated(samples, best, "--compare", alike, *BEFORE)["compared_with"]
    assert beside["ranker"].startswith("alike/")
    mean, low, high = beside["difference"]["ndcg_at_10"]
    assert 0 < low < mean < high
    shipped = samples.run("evaluate", best, "--compare", "shipped", "--quiet", *BEFORE).stdout
    assert "Both are the same ranker" in shipped


def test_the_chart_and_the_result_go_to_files_that_are_not_overwritten(samples, labels, tmp_path):
    chart, output = tmp_path / "c.svg", tmp_path / "r.json"
    files = ("--chart", chart, "--output", output, "--quiet", *BEFORE)
    assert samples.run("evaluate", labels, *files).stdout == ""
    assert chart.read_text(encoding="utf-8").startswith("<svg ")
    assert json.loads(output.read_text(encoding="utf-8")) == evaluated(samples, labels, *BEFORE)
    output.unlink()
    assert "--force" in samples.run("evaluate", labels, *files, expect=1).stderr
    assert not output.exists()
    samples.run("evaluate", labels, *files, "--force")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c.svg", "r.json"]


LABELS_AT_FAULT = {
    "no partner column": (b"startup_id\nsu-001-pulsefern\n", "no column partner_id"),
    "no rows": (b"startup_id,partner_id\n", "names no link"),
    "empty": (b"", "is empty"),
    "half a link": (b"startup_id,partner_id\nsu-001-pulsefern,\n", "row 2: partner_id is blank"),
    "unknown": (b"startup_id,partner_id\nsu-999,pa-999\n", "1 of 1 links cannot be used"),
}


@pytest.mark.parametrize(("content", "said"), LABELS_AT_FAULT.values(), ids=LABELS_AT_FAULT)
def test_labels_at_fault_are_one_sentence_and_exit_1(samples, tmp_path, content, said):
    file = tmp_path / "links.csv"
    file.write_bytes(content)
    stderr = samples.run("evaluate", file, expect=1).stderr
    assert said in stderr
    assert len(stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("--compare", "nobody"),
        ("--compare", "pyproject.toml"),
        ("--chart", "x.png"),
        ("--output", "x.docx"),
        ("--as-of", "yesterday"),
    ],
    ids=" ".join,
)
def test_a_mistake_is_one_sentence_and_exit_1(samples, labels, arguments):
    stderr = samples.run("evaluate", labels, "--quiet", *arguments, expect=1).stderr
    assert len(stderr.splitlines()) == 1
    assert "Something went wrong" not in stderr


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("x.csv", "--limit", "-1"),
        ("x.csv", "--format", "csv"),
        ("x.csv", "--format", "json", "--chart", "x.svg", "--output", "x.svg"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_2(samples, arguments):
    samples.run("evaluate", *arguments, expect=2)


@pytest.mark.parametrize(
    "content",
    [
        "Startup ID;Partner-Id\nsu-003-second-glance;pa-004-ostrand\n".encode("utf-16"),
        b'{"partner_id": "pa-004-ostrand", "startup_id": "su-003-second-glance"}\n',
    ],
    ids=["utf-16 with loose names", "json lines"],
)
def test_labels_are_read_from_any_sheet(samples, tmp_path, content):
    file = tmp_path / "links"
    file.write_bytes(content)
    assert evaluated(samples, file, *BEFORE)["links"] == 1
