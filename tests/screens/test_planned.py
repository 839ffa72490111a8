"""The forms of an action: planned with owner and day, put on another day, dropped with a reason, done at once."""

from datetime import date

import pytest

from screens.verbs import planned
from tests.screens.hospital import Drawn
from tests.screens.pictures import settled
from tests.screens.walking import Walk, walking
from wsq_huddle.domain.actions import Action, State
from wsq_huddle.errors import NotAllowed
from wsq_huddle.services import actions, drafts


def slings(hospital: Drawn) -> Action:
    return actions.plan(hospital["4-west"], what="count the slings", owner="Lee M.", due=date(2026, 11, 30))


async def asked(walk: Walk, verb: str, action: Action) -> None:
    """Open the form of a verb over the screen."""
    screen = walk.app.screen
    screen.ask(planned.form_for(verb, screen, action))  # type: ignore[attr-defined, arg-type]  # a screen of ours
    await settled(walk.pilot)


async def test_an_action_is_planned_and_enter_alone_means_who_signs_and_three_days(quiet: Drawn) -> None:
    async with walking(quiet) as walk:
        screen = walk.app.screen
        screen.ask(planned.plan_form(screen, place="action/plan"))  # type: ignore[attr-defined, arg-type]  # a screen of ours
        await settled(walk.pilot)
        shown = walk.text
        await walk.type("count slings")
        await walk.press("enter", "enter", "enter")
        (action,) = actions.listed(quiet["4-west"])

        assert "Enter alone = Thu 3" in shown
        assert (action.what, action.owner, action.due) == ("count slings", "4 West charge nurse", date(2026, 12, 3))
        assert walk.lines[21] == " Planned."


async def test_it_is_put_on_another_day_as_people_say_it_and_a_wrong_day_stays_on_its_line(quiet: Drawn) -> None:
    action = slings(quiet)
    async with walking(quiet) as walk:
        await asked(walk, "move", action)
        await walk.type("nonsense")
        await walk.press("enter")
        refused = walk.lines[21]
        await walk.press("ctrl+u")
        await walk.type("fri")
        await walk.press("enter")

        assert refused.startswith(' "nonsense" is no day')
        assert actions.read(quiet["4-west"], action.id).due == date(2026, 12, 4)


async def test_dropping_needs_a_reason_and_keeps_it_while_it_is_typed(quiet: Drawn) -> None:
    action = slings(quiet)
    async with walking(quiet) as walk:
        await asked(walk, "drop", action)
        await walk.type("sold")
        await walk.press("escape")
        kept = [one.place for one in drafts.kept(quiet["4-west"])]
        await asked(walk, "drop", action)
        await walk.press("enter")
        after = actions.read(quiet["4-west"], action.id)

        assert kept == [planned.place_of("drop", action.id)]
        assert (after.state, after.why) == (State.DROPPED, "sold")
        assert drafts.kept(quiet["4-west"]) == []


def test_done_asks_nothing_and_only_open_actions_of_this_node_have_verbs(quiet: Drawn) -> None:
    action = slings(quiet)
    done = planned.perform("done", quiet["4-west"], action.id)

    assert planned.may(action, "4-west") == {"done", "move", "drop"}
    assert planned.may(action, "cardiac") == frozenset()
    assert planned.may(done, "4-west") == frozenset()
    with pytest.raises(NotAllowed, match="done already"):
        planned.perform("done", quiet["4-west"], action.id)
