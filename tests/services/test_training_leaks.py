"""What is learned comes from what was known before each year: nothing later, and no trait of a person, reaches it."""

import dataclasses

import numpy as np
import pytest

from matcher.domain.profile import Brief, PortfolioCompany
from matcher.gather import gather
from matcher.services.evaluating import evaluate
from matcher.snapshot import read_snapshot
from matcher.steps.baselines import BASELINES
from matcher.steps.evaluate import score_rows
from matcher.steps.folds import folds, linked
from tests.histories import SMALL, a_past, trained, went, without_theses
from tests.rankers import keep
from tests.workspaces import TODAY, a_workspace, put


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    """The papers of the small history as it is."""
    return trained(tmp_path_factory.mktemp("small")).papers


def links_of(records, year):
    return [(one.startup_id, one.partner_id) for one in records["history"] if one.date.startswith(str(year))]


@pytest.mark.parametrize("again", [False, True], ids=["once", "earlier startups went again in 2024"])
def test_the_trial_is_what_an_evaluation_of_the_ranker_of_the_year_before_says(tmp_path, again):
    """What was learned by the end of 2023 and is held against 2024 knows nothing of 2024."""
    records = a_past(SMALL["years"], each=50, tells=False)  # many near ties, so that any other weights show
    if again:
        earlier = [one.startup_id for one in records["history"] if one.date < "2024"]
        records["history"] = [*records["history"], *(went(startup, "p0", "2024-06-15") for startup in earlier)]
    year_before = trained(tmp_path / "a", records, as_of="2023-12-31").papers
    workspace = put(a_workspace(tmp_path / "b"), **without_theses(records))
    keep(workspace, year_before.ranker_id, year_before.coefficients)
    first = [link for link in links_of(records, 2024) if link[0].startswith("s2024")]
    made = evaluate(workspace, first, "2023-12-31").figures
    row = trained(tmp_path / "c", records).trial.rows[0]
    assert {metric: told[0] for metric, told in row.metrics.items()} == pytest.approx(made.means, abs=1e-6)
    assert row.coverage == made.coverage


def test_the_baselines_are_of_the_years_held_out(tmp_path):
    records = without_theses(a_past())
    workspace = put(a_workspace(tmp_path / "a"), **records)
    snapshot, found = read_snapshot(workspace), {name: [] for name in BASELINES}
    everybody = [{one.id for one in records[kind]} for kind in ("startups", "partners")]
    for fold in folds(snapshot.history, *everybody, TODAY)[-2:]:
        inputs = gather(workspace, snapshot, fold.as_of)
        places = np.array([at for at, one in enumerate(inputs.startups) if one.id in fold.startups], np.int32)
        for name, rows in found.items():
            rows.append(score_rows(BASELINES[name](inputs, places), linked(fold, [one.id for one in inputs.partners])))
    said = {
        row.name: tuple(told[0] for told in row.metrics.values())
        for row in trained(tmp_path / "b", records).trial.rows[2:]
    }
    assert said == {name: pytest.approx(tuple(np.concatenate(rows).mean(axis=0))) for name, rows in found.items()}


def test_the_order_of_rows_changes_nothing(papers, tmp_path):
    turned = {kind: rows[::-1] for kind, rows in a_past(**SMALL).items()}
    assert trained(tmp_path, turned).papers == papers


def test_what_startups_declare_of_their_founders_and_contacts_changes_nothing(papers, tmp_path):
    records = a_past(**SMALL)
    said = [
        dataclasses.replace(one, women_led="all", contact_name="Amina", contact_email="a@b.example", hub="kenya")
        if at % 2
        else one
        for at, one in enumerate(records["startups"])
    ]
    assert trained(tmp_path, records | {"startups": said}).papers == papers


AS_OF = "2024-06-30"
CAME_LATER = {
    "outcomes": {"history": [went(f"s2024-{at:03}", "p0", "2024-07-01") for at in range(12)]},
    "years": {"history": a_past((2025,), 30)["history"], "startups": a_past((2025,), 30)["startups"]},
    "earlier companies": {
        "portfolio": [PortfolioCompany(id="p0/x", partner_id="p0", name="X", summary="Nurses and clinics.", year=2025)]
    },
    "what has no date": {
        "portfolio": [PortfolioCompany(id="p0/x", partner_id="p0", name="X", summary="Nurses and clinics.")],
        "history": [went("s2023-001", "p5", None)],
    },
}


@pytest.fixture(scope="module")
def as_of_then(tmp_path_factory):
    return trained(tmp_path_factory.mktemp("then"), as_of=AS_OF).papers


@pytest.mark.parametrize("later", CAME_LATER.values(), ids=CAME_LATER)
def test_what_came_after_the_as_of_date_changes_not_one_byte(as_of_then, tmp_path, later):
    assert trained(tmp_path, as_of=AS_OF, more=[later]).papers == as_of_then


def test_what_came_before_the_as_of_date_does_change_it(as_of_then, tmp_path):
    before = {"history": [went(f"s2024-{at:03}", "p0", "2024-02-01") for at in range(12)]}
    assert trained(tmp_path, as_of=AS_OF, more=[before]).papers != as_of_then


def test_a_thesis_or_brief_that_names_its_future_startups_changes_not_one_byte(papers, tmp_path):
    records = a_past(**SMALL)
    summary = {one.id: one.summary for one in records["startups"]}
    told = {partner.id: "We backed these. " for partner in records["partners"]}
    for one in records["history"]:
        told[one.partner_id] += f"{one.startup_id}: {summary[one.startup_id]} "
    partners = [dataclasses.replace(partner, thesis=told[partner.id]) for partner in records["partners"]]
    briefs = [Brief(id=f"b-{id_}", partner_id=id_, title="Wanted", need=said) for id_, said in told.items()]
    assert trained(tmp_path, records | {"partners": partners, "briefs": briefs}).papers == papers
