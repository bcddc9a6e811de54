"""A programme names what there is, and its numbers go together; or it is told the way out."""

import pytest

from matcher.settings import shipped
from matcher.steps.programme_check import check_programme, unknown_hubs
from matcher.steps.programme_file import programme_from_toml
from matcher.wiring import reference

GOOD = 'id = "e-1"\nname = "Edition"\nedition = 2027\n'
REFERENCE = reference()
GROUPS = REFERENCE.country_groups


def checked(line, own_hubs=()):
    programme = programme_from_toml(GOOD + line, "x.toml", GROUPS)
    return check_programme(programme, REFERENCE.vocabulary, REFERENCE.hubs, own_hubs)


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
    assert checked(line) == [says]


def test_a_sector_like_none_is_refused_with_all_there_are():
    (fault,) = checked('sectors = ["qqqq"]')
    assert fault.startswith("'qqqq' is no sector; write one of health, digital-health, ")


def test_sectors_written_loosely_and_narrower_ones_are_known():
    assert checked('sectors = ["Healthcare", "drug discovery", "oil-and-gas"]\ncountries = ["GB", "KE"]') == []


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('hubs = ["kenia"]', "'kenia' is no hub; did you mean 'kenya'?"),
        ('hubs = ["UK-Kenya"]', "'uk-kenya' is no hub; did you mean 'kenya'?"),
        ('hubs = ["UK-Brazil Tech Hub"]', "'uk-brazil-tech-hub' is no hub; did you mean 'brazil'?"),
        ('hubs = ["ZA"]', "'za' is no hub; did you mean 'south-africa'?"),
        ("[quotas]\nnigerai = 3", "'nigerai' is no hub; did you mean 'nigeria'?"),
        ("[quotas]\nSouthAfrica = 3", "'southafrica' is no hub; did you mean 'south-africa'?"),
    ],
)
def test_a_hub_written_wrongly_is_told_the_right_one(line, says):
    assert checked(line) == [says]


def test_hubs_are_known_as_people_write_them():
    assert checked('hubs = ["Kenya", "South Africa", "south_africa"]\n[quotas]\n"South Africa" = 4') == []


def test_a_hub_that_startups_name_is_known_also_where_it_is_like_another():
    assert checked('hubs = ["niger"]') == ["'niger' is no hub; did you mean 'nigeria'?"]
    assert checked('hubs = ["niger"]', own_hubs={"niger"}) == []


def test_a_hub_written_like_one_of_our_own_is_told_ours():
    assert checked('hubs = ["gahna"]', own_hubs={"ghana"}) == ["'gahna' is no hub; did you mean 'ghana'?"]


def test_a_hub_like_none_that_is_known_is_worth_a_note_and_no_fault():
    said = 'hubs = ["ghana", "kenya"]\n[quotas]\nghana = 2'
    assert checked(said) == []
    programme = programme_from_toml(GOOD + said, "x.toml")
    assert unknown_hubs(programme, REFERENCE.hubs) == ["ghana"]
    assert unknown_hubs(programme, REFERENCE.hubs, {"ghana"}) == []


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2021-05-01", ["the hub 'india' closed in April 2021, before"]),
        ("2021-04-30", []),
        ("2018-12-01", ["the hub 'india' opened in 2019, after"]),
    ],
)
def test_a_hub_that_is_not_open_on_the_day_of_the_intake_is_told_with_the_month(day, says):
    found = checked(f'hubs = ["india"]\n[schedule]\ndates = ["{day}"]')
    assert found == [f"{fault} this edition's intake; take it out" for fault in says]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            'hubs = ["kenya"]\n[quotas]\nnigeria = 3',
            "'quotas' names 'nigeria', which is not among 'hubs'; add it there or take the quota out",
        ),
        (
            "places = 6\n[quotas]\nnigeria = 7",
            "'quotas.nigeria' is 7 and 'places' is 6; lower the quota or raise the places",
        ),
        (
            "longlist = 40\nplaces = 41",
            "'places' is 41 and 'longlist' before it is 40; lower the later or raise the earlier",
        ),
        (
            "longlist = 10\nshortlist = 15\nplaces = 7",
            "'shortlist' is 15 and 'longlist' before it is 10; lower the later or raise the earlier",
        ),
        (
            "[meetings]\nmax = 4\n[kinds]\ninvestor = { min = 3 }\ncorporate = { min = 2 }",
            "the minimums of 'kinds' add up to 5 and 'meetings.max' is 4; lower one of them or raise it",
        ),
        (
            '[schedule]\nsessions = ["13:00-14:00", "09:00-12:00", "11:30-12:30"]',
            "the sessions 09:00-12:00 and 11:30-12:30 overlap; end one before the other begins",
        ),
        (
            '[schedule]\nslot_minutes = 50\nsessions = ["09:00-09:30", "10:00-10:45"]',
            "'schedule.slot_minutes' is 50 and no session is so long: 10:00-10:45 has 45 minutes; "
            "shorten the slot or lengthen a session",
        ),
        (
            'mode = "corridor"\ncountries = ["GB"]',
            "a corridor is between two countries and 'countries' names 1: GB; write the two, this side's first",
        ),
        (
            'mode = "corridor"',
            "a corridor is between two countries and 'countries' names none; write the two, this side's first",
        ),
        (
            'mode = "corridor"\ncountries = ["D5"]',
            "a corridor is between two countries and 'countries' names 5: EE, GB, IL, KR, NZ; "
            "write the two, this side's first",
        ),
    ],
)
def test_numbers_that_do_not_go_together_are_told_by_name(line, says):
    assert checked(line) == [says]


@pytest.mark.parametrize(
    "line",
    [
        "longlist = 15\nshortlist = 15\nplaces = 15",
        "places = 7\n[quotas]\nnigeria = 7\nkenya = 7",
        "[meetings]\nmax = 5\n[kinds]\ninvestor = { min = 3 }\ncorporate = { min = 2 }",
        '[schedule]\nslot_minutes = 60\nsessions = ["09:00-10:00", "10:00-11:00"]',
        'mode = "corridor"\ncountries = ["GB", "EE"]',
        "[schedule]\nslot_minutes = 600",
    ],
)
def test_numbers_that_just_go_together_are_no_fault(line):
    assert checked(line) == []


def test_all_faults_of_a_file_are_told_at_once():
    said = 'sectors = ["helth"]\nhubs = ["kenia", "india"]\nplaces = 1\n[quotas]\nkenia = 2'
    assert len(checked(said)) == 4


@pytest.mark.parametrize("path", sorted(shipped("data/programmes").glob("*.toml")), ids=lambda path: path.name)
def test_every_shipped_programme_is_without_fault_and_note(path):
    programme = programme_from_toml(path.read_text(encoding="utf-8"), path.name, GROUPS)
    assert check_programme(programme, REFERENCE.vocabulary, REFERENCE.hubs) == []
    assert unknown_hubs(programme, REFERENCE.hubs) == []
