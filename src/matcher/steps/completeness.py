"""Completeness: how many profiles state each field, and which empty field costs matching most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from matcher.domain.profile import Partner, Startup
from matcher.steps.measure import FEATURES
from matcher.steps.rank import Ranker

# What is measured with each field; a text that is missing leaves everything unassessed.
_MEASURED_WITH: dict[str, dict[str, tuple[str, ...]]] = {
    "startup": {
        "summary": tuple(FEATURES),
        "country": ("country", "past_country"),
        "city": ("past_place",),
        "sectors": ("sector", "past_sector"),
        "technologies": ("technology",),
        "stage": ("stage", "past_kindred"),
        "founded": ("past_kindred",),
        "raising": ("ticket", "past_kindred"),
        "seeks": ("gives",),
        "investment_ready": ("ready",),
    },
    "partner": {
        "thesis": ("thesis", "thesis_words"),
        "sectors": ("sector",),
        "technologies": ("technology",),
        "stages": ("stage",),
        "countries": ("country",),
        "ticket_max": ("ticket",),
    },
}
_NOT_FIELDS = ("id", "name")


@dataclass(frozen=True, kw_only=True)
class FieldRow:
    """A field of startups or partners. stated, total: how many profiles. share: from 0 to 1, None of nobody.

    decides: how much of what can decide a score is measured with it, from 0 to 1; 0 where none is. at_stake: decides ×
    the share that is silent: how much the mean confidence may rise at most.
    """

    kind: str
    field: str
    stated: int
    total: int
    share: float | None
    decides: float
    at_stake: float


COMPLETENESS_COLUMNS = tuple(field.name for field in fields(FieldRow))


def completeness(kind: str, records: Sequence[Startup | Partner], ranker: Ranker) -> tuple[FieldRow, ...]:
    """Every field of a kind, in the order of the profile. kind: startup or partner."""
    type_ = Startup if kind == "startup" else Partner
    names = [field.name for field in fields(type_) if field.name not in _NOT_FIELDS]
    deciding = {name: ranker.weights[name] * ranker.spread[name] for name in FEATURES}
    whole = sum(deciding.values())
    rows = []
    for name in names:
        stated = sum(getattr(one, name) not in (None, ()) for one in records)
        silent = 1 - stated / len(records) if records else 0.0
        measured = _MEASURED_WITH[kind].get(name, ())
        decides = sum(deciding[feature] for feature in measured) / whole if whole else 0.0
        rows.append(
            FieldRow(
                kind=kind,
                field=name,
                stated=stated,
                total=len(records),
                share=stated / len(records) if records else None,
                decides=decides,
                at_stake=decides * silent,
            )
        )
    return tuple(rows)


def fill_first(rows: Sequence[FieldRow]) -> FieldRow | None:
    """The field with most at stake, the first of equals; None where every field that decides is stated by all."""
    best = max(rows, key=lambda row: row.at_stake, default=None)
    return best if best is not None and best.at_stake > 0 else None


def completeness_json(rows: Mapping[str, Sequence[FieldRow]]) -> dict[str, Any]:
    """Kind (startups, partners) → its fields, and the one to fill first."""
    said: dict[str, Any] = {}
    for kind, own in rows.items():
        first = fill_first(own)
        said[kind] = {"fill_first": first and first.field, "fields": [asdict(row) for row in own]}
    return said
