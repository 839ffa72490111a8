"""What is asked when something is planned, raised or handed on; before anything leaves the node it is said where to."""

from collections.abc import Callable

from screens import times
from wsq_huddle.domain.agendas import Line, Mark, Why
from wsq_huddle.domain.huddles import State
from wsq_huddle.domain.problems import Mode, Problem, Urgency
from wsq_huddle.errors import NotAllowed
from wsq_huddle.services import problems, steps, whens

from .drafts import Draft
from .room import Room
from .talk import Stopped, Turned

_WHENS = {"now": Urgency.NOW, "routine": Urgency.ROUTINE}
_URGENT = "!"


def plan(room: Room, line: Line, what: str) -> str:
    """Plan what a line needs: who does it, and by which day. What is told is kept answer by answer."""
    desk, talk, draft = room.desk, room.talk, Draft(room, line, "plan")
    if what:
        draft.forget()
        draft.keep("what", what)
    said = draft.ask("what", lambda: talk.ask("What will be done?"))
    owner = draft.ask("owner", lambda: talk.ask(f"Who does it? Enter = {room.role}.", names=True))
    usual = times.full_day(whens.usual_day(desk))
    typed = draft.ask(
        "due",
        lambda: talk.until(f"By which day? today, fri, 2 dec. Enter = {usual}.", lambda typed: whens.day(desk, typed)),
    )
    with draft.recording():
        steps.plan_for(desk, line, what=said, owner=owner or room.role, due=whens.day(desk, typed))
    return "Planned."


def plan_problem(room: Room, problem: Problem, what: str) -> str:
    return plan(room, _line_of(room, problem), what)


def ask_for(room: Room, line: Line, need: str) -> str:
    """Ask the next tier for help with a line, in the words that it gets."""
    desk, talk, draft = room.desk, room.talk, Draft(room, line, "escalate")
    if need:
        draft.forget()
        draft.keep("need", need)
    need = draft.ask("need", lambda: talk.ask(f"What do we need from {room.above}?"))
    tried = draft.ask("tried", lambda: talk.ask("What have we tried? Enter = nothing yet."))
    usual = times.clock(room.local(whens.usual_by(desk)))
    typed = draft.ask(
        "by",
        lambda: talk.until(f"By when? 10, noon, today, fri. Enter = {usual}.", lambda typed: whens.by(desk, typed)),
    )
    wanted = whens.by(desk, typed)
    try:
        said = talk.until(
            f'To {room.above}: "{need}", {room.by(wanted)}. Enter = send, know = only to know, back = do not send.',
            _sent,
        )
    except Turned:
        draft.forget()
        raise
    mode = Mode.AWARENESS if said.casefold() == "know" else Mode.ACTION
    by = wanted if mode is Mode.ACTION else None
    with draft.recording():
        steps.ask_for(desk, line, need=need, tried=tried, by=by, mode=mode)
    return f"{room.above} gets it; it stays on our list until it is answered."


def ask_for_problem(room: Room, problem: Problem, need: str) -> str:
    return ask_for(room, _line_of(room, problem), need)


def certain(room: Room, to: str, work: Callable[[], object]) -> str:
    """Send something to another place, once somebody has said so."""
    room.talk.until(f"It goes to {to}. Enter = send, back = do not send.", _sent)
    work()
    return f"{to} gets it."


def raise_at(room: Room, title: str) -> None:
    """Raise a problem. With a title it is raised at once, so that nothing can lose it; `!! title` is urgent.

    Without one it is asked, and so are its kind and how urgent it is.
    """
    if title and not title.startswith(_URGENT):
        _raised(room, title, problems.like(room.desk, title), Urgency.TODAY)
    elif title:
        title = title.removeprefix(_URGENT).strip() or room.talk.ask("What is wrong?")
        _raised(room, title, problems.like(room.desk, title), Urgency.NOW)
    else:
        _raise_asking(room)


def _raise_asking(room: Room) -> None:
    talk, site = room.talk, room.site
    title = talk.ask("What is wrong?")
    kind = problems.like(room.desk, title)
    letters = {one.letter: one for one in site.kinds if one.letter}
    listed = ", ".join(f"{letter} {one.name}" for letter, one in letters.items())

    def known(typed: str) -> None:
        if typed and typed.casefold() not in {*letters, *_WHENS}:
            raise NotAllowed(f"Type a letter: {listed}; or now, routine, or Enter.")

    words = f"{title}: {site.kind(kind)}, today. Enter = so, a letter = another kind, now = urgent, routine."
    said = talk.until(words, known, f"{listed}.").casefold()
    _raised(room, title, letters[said].key if said in letters else kind, _WHENS.get(said, Urgency.TODAY))


def _raised(room: Room, title: str, kind: str, urgency: Urgency) -> None:
    site = room.site
    if kind == problems.SAFETY:
        _happened(room, title)
        return
    if urgency is Urgency.NOW and room.above:
        first = f"Not for emergencies: call {site.emergency} first. " if site.emergency else ""
        room.talk.until(f"{first}{room.above} is told at once. Enter = send, back = do not raise it.", _sent)
    late = room.state is State.CLOSED  # nobody reads it out any more
    raised = problems.raise_at(room.desk, title=title, category=kind, urgency=urgency, to_know=late)
    when = "urgent" if urgency is Urgency.NOW else urgency.value
    room.talk.say(f"Raised: {raised.title}. {site.kind(kind).capitalize()}, {when}.")


def _happened(room: Room, title: str) -> None:
    """Raise a safety event: which it is, and of one that every tier has to hear, that it does."""
    talk, events = room.talk, room.site.events
    named = ", ".join(f"{at} {event.name}" for at, event in enumerate(events, 1))

    def known(typed: str) -> None:
        if typed and not (typed.isdecimal() and 0 < int(typed) <= len(events)):
            raise NotAllowed(f"Type a number from 1 to {len(events)}, or Enter.")

    try:
        typed = talk.until(f"A safety event: which? {named}. Enter = another.", known) if events else ""
    except Stopped:
        problems.raise_at(room.desk, title=title, category=problems.SAFETY, to_know=True)
        raise
    event = events[int(typed) - 1] if typed else None
    if event is not None and event.reportable and room.above:
        talk.until(f"{event.name}: every tier is told at once. Enter = send, back = do not raise it.", _sent)
    problems.raise_at(room.desk, title=title, category=problems.SAFETY, event=event.key if event else "", to_know=True)
    talk.say(f"Raised: {title}." + (f" {room.above} gets to know." if room.above else ""))


def place_meant(room: Room, typed: str) -> str:
    """The key of the place that is meant, by its key or its name."""
    said, others = typed.casefold(), room.site.others
    found = [key for key, name in others.items() if said in {key.casefold(), name.casefold()}]
    if len(found) != 1:
        raise NotAllowed(f"Which area? {', '.join(others.values())}.")
    return found[0]


def _sent(typed: str) -> None:
    if typed.casefold() not in {"", "y", "yes", "send", "know"}:
        raise NotAllowed("Enter sends it, back does not.")


def _line_of(room: Room, problem: Problem) -> Line:
    """A problem as a line of Plan and Help; both are asked for in the same way."""
    known = next((line for line in room.now.left if line.about == problem.id), None)
    return known or Line(about=problem.id, ask=problem.title, why=Why.PROBLEM, mark=Mark.ATTENTION)
