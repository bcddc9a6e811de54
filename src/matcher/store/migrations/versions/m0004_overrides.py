"""What officers decide: pins, bans and notes of an edition, and approvals; and the runs that were begun."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables; nothing was decided, and no unfinished run kept, before them."""
    op.create_table(
        "overrides",
        sa.Column("programme_id", sa.Text, primary_key=True),
        sa.Column("startup_id", sa.Text, primary_key=True),
        sa.Column("partner_id", sa.Text, primary_key=True),
        sa.Column("kind", sa.String(8), primary_key=True),
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("until", sa.String(10)),
        sa.Column("made_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "approvals",
        sa.Column("run_id", sa.String(12), sa.ForeignKey("runs.id"), primary_key=True),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("approved_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "begun_runs",
        sa.Column("id", sa.String(12), primary_key=True),
        sa.Column("manifest", sa.Text, nullable=False),
        sa.Column("inputs_hash", sa.String(64), nullable=False),
        sa.Column("begun_at", sa.String(32), nullable=False),
    )
