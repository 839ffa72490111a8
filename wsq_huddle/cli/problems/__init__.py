"""`problem`: every verb, and the looks. Each verb prints the problem as it then is."""

from . import looking, verbs
from .showing import app, shown

__all__ = ["app", "looking", "shown", "verbs"]
