"""What comes with the product is complete, says its source and can be read."""

import csv
import json
from pathlib import Path

import pytest

from matcher.domain.hub import is_open
from matcher.domain.vocabulary import KINDS, hub_id
from matcher.settings import shipped
from matcher.wiring import reference

REFERENCE = reference()
FILES = sorted(shipped("data/programmes").glob("*.toml"))
# The names as they stand on the network's page, in its order.
SUPPORTIVE = [
    "Enterprise Academy",
    "Seedcamp",
    "Tech Nation",
    "True and North",
    "Tech Connect",
    "Curvestone",
    "CEW Communications",
    "Public",
    "Bethnal Green Ventures",
    "Emma Zangs",
    "PwC",
    "Bird & Bird",
    "INDUSLAW",
    "Uncapped",
    "Notion Capital",
    "Google for Startups UK",
    "Wefarm",
    "Alma Angels",
    "SeedTribe",
    "Rainmaker Solutions",
    "Protection Group International",
    "Pontaq",
    "CAST",
    "Natwest Fintech Accelerator",
    "At One Ventures",
]


def supportive_partners():
    with (shipped("data/reference") / "supportive_partners.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rows(name):
    return json.loads((shipped("data/reference") / name).read_text(encoding="utf-8"))


def test_every_hub_of_the_network_is_there_under_its_id_with_country_and_source():
    countries = {id_: hub.country for id_, hub in REFERENCE.hubs.items()}
    assert countries == {
        "israel": "IL",
        "kenya": "KE",
        "nigeria": "NG",
        "south-africa": "ZA",
        "brazil": "BR",
        "indonesia": "ID",
        "india": "IN",
    }
    assert set(countries.values()) <= REFERENCE.vocabulary.country_names.keys()
    assert all(id_ == hub.id == hub_id(hub.id) and hub.source for id_, hub in REFERENCE.hubs.items())


def test_the_india_hub_closed_in_april_2021_and_no_other_did():
    india = REFERENCE.hubs["india"]
    assert (india.opened, india.closed) == ("2019", "2021-04")
    assert [hub.id for hub in REFERENCE.hubs.values() if not is_open(hub, "2027-03-08")] == ["india"]


def test_the_founders_of_the_digital_five_are_a_group_and_every_group_says_its_date_and_source():
    assert set(REFERENCE.country_groups["D5"]) == {"EE", "GB", "IL", "KR", "NZ"}
    for group in rows("country_groups.json")["groups"]:
        assert group["as_of"] and group["source"] and group["label"]
        assert set(group["countries"]) <= REFERENCE.vocabulary.country_names.keys()


def test_no_group_has_a_name_that_is_a_country_too():
    assert not {REFERENCE.countries.code(name) for name in REFERENCE.country_groups} - {None}


@pytest.mark.parametrize(
    ("written", "id_"),
    [
        ("AI", "ai"),
        ("Machine learning", "ai"),
        ("Large language models", "ai"),
        ("Synthetic biology", "engineering-biology"),
        ("Bio-engineering", "engineering-biology"),
        ("Quantum technologies", "quantum"),
        ("Quantum key distribution", "quantum"),
        ("Microchips", "semiconductors"),
        ("Compound semiconductors", "semiconductors"),
        ("Telecommunications", "telecoms"),
        ("Open RAN", "telecoms"),
    ],
)
def test_the_five_priority_technologies_are_known_as_people_write_them(written, id_):
    assert REFERENCE.vocabulary.technology(written) == id_


@pytest.mark.parametrize(
    ("written", "id_"),
    [
        ("fintech", "fintech"),
        ("Cyber Security", "cyber-security"),
        ("digital government", "govtech"),
        ("biotech", "biotech"),
        ("digital media", "media"),
        ("tech for good", "social-impact"),
        ("Healthcare", "health"),
    ],
)
def test_the_sectors_that_editions_name_are_known_as_people_write_them(written, id_):
    assert REFERENCE.vocabulary.sector(written) == id_


def test_no_word_means_two_technologies_or_two_sectors():
    for terms in (rows("vocabulary.json")["sectors"], rows("vocabulary.json")["technologies"]):
        words = [word for term in terms for word in term["aliases"]]
        assert len(words) == len(set(words))


def test_all_supportive_partners_are_there_in_the_page_s_order_each_with_a_kind():
    partners = supportive_partners()
    assert [partner["name"] for partner in partners] == SUPPORTIVE
    assert {partner["kind"] for partner in partners} <= set(KINDS)


def test_a_thesis_of_ours_is_one_short_sentence_or_nothing():
    for partner in supportive_partners():
        assert len(partner["thesis"]) <= 160
        assert partner["thesis"].count(".") == (1 if partner["thesis"] else 0)


@pytest.mark.parametrize(
    ("programme", "places", "hubs"),
    [
        ("texchange-2012", 15, 0),
        ("texchange-2015", None, 0),
        ("texchange-2020", None, 7),
        ("go-global-africa-2019", 18, 3),
        ("go-global-india-2019", 18, 1),
        ("go-global-2020", 65, 7),
        ("female-tech-founders-2020", 15, 3),
        ("launch-league", None, 1),
        ("techlink-uk-estonia", None, 0),
        ("technorth-pitch", None, 0),
        ("challenge-scouting-2027", 20, 6),
        ("texchange-2027", 15, 0),
    ],
)
def test_every_programme_ships_with_its_places_and_hubs(programme, places, hubs):
    edition = REFERENCE.programmes[programme]
    assert edition.places == places
    assert len(edition.hubs) == hubs


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_programme_says_its_source_and_refuses_no_kind_of_partner(file: Path):
    edition = REFERENCE.programmes[file.stem]
    assert edition.source
    assert all(bounds.max != 0 for bounds in edition.kinds.values())
    assert edition.capacity_default != 0
    assert all(is_open(REFERENCE.hubs[hub], min(edition.schedule.dates)) for hub in edition.hubs)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_number_of_a_past_edition_says_where_it_is_from(file: Path):
    """places, quotas and minimums: on the same line, or in the comment on the line of their table."""
    if file.stem == "texchange-2027":  # invented as a whole, as its source says
        return
    said = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            said = line.partition("#")[2]
        key = line.partition("=")[0].strip()
        if key in ("places", "min", "max", "default", "stages", *REFERENCE.hubs):
            assert line.partition("#")[2] or said, f"{file.name}: {line}"


def test_the_corridor_is_between_two_countries_and_its_four_sectors():
    edition = REFERENCE.programmes["techlink-uk-estonia"]
    assert edition.mode == "corridor"
    assert edition.countries == ("GB", "EE")
    assert [REFERENCE.vocabulary.label(sector) for sector in edition.sectors] == [
        "financial technology",
        "cyber security",
        "digital government",
        "biotechnology and life sciences",
    ]


def test_the_pitch_session_has_five_rooms_and_five_minutes_each():
    schedule = REFERENCE.programmes["technorth-pitch"].schedule
    assert (schedule.format, schedule.slot_minutes, len(schedule.rooms)) == ("pitches", 5, 5)


def test_the_network_wide_edition_is_virtual_and_has_no_tables():
    schedule = REFERENCE.programmes["go-global-2020"].schedule
    assert schedule.virtual
    assert schedule.tables is None
