"""A hub takes part in the intakes between its first day and its last."""

import pytest

from matcher.domain.hub import Hub, is_open
from matcher.domain.programme import Programme, Schedule, intake_day


def a_hub(**said):
    return Hub(**{"id": "india", "name": "UK-India Tech Hub", "country": "IN", "source": "invented", **said})


@pytest.mark.parametrize(
    ("opened", "closed", "day", "open_"),
    [
        (None, None, "2031-01-01", True),
        (None, "2021-04", "2021-04-30", True),
        (None, "2021-04", "2021-05-01", False),
        (None, "2021-04-12", "2021-04-13", False),
        ("2019", "2021-04", "2018-12-31", False),
        ("2019", "2021-04", "2019-01-01", True),
        ("2011", None, "2012-01-01", True),
    ],
)
def test_a_hub_is_open_from_when_it_opened_to_the_end_of_when_it_closed(opened, closed, day, open_):
    assert is_open(a_hub(opened=opened, closed=closed), day) is open_


def test_the_first_date_of_an_edition_counts_whatever_its_order():
    schedule = Schedule(dates=("2020-03-02", "2020-02-24"))
    assert intake_day(Programme(id="e", name="E", edition=2020, schedule=schedule)) == "2020-02-24"


def test_without_a_date_the_edition_begins_with_its_year():
    assert intake_day(Programme(id="e", name="E", edition=2021)) == "2021-01-01"


def test_an_edition_that_is_counted_rather_than_dated_is_one_to_come():
    hub = a_hub(opened="2019", closed="2021-04")
    assert not is_open(hub, intake_day(Programme(id="e", name="E", edition=3)))
    assert is_open(a_hub(opened="2011"), intake_day(Programme(id="e", name="E", edition=3)))
