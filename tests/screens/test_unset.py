"""A computer without a unit says whom to ring; nobody is asked to set it up, and no key of it needs a unit."""

import sys
from pathlib import Path

import pytest

from screens import keys
from screens.keys import TABLE, Where
from screens.unset import UnsetApp
from tests.screens.pictures import picture, settled
from tests.screens.pty_run import OnTerminal

SENTENCE = " This computer is not set up for a unit yet. Ring IT and read out: W4-PC-07."
PROGRAM = Path(sys.modules["wsq_huddle"].__file__ or "").with_name("__main__.py")


def unset(why: str = "") -> UnsetApp:
    return UnsetApp("W4-PC-07", why, plain=True, reports=Path())


async def test_it_says_whom_to_ring_and_what_to_read_out() -> None:
    async with unset().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        drawn = picture(pilot.app)

        assert drawn[2] == SENTENCE
        assert drawn[22:] == [" Enter Try the demo", " F1 Help  ^P All commands  ^Q Leave"]


async def test_enter_tries_the_demo_and_leaving_does_not() -> None:
    app = unset()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
    left = unset()
    async with left.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+q")
        await settled(pilot)

    assert app.wants_demo
    assert not left.wants_demo
    assert left.return_code == 0


async def test_no_other_key_does_anything_and_none_of_them_is_offered() -> None:
    app = unset()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        before = picture(app)
        for key in TABLE:
            if key.where is not Where.FIELD and key.keys and key.id not in {"open", "help", "command_palette", "quit"}:
                await pilot.press(*(key.keys if key.id != "number" else "7").split(","))
        await settled(pilot)
        titles = {command.title for command in app.get_system_commands(app.screen)}

        assert picture(app)[1:] == before[1:]
        assert not titles & {keys.BY_ID[key].title for key in ("raise_problem", "sign", "undo", "figures", "own_pin")}
        await pilot.press("f1")
        await settled(pilot)
        assert "Raise" not in "\n".join(picture(app))


async def test_what_is_for_it_and_whatever_a_path_is_called_is_only_words() -> None:
    async with unset("there is no /tmp/[/]\x1b[31m\u202e" + "x" * 200).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        drawn = picture(pilot.app)

        assert drawn[2] == SENTENCE
        assert any(line.startswith(" /tmp/[/]") for line in drawn)
        assert all(len(line) <= 80 and line.isprintable() for line in drawn)


@pytest.mark.parametrize("arguments", [(), ("--config", "nowhere/huddle.toml")], ids=["without", "gone"])
def test_the_program_opens_it_where_there_is_no_huddle_toml(arguments: tuple[str, ...], tmp_path: Path) -> None:
    here = str(tmp_path)
    with OnTerminal(
        *arguments, program=PROGRAM, HOME=here, XDG_CONFIG_HOME=here, XDG_CONFIG_DIRS=here, WSQ_HUDDLE_CONFIG=""
    ) as terminal:
        shown = terminal.read_until(b"Ring IT and read out: ")
        terminal.type("\x11")
        assert terminal.ended() == 0

    assert b"not set up for a unit yet" in shown
    assert b"wsq-huddle init" not in shown
