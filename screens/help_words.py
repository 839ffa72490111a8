"""What each screen is for, in the words of those who stand before it: the first lines of its help.

Keys stand in them by their ids, `{open}`: the help puts in how they are given.
"""

from collections.abc import Mapping

ABOUT: Mapping[str, tuple[str, ...]] = {
    "TodayScreen": (
        "Your day on one screen: when you meet, what came back to you, what is yours to",
        "solve, what waits with others. {open} opens the line that is chosen.",
    ),
    "HuddleScreen": ("The huddle, step by step. What you enter counts at once, and stays.",),
    "ProblemsScreen": (
        "Every problem that you raised, hold or were told of. {find} and a word find one",
        "again, also one that is long solved.",
    ),
    "ProblemScreen": (
        "One problem from its first word to its last: who holds it now, what was asked,",
        "tried and answered. Only who holds it changes it; all on its way can note.",
    ),
    "MorningScreen": (
        "Who has met this morning, who has not told us yet, and what went up and came",
        "back. No ranking: a huddle that is late is a question, not a fault.",
    ),
    "FiguresScreen": (
        "How the huddles of a month worked: held in time, answered, fixed. Only your",
        "own place and the one above see them; nobody is compared.",
    ),
    "MeasuresScreen": (
        "Your measures with their targets. A day that is not met is no reason to act; a",
        "real change is, and then it says so.",
    ),
    "NeedsScreen": ("What one area is not well with, in its own words, and what it asks us for.",),
    "SummaryScreen": ("What a place below told us of its huddle.",),
    "FollowUpsScreen": ("One after the other: what was promised, by whom, for when, and what is stuck.",),
    "PatternScreen": (
        "Problems of several places that look like one. What you say here, each of them",
        "gets in its own story.",
    ),
    "SheetScreen": ("The form of a huddle that was held on paper. All of it counts, or nothing.",),
    "WallScreen": ("The board for the wall: no names, no free text. It turns its pages by itself.",),
    "SeatsScreen": ("The places of the rehearsal hospital; {open} sits down at one.",),
    "UnsetScreen": ("This computer is not set up yet. IT does that; the demo shows how it works.",),
    "HelpScreen": ("What the keys do on the screen you came from.",),
}
"""By the name of the screen's class; two lines at the most, at most 78 characters each with the usual keys."""

STEPS: Mapping[str, tuple[str, ...]] = {
    "last-time": (
        "Read out what came back, and look at what you promised. {fine}: it was said.",
        "Is it solved, they say? {confirm} if it worked, {reopen} if it did not.",
    ),
    "targets": ("Today's targets, with the last value. {open} changes one for today.",),
    "status": (
        "How it is now. {fine}: fine, or none. {open}: tell what is missing or happened.",
        "Digits count. Whatever is not fine stands in Plan and Help by itself.",
    ),
    "plan": ("What is not fine yet. {plan} plans it, {escalate} asks for help, {fine}: we watch it.",),
    "help": (
        "What you need help with, and who has it. Above a unit: what came up to you.",
        "Nothing you ask for gets lost: it stays here until it is answered.",
    ),
    "close": ("What goes up, who was there, and a thank you. {open} on the last line closes.",),
}
"""By the key of the step of the huddle."""
_NETWORK = (
    "There is no network, or the place above does not answer. Nothing is lost: what",
    "you enter is safe on this computer and goes by itself. You need do nothing.",
)


def about(screen: str, step: str = "") -> tuple[str, ...]:
    """What a screen is for; in the huddle what its step is for."""
    return STEPS.get(step) or ABOUT.get(screen, ())


def network(words: str, why: str) -> tuple[str, ...]:
    """What the link's words on line 1 mean, where they say that something is not as it should be."""
    if why or words.startswith("not accepted"):
        return ("The place above does not let this computer in. Tell IT:", why or "it was not said why.")
    return _NETWORK
