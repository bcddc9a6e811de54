"""What a person may write in a cell, and what it means; anything else is refused with the way out."""

from __future__ import annotations

import re
import unicodedata
import zoneinfo
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from matcher.domain.country import Countries, loosest
from matcher.domain.sheet import Cell, excerpt
from matcher.domain.vocabulary import Vocabulary, folded, hub_id

LONGEST_ID = 200
MOST_CAPACITY = 100_000
# Of 100: one wrong letter of four, or two of eight.
_LIKE_ENOUGH = 74
_LONGEST_WORD = 60
_LONGEST_ADDRESS = 2_000

_YES = {"yes", "y", "true", "t", "1"}
_NO = {"no", "n", "false", "f", "0"}
_ANYWHERE = {"any", "all", "anywhere", "everywhere", "global", "worldwide", "international", "no limit"}
_EMAIL = re.compile(r"[^@\s;,<>]+@[^@\s;,<>]+\.[^@\s;,<>.]+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:(?!\d)")
# Other words people use for a kind or stage, for suggestions only.
_MEANT = {
    "vc": "investor",
    "venturecapital": "investor",
    "fund": "investor",
    "angel": "investor",
    "lawfirm": "adviser",
    "consultant": "adviser",
    "company": "corporate",
    "corporation": "corporate",
    "incubator": "accelerator",
    "charity": "support_organisation",
    "hub": "support_organisation",
    "university": "public_body",
    "government": "public_body",
    "council": "public_body",
    "seriesc": "growth",
    "seriesd": "growth",
    "latestage": "growth",
    "scaleup": "growth",
    "earlystage": "seed",
    "angelround": "pre-seed",
    "mvp": "idea",
}


class Unreadable(Exception):
    """A cell that cannot be read; the message says what to do."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """What reading depends on beside the cell: the vocabularies, and the day that counts as today."""

    vocabulary: Vocabulary
    countries: Countries
    today: date


Reader = Callable[[Cell, Words], object]
"""Reads one cell that is not blank. Raises Unreadable."""


def text(cell: Cell, _words: Words) -> str:
    """A text as it was written, without outer spaces; numbers and TRUE as they look in the sheet."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, tuple):
        raise Unreadable("Write one text, not a list.")
    return "" if cell is None else str(cell)


def identifier(cell: Cell, words: Words) -> str:
    """An id: any visible text on one line that can stand in an address, in Unicode's composed form."""
    id_ = unicodedata.normalize("NFC", text(cell, words))
    if len(id_) > LONGEST_ID:
        raise Unreadable(f"An id has at most {LONGEST_ID} characters; shorten it.")
    if not id_.isprintable() or id_ in (".", "..") or "/" in id_ or "\\" in id_:
        raise Unreadable("An id is one line of visible characters without / and \\; change it, such as to ke-001.")
    return id_


def hub(cell: Cell, words: Words) -> str:
    """A hub's id: South Africa is south-africa."""
    return hub_id(text(cell, words))


def choice(options: Iterable[str], also: Mapping[str, str] | None = None) -> Reader:
    """A reader for one of a closed list of words, written loosely: Series A, seriesA and series_a are series-a."""
    words_of = {_squashed(option): option for option in options} | dict(also or {})
    listed = ", ".join(dict.fromkeys(words_of.values()))

    def read(cell: Cell, words: Words) -> str:
        written = text(cell, words)
        found = words_of.get(_squashed(written))
        if found is None:
            meant = _MEANT.get(_squashed(written))
            parts = [words_of.get(_squashed(part)) for part in written.split(",")]
            if len(parts) > 1 and None not in parts:
                raise Unreadable(f"Put ; between several: {'; '.join(map(str, parts))}.")
            near = meant if meant in words_of.values() else words_of.get(nearest(_squashed(written), words_of) or "")
            raise Unreadable(f'"{excerpt(written)}" is none of {listed}' + (f"; did you mean {near}?" if near else "."))
        return found

    return read


def yes_or_no(cell: Cell, words: Words) -> bool:
    """Yes or no, also as true, 1 or y."""
    written = folded(text(cell, words))
    if written in _YES or written in _NO:
        return written in _YES
    raise Unreadable("Write yes or no, or leave the cell empty where it is not known.")


