"""Links are looked up by the ids of both sides, each once, or refused all together."""

import pytest

from matcher.errors import BadInput, NotFound
from matcher.steps.links import link_places

STARTUPS, PARTNERS = ("s1", "s2"), ("p1", "p2", "p3")


def test_places_are_by_startup_then_partner_each_link_once():
    links = [("s2", "p3"), ("s1", "p2"), ("s2", "p1"), ("s1", "p2")]
    startups, partners = link_places(links, STARTUPS, PARTNERS)
    assert startups.tolist() == [0, 1, 1]
    assert partners.tolist() == [1, 0, 2]


def test_unknown_ids_are_refused_with_the_first_few_and_how_many():
    links = [("s1", "p1"), *((f"new{n}", "p1") for n in range(5)), ("s1", "p9"), ("s1", "p9")]
    with pytest.raises(NotFound, match=r"^6 of 7 links cannot .*\('new0', 'new1', 'new2' …\); import them first"):
        link_places(links, STARTUPS, PARTNERS)


def test_a_startup_in_the_place_of_a_partner_is_unknown_there():
    with pytest.raises(NotFound, match=r"\('s1'\)"):
        link_places([("s2", "s1")], STARTUPS, PARTNERS)


def test_nothing_to_look_up_is_refused():
    with pytest.raises(BadInput, match="no links"):
        link_places([], STARTUPS, PARTNERS)
