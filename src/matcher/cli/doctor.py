"""`matcher doctor`: whether everything a run needs is there and sound."""

from __future__ import annotations

import typer

from matcher.cli.output import show
from matcher.cli.terminal import REFUSED, door, terminal_of


@door
def doctor(context: typer.Context) -> None:
    """Check that everything a run needs is there and sound.

    Example: matcher doctor
    """
    from matcher.services.checking import check

    findings = list(check(terminal_of(context).workspace()))
    for finding in findings:
        show(f"{'ok     ' if finding.sound else 'PROBLEM'}  {finding.what}: {finding.detail}")
    if not all(finding.sound for finding in findings):
        raise typer.Exit(REFUSED)
