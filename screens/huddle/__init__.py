"""The huddle of a node: six steps, each with its question, run with two keys."""

from screens.huddle.screen import HuddleScreen

__all__ = ["HuddleScreen"]
