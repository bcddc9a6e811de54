"""Startups and partners as they describe themselves, and what is known of their past."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Money:
    """An amount in whole minor units (pence, cents) of an ISO 4217 currency."""

    minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class Startup:
    """An overseas startup. Lists are empty, and everything else None, where nothing was said."""

    id: str
    name: str
    country: str | None = None
    summary: str | None = None
    city: str | None = None
    hub: str | None = None
    sectors: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    stage: str | None = None
    founded: str | None = None
    website: str | None = None
    raising: Money | None = None
    raised: Money | None = None
    seeks: tuple[str, ...] = ()
    uk_entity: str | None = None
    women_led: str | None = None
    investment_ready: bool | None = None
    market_ready: bool | None = None
    source_programme: str | None = None
    languages: tuple[str, ...] = ()
    time_zone: str | None = None
    contact_name: str | None = None
    contact_email: str | None = None


@dataclass(frozen=True, kw_only=True)
class Partner:
    """A UK-side organisation that meets startups: investor, accelerator, corporate, adviser and so on."""

    id: str
    name: str
    kind: str
    thesis: str | None = None
    country: str | None = None
    city: str | None = None
    region: str | None = None
    sectors: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    ticket_min: Money | None = None
    ticket_max: Money | None = None
    requires_uk_entity: bool | None = None
    requires_eis_seis: bool | None = None
    excludes: tuple[str, ...] = ()
    capacity: int | None = None
    website: str | None = None
    time_zone: str | None = None
    contact_name: str | None = None
    contact_email: str | None = None


@dataclass(frozen=True, kw_only=True)
class PortfolioCompany:
    """A company a partner backed before, as the partner tells it. `id` is made of partner and name."""

    id: str
    partner_id: str
    name: str
    summary: str
    sectors: tuple[str, ...] = ()
    country: str | None = None
    year: int | None = None


@dataclass(frozen=True, kw_only=True)
class Brief:
    """A challenge a partner wants answered."""

    id: str
    partner_id: str
    title: str
    need: str
    sectors: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    must_have: str | None = None
    deadline: str | None = None


@dataclass(frozen=True, kw_only=True)
class HistoryRecord:
    """One thing that happened between a startup and a partner. `id` is made of its parties, outcome, date, programme.

    date: a day, a month or a year as ISO 8601 (2024-03-08, 2024-03, 2024).
    """

    id: str
    startup_id: str
    partner_id: str
    outcome: str
    date: str | None = None
    programme: str | None = None
    value: Money | None = None
    value_kind: str | None = None
    source: str | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Participation:
    """That a startup reached a stage (one of STATES) of a programme. `id` is made of startup, programme and state."""

    id: str
    startup_id: str
    programme: str
    state: str
    date: str | None = None


@dataclass(frozen=True, kw_only=True)
class Availability:
    """When a startup or partner can meet. Whoever has none for a programme is there all the time.

    begins, ends: a day (2027-03-08) or a minute (2027-03-08T09:30), in the programme's time zone unless an offset is
    written (2027-03-08T09:30+02:00); a day that ends is there to its end. `id` is made of all four.
    """

    id: str
    party_id: str
    programme: str
    begins: str
    ends: str


Record = Startup | Partner | PortfolioCompany | Brief | HistoryRecord | Participation | Availability

RECORD_TYPES: dict[str, type[Record]] = {
    "startup": Startup,
    "partner": Partner,
    "portfolio": PortfolioCompany,
    "brief": Brief,
    "history": HistoryRecord,
    "participation": Participation,
    "availability": Availability,
}
