"""Whether a run may leave as published: a named person approved it, or what is written from it is a draft."""

from __future__ import annotations

from matcher.steps.rule_words import day_words
from matcher.store import approvals
from matcher.workspace import Workspace

DRAFT = "Draft: no officer has approved this run."


def status_of(workspace: Workspace, run_id: str) -> str:
    """The sentence that stands on everything written from a run."""
    with workspace.reading() as connection:
        found = approvals.find(connection, run_id)
    if found is None:
        return DRAFT
    return f"Approved by {found.person} on {day_words(found.approved_at[:10])}."
