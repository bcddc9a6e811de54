"""Startups, partners, earlier companies, briefs and history: present versions, and every version by content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Insert, Table, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from matcher.domain import codec
from matcher.domain.profile import Record
from matcher.store.tables import input_sets, records, versions

# SQLite allows 32,766 parameters a statement; insertmany sends rows one by one, so only IN lists need the cut.
_IN_LIST = 10_000


def current_versions(connection: Connection, kind: str) -> dict[str, str]:
    """Record id → hash of the present version, in the order of ids."""
    rows = connection.execute(
        select(records.c.record_id, records.c.hash).where(records.c.kind == kind).order_by(records.c.record_id)
    )
    return {record_id: hash_ for record_id, hash_ in rows}


def load(connection: Connection, kind: str) -> tuple[Record, ...]:
    """The present records of a kind, in the order of their ids."""
    rows = connection.execute(
        select(records.c.record_id, versions.c.body).join_from(records, versions).where(records.c.kind == kind)
    )
    found = sorted((record_id, body) for record_id, body in rows)
    return tuple(codec.from_json(kind, body) for _, body in found)


def count(connection: Connection, kind: str) -> int:
    """How many present records of a kind there are."""
    return connection.scalar(select(func.count()).select_from(records).where(records.c.kind == kind)) or 0


def put(connection: Connection, kind: str, new: Sequence[Record]) -> None:
    """Make these the present versions of their ids; earlier versions stay for the runs that read them."""
    bodies = [(record.id, codec.to_json(record)) for record in new]
    rows = [{"hash": codec.version(kind, body), "kind": kind, "record_id": id_, "body": body} for id_, body in bodies]
    if not rows:
        return
    connection.execute(ignoring_known(connection, versions), rows)
    upsert = _insert(connection, records)
    upsert = upsert.on_conflict_do_update(index_elements=["kind", "record_id"], set_={"hash": upsert.excluded.hash})
    connection.execute(upsert, [{"kind": kind, "record_id": row["record_id"], "hash": row["hash"]} for row in rows])


def forget(connection: Connection, kind: str, ids: Sequence[str]) -> None:
    """Let these records be present no longer; their versions stay for the runs that read them."""
    for part in batches(ids):
        connection.execute(delete(records).where(records.c.kind == kind, records.c.record_id.in_(part)))


def inputs_hash(version_hashes: Iterable[str]) -> str:
    """The name of a set of versions, whatever their order."""
    return hashlib.sha256("\n".join(sorted(version_hashes)).encode()).hexdigest()


def keep_inputs(connection: Connection, hash_: str, version_hashes: Iterable[str]) -> None:
    """Remember which versions a set of inputs is made of; a no-op when it is known."""
    rows = [{"hash": hash_, "version_hash": version} for version in sorted(version_hashes)]
    if rows:
        connection.execute(ignoring_known(connection, input_sets), rows)


def load_inputs(connection: Connection, hash_: str) -> dict[str, tuple[Record, ...]]:
    """The records of a kept set of inputs: kind → records in the order of their ids."""
    rows = connection.execute(
        select(versions.c.kind, versions.c.record_id, versions.c.body)
        .join_from(input_sets, versions)
        .where(input_sets.c.hash == hash_)
    )
    found: dict[str, list[Record]] = {}
    for kind, _, body in sorted(tuple(row) for row in rows):
        found.setdefault(kind, []).append(codec.from_json(kind, body))
    return {kind: tuple(kept) for kind, kept in found.items()}


def ignoring_known(connection: Connection, table: Table) -> Insert:
    """An insert that leaves rows alone whose key is already there."""
    insert: Insert = _insert(connection, table).on_conflict_do_nothing()
    return insert


def batches(items: Sequence[str]) -> Iterator[Sequence[str]]:
    """Cut a list so that each part fits into one IN clause."""
    return (items[start : start + _IN_LIST] for start in range(0, len(items), _IN_LIST))


def _insert(connection: Connection, table: Table) -> Any:
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)
