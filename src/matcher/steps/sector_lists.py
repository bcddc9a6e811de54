"""Lists of sectors as an import reads them."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.domain.vocabulary import Vocabulary


def as_read(tags: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """What an import makes of a cell with these sectors: each once, a narrower word behind its sector."""
    return tuple(dict.fromkeys(tag for written in tags for tag in vocabulary.sector_tags(written)))
