"""Made tables: a function of the log. Each has a column `subject` and the columns of its noun's domain class."""

from sqlmodel import Field, Index, SQLModel


class ProblemRow(SQLModel, table=True):
    """A problem as `domain.problems.Problem` has it; nested values are JSON.

    The columns at the end stand beside them for what is looked for often: who was answered and when, who was told.
    """

    __tablename__ = "problem"
    __table_args__ = (
        Index("problem_holder", "holder", "state", "changed_at"),
        Index("problem_origin", "origin", "state", "changed_at"),
        Index("problem_state", "state", "changed_at"),
        Index("problem_raised", "origin", "raised_at"),
        Index("problem_changed", "changed_at"),
        Index("problem_answer", "answer_to", "state"),
        Index("problem_told", "told_to", "state", "changed_at"),
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
    answer_to: str | None = None
    answer_at: str | None = None
    answer_read_at: str | None = None
    told_to: str | None = None


class ProblemPath(SQLModel, table=True):
    """Who may know of a problem, one row a node."""

    __tablename__ = "problem_path"

    node: str = Field(primary_key=True)
    subject: str = Field(primary_key=True, index=True)


class HeardRow(SQLModel, table=True):
    """What a place is called in a problem, for those whose tree does not have it; `own` if it said so itself."""

    __tablename__ = "heard"
    __table_args__ = (Index("heard_node", "node", "own", "subject"),)

    subject: str = Field(primary_key=True)
    node: str = Field(primary_key=True)
    name: str
    own: bool


class Word(SQLModel, table=True):
    """The words of a problem, for the search: the same result on both databases."""

    word: str = Field(primary_key=True)
    subject: str = Field(primary_key=True, index=True)


class HuddleRow(SQLModel, table=True):
    """One node's meeting in one slot of one day, as `domain.huddles.Huddle` has it."""

    __tablename__ = "huddle"
    __table_args__ = (
        Index("huddle_day", "on", "node"),
        Index("huddle_node", "node", "opened_at"),
    )

    subject: str = Field(primary_key=True)
    node: str
    on: str
    name: str
    state: str
    planned_at: str | None = None
    minutes: int | None = None
    leader: str | None = None
    editions: str = "{}"
    opened_at: str | None = None
    closed_at: str | None = None
    why: str = ""
    answers: str = "[]"
    present: int | None = None
    leaders: str = "[]"
    names: str = "[]"
    summary: str | None = None
    reported: str | None = None
    reported_at: str | None = None
    marked: str | None = None
    marked_by: str | None = None


class DefinitionRow(SQLModel, table=True):
    """What an owner declares of one sort, and what it declared before."""

    __tablename__ = "definition"

    subject: str = Field(primary_key=True)
    owner: str
    sort: str
    edition: int
    definitions: str
    earlier: str = "{}"


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


class AnnouncementRow(SQLModel, table=True):
    """What an area announced to all below it, and where it has been read out."""

    __tablename__ = "announcement"
    __table_args__ = (Index("announcement_ends", "ends", "state"),)

    subject: str = Field(primary_key=True)
    id: str
    node: str
    title: str
    text: str
    begins: str
    ends: str
    state: str
    published_at: str
    published_by: str
    read: str = "{}"
    withdrawn_at: str | None = None
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
