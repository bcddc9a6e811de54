"""Programmes: listing, showing, checking and adding editions."""

from __future__ import annotations

from pathlib import Path

from matcher.domain.programme import Programme
from matcher.editions import find_programme, programmes_of
from matcher.errors import BadInput
from matcher.steps.programme_check import check_programme
from matcher.steps.programme_file import programme_from_toml, refuse
from matcher.store import programmes
from matcher.workspace import Workspace

# A programme file is a page of text.
_MOST_BYTES = 1_000_000


def list_programmes(workspace: Workspace) -> list[Programme]:
    """Every edition, by id."""
    return [programme for _, programme in sorted(programmes_of(workspace).items())]


def show_programme(workspace: Workspace, programme_id: str) -> Programme:
    """One edition. Raises NotFound."""
    found = find_programme(workspace, programme_id)
    assert found is not None
    return found


def read_programme(workspace: Workspace, file: Path) -> tuple[Programme, str]:
    """The programme in a file, and the file's text. Raises BadInput with every fault."""
    try:
        raw = file.read_bytes()
        if len(raw) > _MOST_BYTES:
            raise BadInput(f"{file} is larger than a programme can be; name a .toml file of a page or two.")
        text = raw.decode("utf-8-sig")
    except OSError as fault:
        raise BadInput(f"{file} cannot be read: {fault.strerror}; name a .toml file.") from fault
    except UnicodeDecodeError as fault:
        raise BadInput(f"{file} is not UTF-8 text; save it as UTF-8.") from fault
    programme = programme_from_toml(text, file.name, workspace.reference.country_groups)
    refuse(file.name, check_programme(programme, workspace.vocabulary))
    return programme, text


def add_programme(workspace: Workspace, file: Path) -> Programme:
    """Keep an edition in the workspace. Raises BadInput."""
    programme, text = read_programme(workspace, file)
    with workspace.writing() as connection:
        programmes.put(connection, programme.id, text)
    return programme
