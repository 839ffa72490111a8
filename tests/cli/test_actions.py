"""`action`: planned work of a unit."""

from tests.cli.running import Node


def test_work_is_planned_moved_and_done(unit: Node) -> None:
    planned = unit.json(
        "action", "plan", "Spare bed alarm", "--owner", "Ana R.", "--due", "2026-11-25", "--as", "Ben K."
    )
    moved = unit.json("action", "move", planned["id"], "--due", "2026-11-26")
    done = unit.json("action", "done", planned["id"].removeprefix("action-"))

    assert (planned["what"], planned["owner"], planned["due"]) == ("Spare bed alarm", "Ana R.", "2026-11-25")
    assert (planned["state"], planned["planned_by"], planned["warnings"]) == ("open", "Ben K.", [])
    assert (moved["due"], moved["moved"]) == ("2026-11-26", 1)
    assert (done["state"], done["done_at"]) == ("done", "2026-11-24T07:15:00+00:00")


def test_lists_hold_what_is_open_unless_another_state_is_asked_for(unit: Node) -> None:
    late, soon, dropped = (
        unit.json("action", "plan", what, "--owner", "Ana R.", "--due", due)["id"]
        for what, due in (("late", "2026-12-01"), ("soon", "2026-11-25"), ("dropped", "2026-11-26"))
    )
    unit.json("action", "drop", dropped, "--why", "not needed")

    def listed(*words: str) -> list[str]:
        return [one["id"] for one in unit.json("action", "list", *words)]

    assert listed() == [soon, late]
    assert listed("--state", "dropped") == [dropped]
    assert listed("--state", "all") == [soon, dropped, late]
    assert unit.json("action", "list", "--state", "dropped")[0]["why"] == "not needed"
    assert unit.try_("action", "list", "--state", "opn").code == 2


def test_what_is_over_stays_over(unit: Node) -> None:
    one = unit.json("action", "plan", "x", "--owner", "Ana R.", "--due", "2026-11-25")["id"]
    unit.json("action", "done", one)
    told = unit.try_("action", "move", one, "--due", "2026-11-27", "--json")

    assert (told.code, told.kind) == (1, "not-allowed")
    assert unit.try_("action", "done", "ffff").code == 1
    assert unit.do("action", "list").out == "No actions.\n"
