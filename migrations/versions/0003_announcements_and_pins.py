"""What an area announces to all below it; and the PINs of the people who sign here."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

# Sorted by code point on both databases, so that instants and names have one order.
TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "announcement",
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("node", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("begins", TEXT, nullable=False),
        sa.Column("ends", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("published_at", TEXT, nullable=False),
        sa.Column("published_by", TEXT, nullable=False),
        sa.Column("read", TEXT, nullable=False),
        sa.Column("withdrawn_at", TEXT, nullable=True),
        sa.Column("why", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("subject"),
    )
    op.create_index("announcement_ends", "announcement", ["ends", "state"], unique=False)
    op.create_table(
        "pin",
        sa.Column("person", TEXT, nullable=False),
        sa.Column("salt", TEXT, nullable=False),
        sa.Column("hash", TEXT, nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("set_at", TEXT, nullable=False),
        sa.Column("wrong", sa.BigInteger(), nullable=False),
        sa.Column("wait_until", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("person"),
    )
