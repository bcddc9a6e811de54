"""Companies of one partner and name: each is kept once, whatever the order of rows and sheets."""

from itertools import permutations

import pytest

from matcher.domain.codec import to_json, version
from matcher.domain.profile import PortfolioCompany
from matcher.steps.sheets.keep_apart import keep_apart


def bring(stored, *texts):
    """Import rows of one partner and name; gives the ids that were created or changed."""
    rows = [
        (number, PortfolioCompany(id="p1/foo-1", partner_id="p1", name="Foo", summary=text))
        for number, text in enumerate(texts, 2)
    ]
    versions = {id_: version("portfolio", to_json(record)) for id_, record in stored.items()}
    kept = keep_apart(rows, "portfolio", versions)
    assert [number for number, _ in kept] == [number for number, _ in rows]
    assert len({record.id for _, record in kept}) == len(rows)
    changed = {record.id for _, record in kept if stored.get(record.id) != record}
    stored.update({record.id: record for _, record in kept})
    return changed


def texts(stored):
    return sorted(record.summary for record in stored.values())


@pytest.mark.parametrize("second", list(permutations("ABC")))
def test_more_companies_of_a_name_leave_the_first_alone(second):
    for first in "ABC":
        stored = {}
        bring(stored, first)
        assert len(bring(stored, *second)) == 2
        assert stored["p1/foo-1"].summary == first
        assert texts(stored) == ["A", "B", "C"]


@pytest.mark.parametrize("again", list(permutations("ABC")))
def test_the_same_rows_again_change_nothing_in_whatever_order(again):
    stored = {}
    bring(stored, "A", "B", "C")
    assert not bring(stored, *again)
    for some in ("A", "B", "C", "AB", "CB"):
        assert not bring(stored, *some)


def test_another_text_on_a_company_replaces_the_first():
    stored = {}
    bring(stored, "A")
    assert bring(stored, "A, and more") == {"p1/foo-1"}
    assert texts(stored) == ["A, and more"]


def test_another_text_on_one_of_two_leaves_the_other_alone():
    stored = {}
    bring(stored, "A", "B")
    other = next(record.summary for id_, record in stored.items() if id_ != "p1/foo-1")
    assert bring(stored, other, "new") == {"p1/foo-1"}
    assert texts(stored) == sorted([other, "new"])
