"""Programmes: listing, showing, checking and adding editions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from matcher.domain.profile import Startup
from matcher.domain.programme import Programme
from matcher.editions import find_programme, programmes_of
from matcher.errors import BadInput
from matcher.steps.programme_check import check_programme, unknown_hubs
from matcher.steps.programme_file import programme_from_toml, refuse
from matcher.store import programmes, records
from matcher.workspace import Workspace

# A programme file is a page of text.
_MOST_BYTES = 1_000_000


@dataclass(frozen=True, kw_only=True)
class ProgrammeFile:
    """An edition as its file says it. text: the file's. notes: what is no fault and worth a look."""

    programme: Programme
    text: str
    notes: tuple[str, ...]


def list_programmes(workspace: Workspace) -> list[Programme]:
    """Every edition, by id."""
    return [programme for _, programme in sorted(programmes_of(workspace).items())]


def show_programme(workspace: Workspace, programme_id: str) -> Programme:
    """One edition. Raises NotFound."""
    found = find_programme(workspace, programme_id)
    assert found is not None
    return found


def read_programme(workspace: Workspace, file: Path) -> ProgrammeFile:
    """The programme in a file. Raises BadInput with every fault."""
    try:
        raw = file.read_bytes()
        if len(raw) > _MOST_BYTES:
            raise BadInput(f"{file} is larger than a programme can be; name a .toml file of a page or two.")
        text = raw.decode("utf-8-sig")
    except OSError as fault:
        raise BadInput(f"{file} cannot be read: {fault.strerror}; name a .toml file.") from fault
    except UnicodeDecodeError as fault:
        raise BadInput(f"{file} is not UTF-8 text; save it as UTF-8.") from fault
    reference = workspace.reference
    programme = programme_from_toml(text, file.name, reference.country_groups)
    own_hubs = _own_hubs(workspace) if {*programme.hubs, *programme.quotas} - reference.hubs.keys() else frozenset()
    refuse(file.name, check_programme(programme, reference.vocabulary, reference.hubs, own_hubs))
    notes = tuple(
        f"No hub and no startup here is known by '{hub}'; it counts for startups that name it."
        for hub in unknown_hubs(programme, reference.hubs, own_hubs)
    )
    return ProgrammeFile(programme=programme, text=text, notes=notes)


def add_programme(workspace: Workspace, file: Path) -> ProgrammeFile:
    """Keep an edition in the workspace. Raises BadInput."""
    read = read_programme(workspace, file)
    with workspace.writing() as connection:
        programmes.put(connection, read.programme.id, read.text)
    return read


def _own_hubs(workspace: Workspace) -> frozenset[str]:
    """The hubs that startups here name: an installation may have hubs that the network's list does not."""
    with workspace.reading() as connection:
        startups = cast(tuple[Startup, ...], records.load(connection, "startup"))
    return frozenset(startup.hub for startup in startups if startup.hub is not None)
