"""With which versions of its profile a startup was matched on which day."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table; nobody has been matched in their own view before it."""
    op.create_table(
        "rescorings",
        sa.Column("startup_id", sa.Text, primary_key=True),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("version_hash", sa.String(64), primary_key=True),
    )
