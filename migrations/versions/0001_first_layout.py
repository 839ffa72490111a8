"""The first layout: the log, the tables made from it, and what is kept beside them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# Sorted by code point on both databases, so that instants and names have one order.
TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "action",
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("node", TEXT, nullable=False),
        sa.Column("what", TEXT, nullable=False),
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("due", TEXT, nullable=False),
        sa.Column("about", TEXT, nullable=True),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("planned_at", TEXT, nullable=False),
        sa.Column("planned_by", TEXT, nullable=False),
        sa.Column("changed_at", TEXT, nullable=False),
        sa.Column("moved", sa.BigInteger(), nullable=False),
        sa.Column("done_at", TEXT, nullable=True),
        sa.Column("why", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("subject"),
    )
    op.create_index("action_node", "action", ["node", "state", "due"], unique=False)
    op.create_table(
        "code",
        sa.Column("code_hash", TEXT, nullable=False),
        sa.Column("node", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("tier", sa.BigInteger(), nullable=False),
        sa.Column("invited_by", TEXT, nullable=False),
        sa.Column("expires_at", TEXT, nullable=False),
        sa.Column("tries", sa.BigInteger(), nullable=False),
        sa.Column("used_at", TEXT, nullable=True),
        sa.Column("token_hash", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("code_hash"),
    )
    op.create_index("ix_code_node", "code", ["node"], unique=False)
    op.create_table(
        "credential",
        sa.Column("token_hash", TEXT, nullable=False),
        sa.Column("node", TEXT, nullable=False),
        sa.Column("slot", TEXT, nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("created_at", TEXT, nullable=False),
        sa.Column("revoked_at", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index("ix_credential_node", "credential", ["node"], unique=False)
    op.create_table(
        "definition",
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("sort", TEXT, nullable=False),
        sa.Column("edition", sa.BigInteger(), nullable=False),
        sa.Column("definitions", TEXT, nullable=False),
        sa.Column("earlier", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("subject"),
    )
    op.create_table(
        "device",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", TEXT, nullable=False),
        sa.Column("arrival", sa.BigInteger(), nullable=False),
        sa.Column("created_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "draft",
        sa.Column("place", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("updated_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("place"),
    )
    op.create_table(
        "entry",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("arrival", sa.BigInteger(), nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("audience", TEXT, nullable=False),
        sa.Column("node", TEXT, nullable=False),
        sa.Column("device", TEXT, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("turn", sa.BigInteger(), nullable=True),
        sa.Column("tick", sa.BigInteger(), nullable=True),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("hash", TEXT, nullable=False),
        sa.Column("head", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=True),
        sa.Column("seal", TEXT, nullable=False),
        sa.Column("received_at", TEXT, nullable=False),
        sa.Column("received_from", TEXT, nullable=True),
        sa.Column("parked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("arrival"),
        sa.UniqueConstraint("device", "seq"),
        sa.UniqueConstraint("hash"),
    )
    op.create_index("entry_subject", "entry", ["subject", "arrival"], unique=False)
    op.create_table(
        "feed_item",
        sa.Column("peer", TEXT, nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", TEXT, nullable=False),
        sa.Column("chain", TEXT, nullable=False),
        sa.Column("queued_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("peer", "epoch", "n"),
        sa.UniqueConstraint("peer", "epoch", "entry_id"),
    )
    op.create_table(
        "huddle",
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("node", TEXT, nullable=False),
        sa.Column("on", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("planned_at", TEXT, nullable=True),
        sa.Column("minutes", sa.BigInteger(), nullable=True),
        sa.Column("leader", TEXT, nullable=True),
        sa.Column("editions", TEXT, nullable=False),
        sa.Column("opened_at", TEXT, nullable=True),
        sa.Column("closed_at", TEXT, nullable=True),
        sa.Column("why", TEXT, nullable=False),
        sa.Column("answers", TEXT, nullable=False),
        sa.Column("present", sa.BigInteger(), nullable=True),
        sa.Column("leaders", TEXT, nullable=False),
        sa.Column("names", TEXT, nullable=False),
        sa.Column("summary", TEXT, nullable=True),
        sa.Column("reported", TEXT, nullable=True),
        sa.Column("reported_at", TEXT, nullable=True),
        sa.Column("marked", TEXT, nullable=True),
        sa.Column("marked_by", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("subject"),
    )
    op.create_index("huddle_day", "huddle", ["on", "node"], unique=False)
    op.create_index("huddle_node", "huddle", ["node", "opened_at"], unique=False)
    op.create_table(
        "identity",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("node", TEXT, nullable=False),
        sa.Column("rehearsal", sa.Boolean(), nullable=False),
        sa.Column("created_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "link",
        sa.Column("peer", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("last_contact", TEXT, nullable=True),
        sa.Column("clock_offset", sa.Float(), nullable=False),
        sa.Column("trouble", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("peer"),
    )
    op.create_table(
        "link_in",
        sa.Column("peer", TEXT, nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("in_n", sa.BigInteger(), nullable=False),
        sa.Column("in_chain", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("peer", "epoch"),
    )
    op.create_table(
        "link_out",
        sa.Column("peer", TEXT, nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("out_head", sa.BigInteger(), nullable=False),
        sa.Column("out_chain", TEXT, nullable=False),
        sa.Column("out_acked", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("peer"),
    )
    op.create_table(
        "node",
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("tier", sa.BigInteger(), nullable=False),
        sa.Column("parent", TEXT, nullable=True),
        sa.Column("state", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("subject"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "parked",
        sa.Column("hash", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("peer", TEXT, nullable=False),
        sa.Column("entry_id", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("head", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=True),
        sa.Column("seal", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("told_at", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.create_index("parked_status", "parked", ["status", "at"], unique=False)
    op.create_table(
        "problem",
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("detail", TEXT, nullable=False),
        sa.Column("category", TEXT, nullable=False),
        sa.Column("urgency", TEXT, nullable=False),
        sa.Column("reference", TEXT, nullable=True),
        sa.Column("about", TEXT, nullable=True),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("origin", TEXT, nullable=False),
        sa.Column("tells", TEXT, nullable=True),
        sa.Column("holder", TEXT, nullable=False),
        sa.Column("path", TEXT, nullable=False),
        sa.Column("held", TEXT, nullable=False),
        sa.Column("turn", sa.BigInteger(), nullable=False),
        sa.Column("last", TEXT, nullable=False),
        sa.Column("last_node", TEXT, nullable=False),
        sa.Column("raised_at", TEXT, nullable=False),
        sa.Column("raised_by", TEXT, nullable=False),
        sa.Column("held_since", TEXT, nullable=False),
        sa.Column("changed_at", TEXT, nullable=False),
        sa.Column("what", TEXT, nullable=True),
        sa.Column("owner", TEXT, nullable=True),
        sa.Column("due", TEXT, nullable=True),
        sa.Column("check_in", TEXT, nullable=True),
        sa.Column("planned_at", TEXT, nullable=True),
        sa.Column("escalation", TEXT, nullable=True),
        sa.Column("ask", TEXT, nullable=True),
        sa.Column("handed_by", TEXT, nullable=True),
        sa.Column("delivered_at", TEXT, nullable=True),
        sa.Column("seen_at", TEXT, nullable=True),
        sa.Column("acknowledged_at", TEXT, nullable=True),
        sa.Column("answer", TEXT, nullable=True),
        sa.Column("remedy", TEXT, nullable=True),
        sa.Column("lesson", TEXT, nullable=True),
        sa.Column("why", TEXT, nullable=True),
        sa.Column("resolved_at", TEXT, nullable=True),
        sa.Column("resolved_by", TEXT, nullable=True),
        sa.Column("closed_at", TEXT, nullable=True),
        sa.Column("lapsed", sa.Boolean(), nullable=False),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("recall", TEXT, nullable=True),
        sa.Column("alerts", TEXT, nullable=False),
        sa.Column("hops", TEXT, nullable=False),
        sa.Column("seen", TEXT, nullable=False),
        sa.Column("overtaken", TEXT, nullable=False),
        sa.Column("ahead", TEXT, nullable=False),
        sa.Column("answer_to", TEXT, nullable=True),
        sa.Column("answer_at", TEXT, nullable=True),
        sa.Column("answer_read_at", TEXT, nullable=True),
        sa.Column("told_to", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("subject"),
    )
    op.create_index("problem_answer", "problem", ["answer_to", "state"], unique=False)
    op.create_index("problem_changed", "problem", ["changed_at"], unique=False)
    op.create_index("problem_holder", "problem", ["holder", "state", "changed_at"], unique=False)
    op.create_index("problem_origin", "problem", ["origin", "state", "changed_at"], unique=False)
    op.create_index("problem_raised", "problem", ["origin", "raised_at"], unique=False)
    op.create_index("problem_state", "problem", ["state", "changed_at"], unique=False)
    op.create_index("problem_told", "problem", ["told_to", "state", "changed_at"], unique=False)
    op.create_table(
        "problem_path",
        sa.Column("node", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("node", "subject"),
    )
    op.create_index("ix_problem_path_subject", "problem_path", ["subject"], unique=False)
    op.create_table(
        "refusal",
        sa.Column("peer", TEXT, nullable=False),
        sa.Column("entry_id", TEXT, nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("peer", "entry_id"),
    )
    op.create_table(
        "setting",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "subject",
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("tick", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("subject"),
    )
    op.create_table(
        "timer",
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("turn", sa.BigInteger(), nullable=False),
        sa.Column("rule", TEXT, nullable=False),
        sa.Column("due_at", TEXT, nullable=False),
        sa.Column("fired_at", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("subject", "turn", "rule"),
    )
    op.create_index("ix_timer_due_at", "timer", ["due_at"], unique=False)
    op.create_table(
        "word",
        sa.Column("word", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("word", "subject"),
    )
    op.create_index("ix_word_subject", "word", ["subject"], unique=False)
