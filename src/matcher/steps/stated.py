"""What both sides of a pair state in so many words, in numbers: tags, stage, country, ticket and what is sought."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.domain.money import Rates
from matcher.domain.profile import Partner, Startup
from matcher.domain.vocabulary import HELPS_GET_READY, KINDS_FOR, Vocabulary
from matcher.steps.admit import MET, PARTNER_RULES, Admission, sizes
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
    raising = sizes([startup.raising for startup in startups], rates)[0][pairs.startup]
    most = sizes([partner.ticket_max for partner in partners], rates)[0][pairs.partner]
    covered = np.where(np.isnan(most), 1.0, np.minimum(1.0, most / np.where(raising > 0, raising, np.nan)))
    gives = np.full((len(startups), len(partners)), np.nan)
    for row, startup in enumerate(startups):
        if startup.seeks:
            share = {kind: 0.0 for kind in {partner.kind for partner in partners}}
            for kind in share:
                share[kind] = sum(kind in KINDS_FOR[sought] for sought in startup.seeks) / len(startup.seeks)
            gives[row] = [share[partner.kind] for partner in partners]
    helps = np.array([HELPS_GET_READY.get(partner.kind, 0.0) for partner in partners])
    unready = np.array([startup.investment_ready is False for startup in startups], bool)
    # A narrower word has no vote beside its sector: saying more closely what one does is not another sector.
    sectors = [
        tuple(
            tag
            for tag in startup.sectors
            if not (vocabulary.is_part(tag) and vocabulary.sector(tag) in startup.sectors)
        )
        for startup in startups
    ]
    sector = _share_named(sectors, [partner.sectors for partner in partners], vocabulary)
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
        "ready": np.where(unready[pairs.startup], helps[pairs.partner], np.nan),
    }


def _share_named(
    said: Sequence[tuple[str, ...]], wanted: Sequence[tuple[str, ...]], vocabulary: Vocabulary
) -> NDArray[np.float64]:
    """(n, m) the share of one side's tags that the other names, NaN where either names none.

    A tag counts half where the other side names only a wider or narrower one.
    """
    tags = {tag: code for code, tag in enumerate(sorted({tag for own in said for tag in own}))}
    items = {item: code for code, item in enumerate(sorted({item for list_ in wanted for item in list_}))}
    lists = {list_: code for code, list_ in enumerate(dict.fromkeys(wanted))}
    same = [(tags[item], code) for item, code in items.items() if item in tags]
    near = [(code, items[wide]) for tag, code in tags.items() for wide in vocabulary.wider(tag) if wide in items]
    near += [(tags[wide], code) for item, code in items.items() for wide in vocabulary.wider(item) if wide in tags]
    named = _marks([(items[item], code) for list_, code in lists.items() for item in list_], (len(items), len(lists)))
    owned = _marks([(row, tags[tag]) for row, own in enumerate(said) for tag in own], (len(said), len(tags)))
    # Sums of halves are exact, so that the order of adding does not matter.
    fit = sum(((_marks(at, (len(tags), len(items))) @ named) > 0).astype(np.float64) for at in (same, near)) / 2
    number = np.array([len(own) or np.nan for own in said], np.float64)
    share = (owned @ fit).toarray() / number[:, None]
    share[:, [code for list_, code in lists.items() if not list_]] = np.nan
    spread: NDArray[np.float64] = share[:, np.array([lists[list_] for list_ in wanted], np.intp)]
    return spread


def _marks(at: Sequence[tuple[int, int]], shape: tuple[int, int]) -> sparse.csr_matrix:
    """Sparse, above 0 at these places; a place named twice counts twice."""
    rows, columns = [place[0] for place in at], [place[1] for place in at]
    return sparse.csr_matrix((np.ones(len(at), np.float64), (rows, columns)), shape=shape)
