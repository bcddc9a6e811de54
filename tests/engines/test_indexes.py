"""FAISS against the reference: one contract for both, and the same bits from both."""

from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.engines.exact_index import ExactIndex
from matcher.engines.faiss_index import FaissIndex
from tests.engines.contracts import IndexContract, assert_same, by_integers, on_grid, random_rows


class TestExactIndex(IndexContract):
    make = ExactIndex


class TestFaissIndex(IndexContract):
    make = FaissIndex


@pytest.mark.parametrize("make", [ExactIndex, FaissIndex])
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_the_answer_is_that_of_whole_numbers_with_many_ties(make, data):
    vectors = st.lists(st.integers(-1, 1), min_size=3, max_size=3)
    rows = on_grid(data.draw(st.lists(vectors, min_size=1, max_size=150)))
    queries = on_grid(data.draw(st.lists(vectors, min_size=1, max_size=8)))
    start = data.draw(st.integers(0, len(rows)))
    stop = data.draw(st.integers(start, len(rows)))
    at_most = data.draw(st.integers(1, 160))
    assert_same(make(rows).nearest(queries, at_most, start, stop), by_integers(rows, queries, at_most, start, stop))


@pytest.mark.parametrize("queries", [1, 4, 5, 21, 333, 334, 1000])
@pytest.mark.parametrize("at_most", [1, 99, 100, 3000])
def test_faiss_gives_the_bits_of_the_reference(queries, at_most):
    rows = random_rows(3000)
    asked = random_rows(queries, seed=2)
    assert_same(FaissIndex(rows).nearest(asked, at_most, 10, 2990), ExactIndex(rows).nearest(asked, at_most, 10, 2990))


def test_faiss_and_the_reference_agree_on_a_crowd_of_copies():
    rows = np.repeat(random_rows(40), 60, axis=0)[np.random.default_rng(3).permutation(2400)]
    asked = random_rows(200, seed=4)
    for at_most in (1, 59, 60, 61, 130):
        assert_same(
            FaissIndex(rows).nearest(asked, at_most, 0, 2400), ExactIndex(rows).nearest(asked, at_most, 0, 2400)
        )


def test_faiss_keeps_its_own_copy_of_the_rows():
    rows = random_rows(20, 8)
    index = FaissIndex(rows)
    rows[:] = 0
    assert_same((index.rows,), (random_rows(20, 8),))


def test_faiss_answers_many_threads_at_once():
    rows = random_rows(2000)
    index = FaissIndex(rows)
    alone = index.nearest(rows[:50], 10, 0, 2000)
    with ThreadPoolExecutor(8) as pool:
        for answer in pool.map(lambda _: index.nearest(rows[:50], 10, 0, 2000), range(40)):
            assert_same(answer, alone)


def test_faiss_answers_in_a_forked_child():
    rows = random_rows(2000)
    index = FaissIndex(rows)
    index.nearest(rows[:500], 10, 0, 2000)
    child = get_context("fork").Process(target=index.nearest, args=(rows[:500], 10, 0, 2000))
    child.start()
    child.join(60)
    child.kill()
    assert child.exitcode == 0
