"""Two runs of an edition beside each other: each pair gained or lost with its cause."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from matcher.domain.override import Override
from matcher.domain.profile import HistoryRecord
from matcher.errors import BadInput, NotFound
from matcher.services.comparing import compare
from matcher.services.overriding import consider, keep
from matcher.services.shortlisting import make_shortlist
from matcher.store import programmes, rankers
from tests.builders import a_partner, a_startup
from tests.rankers import a_ranker
from tests.workspaces import TODAY, a_workspace, put

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
EDITION = 'id = "coast"\nname = "Coast"\nedition = 2027\n{}\n[meetings]\nmax = 2\n[capacity]\ndefault = {}\n'
TEXTS = (
    "Sensors for clinics and nurses at home.",
    "Payments for traders at the market.",
    "Maps of soil and water for farmers.",
    "Lessons in reading for children.",
)


def edition(workspace, text="", capacity=2):
    with workspace.writing() as connection:
        programmes.put(connection, "coast", EDITION.format(text, capacity))


STARTUPS = [a_startup(f"s{i}", summary=f"{TEXTS[i % 4]} Kind {i}.", stage="seed") for i in range(8)]
PARTNERS = [a_partner(f"p{j}", thesis=f"We back {TEXTS[j % 4].lower()}", stages=("seed",)) for j in range(6)]


@pytest.fixture
def workspace(tmp_path):
    workspace = a_workspace(tmp_path)
    edition(workspace)
    return put(workspace, startups=STARTUPS, partners=PARTNERS)


def override(workspace, one, now):
    keep(workspace, consider(workspace, one, TODAY), now)


def run(workspace):
    return make_shortlist(workspace, "coast", 0, TODAY, NOW)


def meetings(made) -> set[tuple[str, str]]:
    return {(pair["startup_id"], pair["partner_id"]) for pair in json.loads(made.result)["pairs"]}


def between(workspace, change):
    """The two runs before and after a change, and their difference, which names exactly the pairs that moved."""
    first = run(workspace)
    change()
    second = run(workspace)
    found = compare(workspace, first.id, second.id)
    pairs = {(pair.startup_id, pair.partner_id): pair for pair in found.pairs}
    assert pairs.keys() == meetings(first) ^ meetings(second)
    assert all((pair.change == "gained") == (key in meetings(second)) for key, pair in pairs.items())
    assert found.kept == len(meetings(first) & meetings(second))
    return found


def causes(found) -> set[str]:
    return {pair.cause for pair in found.pairs}


def test_a_startup_whose_stage_changed_is_named_and_the_cause_is_data(workspace):
    found = between(workspace, lambda: put(workspace, startups=[replace(STARTUPS[0], stage="growth")]))
    assert causes(found) == {"data"}
    assert [(one.cause, one.detail) for one in found.differences] == [("data", "startup s0: stage: seed → growth")]
    own = [pair for pair in found.pairs if pair.startup_id == "s0"]
    assert own
    assert all(pair.detail == "startup s0: stage: seed → growth" for pair in own)
    assert {pair.detail for pair in found.pairs if pair.startup_id != "s0"} <= {"follows from the other changes"}


def test_what_was_written_of_a_pair_is_named_at_the_pair(workspace):
    pair = sorted(meetings(run(workspace)))[0]
    record = HistoryRecord(id="h", startup_id=pair[0], partner_id=pair[1], outcome="met", date="2026-03-01")
    found = between(workspace, lambda: put(workspace, history=[record]))
    assert next(one for one in found.pairs if (one.startup_id, one.partner_id) == pair).detail == "history h: new"


def test_a_rule_of_the_edition_is_a_rule(workspace):
    found = between(workspace, lambda: edition(workspace, 'stages = ["growth"]'))
    assert causes(found) == {"rule"}
    assert {place.cause for place in found.places} == {"rule"}
    assert len(found.places) == 8


@pytest.mark.parametrize("which", ["of the edition", "of a partner"])
def test_a_capacity_is_a_capacity(workspace, which):
    change = {
        "of the edition": lambda: edition(workspace, capacity=1),
        "of a partner": lambda: put(workspace, partners=[replace(PARTNERS[0], capacity=0)]),
    }[which]
    found = between(workspace, change)
    assert causes(found) == {"capacity"}
    assert {one.cause for one in found.differences} == {"capacity"}


def test_another_ranker_is_the_ranker(workspace):
    ranker_id, body = a_ranker(workspace, thesis=0.0, thesis_words=0.0)

    def change():
        with workspace.writing() as connection:
            rankers.keep(connection, ranker_id, body, "{}", "", NOW.isoformat())
            rankers.activate(connection, ranker_id)

    assert causes(between(workspace, change)) == {"ranker"}


def test_a_ban_is_an_override(workspace):
    startup, partner = sorted(meetings(run(workspace)))[0]
    ban = Override(
        programme_id="coast", startup_id=startup, partner_id=partner, kind="ban", code="other", reason="x", person="A"
    )
    found = between(workspace, lambda: override(workspace, ban, NOW))
    assert causes(found) == {"override"}
    assert found.differences[0].detail == f"ban of {startup} and {partner} made (A: x)"


def test_each_of_two_changes_at_once_is_told_with_its_own_pairs(workspace):
    startup, partner = next(pair for pair in sorted(meetings(run(workspace))) if pair[0] != "s1")
    ban = Override(
        programme_id="coast", startup_id=startup, partner_id=partner, kind="ban", code="other", reason="x", person="A"
    )

    def change():
        put(workspace, startups=[replace(STARTUPS[1], stage="growth")])
        override(workspace, ban, NOW)

    found = between(workspace, change)
    cause = {(pair.startup_id, pair.partner_id): pair.cause for pair in found.pairs}
    assert cause[startup, partner] == "override"
    assert {cause[pair] for pair in cause if pair[0] == "s1"} == {"data"}


def test_a_run_that_another_program_made_says_so(workspace):
    first = run(workspace)
    dropped = json.loads(first.result)
    lost = dropped["pairs"].pop()
    manifest = json.dumps(json.loads(first.manifest) | {"code": "0000000000000000"})
    with workspace.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE runs SET manifest = ?, result = ?, id = 'aaaaaaaaaaaa'", (manifest, json.dumps(dropped))
        )
    second = run(workspace)
    found = compare(workspace, "aaaaaaaaaaaa", second.id)
    assert [(pair.startup_id, pair.partner_id, pair.cause) for pair in found.pairs] == [
        (lost["startup_id"], lost["partner_id"], "program")
    ]
    assert [one.cause for one in found.differences] == ["program"]


def test_a_run_beside_itself_differs_in_nothing(workspace):
    found = compare(workspace, run(workspace).id, run(workspace).id)
    assert (found.differences, found.pairs, found.places) == ((), (), ())


def test_runs_of_two_editions_and_unknown_runs_are_refused(workspace):
    first = run(workspace)
    other = make_shortlist(workspace, "texchange-2027", 0, TODAY, NOW)
    with pytest.raises(BadInput, match="compare two runs of one edition"):
        compare(workspace, first.id, other.id)
    with pytest.raises(NotFound):
        compare(workspace, first.id, "000000000000")
