"""What each programme of the network asks of the software, shown on a few invented companies."""

import csv
import json
from datetime import UTC, date, datetime

import pytest

from matcher.domain.override import PIN, Override
from matcher.domain.profile import HistoryRecord
from matcher.services.importing import import_sheet
from matcher.services.matching import MatchQuery, ask, match_lines
from matcher.services.programmes import add_programme
from matcher.services.shortlisting import make_shortlist, replay
from matcher.settings import shipped
from matcher.store import overrides
from tests.builders import a_partner, a_startup
from tests.workspaces import TODAY, a_workspace, put

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
HEALTH = "Software that tells a clinic which patients missed a refill, and calls them."
PAYMENTS = "Payments for market traders who have no bank account."
COLUMNS = ("id", "name", "country", "summary", "source_programme")


def the_partners():
    """One of each of three kinds, which take everybody."""
    return [
        a_partner("pa-bank", kind="corporate", thesis="A bank that wants payments for small traders.", capacity=400),
        a_partner("pa-fund", kind="investor", thesis="A fund for health and payments.", capacity=400),
        a_partner("pa-trust", kind="public_body", thesis="Hospitals that want software for clinics.", capacity=400),
    ]


def a_network(folder, startups, **more):
    return put(a_workspace(folder), startups=startups, partners=the_partners(), **more)


def shortlisted(workspace, programme):
    return json.loads(make_shortlist(workspace, programme, 0, TODAY, NOW).result)


def placed(result):
    return {one["startup_id"] for one in result["placed"]}


def refused(result):
    return {one["startup_id"]: one["rule"] for one in result["refused"]}


