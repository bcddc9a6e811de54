"""The tables, as SQLAlchemy Core sees them; the migrations are what makes them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

metadata = MetaData()

# What a record said, by content. Never changed: a run keeps the versions it read.
versions = Table(
    "versions",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("record_id", Text, nullable=False),
    Column("body", Text, nullable=False),
)

# Which version of each record is the present one.
records = Table(
    "records",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("record_id", Text, primary_key=True),
    Column("hash", String(64), ForeignKey("versions.hash"), nullable=False),
)

# One vector a text and encoder: (dimension,) int16 little-endian, in grid steps.
vectors = Table(
    "vectors",
    metadata,
    Column("encoder_id", String(120), primary_key=True),
    Column("text_hash", String(64), primary_key=True),
    Column("grid", LargeBinary, nullable=False),
)

# The versions a set of inputs is made of; `hash` is the SHA-256 of the sorted version hashes.
input_sets = Table(
    "input_sets",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("version_hash", String(64), ForeignKey("versions.hash"), primary_key=True),
)

# Kept executions. The manifest names the run; the result never changes.
runs = Table(
    "runs",
    metadata,
    Column("id", String(12), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("programme_id", Text, nullable=False),
    Column("manifest", Text, nullable=False),
    Column("inputs_hash", String(64), nullable=False),
    Column("result", Text, nullable=False),
    Column("made_at", String(32), nullable=False),
    Column("sequence", Integer, nullable=False, unique=True),
)

# Programmes added to the workspace, as the text of their files.
programmes = Table(
    "programmes",
    metadata,
    Column("id", Text, primary_key=True),
    Column("body", Text, nullable=False),
)

# Rankers trained here, and those that came with the program and made a run (made_at is null). Never changed: a run is
# made again with the ranker it read. sequence: the order of keeping, given by the database.
rankers = Table(
    "rankers",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("body", Text, nullable=False),
    Column("metrics", Text, nullable=False),
    Column("card", Text, nullable=False),
    Column("made_at", String(32)),
)

# The one row says which ranker is active; null is the shipped one. Two writers cannot leave two active.
active_ranker = Table(
    "active_ranker",
    metadata,
    Column("place", Integer, CheckConstraint("place = 1"), primary_key=True, autoincrement=False),
    Column("ranker_id", Text, ForeignKey("rankers.id")),
)

# Which versions of its profile a startup was matched with on a UTC day (ISO 8601), in its own view. The version may be
# one that is no longer the present one; it is a name for what was counted, and leads to no profile.
rescorings = Table(
    "rescorings",
    metadata,
    Column("startup_id", Text, primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("version_hash", String(64), primary_key=True),
)

# What officers decided about a pair in an edition, kept across runs: one pin or ban, and one note. until: the last day
# (ISO 8601) it holds, null = for good.
overrides = Table(
    "overrides",
    metadata,
    Column("programme_id", Text, primary_key=True),
    Column("startup_id", Text, primary_key=True),
    Column("partner_id", Text, primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("code", String(32), nullable=False),
    Column("reason", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("until", String(10)),
    Column("made_at", String(32), nullable=False),
)

# Who approved a run, so that it may leave as published.
approvals = Table(
    "approvals",
    metadata,
    Column("run_id", String(12), ForeignKey("runs.id"), primary_key=True),
    Column("person", Text, nullable=False),
    Column("approved_at", String(32), nullable=False),
)

# Runs that were begun and not finished: what is needed to go on after the machine died.
begun_runs = Table(
    "begun_runs",
    metadata,
    Column("id", String(12), primary_key=True),
    Column("manifest", Text, nullable=False),
    Column("inputs_hash", String(64), nullable=False),
    Column("begun_at", String(32), nullable=False),
)

Index("versions_by_record", versions.c.kind, versions.c.record_id)
