"""What is needed now, told truthfully to who raised it: not seen, for how long, whom to ring, until somebody has it."""

from datetime import datetime
from typing import TYPE_CHECKING

from screens import times
from screens.problem_lines import RINGS, brief_place
from wsq_huddle.domain.problems import Problem, call

if TYPE_CHECKING:
    from wsq_huddle.services.sites import Site


def words(problem: Problem, site: "Site | None", now: datetime) -> str:
    """Say `Cardiac: not seen, 7 min. Ring 4400.`; empty when somebody has it, or nobody else was told.

    Outside the hours of who was told the number is that of who stands in for them.
    """
    found = call(problem)
    if found is None or site is None or found.node == site.node:
        return ""
    place = brief_place(site.name_of(found.node))
    at = f" {times.when(found.seen_at.astimezone(now.tzinfo), now)}" if found.seen_at else ""
    if not found.rings:
        return f"{place}: seen{at}"
    number = site.ring(found.node, now)
    ring = f" Ring {number}." if number else ""
    if found.seen:
        return f"{place}: seen{at}, not taken.{ring}"
    return f"{place}: not seen, {times.age(now - found.since)}.{ring}"


def ringing(problem: Problem, site: "Site | None", now: datetime) -> str:
    """The same for a line of a list: not where somebody looked and there is a plan, which says more then.

    Where it would be too long for its column, the place and how long go before the number to ring does.
    """
    found = call(problem)
    if found is None or not (found.rings or problem.owner is None):
        return ""
    told = words(problem, site, now)
    said, rings, number = told.partition(" Ring ")
    place, _, state = said.partition(": ")
    brief = "not taken" if found.seen else "not seen"
    shorter = (told, f"{place}: {brief}.{rings}{number}", f"{state[:1].upper()}{state[1:]}{rings}{number}")
    return (
        next((one for one in shorter if len(one) <= RINGS), f"{brief.capitalize()}.{rings}{number}") if rings else told
    )
