"""Imports a file people bring: read it, check it against what is stored, store all of it or nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from matcher.domain.codec import to_json, version
from matcher.domain.profile import Availability, Participation, Record
from matcher.domain.programme import Programme
from matcher.domain.sheet import excerpt
from matcher.editions import programmes_of
from matcher.errors import BadInput, BadSheet, CellFault
from matcher.gather import Progress, silent
from matcher.steps.sheets.columns import PARTY, TABLES, Table
from matcher.steps.sheets.faults import rows_in_words
from matcher.steps.sheets.keep_apart import keep_apart
from matcher.steps.sheets.parse import Words, nearest
from matcher.steps.sheets.read_rows import check_ids, missing_kinds, read_rows
from matcher.steps.sheets.warn import resemblances, suspicions
from matcher.store import records as store
from matcher.store.database import Connection
from matcher.workspace import Workspace

# The store makes a text of each record it is given; so many at once keep a file of 200,000 rows within 512 MB.
_AT_ONCE = 10_000


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """What an import did, or with a dry run would do. A refused import raises instead, so `refused` is 0."""

    kind: str
    file: str
    created: int
    changed: int
    unchanged: int
    refused: int = 0
    warnings: tuple[str, ...] = ()


def import_sheet(
    workspace: Workspace,
    kind: str,
    path: Path,
    *,
    today: date,
    sheet: str | None = None,
    dry_run: bool = False,
    progress: Progress = silent,
) -> ImportReport:
    """Make the rows of a file the present records of their ids. A row replaces what is stored under its id wholly.

    kind: the file's kind, a key of TABLES. today: what lies after it is in the future.
    Raises BadSheet with every faulty cell, BadInput where the file as a whole cannot be read; nothing is stored then.
    """
    table = _table(kind)
    with _uncollected():
        return _import(workspace, table, path, today, sheet, dry_run, progress)


def _import(
    workspace: Workspace, table: Table, path: Path, today: date, sheet: str | None, dry_run: bool, tell: Progress
) -> ImportReport:
    tell("reading", 0, 3)
    words = Words(vocabulary=workspace.vocabulary, countries=workspace.reference.countries, today=today)
    # The sheet itself is not kept: its cells weigh as much as the records.
    rows = read_rows(workspace.read_sheet(path, sheet), table, words)
    tell("checking", 1, 3)
    with workspace.reading() if dry_run else workspace.writing() as connection:
        stored = store.current_versions(connection, table.kind)
        known = _known_ids(connection, table)
        faults = [*rows.faults, *check_ids(rows, path.name, known)]
        _refuse(path.name, faults, rows.warnings, missing_kinds(rows, known))
        records = keep_apart(rows.records, table.kind, stored) if table.keeps_alike else rows.records
        new = [pair for pair in records if _differs(table.kind, pair[1], stored.get(pair[1].id))]
        created = sum(record.id not in stored for _, record in new)
        alike = resemblances(new and records, _others(connection, table, stored, new))
        gone = _gone(connection, table, records)
        odd = _of_programmes(programmes_of(workspace), records) if table.programmes else []
        tell("storing", 2, 3)
        if not dry_run:
            for start in range(0, len(new), _AT_ONCE):
                store.put(connection, table.kind, [record for _, record in new[start : start + _AT_ONCE]])
            store.forget(connection, table.kind, gone)
    tell("storing", 3, 3)
    return ImportReport(
        kind=table.kind,
        file=path.name,
        created=created,
        changed=len(new) - created,
        unchanged=len(records) - len(new),
        warnings=(*rows.warnings, *_of_gone(table, gone), *odd, *alike, *suspicions(records)),
    )


def _differs(kind: str, record: Record, stored: str | None) -> bool:
    return stored is None or stored != version(kind, to_json(record))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without Python's search for circular garbage: of it there is none here, and the search is a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _table(kind: str) -> Table:
    if kind in TABLES:
        return TABLES[kind]
    near = nearest(kind, TABLES)
    way_out = f'did you mean "{near}"?' if near else f"choose one of {', '.join(TABLES)}."
    raise BadInput(f'There is no kind of file "{kind}"; {way_out}')


def _known_ids(connection: Connection, table: Table) -> dict[str, dict[str, str]]:
    """Kind → the ids stored, for the kinds this file must agree with."""
    kinds = {kind for kind in (table.other_side, *(column.names for column in table.columns)) if kind}
    parties = ("startup", "partner")
    of_kind = {
        kind: store.current_versions(connection, kind)
        for kind in sorted(kinds | set(parties) if PARTY in kinds else kinds)
        if kind != PARTY
    }
    if PARTY in kinds:
        of_kind[PARTY] = {id_: version for kind in parties for id_, version in of_kind[kind].items()}
    return of_kind


def _gone(connection: Connection, table: Table, records: Sequence[tuple[int, Record]]) -> list[str]:
    """The stored records that the file replaces by saying otherwise, by id."""
    if not table.wholly:
        return []

    def named(record: Record) -> tuple[str, ...]:
        return tuple(getattr(record, field) for field in table.wholly)

    told, kept = {named(record) for _, record in records}, {record.id for _, record in records}
    return [one.id for one in store.load(connection, table.kind) if named(one) in told and one.id not in kept]


def _of_programmes(known: Mapping[str, Programme], records: Sequence[tuple[int, Record]]) -> list[str]:
    """What rows say of programmes that there are not, and of days on which an edition is not held; never a refusal.

    A programme of the past may be none of the editions.
    """
    said: dict[str, list[int]] = {}
    away: dict[str, list[int]] = {}
    for row, record in records:
        assert isinstance(record, Participation | Availability)
        if record.programme not in known:
            said.setdefault(record.programme, []).append(row)
        elif isinstance(record, Availability) and not _on_a_day(record, known[record.programme].schedule.dates):
            away.setdefault(record.programme, []).append(row)
    warnings = []
    for programme, rows in said.items():
        near = nearest(programme, known)
        way_out = f'did you mean "{near}"?' if near else "`matcher programmes list` shows those that there are."
        warnings.append(f'There is no programme "{excerpt(programme)}" ({rows_in_words(rows)}); {way_out}')
    for programme, rows in away.items():
        days = ", ".join(known[programme].schedule.dates)
        warnings.append(f"Outside the days of {programme}, {days}: {rows_in_words(rows)}.")
    return warnings


def _on_a_day(record: Availability, dates: Sequence[str]) -> bool:
    """Whether what is said touches a day of the edition, give or take the hours of a time zone."""
    first, last = date.fromisoformat(record.begins[:10]), date.fromisoformat(record.ends[:10])
    return not dates or any(first - _A_DAY <= date.fromisoformat(day) <= last + _A_DAY for day in dates)


_A_DAY = timedelta(days=1)


def _of_gone(table: Table, gone: list[str]) -> list[str]:
    if not gone:
        return []
    what = "1 earlier row" if len(gone) == 1 else f"{len(gone):,} earlier rows"
    return [
        f"{what} of {table.file} no longer counts: the file says otherwise of the same {' and '.join(table.wholly)}."
    ]


def _others(
    connection: Connection, table: Table, stored: dict[str, str], new: list[tuple[int, Record]]
) -> Iterable[Record]:
    """The stored profiles that new ones may resemble; none are read where nothing is new or compared."""
    compared = table.other_side is not None and new and stored
    return store.load(connection, table.kind) if compared else ()


def _refuse(file: str, faults: list[CellFault], warnings: Sequence[str], missing: str | None) -> None:
    """Raise BadSheet where something is wrong. missing: what must be imported before this file, if anything."""
    if faults or missing:
        count = f"{len(faults):,} faulty cells" if len(faults) > 1 else "one faulty cell"
        message = f"{file} has {count}; nothing was stored: mend what is listed and import it again."
        raise BadSheet(missing or message, sorted(faults, key=lambda fault: (fault.row == 0, fault.row)), warnings)
