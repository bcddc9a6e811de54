"""What every index and every embedder must do, whichever library is behind it. Subclasses say how one is made."""

import numpy as np
import pytest

from matcher.domain.language import LANGUAGE_NAMES
from matcher.steps.vectors import STEPS, from_grid, to_grid


def on_grid(rows):
    return from_grid(to_grid(np.asarray(rows, np.float64)))


def random_rows(count, dimension=384, seed=0):
    return on_grid(np.random.default_rng(seed).standard_normal((count, dimension)))


def by_integers(rows, queries, at_most, start, stop):
    """The answer in whole numbers, where nothing is rounded."""
    whole_rows, whole_queries = (np.rint(part * STEPS).astype(np.int64) for part in (rows, queries))
    similarities = np.full((len(queries), at_most), -np.inf, np.float32)
    found = np.full((len(queries), at_most), -1, np.int64)
    for query, products in enumerate(whole_queries @ whole_rows[start:stop].T):
        best = np.lexsort((np.arange(len(products)), -products))[:at_most]
        similarities[query, : len(best)] = products[best] / STEPS**2
        found[query, : len(best)] = best + start
    return similarities, found


def assert_same(one, other):
    for first, second in zip(one, other, strict=True):
        assert first.dtype == second.dtype
        assert first.tobytes() == second.tobytes()


NORTH, EAST, SOUTH, WEST, NORTH_EAST = (0, 1), (1, 0), (0, -1), (-1, 0), (1, 1)


class IndexContract:
    """`make(rows)` gives the index."""

    def nearest_rows(self, rows, query, at_most, start=0, stop=None):
        _, found = self.make(on_grid(rows)).nearest(
            on_grid([query]), at_most, start, len(rows) if stop is None else stop
        )
        return found[0].tolist()

    def test_the_nearest_come_first(self):
        assert self.nearest_rows([SOUTH, WEST, EAST, NORTH_EAST], EAST, 4) == [2, 3, 0, 1]

    def test_the_similarity_is_the_cosine(self):
        similarities, _ = self.make(on_grid([NORTH, EAST, NORTH_EAST, WEST])).nearest(on_grid([EAST]), 4, 0, 4)
        assert similarities[0] == pytest.approx([1, 2**-0.5, 0, -1], abs=0.003)

    def test_rows_equally_near_come_in_their_order(self):
        assert self.nearest_rows([NORTH, EAST, NORTH, EAST, NORTH], EAST, 5) == [1, 3, 0, 2, 4]

    @pytest.mark.parametrize("at_most", [1, 7, 99, 100, 150])
    def test_of_rows_tied_at_the_cut_the_lowest_are_kept(self, at_most):
        rows = [NORTH_EAST] * 200
        rows[170] = EAST
        assert self.nearest_rows(rows, EAST, at_most) == [170, *range(at_most - 1)]

    def test_only_rows_of_the_range_are_found(self):
        assert self.nearest_rows([EAST, NORTH, WEST, EAST], EAST, 2, start=1, stop=3) == [1, 2]

    def test_where_rows_are_fewer_than_asked_the_rest_is_marked_empty(self):
        similarities, found = self.make(on_grid([EAST, NORTH])).nearest(on_grid([EAST]), 4, 1, 2)
        assert found.tolist() == [[1, -1, -1, -1]]
        assert similarities.tolist() == [[0, -np.inf, -np.inf, -np.inf]]

    @pytest.mark.parametrize(("start", "stop"), [(2, 2), (3, 1), (9, 12), (-3, 0)])
    def test_an_empty_range_finds_nothing(self, start, stop):
        assert self.nearest_rows([EAST] * 4, EAST, 2, start, stop) == [-1, -1]

    def test_a_range_past_the_ends_is_cut(self):
        assert self.nearest_rows([EAST, NORTH], EAST, 2, start=-5, stop=99) == [0, 1]

    def test_no_rows_no_queries_and_nothing_asked(self):
        one, none = on_grid([EAST]), np.zeros((0, 2), np.float32)
        assert self.make(none).nearest(one, 3, 0, 0)[1].tolist() == [[-1, -1, -1]]
        assert self.make(one).nearest(none, 3, 0, 1)[1].shape == (0, 3)
        assert self.make(one).nearest(one, 0, 0, 1)[0].shape == (1, 0)

    def test_a_row_of_zeros_is_at_right_angles_to_all(self):
        similarities, found = self.make(on_grid([WEST, (0, 0), EAST])).nearest(-on_grid([(0, 0), EAST]), 3, 0, 3)
        assert found.tolist() == [[0, 1, 2], [0, 1, 2]]
        assert not np.signbit(similarities[0]).any()
        assert not np.signbit(similarities[1, 1])

    def test_queries_and_rows_stay_as_they_were(self):
        rows = random_rows(50, 8)
        queries = rows[:5].copy()
        self.make(rows).nearest(queries, 3, 0, 50)
        assert_same((rows, queries), (random_rows(50, 8), rows[:5]))

    def test_one_query_a_few_and_a_thousand_give_the_same_bits(self):
        rows = random_rows(1500)
        index = self.make(rows)
        at_once = index.nearest(rows[:1000], 20, 100, 1400)
        for size in (1, 3, 4, 19, 333, 334):
            part = index.nearest(rows[600 : 600 + size], 20, 100, 1400)
            assert_same(part, [answer[600 : 600 + size] for answer in at_once])

    @pytest.mark.parametrize("at_most", [1, 10, 100, 700])
    def test_the_answer_is_that_of_whole_numbers(self, at_most):
        rows, queries = random_rows(900), random_rows(40, seed=1)
        assert_same(self.make(rows).nearest(queries, at_most, 150, 850), by_integers(rows, queries, at_most, 150, 850))


TEXTS = (
    "Drones that inspect wind turbines at sea.",
    "A blood test for sepsis in ten minutes.",
    "Drones inspecting offshore wind turbines.",
    "",
    "  \n",
    "!!! ???",
    "日本の水素",
    "Robots. " * 400,
)


class EmbedderContract:
    """The fixture `embedder` gives one."""

    def test_every_vector_has_length_one(self, embedder):
        rows = embedder.encode(TEXTS)
        assert rows.dtype == np.float32
        assert rows.shape == (len(TEXTS), embedder.dimension)
        assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-6)

    def test_no_texts_give_no_rows(self, embedder):
        assert embedder.encode([]).shape == (0, embedder.dimension)

    def test_the_order_of_the_texts_is_kept(self, embedder):
        forward, backward = embedder.encode(TEXTS), embedder.encode(TEXTS[::-1])
        assert_same((forward,), (backward[::-1].copy(),))

    def test_a_text_has_one_vector_whatever_else_is_encoded(self, embedder):
        together = embedder.encode([*TEXTS, *TEXTS[:3], *(f"Company {number} makes pumps." for number in range(40))])
        alone = np.concatenate([embedder.encode([text]) for text in TEXTS])
        assert_same((together[: len(TEXTS)], together[len(TEXTS) : len(TEXTS) + 3]), (alone, alone[:3]))

    def test_like_texts_are_nearer_than_unlike_ones(self, embedder):
        drones, blood, more_drones = embedder.encode(TEXTS[:3])
        assert drones @ more_drones > drones @ blood + 0.2

    def test_the_id_says_more_than_the_dimension(self, embedder):
        assert isinstance(embedder.id, str)
        assert len(embedder.id) > len(str(embedder.dimension))

    def test_it_says_which_languages_it_knows(self, embedder):
        assert embedder.languages is None or (embedder.languages and embedder.languages <= LANGUAGE_NAMES.keys())
