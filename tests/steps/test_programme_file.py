"""A programme file is read, or refused with every fault named."""

import pytest

from matcher.domain.programme import programme_from_json, programme_to_json
from matcher.domain.shortlist import Bounds
from matcher.errors import BadInput
from matcher.settings import shipped
from matcher.steps.programme_file import programme_from_toml

GOOD = 'id = "e-1"\nname = "Edition"\nedition = 2027\n'


@pytest.mark.parametrize("path", sorted(shipped("data/programmes").glob("*.toml")), ids=lambda path: path.name)
def test_every_shipped_programme_can_be_read_and_kept(path):
    programme = programme_from_toml(path.read_text(encoding="utf-8"), path.name)
    assert programme.id == path.stem
    assert programme_from_json(programme_to_json(programme)) == programme


def test_only_id_name_and_edition_are_required():
    programme = programme_from_toml(GOOD, "x.toml")
    assert programme.places is None
    assert programme.meetings == Bounds()
    with pytest.raises(BadInput, match="'id' is missing; 'name' is missing; 'edition' is missing"):
        programme_from_toml("places = 3", "x.toml")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("place = 15", "did you mean 'places'"),
        ("places = -1", "'places' is -1; write a whole number"),
        ("places = true", "write a whole number"),
        ('mode = "other"', "one of startup-partner, corridor"),
        ('countries = ["Kenya"]', "ISO 3166"),
        ('stages = ["late"]', "a list of idea"),
        ("least_score = nan", "a number of points"),
        ("[meetings]\nmin = 5\nmax = 2", "min 5 above max 2"),
        ("[kinds]\ninvestors = {min = 1}", "did you mean 'investor'"),
        ('[rules]\nwomen_led = "some"', "one of any, majority, all"),
        ('[schedule]\ndates = ["2027-02-30"]', "dates such as"),
        ('[schedule]\nsessions = ["9-12"]', "times such as"),
        ("meetings = 5", "must be a table"),
        ("= 5", "is not a TOML file"),
    ],
)
def test_a_fault_is_named_with_the_way_out(line, says):
    with pytest.raises(BadInput) as refusal:
        programme_from_toml(GOOD + line, "mine.toml")
    assert "mine.toml" in str(refusal.value)
    assert says in str(refusal.value)


def test_all_faults_are_told_at_once():
    with pytest.raises(BadInput) as refusal:
        programme_from_toml(GOOD + "place = 1\nstrict = 1\nleast_score = 'x'", "mine.toml")
    assert str(refusal.value).count(";") >= 4
