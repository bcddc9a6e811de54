"""The editions that a workspace knows, those shipped and those added to it, and what officers decided in them."""

from __future__ import annotations

from matcher.domain.override import NOTE, Override
from matcher.domain.programme import CORRIDOR, Programme
from matcher.errors import BadInput
from matcher.steps.lookup import check_known
from matcher.steps.programme_file import programme_from_toml
from matcher.store import overrides as override_store
from matcher.store import programmes as programme_store
from matcher.workspace import Workspace


def find_programme(workspace: Workspace, programme_id: str | None) -> Programme | None:
    """The edition of this id, of the workspace or as shipped; None where none was asked for. Raises NotFound."""
    if programme_id is None:
        return None
    known = programmes_of(workspace)
    check_known(programme_id, known.keys(), "programme", "`matcher programmes list` shows them all.")
    found = known[programme_id]
    if found.mode == CORRIDOR and len(found.countries) != 2:
        raise BadInput(
            f"The corridor {found.id} names {len(found.countries)} countries; name one for each of its two sides with "
            "`matcher programmes add FILE`."
        )
    return found


def overrides_of(workspace: Workspace, programme: Programme | None, as_of: str) -> tuple[Override, ...]:
    """The pins and bans of an edition that are in force on this day. A note decides nothing."""
    if programme is None:
        return ()
    with workspace.reading() as connection:
        kept = override_store.load(connection, programme.id)
    return tuple(one for one in kept if one.kind != NOTE and one.holds(as_of))


def programmes_of(workspace: Workspace) -> dict[str, Programme]:
    """Every edition: those shipped, then those added to the workspace, which win over a shipped one of the same id."""
    with workspace.reading() as connection:
        added = programme_store.load(connection)
    return workspace.reference.programmes | {
        id_: programme_from_toml(body, id_, workspace.reference.country_groups) for id_, body in added.items()
    }
