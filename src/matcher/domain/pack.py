"""A briefing pack: a shortlist in the words that people read, laid out once for every format."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Said:
    """One side's own words. who: its name, and where the words stand."""

    who: str
    quote: str


@dataclass(frozen=True, kw_only=True)
class Strength:
    """One thing that speaks for a meeting. said: a sentence, None where the reason has said it; then there are quotes.

    topic: what it is about, in a word or two.
    """

    topic: str
    said: str | None
    quotes: tuple[Said, ...]


@dataclass(frozen=True, kw_only=True)
class PackMeeting:
    """A meeting, or one that stands by, as one side reads of it.

    page: the key of the other side's page, None where it has none. strengths: the strongest first. asks: what is
    unknown and worth asking.
    """

    number: int
    page: str | None
    name: str
    kind: str | None
    fit: str
    confidence: str
    reason: str
    strengths: tuple[Strength, ...]
    cautions: tuple[str, ...]
    asks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Page:
    """What one startup or one partner has before it. key: its own in the pack, such as "startup-3".

    facts: a few words each, such as its country. about: what it is, in its own words. remarks: where it falls short.
    cautions, asks: what holds for each of its meetings alike, and is not said again there.
    """

    key: str
    id: str
    name: str
    facts: tuple[str, ...]
    about: str | None
    remarks: tuple[str, ...]
    cautions: tuple[str, ...]
    asks: tuple[str, ...]
    meetings: tuple[PackMeeting, ...]
    alternates: tuple[PackMeeting, ...]


Value = str | int | float | None


@dataclass(frozen=True, kw_only=True)
class Column:
    """width: in characters. shape: text, word (a few of ours), whole, points or share.

    narrow: whether it is shown where there is no room.
    """

    heading: str
    width: int
    shape: str = "text"
    narrow: bool = True


@dataclass(frozen=True, kw_only=True)
class Table:
    """A list over the whole shortlist. pages: for each row and column the key of the page that the cell names, or None.

    says: what the table holds. empty: what is said where it holds nothing.
    """

    name: str
    says: str
    empty: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    pages: tuple[tuple[str | None, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Pack:
    """The whole pack. as_of: ISO 8601. about: heading → sentence, in order.

    first, rest: the lists that are read before and after the pages. running: what stands at the foot of every printed
    page.
    """

    title: str
    status: str
    as_of: str
    about: tuple[tuple[str, str], ...]
    running: str
    first: tuple[Table, ...]
    startups: tuple[Page, ...]
    partners: tuple[Page, ...]
    rest: tuple[Table, ...]
