"""An invented history of some years, in which the sector alone tells whom a startup goes with, or nothing does."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from matcher.domain.profile import HistoryRecord
from matcher.services.training import train
from matcher.steps.measure import FEATURES
from tests.builders import a_partner, a_startup
from tests.rankers import a_ranker, keep
from tests.workspaces import TODAY, a_workspace, put

SECTORS = ("health", "fintech", "agritech", "energy", "education", "mobility")
YEARS = (2021, 2022, 2023, 2024, 2025)
# Of this one the last year is held out, and the two before are learned from.
SMALL = {"years": (2021, 2022, 2023, 2024), "each": 12}
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
_WORDS = ("nurse", "clinic", "pump", "well", "farm", "loan", "ledger", "rota", "ward", "solar", "school", "bus")


def went(startup, partner, date, outcome="invested"):
    return HistoryRecord(
        id=f"{startup}|{partner}|{outcome}|{date}",
        startup_id=startup,
        partner_id=partner,
        outcome=outcome,
        date=date,
    )


def a_past(years=YEARS, each=30, tells=True, seed=1):
    """Startups of these years, one partner a sector, and who went with whom: nine of ten with that of their sector.

    tells: if not, each went with any partner. What startups say and where they are from is drawn and tells nothing.
    """
    rng = np.random.default_rng(seed)
    partners = [a_partner(f"p{at}", thesis="We back whoever convinces us.") for at in range(len(SECTORS))]
    startups, history = [], []
    for year in years:
        for at in range(each):
            sector = int(rng.integers(len(SECTORS)))
            follows = tells and rng.random() < 0.9
            partner = sector if follows else int(rng.integers(len(SECTORS)))
            startups.append(
                a_startup(
                    f"s{year}-{at:03}",
                    summary=" ".join(rng.choice(_WORDS, 6)) + f" number {at} of {year}.",
                    sectors=(SECTORS[sector],),
                    country=str(rng.choice(["KE", "NG", "ZA"])),
                )
            )
            month = int(rng.integers(1, 13))
            history.append(went(startups[-1].id, f"p{partner}", f"{year}-{month:02}-15"))
    return {"startups": startups, "partners": partners, "history": history}


def without_theses(records):
    """The same records, of partners that say nothing of themselves."""
    return records | {"partners": [replace(one, thesis=None) for one in records["partners"]]}


def with_a_ranker_that_heeds_nothing(workspace):
    """Make a ranker active to which all pairs are equal; its id."""
    return keep(workspace, *a_ranker(workspace, "heedless", **dict.fromkeys(FEATURES, 0.0)))


def trained(folder, records=None, as_of=TODAY, more=(), made_at=NOW, **options):
    """What training a fresh workspace with these records came to, from a ranker that heeds nothing."""
    workspace = put(a_workspace(folder), **(records or a_past(**SMALL)))
    for also in more:
        put(workspace, **also)
    with_a_ranker_that_heeds_nothing(workspace)
    return train(workspace, as_of, made_at, **options)
