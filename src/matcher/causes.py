"""Why two runs differ: one is turned into the other a component at a time, and each step's plan is solved.

The step that moves a pair for good is its cause: it is out before it and in after it, or the other way round, and stays
so. It reads and writes nothing.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from typing import TypeVar

from matcher.domain import money
from matcher.domain.override import Override
from matcher.domain.profile import Money, Partner, Record
from matcher.domain.programme import Programme
from matcher.domain.run_diff import Difference

# What of a programme says how many: the rest says who.
_NUMBERS = (
    "places",
    "quotas",
    "longlist",
    "shortlist",
    "meetings",
    "kinds",
    "capacity_default",
    "guarantee",
    "strict",
    "least_score",
)
_MOST_NAMED = 10
# So many characters of a value are shown.
_LONGEST = 60

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, kw_only=True)
class Ingredients:
    """What a plan is made from, apart from the program: the records by kind, the programme, the ranker, overrides."""

    records: Mapping[str, tuple[Record, ...]]
    programme: Programme
    as_of: str
    ranker_id: str
    overrides: tuple[Override, ...]


def steps(first: Ingredients, second: Ingredients) -> list[tuple[str, Ingredients]]:
    """From the first to the second: each cause, and the ingredients once it has been taken over.

    A partner's capacity is a number of the plan, not of the pair: it goes with the edition's own numbers.
    """
    data = replace(first, records=_with_capacities(second.records, first.records), as_of=second.as_of)
    rule = replace(data, programme=_with_numbers(second.programme, first.programme))
    capacity = replace(rule, records=second.records, programme=second.programme)
    ranker = replace(capacity, ranker_id=second.ranker_id)
    override = replace(ranker, overrides=second.overrides)
    return [("data", data), ("rule", rule), ("capacity", capacity), ("ranker", ranker), ("override", override)]


def moved(states: Sequence[tuple[str, Set[T]]]) -> dict[T, tuple[str, str]]:
    """What is in the last state and not in the first, or the other way round → (change, cause), in sorted order.

    states: the first with a name that is not read, then each cause with the state after it.
    """
    first, last = states[0][1], states[-1][1]
    found = {}
    for one in sorted(first ^ last, key=repr):
        there = one in last
        cause = next(
            name
            for (name, after), (_, before) in zip(reversed(states[1:]), reversed(states[:-1]), strict=True)
            if (one in after) == there and (one in before) != there
        )
        found[one] = ("gained" if there else "lost", cause)
    return found


def differences(first: Ingredients, second: Ingredients) -> list[Difference]:
    """Everything that differs in what two plans are made from, in words, by cause."""
    found = [Difference(cause="data", detail=detail) for detail in _records(first, second)]
    if first.as_of != second.as_of:
        found.append(Difference(cause="data", detail=f"as of {first.as_of} → {second.as_of}"))
    numbers = {}
    for field in fields(Programme):
        before, after = getattr(first.programme, field.name), getattr(second.programme, field.name)
        if before != after:
            numbers[field.name] = f"{field.name}: {_both(before, after)}"
    found += [Difference(cause="rule", detail=detail) for name, detail in numbers.items() if name not in _NUMBERS]
    found += [Difference(cause="capacity", detail=detail) for name, detail in numbers.items() if name in _NUMBERS]
    found += [Difference(cause="capacity", detail=detail) for detail in _capacities(first, second)]
    if first.ranker_id != second.ranker_id:
        found.append(Difference(cause="ranker", detail=f"{first.ranker_id} → {second.ranker_id}"))
    for usual, mine, others in (("lifted", first, second), ("made", second, first)):
        for one in mine.overrides:
            if one not in others.overrides:
                word = usual if one.holds(others.as_of) else "expired"
                detail = f"{one.kind} of {one.startup_id} and {one.partner_id} {word} ({one.person}: {one.reason})"
                found.append(Difference(cause="override", detail=detail, pair=one.pair))
    return found


@dataclass(frozen=True, kw_only=True)
class ChangedRecord:
    """A record that differs. words: what of it. parties: the ids of whom it speaks, all of them in a pair it moves."""

    kind: str
    id: str
    words: str
    parties: frozenset[str]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}: {self.words}"


def changed_records(first: Ingredients, second: Ingredients, leave_out: str = "") -> list[ChangedRecord]:
    """Every record that differs, by kind and id. leave_out: a field that is not compared."""
    found = []
    for kind in sorted({*first.records, *second.records}):
        old = {one.id: one for one in first.records.get(kind, ())}
        new = {one.id: one for one in second.records.get(kind, ())}
        for id_ in sorted(old.keys() | new.keys()):
            words = "removed" if id_ not in new else "new" if id_ not in old else _fields(old[id_], new[id_], leave_out)
            if words:
                record = new.get(id_) or old[id_]
                said = {getattr(record, name, None) for name in ("startup_id", "partner_id")} - {None}
                found.append(ChangedRecord(kind=kind, id=id_, words=words, parties=frozenset(map(str, said or {id_}))))
    return found


def _with_capacities(
    new: Mapping[str, tuple[Record, ...]], old: Mapping[str, tuple[Record, ...]]
) -> Mapping[str, tuple[Record, ...]]:
    before = {one.id: one.capacity for one in old.get("partner", ()) if isinstance(one, Partner)}
    partners = tuple(
        replace(one, capacity=before[one.id]) if isinstance(one, Partner) and one.id in before else one
        for one in new.get("partner", ())
    )
    return {**new, "partner": partners}


def _with_numbers(new: Programme, old: Programme) -> Programme:
    return replace(new, **{name: getattr(old, name) for name in _NUMBERS})


def _records(first: Ingredients, second: Ingredients) -> list[str]:
    named = [str(one) for one in changed_records(first, second, leave_out="capacity")]
    more = len(named) - _MOST_NAMED
    return named[:_MOST_NAMED] + ([f"and {more} more records"] if more > 0 else [])


def _capacities(first: Ingredients, second: Ingredients) -> Iterable[str]:
    before = {one.id: one.capacity for one in first.records.get("partner", ()) if isinstance(one, Partner)}
    for one in second.records.get("partner", ()):
        if isinstance(one, Partner) and one.id in before and before[one.id] != one.capacity:
            yield f"partner {one.id}: capacity {_said(before[one.id])} → {_said(one.capacity)}"


def _fields(old: Record, new: Record, leave_out: str) -> str:
    before, after = asdict(old), asdict(new)
    changed = [name for name in before if before[name] != after[name] and name != leave_out]
    return "; ".join(f"{name}: {_both(before[name], after[name])}" for name in changed)


def _both(before: object, after: object) -> str:
    """Two values that differ, in words; of long ones what stands around the first difference."""
    old, new = _whole(before), _whole(after)
    if max(len(old), len(new)) <= _LONGEST:
        return f"{old} → {new}"
    same = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    start = max(0, same - _LONGEST // 3)
    cut = [("…" if start else "") + one[start : start + _LONGEST] for one in (old, new)]
    return " → ".join(
        one + ("…" if len(whole) > start + _LONGEST else "") for one, whole in zip(cut, (old, new), strict=True)
    )


def _whole(value: object) -> str:
    if value in (None, (), "", {}):
        return "none"
    if isinstance(value, dict) and value.keys() == {"minor", "currency"}:
        return money.words(Money(**value))
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {_whole(one)}" for name, one in value.items() if one not in (None, (), "", {}))
    if isinstance(value, list | tuple):
        return ", ".join(map(_whole, value))
    return str(value)


def _said(value: object) -> str:
    """A value in words, short enough for a line."""
    text = "none" if value in (None, (), "") else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
