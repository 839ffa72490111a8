"""What keys do on a line of Today that stands for several problems: a pattern, or the heading over what came up."""

from typing import TYPE_CHECKING

from screens import came_up, patterns
from screens.verbs.together import ask_together, join, join_all, take_all

if TYPE_CHECKING:
    from screens.today.reading import Seen
    from screens.today.screen import TodayScreen

_TAKE = frozenset({"acknowledge"})


def may(seen: "Seen", line: str) -> frozenset[str]:
    """The verbs for what stands in that line; none if it is no such line."""
    if line == came_up.ALL:
        return _TAKE
    one = patterns.chosen(seen.patterns, line)
    return patterns.allowed(one, seen.may) if one is not None else frozenset()


def use(screen: "TodayScreen", verb: str) -> bool:
    """Use a verb on all that stands in the chosen line; says whether it is such a line."""
    seen, line = screen.seen, screen.chosen
    if seen is None:
        return False
    one = patterns.chosen(seen.patterns, line)
    if line == came_up.ALL and verb in _TAKE:
        take_all(screen, came_up.takes(seen.today.came_up.problems, seen.node))
    elif one is not None:
        ask_together(screen, verb, one)
    return one is not None or line == came_up.ALL


def joins(seen: "Seen", line: str) -> bool:
    """Whether what stands in that line may get what others of its pattern got."""
    if seen.apart is not None and line in seen.apart.joins:
        return True
    one = patterns.chosen(seen.patterns, line)
    return one is not None and bool(one.late)


def join_chosen(screen: "TodayScreen") -> None:
    """Let what stands in the chosen line join the pattern that it is like."""
    seen, problem = screen.seen, screen.problem
    whole = patterns.chosen(seen.patterns, screen.chosen) if seen is not None else None
    if whole is not None:
        join_all(screen, whole)
    if seen is not None and seen.apart is not None and problem is not None:
        one = seen.apart.joins.get(problem.id)
        if one is not None:
            join(screen, problem, one)


def open_chosen(screen: "TodayScreen") -> None:
    """Open the pattern of the chosen line."""
    from screens.pattern import PatternScreen  # noqa: PLC0415 - only who opens one

    one = patterns.chosen(screen.seen.patterns, screen.chosen) if screen.seen else None
    if one is not None:
        screen.program.push_screen(PatternScreen(one.key))
