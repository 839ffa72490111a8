"""Made tables: a function of the log. Each has a column `subject` and the columns of its noun's domain class."""

from sqlmodel import Field, Index, SQLModel


class ProblemRow(SQLModel, table=True):
    """A problem as `domain.problems.Problem` has it; nested values are JSON."""

    __tablename__ = "problem"
    __table_args__ = (
        Index("problem_holder", "holder", "state", "changed_at"),
        Index("problem_origin", "origin", "state", "changed_at"),
        Index("problem_state", "state", "changed_at"),
        Index("problem_raised", "raised_at"),
    )

    subject: str = Field(primary_key=True)
    id: str
    title: str
    detail: str
    category: str
    urgency: str
    reference: str | None = None
    about: str | None = None
    state: str
    origin: str
    tells: str | None = None
    holder: str
    path: str
    held: str
    turn: int
    last: str
    last_node: str
    raised_at: str
    raised_by: str
    held_since: str
    changed_at: str
    what: str | None = None
    owner: str | None = None
    due: str | None = None
    check_in: str | None = None
    planned_at: str | None = None
    escalation: str | None = None
    ask: str | None = None
    handed_by: str | None = None
    delivered_at: str | None = None
    seen_at: str | None = None
    acknowledged_at: str | None = None
    answer: str | None = None
    remedy: str | None = None
    lesson: str | None = None
    why: str | None = None
    resolved_at: str | None = None
    resolved_by: str | None = None
    closed_at: str | None = None
    lapsed: bool = False
    disputed: bool = False
    recall: str | None = None
    alerts: str = "[]"
    hops: str = "[]"
    seen: str = "{}"
    overtaken: str = "[]"
    ahead: str = "[]"


class ProblemPath(SQLModel, table=True):
    """Who may know of a problem, one row a node."""

    __tablename__ = "problem_path"

    node: str = Field(primary_key=True)
    subject: str = Field(primary_key=True, index=True)


class Word(SQLModel, table=True):
    """The words of a problem, for the search: the same result on both databases."""

    word: str = Field(primary_key=True)
    subject: str = Field(primary_key=True, index=True)


class ActionRow(SQLModel, table=True):
    """Planned work of a node."""

    __tablename__ = "action"
    __table_args__ = (Index("action_node", "node", "state", "due"),)

    subject: str = Field(primary_key=True)
    id: str
    node: str
    what: str
    owner: str
    due: str
    about: str | None = None
    state: str
    planned_at: str
    planned_by: str
    changed_at: str
    moved: int = 0
    done_at: str | None = None
    why: str | None = None


class NodeRow(SQLModel, table=True):
    """A place of the tree as its parent registered it."""

    __tablename__ = "node"

    subject: str = Field(primary_key=True)
    key: str = Field(unique=True)
    name: str
    tier: int
    parent: str | None = None
    state: str
