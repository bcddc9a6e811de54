"""The first tables: records and their versions, vectors, input sets, runs, programmes."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "versions",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("record_id", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("versions_by_record", "versions", ["kind", "record_id"])
    op.create_table(
        "records",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("record_id", sa.Text, primary_key=True),
        sa.Column("hash", sa.String(64), sa.ForeignKey("versions.hash"), nullable=False),
    )
    op.create_table(
        "vectors",
        sa.Column("encoder_id", sa.String(120), primary_key=True),
        sa.Column("text_hash", sa.String(64), primary_key=True),
        sa.Column("grid", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "input_sets",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("version_hash", sa.String(64), sa.ForeignKey("versions.hash"), primary_key=True),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.String(12), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("programme_id", sa.Text, nullable=False),
        sa.Column("manifest", sa.Text, nullable=False),
        sa.Column("inputs_hash", sa.String(64), nullable=False),
        sa.Column("result", sa.Text, nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False, unique=True),
    )
    op.create_table(
        "programmes",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
    )
