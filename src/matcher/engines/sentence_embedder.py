"""Meanings as vectors: a sentence-transformers model on the processor, a text's vector being the same in any company.

A vector must be a function of its text alone, or a resumed run would differ from an uninterrupted one. Batches of
varying shape do not give that: in bf16 half of all components move, by up to 12 steps of the grid; nor does splitting
a product over a varying number of threads. One thread a batch, and one fixed shape of batch for each length, do, to
the bit (docs/decisions/0002-vectors-on-a-grid.md).
"""

from __future__ import annotations

import hashlib
import json
import threading
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.domain.language import language_code
from matcher.errors import ModelMissing

PACKAGED = "all-MiniLM-L6-v2"
# Texts are padded to a multiple of this many tokens, and cut at the longest.
_LENGTH_STEP = 16
_LONGEST = 256
# Tokens in a batch: the fastest of 256, 512, 1,024 and 2,048 on one thread, where a lone text still waits only 35 ms
# (bf16) or 55 ms (fp32).
_BATCH_TOKENS = {"bf16": 512, "fp32": 256}
# The files that decide a vector, of a model that no manifest describes.
_DECIDING = ("*.json", "*.txt", "*.model", "*.safetensors")
# Its front matter says which languages a model knows.
_MODEL_CARD = "README.md"
# What it runs on, imported by the first text.
_LIBRARIES = ("torch", "sentence_transformers")
CPU_FLAGS = Path("/proc/cpuinfo")


class SentenceEmbedder:
    """A model of the manifest, or any other sentence-transformers model by folder or name.

    Making one loads nothing: torch is imported by the first `encode`. Several threads may encode at once.
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

        precision: "bf16" or "fp32"; where None, bf16 if the processor has a unit for it. threads: batches at once.
        Raises ModelMissing where the model's name, revision and dimension cannot be told.
        """
        name = name or PACKAGED
        entry = _entries(manifest).get(name)
        self._model = _packaged(name, entry) if entry is not None else _from_elsewhere(name, allow_download)
        self._precision = precision or ("bf16" if _has_bf16(CPU_FLAGS) else "fp32")
        self._threads = threads
        self._one_at_a_time = threading.Lock()
        self._loaded: Any = None
        self.folder = self._model.folder
        self.dimension = self._model.dimension
        self.languages = self._model.languages
        self.id = f"{self._model.name}@{self._model.revision}/{self._precision}/grid12"

    def check(self) -> str:
        """The id, once the files are found to be those the manifest pins. Loads nothing. Raises ModelMissing."""
        _check_files(self._model)
        return self.id

    def missing(self) -> str | None:
        """What of the encoder is not installed, in one sentence with the way out; None where all is there."""
        absent = [library for library in _LIBRARIES if find_spec(library) is None]
        if absent:
            return f"The encoder needs {' and '.join(absent)}, which is not installed; install matcher again."
        return None if self.folder.is_dir() else _not_installed(self._model)

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

        def encode(batch: tuple[int, list[int]]) -> None:
            length, places = batch
            rows[places] = self._encode_batch([tokens[place] for place in places], length)

        with ThreadPoolExecutor(self._threads, initializer=_on_one_thread) as pool:
            list(pool.map(encode, _batches([len(ids) for ids in tokens], longest, _BATCH_TOKENS[self._precision])))
        return rows

    def _encode_batch(self, batch: list[list[int]], length: int) -> NDArray[np.float32]:
        """One batch, filled up to the shape that every batch of this length has."""
        import torch

        filling = [batch[0]] * (_texts_in_a_batch(length, _BATCH_TOKENS[self._precision]) - len(batch))
        padded = self._loaded.tokenizer.pad(
            {"input_ids": batch + filling}, padding="max_length", max_length=length, return_tensors="pt"
        )
        with torch.inference_mode():
            rows: NDArray[np.float32] = self._loaded(dict(padded))["sentence_embedding"][: len(batch)].float().numpy()
        if not np.isfinite(rows).all():
            raise ModelMissing(f"The encoder in {self.folder} gives no numbers; name another one.")
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows

    def _load(self) -> Any:
        _check_files(self._model)
        _on_one_thread()
        import torch
        import transformers
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer

        transformers.utils.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            # safetensors only: the older .bin files are pickles, which run what they like.
            loaded = SentenceTransformer(
                str(self.folder),
                device="cpu",
                local_files_only=True,
                model_kwargs={
                    "dtype": torch.bfloat16 if self._precision == "bf16" else torch.float32,
                    "use_safetensors": True,
                },
            )
        except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
            raise ModelMissing(f"The encoder in {self.folder} cannot be loaded ({error}); name another one.") from error
        dimension = loaded.get_embedding_dimension()
        if dimension != self.dimension or not hasattr(loaded.tokenizer, "pad"):
            raise ModelMissing(
                f"The encoder in {self.folder} is no transformer of {self.dimension} dimensions; name another."
            )
        return loaded.eval()


