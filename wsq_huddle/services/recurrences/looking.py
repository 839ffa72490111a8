"""Harm and readiness over the whole house, as the executives hear of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from wsq_huddle.domain import recurrences
from wsq_huddle.domain.actions import Action
from wsq_huddle.domain.nodes import Tree
from wsq_huddle.domain.problems import Problem
from wsq_huddle.domain.records import record
from wsq_huddle.domain.recurrences import Recurrence, Told
from wsq_huddle.domain.reports import safe_words
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.places import Places
from wsq_huddle.services.rollcalls import Happened, RollCall

from .learning import Doing, Learned, is_about, lesson_of, plan_of, planned_above, planned_by, problems_of
from .telling import Kindred, Row, Short, causes_of, kinds_of, not_ready, rows_of, said_today


@record(kw_only=True)
class Harm:
    """One kind of event over the house: `n` in `units` units; of `known` it is known whether the standard was kept.

    `with_cause` of them have a likely cause. `recurring` are those of its causes that recur; `subjects` are the
    problems about it.
    """

    happened: Happened
    kept: int
    known: int
    with_cause: int
    recurring: tuple[Recurrence, ...]
    doing: tuple[Doing, ...]
    learned: tuple[Learned, ...]
    subjects: tuple[str, ...]


@record(kw_only=True)
class House:
    """All of it. `kinds` are those of problems, by category; `said` are today's own words of the areas, by node."""

    harm: tuple[Harm, ...]
    short: tuple[Short, ...]
    kinds: Mapping[str, Kindred]
    said: Mapping[str, tuple[str, ...]]


def look(desk: Desk, on: date, calling: RollCall, places: Places | None = None) -> House:
    """Work it out from what the areas below have told today and in the weeks before."""
    known = places or Places(desk)
    tree = known.tree
    areas = [area.node for area in calling.areas]
    rows = rows_of(desk, areas, on)
    told = _told(rows)
    recurring = recurrences.find(told, on)
    about = problems_of(desk)
    planned = planned_by(desk, areas)
    harm = [
        _harm(one, calling, [found for found in recurring if found.kind == one.key], told, about, planned, tree, on)
        for one in _with_recurring(calling, recurring)
        if not one.good
    ]
    return House(
        harm=tuple(harm), short=not_ready(rows, on, about), kinds=kinds_of(rows), said=said_today(desk, areas, on, tree)
    )


def _with_recurring(calling: RollCall, recurring: Sequence[Recurrence]) -> list[Happened]:
    """What happened today, and what did not but comes back, in the order of the summary."""
    there = {one.key for one in calling.happened}
    names = {one.key: one.name for area in calling.areas for one in area.happened}
    back = dict.fromkeys(one.kind for one in recurring if one.kind not in there)
    found = [*calling.happened, *(Happened(key=key, name=names.get(key, key), n=0, units=0) for key in back)]
    order = {key: at for at, key in enumerate(calling.total.events)}
    return sorted(found, key=lambda one: order.get(one.key, len(order)))


def recurring(desk: Desk, on: date, places: Places | None = None) -> tuple[Recurrence, ...]:
    """The causes of harm that recur over the areas directly below, on a day."""
    tree = (places or Places(desk)).tree
    return recurrences.find(_told(rows_of(desk, tree.children(desk.node), on)), on)


def _told(rows: Iterable[Row]) -> list[Told]:
    return [Told(on=day, area=node, causes=causes_of(summary)) for day, node, summary in rows]


def _harm(  # noqa: PLR0913, PLR0917 - all that is known of it
    one: Happened,
    calling: RollCall,
    recurring: list[Recurrence],
    told: Iterable[Told],
    about: Sequence[Problem],
    planned: Sequence[Action],
    tree: Tree,
    on: date,
) -> Harm:
    events = calling.total.events.get(one.key)
    kept = events.standard_kept if events else None
    mine = [problem for problem in about if is_about(one.key, problem.about, problem.title)]
    causes = [found.causes.get(one.key, {}) for found in told if found.on == on]
    return Harm(
        happened=one,
        kept=kept.yes if kept else 0,
        known=kept.yes + kept.no if kept else 0,
        with_cause=sum(sum(found.values()) for found in causes),
        recurring=tuple(recurring),
        doing=(
            *(plan_of(problem, tree) for problem in mine if planned_above(problem, tree)),
            *(
                Doing(words=safe_words(action.what), who=tree.called(action.node), by=action.due)
                for action in planned
                if is_about(one.key, action.about, "")
            ),
        ),
        learned=tuple(
            Learned(words=words, who=tree.called(problem.resolved_by or problem.origin))
            for problem in mine
            if (words := lesson_of(problem, tree))
        ),
        subjects=tuple(problem.id for problem in mine),
    )
