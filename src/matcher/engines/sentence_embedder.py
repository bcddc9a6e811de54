"""Meanings as vectors: a sentence-transformers model on the processor, a text's vector being the same in any company.

A vector must be a function of its text alone, or a resumed run would differ from an uninterrupted one. Batches of
varying shape do not give that: in bf16 half of all components move, by up to 12 steps of the grid. Batches of one
fixed shape for each length do, to the bit (docs/decisions/0002-vectors-on-a-grid.md).
"""

from __future__ import annotations

import hashlib
import json
import threading
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.errors import ModelMissing

PACKAGED = "all-MiniLM-L6-v2"
# Texts are padded to a multiple of this many tokens, and cut at the longest.
_LENGTH_STEP = 32
_LONGEST = 256
# Tokens in a batch. Fewer leave the matrix unit idle; with more a single text waits longer (30 ms with 1,024).
_BATCH_TOKENS = 1024
_CPU_FLAGS = Path("/proc/cpuinfo")


class SentenceEmbedder:
    """A model of the manifest, or any other sentence-transformers model by folder or name.

    Making one loads nothing: torch is imported by the first `encode`. One `encode` runs at a time. Not for forked
    children of a process that has encoded: torch's threads do not survive a fork.
    """

    def __init__(
        self,
        name: str | None = None,
        *,
        manifest: Path,
        allow_download: bool = False,
        precision: str | None = None,
        threads: int = 2,
    ) -> None:
        """name: one of the manifest (the packaged model where None), a folder, or a name on the model hub.

        precision: "bf16" or "fp32"; where None, bf16 if the processor has a unit for it.
        Raises ModelMissing where the model's name, revision and dimension cannot be told.
        """
        name = name or PACKAGED
        entry = _entries(manifest).get(name)
        self._model = _packaged(name, entry) if entry is not None else _from_elsewhere(name, allow_download)
        self._precision = precision or ("bf16" if _has_bf16(_CPU_FLAGS) else "fp32")
        self._threads = threads
        self._one_at_a_time = threading.Lock()
        self._loaded: Any = None
        self.dimension = self._model.dimension
        self.id = f"{self._model.name}@{self._model.revision}/{self._precision}/grid12"

    def check(self) -> str:
        """The id, once the files are found to be those the manifest pins. Loads nothing. Raises ModelMissing."""
        _check_files(self._model)
        return self.id

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension) float32 of unit length, in the order of `texts`; what follows token 256 is not read.

        Raises ModelMissing if the model's files are not there or not the pinned ones.
        """
        rows = np.zeros((len(texts), self.dimension), np.float32)
        if len(texts) == 0:
            return rows
        with self._one_at_a_time:
            if self._loaded is None:
                self._loaded = self._load()
            longest = min(_LONGEST, self._loaded.max_seq_length or _LONGEST)
            tokens = self._loaded.tokenizer(
                list(texts), truncation=True, max_length=longest, padding=False, return_attention_mask=False
            )["input_ids"]
            for length, places in _batches([len(ids) for ids in tokens], longest):
                rows[places] = self._encode_batch([tokens[place] for place in places], length)
        return rows

    def _encode_batch(self, batch: list[list[int]], length: int) -> NDArray[np.float32]:
        """One batch, filled up to the shape that every batch of this length has."""
        import torch

        filling = [batch[0]] * (_texts_in_a_batch(length) - len(batch))
        features: Any = dict(
            self._loaded.tokenizer.pad(
                {"input_ids": batch + filling}, padding="max_length", max_length=length, return_tensors="pt"
            )
        )
        with torch.inference_mode():
            rows = self._loaded(features)["sentence_embedding"][: len(batch)].double().numpy()
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)

    def _load(self) -> Any:
        folder = _check_files(self._model)
        import torch
        import transformers
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(self._threads)
        transformers.utils.logging.disable_progress_bar()
        try:
            # safetensors only: the older .bin files are pickles, which run what they like.
            loaded = SentenceTransformer(
                str(folder),
                device="cpu",
                local_files_only=True,
                model_kwargs={
                    "dtype": torch.bfloat16 if self._precision == "bf16" else torch.float32,
                    "use_safetensors": True,
                },
            )
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ModelMissing(f"The encoder in {folder} cannot be loaded ({error}); name another one.") from error
        dimension = loaded.get_embedding_dimension()
        if dimension != self.dimension or not hasattr(loaded.tokenizer, "pad"):
            raise ModelMissing(
                f"The encoder in {folder} is no transformer with {self.dimension} dimensions; name another one."
            )
        return loaded.eval()


@dataclass(frozen=True, kw_only=True)
class _Model:
    """What is known of a model before it is loaded. folder: None where it lies in a package, found when needed."""

    name: str
    revision: str
    dimension: int
    folder: Path | None = None
    package: str = ""
    module: str = ""
    sha256: Mapping[str, str] = field(default_factory=dict)


def _texts_in_a_batch(length: int) -> int:
    return max(1, _BATCH_TOKENS // length)


def _batches(lengths: Sequence[int], longest: int) -> Iterator[tuple[int, list[int]]]:
    """(padded length, places of its texts), shortest first: no text's padded length depends on another text."""
    by_length: dict[int, list[int]] = {}
    for place, tokens in enumerate(lengths):
        padded = min(longest, -(-max(tokens, 1) // _LENGTH_STEP) * _LENGTH_STEP)
        by_length.setdefault(padded, []).append(place)
    for length, places in sorted(by_length.items()):
        step = _texts_in_a_batch(length)
        yield from ((length, places[first : first + step]) for first in range(0, len(places), step))


def _has_bf16(cpuinfo: Path) -> bool:
    """Whether the processor multiplies bf16; elsewhere bf16 is slower than fp32. Linux says so in /proc/cpuinfo."""
    try:
        flags = cpuinfo.read_text(encoding="utf-8").split()
    except OSError:
        return False
    return "amx_bf16" in flags or "avx512_bf16" in flags


def _entries(manifest: Path) -> Mapping[str, Mapping[str, Any]]:
    try:
        return tomllib.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelMissing(
            f"The list of encoders {manifest} cannot be read ({error}); install matcher again."
        ) from error


def _packaged(name: str, entry: Mapping[str, Any]) -> _Model:
    return _Model(
        name=name,
        revision=entry["revision"],
        dimension=entry["dimension"],
        package=entry["package"],
        module=entry["module"],
        sha256=entry["sha256"],
    )


def _check_files(model: _Model) -> Path:
    """The folder of the model, every pinned file of it compared. Raises ModelMissing."""
    folder = model.folder
    if folder is None:
        found = find_spec(model.module)
        if found is None or found.origin is None:
            raise ModelMissing(
                f"The encoder {model.name} is not installed; run `pip install {model.package}` or name another encoder."
            )
        folder = Path(found.origin).parent / "model"
    for name, sha256 in model.sha256.items():
        try:
            with (folder / name).open("rb") as file:
                found_sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise ModelMissing(
                f"{folder / name} cannot be read ({error.strerror}); install {model.package} again."
            ) from error
        if found_sha256 != sha256:
            raise ModelMissing(
                f"{folder / name} is not the file of {model.name} {model.revision}; install {model.package} again."
            )
    return folder


def _from_elsewhere(name: str, allow_download: bool) -> _Model:
    """A folder, or a name on the model hub that was downloaded before or may be now. Raises ModelMissing."""
    folder = Path(name)
    if folder.is_dir():
        revision = _hash_of(folder)
    else:
        folder = _downloaded(name, allow_download)
        revision = folder.name  # the hub's cache has a folder for each commit
    return _Model(name=Path(name).name, revision=revision[:8], dimension=_dimension(folder), folder=folder)


def _downloaded(name: str, allow_download: bool) -> Path:
    import huggingface_hub

    repository = name if "/" in name else f"sentence-transformers/{name}"
    wanted = ["*.json", "*.txt", "*.model", "*.safetensors"]
    try:
        # What is there is never replaced by something newer without being asked.
        return Path(huggingface_hub.snapshot_download(repository, allow_patterns=wanted, local_files_only=True))
    except (OSError, ValueError) as error:
        if not allow_download:
            raise ModelMissing(
                f"There is no encoder {name!r} on this machine; name a folder, or allow one download "
                "with MATCHER_ALLOW_DOWNLOAD=true."
            ) from error
    try:
        return Path(
            huggingface_hub.snapshot_download(
                repository, allow_patterns=wanted, ignore_patterns=["onnx/*", "openvino/*"]
            )
        )
    except (OSError, ValueError) as error:
        raise ModelMissing(f"The encoder {name!r} could not be downloaded ({error}).") from error


def _hash_of(folder: Path) -> str:
    """The revision of a model in a plain folder: the hash of the files that decide its vectors."""
    digest = hashlib.sha256()
    for path in sorted(path for kind in ("*.json", "*.txt", "*.model", "*.safetensors") for path in folder.rglob(kind)):
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        digest.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return digest.hexdigest()


def _dimension(folder: Path) -> int:
    """Read from the last of the model's modules that says one. Raises ModelMissing."""
    said: list[int] = []
    try:
        for module in json.loads((folder / "modules.json").read_text(encoding="utf-8")):
            config = folder / module["path"] / "config.json"
            if config.is_file():
                known = json.loads(config.read_text(encoding="utf-8"))
                keys = ("hidden_size", "dim", "word_embedding_dimension", "embedding_dimension", "out_features")
                said += [known[key] for key in keys if isinstance(known.get(key), int)]
        return said[-1]
    except (OSError, ValueError, TypeError, KeyError, IndexError) as error:
        raise ModelMissing(f"{folder} holds no sentence-transformers model; name another encoder.") from error
