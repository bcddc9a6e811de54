"""The closed word lists of the product, and the table of sectors and technologies people may write loosely."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

KINDS = ("investor", "accelerator", "corporate", "adviser", "support_organisation", "public_body")
# In a corridor a startup stands where a partner does elsewhere. No partner may be imported as one.
STARTUP_KIND = "startup"
STAGES = ("idea", "pre-seed", "seed", "series-a", "series-b", "growth")
SEEKS = ("investment", "accelerator", "customers", "pilot", "distribution", "advice")
UK_ENTITY = ("yes", "no", "planned")
WOMEN_LED = ("no", "any", "majority", "all")
VALUE_KINDS = ("signed", "estimate")
OUTCOMES = (
    "introduced",
    "met",
    "second_meeting",
    "no_show",
    "declined_by_startup",
    "declined_by_partner",
    "accepted",
    "partnered",
    "invested",
)
# How far a startup got in a programme, in the order of the stages.
STATES = ("applied", "eligible", "longlisted", "invited", "accepted", "attended", "alumni")
# Outcomes that make a startup one of the partner's "earlier companies".
BACKED = ("accepted", "partnered", "invested")

KIND_LABELS = {
    "investor": "investor",
    "accelerator": "accelerator",
    "corporate": "corporate",
    "adviser": "adviser",
    "support_organisation": "support organisation",
    "public_body": "public body",
    STARTUP_KIND: "startup",
}
STAGE_LABELS = {
    "idea": "idea",
    "pre-seed": "pre-seed",
    "seed": "seed",
    "series-a": "series A",
    "series-b": "series B",
    "growth": "growth",
}
# Which kinds of partner give what a startup says it seeks.
KINDS_FOR = {
    "investment": ("investor", "accelerator"),
    "accelerator": ("accelerator",),
    "customers": ("corporate", "public_body"),
    "pilot": ("corporate", "public_body"),
    "distribution": ("corporate",),
    "advice": ("adviser", "support_organisation", "accelerator"),
}


# How far each kind of partner helps a startup that is not investment-ready yet to become so: support comes first, and
# whoever teaches or advises before whoever pays.
HELPS_GET_READY = {"support_organisation": 1.0, "accelerator": 0.5, "adviser": 0.5}

_WITH_ARTICLE = frozenset(("AE", "BS", "CD", "CF", "DO", "GB", "GM", "KM", "MH", "MV", "NL", "PH", "SB", "US"))


def hub_id(written: str) -> str:
    """A hub's id: South Africa is south-africa."""
    return folded(written).replace(" ", "-")


def folded(text: str) -> str:
    """A word as people mean it: lower case, no accents, single spaces, hyphens and underscores as spaces."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return re.sub(r"[\s_\-–]+", " ", plain).strip()


@dataclass(frozen=True, kw_only=True)
class Term:
    """A sector or technology: its id, its words for people, the wider term it lies within.

    aliases mean the same. narrower mean a part of it: a startup there is in the sector and says so more closely, but
    who excludes that part does not exclude the whole.
    """

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()
    within: str | None = None


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The sectors and technologies with their aliases (data/reference/vocabulary.json).

    country_names: ISO 3166 alpha-2 → name. common_words: folded words that say nothing of what a company does.
    function_words: the small words that hold English sentences together.
    """

    sectors: tuple[Term, ...]
    technologies: tuple[Term, ...]
    country_names: Mapping[str, str] = field(default_factory=dict)
    common_words: frozenset[str] = frozenset()
    function_words: frozenset[str] = frozenset()

    def sector(self, written: str) -> str:
        """The id of a sector written loosely; a free tag (folded) where the vocabulary has none."""
        return self._sector_ids.get(folded(written), folded(written))

    def technology(self, written: str) -> str:
        """The id of a technology written loosely; a free tag (folded) where the vocabulary has none."""
        return self._technology_ids.get(folded(written), folded(written))

    def sector_tags(self, written: str) -> tuple[str, ...]:
        """What a profile that names this sector is kept under: its id, and behind it a narrower word as a tag.

        Both, because earlier companies are counted by equal ids, and an exclusion may mean the narrower part alone.
        """
        sector, word = self.sector(written), folded(written)
        return (sector, word) if self.is_part(word) else (sector,)

    def excluded(self, written: str) -> tuple[str, ...]:
        """What a partner excludes by a word: every sector and technology of that name, or else a free tag.

        A narrower word is a tag of its own, not to shut out the whole sector.
        """
        word = folded(written)
        own = word if self.is_part(word) else None
        found = (self._sector_names.get(word), self._technology_ids.get(word), own)
        return tuple(dict.fromkeys(tag for tag in found if tag)) or (word,)

    def is_part(self, tag: str) -> bool:
        """Whether a tag is a narrower word of a sector, rather than a sector or a free tag."""
        return tag in self._parts

    def wider(self, sector: str) -> tuple[str, ...]:
        """The sector or narrower word itself, then every sector it lies within, outwards."""
        chain = [sector]
        while (within := self._within.get(chain[-1])) is not None:
            chain.append(within)
        return tuple(chain)

    def label(self, tag: str) -> str:
        """A tag in words for people, as it stands in the middle of a sentence."""
        label = self._labels.get(tag, tag)
        return label[:1].lower() + label[1:] if label[1:2].islower() else label

    def country(self, code: str) -> str:
        """A country as it stands in the middle of a sentence; the code itself where its name is not known."""
        name = self.country_names.get(code, code)
        return f"the {name}" if code in _WITH_ARTICLE else name

    @cached_property
    def _sector_ids(self) -> dict[str, str]:
        return self._parts | self._sector_names

    @cached_property
    def _sector_names(self) -> dict[str, str]:
        return _by_name(self.sectors)

    @cached_property
    def _technology_ids(self) -> dict[str, str]:
        return _by_name(self.technologies)

    @cached_property
    def _parts(self) -> dict[str, str]:
        words = {folded(word): term.id for term in self.sectors for word in term.narrower}
        return {word: sector for word, sector in words.items() if word not in self._sector_names}

    @cached_property
    def _within(self) -> dict[str, str | None]:
        return {**self._parts, **{term.id: term.within for term in self.sectors}}

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {term.id: term.label for term in (*self.technologies, *self.sectors)}


def _by_name(terms: Sequence[Term]) -> dict[str, str]:
    return {folded(word): term.id for term in terms for word in (*term.aliases, term.label, term.id)}
