"""The records that a result is made from: as one read finds them, as a run kept them, as an edition takes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from matcher.domain.profile import Brief, HistoryRecord, Participation, Partner, PortfolioCompany, Record, Startup
from matcher.domain.programme import CORRIDOR, Programme
from matcher.errors import BadInput
from matcher.steps.corridor import two_sides
from matcher.store import records as record_store
from matcher.workspace import Workspace

# What a result is made from. Availability is not among it: it decides when a meeting is, not whether.
KINDS = ("startup", "partner", "portfolio", "brief", "history", "participation")


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """The records as one read found them, each kind in the order of ids.

    hashes: the version of each; hash: the name of them all together. other_side: in a corridor, the startups that
    stand as its partners.
    """

    startups: tuple[Startup, ...]
    partners: tuple[Partner, ...]
    portfolio: tuple[PortfolioCompany, ...]
    briefs: tuple[Brief, ...]
    history: tuple[HistoryRecord, ...]
    participation: tuple[Participation, ...]
    hashes: tuple[str, ...]
    hash: str
    other_side: tuple[Startup, ...] = ()


def read_snapshot(workspace: Workspace) -> Snapshot:
    """The present records, in one consistent view."""
    with workspace.reading() as connection:
        hashes = tuple(
            sorted(hash_ for kind in KINDS for hash_ in record_store.current_versions(connection, kind).values())
        )
        records = {kind: record_store.load(connection, kind) for kind in KINDS}
    return _snapshot(records, hashes, record_store.inputs_hash(hashes))


def kept_snapshot(workspace: Workspace, inputs_hash: str) -> Snapshot:
    """The records that a run read, whatever was imported since."""
    with workspace.reading() as connection:
        records = record_store.load_inputs(connection, inputs_hash)
    return _snapshot(records, (), inputs_hash)


def for_edition(snapshot: Snapshot, programme: Programme | None) -> Snapshot:
    """The records as an edition takes them: in a corridor the startups of the other side stand as the partners."""
    if programme is None or programme.mode != CORRIDOR or snapshot.other_side:
        return snapshot
    own, others, partners = two_sides(snapshot.startups, programme)
    return replace(snapshot, startups=own, partners=partners, portfolio=(), briefs=(), other_side=others)


def snapshot_of(records: Mapping[str, tuple[Record, ...]]) -> Snapshot:
    """These records, by kind, as one read would have found them; their versions have no name."""
    return _snapshot(records, (), "")


def _snapshot(records: Mapping[str, tuple[Record, ...]], hashes: tuple[str, ...], hash_: str) -> Snapshot:
    return Snapshot(
        startups=cast(tuple[Startup, ...], records.get("startup", ())),
        partners=cast(tuple[Partner, ...], records.get("partner", ())),
        portfolio=cast(tuple[PortfolioCompany, ...], records.get("portfolio", ())),
        briefs=cast(tuple[Brief, ...], records.get("brief", ())),
        history=cast(tuple[HistoryRecord, ...], records.get("history", ())),
        participation=cast(tuple[Participation, ...], records.get("participation", ())),
        hashes=hashes,
        hash=hash_,
    )


def check_sides(snapshot: Snapshot, programme: Programme) -> None:
    """Raise BadInput where there is nobody to match; in a corridor both sides are startups."""
    for kind, there in (("startup", snapshot.startups), ("partner", snapshot.partners)):
        if not there and (kind == "startup" or programme.mode != CORRIDOR):
            raise BadInput(f"There are no {kind}s yet; bring them with `matcher import {kind}s FILE`.")


def before(history: tuple[HistoryRecord, ...], as_of: str) -> tuple[HistoryRecord, ...]:
    """What had happened by the as-of date; a record without a date is taken as past.

    A year or a month counts as soon as it has begun: "2026" is before 2026-11-24.
    """
    return tuple(record for record in history if record.date is None or record.date <= as_of)


def closed(brief: Brief, as_of: str) -> bool:
    """Whether a brief's deadline has passed; a month or a year passes with its last day."""
    return brief.deadline is not None and brief.deadline < as_of[: len(brief.deadline)]
