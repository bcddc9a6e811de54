"""Which table each meeting has: what stood stays, a startup keeps its table where it can."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.domain.timetable import Place


def seat(
    placed: Mapping[tuple[str, str], int],
    earlier: Mapping[tuple[str, str], Place],
    tables: int | None,
    virtual: bool,
) -> dict[tuple[str, str], Place]:
    """(startup id, partner id) → its place. placed: the slot of each; no slot has more than `tables`, None = no limit.

    A meeting that has the slot it had earlier has the table it had, too. A startup's own table is the one it had last;
    a new one's is the first that fewest startups call their own, so that with as many tables as startups none moves.
    """
    if virtual:
        return {key: Place(slot=slot) for key, slot in placed.items()}
    most = tables if tables is not None else max(len(placed), *(place.table or 0 for place in earlier.values()), 1)
    own = _own_tables(earlier)
    seated: dict[tuple[str, str], Place] = {}
    for slot in sorted(set(placed.values())):
        here = sorted(key for key, its in placed.items() if its == slot)
        stood = {key: _table(earlier, key, slot, most) for key in here}
        taken = {table for table in stood.values() if table is not None}
        for key in here:
            table = stood[key]
            if table is None:
                table = _choose(own.get(key[0]), own, taken, most)
                taken.add(table)
            own[key[0]] = table
            seated[key] = Place(slot=slot, table=table)
    return seated


def _own_tables(earlier: Mapping[tuple[str, str], Place]) -> dict[str, int]:
    own: dict[str, int] = {}
    for (startup, _), place in sorted(earlier.items(), key=lambda item: (item[1].slot, item[0])):
        if place.table is not None:
            own[startup] = place.table
    return own


def _table(earlier: Mapping[tuple[str, str], Place], key: tuple[str, str], slot: int, most: int) -> int | None:
    place = earlier.get(key)
    same = place is not None and place.slot == slot and place.table is not None and place.table <= most
    return place.table if place is not None and same else None


def _choose(own_table: int | None, own: Mapping[str, int], taken: set[int], most: int) -> int:
    if own_table is not None and own_table not in taken and own_table <= most:
        return own_table
    claims: dict[int, int] = {}
    for table in own.values():
        claims[table] = claims.get(table, 0) + 1
    # Beyond one table for each claim and each place taken, all are alike: no need to look at thousands.
    last = min(most, len(claims) + len(taken) + 1)
    return min(
        (table for table in range(1, most + 1 if last == most else last + 1) if table not in taken),
        key=lambda table: (claims.get(table, 0), table),
    )
