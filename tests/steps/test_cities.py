"""Cities are one place where their startups go to the same partners."""

import numpy as np
import pytest
from scipy import sparse

from matcher.steps.cities import city_counts, city_likeness, city_word, likeness_without


def counts(*companies):
    """companies: (city, partner) by number."""
    cities, partners = zip(*companies, strict=True)
    group = sparse.csr_array((np.ones(len(companies)), (np.arange(len(companies)), partners)))
    return city_counts(np.array(cities, np.int32), group, max(cities) + 1)


def likeness(*companies):
    return city_likeness(counts(*companies)).toarray()


def test_a_city_is_wholly_like_itself_and_a_suburb_that_shares_its_partners_nearly():
    alike = likeness(*[(0, 0)] * 20, *[(1, 0)] * 20, *[(2, 1)] * 40)
    assert np.diag(alike).tolist() == [1, 1, 1]
    assert alike[0, 1] > 0.8
    assert alike[0, 2] == alike[1, 2] == 0
    assert (alike == alike.T).all()


def test_one_startup_in_common_says_less_than_many():
    few = likeness((0, 0), (1, 0), *[(2, 1)] * 30)[0, 1]
    many = likeness(*[(0, 0)] * 9, *[(1, 0)] * 9, *[(2, 1)] * 30)[0, 1]
    assert 0 < few < many


def test_going_where_everybody_goes_makes_no_two_cities_alike():
    everybody = [(city, partner) for city in (0, 1) for partner in (0, 1) for _ in range(10)]
    assert likeness(*everybody)[0, 1] == pytest.approx(0)


def test_a_company_without_a_city_is_of_no_city():
    assert likeness((-1, 0), (0, 0), (1, 1)).tolist() == likeness((0, 0), (1, 1)).tolist()
    assert counts((-1, 0), (0, 0), (1, 1)).toarray().tolist() == [[1, 0], [0, 1]]


def test_without_some_startups_of_a_city_it_is_as_like_the_others_as_if_they_had_never_been():
    others = [*[(0, 0)] * 4, *[(1, 0)] * 6, *[(2, 1)] * 30]
    own = [(0, 0), (0, 1)]
    row = likeness_without(counts(*others, *own), 0, np.array([1.0, 1.0]))
    assert row.tolist() == likeness(*others)[0].tolist()
    assert row.tolist() != likeness(*others, *own)[0].tolist()


def test_a_name_is_a_city_within_its_country():
    assert city_word("GB", "Cambridge") != city_word("US", "Cambridge")
    assert city_word("GB", " CAMBRIDGE ") == city_word("GB", "cambridge")
    assert city_word("GB", None) == ""
