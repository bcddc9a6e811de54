"""Index files on disk: a cache that is checked before it is believed, and that nobody needs in order to go on.

A folder holds, for each set of vectors, `<fingerprint>.json`, the manifest, and the index file it vouches for. The
file is named after its content and the manifest is put in place last, so that processes that write the same index at
once each leave a whole pair. FAISS loads damaged files without complaint (90 of 624 gave wrong neighbours), so nothing
reaches it whose length and SHA-256 are not the manifest's.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

FORMAT = 1
# Index files kept in a folder, the latest used first: a few programmes with startups and partners each.
KEPT = 8
# A file no manifest names was left by a killed writer or belongs to one at work. What is older than this goes, and all
# but the latest few go whatever the clock says, so that no number of kills fills the disk.
_LEFT_OVER_AFTER_S = 3600
_LEFT_OVERS_KEPT = 4
_LONGEST_MANIFEST = 10_000
# Only names of this shape are ever deleted: a folder set by mistake loses nothing of its own.
_OURS = re.compile(r"[0-9a-f]{16,64}(\.json|-[0-9a-f]{16}\.index|\.tmp)")

Read = Callable[[int], bytes]
Write = Callable[[bytes], int]
Index = TypeVar("Index")


@dataclass(frozen=True, kw_only=True)
class IndexKey:
    """Which vectors an index is of. fingerprint: hex, a hash of the rows' owners and texts and of the encoder's id."""

    fingerprint: str
    encoder: str
    count: int
    dimension: int
    metric: str = "inner product"

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9a-f]{16,64}", self.fingerprint):
            raise ValueError(f"a fingerprint is 16 to 64 lower-case hex digits, not {self.fingerprint!r}")


def read_index_file(folder: Path, key: IndexKey, load: Callable[[Read], Index]) -> Index | None:
    """The kept index, or None unless it is, to the last byte, the one that was written for `key`.

    load: makes the index from a function that reads so many bytes; called only after length and SHA-256 were checked.
    """
    manifest_path = folder / f"{key.fingerprint}.json"
    try:
        manifest = _read_manifest(manifest_path)
        if manifest != _manifest(key, manifest["bytes"], manifest["sha256"]):
            return None
        with _index_path(manifest_path, manifest).open("rb") as file:
            if os.fstat(file.fileno()).st_size != manifest["bytes"]:
                return None
            if hashlib.file_digest(file, "sha256").hexdigest() != manifest["sha256"]:
                return None
            file.seek(0)
            index = load(file.read)
    except (OSError, ValueError, RuntimeError):
        return None
    with contextlib.suppress(OSError):
        os.utime(manifest_path)  # the latest used are kept
    return index


def write_index_file(folder: Path, key: IndexKey, save: Callable[[Write], object]) -> str | None:
    """Keeps an index for the next start. None if it was kept, else one sentence for the log.

    save: hands the index's bytes to a function that writes them. A full disk, or a folder that may not be written, is
    no error: the index in memory answers all the same, and what stood in the folder before stays whole.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _tidy(folder)
        temporary, size, sha256 = _write_aside(folder, save)
        manifest = _manifest(key, size, sha256)
        manifest_path = folder / f"{key.fingerprint}.json"
        _put(temporary, _index_path(manifest_path, manifest))
        text = json.dumps(manifest, indent=2).encode()
        temporary, _, _ = _write_aside(folder, lambda write: write(text))
        _put(temporary, manifest_path)
        _tidy(folder)
    except (OSError, RuntimeError) as error:
        return f"The index was not kept in {folder} ({error}): it will be built again from the database."
    return None


def remove_index_files(folder: Path) -> None:
    """Deletes every index file, whole or left over: an erased profile's vectors must not live on in one.

    Raises OSError if one cannot be deleted.
    """
    for path in _ours(folder):
        path.unlink(missing_ok=True)
    if folder.is_dir():
        _sync_folder(folder)


def _manifest(key: IndexKey, size: object, sha256: object) -> dict[str, Any]:
    return {"format": FORMAT, **asdict(key), "bytes": size, "sha256": sha256}


def _read_manifest(path: Path) -> dict[str, Any]:
    """Raises OSError or ValueError if there is none that names a file."""
    with path.open("rb") as file:
        text = file.read(_LONGEST_MANIFEST)
    try:
        manifest = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("bytes"), int):
        raise ValueError("not a manifest")
    if not re.fullmatch(r"[0-9a-f]{64}", str(manifest.get("sha256"))):
        raise ValueError("not a SHA-256")
    return manifest


def _index_path(manifest_path: Path, manifest: dict[str, Any]) -> Path:
    return manifest_path.with_name(f"{manifest_path.stem}-{manifest['sha256'][:16]}.index")


def _write_aside(folder: Path, save: Callable[[Write], object]) -> tuple[Path, int, str]:
    """Writes under a name of its own, forces it to disk and reads it back. Gives the path, length and SHA-256."""
    path = folder / f"{secrets.token_hex(16)}.tmp"
    asked = hashlib.sha256()
    try:
        path.touch(mode=0o600, exist_ok=False)
        with path.open("wb") as file:

            def write(content: bytes) -> int:
                asked.update(content)
                return file.write(content)

            save(write)
            file.flush()
            os.fsync(file.fileno())
        with path.open("rb") as written:
            if hashlib.file_digest(written, "sha256").digest() != asked.digest():
                raise OSError("what was read back differs from what was written")
        return path, path.stat().st_size, asked.hexdigest()
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _put(temporary: Path, path: Path) -> None:
    try:
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Forces the folder's own entries to disk, without which a rename may be lost with the power."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _tidy(folder: Path) -> None:
    """Deletes the manifests used longest ago with their files, and what killed writers left."""
    latest_first = sorted(((_used_at(path), path.name, path) for path in _ours(folder)), reverse=True)
    paths = [path for _, _, path in latest_first]
    named = set()
    for place, manifest_path in enumerate(path for path in paths if path.suffix == ".json"):
        try:
            index_path = _index_path(manifest_path, _read_manifest(manifest_path))
        except (OSError, ValueError):
            index_path = manifest_path
        if place < KEPT:
            named.add(index_path)
        else:
            manifest_path.unlink(missing_ok=True)
            index_path.unlink(missing_ok=True)
    left_over = [path for path in paths if path.suffix != ".json" and path not in named]
    for place, path in enumerate(left_over):
        if place >= _LEFT_OVERS_KEPT or time.time() - _used_at(path) > _LEFT_OVER_AFTER_S:
            path.unlink(missing_ok=True)


def _used_at(path: Path) -> float:
    """Seconds since 1970; 0 for a file another process has just deleted."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0


def _ours(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if _OURS.fullmatch(path.name)]
    except FileNotFoundError:
        return []
