"""Who meets somebody else, or nobody, when a plan changes; in words."""

from __future__ import annotations

from collections.abc import Mapping, Set

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

    To a startup or a partner others are counted, not named.
    """
    startup, partner = pair
    lost, won = before - after, after - before - {pair}
    if not audience.sees_points:
        return f"; {_counted(len(lost | won))} would change" if lost | won else ""
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
    """Who would move if the pair met, a clause for each startup; "" where nobody would. Counted where not named."""
    lost, won = before - after, after - before - {pair}
    if not audience.sees_points:
        return f"{_counted(len(lost | won))} would change" if lost | won else ""
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


def _counted(meetings: int) -> str:
    return f"{meetings} other {'meeting' if meetings == 1 else 'meetings'}"
