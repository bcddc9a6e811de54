"""A run: an execution that is kept, and can be made again to the byte."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

NO_OVERRIDES = "[]"


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """Everything a result depends on, each by content: change one and it is another run.

    programme, overrides: as JSON texts.
    """

    kind: str
    programme_id: str
    programme: str
    inputs: str
    reference: str
    encoder: str
    ranker: str
    code: str
    seed: int
    as_of: str
    overrides: str = NO_OVERRIDES

    def text(self) -> str:
        """The manifest as canonical JSON. Where nobody overrode anything it does not speak of it, as it never did."""
        said = {name: value for name, value in vars(self).items() if value != NO_OVERRIDES}
        return json.dumps(said, sort_keys=True, indent=1, ensure_ascii=False)

    def run_id(self) -> str:
        """The first 12 hex digits of the manifest's SHA-256."""
        return hashlib.sha256(self.text().encode()).hexdigest()[:12]


@dataclass(frozen=True, kw_only=True)
class Run:
    """A kept run. manifest, result: JSON texts. made_at: UTC, ISO 8601; it is no part of the result."""

    id: str
    kind: str
    programme_id: str
    manifest: str
    inputs_hash: str
    result: str
    made_at: str
