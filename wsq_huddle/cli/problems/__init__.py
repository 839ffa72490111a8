"""`problem`: every verb, and the looks. Each verb prints the problem as it then is."""

from . import looking, together, verbs
from .showing import app, shown

__all__ = ["app", "looking", "shown", "together", "verbs"]
