"""The link: the way of a node to the one above it. `Link` runs it, `exchange_once` is for a command.

httpx is imported when a link starts; screens may import this before their first frame.
"""

from .running import Link
from .state import LinkState, Touch, state_of
from .way import Way

__all__ = ["Link", "LinkState", "Touch", "Way", "state_of"]
