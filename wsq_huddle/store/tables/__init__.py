"""All tables, described once with SQLModel and spoken to as SQLAlchemy Core tables.

Three sorts, and the difference matters:

    log     entry                                          what happened; append-only
    made    problem, word, huddle, action, node, ...       a function of the log: may be dropped and made again
    kept    feed_item, link, credential, parked, draft ... what a rebuild never touches

Instants are ISO 8601 texts in UTC on both databases: they sort as they are, and a reader needs no library for them.
"""

from sqlalchemy import BigInteger, Integer, Table
from sqlmodel import SQLModel

from . import kept, log, made


def _table(model: type[SQLModel]) -> Table:
    """The table of a model; its whole numbers have 64 bits on PostgreSQL too, since others may send any."""
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    for column in table.columns:
        if type(column.type) is Integer:
            column.type = BigInteger()
    return table


ENTRY = _table(log.LogEntry)

IDENTITY = _table(kept.Identity)
DEVICE = _table(kept.Device)
SUBJECT = _table(kept.Subject)
FEED_ITEM = _table(kept.FeedItem)
LINK = _table(kept.Link)
LINK_IN = _table(kept.LinkIn)
LINK_OUT = _table(kept.LinkOut)
PARKED = _table(kept.Parked)
REFUSAL = _table(kept.Refusal)
CREDENTIAL = _table(kept.Credential)
CODE = _table(kept.Code)
TIMER = _table(kept.Timer)
DRAFT = _table(kept.Draft)
SETTING = _table(kept.Setting)
PIN = _table(kept.Pin)

PROBLEM = _table(made.ProblemRow)
PROBLEM_PATH = _table(made.ProblemPath)
HEARD = _table(made.HeardRow)
WORD = _table(made.Word)
HUDDLE = _table(made.HuddleRow)
DEFINITION = _table(made.DefinitionRow)
ACTION = _table(made.ActionRow)
ANNOUNCEMENT = _table(made.AnnouncementRow)
NODE = _table(made.NodeRow)

TABLES: dict[str, Table] = {name: SQLModel.metadata.tables[name] for name in sorted(SQLModel.metadata.tables)}
"""All tables by name."""
