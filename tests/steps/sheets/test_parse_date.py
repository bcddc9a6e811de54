"""Days, months and years."""

import pytest

from matcher.steps.sheets.parse import Unreadable
from matcher.steps.sheets.parse_date import first_minute, has_offset, last_minute, moment, past, past_year, when
from tests.sheets import words

WORDS = words()  # today is 24 November 2026


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("2024", "2024"),
        (2024, "2024"),
        ("2024.0", "2024"),
        ("2024-03", "2024-03"),
        ("2024-03-08", "2024-03-08"),
        ("2024-02-29", "2024-02-29"),
        ("2024-03-08T00:00:00", "2024-03-08"),
        ("2024-03-08 09:30:00", "2024-03-08"),
        ("2024-03-08T09:30:00.123Z", "2024-03-08"),
        ("2030-01-01", "2030-01-01"),
    ],
)
def test_a_day_a_month_or_a_year_is_understood(cell, iso):
    assert when(cell, WORDS) == iso


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("08/03/2024", "08/03/2024 may mean two days; write 2024-03-08 or 2024-08-03."),
        ("25/03/2024", "Write the date as 2024-03-25."),
        ("3.8.24", "may mean two days"),
        ("05/05/2024", "Write the date as 2024-05-05."),
        ("2024/3/8", "Write the date as 2024-03-08."),
        ("31/02/2024", "There is no day 31/02/2024"),
        ("31/02", "Write a date such as 2024-03-08"),
        ("2024-02-31", "There is no day 2024-02-31"),
        ("2023-02-29", "There is no day 2023-02-29"),
        ("2024-13", "There is no day 2024-13"),
        ("45359", "write 2024-03-08 if that is the day"),
        (45359, "write 2024-03-08 if that is the day"),
        ("0024", "too long ago"),
        ("8 March 2024", "Write a date such as"),
        ("tbc", "Write a date such as"),
        ("٢٠٢٤", "Write a date such as"),
        (True, "Write a date such as"),
        (2024.5, "Write a date such as"),
        (-1, "Write a date such as"),
        ("1" * 90_000, "Write a date such as"),
    ],
)
def test_what_is_no_date_or_two_is_refused_with_the_way_out(cell, said):
    with pytest.raises(Unreadable) as refusal:
        when(cell, WORDS)
    assert said in str(refusal.value)


@pytest.mark.parametrize("cell", ["2026", "2026-11", "2026-11-24", "1999"])
def test_what_has_begun_is_past(cell):
    assert past(cell, WORDS) == cell


@pytest.mark.parametrize("cell", ["2027", "2026-12", "2026-11-25"])
def test_what_lies_ahead_is_not(cell):
    with pytest.raises(Unreadable, match="lies in the future; write a date up to 2026-11-24"):
        past(cell, WORDS)


def test_a_year_is_a_whole_number_up_to_this_one():
    assert past_year("2021", WORDS) == past_year(2021, WORDS) == past_year("2021.0", WORDS) == 2021
    for cell in ("2027", "21", "2021-03", True, "last year"):
        with pytest.raises(Unreadable, match="Write one year up to 2026"):
            past_year(cell, WORDS)


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("2027-03-08", "2027-03-08"),
        ("2027-03-08T09:30", "2027-03-08T09:30"),
        ("2027-03-08 09:30:00", "2027-03-08T09:30"),
        ("2027-03-08T09:30Z", "2027-03-08T09:30+00:00"),
        ("2027-03-08T09:30+0200", "2027-03-08T09:30+02:00"),
    ],
)
def test_a_day_or_a_minute_is_understood(cell, iso):
    assert moment(cell, WORDS) == iso
    assert has_offset(iso) == ("+" in iso)


@pytest.mark.parametrize(
    "cell", ["2027-03", "2027", "9:30", "2027-03-08T25:00", "2027-03-08T09:30:15", "08/03/2027", True]
)
def test_what_is_neither_a_day_nor_a_minute_is_refused(cell):
    with pytest.raises(Unreadable):
        moment(cell, WORDS)


def test_a_day_lasts_from_midnight_to_midnight():
    assert (last_minute("2027-03-08") - first_minute("2027-03-08")).total_seconds() == 24 * 60 * 60
