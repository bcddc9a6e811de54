"""Pasts for tests: earlier companies of a few partners, and how they compare with startups."""

from collections.abc import Sequence

import numpy as np

from matcher.domain.money import Rates
from matcher.domain.profile import Startup
from matcher.steps.find import all_pairs
from matcher.steps.likeness import Likeness, likeness
from matcher.steps.past import Past, itself, past
from matcher.steps.past_fit import PastFit, past_fit
from matcher.steps.texts import EARLIER, EarlierCompany, PartnerTexts, partner_texts
from tests.builders import a_partner

RATES = Rates(as_of="2026-01-01", gbp_per_unit={"GBP": 1.0, "USD": 0.5})


def a_company(partner: int = 0, id: str = "c", **said) -> EarlierCompany:
    """Of 2020, and nothing else told but a text of its own."""
    unknown = {"sectors": (), "country": "", "city": "", "stage": "", "founded": "", "raising": None, "date": "2020"}
    text = {"name": f"Company {id}", "summary": f"The summary of {id}."}
    return EarlierCompany(**{"partner": partner, "kind": "portfolio", "id": id, **unknown, **text, **said})


def a_past(
    companies: Sequence[EarlierCompany], startups: Sequence[Startup], partners: int
) -> tuple[Past, PartnerTexts]:
    """The companies must come by partner and id."""
    assert list(companies) == sorted(companies)
    texts = partner_texts([a_partner(f"p{at}") for at in range(partners)], (), companies)
    group = np.arange(len(startups), dtype=np.int32)
    return past(companies, startups, group, texts, partners, RATES), texts


def likened(
    startups: Sequence[Startup], companies: Sequence[EarlierCompany], cosine=None, partners: int = 1, places=None
) -> tuple[Likeness, Past]:
    """cosine: (startups, companies with a text), 0 where not given. places: of the startups that are asked for."""
    before, texts = a_past(companies, startups, partners)
    at = np.arange(len(startups), dtype=np.int32) if places is None else np.array(places, np.int32)
    every = np.zeros((len(startups), len(texts.texts)), np.float32)
    if cosine is not None:
        every[:, texts.role == EARLIER] = cosine
    chosen = [startups[place] for place in at]
    return likeness(chosen, before, itself(before, at), every[at], RATES), before


def fitted(
    startups: Sequence[Startup],
    companies: Sequence[EarlierCompany],
    partners: int,
    cosine=None,
    places=None,
    asked=None,
) -> PastFit:
    """The fit of every pair, by startup, then partner. places, asked: of the startups and partners that are matched."""
    like, before = likened(startups, companies, cosine, partners, places)
    chosen = list(startups) if places is None else [startups[place] for place in places]
    partner_places = np.arange(partners, dtype=np.int32) if asked is None else np.array(asked, np.int32)
    wanted = np.ones((len(chosen), len(partner_places)), bool)
    ids = tuple(startup.id for startup in chosen), tuple(f"p{at}" for at in partner_places)
    says = np.array([bool(startup.summary) for startup in chosen], bool)
    return past_fit(all_pairs(*ids, wanted), chosen, before, like, partner_places, says)
