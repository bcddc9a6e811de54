"""The terminal: which workspace, progress on stderr, output that appears whole or not at all, faults to exit codes."""

from __future__ import annotations

import functools
import os
import secrets
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, ParamSpec, TypeVar

import typer

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
Force = Annotated[bool, typer.Option("--force", help="Overwrite an existing output file.")]
Output = Annotated[Path | None, typer.Option("--output", metavar="FILE", help="Write to a file instead of stdout.")]


@dataclass
class Terminal:
    """One invocation. folder: the workspace asked for, None = as set in the environment."""

    folder: Path | None = None
    _last_line: dict[str, float] = field(default_factory=dict)
    _bar: Any = None
    _tasks: dict[str, Any] = field(default_factory=dict)

    def workspace(self) -> Any:
        """The workspace, wired."""
        from matcher.settings import Settings
        from matcher.wiring import workspace_of

        return workspace_of(Settings() if self.folder is None else Settings(workspace=self.folder))

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
            print(text, file=sys.stderr, flush=True)

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
        print(f"{what}: {done:,} of {total:,}", file=sys.stderr, flush=True)


def terminal_of(context: typer.Context) -> Terminal:
    """The invocation that a command belongs to."""
    found = context.find_object(Terminal)
    assert found is not None
    return found


def as_of_date(said: str | None) -> str:
    """The as-of date as ISO 8601; today where none was said. Raises BadInput."""
    if said is None:
        return date.today().isoformat()
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        raise BadInput(f"'{said}' is not a date; write it like 2027-01-31.") from None


def utc_now() -> datetime:
    """The present moment, for what is kept beside results and never in them."""
    return datetime.now(UTC)


def write_output(chunks: Iterable[bytes], path: Path | None, force: bool) -> None:
    """Stream to stdout, or write a file under a temporary name and rename it: whole or not at all.

    Raises BadInput before anything is computed when the file exists and `force` is not given.
    """
    if path is None:
        for chunk in chunks:
            sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
        return
    check_output(path, force)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with beside.open("wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as fault:
        raise BadInput(f"{path} cannot be written: {fault.strerror}; choose another place with --output.") from fault
    finally:
        beside.unlink(missing_ok=True)


def check_output(path: Path | None, force: bool) -> None:
    """Refuse an output file that exists, or whose folder does not."""
    if path is None:
        return
    if path.exists() and not force:
        raise BadInput(f"{path} exists; name another file with --output, or overwrite it with --force.")
    if path.is_dir() or not path.parent.is_dir():
        raise BadInput(f"{path} cannot be written there; name a file in a folder that exists.")


def door(command: Callable[P, R]) -> Callable[P, R]:
    """Turn what a command raises into one sentence on stderr and an exit code; never a traceback."""

    @functools.wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (typer.Exit, typer.BadParameter):
            raise
        except MatcherError as refusal:
            print(refusal, file=sys.stderr)
            raise typer.Exit(REFUSED) from None
        except BrokenPipeError:
            # Whoever read the output went away; Python must not complain again when it closes stdout.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            print("The output was cut off by its reader; nothing was changed.", file=sys.stderr)
            raise typer.Exit(REFUSED) from None
        except KeyboardInterrupt:
            print("Stopped; what was finished is kept, run the same command to go on.", file=sys.stderr)
            raise typer.Exit(REFUSED) from None
        except Exception:  # noqa: BLE001 - the last door: a fault of ours becomes a reference, with the trace in a log
            print(_log_fault(traceback.format_exc()), file=sys.stderr)
            raise typer.Exit(OUR_FAULT) from None

    return guarded


def _log_fault(trace: str) -> str:
    import tempfile

    reference = secrets.token_hex(4)
    log = Path(tempfile.gettempdir()) / "matcher-faults.log"
    try:
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{utc_now().isoformat()} {reference}\n{trace}\n")
    except OSError:
        return f"Something went wrong that is not your doing (reference {reference}); please report it."
    return f"Something went wrong that is not your doing; please report reference {reference} from {log}."