def several(read: Reader) -> Reader:
    """A reader for a list: each part between semicolons is read by `read`, which may find several values in it.

    The second of two equals is left out.
    """

    def read_all(cell: Cell, words: Words) -> tuple[object, ...]:
        if isinstance(cell, tuple):
            parts: Iterable[str] = cell
            if any(";" in part for part in cell):
                raise Unreadable("One entry of the list holds a semicolon; make two entries of it.")
        else:
            parts = text(cell, words).split(";")
        found = (read(part, words) for part in parts if part.strip())
        values = (value for said in found for value in (said if isinstance(said, tuple) else (said,)))
        return tuple(dict.fromkeys(value for value in values if value))

    return read_all


def sector(cell: Cell, words: Words) -> tuple[str, ...]:
    """A sector of the vocabulary, a narrower word behind its sector, or a free tag."""
    return words.vocabulary.sector_tags(text(cell, words))


def technology(cell: Cell, words: Words) -> str:
    """A technology of the vocabulary, or a free tag."""
    return words.vocabulary.technology(text(cell, words))


def excluded(cell: Cell, words: Words) -> tuple[str, ...]:
    """What a partner excludes: a sector, a technology, or a free tag; never more than was written."""
    return words.vocabulary.excluded(text(cell, words))


def country(cell: Cell, words: Words) -> str:
    """A country as ISO 3166-1 alpha-2."""
    written = text(cell, words)
    code = words.countries.code(written)
    if code is not None:
        return code
    if folded(written) in _ANYWHERE:
        raise Unreadable(f'"{excerpt(written)}" is no country; leave the cell empty where there is no limit.')
    near = nearest(loosest(written), [name for name in words.countries.written if len(name) > 3])
    meant = f"; did you mean {words.countries.names[words.countries.written[near]]}?" if near else ""
    raise Unreadable(f'Unknown country "{excerpt(written)}"{meant or "; write its name or ISO code, such as KE."}')


def capacity(cell: Cell, words: Words) -> int:
    """How many meetings a partner can take."""
    return whole(cell, words, 0, MOST_CAPACITY, "Write a whole number of meetings, 0 or more.")


def whole(cell: Cell, words: Words, least: int, most: int, way_out: str) -> int:
    """A whole number between two bounds, also where a program wrote it as 6.0."""
    if isinstance(cell, bool):
        raise Unreadable(way_out)
    match = re.fullmatch(r"([+-]?[0-9]{1,18})(?:\.0*)?", text(cell, words))
    if match is None or not least <= int(match[1]) <= most:
        raise Unreadable(way_out)
    return int(match[1])


def email(cell: Cell, words: Words) -> str:
    """One e-mail address, as written."""
    address = text(cell, words)
    if len(address) > _LONGEST_ADDRESS or not _EMAIL.fullmatch(address):
        raise Unreadable("Write one e-mail address, such as name@company.example.")
    return address


def website(cell: Cell, words: Words) -> str:
    """A web address, as written; nothing is added."""
    address = text(cell, words)
    scheme = _SCHEME.match(address)
    if scheme and scheme[0].lower() not in ("http:", "https:"):
        raise Unreadable("A website begins with https:// or http://; write it so.")
    if len(address) > _LONGEST_ADDRESS or not address.isprintable() or " " in address or "." not in address:
        raise Unreadable("Write one web address, such as https://company.example, or leave the cell empty.")
    return address


def time_zone(cell: Cell, words: Words) -> str:
    """A time zone of the IANA list, such as Africa/Nairobi."""
    name = text(cell, words)
    try:
        return zoneinfo.ZoneInfo(name).key
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise Unreadable("Write a time zone by region and city, such as Africa/Nairobi or Europe/London.") from None


def nearest(written: str, options: Iterable[str]) -> str | None:
    """The option most like what was written, where it is like enough to be suggested."""
    from rapidfuzz import fuzz, process

    if len(written) > _LONGEST_WORD:
        return None
    found = process.extractOne(written, list(options), scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH)
    return None if found is None else str(found[0])


def _squashed(word: str) -> str:
    return folded(word).replace(" ", "").replace("organiz", "organis").replace("advisor", "adviser")
