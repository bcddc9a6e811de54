"""The terminal: which workspace, progress on stderr, the date that counts as today, faults to exit codes."""

from __future__ import annotations

import errno
import functools
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, ParamSpec, TypeVar

import typer

from matcher.cli.output import leave_stdout, tell
from matcher.domain.audience import Audience
from matcher.errors import BadInput, MatcherError

DONE, REFUSED, WRONG_USAGE, OUR_FAULT = 0, 1, 2, 3
# A plain log line for long work at most this often.
_SECONDS_BETWEEN_LINES = 5.0
# A handful of steps is over before a line about them could be read.
_LEAST_TO_TELL = 10

P = ParamSpec("P")
R = TypeVar("R")

Quiet = Annotated[bool, typer.Option("--quiet", help="No progress and no notes on stderr.")]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help="The date that counts as today, such as 2027-01-31.", show_default="today"
    ),
]
For = Annotated[
    Audience, typer.Option("--for", help="Who will read it: only staff are shown points, and whom others meet.")
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite an existing output file.")]
Output = Annotated[Path | None, typer.Option("--output", metavar="FILE", help="Write to a file instead of stdout.")]


@dataclass
class Terminal:
    """One invocation. folder: the workspace asked for, None = as set in the environment."""

    folder: Path | None = None
    _last_line: dict[str, float] = field(default_factory=dict)

    def workspace(self, **given: Any) -> Any:
        """The workspace, wired. given: settings that win over the environment. Raises BadInput."""
        from matcher.wiring import workspace_of

        return workspace_of(self._settings(**given))

    def home(self) -> Path | None:
        """The workspace's folder, where there is one already."""
        try:
            folder: Path = self._settings().workspace
        except BadInput:
            return None
        return folder if folder.is_dir() else None

    @contextmanager
    def progress(self, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
        """A progress callback: a bar on a terminal, plain lines elsewhere, nothing when quiet."""
        if quiet:
            yield lambda _what, _done, _total: None
        elif sys.stderr.isatty():
            yield from self._with_bar()
        else:
            yield self._line

    def note(self, text: str, quiet: bool = False) -> None:
        """A remark beside the results, on stderr."""
        if not quiet:
            tell(text)

    def _settings(self, **given: Any) -> Any:
        from matcher.settings import settings_of

        try:
            return settings_of(**given, **({} if self.folder is None else {"workspace": self.folder}))
        except ValueError as fault:
            raise BadInput(str(fault)) from fault

    def _with_bar(self) -> Iterator[Callable[[str, int, int], None]]:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True)) as bar:
            tasks: dict[str, Any] = {}

            def show(what: str, done: int, total: int) -> None:
                if what not in tasks:
                    tasks[what] = bar.add_task(what, total=total)
                bar.update(tasks[what], completed=done, total=total)

            yield show

    def _line(self, what: str, done: int, total: int) -> None:
        if total < _LEAST_TO_TELL:
            return
        now = time.monotonic()
        if done < total and now - self._last_line.get(what, -_SECONDS_BETWEEN_LINES) < _SECONDS_BETWEEN_LINES:
            return
        self._last_line[what] = now
        tell(f"{what}: {done:,} of {total:,}")


def terminal_of(context: typer.Context) -> Terminal:
    """The invocation that a command belongs to."""
    found = context.find_object(Terminal)
    assert found is not None
    return found


def as_of_date(said: str | None) -> str:
    """The as-of date as ISO 8601; today where none was said. Raises BadInput."""
    if said is None:
        return today().isoformat()
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        raise BadInput(f"'{said}' is not a date; write it like 2027-01-31.") from None


def utc_now() -> datetime:
    """The present moment, for what is kept beside results and never in them."""
    return datetime.now(UTC)


def today() -> date:
    """The date that counts as today where none is said: in UTC, so that it is one date for everybody."""
    return utc_now().date()


def door(command: Callable[P, R]) -> Callable[P, R]:
    """Turn what a command raises into one sentence on stderr and an exit code; never a traceback."""

    @functools.wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (typer.Exit, typer.BadParameter):
            raise
        except Exception as fault:  # noqa: BLE001 - the last door: a fault of ours becomes a reference, its trace a log
            sentence, code = _answer(fault, kwargs.get("context"))
        except KeyboardInterrupt:
            sentence, code = "Stopped; what was finished is kept, run the same command to go on.", REFUSED
        tell(sentence)
        raise typer.Exit(code)

    return guarded


def _answer(fault: Exception, context: Any) -> tuple[str, int]:
    """What is said of a fault, and the exit code."""
    if isinstance(fault, MatcherError):
        return str(fault), REFUSED
    if isinstance(fault, BrokenPipeError):
        leave_stdout()
        return "The output was cut off by its reader; what was made is kept.", REFUSED
    if isinstance(fault, OSError) and fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return "A disk is full; free some space and run the same command again.", REFUSED
    return _log_fault(context.find_object(Terminal) if context else None), OUR_FAULT


def _log_fault(terminal: Terminal | None) -> str:
    """Keep the trace of the fault that is being handled, in the workspace or else in the folder for temporary files."""
    reference = os.urandom(4).hex()
    home = terminal.home() if terminal else None
    for folder in (home, Path(tempfile.gettempdir())):
        if folder is None:
            continue
        log = folder / "matcher-faults.log"
        try:
            # Nobody else may read it, or have laid a link there that leads elsewhere.
            number = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
            with os.fdopen(number, "a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(f"{utc_now().isoformat()} {reference}\n{traceback.format_exc()}\n")
        except OSError:
            continue
        return f"Something went wrong that is not your doing; please report reference {reference} from {log}."
    return f"Something went wrong that is not your doing (reference {reference}); please report it."
