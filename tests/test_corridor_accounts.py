"""Accounts of a corridor: both sides are startups, and every quote and fact is one of a startup's record."""

import re

import pytest

from matcher.domain.audience import Audience
from matcher.domain.programme import CORRIDOR, Programme
from matcher.services.explaining import explain, explain_party
from matcher.snapshot import read_snapshot
from matcher.steps.explanation import explained_json, party_json
from matcher.store import programmes
from tests.builders import a_startup
from tests.test_party import NOW
from tests.workspaces import TODAY, a_workspace, all_accounts, all_lines, matched, put

CORRIDOR_OF_TWO = Programme(id="c", name="C", edition=1, mode=CORRIDOR, countries=("KE", "IL"))
STORED = {
    "k1": "Rota software for nurses on night wards. Two hospitals in Kisumu pay for it.",
    "k2": "Solar pumps lift water from wells on small farms.",
    "i1": "Our app plans the shifts of nurses on wards. It learns who swaps with whom.",
    "i2": "Sensors tell farms when wells run dry.",
    "i3": None,
}
_NOT_OF_STARTUPS = re.compile(r"thesis|they look for|partner|ticket", re.IGNORECASE)


@pytest.fixture
def corridor(tmp_path):
    """k1 and k2 of Kenya, i1 to i3 of Israel; i3 says nothing."""
    said = {"sectors": ("health",), "technologies": ("ai",), "seeks": ("customers",), "stage": "seed"}
    startups = [
        a_startup(id_, summary=text, country="KE" if id_[0] == "k" else "IL", **(said if text else {}))
        for id_, text in STORED.items()
    ]
    workspace = put(a_workspace(tmp_path), startups=startups)
    with workspace.writing() as connection:
        body = 'id = "c"\nname = "C"\nedition = 1\nmode = "corridor"\ncountries = ["KE", "IL"]'
        programmes.put(connection, "c", body)
    return workspace


def test_every_quote_is_of_a_startups_summary_and_every_fact_of_a_field_it_has(corridor):
    inputs, matches = matched(corridor, CORRIDOR_OF_TWO)
    startups = {one.id: one for one in read_snapshot(corridor).startups}
    quotes, facts = [], []
    for account in all_accounts(corridor, inputs, matches):
        for part in account.contributions:
            quotes += part.evidence
            facts += part.facts
    assert {(quote.side, quote.kind, quote.field) for quote in quotes} == {
        ("startup", "startup", "summary"),
        ("partner", "startup", "summary"),
    }
    for quote in quotes:
        assert STORED[quote.id][quote.start : quote.end] == quote.quote != ""
    assert {fact.kind for fact in facts} == {"startup"}
    assert {fact.side for fact in facts} == {"startup", "partner"}
    for fact in facts:
        assert getattr(startups[fact.id], fact.field) == fact.value


@pytest.mark.parametrize("audience", [Audience.STAFF, Audience.STARTUP])
def test_no_sentence_speaks_of_a_partner_its_thesis_or_what_it_looks_for(corridor, audience):
    inputs, matches = matched(corridor, CORRIDOR_OF_TWO)
    said = [line.reason for line in all_lines(inputs, matches)]
    for startup in ("k1", "k2"):
        for partner in ("i1", "i2", "i3"):
            found = explained_json(explain(corridor, startup, partner, "c", TODAY, audience, NOW))
            said += [found["reason"], *found["cautions"], *(part["label"] for part in found["contributions"])]
            said += [answer["detail"] for heading in ("met", "unmet", "unknown") for answer in found[heading]]
            said += [one["words"] + one["effect"] for one in found["what_if"]]
            said += [(found["why_not"] or {}).get("detail", ""), found["remedy"] or ""]
    assert any("what they do" in one for one in said)
    assert "The other side does not state what it does." in said
    assert not [one for one in said if _NOT_OF_STARTUPS.search(one)]


def test_a_side_of_a_corridor_is_told_of_startups_and_asked_for_what_a_startup_has(corridor):
    for id_, side in (("k1", "startup"), ("i3", "partner")):
        said = party_json(explain_party(corridor, id_, "c", TODAY))
        assert (said["side"], said["others"]) == (side, "startup")
        assert not any(_NOT_OF_STARTUPS.search(one["detail"]) for one in said["refused"])
        if id_ == "i3":
            first = said["fill_in_first"][0]
            assert (first["field"], first["ask"]) == ("summary", "two sentences on what it does and for whom")
            assert {one["field"] for one in said["fill_in_first"]} <= {"summary", "sectors", "technologies"}
