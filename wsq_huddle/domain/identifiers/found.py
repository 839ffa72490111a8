"""What the guard finds: a kind, and where it stands."""

from enum import StrEnum

from wsq_huddle.domain.records import record


class Kind(StrEnum):
    NAME = "name"
    RECORD = "record-number"
    BORN = "date-of-birth"
    PHONE = "phone"
    BED = "bed"
    MAIL = "e-mail"
    NATIONAL = "national-number"


@record
class Found:
    """The characters of a text from `start` up to `end`."""

    kind: Kind
    start: int
    end: int
