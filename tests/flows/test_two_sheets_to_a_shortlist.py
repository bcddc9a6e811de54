"""The main job: two sheets in, an optimal shortlist with a reason for every pair out."""

import csv
import io
import json
from collections import Counter, defaultdict

import highspy
import numpy as np
import pytest

from matcher.steps.measure import TEXT_FEATURES
from tests.conftest import ROOT

PROGRAMME = "texchange-2027"
# Two profiles of one company: only the stronger of them can have a place.
ONE_ORGANISATION = ("su-012-pumzi-works", "su-060-pumzi-works-ltd")


def read_csv(name):
    with (ROOT / "data" / "samples" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def result(real_samples):
    return json.loads(real_samples.run("shortlist", PROGRAMME, "--format", "json", "--quiet").stdout)


@pytest.fixture(scope="module")
def ranking(real_samples):
    printed = real_samples.run(
        "match", "--all", "--limit", 0, "--programme", PROGRAMME, "--format", "csv", "--quiet"
    ).stdout
    return list(csv.DictReader(io.StringIO(printed)))


def stored_texts():
    texts = {("startup", row["id"]): row["summary"] for row in read_csv("startups")}
    texts |= {("partner", row["id"]): row["thesis"] for row in read_csv("partners")}
    texts |= {("brief", row["id"]): row["need"] for row in read_csv("briefs")}
    portfolio = defaultdict(list)
    for row in read_csv("portfolio"):
        portfolio[row["partner_id"]].append(row["summary"])
    return texts, portfolio


def test_every_placed_startup_has_its_meetings_and_no_partner_is_above_its_capacity(result):
    assert len(result["placed"]) == 15
    meetings = Counter(pair["startup_id"] for pair in result["pairs"])
    assert set(meetings) == {placed["startup_id"] for placed in result["placed"]}
    assert all(4 <= number <= 8 for number in meetings.values())
    capacity = {row["id"]: int(row["capacity"] or 6) for row in read_csv("partners")}
    for partner, load in Counter(pair["partner_id"] for pair in result["pairs"]).items():
        assert load <= capacity[partner]
    kinds = Counter((pair["startup_id"], pair["kind"]) for pair in result["pairs"])
    for startup in meetings:
        assert 1 <= kinds[startup, "investor"] <= 4
        assert kinds[startup, "corporate"] >= 1


def test_the_shortlist_is_proved_to_be_the_best(result):
    assert result["certificate"]["gap"] == 0
    assert result["certificate"]["objective"] == result["certificate"]["bound"]


def test_the_objective_equals_that_of_an_independent_solver(result, ranking):
    """Places and meetings anew from the printed ranking alone, with HiGHS as a mixed-integer programme."""
    units = {(r["startup_id"], r["partner_id"]): round(float(r["score"]) * 1e6) for r in ranking if r["score"]}
    kind = {r["partner_id"]: r["kind"] for r in ranking}
    capacity = {row["id"]: int(row["capacity"] or 6) for row in read_csv("partners")}
    by_startup = defaultdict(list)
    for (startup, _), value in units.items():
        by_startup[startup].append(value)
    strength = {startup: np.mean(sorted(values)[-3:]) for startup, values in by_startup.items()}
    strongest = sorted(strength, key=lambda startup: (-strength[startup], startup))
    weaker = [startup for startup in strongest if startup in ONE_ORGANISATION][1:]
    placed = [startup for startup in strongest if startup not in weaker][:15]
    assert placed == [place["startup_id"] for place in result["placed"]]

    least = min(units.values())
    pairs = [pair for pair in sorted(units) if pair[0] in placed]
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", 0.0)
    take = {pair: solver.addBinary() for pair in pairs}
    for startup in placed:
        own = [pair for pair in pairs if pair[0] == startup]
        solver.addConstr(sum(take[pair] for pair in own) <= 8)
        solver.addConstr(sum(take[pair] for pair in own) >= 4)
        investors = [take[pair] for pair in own if kind[pair[1]] == "investor"]
        solver.addConstr(sum(investors) >= 1)
        solver.addConstr(sum(investors) <= 4)
        solver.addConstr(sum(take[pair] for pair in own if kind[pair[1]] == "corporate") >= 1)
    for partner in sorted({pair[1] for pair in pairs}):
        solver.addConstr(sum(take[pair] for pair in pairs if pair[1] == partner) <= capacity[partner])
    solver.maximize(sum((units[pair] - least) / 1e6 * take[pair] for pair in pairs))
    assert result["certificate"]["shortfall"] == 0
    assert solver.getInfo().objective_function_value == pytest.approx(result["certificate"]["objective"], abs=1e-6)


def test_contributions_add_up_to_the_score(result):
    pairs = [*result["pairs"], *result["alternates"]]
    gaps = [abs(p["base"] + sum(c["points"] for c in p["contributions"]) - p["score"]) for p in pairs]
    assert len(gaps) > 120
    assert max(gaps) < 1e-9


def test_every_quote_stands_in_the_stored_text_and_what_texts_say_for_a_pair_quotes_both_sides(result):
    texts, portfolio = stored_texts()
    quotes = 0
    for pair in (*result["pairs"], *result["alternates"]):
        for part in pair["contributions"]:
            for quote in part["evidence"]:
                record = quote["record"]
                if record["kind"] == "portfolio":
                    assert any(
                        text[quote["start"] : quote["end"]] == quote["quote"] for text in portfolio[pair["partner_id"]]
                    )
                else:
                    assert texts[record["kind"], record["id"]][quote["start"] : quote["end"]] == quote["quote"]
                quotes += 1
            if part["feature"] in TEXT_FEATURES and (part["points"] > 0 or part["evidence"]):
                assert [quote["side"] for quote in part["evidence"]] == ["startup", "partner"]
    assert quotes > 500


def test_every_reason_is_one_sentence_and_they_differ(result):
    reasons = [pair["reason"] for pair in result["pairs"]]
    assert all(reason.endswith(".") and len(reason) > 20 for reason in reasons)
    assert len(set(reasons)) > 0.95 * len(reasons)


def test_everybody_else_is_refused_by_the_rule_the_samples_were_written_for(result):
    refused = Counter(refusal["rule"] for refusal in result["refused"])
    assert refused == {"sector": 15, "stage": 4, "market_ready": 5, "country": 1, "hub": 3}
    assert len(result["placed"]) + len(result["unplaced"]) == 32


def test_the_same_question_again_is_the_same_run_and_a_replay_prints_the_same_bytes(real_samples):
    first = real_samples.run("shortlist", PROGRAMME, "--format", "csv", "--quiet")
    again = real_samples.run("shortlist", PROGRAMME, "--format", "csv", "--quiet")
    assert first.stdout == again.stdout
    run_id = first.stderr.strip().splitlines()[-1]
    assert again.stderr.strip().splitlines()[-1] == run_id
    replayed = real_samples.run("runs", "replay", run_id, "--format", "csv", "--quiet")
    assert replayed.stdout == first.stdout


def test_nothing_but_the_sheets_decides(real_samples, tmp_path, result):
    """Other row order, other workspace, another process: the same pairs, scores and reasons."""
    from tests.conftest import SAMPLE_KINDS, Cli

    other = Cli(tmp_path / "shuffled", encoder=None)
    rng = np.random.default_rng(3)
    for kind in SAMPLE_KINDS:
        header, *rows = list(csv.reader((ROOT / f"data/samples/{kind}.csv").open(encoding="utf-8", newline="")))
        sheet = tmp_path / f"{kind}.csv"
        with sheet.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *[rows[at] for at in rng.permutation(len(rows))]])
        other.run("import", kind, sheet, "--quiet")
    assert json.loads(other.run("shortlist", PROGRAMME, "--format", "json", "--quiet").stdout) == result
