"""Trained rankers, and which one is active."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables, with the shipped ranker active."""
    op.create_table(
        "rankers",
        sa.Column("sequence", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("metrics", sa.Text, nullable=False),
        sa.Column("card", sa.Text, nullable=False),
        sa.Column("made_at", sa.String(32)),
    )
    active = op.create_table(
        "active_ranker",
        sa.Column("place", sa.Integer, sa.CheckConstraint("place = 1"), primary_key=True, autoincrement=False),
        sa.Column("ranker_id", sa.Text, sa.ForeignKey("rankers.id")),
    )
    op.bulk_insert(active, [{"place": 1, "ranker_id": None}])
