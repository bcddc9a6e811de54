"""On the grid, float32 inner products are exact whatever their order."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from matcher.steps.vectors import STEPS, from_grid, to_grid


@given(hnp.arrays(np.float64, (5, 384), elements=st.floats(-1e6, 1e6)))
def test_no_row_is_longer_than_one_and_none_overflows(rows):
    grid = to_grid(rows).astype(np.int64)
    assert ((grid**2).sum(axis=1) <= STEPS**2).all()


def test_inner_products_do_not_depend_on_order_batch_or_precision_of_the_sum():
    rng = np.random.default_rng(7)
    rows = from_grid(to_grid(rng.normal(size=(300, 384))))
    near = from_grid(to_grid(rows + rng.normal(scale=0.01, size=rows.shape)))
    exact = rows.astype(np.float64) @ near.astype(np.float64).T
    assert np.array_equal((rows @ near.T).astype(np.float64), exact)
    shuffled = rng.permutation(384)
    assert np.array_equal(rows[:, shuffled] @ near[:, shuffled].T, rows @ near.T)
    assert np.array_equal(np.stack([rows[i : i + 1] @ near.T for i in range(300)])[:, 0], rows @ near.T)


def test_the_grid_moves_a_cosine_by_less_than_a_thousandth():
    rng = np.random.default_rng(8)
    rows = rng.normal(size=(500, 384))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    moved = from_grid(to_grid(rows))
    assert np.abs(moved @ moved.T - rows @ rows.T)[~np.eye(500, dtype=bool)].max() < 1e-3


def test_a_row_of_zeros_stays_zeros():
    assert not to_grid(np.zeros((1, 8))).any()
