"""Every key on line 23 works in the state that a problem is in, and no other key does anything to it, at any tier."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Self

import pytest

from screens import keys
from screens.form import Form
from screens.frame import DeskScreen
from screens.problem import ProblemScreen
from screens.problems import ProblemsScreen
from screens.today import TodayScreen
from screens.verbs.asking import VERBS
from screens.verbs.dealing import BY_KEY
from tests.moulds import mould
from tests.screens.hospital import MONDAY, Drawn
from tests.screens.pictures import settled
from tests.screens.walking import Walk, walking
from wsq_huddle.domain.problems import Mode, Problem, State, Urgency
from wsq_huddle.services import problems
from wsq_huddle.services.desk import Desk

Step = tuple[str, Callable[[Desk, str], object]]
SAYS = {"owner": "Ana Ruiz", "due": "fri", "by": "", "to": "biomed"}
"""What is typed into a line of a form; into all others, words."""
AT_NODES = ("4-west", "cardiac", "biomed", "executive")

UP: Step = ("4-west", lambda desk, one: problems.escalate(desk, one, need="two pumps"))
UP_AGAIN: Step = ("cardiac", lambda desk, one: problems.escalate(desk, one, need="rent two?"))
GOT_IT: Step = ("cardiac", problems.acknowledge)
SOLVED: Step = ("cardiac", lambda desk, one: problems.resolve(desk, one, remedy="lent two"))
TO_BIOMED: Step = ("cardiac", lambda desk, one: problems.assign(desk, one, to="biomed", need="mend two"))


@dataclass(frozen=True)
class Situation:
    """How a problem got into a state: where it was raised, and what was done with it."""

    origin: str
    steps: tuple[Step, ...]
    state: State = State.OPEN
    urgency: Urgency = Urgency.TODAY


SITUATIONS: dict[str, Situation] = {
    "raised": Situation("4-west", ()),
    "planned": Situation("4-west", (("4-west", lambda desk, one: problems.plan(
        desk, one, what="spare", owner="Ana", due=MONDAY)),)),
    "handed up": Situation("4-west", (UP,)),
    "handed up now": Situation("4-west", (UP,), urgency=Urgency.NOW),
    "told only": Situation("4-west", (("4-west", lambda desk, one: problems.escalate(
        desk, one, mode=Mode.AWARENESS)),)),
    "got it": Situation("4-west", (UP, GOT_IT)),
    "passed on": Situation("4-west", (UP, UP_AGAIN)),
    "handed to another": Situation("4-west", (UP, TO_BIOMED)),
    "sent back": Situation("4-west", (UP, ("cardiac", lambda desk, one: problems.give_back(
        desk, one, answer="two on Friday")))),
    "solved above": Situation("4-west", (UP, SOLVED), State.RESOLVED),
    "solved beside": Situation("4-west", (UP, TO_BIOMED, ("biomed", lambda desk, one: problems.resolve(
        desk, one, remedy="mended"))), State.RESOLVED),
    "not fixed": Situation("4-west", (UP, SOLVED, ("4-west", lambda desk, one: problems.reopen(
        desk, one, why="again")))),
    "fixed": Situation("4-west", (UP, SOLVED, ("4-west", problems.confirm)),
                       State.CLOSED),
    "no longer needed": Situation("4-west", (("4-west", lambda desk, one: problems.withdraw(
        desk, one, why="found")),), State.WITHDRAWN),
    "raised above": Situation("cardiac", ()),
    "raised at the top": Situation("executive", ()),
}  # fmt: skip


LISTED = ("handed up", "told only", "sent back", "solved above", "passed on", "raised")
"""Those which stand in lists."""

PRESSED = ("raised", "handed up", "told only", "solved above", "raised at the top")
"""Those in which every key that is shown is pressed."""


class Prepared(Drawn):
    """The hospital of the drawings with some problems in each of some situations, by its name; made from a copy."""

    subjects: dict[str, list[str]]

    @classmethod
    def of(cls, mould: Drawn, names: Iterable[str], number: int) -> Self:
        made_of = mould.copy()
        made_of.__class__ = cls
        assert isinstance(made_of, cls)
        made_of.subjects = {name: made(made_of, SITUATIONS[name], number) for name in names}
        return made_of


@pytest.fixture(scope="module")
def all_mould(tmp_path_factory: pytest.TempPathFactory, drawn_mould: Drawn) -> Iterator[Prepared]:
    with closing(mould(tmp_path_factory, "all", lambda _folder: Prepared.of(drawn_mould, SITUATIONS, 1))) as hospital:
        yield hospital


@pytest.fixture(scope="module")
def eight_mould(tmp_path_factory: pytest.TempPathFactory, drawn_mould: Drawn) -> Iterator[Prepared]:
    with closing(mould(tmp_path_factory, "eight", lambda _folder: Prepared.of(drawn_mould, PRESSED, 8))) as hospital:
        yield hospital


@pytest.fixture(scope="module")
def listed_mould(tmp_path_factory: pytest.TempPathFactory, drawn_mould: Drawn) -> Iterator[Prepared]:
    with closing(mould(tmp_path_factory, "listed", lambda _folder: Prepared.of(drawn_mould, LISTED, 2))) as hospital:
        yield hospital


def made(hospital: Drawn, situation: Situation, number: int) -> list[str]:
    """Make as many problems in this situation."""
    origin = hospital[situation.origin]
    subjects = [
        problems.raise_at(origin, title=f"Pump {at}", category="equipment", urgency=situation.urgency).id
        for at in range(number)
    ]
    for node, step in situation.steps:
        for subject in subjects:
            step(hospital[node], subject)
        hospital.deliver()
    return subjects


def known(hospital: Drawn, node: str, subject: str) -> Problem | None:
    return next((one for one in problems.listed(hospital[node], limit=500) if one.id == subject), None)


def offered(screen: DeskScreen[Any]) -> list[str]:
    """The keys on line 23 that are about a problem."""
    shown = [offer if isinstance(offer, str) else offer[0] for offer in screen.offers()]
    return [key for key in shown if key in BY_KEY]


async def filled_in(walk: Walk, form: Form) -> None:
    """Type something sensible into each line of a form, and save it."""
    for ask in form.asks:
        if not ask.choices:
            form.put(ask.name, SAYS.get(ask.name, "so that it goes on"))
    form.focus_at(form.asks[-1].name)
    await walk.press("enter")


@pytest.mark.parametrize("node", AT_NODES)
async def test_what_the_rules_allow_is_shown_and_no_other_letter_does_anything(all_mould: Prepared, node: str) -> None:
    hospital = all_mould.copy()
    desk = hospital[node]
    async with walking(hospital, node) as walk:
        for name, (subject,) in hospital.subjects.items():
            if known(hospital, node, subject) is None:
                continue
            screen = await shown(walk, subject)
            before, allowed = state_of(desk, subject), _allowed(desk, subject)
            titles = {command.title for command in walk.app.get_system_commands(screen)}
            forbidden = [key for key, verb in BY_KEY.items() if verb not in allowed]
            seen = offered(screen)
            for key in forbidden:
                await screen.run_action(key)
            await walk.pilot.press(*(letter for key in forbidden if (letter := keys.BY_ID[key].keys)))
            await settled(walk.pilot)

            assert problems.read(desk, subject).state is SITUATIONS[name].state
            assert {BY_KEY[key] for key in seen} == {verb for verb in allowed if keys.BY_ID[VERBS[verb].key].keys}, name
            assert {keys.BY_ID[VERBS[verb].key].title for verb in allowed} <= titles, name
            assert not {keys.BY_ID[key].title for key in forbidden} & titles, name
            assert screen.form is None, name
            assert state_of(desk, subject) == before, name


@pytest.mark.parametrize("node", ["4-west", "cardiac", "executive"])
async def test_each_key_that_is_shown_is_done_and_never_refused(eight_mould: Prepared, node: str) -> None:
    hospital = eight_mould.copy()
    desk, pressed = hospital[node], set()
    async with walking(hospital, node) as walk:
        for subjects in hospital.subjects.values():
            if known(hospital, node, subjects[0]) is None:
                continue
            for key, subject in zip(offered(await shown(walk, subjects[0])), reversed(subjects), strict=False):
                screen = await shown(walk, subject)
                before = state_of(desk, subject)
                await walk.press(keys.BY_ID[key].keys)
                if screen.form is not None:
                    await filled_in(walk, screen.form)

                assert screen.form is None, (key, walk.lines[21])
                assert state_of(desk, subject) != before, (key, walk.lines[21])
                pressed.add(key)

    assert {"note", "plan", "resolve"} <= pressed


def _allowed(desk: Desk, subject: str) -> frozenset[str]:
    return problems.may(desk, problems.read(desk, subject)) & VERBS.keys()


def state_of(desk: Desk, subject: str) -> tuple[object, ...]:
    """What a verb changes; that somebody has looked at a problem is none."""
    story = [line.kind for line in problems.story_of(desk, subject) if not line.kind.endswith(".seen")]
    return (problems.read(desk, subject).turn, *story)


async def shown(walk: Walk, subject: str) -> ProblemScreen:
    """Show a problem in the place of the one before."""
    if isinstance(walk.app.screen, ProblemScreen):
        walk.app.back()
    walk.app.push_screen(ProblemScreen(subject))
    await settled(walk.pilot)
    screen = walk.app.screen
    assert isinstance(screen, ProblemScreen)
    return screen


@pytest.mark.parametrize("node", ["4-west", "cardiac", "executive"])
@pytest.mark.parametrize("kind", [TodayScreen, ProblemsScreen])
async def test_lists_show_only_keys_that_the_rules_allow_for_the_chosen_line(
    listed_mould: Prepared, node: str, kind: type[DeskScreen[Any]]
) -> None:
    hospital = listed_mould.copy()
    async with walking(hospital, node) as walk:
        if kind is ProblemsScreen:
            await walk.press("l")
        screen = walk.app.screen
        assert isinstance(screen, kind)
        seen: set[str] = set()
        for _ in range(14):
            if screen.chosen.startswith("problem-"):
                allowed = _allowed(hospital[node], screen.chosen)
                assert {BY_KEY[key] for key in offered(screen)} <= allowed
                works = [key for key in BY_KEY if hasattr(screen, f"action_{key}") and screen.check_action(key, ())]
                assert {BY_KEY[key] for key in works} <= allowed
                seen.add(screen.chosen)
            await walk.pilot.press("down")

        assert len(seen) > 2


def test_each_state_has_a_situation() -> None:
    assert {situation.state for situation in SITUATIONS.values()} == set(State)
