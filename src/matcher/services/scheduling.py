"""Scheduling: when and where the pairs of a shortlist meet, as an immutable run that can be made again to the byte."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from matcher.domain.profile import Availability, Partner, Startup
from matcher.domain.programme import Programme, programme_from_json
from matcher.domain.run import Run
from matcher.domain.shortlist import MEETING
from matcher.domain.timetable import KIND, Meeting, Place, Slot, TimetableManifest, Wanted, manifest_from_json
from matcher.errors import BadInput, NotFound
from matcher.gather import Progress, silent
from matcher.published import status_of
from matcher.snapshot import kept_snapshot
from matcher.steps.local_times import moment_of
from matcher.steps.lookup import check_known
from matcher.steps.offers import offers
from matcher.steps.pitch_model import Before
from matcher.steps.pitches import running_order
from matcher.steps.slots import free_slots, slots_of
from matcher.steps.tables import csv_lines
from matcher.steps.timetable import timetable
from matcher.steps.timetable_page import timetable_page
from matcher.steps.timetable_result import Event, Parties, running_order_json, timetable_json
from matcher.steps.timetable_rows import rows_of
from matcher.store import begun_runs, records, runs
from matcher.workspace import Workspace

FORMATS = ("json", "csv", "xlsx", "html", "ics")


def make_timetable(
    workspace: Workspace,
    run_id: str,
    now: datetime,
    cancel: Sequence[tuple[str, str]] = (),
    like: str | None = None,
    progress: Progress = silent,
) -> Run:
    """Make the timetable of a shortlist run and keep it; the same manifest again gives the run that is kept.

    run_id: a shortlist, or an earlier timetable: that is given back as it is, or without the cancelled pairs, and then
    nothing else of it moves. cancel: (startup id, partner id) pairs that are called off. like: a timetable to stay as
    close to as the greatest number of meetings allows. Raises NotFound, BadInput.
    """
    run = _find(workspace, run_id)
    if run.kind == KIND:
        if like is not None:
            raise BadInput(f"Run {run_id} is a timetable already; name the shortlist whose timetable is to be like it.")
        if not cancel:
            return run
    elif not cancel:
        return _kept(workspace, _manifest(workspace, run, like), now, progress)
    else:
        _check_meant(_basis(workspace, run_id), cancel, run_id, run_id)
        # What was called off before stays so; and so that this moves nobody, the timetable with it comes first.
        latest = _latest_with_cancellations(workspace, run_id)
        if latest is not None and set(cancel) <= set(manifest_from_json(latest.manifest).cancelled):
            return latest
        run = latest or make_timetable(workspace, run_id, now, (), like, progress)
    return _kept(workspace, _without(workspace, run, cancel), now, progress)


def remake_timetable(workspace: Workspace, run: Run) -> str:
    """The result of a kept timetable made anew, from what it read then: the same bytes while the program is the same.

    Raises NotFound where a run it stands on is gone.
    """
    return _think(workspace, manifest_from_json(run.manifest))


def timetable_bytes(workspace: Workspace, result_text: str, format_: str, party: str | None = None) -> bytes:
    """A timetable as a file of this format: equal results, equal bytes.

    party: whose meetings alone are written, in a calendar. What is written says whether the run is approved.
    Raises NotFound for a party that is not in it, BadInput for a format there is not.
    """
    result: dict[str, Any] = json.loads(result_text)
    if party is not None:
        check_known(party, [one["id"] for one in result["parties"]], "party of this timetable", "look at its table.")
        if format_ != "ics":
            raise BadInput(
                f"One party's meetings are written as a calendar; name a file that ends in .ics for '{party}'."
            )
    if format_ == "json":
        return result_text.encode()
    if format_ == "csv":
        return "".join(csv_lines(*rows_of(result))).encode()
    status = status_of(workspace, result["run_id"], result["shortlist"])
    if format_ == "xlsx":
        return workspace.write_timetable(result, status)
    if format_ == "html":
        return timetable_page(result, status).encode()
    if format_ == "ics":
        return workspace.write_calendar(result, party, status)
    raise BadInput(f"A timetable cannot be written as '{format_}'; choose one of {', '.join(FORMATS)}.")


def party_ids(result_text: str) -> tuple[str, ...]:
    """Everybody who is in the timetable, startups first."""
    return tuple(one["id"] for one in json.loads(result_text)["parties"])


def _find(workspace: Workspace, run_id: str) -> Run:
    with workspace.reading() as connection:
        run = runs.find(connection, run_id)
        begun = {one.id for one in begun_runs.load(connection)}
        known = (run_id,) if run else (*runs.ids(connection), *begun)
    check_known(run_id, known, "run", "`matcher runs list` shows them all.")
    if run is None:
        raise BadInput(f"Run {run_id} was begun and not finished; `matcher runs resume {run_id}` goes on with it.")
    return run


def _latest_with_cancellations(workspace: Workspace, shortlist: str) -> Run | None:
    """The last timetable of a shortlist, where pairs of it were called off; None where none were."""
    with workspace.reading() as connection:
        ids = [line.id for line in runs.lines(connection) if line.kind == KIND]
        kept = [run for id_ in ids if (run := runs.find(connection, id_)) is not None]
    own = [run for run in kept if manifest_from_json(run.manifest).shortlist == shortlist]
    return own[-1] if own and manifest_from_json(own[-1].manifest).cancelled else None


def _check_meant(basis: _Basis, cancel: Sequence[tuple[str, str]], shortlist: str, shown_by: str) -> None:
    """Raise NotFound where a pair that is to be called off is not to meet."""
    for startup, partner in cancel:
        if (startup, partner) not in set(basis.meant):
            raise NotFound(
                f"'{startup}' and '{partner}' are not to meet in run {shortlist}; "
                f"`matcher timetable {shown_by}` shows who is, the startup's id first."
            )


@dataclass(frozen=True, kw_only=True)
class _Basis:
    """What stands behind a timetable: the shortlist, its programme and everybody in it.

    pairs: its meetings and alternates by startup and partner id, in its order.
    """

    programme: Programme
    as_of: str
    parties: Parties
    capacity: Mapping[str, int | None]
    pairs: Mapping[tuple[str, str], dict[str, Any]]

    @property
    def meant(self) -> list[tuple[str, str]]:
        """The pairs that are to meet."""
        return [key for key, item in self.pairs.items() if item["status"] == MEETING]


def _basis(workspace: Workspace, run_id: str) -> _Basis:
    run = _find(workspace, run_id)
    result, manifest = json.loads(run.result), json.loads(run.manifest)
    if "pairs" not in result:
        raise BadInput(f"Run {run_id} is a {run.kind}, and a timetable is made of a shortlist; name one of those.")
    programme = programme_from_json(manifest["programme"])
    snapshot = kept_snapshot(workspace, run.inputs_hash)
    items = (*result["pairs"], *result["alternates"])
    named = {id_ for item in items for id_ in (item["startup_id"], item["partner_id"])}
    everybody: tuple[Startup | Partner, ...] = (*snapshot.startups, *snapshot.partners)
    return _Basis(
        programme=programme,
        as_of=manifest["as_of"],
        parties={one.id: one for one in everybody if one.id in named},
        capacity={
            one.id: programme.capacity_default if one.capacity is None else one.capacity for one in snapshot.partners
        },
        pairs={(item["startup_id"], item["partner_id"]): item for item in items},
    )


def _manifest(workspace: Workspace, shortlist: Run, like: str | None) -> TimetableManifest:
    if like is not None and _find(workspace, like).kind != KIND:
        raise BadInput(f"Run {like} is no timetable; name one that `matcher runs list` shows as such after --like.")
    basis = _basis(workspace, shortlist.id)
    return TimetableManifest(
        programme_id=shortlist.programme_id,
        shortlist=shortlist.id,
        earlier=like or "",
        hold=False,
        cancelled=(),
        availability=records.inputs_hash(_availability(workspace, basis)),
        code=workspace.code(),
        as_of=basis.as_of,
    )


def _without(workspace: Workspace, earlier: Run, cancel: Sequence[tuple[str, str]]) -> TimetableManifest:
    """The manifest of an earlier timetable without these pairs. Raises NotFound where they are not in it."""
    manifest = manifest_from_json(earlier.manifest)
    basis = _basis(workspace, manifest.shortlist)
    for startup, partner in cancel:
        if (startup, partner) in manifest.cancelled:
            raise NotFound(f"'{startup}' and '{partner}' are cancelled already; leave this pair out.")
    _check_meant(basis, cancel, manifest.shortlist, earlier.id)
    return replace(
        manifest,
        earlier=earlier.id,
        hold=True,
        cancelled=tuple(sorted({*manifest.cancelled, *cancel})),
        availability=records.inputs_hash(_availability(workspace, basis)),
        code=workspace.code(),
    )


def _availability(workspace: Workspace, basis: _Basis) -> tuple[str, ...]:
    """The present versions of the records that say when those of this shortlist are there."""
    with workspace.reading() as connection:
        versions = records.current_versions(connection, "availability")
        loaded = cast(tuple[Availability, ...], records.load(connection, "availability"))
    return tuple(
        versions[one.id] for one in loaded if one.programme == basis.programme.id and one.party_id in basis.parties
    )


def _kept(workspace: Workspace, manifest: TimetableManifest, now: datetime, progress: Progress) -> Run:
    with workspace.reading() as connection:
        earlier = runs.find(connection, manifest.run_id())
    if earlier is not None:
        return earlier
    versions = _availability(workspace, _basis(workspace, manifest.shortlist))
    with workspace.writing() as connection:
        records.keep_inputs(connection, manifest.availability, versions)
    progress("making the timetable", 0, 1)
    result = _think(workspace, manifest)
    progress("making the timetable", 1, 1)
    run = Run(
        id=manifest.run_id(),
        kind=KIND,
        programme_id=manifest.programme_id,
        manifest=manifest.text(),
        inputs_hash=manifest.availability,
        result=result,
        made_at=now.isoformat(timespec="seconds"),
    )
    with workspace.writing() as connection:
        return runs.keep(connection, run)


def _think(workspace: Workspace, manifest: TimetableManifest) -> str:
    basis = _basis(workspace, manifest.shortlist)
    with workspace.reading() as connection:
        kept = records.load_inputs(connection, manifest.availability).get("availability", ())
    slots = slots_of(basis.programme)
    there = free_slots(slots, basis.programme, cast(tuple[Availability, ...], kept))
    earlier = json.loads(_find(workspace, manifest.earlier).result) if manifest.earlier else None
    event = Event(
        manifest=manifest,
        revision=earlier["revision"] + 1 if earlier else 0,
        programme=basis.programme,
        slots=slots,
        parties=basis.parties,
        pairs=basis.pairs,
        before=_places(earlier, {slot.start: at for at, slot in enumerate(slots)}),
    )
    wanted = [
        Wanted(startup_id=key[0], partner_id=key[1], score=basis.pairs[key]["score"])
        for key in basis.meant
        if key not in manifest.cancelled
    ]
    schedule = basis.programme.schedule
    standing = {key: place for key, place in event.before.items() if key not in manifest.cancelled}
    if schedule.format == "pitches":
        rooms = schedule.rooms or ("Room 1",)
        before = None if earlier is None else _session_before(earlier, rooms, slots)
        return running_order_json(event, running_order(wanted, len(slots), there, len(rooms), before=before))
    made = timetable(
        wanted,
        len(slots),
        there,
        schedule.tables,
        virtual=schedule.virtual,
        earlier=standing,
        hold=manifest.hold,
    )
    offered = offers(
        [
            Meeting(startup_id=key[0], partner_id=key[1], place=event.before[key])
            for key in manifest.cancelled
            if key in event.before
        ],
        made.meetings,
        _alternates(basis, manifest),
        there,
        _room_left(basis, manifest),
    )
    return timetable_json(event, made, offered)


def _places(earlier: dict[str, Any] | None, slot_at: Mapping[datetime, int]) -> dict[tuple[str, str], Place]:
    """Where each pair stood in an earlier result, by the time of its slot; those called off before it, too."""
    if earlier is None:
        return {}
    stood = [(item, item) for item in earlier.get("meetings", ())]
    stood += [(item, item["was"]) for item in earlier["cancelled"] if item["was"] is not None]
    found = {}
    for item, where in stood:
        slot = slot_at.get(moment_of(where["start"]))
        if slot is not None:
            found[item["startup_id"], item["partner_id"]] = Place(slot=slot, table=where["table"])
    return found


def _session_before(earlier: dict[str, Any], rooms: Sequence[str], slots: Sequence[Slot]) -> Before:
    """An earlier session as far as its rooms and slots are still there."""
    at = {slot.start: number for number, slot in enumerate(slots)}
    number_of = {room: number for number, room in enumerate(rooms)}
    starts = [(one, moment_of(one["start"])) for one in earlier.get("pitches", ()) if one["room"] in number_of]
    return Before(
        pitches={one["startup_id"]: (number_of[one["room"]], at[start]) for one, start in starts if start in at},
        seats={
            one["partner_id"]: number_of[one["room"]] for one in earlier.get("seats", ()) if one["room"] in number_of
        },
    )


def _alternates(basis: _Basis, manifest: TimetableManifest) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for (startup, partner), item in basis.pairs.items():
        if item["status"] != MEETING and (startup, partner) not in manifest.cancelled:
            found.setdefault(startup, []).append(partner)
    return found


def _room_left(basis: _Basis, manifest: TimetableManifest) -> dict[str, int | None]:
    """How many meetings more each partner takes, beside those of the shortlist that still stand."""
    left = dict(basis.capacity)
    for key in basis.meant:
        capacity = left.get(key[1])
        if capacity is not None and key not in manifest.cancelled:
            left[key[1]] = capacity - 1
    return left
