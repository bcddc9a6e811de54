"""Who could take a slot that a cancelled meeting leaves free: an alternate, offered and not booked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from matcher.domain.timetable import Meeting, Place


@dataclass(frozen=True, kw_only=True)
class Offer:
    """An alternate for the slot of a cancelled pair."""

    startup_id: str
    partner_id: str
    instead_of: str
    place: Place


def offers(
    freed: Sequence[Meeting],
    meetings: Sequence[Meeting],
    alternates: Mapping[str, Sequence[str]],
    there: Mapping[str, AbstractSet[int]],
    room_left: Mapping[str, int | None],
) -> tuple[Offer, ...]:
    """For each cancelled meeting the startup's first alternate that is there then, is free and takes one more.

    freed: the cancelled meetings where they stood, in the order in which they are offered for. alternates: startup id →
    partner ids, the best first. room_left: partner id → how many meetings more it takes, None = no limit. A partner is
    offered for one freed slot only once, and never beyond its room; a slot that was filled anew is not offered.
    """
    busy = {(party, one.place.slot) for one in meetings for party in (one.startup_id, one.partner_id)}
    seats = {(one.place.slot, one.place.table) for one in meetings if one.place.table is not None}
    left = dict(room_left)
    made: list[Offer] = []
    paired = {(one.startup_id, one.partner_id) for one in meetings}
    for gone in freed:
        slot = gone.place.slot
        if (gone.startup_id, slot) in busy or (slot, gone.place.table) in seats:
            continue
        for partner in alternates.get(gone.startup_id, ()):
            room = left.get(partner)
            if (
                (partner, slot) not in busy
                and slot in there.get(partner, {slot})
                and slot in there.get(gone.startup_id, {slot})
                and (room is None or room > 0)
                and (gone.startup_id, partner) not in paired
            ):
                made.append(
                    Offer(startup_id=gone.startup_id, partner_id=partner, instead_of=gone.partner_id, place=gone.place)
                )
                busy |= {(partner, slot), (gone.startup_id, slot)}
                paired.add((gone.startup_id, partner))
                if room is not None:
                    left[partner] = room - 1
                break
    return tuple(made)
