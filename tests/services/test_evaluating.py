"""Evaluating small workspaces whose answers are known, and every workspace alike whatever its blocks."""

import json

import numpy as np
import pytest

from matcher.domain.profile import HistoryRecord, PortfolioCompany
from matcher.errors import BadInput, NotFound, Stopped
from matcher.services.evaluating import evaluate, ranker_named
from matcher.store import rankers
from tests.builders import a_partner, a_startup
from tests.workspaces import TODAY, a_workspace, matched, put

STARTUPS = [
    a_startup("s1", summary="Sensors for clinics in villages.", country="KE"),
    a_startup("s2", summary="Solar pumps for small farms and their fields.", country="NG"),
    a_startup("s3", summary=None, country=None),
]
PARTNERS = [
    a_partner("p1", thesis="Health devices and sensors for clinics."),
    a_partner("p2", thesis="Farming, water and solar pumps in the field.", kind="corporate"),
    a_partner("p3", thesis="Only what is made in Brazil and sold there.", countries=("BR",)),
]


@pytest.fixture
def workspace(tmp_path):
    return put(a_workspace(tmp_path / "w"), STARTUPS, PARTNERS)


def no_weights(workspace, folder):
    """A ranker to which all partners are alike, so that ids decide, in a file."""
    said = json.loads(workspace.ranker_files().body)
    said |= {"version": "alike", "weights": dict.fromkeys(said["weights"], 0.0)}
    path = folder / "coefficients.json"
    path.write_text(json.dumps(said))
    return path


def test_a_link_to_the_best_partner_is_found_at_the_top(workspace):
    made = evaluate(workspace, [("s1", "p1"), ("s2", "p2")], TODAY)
    assert (made.startups, made.links) == (2, 2)
    assert set(made.figures.means.values()) == {1.0}
    assert made.figures.coverage == pytest.approx(2 / 3)


def test_a_startup_that_cannot_be_ranked_counts_as_not_found(workspace):
    made = evaluate(workspace, [("s1", "p1"), ("s3", "p1")], TODAY)
    assert made.not_assessed == 1
    assert made.figures.means["recall_at_10"] == 0.5
    assert [(row.group, row.links) for row in made.by_country] == [("KE", 1), ("unknown", 1)]


def test_a_link_that_eligibility_refuses_is_counted_and_cannot_be_found(workspace):
    made = evaluate(workspace, [("s1", "p3"), ("s1", "p1")], TODAY)
    assert made.refused_links == 1
    assert made.figures.means["recall_at_10"] == 0.5


def test_the_bands_hold_every_assessed_pair_of_labelled_startups_once(workspace):
    made = evaluate(workspace, [("s1", "p1")], TODAY)
    _, matches = matched(workspace)
    assert sum(row.pairs for row in made.bands) == (matches.assessed & (matches.pairs.startup == 0)).sum() == 2
    assert sum(row.links for row in made.bands) == 1


def test_only_the_best_so_many_count_as_ranked(workspace):
    second = [("s1", "p2")]
    assert evaluate(workspace, second, TODAY).figures.means["mrr"] == 0.5
    assert evaluate(workspace, second, TODAY, limit=1).figures.means["mrr"] == 0
    assert evaluate(workspace, second, TODAY, limit=1).figures.coverage == pytest.approx(1 / 3)


def test_a_pair_counts_once_and_the_order_of_labels_does_not_matter(workspace):
    links = [("s2", "p1"), ("s1", "p1"), ("s1", "p2")]
    assert evaluate(workspace, links, TODAY) == evaluate(workspace, [*links[::-1], *links], TODAY)


def test_blocks_change_nothing(tmp_path, workspace):
    links = [("s1", "p1"), ("s1", "p2"), ("s2", "p2"), ("s3", "p1")]
    small = a_workspace(tmp_path / "w", pairs_at_once=1)
    other = ranker_named(workspace, str(no_weights(workspace, tmp_path)))
    assert evaluate(small, links, TODAY, compared=other) == evaluate(workspace, links, TODAY, compared=other)


