"""What places are called in problems that came sideways; filled from the log, as all made tables are."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "heard",
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("node", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "node"),
    )
    op.create_index("heard_node", "heard", ["node", "own", "subject"], unique=False)
