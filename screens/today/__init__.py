"""Today: the first screen of a node, with the huddle that comes and what it has to do until then."""

from screens.today.screen import TodayScreen

__all__ = ["TodayScreen"]