def test_links_are_told_by_kind_and_by_the_partners_past_as_of_the_date(workspace):
    earlier = [
        PortfolioCompany(id=f"p1/c{n}", partner_id="p1", name=f"C{n}", summary="x", year=2020 + n) for n in range(7)
    ]
    put(workspace, portfolio=earlier)
    links = [("s1", "p1"), ("s2", "p2")]
    made = evaluate(workspace, links, TODAY)
    assert [row.group for row in made.by_kind] == ["investor", "corporate"]
    assert [row.group for row in made.by_history] == ["none", "6 to 20"]
    assert [row.group for row in evaluate(workspace, links, "2021-06-30").by_history] == ["none", "1 to 5"]


def test_links_that_history_knows_already_are_counted_until_the_day_they_happened(workspace):
    said = {"startup_id": "s1", "partner_id": "p1", "date": "2024-05-01"}
    backed = HistoryRecord(id="h1", outcome="invested", **said)
    put(workspace, history=[backed, HistoryRecord(id="h2", outcome="met", **(said | {"partner_id": "p2"}))])
    links = [("s1", "p1"), ("s1", "p2")]
    assert evaluate(workspace, links, TODAY).known_links == 1
    assert evaluate(workspace, links, "2024-04-30").known_links == 0


def test_it_tells_how_far_it_is_and_stops_when_asked(tmp_path, workspace):
    told = []
    evaluate(workspace, [("s1", "p1"), ("s2", "p2")], TODAY, progress=lambda *said: told.append(said))
    assert told[-1] == ("matching startups", 2, 2)
    with pytest.raises(Stopped):
        evaluate(workspace, [("s1", "p1")], TODAY, should_stop=lambda: True)


def test_another_ranker_is_held_against_the_same_links(tmp_path, workspace):
    other = ranker_named(workspace, str(no_weights(workspace, tmp_path)))
    made = evaluate(workspace, [("s1", "p1"), ("s2", "p2")], TODAY, compared=other)
    assert made.compared.figures.ranker == other.id
    assert made.compared.figures.means["mrr"] == 0.75
    mean, low, high = made.compared.difference
    assert low <= mean <= high
    assert mean == pytest.approx((1 - 1 / np.log2(3)) / 2)
    assert made.figures == evaluate(workspace, [("s1", "p1"), ("s2", "p2")], TODAY).figures


def test_a_ranker_is_named_by_a_word_a_file_its_folder_or_its_id(tmp_path, workspace):
    path = no_weights(workspace, tmp_path)
    alike = ranker_named(workspace, str(path))
    assert alike.version == "alike"
    assert ranker_named(workspace, str(tmp_path)) == alike
    assert ranker_named(workspace, "shipped") == workspace.shipped_ranker
    with workspace.writing() as connection:
        rankers.keep(connection, alike.id, path.read_text(), "{}", "", "2026-11-24T00:00:00+00:00")
    assert ranker_named(workspace, alike.id) == ranker_named(workspace, "alike") == alike
    assert ranker_named(workspace, workspace.shipped_ranker.id[:6]) == workspace.shipped_ranker


@pytest.mark.parametrize("named", ["nobody", "", "x" * 5000], ids=["unknown", "empty", "too long for a file"])
def test_a_ranker_that_is_not_there_is_refused_with_the_way_out(workspace, named):
    with pytest.raises(NotFound, match="matcher rankers list"):
        ranker_named(workspace, named)


def test_a_link_of_somebody_unknown_is_refused_before_anything_is_encoded(workspace):
    told = []
    with pytest.raises(NotFound, match="'new'"):
        evaluate(workspace, [("new", "p1")], TODAY, progress=lambda *said: told.append(said))
    assert told == []


def test_a_file_that_is_no_ranker_is_refused(tmp_path, workspace):
    (tmp_path / "x.json").write_bytes(b"\xff\xfe{}")
    with pytest.raises(BadInput, match="cannot be read"):
        ranker_named(workspace, str(tmp_path / "x.json"))
