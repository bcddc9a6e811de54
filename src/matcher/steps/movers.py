"""Who meets somebody else, or nobody, when a plan changes; in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from matcher.domain.audience import Audience
from matcher.steps.rule_words import listed

Meetings = Set[tuple[str, str]]
"""Startup id and partner id of everybody who meets."""

_MOST_NAMED = 3


def moved(
    before: Meetings,
    after: Meetings,
    pair: tuple[str, str],
    names: Mapping[str, str],
    audience: Audience,
) -> str:
    """What a new meeting of this pair changes for others, as the end of a sentence; "" where nothing does.

    A startup or a partner is told whom it would meet itself, or no longer; meetings of others are counted to it.
    """
    startup, partner = pair
    lost, won = before - after, after - before - {pair}
    if not audience.sees_points:
        return "".join(f"; {part}" for part in _for_reader(lost, won, pair, names, audience))
    parts = []
    losers = sorted(other for other, whom in lost if whom == partner)
    if losers:
        parts.append(f"{listed(names[one] for one in losers)} would lose theirs")
    left = sorted(whom for other, whom in lost if other == startup)
    if left:
        parts.append(f"it would no longer meet {listed(names[one] for one in left)}")
    others = [one for one in (*lost, *won) if startup != one[0] and (partner != one[1] or one in won)]
    own = [one for one in won if one[0] == startup]
    if own:
        parts.append(f"it would also meet {listed(names[whom] for _, whom in sorted(own))}")
    if others:
        parts.append(f"{_counted(len(others))} would change")
    return "".join(f"; {part}" for part in parts)


def movers(
    before: Meetings,
    after: Meetings,
    pair: tuple[str, str],
    names: Mapping[str, str],
    audience: Audience,
) -> str:
    """Who would move if the pair met, a clause for each startup; "" where nobody would. To whom see `moved`."""
    lost, won = before - after, after - before - {pair}
    if not audience.sees_points:
        return "; ".join(_for_reader(lost, won, pair, names, audience))
    clauses = []
    for id_ in sorted({startup for startup, _ in lost | won}):
        out = listed(names[partner] for startup, partner in sorted(lost) if startup == id_)
        into = listed(names[partner] for startup, partner in sorted(won) if startup == id_)
        who = names[id_]
        if out and into:
            clauses.append(f"{who} would meet {into} in place of {out}")
        elif out:
            clauses.append(f"{who} would lose the meeting with {out}")
        else:
            clauses.append(f"{who} would also meet {into}")
    more = len(clauses) - _MOST_NAMED
    others = "1 more startup" if more == 1 else f"{more} more startups"
    return "; ".join(clauses[:_MOST_NAMED]) + (f"; and {others} would move" if more > 0 else "")


def _for_reader(
    lost: Meetings, won: Meetings, pair: tuple[str, str], names: Mapping[str, str], audience: Audience
) -> Iterator[str]:
    """The clauses of the startup or the partner of the pair: its own meetings by name, those of others in number."""
    own = 0 if audience is Audience.STARTUP else 1
    who = ("it", "they")[own]
    for meetings, verb in ((lost, "no longer"), (won, "also")):
        mine = sorted(one[1 - own] for one in meetings if one[own] == pair[own])
        if mine:
            yield f"{who} would {verb} meet {listed(names[other] for other in mine)}"
    others = sum(one[own] != pair[own] for one in lost | won)
    if others:
        yield f"{_counted(others)} would change"


def _counted(meetings: int) -> str:
    return f"{meetings} other {'meeting' if meetings == 1 else 'meetings'}"
