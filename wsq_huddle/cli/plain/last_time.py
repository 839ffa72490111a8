"""What came back, and what did we promise? Each answer and each announcement is said aloud."""

from collections.abc import Callable, Sequence
from functools import partial

from screens import times
from wsq_huddle.domain.agendas import Kind, Step
from wsq_huddle.errors import NotAllowed
from wsq_huddle.services import huddles, problems, steps
from wsq_huddle.services.steps import Announced, Back, Due

from .room import Prompt, Room

NAME = "Last time"
_YES = frozenset({"y", "yes", "fixed", "yes, fixed"})


def head(room: Room) -> Sequence[str]:
    told = room.now.last_time
    promised = [
        f"Promised to us: {one.problem.title}. {one.owner}, {one.who}, for {times.full_day(one.due)}"
        + (f", {one.over} d over." if one.over else ".")
        for one in told.promises
    ]
    earlier = [
        f"Announced by {one.who}: {one.announcement.title}. It was read out here before."
        for one in told.announced
        if one.before
    ]
    due = [f"{_of(one)} It is said to be done on the unit's own computer." for one in told.due if room.spare]
    tally = told.tally
    fixed = f"{tally.fixed} of the {tally.raised} problems we raised since {times.full_day(tally.since)} are fixed."
    nothing = "Nothing came back and nothing is due." if not (told.count or promised or earlier) else ""
    heads = [
        "What came back, and what did we promise?",
        *due,
        *promised,
        *earlier,
        fixed if tally.raised else "",
        nothing,
    ]
    return [line for line in heads if line]


def prompts(room: Room) -> Sequence[Prompt]:
    told = room.now.last_time
    standing = [one for one in room.now.asked[Step.FROM_ABOVE] if one.item.kind is Kind.ANNOUNCEMENTS]
    return [
        *(_answer(room, back) for back in told.answers),
        *(_due(room, due) for due in told.due if not room.spare),
        *(_announced(room, one) for one in told.announced if not one.before),
        *(
            Prompt(
                one.item.key,
                f"Announcement: {one.item.ask}. {one.item.gloss} Enter = said.",
                partial(_fine, room, one),
                done=one.answer is not None,
            )
            for one in standing
        ),
    ]


def _answer(room: Room, back: Back) -> Prompt:
    problem, answer = back.problem, back.answer
    words = f"Answer to: {problem.title}. {back.who}, {room.when(answer.at)}: {answer.text}. "
    if answer.first is not None and answer.corrected_at is not None:
        words += f'Corrected {room.when(answer.corrected_at)}; it first said "{answer.first}". '
    asks = back.asks and not room.spare
    words += "Solved, they say. Did it work? yes, or no and why. " if asks else ""
    words += "It is asked for the last time. " if asks and back.last else ""
    return Prompt(
        problem.id,
        f"{words}Enter = said.",
        lambda typed: _say(room, back, typed),
        done=back.done or (back.said and not asks),
        more=(
            "Enter: it was read out. yes: it is fixed. no and why: it is not. Other words stand beside it as a note.",
        )
        if asks
        else ("Enter: it was read out. Words stand beside it as a note.",),
    )


def _say(room: Room, back: Back, typed: str) -> str:
    desk, subject = room.desk, back.problem.id
    word, _, why = typed.partition(" ")
    asks = back.asks and not room.spare
    if asks and word.casefold().rstrip(",.:") == "no":
        said = why or room.talk.ask("What is still wrong?")
        problems.reopen(desk, subject, why=said)
        return "Open again."
    if not back.said:
        steps.read_out(desk, room.sitting, subject)
    if asks and typed.casefold() in _YES:
        problems.confirm(desk, subject)
        return "Fixed. Thank you."
    if typed:
        problems.note(desk, subject, text=typed)
        return "Noted."
    return ""


def _due(room: Room, due: Due) -> Prompt:
    return Prompt(
        due.key,
        f"{_of(due)} Enter = done, next = not yet.",
        _only_enter("Enter says that it is done; next goes on.", lambda: steps.done(room.desk, due.key)),
        done=due.settled,
    )


def _of(due: Due) -> str:
    plan = f" {due.plan}." if due.plan else ""
    return f"Due {times.full_day(due.due)}: {due.what}.{plan} {due.owner}."


def _announced(room: Room, one: Announced) -> Prompt:
    told = one.announcement
    days = times.full_day(told.begins) + (f" to {times.full_day(told.ends)}" if told.ends != told.begins else "")
    return Prompt(
        told.id,
        f"Announced by {one.who}, {days}: {told.title}. {told.text} Enter = said.",
        _only_enter("Enter says that it was read out.", lambda: steps.announce(room.desk, room.sitting, told.id)),
        done=one.said,
    )


def _fine(room: Room, one: steps.Asked, typed: str) -> str:
    if typed:
        huddles.answer(room.desk, room.sitting, one.item, "read-out", note=typed)
        return "Noted."
    steps.fine(room.desk, room.sitting, [one.item])
    return ""


def _only_enter(otherwise: str, work: Callable[[], object]) -> Callable[[str], str]:
    def answer(typed: str) -> str:
        if typed:
            raise NotAllowed(otherwise)
        work()
        return ""

    return answer
