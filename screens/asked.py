"""What a form tells the screen it lies over; apart from the form, which the first frame does not need."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from screens.form import Form


@dataclass(eq=False, repr=False)
class Closed(Message):
    """The form is done with: saved, or kept for later."""

    form: "Form"
    saved: bool


@dataclass(eq=False, repr=False)
class Refused(Message):
    """It could not be saved; `why` is a sentence for whoever types. The form stays open."""

    form: "Form"
    why: str
