"""How often a startup may be matched anew in its own view: with so many versions of its profile a day, no more.

Whoever may try a hundred wordings a day and watch the bands can feel a way to a text that fits everybody.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from matcher.domain import codec
from matcher.domain.profile import Startup
from matcher.errors import NotAllowed
from matcher.store import rescorings
from matcher.workspace import Workspace


def count_rescorings(workspace: Workspace, startups: Iterable[Startup], now: datetime) -> None:
    """Count what each of these says now, unless it was counted today: days are those of UTC.

    now: with a time zone. Raises NotAllowed, and counts for nobody, when one of them has had its versions for today.
    """
    day = _utc(now).date().isoformat()
    with workspace.writing() as connection:
        for startup in sorted(startups, key=lambda one: one.id):  # in one order, so that no two doors lock each other
            version = codec.version("startup", codec.to_json(startup))
            before = rescorings.versions(connection, startup.id, day)
            if version in before:
                continue
            if len(before) >= workspace.rescorings_a_day:
                raise NotAllowed(_spent(startup.id, len(before), now))
            rescorings.keep(connection, startup.id, day, version)


def _spent(startup_id: str, count: int, now: datetime) -> str:
    tomorrow = (_utc(now) + timedelta(days=1)).date()
    versions = "1 version" if count == 1 else f"{count} versions"
    return (
        f"'{startup_id}' has been matched with {versions} of its profile today, which is all a day allows; another "
        f"version can be matched from {tomorrow} 00:00 UTC."
    )


def _utc(now: datetime) -> datetime:
    return now.astimezone(UTC)
