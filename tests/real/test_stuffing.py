"""Stuffing a summary gains nothing on real records, and staff see it; honest profiles are left alone."""

import sys

import pytest

from tests.real.stuffing import ATTACKERS, measure, print_results

pytestmark = pytest.mark.long

MOST_ENTERED, MOST_GAIN = 0.02, 5
LEAST_FLAGGED, MOST_HONEST_FLAGGED = 0.9, 0.01


@pytest.fixture(scope="module")
def measured(shared_data, tmp_path_factory):
    results, honest = measure(None, tmp_path_factory.mktemp("stuffing"))
    print_results(results, honest, sys.stdout)
    return [one for one in results if one.counts], honest


@pytest.mark.parametrize("side", [0, 1], ids=["its own list", "the partner's list"])
def test_who_stuffs_reaches_no_top_ten_and_gains_no_ranks(measured, side):
    results, _ = measured
    profiles = sum(one.profiles for one in results)
    assert sum(one.entered[side] for one in results) <= MOST_ENTERED * profiles
    single = [one for one in results if one.profiles == ATTACKERS]
    assert sum(one.entered[side] for one in single) <= MOST_ENTERED * sum(one.profiles for one in single)
    assert {one.attack: one.medians()[side] for one in results if one.medians()[side] > MOST_GAIN} == {}


def test_staff_see_who_stuffs(measured):
    results, _ = measured
    blatant = [one for one in results if one.blatant]
    assert {one.attack: one.flagged for one in blatant if one.flagged < LEAST_FLAGGED * one.profiles} == {}


def test_honest_profiles_are_left_alone(measured):
    _, honest = measured
    assert honest <= MOST_HONEST_FLAGGED
