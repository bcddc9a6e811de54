"""Collecting what is wrong."""

import pytest

from matcher.steps.sheets.faults import MOST_FAULTS, Enough, Faults, rows_in_words


def test_faults_are_listed_by_row_with_an_excerpt_of_the_value():
    faults = Faults("a.csv")
    faults.add(9, "name", "x" * 1_000, "Shorten it.")
    faults.add(2, "id", None, "Enter the id.")
    listed = faults.listed()
    assert [(fault.row, fault.column, fault.value[-1:]) for fault in listed] == [(2, "id", ""), (9, "name", "…")]
    assert faults.rows == {2, 9}


def test_collecting_ends_where_nobody_would_read_on():
    faults = Faults("a.csv")
    with pytest.raises(Enough):
        for row in range(10**6):
            faults.add(row, "a", "", "Mend it.")
    listed = faults.listed()
    assert len(listed) == MOST_FAULTS + 1
    assert "Only the first 20,000 faults are listed" in listed[-1].message


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([3], "row 3"),
        ([3, 9], "rows 3 and 9"),
        ([3, 4, 5, 6, 7], "rows 3, 4, 5, 6 and 7"),
        (list(range(3, 1_103)), "rows 3, 4, 5, 6, 7 and 1,095 more"),
    ],
)
def test_rows_are_named_within_a_sentence(rows, said):
    assert rows_in_words(rows) == said
