"""What deserves a second look in an accepted sheet: profiles alike, and texts that try something. Never a refusal."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from matcher.domain.profile import Partner, Record, Startup
from matcher.domain.sheet import excerpt
from matcher.steps.sheets.faults import rows_in_words

MOST_WARNINGS = 20
# Below this a shared text is a phrase that many use, such as "Fintech in Nairobi".
SHORTEST_SHARED_TEXT = 30
# Of 1, for names without legal forms. Measured: "wrong" pairs begin at 0.905 with them, so they only ever warn.
LIKE_NAMES = 0.92
SHORTEST_LIKE_NAME = 7
# Natural English has ten times the root of its length in distinct words; pasted keywords less than four.
LEAST_VARIETY = 4.0
LEAST_STUFFED_WORDS = 100
# A hundred words of any language have more characters.
_SHORTEST_STUFFED = 400

_LEGAL_WORDS = """
    ltd limited llc llp lp plc inc incorporated corp corporation co company gmbh ag ug kg bv nv sa sas sarl sl srl spa
    ab as oy ou aps pty pvt private pte pt tbk cv ltda eireli me sdn bhd holdings holding group the
"""
_LEGAL_FORMS = frozenset(_LEGAL_WORDS.split())
# Hosts that hold many companies' pages.
_HOSTS = """
    linkedin.com facebook.com twitter.com x.com instagram.com youtube.com github.com github.io medium.com notion.site
    wordpress.com wixsite.com blogspot.com google.com sites.google.com linktr.ee crunchbase.com angel.co
