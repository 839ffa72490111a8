"""Pages that leave the program: what stands on them, and how each form is written so that nothing on it can act.

    page (title, sections of lines and rows)  ->  text · html · markdown · csv · json

What people typed is a word on all of them: no control bytes, no markup, no formula; `safe_words` leaves out what may
identify a patient.
"""

from .digests import Digest, Measured, Wanted, age, day
from .forms import FORMS, write
from .pages import LEFT_OUT, Page, Section, safe_words
from .texts import WIDE, filled, wide

__all__ = [
    "FORMS",
    "LEFT_OUT",
    "WIDE",
    "Digest",
    "Measured",
    "Page",
    "Section",
    "Wanted",
    "age",
    "day",
    "filled",
    "safe_words",
    "wide",
    "write",
]
