"""The lists of a briefing pack over the whole shortlist: meetings, loads, and who is left out by what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from matcher.domain.pack import Column, Table, Value
from matcher.domain.vocabulary import KIND_LABELS, folded
from matcher.steps.pack_words import counted, named, printed, sentence_of

_RULES = {"uk_entity": "UK entity", "eis_seis": "EIS or SEIS"}
_PAIRS = (
    Column(heading="Startup", width=27),
    Column(heading="Rank", width=7, shape="whole"),
    Column(heading="Partner", width=27),
    Column(heading="Kind", width=14, shape="word"),
    Column(heading="Fit", width=13, shape="word"),
    Column(heading="Score", width=9, shape="points", narrow=False),
    Column(heading="Confidence", width=13, shape="share", narrow=False),
    Column(heading="Why", width=62, narrow=False),
)
_LOADS = (
    Column(heading="Partner", width=48),
    Column(heading="Kind", width=22, shape="word"),
    Column(heading="Meetings", width=12, shape="whole"),
    Column(heading="Capacity", width=12, shape="whole"),
    Column(heading="Still free", width=12, shape="whole"),
)
_SHORT = (
    Column(heading="Startup", width=30),
    Column(heading="Wanted", width=26),
    Column(heading="Got", width=9, shape="whole"),
    Column(heading="Because", width=80),
)
_LEFT = (
    Column(heading="Startup", width=34),
    # How far it came on the way to a place.
    Column(heading="Reached", width=14, shape="word"),
    Column(heading="Because", width=90),
)
_REFUSED = (
    Column(heading="Startup", width=30),
    Column(heading="Rule", width=18, shape="word"),
    Column(heading="Because", width=90),
)
_Row = tuple[Value, ...]


def first_tables(result: Mapping[str, Any], names: Mapping[str, str], pages: Mapping[str, str]) -> tuple[Table, ...]:
    """The meetings and those who stand by, by startup and rank. names, pages: id → name, and key of its page."""
    return tuple(
        _table(name, says, empty, _PAIRS, _pairs(result[key], names), pages)
        for name, says, empty, key in (
            ("Meetings", "Who meets whom", "There are no meetings.", "pairs"),
            ("Alternates", "Who stands by, if a meeting falls through", "Nobody stands by.", "alternates"),
        )
    )


def rest_tables(
    result: Mapping[str, Any], loads: Sequence[Mapping[str, Any]], names: Mapping[str, str], pages: Mapping[str, str]
) -> tuple[Table, ...]:
    """What partners take on, and who is left with too little, without a place, or outside."""
    short = [
        ((missing["id"],), (_name(missing["id"], names), wanted(missing), missing["got"], _why(missing, names)))
        for missing in result["certificate"]["short"]
    ]
    unplaced = [
        (
            (left["startup_id"],),
            (names[left["startup_id"]], (left.get("reached") or "").capitalize(), _why(left, names)),
        )
        for left in result["unplaced"]
    ]
    refused = [
        (
            (refusal["startup_id"],),
            (names[refusal["startup_id"]], rule_words(refusal["rule"]), sentence_of(named(refusal["detail"], names))),
        )
        for refusal in result["refused"]
    ]
    return (
        _table(
            "Partner load",
            "How many meetings each partner has, and how many it takes",
            "No partner has a meeting.",
            _LOADS,
            [((load["partner_id"],), _load(load, names)) for load in loads],
            pages,
        ),
        _table("Falls short", "Who has fewer meetings than wanted", "Nobody has too few.", _SHORT, short, pages),
        _table("No place", "Who found no place", "Nobody is without a place.", _LEFT, unplaced, pages),
        _table("Not eligible", "Whom the edition's rules keep out", "Nobody is kept out.", _REFUSED, refused, pages),
    )


def wanted(missing: Mapping[str, Any]) -> str:
    """How many meetings of which kind somebody should have."""
    kind = f" with {KIND_LABELS[missing['kind']]}" if missing["kind"] else ""
    kind = f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s" if kind else ""
    return f"{counted(missing['wanted'], 'meeting')}{kind}"


def rule_words(rule: str) -> str:
    """A rule as a heading: Market ready."""
    words = rule.replace("_", " ")
    return _RULES.get(rule, f"{words[:1].upper()}{words[1:]}")


def _pairs(pairs: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> list[tuple[tuple[str | None, ...], _Row]]:
    def row(pair: Mapping[str, Any]) -> tuple[tuple[str | None, ...], _Row]:
        startup, partner = pair["startup_id"], pair["partner_id"]
        return (startup, None, partner), (
            names[startup],
            pair["rank"],
            names[partner],
            KIND_LABELS[pair["kind"]],
            pair["band"].capitalize(),
            pair["score"],
            pair["confidence"],
            sentence_of(pair["reason"]),
        )

    return [
        row(pair)
        for pair in sorted(
            pairs, key=lambda pair: (folded(names[pair["startup_id"]]), pair["startup_id"], pair["rank"])
        )
    ]


def _load(load: Mapping[str, Any], names: Mapping[str, str]) -> _Row:
    capacity = load["capacity"]
    most, free = ("no limit", "no limit") if capacity is None else (capacity, max(0, capacity - load["meetings"]))
    return names[load["partner_id"]], KIND_LABELS[load["kind"]], load["meetings"], most, free


def _why(left: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return sentence_of(named(printed(left["because"]), names))


def _name(id_: str, names: Mapping[str, str]) -> str:
    return names.get(id_, id_)


def _table(
    name: str,
    says: str,
    empty: str,
    columns: tuple[Column, ...],
    rows: Iterable[tuple[tuple[str | None, ...], _Row]],
    pages: Mapping[str, str],
) -> Table:
    """rows: for each the ids that its first cells name, and its cells."""
    rows = list(rows)
    return Table(
        name=name,
        says=says,
        empty=empty,
        columns=columns,
        rows=tuple(cells for _, cells in rows),
        pages=tuple(
            tuple(pages.get(id_) if id_ else None for id_ in ids) + (None,) * (len(columns) - len(ids))
            for ids, _ in rows
        ),
    )
