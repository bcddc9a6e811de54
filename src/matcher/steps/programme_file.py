"""A programme's TOML file to a Programme: every fault named, with the way out."""

from __future__ import annotations

import difflib
import re
import tomllib
import zoneinfo
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from matcher.domain.programme import ALWAYS, FORMATS, MODES, EntryRules, Programme, Schedule
from matcher.domain.sheet import excerpt
from matcher.domain.shortlist import Bounds
from matcher.domain.vocabulary import KINDS, OUTCOMES, STAGES, WOMEN_LED, folded, hub_id
from matcher.errors import BadInput

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_SESSION = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")
# Nobody plans an event of before; far earlier and later days leave the calendars of other programs.
_FIRST_YEAR = 1900
_DAY = re.compile(r"(19|2\d)\d\d-\d\d-\d\d", re.ASCII)
_MOST = 1_000_000
# A hundred years: beyond it a date would leave the calendar, and "always" says it better.
_MOST_MONTHS = 1200
# Names of groups are short: one letter of D5 is half of it.
_NEAR_GROUP = 0.5


def programme_from_toml(text: str, where: str, groups: Mapping[str, tuple[str, ...]] | None = None) -> Programme:
    """Read a programme. Raises BadInput with every fault of the file, each naming its key and what to write.

    groups: name → ISO codes; a group's name among `countries` stands for its countries, in its place.
    """
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise BadInput(f"{where} is not a TOML file: {fault}; mend that line and try again.") from fault
    except (RecursionError, ValueError) as fault:
        message = (
            "it nests too deeply, or holds a number that is too long; write it as docs/how-to/programmes.md shows."
        )
        raise BadInput(f"{where} cannot be read as a programme: {message}") from fault
    reader = _Reader(groups or {})
    programme = reader.programme(said)
    refuse(where, reader.faults)
    assert programme is not None  # a reader without faults has read one
    return programme


def refuse(where: str, faults: Sequence[str]) -> None:
    """Raise BadInput with all faults of a programme, if there are any. where: the file."""
    if faults:
        raise BadInput(f"{where}: " + "; ".join(faults).removesuffix("?") + ".")


