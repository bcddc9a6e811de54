"""Checking: whether the parts of an installation are there and sound."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from matcher.editions import programmes_of
from matcher.errors import MatcherError, Unavailable
from matcher.snapshot import KINDS
from matcher.store import rankers, records
from matcher.store.database import check_sound
from matcher.workspace import Workspace

# An import of 20,000 rows with its vectors takes about 100 MB.
_LEAST_FREE_BYTES = 500_000_000


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One part, whether it is sound, and what was found or what to do."""

    what: str
    sound: bool
    detail: str


def check(workspace: Workspace) -> Iterator[Finding]:
    """Look at each part in turn; a fault in one does not hide the others."""
    parts: tuple[tuple[str, Callable[[Workspace], str]], ...] = (
        ("workspace", _folder),
        ("database", _database),
        ("programmes", lambda workspace: f"{len(programmes_of(workspace))} editions can be read"),
        ("encoder", lambda workspace: workspace.check_encoder()),
        ("ranker", _ranker),
        ("program", lambda workspace: f"code {workspace.code()}"),
    )
    for what, look in parts:
        try:
            yield Finding(what=what, sound=True, detail=look(workspace))
        except MatcherError as fault:
            yield Finding(what=what, sound=False, detail=str(fault))
        except OSError as fault:
            why = fault.strerror or str(fault)
            yield Finding(what=what, sound=False, detail=f"{why}; mend this or name another --workspace.")


def _folder(workspace: Workspace) -> str:
    probe = workspace.folder / ".matcher-doctor"
    probe.write_text("can be written")
    probe.unlink()
    free = shutil.disk_usage(workspace.folder).free
    if free < _LEAST_FREE_BYTES:
        raise Unavailable(
            f"Only {free // 1_000_000} MB are free in {workspace.folder}; free some space or name another --workspace."
        )
    return f"{workspace.folder} can be written, {free // 1_000_000_000} GB free"


def _database(workspace: Workspace) -> str:
    with workspace.reading() as connection:
        check_sound(connection)
        counts = {kind: records.count(connection, kind) for kind in KINDS}
    return ", ".join(f"{number} {kind}" for kind, number in counts.items())


def _ranker(workspace: Workspace) -> str:
    with workspace.reading() as connection:
        chosen = rankers.active(connection)
    ranker = workspace.ranker
    if ranker.id == workspace.shipped_ranker.id:
        return f"{ranker.id} can be read, the shipped one"
    if chosen is None or chosen.made_at is None:
        return f"{ranker.id} can be read, shipped with another version"
    return f"{ranker.id} can be read, trained here at {chosen.made_at}"
