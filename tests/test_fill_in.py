"""What to fill in first: each cell raises the confidence as stated, and no other would raise it more."""

import numpy as np
import pytest

from matcher.domain.profile import HistoryRecord
from matcher.domain.vocabulary import KINDS, STARTUP_KIND
from matcher.fill_in import fill_partner_first, fill_startup_first
from matcher.match import match
from matcher.steps.changed import changed
from matcher.steps.empty_cells import empty_partner_cells, empty_startup_cells
from tests.builders import a_partner, a_startup
from tests.test_what_if import LONG, THESIS, gathered, pounds
from tests.workspaces import a_workspace, put


@pytest.fixture
def sparse(tmp_path):
    """A startup that says next to nothing but its summary, beside partners that ask for much."""
    asks = {"sectors": ("health",), "technologies": ("ai",), "stages": ("seed", "series-a"), "ticket_min": pounds(10)}
    startups = [
        a_startup("s1", summary=LONG),
        a_startup("s2", summary="Our trucks keep vaccines cold.", sectors=("health",), stage="seed", founded="2019"),
        a_startup("s3", summary=None, country=None),
    ]
    partners = [
        a_partner("p1", thesis=THESIS, countries=("KE",), **asks),
        a_partner("p2", thesis="We back lorries and cold chains.", **asks),
        a_partner("p3", thesis=None),
    ]
    backed = [HistoryRecord(id="h", startup_id="s2", partner_id="p1", outcome="invested", date="2024")]
    return put(a_workspace(tmp_path), startups=startups, partners=partners, history=backed)


def places(*numbers):
    return np.array(numbers, np.int32)


def mean_confidence(inputs, ranker, startup, partners):
    return float(match(inputs, ranker, places(startup), partners, also_refused=True).ranked.confidence.mean())


def test_each_step_is_what_matching_again_gives_and_the_best_there_is(sparse):
    inputs, partners = gathered(sparse), places(0, 1)
    found = fill_startup_first(inputs, sparse.ranker, 0, partners)
    cells = {one.field: one for one in empty_startup_cells(inputs, inputs.startups[0], inputs.partners[:2])}
    assert {one.field for one in found} >= {"sectors", "technologies", "stage", "raising_amount", "seeks"}
    filled = []
    for step in found:
        options = {
            field: mean_confidence(changed(inputs, 0, 0, [*filled, cell]), sparse.ranker, 0, partners)
            for field, cell in cells.items()
            if cell not in filled
        }
        assert step.confidence_from == mean_confidence(changed(inputs, 0, 0, filled), sparse.ranker, 0, partners)
        assert step.confidence_to == options[step.field] == max(options.values())
        assert step.confidence_to > step.confidence_from
        filled.append(cells[step.field])


def test_what_the_startup_says_already_and_what_tells_nothing_are_not_asked_for(sparse):
    found = {one.field for one in fill_startup_first(gathered(sparse), sparse.ranker, 1, places(0, 1))}
    assert not found & {"sectors", "stage", "founded", "country", "women_led", "uk_entity"}


def test_a_summary_comes_first_and_is_reckoned_with_as_if_it_were_there(sparse):
    inputs, partners = gathered(sparse), places(0, 1)
    first, second, *_ = fill_startup_first(inputs, sparse.ranker, 2, partners)
    assert (first.field, first.value, first.confidence_from) == ("summary", None, 0.0)
    said = put(sparse, startups=[a_startup("s3", summary="A text of quite another kind, on vineyards.", country=None)])
    assert first.confidence_to == mean_confidence(gathered(said), sparse.ranker, 2, partners)
    assert second.confidence_from == first.confidence_to


def test_a_partner_without_a_thesis_is_asked_for_it_first_and_reckoned_with_anothers(sparse):
    inputs, startups = gathered(sparse), places(0, 1)
    first, *others = fill_partner_first(inputs, sparse.ranker, 2, startups)
    assert (first.field, first.confidence_from) == ("thesis", 0.0)
    said = put(sparse, partners=[a_partner("p3", thesis="Vineyards, orchards and olive groves.")])
    matches = match(gathered(said), sparse.ranker, startups, places(2), also_refused=True)
    assert first.confidence_to == float(matches.ranked.confidence.mean())
    assert {one.field for one in others} == {"sectors", "stages", "countries"}


def test_where_nobody_says_anything_the_text_is_still_asked_for(tmp_path):
    alone = put(
        a_workspace(tmp_path), startups=[a_startup("s1", summary=None)], partners=[a_partner("p1", thesis=None)]
    )
    inputs = gathered(alone)
    (summary,) = fill_startup_first(inputs, alone.ranker, 0, places(0))
    (thesis,) = fill_partner_first(inputs, alone.ranker, 0, places(0))
    assert (summary.field, summary.confidence_to) == ("summary", None)
    assert (thesis.field, thesis.confidence_to) == ("thesis", None)
    assert fill_startup_first(inputs, alone.ranker, 0, places()) == ()


def test_a_partner_is_asked_for_what_its_kind_can_say(sparse):
    """Nobody asks a public body for its ticket, nor a startup on a corridor's other side for the stages it takes."""
    startups = [a_startup("s1", raising=pounds(500_000), stage="seed")]
    inputs = gathered(put(sparse, startups=startups))
    fields = {
        kind: {cell.field for cell in empty_partner_cells(inputs, a_partner("p9", kind=kind), inputs.startups)}
        for kind in (*KINDS, STARTUP_KIND)
    }
    assert {kind for kind in fields if "ticket_max" in fields[kind]} == {"investor", "accelerator"}
    assert {kind for kind in fields if "stages" not in fields[kind]} == {"startup"}
    assert fields["startup"] == {"sectors", "technologies"} & fields["investor"]
