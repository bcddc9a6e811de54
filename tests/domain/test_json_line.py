"""One line of JSON lines as the cells of a row."""

import pytest

from matcher.domain.json_line import NotARow, cells_of


def test_texts_numbers_and_lists_are_cells():
    line = '{"id": "007", "n": 3, "m": 1.5, "whole": 4.0, "yes": true, "none": null, "list": ["a", "b"]}'
    assert cells_of(line) == {
        "id": "007",
        "n": 3,
        "m": 1.5,
        "whole": 4,
        "yes": True,
        "none": None,
        "list": ("a", "b"),
    }


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not valid JSON"),
        ("id,name", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ('{"a":' + "9" * 5_000 + "}", "not valid JSON"),
        ("[1]", "not a JSON object"),
        ('"a"', "not a JSON object"),
        ('{"a": 1, "a": 2}', 'key "a" stands twice'),
        ('{"a": NaN}', "NaN is not a number"),
        ('{"a": -Infinity}', "-Infinity is not a number"),
        ('{"a": 1e999}', "number without end"),
        ('{"a": {"b": 1}}', "holds an object"),
        ('{"a": [1]}', "something other than texts"),
        ('{"a": [["x"]]}', "something other than texts"),
        ('{"a\\u0000": 1}', "cannot be kept"),
        ('{"\\ud800": 1}', "cannot be kept"),
    ],
)
def test_what_is_no_row_says_why(line, said):
    with pytest.raises(NotARow, match=said.replace("[", r"\[")):
        cells_of(line)
