"""What an installation can set, read from the environment; the only file that reads it."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

_PACKAGE = Path(__file__).parent


class Settings(BaseSettings):
    """Each field is the environment variable MATCHER_<NAME>."""

    model_config = SettingsConfigDict(env_prefix="MATCHER_", env_ignore_empty=True, extra="ignore")

    workspace: Path = Path("data/local")
    """The folder that holds everything a run needs: database, index, exports."""

    database_url: str | None = None
    """Another database than the workspace's SQLite file, such as postgresql+psycopg://…"""

    encoder: str | None = None
    """A sentence-transformers model, by name or folder; all-MiniLM-L6-v2 where not set. `hashing` is for tests."""

    allow_download: bool = False
    """Whether the encoder may be fetched from a model hub."""

    ranker: str | None = None
    """Which of the shipped rankers is used, by its folder in models/ranker such as v1; the newest where not set."""

    pairs_at_once: int = Field(default=2_000_000, ge=1)
    """How many pairs are measured in one block: about 200 bytes of memory each."""

    rescorings_a_day: int = Field(default=10, ge=1)
    """With how many versions of its profile a startup may be matched on one UTC day, as startups are shown it."""


def settings_of(**given: object) -> Settings:
    """What is given, else the environment. Raises ValueError with one sentence that names the variable."""
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as fault:
        (first, *_) = fault.errors()
        variable = f"MATCHER_{str(first['loc'][0]).upper()}"
        raise ValueError(f"{variable} cannot be '{first['input']}' ({first['msg']}); mend or unset it.") from fault


def shipped(part: str) -> Path:
    """A folder that comes with the product, in a clone or in an installed wheel: `data/reference`, `models/ranker` …"""
    wheel = _PACKAGE / "shipped"
    return (wheel if wheel.is_dir() else _PACKAGE.parents[1]) / part
