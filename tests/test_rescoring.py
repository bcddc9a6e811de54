"""A startup is matched with so many versions of its profile a UTC day, and the same version again costs nothing."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from matcher.errors import NotAllowed
from matcher.rescoring import count_rescorings
from matcher.settings import settings_of
from tests.builders import a_startup
from tests.workspaces import a_workspace, put

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
VERSIONS = [a_startup("s1", summary=f"Sensors for {number} clinics.") for number in range(12)]


@pytest.fixture
def workspace(tmp_path):
    return put(a_workspace(tmp_path, rescorings_a_day=3), startups=[VERSIONS[0], a_startup("s2")])


def test_ten_versions_a_day_are_matched_where_nothing_else_is_set(tmp_path, monkeypatch):
    workspace = a_workspace(tmp_path)
    for version in VERSIONS[:10]:
        count_rescorings(workspace, [version], NOON)
    with pytest.raises(NotAllowed):
        count_rescorings(workspace, [VERSIONS[10]], NOON)
    monkeypatch.setenv("MATCHER_RESCORINGS_A_DAY", "4")
    assert settings_of().rescorings_a_day == 4


def test_one_more_is_refused_in_a_sentence_that_says_when_it_goes_on(workspace):
    for version in VERSIONS[:3]:
        count_rescorings(workspace, [version], NOON)
    with pytest.raises(NotAllowed) as refusal:
        count_rescorings(workspace, [VERSIONS[3]], NOON)
    assert str(refusal.value) == (
        "'s1' has been matched with 3 versions of its profile today, which is all a day allows; another version can be "
        "matched from 2026-11-25 00:00 UTC."
    )


def test_a_version_that_was_counted_today_costs_nothing_also_when_all_are_used_up(workspace):
    for version in (VERSIONS[0], VERSIONS[0], VERSIONS[1], VERSIONS[0], VERSIONS[2]):
        count_rescorings(workspace, [version], NOON)
    count_rescorings(workspace, VERSIONS[:3], NOON)


def test_each_startup_has_its_own_and_a_refusal_counts_for_nobody(workspace):
    for version in VERSIONS[:3]:
        count_rescorings(workspace, [version], NOON)
    others = [a_startup("s0", summary=f"Cheap pump number {number}.") for number in range(3)]
    for other in others:
        with pytest.raises(NotAllowed, match=r"^'s1' "):
            count_rescorings(workspace, [VERSIONS[3], other], NOON)
    for other in others:
        count_rescorings(workspace, [other], NOON)


def test_it_goes_on_when_it_was_said_to_wherever_the_clock_stands(workspace):
    """Midnight of UTC is 05:30 in India."""
    india = timezone(timedelta(hours=5, minutes=30))
    midnight = datetime(2026, 11, 25, 5, 30, tzinfo=india)
    for version in VERSIONS[:3]:
        count_rescorings(workspace, [version], midnight - timedelta(minutes=1))
    with pytest.raises(NotAllowed, match="from 2026-11-25 00:00 UTC"):
        count_rescorings(workspace, [VERSIONS[3]], midnight - timedelta(seconds=1))
    count_rescorings(workspace, [VERSIONS[3]], midnight)
