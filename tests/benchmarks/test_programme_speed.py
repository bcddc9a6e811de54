"""How long an officer waits for a whole programme, once its texts are encoded: from the command to the last byte."""

import json
import random
import subprocess
import sys
import time

import pytest

from matcher.domain.profile import Availability, PortfolioCompany
from matcher.store import programmes
from tests.builders import a_partner, a_startup
from tests.conftest import ROOT, Cli
from tests.workspaces import a_workspace, put

pytestmark = pytest.mark.long

KINDS = ("investor", "accelerator", "corporate", "adviser", "support_organisation", "public_body")
COUNTRIES = ("KE", "NG", "ZA", "IL", "BR", "ID")
THINGS = """
    sensors payments lessons maps repairs loans scans pumps routes labels alerts ledgers batteries bandages
    cameras contracts deliveries dyes engines fabrics filters forecasts glasses helmets implants invoices kettles
    lamps meters mortgages nets orders panels parcels permits pipes policies prescriptions probes reports samples
    seeds shelves signals surveys tariffs tests tickets tools tyres vaccines valves vouchers wages walls
    warranties wheels windows
""".split()  # noqa: SIM905 - one line a word would fill the page
WHO = """
    nurses traders pupils farmers drivers patients clerks builders tenants midwives anglers bakers brewers carers
    chemists cooks couriers dentists divers editors fitters gardeners guards hoteliers judges landlords lawyers
    librarians miners nannies painters pilots plumbers porters potters printers surgeons tailors teachers weavers
""".split()  # noqa: SIM905 - one line a word would fill the page
DO = """
    weigh count mend teach lend sort guard heat cool move print sell rent test clean dry fold grind label measure
""".split()  # noqa: SIM905 - one line a word would fill the page


EDITION = """
id = "whole"
name = "A whole programme"
edition = 2027
theme = "Better services for people far from the capital"
places = {places}
guarantee = true
[quotas]
kenya = {quota}
[meetings]
min = 4
max = 8
[kinds]
investor = {{ min = 1, max = 4 }}
corporate = {{ min = 1 }}
public_body = {{ min = 1, max = 2 }}
[capacity]
default = 6
[schedule]
dates = ["2027-03-08", "2027-03-09"]
sessions = ["09:30-12:30", "13:30-17:00"]
slot_minutes = 25
gap_minutes = 5
tables = 40
"""


def a_text(dice):
    """Four sentences that hardly share a phrase with anybody else's."""

    def said():
        return f"{dice.choice(DO)} {dice.choice(THINGS)} that {dice.choice(WHO)} bought from {dice.choice(WHO)}"

    return f"Our people {said()}. They also {said()}. Last year we began to {said()}. Soon we will {said()}."


def a_programme(folder, startups, partners):
    """So many invented startups and partners, each partner with three earlier companies, some away for half a day."""
    dice = random.Random(20270308)
    workspace = put(
        a_workspace(folder, encoder=None),
        startups=[
            a_startup(
                f"st-{i:04}",
                name=f"Startup {i} {dice.choice(THINGS)}",
                country=dice.choice(COUNTRIES),
                hub=dice.choice(("kenya", "nigeria", "south-africa")),
                stage=dice.choice(("seed", "series-a", "series-b")),
                summary=a_text(dice),
                seeks=(dice.choice(("investment", "pilot", "customers", "advice")),),
            )
            for i in range(startups)
        ],
        partners=[
            a_partner(
                f"pa-{j:04}",
                name=f"Partner {j} {dice.choice(WHO)}",
                kind=KINDS[j % len(KINDS)],
                thesis=a_text(dice),
                countries=tuple(sorted(dice.sample(COUNTRIES, 4))),
                capacity=dice.choice((None, 4, 6, 10)),
            )
            for j in range(partners)
        ],
        portfolio=[
            PortfolioCompany(
                id=f"pa-{j:04}/{k}",
                partner_id=f"pa-{j:04}",
                name=f"Earlier {j} {k}",
                summary=a_text(dice),
                country=dice.choice(COUNTRIES),
                year=dice.randint(2015, 2025),
            )
            for j in range(partners)
            for k in range(3)
        ],
        availability=[
            Availability(
                id=f"a{j}", party_id=f"pa-{j:04}", programme="whole", begins="2027-03-08T09:00", ends="2027-03-09T12:30"
            )
            for j in range(0, partners, 5)
        ],
    )
    with workspace.writing() as connection:
        programmes.put(connection, "whole", EDITION.format(places=startups, quota=startups // 3))
    return Cli(folder, encoder=None)


def timed(cli, *arguments):
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "matcher", *map(str, arguments)],
        env=cli.environment,
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return time.perf_counter() - start, done


def measured(cli):
    """Seconds for a shortlist and for its timetable, and the two results; the first run encodes and is not timed."""
    timed(cli, "shortlist", "whole", "--quiet", "--as-of", "2026-11-01", "--format", "json")
    shortlist, made = timed(cli, "shortlist", "whole", "--quiet", "--as-of", "2026-11-24", "--format", "json")
    timetable, planned = timed(cli, "timetable", made.stderr.strip(), "--quiet", "--format", "json")
    return shortlist, timetable, made.stdout, planned.stdout


def test_a_network_programme_of_65_startups_and_200_partners_is_planned_in_ten_seconds(tmp_path):

    cli = a_programme(tmp_path / "w", 65, 200)
    shortlist, timetable, made, planned = measured(cli)
    result, table = json.loads(made), json.loads(planned)
    print(
        f"\n65 × 200: shortlist {shortlist:.1f} s, timetable {timetable:.1f} s (goal 10 s together); "
        f"{len(result['pairs'])} meetings, gap {result['certificate']['gap']}, "
        f"{len(table['unplaced'])} without a slot"
    )
    assert len(result["pairs"]) > 4 * 60
    assert result["certificate"]["gap"] == 0.0
    assert shortlist + timetable < 10


def test_a_shortlist_of_500_startups_and_1000_partners_takes_less_than_half_a_minute(tmp_path):

    cli = a_programme(tmp_path / "w", 500, 1000)
    timed(cli, "shortlist", "whole", "--quiet", "--as-of", "2026-11-01", "--format", "json")
    taken, made = timed(cli, "shortlist", "whole", "--quiet", "--as-of", "2026-11-24", "--format", "json")
    certificate = json.loads(made.stdout)["certificate"]
    print(f"\n500 × 1,000: shortlist {taken:.1f} s (goal 30 s); gap {certificate['gap']}")
    assert certificate["gap"] == 0.0
    assert taken < 30
