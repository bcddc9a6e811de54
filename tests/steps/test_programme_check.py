"""A programme names what there is, or is told the way out."""

import pytest

from matcher.settings import shipped
from matcher.steps.programme_check import check_programme
from matcher.steps.programme_file import programme_from_toml
from matcher.wiring import reference

GOOD = 'id = "e-1"\nname = "Edition"\nedition = 2027\n'
VOCABULARY = reference().vocabulary


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('sectors = ["helth"]', "'helth' is no sector; did you mean 'health'?"),
        ('sectors = ["health", "Drug discovry"]', "'Drug discovry' is no sector; did you mean 'drug discovery'?"),
        ('countries = ["KE", "UK"]', "'UK' is no country code; write GB"),
        ('countries = ["ZZ"]', "'ZZ' is no country code; write ISO 3166 alpha-2 codes, such as KE"),
    ],
)
def test_what_is_named_and_not_there_is_told_with_the_way_out(line, says):
    assert check_programme(programme_from_toml(GOOD + line, "x.toml"), VOCABULARY) == [says]


def test_a_sector_like_none_is_refused_with_all_there_are():
    (fault,) = check_programme(programme_from_toml(GOOD + 'sectors = ["qqqq"]', "x.toml"), VOCABULARY)
    assert fault.startswith("'qqqq' is no sector; write one of health, digital-health, ")


def test_sectors_written_loosely_and_narrower_ones_are_known():
    said = 'sectors = ["Healthcare", "drug discovery", "oil-and-gas"]\ncountries = ["GB", "KE"]'
    assert check_programme(programme_from_toml(GOOD + said, "x.toml"), VOCABULARY) == []


@pytest.mark.parametrize("path", sorted(shipped("data/programmes").glob("*.toml")), ids=lambda path: path.name)
def test_every_shipped_programme_names_what_there_is(path):
    assert check_programme(programme_from_toml(path.read_text(encoding="utf-8"), path.name), VOCABULARY) == []
