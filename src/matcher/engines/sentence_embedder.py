"""Meanings as vectors: a sentence-transformers model on the processor, one text's vector whatever else is encoded.

A vector must be a function of its text alone, or a resumed run would differ from an uninterrupted one. Batches of
varying shape do not give that: in bf16 half of all components move by up to 12 steps of the grid. Batches of one shape
for each length do, to the bit, whatever else is in them (docs/decisions/0002-vectors-on-a-grid.md).
"""

from __future__ import annotations

import hashlib
import threading
import tomllib
from collections.abc import Iterator, Sequence
from functools import cached_property
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
# Tokens in a batch: fewer waste the matrix unit, more make a single text wait (30 ms here with 1,024).
_BATCH_TOKENS = 1024
_CPU_FLAGS = Path("/proc/cpuinfo")


class SentenceEmbedder:
    """An encoder of the manifest, or any other sentence-transformers model by name or folder.

    Making one loads nothing; torch is imported by the first `encode`. Not to be shared with forked children.
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
        """name: of the manifest (the packaged one where None), a folder, or a name on the model hub.

        precision: "bf16" or "fp32"; where None, bf16 where the processor has the unit for it.
        """
        self._name = name or PACKAGED
        self._manifest = manifest
        self._allow_download = allow_download
        self._precision = precision or ("bf16" if _has_bf16(_CPU_FLAGS) else "fp32")
        self._threads = threads
        self._one_at_a_time = threading.Lock()

    @cached_property
    def id(self) -> str:
        """Model, revision and precision: all that makes two vectors comparable."""
        return f"{Path(self._name).name}@{self._files.revision[:8]}/{self._precision}/grid12"
