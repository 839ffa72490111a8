"""`people`: who signs here, and PINs that stand on no command line."""

from pathlib import Path

from tests.cli.running import Node, warmed


def told_pin(unit: Node, tmp_path: Path, text: str, *words: str) -> tuple[int, str]:
    before = ("--config", str(unit.config), "--now", unit.now)
    got = warmed(*before, "people", "pin", *words, "--pin", "-", folder=tmp_path, stdin=text)
    return got.code, got.out + got.err


def test_a_pin_is_set_changed_with_the_old_one_and_taken_away(unit: Node, tmp_path: Path) -> None:
    with unit.config.open("a", encoding="utf-8") as config:
        config.write('\n[[person]]\nname = "Ana Ruiz"\ninitials = "AR"\nrole = "charge nurse"\n')

    first = told_pin(unit, tmp_path, "2718\n", "AR")
    wrong = told_pin(unit, tmp_path, "3141\n1111\n", "Ana Ruiz")
    other = told_pin(unit, tmp_path, "3141\n2718\n", "Ana Ruiz")

    assert first == (0, "Ana Ruiz has a PIN on this computer.\n")
    assert (wrong[0], "not the PIN of Ana Ruiz" in wrong[1]) == (1, True)
    assert other[0] == 0
    assert unit.json("people", "list") == [{"name": "Ana Ruiz", "initials": "AR", "role": "charge nurse", "pin": True}]
    assert unit.json("people", "forget", "ana ruiz") == {"name": "Ana Ruiz", "pin": False}
    assert unit.json("people", "list")[0]["pin"] is False
    assert unit.try_("people", "forget", "Ana Ruiz").code == 1


def test_a_pin_on_the_command_line_or_a_short_one_is_refused(unit: Node, tmp_path: Path) -> None:
    shown = unit.try_("people", "pin", "Ana", "--pin", "2718")
    short = told_pin(unit, tmp_path, "12\n", "Ana")

    assert shown.code == 2
    assert "2718" not in shown.err
    assert (short[0], "4 characters" in short[1]) == (1, True)
    assert unit.do("people", "list").out == "Nobody is named here.\n"