def edited(folder, programme, *changes):
    """A shipped edition's file, with changes of its text, as a person would save it."""
    text = (shipped("data/programmes") / f"{programme}.toml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file = folder / f"{programme}.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_international_tech_hub_network_a_closed_hub_is_absent_from_new_intakes_and_its_history_stays(tmp_path):
    said = {"sectors": ("health",), "stage": "series-a", "market_ready": True}
    startups = [
        a_startup("st-in", country="IN", hub="india", summary="Ward rounds by video for district hospitals.", **said),
        a_startup("st-ke", country="KE", hub="kenya", summary=HEALTH, **said),
    ]
    met = HistoryRecord(id="h", startup_id="st-in", partner_id="pa-bank", outcome="met", date="2019-11-19")
    workspace = a_network(tmp_path, startups, history=[met])
    before = make_shortlist(workspace, "go-global-india-2019", 0, TODAY, NOW)
    now = shortlisted(workspace, "texchange-2027")
    assert refused(now) == {"st-in": "hub"}
    assert "closed in" in now["refused"][0]["detail"]
    assert placed(now) == {"st-ke"}
    assert placed(json.loads(before.result)) == {"st-in"}
    assert replay(workspace, before.id).result == before.result


def test_texchange_a_seed_stage_health_startup_and_a_fintech_scale_up_are_refused_by_name(tmp_path):
    startups = [
        a_startup("st-seed", hub="kenya", summary=HEALTH, sectors=("digital-health",), stage="seed"),
        a_startup("st-pay", hub="nigeria", summary=PAYMENTS, sectors=("fintech",), stage="growth"),
        a_startup("st-care", hub="israel", summary=HEALTH, sectors=("medtech",), stage="series-b"),
    ]
    workspace = a_network(tmp_path, startups)
    of_2020 = shortlisted(workspace, "texchange-2020")
    assert refused(of_2020) == {"st-seed": "stage", "st-pay": "sector"}
    details = {one["startup_id"]: one["detail"] for one in of_2020["refused"]}
    assert details["st-seed"] == "The edition takes series A, series B or growth; it is at seed."
    assert details["st-pay"] == "The edition is for health and care; it is in financial technology."
    assert placed(of_2020) == {"st-care"}


def test_texchange_another_theme_is_another_file(tmp_path):
    startups = [
        a_startup("st-pay", hub="nigeria", summary=PAYMENTS, sectors=("fintech",), stage="growth"),
        a_startup("st-care", hub="israel", summary=HEALTH, sectors=("medtech",), stage="series-b"),
        a_startup(
            "st-song",
            hub="brazil",
            summary="Songs of new bands for radio stations.",
            sectors=("media",),
            stage="series-a",
        ),
        a_startup(
            "st-farm",
            hub="kenya",
            summary="Soil probes for maize on small farms.",
            sectors=("agritech",),
            stage="series-a",
        ),
    ]
    workspace = a_network(tmp_path / "workspace", startups)
    new = edited(
        tmp_path,
        "texchange-2015",
        ('"fintech"', '"agriculture"'),
        ('id = "texchange-2015"', 'id = "texchange-2028"'),
        ("edition = 2015", "edition = 2028"),
    )
    add_programme(workspace, new)
    for programme, who in (
        ("texchange-2012", "st-song"),
        ("texchange-2015", "st-pay"),
        ("texchange-2020", "st-care"),
        ("texchange-2028", "st-farm"),
    ):
        assert placed(shortlisted(workspace, programme)) == {who}


def test_texchange_everybody_placed_meets_a_british_business(tmp_path):
    startups = [
        a_startup(f"st-{at}", hub="kenya", summary=HEALTH + " " * at, sectors=("health",), stage="series-a")
        for at in range(4)
    ]
    result = shortlisted(a_network(tmp_path, startups), "texchange-2020")
    assert {pair["startup_id"] for pair in result["pairs"] if pair["kind"] == "corporate"} == placed(result)


@pytest.fixture(scope="module")
def cohort():
    """A cohort of three hubs, 26 entries a hub, of unlike companies."""
    topics = ("maize", "clinics", "buses", "schools", "solar lamps", "rent", "fish", "water", "looms", "cold rooms")
    return [
        a_startup(
            f"st-{hub}-{at:02}", hub=hub, summary=f"Software for {topics[at % 10]} in district {at} of {hub}, no {at}."
        )
        for hub in ("kenya", "nigeria", "south-africa")
        for at in range(26)
    ]


def test_go_global_a_quota_from_5_to_7_only_adds(tmp_path, cohort):
    def with_quota(number):
        workspace = a_network(tmp_path / str(number), cohort)
        changes = [("nigeria = 7", f"nigeria = {number}"), ("places = 18", "places = 40")]
        file = edited(tmp_path, "go-global-africa-2019", *changes)
        add_programme(workspace, file)
        return {one for one in placed(shortlisted(workspace, "go-global-africa-2019")) if "nigeria" in one}

    five, seven = with_quota(5), with_quota(7)
    assert (len(five), len(seven)) == (5, 7)
    assert five < seven


def test_go_global_africa_has_eighteen_places_of_three_hubs_and_india_is_not_among_them(tmp_path, cohort):
    other = a_startup("st-india", hub="india", summary="Looms that mend their own broken threads.")
    result = shortlisted(a_network(tmp_path, [*cohort, other]), "go-global-africa-2019")
    assert len(result["placed"]) == 18
    assert sum("nigeria" in one for one in placed(result)) <= 7
    assert refused(result) == {"st-india": "hub"}


def test_go_global_2020_takes_65_of_the_whole_network(tmp_path, cohort):
    result = shortlisted(a_network(tmp_path, cohort), "go-global-2020")
    assert (len(result["placed"]), len(result["unplaced"]), result["refused"]) == (65, len(cohort) - 65, [])


def test_go_global_india_is_for_a_purpose_and_refuses_no_sector(tmp_path):
    startups = [
        a_startup("st-a", country="IN", hub="india", summary="Lessons by phone for girls.", sectors=("edtech",)),
        a_startup("st-b", country="IN", hub="india", summary="Soil probes for small farms.", sectors=("agritech",)),
        a_startup(
            "st-c", country="KE", hub="kenya", summary="Clinics that come by bicycle to villages.", sectors=("health",)
        ),
    ]
    result = shortlisted(a_network(tmp_path, startups), "go-global-india-2019")
    assert (placed(result), refused(result)) == ({"st-a", "st-b"}, {"st-c": "hub"})


def the_founders(declared):
    """Six companies of the three hubs, that declare of themselves what is given."""
    hubs = ("kenya", "nigeria", "south-africa") * 2
    texts = (
        HEALTH,
        PAYMENTS,
        "Soil probes that tell small farms when to water.",
        "Lessons by phone for girls who left school.",
        "Cold rooms for fish at the landing beach.",
        "Rent that is paid by the week and insured.",
    )
    return [
        a_startup(f"st-{at}", hub=hub, summary=text, women_led=women_led)
        for at, (hub, text, women_led) in enumerate(zip(hubs, texts, declared, strict=True))
    ]


DECLARED = ("no", "any", "majority", "all", None, "no")


@pytest.mark.parametrize(
    ("definition", "in_"),
    [
        ("any", {"st-1", "st-2", "st-3", "st-4"}),
        ("majority", {"st-2", "st-3", "st-4"}),
        ("all", {"st-3", "st-4"}),
    ],
)
def test_africa_uk_female_tech_founders_three_definitions_give_three_lists(tmp_path, definition, in_):
    """Who does not say is not refused: unknown never refuses, and the officer asks."""
    workspace = a_network(tmp_path / "workspace", the_founders(DECLARED))
    change = ('women_led = "any"', f'women_led = "{definition}"')
    add_programme(workspace, edited(tmp_path, "female-tech-founders-2020", change))
    result = shortlisted(workspace, "female-tech-founders-2020")
    assert placed(result) == in_
    assert set(refused(result).values()) == {"women_led"}


def test_go_global_champions_an_alumnus_does_not_meet_the_same_partner_again_unless_it_is_pinned(tmp_path):
    startups = [
        a_startup("st-alumnus", hub="kenya", summary=HEALTH, source_programme="Go Global"),
        a_startup("st-new", hub="kenya", summary=PAYMENTS),
    ]
    met = HistoryRecord(
        id="h",
        startup_id="st-alumnus",
        partner_id="pa-trust",
        outcome="met",
        date="2020-07-01",
        programme="go-global-2020",
    )
    workspace = a_network(tmp_path, startups, history=[met])

    def meetings(run):
        return {(pair["startup_id"], pair["partner_id"]) for pair in json.loads(run.result)["pairs"]}

    first = make_shortlist(workspace, "challenge-scouting-2027", 0, TODAY, NOW)
    assert ("st-new", "pa-trust") in meetings(first)
    assert ("st-alumnus", "pa-trust") not in meetings(first)
    pin = Override(
        programme_id="challenge-scouting-2027",
        startup_id="st-alumnus",
        partner_id="pa-trust",
        kind=PIN,
        code="relationship",
        reason="Both asked for it.",
        person="an officer",
    )
    with workspace.writing() as connection:
        overrides.put(connection, pin, NOW.isoformat())
    second = make_shortlist(workspace, "challenge-scouting-2027", 0, TODAY, NOW)
    assert ("st-alumnus", "pa-trust") in meetings(second)


def test_africa_uk_female_tech_founders_has_five_places_a_hub(tmp_path, cohort):
    result = shortlisted(a_network(tmp_path, cohort), "female-tech-founders-2020")
    counts = [sum(hub in one for one in placed(result)) for hub in ("kenya", "nigeria", "south-africa")]
    assert counts == [5, 5, 5]


@pytest.mark.parametrize("programme", ["go-global-africa-2019", "go-global-2020", "challenge-scouting-2027"])
def test_africa_uk_female_tech_founders_elsewhere_flipping_the_declaration_changes_no_byte(tmp_path, programme):
    runs = []
    for name, declared in (("as-it-is", DECLARED), ("flipped", ("all", "no", "no", None, "majority", "any"))):
        workspace = a_network(tmp_path / name, the_founders(declared))
        runs.append(make_shortlist(workspace, programme, 0, TODAY, NOW))
    first, second = runs
    assert first.inputs_hash != second.inputs_hash
    assert first.result.replace(first.id, "RUN") == second.result.replace(second.id, "RUN")


def test_launch_league_and_other_feeder_programmes_are_imported_and_filtered_by(tmp_path):
    """In the sheet as the hubs write it, with Portuguese and Indonesian texts."""
    rows = [
        ("st-za", "Thuma", "ZA", "Parcels that ride along in shared taxis.", "Launch League"),
        ("st-br", "Costura", "BR", "Roupas feitas por costureiras da periferia.", "Future Females Business School"),
        ("st-id", "Sawah", "ID", "Aplikasi untuk petani padi di Jawa Tengah.", "HERfuture"),
        ("st-none", "Dari", "KE", "Roof tiles that are made from old tyres.", ""),
    ]
    sheet = tmp_path / "startups.csv"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    workspace = put(a_workspace(tmp_path / "workspace"), partners=the_partners())
    report = import_sheet(workspace, "startups", sheet, today=date(2026, 11, 24))
    assert (report.created, report.refused) == (4, 0)
    head = 'id = "mine"\nname = "Mine"\nedition = 2027\n'
    file = tmp_path / "mine.toml"
    file.write_text(head + 'source_programmes = ["launch league", "HERfuture"]\n', encoding="utf-8")
    add_programme(workspace, file)
    result = shortlisted(workspace, "mine")
    assert placed(result) == {"st-za", "st-id", "st-none"}
    assert refused(result) == {"st-br": "source_programme"}


def test_launch_league_takes_the_south_african_hub_and_leaves_nobody_without_a_meeting(tmp_path, cohort):
    result = shortlisted(a_network(tmp_path, cohort), "launch-league")
    assert len(placed(result)) == 26
    assert {pair["startup_id"] for pair in result["pairs"]} == placed(result)
    assert set(refused(result).values()) == {"hub"}


def test_uk_entity_a_rule_that_shuts_out_overseas_companies_is_named(tmp_path):
    startups = [
        a_startup("st-no", hub="kenya", summary=HEALTH, uk_entity="no"),
        a_startup("st-yes", hub="kenya", summary=PAYMENTS, uk_entity="yes"),
        a_startup("st-unknown", hub="kenya", summary="Roof tiles that are made from old tyres."),
    ]
    workspace = a_network(tmp_path / "workspace", startups)
    file = tmp_path / "mine.toml"
    file.write_text('id = "mine"\nname = "Mine"\nedition = 2027\n[rules]\nuk_entity = true\n', encoding="utf-8")
    add_programme(workspace, file)
    result = shortlisted(workspace, "mine")
    assert refused(result) == {"st-no": "uk_entity"}
    assert placed(result) == {"st-yes", "st-unknown"}


ADVICE, BOTH = ("advice",), ("advice", "investment")
# What startups of other sectors write who ask for a UK legal set-up: text, what they seek.
LEGAL = {
    "st-accounts": (
        "We keep the accounts of market cooperatives. We need help to set up a UK company, a first set of customer "
        "contracts and advice on employing two people in London.",
        ADVICE,
    ),
    "st-payments": (
        "Payment app for market traders in Lagos. What we need from the UK is legal set-up: a limited company, a "
        "shareholder agreement and a trade mark.",
        BOTH,
    ),
    "st-school": (
        "Online school for dental nurses. Looking for a lawyer in England to register our company and check our "
        "contracts.",
        (),
    ),
    "st-soil": (
        "Soil probes for maize farms. Before we sell in Britain we need somebody to register a UK entity and protect "
        "our patents.",
        ADVICE,
    ),
    "st-robots": ("Robot arm for warehouses. UK legal set-up wanted.", ("advice", "distribution")),
    "st-identity": (
        "Identity checks for banks. We need a law firm for our UK company formation, and we are also raising two "
        "million pounds.",
        BOTH,
    ),
}
FUND = ("Payment app for market traders. We are raising a seed round and look for a venture fund.", ("investment",))


@pytest.fixture(scope="module")
def supported(tmp_path_factory):
    """The supportive partners, imported as they come, with the encoder that ships."""
    workspace = a_workspace(tmp_path_factory.mktemp("supported"), encoder=None)
    sheet = shipped("data/reference") / "supportive_partners.csv"
    report = import_sheet(workspace, "partners", sheet, today=date(2026, 11, 24))
    assert (report.created, report.refused) == (25, 0)
    said = LEGAL | {"st-fund": FUND}
    return put(workspace, startups=[a_startup(id_, summary=text, seeks=seeks) for id_, (text, seeks) in said.items()])


def ranked(workspace, startup):
    """The partners of one startup, best first, as (id, kind)."""
    asked = ask(workspace, MatchQuery(as_of=TODAY, startups=(startup,), limit=0))
    return [(line.partner_id, line.kind) for line in match_lines(workspace, asked) if line.score is not None]


@pytest.mark.parametrize("startup", LEGAL)
def test_supportive_partners_a_startup_asking_for_a_uk_legal_set_up_gets_a_law_firm_not_a_fund(supported, startup):
    partners = ranked(supported, startup)
    law_firm = partners.index(("sp-bird-and-bird", "adviser"))
    first_fund = next(at for at, (_, kind) in enumerate(partners) if kind == "investor")
    assert law_firm < first_fund
    # Who raises money as well may see an accelerator, which gives both, before it.
    assert law_firm == 0 or "investment" in LEGAL[startup][1]


def test_supportive_partners_a_startup_asking_for_a_fund_gets_a_fund(supported):
    """So that the law firm is not first for everybody."""
    assert {kind for _, kind in ranked(supported, "st-fund")[:3]} == {"investor"}


def test_supportive_partners_those_without_a_thesis_are_listed_and_not_assessed(supported):
    assessed = {partner for partner, _ in ranked(supported, "st-accounts")}
    assert len(assessed) == 22
    assert not assessed & {"sp-enterprise-academy", "sp-true-and-north", "sp-tech-connect"}
