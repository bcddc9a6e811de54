"""A programme file is read, or refused with every fault named."""

import pytest

from matcher.domain.programme import programme_from_json, programme_to_json
from matcher.domain.shortlist import Bounds
from matcher.errors import BadInput
from matcher.settings import shipped
from matcher.steps.programme_file import programme_from_toml, refuse

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
        ('[schedule]\nsessions = ["09:00-10:00", "17:00-13:30"]', "'17:00-13:30'; write a session that ends after"),
        ('[schedule]\nsessions = ["09:00-09:00"]', "ends after it starts"),
        ('[schedule]\ntime_zone = "Europe/Londn"', "such as Europe/London"),
        ('[schedule]\ntime_zone = "../etc"', "such as Europe/London"),
        ('[schedule]\ntime_zone = ""', "such as Europe/London"),
        ("[schedule]\ntime_zone = 1", "a text in quotes"),
        ("[schedule]\nslot_minutes = 0", "1 or more"),
        ("[schedule]\ntables = 0", "1 or more"),
        pytest.param("theme = " + "[" * 5_000, "nests too deeply", id="nested"),
        pytest.param("places = " + "9" * 6_000, "a number that is too long", id="digits"),
        pytest.param("places = 0x" + "f" * 6_000, "too long a number", id="hexadecimal digits"),
        pytest.param("theme." + "a." * 2_000 + "a = 1", "write a text in quotes", id="dotted"),
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


def test_faults_are_refused_in_one_sentence():
    refuse("x.toml", [])
    with pytest.raises(BadInput) as refusal:
        refuse("x.toml", ["'a' is wrong; write b", "'helth' is no sector; did you mean 'health'?"])
    assert str(refusal.value) == "x.toml: 'a' is wrong; write b; 'helth' is no sector; did you mean 'health'."
