"""Countries by ISO 3166-1 alpha-2 code, and what people write instead of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.domain.vocabulary import folded


@dataclass(frozen=True, kw_only=True)
class Countries:
    """names: code → name for people. written: every code, name and alias in its loosest form → code."""

    names: Mapping[str, str]
    written: Mapping[str, str]

    def code(self, text: str) -> str | None:
        """The alpha-2 code of a country written as alpha-2, alpha-3, English name or alias; None where unknown."""
        return self.written.get(loosest(text))


def countries_from(rows: Sequence[Mapping[str, Any]]) -> Countries:
    """From the rows of data/reference/countries.json: code, alpha3, name, aliases."""
    written = {loosest(word): row["code"] for row in rows for word in (*row["aliases"], row["name"])}
    # Codes last: no alias may hide one.
    written |= {loosest(row[column]): row["code"] for row in rows for column in ("alpha3", "code")}
    return Countries(names={row["code"]: row["name"] for row in rows}, written=written)


def loosest(text: str) -> str:
    """A country as people mean it: no case, accents, punctuation or leading article."""
    return re.sub(r"[^\w ]", "", folded(text)).removeprefix("the ").strip()
