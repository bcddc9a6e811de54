"""A record as canonical JSON and back, and the version that names its content."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import Any

from matcher.domain.profile import RECORD_TYPES, Money, Record

_MONEY = {"raising", "raised", "ticket_min", "ticket_max", "value"}
_LISTS = {"sectors", "technologies", "seeks", "languages", "stages", "countries", "excludes"}


def to_json(record: Record) -> str:
    """The record as JSON with sorted keys, without the fields that say nothing: equal records, equal text."""
    said = {}
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if value is None or value == ():
            continue
        said[field.name] = [value.minor, value.currency] if isinstance(value, Money) else value
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(kind: str, text: str) -> Record:
    """The record that `to_json` wrote. `kind` is a key of RECORD_TYPES."""
    said: dict[str, Any] = json.loads(text)
    for name in _MONEY & said.keys():
        said[name] = Money(minor=said[name][0], currency=said[name][1])
    for name in _LISTS & said.keys():
        said[name] = tuple(said[name])
    return RECORD_TYPES[kind](**said)


def version(kind: str, text: str) -> str:
    """The name of a record's content: SHA-256 (hex) of its kind and canonical JSON."""
    return hashlib.sha256(f"{kind}\n{text}".encode()).hexdigest()