"""
_SHARED_HOSTS = frozenset(_HOSTS.split())
_MARKS = "".join(map(chr, range(128)))
_SPACES_FOR_MARKS = {ord(mark): " " for mark in _MARKS if not mark.isalnum()}
_NO_MARKS = {ord(mark): None for mark in _MARKS if not mark.isalnum()}
_DIGITS = re.compile("[0-9]")
_TEXTS = ("name", "title", "summary", "thesis", "need", "must_have", "note")
_HIDDEN = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060-\u2064\ufeff\u202a-\u202e\U000e0000-\U000e007f]")
_COMMAND = re.compile(r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|prompt)", re.DOTALL)
_MARKUP = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,20}(?:\s+[\w-]{1,40}\s*=[^<>]{0,500})?\s*/?>|<!--")
_TEMPLATE = re.compile(r"\{\{.{0,80}?\}\}|\{%.{0,80}?%\}|\$\{.{0,80}?\}")


def resemblances(rows: Sequence[tuple[int, Record]], stored: Iterable[Record]) -> list[str]:
    """Which startups or partners may be the same one twice, among the rows and against what is stored."""
    mine = [record for _, record in rows if isinstance(record, Startup | Partner)]
    ids = {record.id for record in mine}
    profiles = mine + [other for other in stored if isinstance(other, Startup | Partner) and other.id not in ids]
    names = [_name_key(profile.name) for profile in profiles]
    shared: dict[tuple[int, ...], list[str]] = {}
    for sign, keys in (
        ("id but for case and marks", [profile.id.casefold().translate(_NO_MARKS) for profile in profiles]),
        ("name", names),
        ("website", [_host(profile.website) for profile in profiles]),
        ("text", [_long_text(profile) for profile in profiles]),
    ):
        for group in _groups(keys):
            shared.setdefault(group, []).append(sign)
    for pair in _like_names(names, profiles):
        shared.setdefault(pair, []).append("name but for a letter")
    numbers = [row for row, _ in rows]
    said = [
        _resemblance(
            [numbers[p] for p in group if p < len(mine)], [profiles[p].id for p in group if p >= len(mine)], signs
        )
        for group, signs in sorted(shared.items())
        if group[0] < len(mine)
    ]
    if len(said) > MOST_WARNINGS:
        said[MOST_WARNINGS:] = [f"{len(said) - MOST_WARNINGS:,} more groups of profiles are alike."]
    return said


def suspicions(rows: Sequence[tuple[int, Record]]) -> list[str]:
    """Which texts hold what a reader does not see, or what is written for a machine. They are kept word for word."""
    said = []
    for field in _TEXTS:
        if not rows or not hasattr(rows[0][1], field):
            continue
        texts = [(row, text) for row, record in rows if (text := getattr(record, field))]
        for sign, shows in _SIGNS:
            if found := [row for row, text in texts if shows(text)]:
                said.append(f'"{field}" {sign} in {rows_in_words(found)}; it is kept as written: have a look.')
    return said


def _hides(text: str) -> bool:
    return not text.isprintable() and _HIDDEN.search(text) is not None


def _commands(text: str) -> bool:
    # The plain search first: it is many times faster, and nearly all texts end there.
    low = text.lower()
    return ("instruction" in low or "prompt" in low) and _COMMAND.search(low) is not None


def _marks_up(text: str) -> bool:
    return "<" in text and _MARKUP.search(text) is not None


def _templates(text: str) -> bool:
    return "{" in text and _TEMPLATE.search(text) is not None


def _stuffs(text: str) -> bool:
    if len(text) < _SHORTEST_STUFFED:
        return False
    words = text.lower().split()
    return len(words) >= LEAST_STUFFED_WORDS and len(set(words)) < LEAST_VARIETY * math.sqrt(len(words))


_SIGNS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("holds hidden characters", _hides),
    ("gives orders to a machine", _commands),
    ("holds HTML", _marks_up),
    ("holds template marks", _templates),
    ("repeats the same words over and over", _stuffs),
)


def _groups(keys: Sequence[str | None]) -> Iterable[tuple[int, ...]]:
    """The places that share a key, in order."""
    if len(set(keys) - {None, ""}) == sum(map(bool, keys)):
        return ()
    groups: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        if key:
            groups.setdefault(key, []).append(place)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def _like_names(names: Sequence[str], profiles: Sequence[Startup | Partner]) -> Iterable[tuple[int, int]]:
    """Pairs of names that differ by a letter or so, among neighbours in the alphabet: no row is held against all."""
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import cpdist

    place_of = {name: place for place, name in reversed(list(enumerate(names))) if len(name) >= SHORTEST_LIKE_NAME}
    ordered = sorted(place_of)
    if len(ordered) < 2:
        return
    likeness = cpdist(ordered[:-1], ordered[1:], scorer=Indel.normalized_similarity, score_cutoff=LIKE_NAMES)
    for at in likeness.nonzero()[0]:
        one, other = ordered[at], ordered[at + 1]
        places = sorted((place_of[one], place_of[other]))
        countries = {profiles[place].country for place in places} - {None}
        if len(countries) < 2 and _DIGITS.sub("", one) != _DIGITS.sub("", other):
            yield places[0], places[1]


def _name_key(name: str) -> str:
    """A name as it is compared: no case, accents, marks or legal forms."""
    plain = name.casefold()
    if plain.isascii():
        words = plain.translate(_SPACES_FOR_MARKS).split()
    else:
        bare = "".join(mark for mark in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(mark))
        words = re.sub(r"[^\w]+|_", " ", bare).split()
    return " ".join([word for word in words if word not in _LEGAL_FORMS]) or " ".join(words)


def _host(website: str | None) -> str | None:
    """The host, or the whole address where many companies share the host."""
    if not website:
        return None
    address = website.casefold().split("://", 1)[-1].removeprefix("www.")
    host = address.split("/", 1)[0]
    shared = host in _SHARED_HOSTS or host.split(".", 1)[-1] in _SHARED_HOSTS
    return address.rstrip("/") if shared else host


def _long_text(profile: Startup | Partner) -> str | None:
    text = profile.summary if isinstance(profile, Startup) else profile.thesis
    return text if text and len(text) >= SHORTEST_SHARED_TEXT else None


def _resemblance(rows: Sequence[int], stored: Sequence[str], signs: Sequence[str]) -> str:
    place = rows_in_words(rows)
    have = "has" if len(rows) == 1 else "have"
    beside = f" as {', '.join(excerpt(id_) for id_ in stored[:3])}, stored already" if stored else ""
    shared = " and ".join([", ".join(signs[:-1]), signs[-1]] if len(signs) > 1 else signs)
    one = f"{have} the same {shared}{beside}"
    return f"{place[0].upper()}{place[1:]} {one}; if it is one company, keep one row."
