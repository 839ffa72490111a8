"""The six steps of a huddle, each with its lines: what the huddle's screens show, and the keys that fill them.

now = steps.look(desk, sitting)             everything, worked out in one look
now.last_time.answers, now.targets, now.status, now.left, now.came_up, now.closing
steps.read_out(desk, sitting, problem.id)   Space in Last time: said, next
steps.announce(desk, sitting, one.id)       the same for an announcement
steps.fine(desk, sitting, items)            Space or g in Targets and Status
steps.plan_for, steps.ask_for, steps.watch  p, e and Space on a line of Plan and Help
"""

from .asking import Asked
from .closing import Closing, Sent
from .events import card
from .helping import CameUp, Dealt, How
from .last_time import Announced, Back, Due, LastTime, Promise
from .looking import Look, look
from .verbs import announce, ask_for, done, fine, plan_for, read_out, watch

__all__ = [
    "Announced",
    "Asked",
    "Back",
    "CameUp",
    "Closing",
    "Dealt",
    "Due",
    "How",
    "LastTime",
    "Look",
    "Promise",
    "Sent",
    "announce",
    "ask_for",
    "card",
    "done",
    "fine",
    "look",
    "plan_for",
    "read_out",
    "watch",
]
