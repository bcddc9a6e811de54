"""Tags: what a profile says of technologies, places and sensitive areas, each with the words that say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TECHNOLOGY, REGION, NATIONAL_SECURITY = "technology", "region", "national-security"
TAG_KINDS = (TECHNOLOGY, REGION, NATIONAL_SECURITY)


@dataclass(frozen=True, kw_only=True)
class Topic:
    """Something to be tagged. kind: one of TAG_KINDS.

    technologies: ids of stated technologies that name it. terms: words that name it in a text; one with a capital
    letter only as it is written. unless: phrases in which a term means another thing.
    """

    kind: str
    id: str
    label: str
    technologies: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TagEvidence:
    """What a tag rests on: a field of a record (kind and id).

    In a text, quote is the sentence, text[start:end], and term the words in it that name the topic. Of a list, quote is
    the entry as it is stored, and start and end are None.
    """

    kind: str
    id: str
    field: str
    quote: str
    start: int | None = None
    end: int | None = None
    term: str | None = None


@dataclass(frozen=True, kw_only=True)
class Tag:
    """A topic that a profile names. advice: what to do about it, where there is something; never a verdict."""

    kind: str
    id: str
    label: str
    evidence: tuple[TagEvidence, ...]
    advice: str | None = None


@dataclass(frozen=True)
class Topics:
    """Everything that is tagged from words. security_as_of: the day of the list of areas; advice: what it says."""

    topics: tuple[Topic, ...] = ()
    security_as_of: str = ""
    security_source: str = ""
    advice: str = ""


def topics_from(technologies: Mapping[str, Any], security: Mapping[str, Any]) -> Topics:
    """From the contents of data/reference/priority_technologies.json and national_security.json."""
    return Topics(
        topics=(
            *(_topic(TECHNOLOGY, row) for row in technologies["technologies"]),
            *(_topic(NATIONAL_SECURITY, row) for row in security["areas"]),
        ),
        security_as_of=security["as_of"],
        security_source=security["source"],
        advice=security["advice"],
    )


def _topic(kind: str, row: Mapping[str, Any]) -> Topic:
    lists = {name: tuple(value) for name, value in row.items() if isinstance(value, list)}
    return Topic(kind=kind, **{**row, **lists})
