"""The meetings of a run, as reports count them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from matcher.domain.shortlist import ShortlistPair


@dataclass(frozen=True, kw_only=True)
class RunMeeting:
    """One meeting. rank: its place among the startup's own, from 1. score: None where it was not assessed."""

    startup_id: str
    partner_id: str
    rank: int
    score: float | None


def meetings_of(pairs: Iterable[ShortlistPair]) -> tuple[RunMeeting, ...]:
    """The meetings of a plan, in its order."""
    return tuple(_meeting(vars(pair)) for pair in pairs)


def meetings_in(result: Mapping[str, Any]) -> tuple[RunMeeting, ...]:
    """The meetings of a shortlist result (steps/result.py), in its order."""
    return tuple(_meeting(pair) for pair in result["pairs"])


def _meeting(pair: Mapping[str, Any]) -> RunMeeting:
    return RunMeeting(
        startup_id=pair["startup_id"], partner_id=pair["partner_id"], rank=pair["rank"], score=pair["score"]
    )
