"""`--plain`: the huddle prompt by prompt, for screen readers, dumb terminals and scripts.

holding     the huddle from its first prompt to its last: on, back, and where it was left
talk        one question, one line of answer; the words that work everywhere
room        what is known of the huddle now
last_time, targets, status, roll_call, plan, patterns, helping, close    the prompts of the steps
"""

from .holding import hold

__all__ = ["hold"]
