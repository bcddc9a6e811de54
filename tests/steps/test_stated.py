"""What both sides state, in numbers."""

import time

import numpy as np
import pytest

from matcher.domain.profile import Money
from matcher.steps.admit import admit
from matcher.steps.stated import stated
from matcher.wiring import reference
from tests.builders import a_partner, a_startup, scored_pairs

REFERENCE = reference()


def measured(startup, partner):
    """Each stated feature of one pair; None where unknown."""
    pairs = scored_pairs({("s1", "p1"): 0.0})[0]
    admission = admit([startup], [partner], None, REFERENCE.vocabulary, REFERENCE.rates)
    found = stated(pairs, [startup], [partner], admission, REFERENCE.vocabulary, REFERENCE.rates)
    return {name: None if np.isnan(value[0]) else float(value[0]) for name, value in found.items()}


@pytest.mark.parametrize(
    ("own", "theirs", "share"),
    [
        (("crypto",), ("crypto", "health"), 1.0),
        (("crypto",), ("fintech",), 0.5),
        (("fintech",), ("crypto",), 0.5),
        (("crypto", "pets"), ("crypto",), 0.5),
        (("crypto", "pets", "bees"), ("fintech", "bees"), 0.5),
        (("crypto",), ("health",), 0.0),
        ((), ("health",), None),
        (("health",), (), None),
    ],
)
def test_a_sector_both_name_counts_whole_and_a_wider_or_narrower_one_half(own, theirs, share):
    assert measured(a_startup(sectors=own), a_partner(sectors=theirs))["sector"] == share


def test_a_narrower_word_beside_its_sector_is_not_another_sector():
    drugs = a_startup(sectors=REFERENCE.vocabulary.sector_tags("drug discovery"))
    assert measured(drugs, a_partner(sectors=("biotech",)))["sector"] == 1.0
    assert measured(drugs, a_partner(sectors=("health",)))["sector"] == 0.5
    assert measured(drugs, a_partner(sectors=drugs.sectors))["sector"] == 1.0


def test_a_large_raise_is_covered_in_part_also_in_a_currency_without_a_rate():
    francs = [Money(minor=amount, currency="XPF") for amount in (1_000, 4_000)]
    found = measured(a_startup(raising=francs[1]), a_partner(ticket_max=francs[0]))
    assert found["ticket"] == 0.25


def test_ten_thousand_partners_with_lists_of_their_own_are_measured_at_once():
    startups = [a_startup("s1", sectors=("tag 77", "crypto"))]
    partners = [a_partner(f"p{i:05}", sectors=(f"tag {i}", f"other {i}", "fintech")) for i in range(10_000)]
    pairs = scored_pairs({("s1", partner.id): 0.0 for partner in partners})[0]
    admission = admit(startups, partners, None, REFERENCE.vocabulary, REFERENCE.rates)
    began = time.monotonic()
    sector = stated(pairs, startups, partners, admission, REFERENCE.vocabulary, REFERENCE.rates)["sector"]
    assert time.monotonic() - began < 1  # once 9 s; now 0.1
    assert sector[77] == 0.75
    assert set(np.delete(sector, 77)) == {0.25}
