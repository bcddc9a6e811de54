"""What both sides of a pair state in so many words, in numbers: tags, stage, country, ticket and what is sought."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.domain.money import Rates
from matcher.domain.profile import Partner, Startup
from matcher.domain.vocabulary import KINDS_FOR, Vocabulary
from matcher.steps.admit import MET, PARTNER_RULES, Admission
from matcher.steps.pairs import Pairs


def stated(
    pairs: Pairs,
    startups: Sequence[Startup],
    partners: Sequence[Partner],
    admission: Admission,
    vocabulary: Vocabulary,
    rates: Rates,
) -> dict[str, NDArray[np.float64]]:
    """Each stated feature of every pair by its name in FEATURES, NaN where it cannot be known."""
    rule = {name: admission.partner[pairs.startup, pairs.partner, at] for at, name in enumerate(PARTNER_RULES)}
    raising = np.array([_or_nan(rates.gbp(startup.raising)) for startup in startups], np.float64)[pairs.startup]
    most = np.array([_or_nan(rates.gbp(partner.ticket_max)) for partner in partners], np.float64)[pairs.partner]
    covered = np.where(np.isnan(most), 1.0, np.minimum(1.0, most / np.where(raising > 0, raising, np.nan)))
    gives = np.full((len(startups), len(partners)), np.nan)
    for row, startup in enumerate(startups):
        if startup.seeks:
            share = {kind: 0.0 for kind in {partner.kind for partner in partners}}
            for kind in share:
                share[kind] = sum(kind in KINDS_FOR[sought] for sought in startup.seeks) / len(startup.seeks)
            gives[row] = [share[partner.kind] for partner in partners]
    sector = _share_named(
        [startup.sectors for startup in startups], [partner.sectors for partner in partners], vocabulary
    )
    technology = _share_named(
        [startup.technologies for startup in startups], [partner.technologies for partner in partners], vocabulary
    )
    return {
        "sector": sector[pairs.startup, pairs.partner],
        "technology": technology[pairs.startup, pairs.partner],
        "stage": np.where(rule["stage"] == MET, 1.0, np.nan),
        "country": np.where(rule["country"] == MET, 1.0, np.nan),
        "ticket": np.where(rule["ticket"] == MET, covered, np.nan),
        "gives": gives[pairs.startup, pairs.partner],
    }


def _share_named(
    said: Sequence[tuple[str, ...]], wanted: Sequence[tuple[str, ...]], vocabulary: Vocabulary
) -> NDArray[np.float64]:
    """(n, m) the share of one side's tags that the other names, NaN where either names none."""
    tags = sorted({tag for tags in said for tag in tags})
    lists = sorted(set(wanted) - {()})
    fit = np.array([[_tag_fit(tag, list_, vocabulary) for list_ in lists] for tag in tags]).reshape(
        len(tags), len(lists)
    )
    column = {tag: at for at, tag in enumerate(tags)}
    share = np.full((len(said), len(lists) + 1), np.nan)
    for row, own in enumerate(said):
        if own:
            share[row, :-1] = fit[[column[tag] for tag in own]].mean(axis=0)
    places = [lists.index(list_) if list_ else -1 for list_ in wanted]
    named: NDArray[np.float64] = share[:, places] if wanted else share[:, :0]
    return named


def _tag_fit(tag: str, named: tuple[str, ...], vocabulary: Vocabulary) -> float:
    if tag in named:
        return 1.0
    wide = vocabulary.wider(tag)
    return 0.5 if any(other in wide or tag in vocabulary.wider(other) for other in named) else 0.0


def _or_nan(value: float | None) -> float:
    return np.nan if value is None else value
