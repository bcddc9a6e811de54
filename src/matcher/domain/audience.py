"""For whom a result is put into words: staff are shown points and names, a startup or a partner bands and counts."""

from __future__ import annotations

from enum import StrEnum


class Audience(StrEnum):
    """Who will read it."""

    STARTUP = "startup"
    PARTNER = "partner"
    STAFF = "staff"

    @property
    def sees_points(self) -> bool:
        """Whether they are shown scores and points, flags, and who else has which meeting: staff alone are."""
        return self is Audience.STAFF
