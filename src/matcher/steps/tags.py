"""Tags of a profile: priority technologies, regions and sensitive areas, each with the words that say so.

No match reads them: they are told beside a result and move no score.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from matcher.domain.profile import Brief, Partner, Startup
from matcher.domain.region import Regions
from matcher.domain.tag import NATIONAL_SECURITY, REGION, Tag, TagEvidence, Topic, Topics
from matcher.steps.named import first_mention


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text of a profile: the record and field that it stands in."""

    kind: str
    id: str
    field: str
    text: str | None


@dataclass(frozen=True, kw_only=True)
class Stated:
    """What a profile states in cells of its own. Where nothing was said, empty or None.

    technologies: (place of it, ids). region, city: as written. country: ISO 3166 alpha-2.
    """

    kind: str
    id: str
    technologies: tuple[str, ...] = ()
    region: str | None = None
    city: str | None = None
    country: str | None = None


def tags_of(stated: Sequence[Stated], texts: Sequence[Text], topics: Topics, regions: Regions) -> tuple[Tag, ...]:
    """The tags of a profile: technologies, then regions, then sensitive areas, each in the order of its file.

    Evidence comes in the order given, what is stated before what is said in a text; of a text its first mention.
    """
    spoken = [
        Topic(kind=REGION, id=one.id, label=one.label, terms=one.spoken, unless=one.unless) for one in regions.regions
    ]
    areas = [topic for topic in topics.topics if topic.kind == NATIONAL_SECURITY]
    others = [topic for topic in topics.topics if topic.kind != NATIONAL_SECURITY]
    tags = []
    for topic in (*others, *spoken, *areas):
        evidence = (*_stated(topic, stated, regions), *_said(topic, texts))
        if evidence:
            tags.append(Tag(kind=topic.kind, id=topic.id, label=topic.label, evidence=evidence))
    return tuple(replace(tag, advice=topics.advice) if tag.kind == NATIONAL_SECURITY else tag for tag in tags)


def startup_tags(startup: Startup, topics: Topics, regions: Regions) -> tuple[Tag, ...]:
    """The tags of a startup, from its summary and its stated technologies and city."""
    stated = Stated(
        kind="startup",
        id=startup.id,
        technologies=startup.technologies,
        city=startup.city,
        country=startup.country,
    )
    text = Text(kind="startup", id=startup.id, field="summary", text=startup.summary)
    return tags_of([stated], [text], topics, regions)


def partner_tags(partner: Partner, briefs: Iterable[Brief], topics: Topics, regions: Regions) -> tuple[Tag, ...]:
    """The tags of a partner, from its thesis, its briefs, and its stated technologies, region and city."""
    own = [brief for brief in briefs if brief.partner_id == partner.id]
    stated = [
        Stated(
            kind="partner",
            id=partner.id,
            technologies=partner.technologies,
            region=partner.region,
            city=partner.city,
            country=partner.country,
        ),
        *(Stated(kind="brief", id=brief.id, technologies=brief.technologies) for brief in own),
    ]
    texts = [
        Text(kind="partner", id=partner.id, field="thesis", text=partner.thesis),
        *(Text(kind="brief", id=brief.id, field="need", text=brief.need) for brief in own),
    ]
    return tags_of(stated, texts, topics, regions)


def _stated(topic: Topic, stated: Sequence[Stated], regions: Regions) -> Iterator[TagEvidence]:
    for own in stated:
        for technology in own.technologies:
            if technology in topic.technologies:
                yield TagEvidence(kind=own.kind, id=own.id, field="technologies", quote=technology)
        if topic.kind != REGION:
            continue
        named = regions.named(own.region) if own.region else None
        if own.region and named is not None and named.id == topic.id:
            yield _whole(own, "region", own.region)
        elif own.city and named is None:
            of_city = regions.of_city(own.city, own.country)
            if of_city is not None and of_city.id == topic.id:
                yield _whole(own, "city", own.city)


def _whole(own: Stated, field: str, written: str) -> TagEvidence:
    return TagEvidence(kind=own.kind, id=own.id, field=field, quote=written, start=0, end=len(written), term=written)


def _said(topic: Topic, texts: Sequence[Text]) -> Iterator[TagEvidence]:
    for one in texts:
        found = first_mention(one.text, topic.terms, topic.unless) if one.text else None
        if one.text and found is not None:
            yield TagEvidence(
                kind=one.kind,
                id=one.id,
                field=one.field,
                quote=one.text[found.start : found.end],
                start=found.start,
                end=found.end,
                term=found.term,
            )
