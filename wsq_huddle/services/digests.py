"""Reads what the mail before and after a huddle says; no words of units are in it."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime

from wsq_huddle.domain.agendas import Mark
from wsq_huddle.domain.chains import Row, State
from wsq_huddle.domain.definitions import Direction
from wsq_huddle.domain.nodes import Tree
from wsq_huddle.domain.problems import Problem
from wsq_huddle.domain.problems import State as Stage
from wsq_huddle.domain.reports import Digest, Measured, Wanted, age, day, safe_words
from wsq_huddle.errors import NotAllowed

from . import chains, huddles, measures, problems, sites, steps, todays
from .desk import Desk
from .huddles import Sitting
from .places import Places
from .sites import Site
from .steps import Asked

_MOST = 2_000
_HELD = frozenset({State.HELD, State.OPEN})
_NOT_HELD = frozenset({State.MISSED, State.SKIPPED})
_NOT_YET = frozenset({State.PLANNED, State.LATE})
_SIGNS = {Direction.AT_MOST: "<=", Direction.AT_LEAST: ">="}
_DEPARTMENT = 2


def digest(desk: Desk, one: Sitting | None = None, *, after: bool = False) -> Digest:
    """The mail of a huddle of this node, as things stand now; a unit has none."""
    if desk.tier < _DEPARTMENT:
        raise NotAllowed("A unit has no digest: it is for those who meet over units.")
    places, site, now = Places(desk), sites.read(desk), desk.local(desk.now())
    sitting = one or huddles.sitting(desk, places=places)
    rows = chains.morning(desk, sitting.on, places).rows
    below = places.tree.below(desk.node) - {desk.node}
    units = [row for row in rows if row.node in below and row.tier == 1]
    areas = [row for row in rows if row.node in below and row.tier > 1]
    came = todays.came_up(desk).problems
    stuck = problems.stuck(desk)
    oldest = (age(desk.now() - stuck[0].held_since), site.name_of(stuck[0].holder)) if stuck else ("", "")
    begins = sitting.huddle.opened_at if sitting.huddle else None
    since = huddles.last_held(desk, begins or desk.now())
    asked = steps.look(desk, sitting).targets
    real = {one.item.key for one in measures.board(desk, sitting, places) if one.change is not None}
    mail = desk.settings.mail
    return Digest(
        node=desk.node,
        name=desk.name,
        at=now,
        huddle_at=desk.local(sitting.planned.planned_at) if sitting.planned else None,
        after=after,
        second=mail.after,
        join=mail.join,
        notes=mail.notes,
        replies=bool(mail.reply_to),
        decide=tuple(_wanted(desk, site, places.tree, one) for one in came if one.holder == desk.node),
        know=tuple(_wanted(desk, site, places.tree, one) for one in came if one.holder != desk.node),
        decided=_decided(desk, site, begins) if after else (),
        units=_held(units),
        departments=_held(areas),
        not_held=tuple(row.name for row in units if row.state in _NOT_HELD),
        not_yet=tuple(row.name for row in units if row.state in _NOT_YET),
        departments_not_yet=tuple(row.name for row in areas if row.state in _NOT_YET),
        no_word=tuple(row.name for row in (*units, *areas) if row.state is State.UNKNOWN),
        stuck=len(stuck),
        stuck_oldest=oldest,
        measures=_met(asked),
        changed=tuple(_told(one) for one in asked if one.item.key in real),
        not_met=tuple(_told(one) for one in asked if _mark(one) is Mark.NOT_MET and one.item.key not in real),
        answers=_answers(desk, since),
    )


def _wanted(desk: Desk, site: Site, tree: Tree, problem: Problem) -> Wanted:
    """A line in the words of the department that brought it; what a unit brought is told by its kind."""
    ask = problem.ask if problem.holder == desk.node else None
    who = ask.node if ask else problem.last_node if problem.last_node != desk.node else problem.origin
    kind = site.kind(problem.category)
    said = safe_words(problem.title) if _speaks(tree, problem.origin) else kind
    need = safe_words(ask.need) if ask is not None and ask.need and _speaks(tree, ask.node) else ""
    words = f"{said.rstrip('.')}. {need[:1].upper()}{need[1:]}" if need else said
    return Wanted(site.name_of(who), words, _by(desk, ask.by if ask else None), age(desk.now() - problem.held_since))


def _speaks(tree: Tree, node: str) -> bool:
    """Whether what a node typed may be told: a department's words, never those of a unit or of a stranger."""
    known = tree.nodes.get(node)
    return known is not None and known.tier >= _DEPARTMENT


def _by(desk: Desk, by: datetime | None) -> str:
    if by is None:
        return ""
    local, today = desk.local(by), desk.local(desk.now()).date()
    return f"by {local:%H:%M}" if local.date() == today else f"by {day(local.date())[4:]}"


def _decided(desk: Desk, site: Site, begins: datetime | None) -> tuple[Wanted, ...]:
    """The answers that this node gave since its huddle began, in its own words."""
    if begins is None:
        return ()
    known = problems.listed(desk, limit=_MOST)
    given = [one for one in known if one.answer and one.answer.node == desk.node and one.answer.at >= begins]
    return tuple(
        Wanted(site.name_of(one.answer.to), safe_words(one.answer.text))
        for one in sorted(given, key=lambda one: one.answer.at if one.answer else begins)
        if one.answer
    )


def _answers(desk: Desk, since: datetime | None) -> tuple[int, int, int]:
    """Answers that this node has given since its last huddle began: how many, read out, and fixed."""
    if since is None:
        return 0, 0, 0
    sql = "SELECT state, lapsed, answer FROM problem WHERE changed_at >= :since AND answer_at >= :since"
    rows = desk.look().rows(sql, since=since.astimezone(UTC).isoformat())
    given = [(row, answer) for row in rows if (answer := json.loads(row["answer"]))["node"] == desk.node]
    return (
        len(given),
        sum(answer["read_at"] is not None for _, answer in given),
        sum(row["state"] == Stage.CLOSED.value and not row["lapsed"] for row, _ in given),
    )


def _held(rows: Iterable[Row]) -> tuple[int, int]:
    known = list(rows)
    return sum(row.state in _HELD for row in known), len(known)


def _mark(one: Asked) -> Mark:
    answer = one.answer or one.last
    return answer.mark if answer is not None and answer.numbers else Mark.NONE


def _met(asked: Iterable[Asked]) -> tuple[int, int]:
    marks = [mark for one in asked if (mark := _mark(one)) is not Mark.NONE]
    return marks.count(Mark.MET), len(marks)


def _told(one: Asked) -> Measured:
    answer, item = one.answer or one.last, one.item
    unit = item.unit if item.unit == "%" else f" {item.unit}" if item.unit else ""
    sign = _SIGNS.get(item.direction, "=") if item.direction else "="
    target = f"{sign}{item.target:g}" if item.target is not None else ""
    # It stands within a sentence: `falls`, but `CT waits`.
    name = item.ask[:1].lower() + item.ask[1:] if item.ask[1:2].islower() else item.ask
    return Measured(name, f"{answer.shown if answer else ''}{unit}", target)
