"""History is cut by the year in which each startup first went with a partner, and by what is known before it."""

import numpy as np
import pytest

from matcher.domain.profile import HistoryRecord, PortfolioCompany
from matcher.steps.folds import (
    HELD_OUT,
    LEAST_STARTUPS,
    MOST_FOLDS,
    MOST_STARTUPS,
    Fold,
    dated,
    dated_portfolio,
    folds,
    known_by,
    linked,
    split,
    too_little,
    without_thesis,
)
from tests.builders import a_partner

TODAY = "2026-11-24"
PARTNERS = {"p1", "p2"}


def went(startup, date, partner="p1", outcome="invested"):
    return HistoryRecord(
        id=f"{startup}|{partner}|{outcome}|{date}",
        startup_id=startup,
        partner_id=partner,
        outcome=outcome,
        date=date,
    )


def a_year(year, count=LEAST_STARTUPS, **said):
    return [went(f"s{year}-{at:04}", str(year), **said) for at in range(count)]


def cut(history, as_of=TODAY, startups=None):
    return folds(history, startups or {record.startup_id for record in history}, PARTNERS, as_of)


def a_fold(year, count):
    startups = tuple(f"s{year}-{at:04}" for at in range(count))
    return Fold(year=year, as_of=f"{year - 1}-12-31", startups=startups, partners=(("p1",),) * count)


def test_a_year_is_a_fold_told_from_the_day_before_it_and_the_first_is_none():
    made = cut([*a_year(2020), *a_year(2021), *a_year(2022)])
    assert [(fold.year, fold.as_of) for fold in made] == [(2021, "2020-12-31"), (2022, "2021-12-31")]
    assert made[0].startups == tuple(f"s2021-{at:04}" for at in range(LEAST_STARTUPS))


def test_a_year_of_few_startups_is_no_fold():
    assert [fold.year for fold in cut([*a_year(2020), *a_year(2021, LEAST_STARTUPS - 1), *a_year(2022)])] == [2022]


def test_the_first_year_may_be_of_few_startups():
    assert [fold.year for fold in cut([*a_year(2020, 1), *a_year(2021)])] == [2021]


def test_a_startup_belongs_to_the_year_of_its_first_partner_and_is_told_with_all_it_went_with():
    history = [*a_year(2020), *a_year(2021), *a_year(2022), went("s2021-0003", "2022-05", "p2")]
    made = cut(history)
    assert made[0].partners[3] == ("p1", "p2")
    assert made[0].partners[4] == ("p1",)
    assert "s2021-0003" not in made[1].startups


def test_what_a_startup_did_after_a_day_can_be_left_out():
    history = [*a_year(2019), *a_year(2020), went("s2020-0000", "2022-05", partner="p2")]
    (fold,) = cut(history)
    assert fold.partners[0] == ("p1", "p2")
    assert known_by(fold, history, "2021-12-31").partners[0] == ("p1",)
    assert known_by(fold, history, "2019-12-31").partners[0] == ()
    assert known_by(fold, history, "2022-12-31") == fold


def test_only_what_came_to_something_counts_and_only_with_a_date():
    others = [went("met", "2021", outcome="met"), went("undated", None), went("declined", "2021", outcome="no_show")]
    made = cut([*a_year(2020), *a_year(2021), *others])
    assert len(made[0].startups) == LEAST_STARTUPS


def test_startups_and_partners_that_are_not_known_are_left_out():
    history = [*a_year(2020), *a_year(2021, LEAST_STARTUPS + 2), went("s2021-0000", "2021", "somebody else")]
    known = {record.startup_id for record in history} - {"s2021-0001"}
    (made,) = cut(history, startups=known)
    assert len(made.startups) == LEAST_STARTUPS + 1
    assert made.partners[0] == ("p1",)


@pytest.mark.parametrize("as_of", ["2021-12-31", "2022-06-30"])
def test_what_happens_after_the_as_of_date_changes_nothing(as_of):
    history = [*a_year(2020), *a_year(2021), went("s2021-0003", "2022-03", "p2")]
    later = [went("s2021-0004", "2022-07", "p2"), went("s2021-0005", "2023", "p2"), *a_year(2024)]
    made = cut([*history, *later], as_of)
    assert made == cut(history, as_of)
    assert (made[0].partners[3] == ("p1", "p2")) == (as_of > "2022-03")


def test_the_order_of_rows_changes_nothing():
    history = [*a_year(2020), *a_year(2021, MOST_STARTUPS + 50), *a_year(2022)]
    assert cut(history) == cut(history[::-1])


def test_the_latest_years_and_a_draw_of_each_are_enough():
    history = [record for year in range(2000, 2012) for record in a_year(year)]
    history += a_year(2012, MOST_STARTUPS + 50)
    made = cut(history)
    assert [fold.year for fold in made] == list(range(2012 - MOST_FOLDS + 1, 2013))
    drawn = made[-1].startups
    assert len(set(drawn)) == len(made[-1].partners) == MOST_STARTUPS
    assert list(drawn) == sorted(drawn)
    assert drawn[-1] > f"s2012-{MOST_STARTUPS:04}"


def test_the_latest_folds_with_enough_startups_are_held_out():
    made = [a_fold(2019, 40), a_fold(2020, 40), a_fold(2021, 20), a_fold(2022, 20)]
    earlier, later = split(made)
    assert [fold.year for fold in earlier] == [2019, 2020]
    assert [fold.year for fold in later] == [2021, 2022]
    assert sum(len(fold.startups) for fold in later) >= HELD_OUT * 120


def test_the_first_fold_is_never_held_out():
    assert [len(part) for part in split([a_fold(2021, 500), a_fold(2022, 10)])] == [1, 1]


def test_fewer_than_two_folds_hold_nothing_out():
    assert split([]) == ((), ())
    assert [len(part) for part in split([a_fold(2021, 500)])] == [1, 0]


def test_what_is_missing_is_one_sentence_with_the_way_out():
    for made, there in (([], "there is none"), ([a_fold(2021, 10)], "only 2021 is one")):
        said = too_little(made, TODAY)
        assert there in said
        assert TODAY in said
        assert str(LEAST_STARTUPS) in said
        assert "`matcher import history FILE`" in said
        assert "\n" not in said


def test_links_are_laid_out_by_startup_and_partner():
    fold = Fold(year=2021, as_of="2020-12-31", startups=("a", "b"), partners=(("p3",), ("p1", "p3")))
    assert np.array_equal(linked(fold, ["p1", "p2", "p3"]), [[False, False, True], [True, False, True]])


def test_records_without_a_date_may_be_of_any_time():
    history = a_year(2020, 1)
    assert dated([went("x", None), *history]) == tuple(history)
    told = PortfolioCompany(id="p1/a", partner_id="p1", name="A", summary="Clinics.", year=2020)
    undated = PortfolioCompany(id="p1/b", partner_id="p1", name="B", summary="Clinics.")
    assert dated_portfolio([undated, told]) == (told,)


def test_a_partner_without_its_thesis_is_otherwise_the_same():
    assert without_thesis([a_partner("p1", sectors=("health",))]) == (
        a_partner("p1", sectors=("health",), thesis=None),
    )
