"""Reviewing: the runs that are kept or begun, and who approved which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from matcher.domain.run import Run
from matcher.errors import BadInput
from matcher.steps.lookup import check_known
from matcher.store import approvals, begun_runs, runs
from matcher.store.approvals import Approval
from matcher.workspace import Workspace

_HINT = "`matcher runs list` shows them all."


@dataclass(frozen=True, kw_only=True)
class RunLine:
    """What a list shows of a run. state: begun, finished or approved; by: who approved it."""

    id: str
    kind: str
    programme_id: str
    as_of: str
    made_at: str
    state: str
    by: str | None = None


def list_runs(workspace: Workspace) -> tuple[RunLine, ...]:
    """A line for every run, the oldest first; those begun and not finished come last."""
    with workspace.reading() as connection:
        kept, approved, begun = runs.lines(connection), approvals.load(connection), begun_runs.load(connection)
    finished = tuple(
        RunLine(
            **vars(line),
            state="approved" if line.id in approved else "finished",
            by=approved[line.id].person if line.id in approved else None,
        )
        for line in kept
    )
    unfinished = tuple(
        RunLine(
            id=one.id,
            kind=one.told.kind,
            programme_id=one.told.programme_id,
            as_of=one.told.as_of,
            made_at=one.begun_at,
            state="begun",
        )
        for one in begun
    )
    return finished + unfinished


def show_run(workspace: Workspace, run_id: str) -> Run:
    """One finished run. Raises NotFound, and BadInput where it was begun and not finished."""
    with workspace.reading() as connection:
        found = runs.find(connection, run_id)
        begun = {one.id for one in begun_runs.load(connection)}
        known = (run_id,) if found else (*runs.ids(connection), *begun)
    check_known(run_id, known, "run", _HINT)
    if found is None:
        raise BadInput(f"Run {run_id} was begun and not finished; `matcher runs resume {run_id}` goes on with it.")
    return found


def approve(workspace: Workspace, run_id: str, person: str, now: datetime) -> Approval:
    """Say that this person decided that the run may leave as published; the first approval stands.

    Raises NotFound, BadInput where the run is not finished or nobody is named.
    """
    person = person.strip()
    if not person or not person.isprintable():
        raise BadInput("Enter who approves it with --by; an approval is a named person's.")
    run = show_run(workspace, run_id)
    with workspace.writing() as connection:
        kept = approvals.Approval(run_id=run.id, person=person, approved_at=now.isoformat(timespec="seconds"))
        return approvals.keep(connection, kept)
