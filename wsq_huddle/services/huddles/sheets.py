"""The paper form of a huddle, with what this node knows by now."""

from wsq_huddle.domain.announcements import Announcement
from wsq_huddle.domain.huddles.sheets import sheet as written
from wsq_huddle.domain.problems import Problem
from wsq_huddle.services import announcements
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.places import Places

from .looking import Sitting, agenda


def sheet(desk: Desk, one: Sitting) -> tuple[str, ...]:
    """The lines of the page: what is to be read out, what is open here, and every line of the agenda."""
    from wsq_huddle.services import todays  # noqa: PLC0415 - it looks at huddles too

    places = Places(desk)
    announced = announcements.for_us(desk, one.on, places.tree)
    planned = one.planned.planned_at if one.planned else None
    return written(
        title=f"{places.tree.nodes[one.node].name}, {one.name} huddle",
        planned_at=planned or (one.huddle.planned_at if one.huddle else None),
        zone=desk.zone,
        items=agenda(desk, one, places).items,
        answers=one.huddle.answers if one.huddle else (),
        back=[
            *(_answer(desk, problem) for problem in todays.answers(desk).problems),
            *(_announced(desk, told) for told in announced if desk.node not in told.read),
        ],
        open_here=[_open(problem) for problem in todays.ours(desk).problems],
    )


def _answer(desk: Desk, problem: Problem) -> str:
    answer = problem.answer
    told = f"{desk.names(answer.node)}: {answer.text}" if answer else ""
    return f"{problem.title} - {told}{' Did it work?' if answer and answer.solved else ''}"


def _announced(desk: Desk, told: Announcement) -> str:
    return f"{told.title} - {desk.names(told.node)} announces: {told.text}".rstrip(" :")


def _open(problem: Problem) -> str:
    by = problem.due or problem.check_in
    return f"{problem.title} - {problem.owner or 'nobody yet'}{f', by {by}' if by else ', no plan'}"
