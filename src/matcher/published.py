"""Whether a run may leave as published: a named person approved it, or what is written from it is a draft."""

from __future__ import annotations

from matcher.steps.rule_words import day_words
from matcher.store import approvals
from matcher.workspace import Workspace

DRAFT = "Draft: no officer has approved this run."


def status_of(workspace: Workspace, run_id: str, shortlist: str | None = None) -> str:
    """The sentence that stands on everything written from a run.

    shortlist: of a timetable, the run that it was made from.
    """
    with workspace.reading() as connection:
        found = approvals.find(connection, run_id)
        before = approvals.find(connection, shortlist) if shortlist else None
    if found is not None:
        return f"Approved by {_by(found)}."
    return DRAFT if before is None else f"Draft timetable of a shortlist that was approved by {_by(before)}."


def _by(approval: approvals.Approval) -> str:
    return f"{approval.person} on {day_words(approval.approved_at[:10])}"
