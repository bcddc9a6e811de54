"""A change in words: whose it is, from what to what, and no column or code of a sheet."""

import pytest

from matcher.domain.change import Change
from matcher.steps.change_words import change_words
from matcher.wiring import reference

NAMES = {"startup": "Asha", "partner": "Salus"}


def change(field, before, after, side="startup"):
    return Change(side=side, field=field, before=before, after=after, sets=())


def told(*changes):
    return change_words(changes, NAMES, reference().vocabulary)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (change("stage", "series-b", "growth"), "Asha's stage from series B to growth"),
        (change("uk_entity", "no", "yes"), "Asha's UK entity from no to yes"),
        (change("raising_amount", "USD 9000000", "USD 6300000"), "Asha's raise from US$9m to US$6.3m"),
        (change("raising_amount", "JPY 500000", "JPY 900000"), "Asha's raise from JPY 500k to JPY 900k"),
        (change("seeks", ("advice",), ("advice", "pilot")), "what Asha seeks with a pilot added"),
        (
            change("sectors", ("health",), ("health", "digital-health", "medtech"), "partner"),
            "Salus' sectors with digital health and medical technology added",
        ),
        (change("sectors", None, ("health",), "partner"), "Salus' sectors set to health and care"),
        (change("countries", ("IL",), ("IL", "KE"), "partner"), "Salus' countries with Kenya added"),
        (change("stages", ("seed",), ("seed", "series-a"), "partner"), "Salus' stages with series A added"),
        (change("excludes", ("fintech", "oil"), ("oil",), "partner"), "Salus' exclusions without financial technology"),
        (change("excludes", ("fintech",), None, "partner"), "Salus' exclusions without financial technology"),
        (change("ticket_max", "GBP 5000000", "GBP 7100000.50", "partner"), "Salus' largest ticket from £5m to £7.1m"),
        (change("capacity", 0, 1, "partner"), "Salus' most meetings from 0 to 1"),
        (change("capacity", None, 7, "partner"), "Salus' most meetings set to 7"),
    ],
)
def test_a_change_is_told_in_words(made, words):
    assert told(made) == words


def test_two_changes_are_told_together_and_an_empty_cell_of_a_startup_is_left_to_the_condition():
    grown, opened = change("stage", "seed", "series-a"), change("requires_uk_entity", "yes", "no", "partner")
    assert told(grown, opened) == (
        "Asha's stage from seed to series A and Salus' demand for a UK entity from yes to no"
    )
    assert told(change("stage", None, "seed")) == ""
    assert told(change("stage", None, "seed"), opened) == "Salus' demand for a UK entity from yes to no"
