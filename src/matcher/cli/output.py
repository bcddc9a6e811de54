"""What goes out: UTF-8 on stdout, files that appear whole or not at all, remarks on stderr."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from matcher.errors import BadInput, Unavailable

# What a terminal would obey instead of showing: control characters but newline and tab, and those that turn text round.
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """The text with what a terminal would obey made visible; for people only, files and JSON keep texts as they are."""
    return _OBEYED.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n"))


def counted(number: int, noun: str) -> str:
    """A number with its noun: 1 meeting, 2 meetings."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def say(text: str) -> None:
    """A line of results for programs: on stdout, in UTF-8 whatever the locale says."""
    write_output([f"{text}\n".encode("utf-8", "backslashreplace")], None, False)


def show(text: str) -> None:
    """A line of results for people: on stdout, with nothing in it that a terminal obeys."""
    say(visible(text))


def tell(text: str) -> None:
    """A remark beside the results, on stderr."""
    print(visible(text), file=sys.stderr, flush=True)


def check_output(path: Path | None, force: bool, option: str = "--output") -> None:
    """Refuse an output file that exists or cannot be written; to be called before anything is computed."""
    if path is None:
        return
    with _in_words(path):
        there = _exists(path)
    if there and not force:
        raise BadInput(f"{path} exists; name another file with {option}, or overwrite it with --force.")
    if (there and not path.is_file()) or not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise BadInput(f"{path} cannot be written there; name a file in a folder that exists and is yours.")


def write_output(chunks: Iterable[bytes], path: Path | None, force: bool) -> None:
    """Stream to stdout, or write a file under a temporary name and rename it: whole or not at all.

    Raises BadInput where the file exists by now and `force` is not given, Unavailable where it cannot be written; what
    is raised while a chunk is computed goes on as it is.
    """
    if path is None:
        _stream(chunks)
        return
    check_output(path, force)
    beside = path.with_name(f".matcher-{os.urandom(8).hex()}.part")
    with _in_words(path):
        file = beside.open("wb")
    try:
        for chunk in chunks:
            with _in_words(path):
                file.write(chunk)
        with _in_words(path):
            file.flush()
            os.fsync(file.fileno())
            file.close()
            beside.replace(path)
    finally:
        with suppress(OSError):  # what it still holds could not be written, and is thrown away
            file.close()
        beside.unlink(missing_ok=True)


def check_folder(path: Path | None, force: bool) -> None:
    """Refuse an output folder that exists and holds something; to be called before anything is computed."""
    if path is None:
        return
    with _in_words(path):
        there = _exists(path)
        full = there and path.is_dir() and any(path.iterdir())
    if (full and not force) or (there and not path.is_dir()):
        raise BadInput(f"{path} exists; name a new folder with --output, or write into this one with --force.")
    if not path.parent.is_dir() or not os.access(path if there else path.parent, os.W_OK):
        raise BadInput(f"{path} cannot be made there; name a folder within one that exists and is yours.")


def write_folder(files: Mapping[str, bytes], path: Path, force: bool) -> None:
    """Write these files into a folder, whole or not at all: under a temporary name, put in place when all are written.

    A new folder appears at once; in one that exists, other files are left alone. Raises BadInput where it may not be
    written into, Unavailable where it cannot be.
    """
    check_folder(path, force)
    with _in_words(path):
        there = _exists(path)
        beside = (path if there else path.parent) / f".matcher-{os.urandom(8).hex()}.part"
        try:
            beside.mkdir()
            for name, body in files.items():
                with (beside / name).open("wb") as file:
                    file.write(body)
                    file.flush()
                    os.fsync(file.fileno())
            if there:
                for name in files:
                    (beside / name).replace(path / name)
            else:
                beside.rename(path)
        finally:
            shutil.rmtree(beside, ignore_errors=True)


def leave_stdout() -> None:
    """Let stdout lead nowhere, so that Python does not complain again when it closes it."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _stream(chunks: Iterable[bytes]) -> None:
    if sys.stdout is None:
        raise BadInput("There is no standard output to print to; give the command one, or use --output.")
    for chunk in chunks:
        with _to_stdout():
            sys.stdout.buffer.write(chunk)
    with _to_stdout():
        sys.stdout.buffer.flush()


def _exists(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise Unavailable(f"{path} cannot be written: {fault.strerror}; choose another place with --output.") from fault


@contextmanager
def _to_stdout() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as fault:
        leave_stdout()
        raise Unavailable(f"The output cannot be written: {fault.strerror}; send it to another place.") from fault
