"""A corridor edition matches startups of one country with startups of another: the second side stands as partners."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.domain.profile import Partner, Startup
from matcher.domain.programme import Programme
from matcher.domain.vocabulary import STARTUP_KIND


def two_sides(
    startups: Sequence[Startup], programme: Programme
) -> tuple[tuple[Startup, ...], tuple[Startup, ...], tuple[Partner, ...]]:
    """The startups of this side, those of the other, and the other's as partners; each in the order given.

    The programme names the countries of the sides, this one's first. Whoever is of neither country stays on this side,
    where the edition's rules refuse it by name.
    """
    _, other = programme.countries
    others = tuple(startup for startup in startups if startup.country == other)
    own = tuple(startup for startup in startups if startup.country != other)
    return own, others, tuple(map(as_partner, others))


def stored_field(partner: Partner, field: str) -> tuple[str, str]:
    """The kind of record and the field in which a value of a partner is stored; a startup's thesis is its summary."""
    if partner.kind != STARTUP_KIND:
        return "partner", field
    return "startup", "summary" if field == "thesis" else field


def as_partner(startup: Startup) -> Partner:
    """A startup as the other side of a pair: what it says of itself is what the pair is matched by.

    It states no conditions; whom it may meet is the corridor's to say.
    """
    return Partner(
        id=startup.id,
        name=startup.name,
        kind=STARTUP_KIND,
        thesis=startup.summary,
        country=startup.country,
        city=startup.city,
        sectors=startup.sectors,
        technologies=startup.technologies,
        website=startup.website,
        time_zone=startup.time_zone,
        contact_name=startup.contact_name,
        contact_email=startup.contact_email,
    )
