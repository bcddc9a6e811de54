"""Cities are one place where their startups go to the same partners."""

import numpy as np
import pytest
from scipy import sparse

from matcher.steps.cities import city_likeness, city_word


def likeness(*companies):
    """companies: (city, partner) by number."""
    cities, partners = zip(*companies, strict=True)
    group = sparse.csr_array((np.ones(len(companies)), (np.arange(len(companies)), partners)))
    return city_likeness(np.array(cities, np.int32), group, max(cities) + 1).toarray()


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
    assert likeness((-1, 0), (0, 0), (1, 1)).shape == (2, 2)


def test_a_name_is_a_city_within_its_country():
    assert city_word("GB", "Cambridge") != city_word("US", "Cambridge")
    assert city_word("GB", " CAMBRIDGE ") == city_word("GB", "cambridge")
    assert city_word("GB", None) == ""