class _Reader:
    """Reads key by key and collects the faults instead of stopping at the first."""

    def __init__(self, groups: Mapping[str, tuple[str, ...]]) -> None:
        self.faults: list[str] = []
        self._groups = {folded(name): countries for name, countries in groups.items()}
        self._group_names = {folded(name): name for name in groups}

    def programme(self, said: dict[str, Any]) -> Programme | None:
        keys = {
            "id": self._id,
            "name": self._text,
            "edition": self._number,
            "theme": self._text,
            "mode": self._one_of(MODES),
            "sectors": self._texts,
            "countries": self._countries,
            "hubs": self._hubs,
            "stages": self._list_of(STAGES),
            "places": self._number,
            "longlist": self._number,
            "shortlist": self._number,
            "least_score": self._score,
            "strict": self._flag,
            "guarantee": self._flag,
            "source_programmes": self._texts,
            "source": self._text,
            "quotas": self._quotas,
            "meetings": self._bounds,
            "kinds": self._kinds,
            "capacity": self._capacity,
            "cooling_off": self._cooling_off,
            "rules": self._rules,
            "schedule": self._schedule,
        }
        read = self._table("", said, keys)
        for key in ("id", "name", "edition"):
            if key not in said:
                self.faults.append(f"'{key}' is missing")
        if self.faults:
            return None
        read["capacity_default"] = read.pop("capacity", {}).get("default")
        return Programme(**read)

    def _table(self, path: str, said: Any, keys: Mapping[str, Callable[[str, Any], Any]]) -> dict[str, Any]:
        if not isinstance(said, dict):
            self.faults.append(f"'{path}' must be a table, such as [{path}]")
            return {}
        read: dict[str, Any] = {}
        for key, value in said.items():
            name = f"{path}.{key}" if path else key
            if key not in keys:
                near = difflib.get_close_matches(key, keys, 1)
                known = f"did you mean '{near[0]}'?" if near else f"known keys are {', '.join(keys)}"
                self.faults.append(f"'{name}' is not a key of a programme; {known}")
                continue
            found = keys[key](name, value)
            if found is not None:
                read[key] = found
        return read

    def _wrong(self, name: str, value: Any, want: str) -> None:
        try:
            shown = excerpt(repr(value))
        except (ValueError, RecursionError):
            shown = "too long a number, or nested too deeply"  # Python writes neither out
        self.faults.append(f"'{name}' is {shown}; write {want}")

    def _text(self, name: str, value: Any) -> str | None:
        if isinstance(value, str) and value.strip():
            return value
        self._wrong(name, value, "a text in quotes")
        return None

    def _id(self, name: str, value: Any) -> str | None:
        if isinstance(value, str) and _ID.fullmatch(value):
            return value
        self._wrong(name, value, "small letters, digits and hyphens, such as texchange-2027")
        return None

    def _number(self, name: str, value: Any) -> int | None:
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST:
            return value
        self._wrong(name, value, "a whole number, 0 or more")
        return None

    def _positive(self, name: str, value: Any) -> int | None:
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _MOST:
            return value
        self._wrong(name, value, "a whole number, 1 or more")
        return None

    def _time_zone(self, name: str, value: Any) -> str | None:
        try:
            return zoneinfo.ZoneInfo(value).key if isinstance(value, str) else self._text(name, value)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            self._wrong(name, value, "a time zone by region and city, such as Europe/London")
            return None

    def _score(self, name: str, value: Any) -> float | None:
        if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= _MOST:
            return float(value)
        self._wrong(name, value, "a number of points, such as 0.5")
        return None

    def _flag(self, name: str, value: Any) -> bool | None:
        if isinstance(value, bool):
            return value
        self._wrong(name, value, "true or false")
        return None

    def _texts(self, name: str, value: Any) -> tuple[str, ...] | None:
        if isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value):
            return tuple(value)
        self._wrong(name, value, 'a list of texts, such as ["health"]')
        return None

    def _countries(self, name: str, value: Any) -> tuple[str, ...] | None:
        found: list[str] = []
        for one in self._texts(name, value) or ():
            if folded(one) in self._groups:
                found += self._groups[folded(one)]
            elif re.fullmatch("[A-Z]{2}", one):
                found.append(one)
            else:
                self._wrong(name, one, self._country_way_out(one))
                return None
        return tuple(dict.fromkeys(found))

    def _country_way_out(self, said: str) -> str:
        near = difflib.get_close_matches(folded(said), self._groups, 1, _NEAR_GROUP)
        if near:
            return f"'{self._group_names[near[0]]}' if you mean that group, or ISO 3166 alpha-2 codes"
        groups = f", or a group of countries: {', '.join(self._group_names.values())}" if self._groups else ""
        return f'ISO 3166 alpha-2 codes, such as ["KE", "NG"]{groups}'

    def _one_of(self, allowed: tuple[str, ...]) -> Callable[[str, Any], str | None]:
        def read(name: str, value: Any) -> str | None:
            if value in allowed:
                return str(value)
            self._wrong(name, value, f"one of {', '.join(allowed)}")
            return None

        return read

    def _list_of(self, allowed: tuple[str, ...]) -> Callable[[str, Any], tuple[str, ...] | None]:
        def read(name: str, value: Any) -> tuple[str, ...] | None:
            found = self._texts(name, value)
            if found is not None and not set(found) <= set(allowed):
                self._wrong(name, value, f"a list of {', '.join(allowed)}")
                return None
            return found

        return read

    def _hubs(self, name: str, value: Any) -> tuple[str, ...] | None:
        found = self._texts(name, value)
        return None if found is None else tuple(hub_id(hub) for hub in found)

    def _quotas(self, name: str, value: Any) -> dict[str, int]:
        read = self._table(name, value, dict.fromkeys(value if isinstance(value, dict) else (), self._number))
        return {hub_id(hub): places for hub, places in read.items()}

    def _bounds(self, name: str, value: Any) -> Bounds:
        read = self._table(name, value, {"min": self._number, "max": self._number})
        bounds = Bounds(min=read.get("min", 0), max=read.get("max"))
        if bounds.max is not None and bounds.min > bounds.max:
            self.faults.append(f"'{name}' has min {bounds.min} above max {bounds.max}; lower one or raise the other")
        return bounds

    def _kinds(self, name: str, value: Any) -> dict[str, Bounds]:
        return self._table(name, value, dict.fromkeys(KINDS, self._bounds))

    def _capacity(self, name: str, value: Any) -> dict[str, int]:
        return self._table(name, value, {"default": self._number})

    def _cooling_off(self, name: str, value: Any) -> dict[str, int | str]:
        return self._table(name, value, dict.fromkeys(OUTCOMES, self._months))

    def _months(self, name: str, value: Any) -> int | str | None:
        if value == ALWAYS or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST_MONTHS):
            return value  # type: ignore[no-any-return]
        self._wrong(name, value, f'a whole number of months up to {_MOST_MONTHS}, or "{ALWAYS}"')
        return None

    def _rules(self, name: str, value: Any) -> EntryRules:
        flags = ("already_raised", "market_ready", "investment_ready", "uk_entity", "applied")
        keys = {"women_led": self._one_of(WOMEN_LED[1:]), **dict.fromkeys(flags, self._flag)}
        return EntryRules(**self._table(name, value, keys))

    def _schedule(self, name: str, value: Any) -> Schedule:
        keys = {
            "dates": self._dates,
            "time_zone": self._time_zone,
            "sessions": self._sessions,
            "slot_minutes": self._positive,
            "gap_minutes": self._number,
            "tables": self._positive,
            "virtual": self._flag,
            "format": self._one_of(FORMATS),
            "rooms": self._rooms,
        }
        return Schedule(**self._table(name, value, keys))

    def _dates(self, name: str, value: Any) -> tuple[str, ...] | None:
        found = self._texts(name, value)
        for one in found or ():
            try:
                wrong = not _DAY.fullmatch(one) or not date.fromisoformat(one)
            except ValueError:
                wrong = True
            if wrong:
                self._wrong(name, one, f"dates such as 2027-03-08, from {_FIRST_YEAR} on")
                return None
        return self._each_once(name, found)

    def _each_once(self, name: str, found: tuple[str, ...] | None) -> tuple[str, ...] | None:
        """Raises no fault where everything stands once."""
        doubled = next((one for one in found or () if (found or ()).count(one) > 1), None)
        if doubled is not None:
            self.faults.append(f"'{name}' names '{excerpt(doubled)}' twice; keep it once")
            return None
        return found

    def _rooms(self, name: str, value: Any) -> tuple[str, ...] | None:
        return self._each_once(name, self._texts(name, value))

    def _sessions(self, name: str, value: Any) -> tuple[str, ...] | None:
        found = self._texts(name, value)
        if found is not None and not all(_SESSION.fullmatch(one) for one in found):
            self._wrong(name, value, 'times such as "09:30-12:30"')
            return None
        for one in found or ():
            start, end = one.split("-")
            if start >= end:
                self._wrong(name, one, "a session that ends after it starts")
                return None
        return found