@dataclass(frozen=True, kw_only=True)
class _Model:
    """What is known of a model before it is loaded. sha256: of each pinned file; none of a model a person named.

    languages: those it knows, None for every language.
    """

    name: str
    revision: str
    dimension: int
    folder: Path
    languages: frozenset[str] | None
    package: str = ""
    sha256: Mapping[str, str] = field(default_factory=dict)


def _on_one_thread() -> None:
    """Products of this thread are not split: threads that wait for each other crawl on a busy machine.

    They would also wait for ever in a forked child, and round differently where there are more of them.
    """
    import torch

    torch.set_num_threads(1)


def _texts_in_a_batch(length: int, batch_tokens: int) -> int:
    return max(1, batch_tokens // length)


def _batches(lengths: Sequence[int], longest: int, batch_tokens: int) -> Iterator[tuple[int, list[int]]]:
    """(padded length, places of its texts), shortest first: no text's padded length depends on another text."""
    by_length: dict[int, list[int]] = {}
    for place, tokens in enumerate(lengths):
        padded = min(longest, -(-max(tokens, 1) // _LENGTH_STEP) * _LENGTH_STEP)
        by_length.setdefault(padded, []).append(place)
    for length, places in sorted(by_length.items()):
        step = _texts_in_a_batch(length, batch_tokens)
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
    """A model of the manifest; whether its package is there is found out by `_check_files`."""
    found = find_spec(entry["module"])
    folder = Path(found.origin).parent if found is not None and found.origin is not None else Path(entry["module"])
    return _Model(
        name=name,
        revision=entry["revision"],
        dimension=entry["dimension"],
        folder=folder / entry["folder"],
        languages=_languages(entry["languages"]),
        package=entry["package"],
        sha256=entry["sha256"],
    )


def _check_files(model: _Model) -> None:
    """Compares every pinned file. Raises ModelMissing."""
    if not model.folder.is_dir():
        raise ModelMissing(_not_installed(model))
    for name, sha256 in model.sha256.items():
        path = model.folder / name
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise ModelMissing(f"{path} cannot be read ({error.strerror}); install {model.package} again.") from error
        if found != sha256:
            raise ModelMissing(
                f"{path} is not the file of {model.name} {model.revision}; install {model.package} again."
            )


def _not_installed(model: _Model) -> str:
    return f"The encoder {model.name} is not installed; run `pip install {model.package}` or name another encoder."


def _from_elsewhere(name: str, allow_download: bool) -> _Model:
    """A folder, or a name on the model hub that was downloaded before or may be now. Raises ModelMissing."""
    folder = Path(name)
    named_by_folder = folder.is_dir()
    if not named_by_folder:
        folder = _downloaded(name, allow_download)
    languages = _languages_of_card(folder / _MODEL_CARD)
    # The hub's cache has a folder for each commit.
    revision = _hash_of(folder, languages) if named_by_folder else folder.name
    return _Model(
        name=Path(name).name,
        revision=revision[:8],
        dimension=_dimension(folder),
        folder=folder,
        languages=languages,
    )


def _downloaded(name: str, allow_download: bool) -> Path:
    import huggingface_hub

    repository = name if "/" in name else f"sentence-transformers/{name}"
    download = partial(huggingface_hub.snapshot_download, repository, allow_patterns=[*_DECIDING, _MODEL_CARD])
    try:
        # What is there is never replaced by something newer without being asked.
        return Path(download(local_files_only=True))
    except (OSError, ValueError) as error:
        if not allow_download:
            raise ModelMissing(
                f"There is no encoder {name!r} on this machine; name a folder, or allow one download "
                "with MATCHER_ALLOW_DOWNLOAD=true."
            ) from error
    try:
        return Path(download())
    except (OSError, ValueError) as error:
        raise ModelMissing(f"The encoder {name!r} could not be downloaded ({error}).") from error


def _hash_of(folder: Path, languages: frozenset[str] | None) -> str:
    """The revision of a model in a plain folder: the hash of the files that decide its vectors.

    Its languages, where it states them, decide which texts have one, so that a run which read others has another name.
    """
    digest = hashlib.sha256(" ".join(sorted(languages or ())).encode())
    for path in sorted(path for kind in _DECIDING for path in folder.rglob(kind)):
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        digest.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return digest.hexdigest()


def _languages_of_card(card: Path) -> frozenset[str] | None:
    """What the front matter of a model's card states under `language`; of a model that states nothing, every language.

    Raises ModelMissing where there is a front matter that cannot be read.
    """
    if not card.is_file():
        return None
    import huggingface_hub
    import yaml

    try:
        metadata = huggingface_hub.metadata_load(card)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise ModelMissing(f"The front matter of {card} cannot be read ({error}); mend it.") from error
    return _languages((metadata or {}).get("language"))


def _languages(said: object) -> frozenset[str] | None:
    """The languages in one code or a list of codes; None where it names none that is known here ("multilingual")."""
    # YAML reads the code of Norwegian as a refusal.
    each = ["no" if one is False else str(one) for one in (said if isinstance(said, list) else [said])]
    codes = [language_code(one) for one in each]
    return frozenset(code for code in codes if code is not None) or None


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
