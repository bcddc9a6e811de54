"""A timetable as the JSON that a run keeps and every door shows (the shape is in docs/how-to/timetable.md)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.domain.profile import Partner, Startup
from matcher.domain.programme import Programme
from matcher.domain.timetable import Goal, Place, RunningOrder, Slot, Timetable, TimetableManifest, Unplaced
from matcher.steps.local_times import in_words, utc_text, zone_of
from matcher.steps.offers import Offer
from matcher.steps.places import UNITS_PER_POINT
from matcher.steps.timetable import WORTH

Parties = Mapping[str, Startup | Partner]


@dataclass(frozen=True, kw_only=True)
class Event:
    """What a timetable is told with. pairs: the shortlist's items by startup and partner id, alternates among them.

    before: (startup id, partner id) → where the pair stood earlier, also if it was called off before that; empty where
    there is no earlier timetable.
    """

    manifest: TimetableManifest
    revision: int
    programme: Programme
    slots: Sequence[Slot]
    parties: Parties
    pairs: Mapping[tuple[str, str], dict[str, Any]]
    before: Mapping[tuple[str, str], Place]

    def zone(self, party: str) -> tuple[str, bool]:
        """The zone of a party, and whether it is the event's for want of its own."""
        return zone_of(self.parties[party].time_zone, self.programme.schedule.time_zone)

    def when(self, place: Place, startup: str, partner: str | None) -> dict[str, Any]:
        """Start and end in UTC, the table, and the time in words for the event and both parties."""
        slot = self.slots[place.slot]
        zones = {"event": self.programme.schedule.time_zone, "startup": self.zone(startup)[0]}
        if partner is not None:
            zones["partner"] = self.zone(partner)[0]
        return {
            "slot": place.slot,
            "start": utc_text(slot.start),
            "end": utc_text(slot.end),
            "table": place.table,
            "times": {who: in_words(slot.start, slot.end, zone) for who, zone in zones.items()},
        }

    def pair(self, startup: str, partner: str) -> dict[str, Any]:
        """Ids, names and what the shortlist says of the pair."""
        item = self.pairs[startup, partner]
        return {
            "startup_id": startup,
            "startup_name": self.parties[startup].name,
            "partner_id": partner,
            "partner_name": self.parties[partner].name,
            "kind": item["kind"],
            "score": item["score"],
            "band": item["band"],
        }


def timetable_json(event: Event, table: Timetable, offered: Sequence[Offer]) -> str:
    """The whole result of one-to-one meetings as canonical JSON text: equal timetables, equal bytes."""
    meetings = [
        event.pair(one.startup_id, one.partner_id)
        | event.when(one.place, one.startup_id, one.partner_id)
        | {"change": _change(event, (one.startup_id, one.partner_id), one.place)}
        for one in table.meetings
    ]
    counts = Counter(id_ for one in table.meetings for id_ in (one.startup_id, one.partner_id))
    told = {
        "meetings": meetings,
        "offers": [
            event.pair(one.startup_id, one.partner_id)
            | event.when(one.place, one.startup_id, one.partner_id)
            | {"instead_of": one.instead_of, "instead_of_name": event.parties[one.instead_of].name}
            for one in offered
        ],
    }
    return _text(event, told, counts, table.unplaced, table.goals)


def running_order_json(event: Event, order: RunningOrder) -> str:
    """The whole result of a pitch session as canonical JSON text."""
    rooms = event.programme.schedule.rooms or ("Room 1",)
    position: Counter[int] = Counter()
    pitches = []
    for one in order.pitches:
        position[one.room] += 1
        pitches.append(
            {
                "room": rooms[one.room],
                "position": position[one.room],
                "startup_id": one.startup_id,
                "startup_name": event.parties[one.startup_id].name,
            }
            | {key: value for key, value in event.when(Place(slot=one.slot), one.startup_id, None).items()}
            | {
                "investors": [
                    {
                        "partner_id": id_,
                        "name": event.parties[id_].name,
                        "score": event.pairs[one.startup_id, id_]["score"],
                    }
                    for id_ in one.present
                ]
            }
        )
    counts = Counter([one.startup_id for one in order.pitches])
    counts.update(id_ for one in order.pitches for id_ in one.present)
    told = {
        "rooms": list(rooms),
        "pitches": pitches,
        "seats": [
            {"partner_id": id_, "name": event.parties[id_].name, "room": rooms[room]}
            for id_, room in sorted(order.seats.items(), key=lambda item: (item[1], item[0]))
        ],
    }
    return _text(event, told, counts, order.unplaced, order.goals)


def _text(
    event: Event,
    told: Mapping[str, Any],
    counts: Mapping[str, int],
    unplaced: Sequence[Unplaced],
    goals: Sequence[Goal],
) -> str:
    manifest, schedule = event.manifest, event.programme.schedule
    said = {
        "run_id": manifest.run_id(),
        "kind": manifest.kind,
        "programme_id": event.programme.id,
        "programme_name": event.programme.name,
        "as_of": manifest.as_of,
        "shortlist": manifest.shortlist,
        "earlier": manifest.earlier or None,
        "revision": event.revision,
        "format": schedule.format,
        "virtual": schedule.virtual,
        "time_zone": schedule.time_zone,
        "tables": None if schedule.virtual else schedule.tables,
        "slots": [{"start": utc_text(slot.start), "end": utc_text(slot.end)} for slot in event.slots],
        **told,
        "unplaced": [
            {
                "startup_id": one.startup_id,
                "startup_name": event.parties[one.startup_id].name,
                "partner_id": one.partner_id,
                "partner_name": None if one.partner_id is None else event.parties[one.partner_id].name,
                "rule": one.rule,
                "because": one.because,
            }
            for one in unplaced
        ],
        "cancelled": [_cancelled(event, key) for key in manifest.cancelled],
        "parties": [_party(event, id_, counts.get(id_, 0)) for id_ in _everybody(event)],
        "certificate": {"goals": [_goal(goal) for goal in goals]},
    }
    return json.dumps(said, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _change(event: Event, key: tuple[str, str], place: Place) -> str | None:
    """Whether a meeting is new, kept or moved against the earlier timetable; None where there is none."""
    if not event.manifest.earlier:
        return None
    before = event.before.get(key)
    return "new" if before is None else "kept" if before == place else "moved"


def _cancelled(event: Event, key: tuple[str, str]) -> dict[str, Any]:
    place = event.before.get(key)
    return event.pair(*key) | {"was": None if place is None else event.when(place, *key)}


def _everybody(event: Event) -> list[str]:
    return list(dict.fromkeys(id_ for side in (0, 1) for id_ in sorted({key[side] for key in _meant(event)})))


def _meant(event: Event) -> list[tuple[str, str]]:
    return [key for key, item in event.pairs.items() if item["status"] == "meeting"]


def _party(event: Event, id_: str, count: int) -> dict[str, Any]:
    zone, assumed = event.zone(id_)
    party = event.parties[id_]
    return {
        "id": id_,
        "name": party.name,
        "side": "startup" if isinstance(party, Startup) else "partner",
        "time_zone": zone,
        "time_zone_assumed": assumed,
        "meetings": count,
    }


def _goal(goal: Goal) -> dict[str, Any]:
    scale = UNITS_PER_POINT if goal.name == WORTH else 1
    shown = {"reached": goal.reached, "bound": goal.bound, "gap": goal.gap}
    return {"goal": goal.name} | {key: value if scale == 1 else value / scale for key, value in shown.items()}
