"""`announce`: a title is enough, the rest has its usual; and what a unit says of it comes back."""

from tests.cli.hubs import joined, serving
from tests.cli.running import Node

FIELDS = {
    "id", "node", "title", "text", "from", "to", "state", "published_at", "published_by", "read", "withdrawn_at", "why",
    "units",
}  # fmt: skip


def test_what_is_announced_is_read_out_below_and_counted_above(department: Node, unit: Node) -> None:
    with serving(department) as hub:
        joined(hub, unit)
        made_known = department.json(
            "announce", "New insulin pen", "--text", "Pens are blue now.", "--from", "2026-11-24", "--to", "2026-11-27",
            "--as", "J. Whitfield",
        )  # fmt: skip
        short = made_known["id"].removeprefix("announcement-")
        unit.do("sync")
        at_unit = unit.json("announce", "list")
        read = unit.json("announce", "read", short)
        unit.do("sync")
        shown = department.json("announce", "show", short)

    assert set(made_known) == FIELDS | {"warnings"}
    assert (made_known["title"], made_known["from"], made_known["to"]) == (
        "New insulin pen", "2026-11-24", "2026-11-27",
    )  # fmt: skip
    assert (made_known["published_by"], made_known["units"]) == ("J. Whitfield", {"read": 0, "of": 1})
    assert [(one["title"], set(one)) for one in at_unit] == [("New insulin pen", FIELDS)]
    assert [one["node"] for one in read["read"]] == ["4-west"]
    assert (shown["units"], [one["node"] for one in shown["read"]]) == ({"read": 1, "of": 1}, ["4-west"])
    assert "in 1 of 1 units" in department.do("announce", "list").out

    gone = department.json("announce", "withdraw", short, "--why", "a week later")
    assert (gone["state"], gone["why"], gone["warnings"]) == ("withdrawn", "a week later", [])
    assert department.json("announce", "list") == []
    assert [one["id"] for one in department.json("announce", "list", "--all")] == [made_known["id"]]


def test_without_days_it_is_for_a_week_and_a_word_of_ours_can_be_a_title_too(department: Node, unit: Node) -> None:
    with serving(department) as hub:
        joined(hub, unit)
        one = department.json("announce", "publish", "list")

    assert (one["title"], one["from"], one["to"]) == ("list", "2026-11-24", "2026-11-30")


def test_days_may_be_said_as_people_say_them(department: Node, unit: Node) -> None:
    with serving(department) as hub:
        joined(hub, unit)
        one = department.json("announce", "New insulin pen", "--from", "tomorrow", "--to", "mon")
    wrong = department.try_("announce", "New insulin pen", "--from", "someday")

    assert (one["from"], one["to"]) == ("2026-11-25", "2026-11-30")
    assert wrong.code == 2
    assert "--from: 'someday' is no date or time like 2026-11-24, today, tomorrow, fri or 2 dec." in wrong.err


def test_what_makes_no_sense_is_refused(department: Node) -> None:
    nobody = department.try_("announce", "New insulin pen", "--json")

    assert (nobody.code, nobody.kind) == (1, "not-allowed")
    assert "nobody below" in nobody.json["error"]["message"]
    assert department.try_("announce", "x", "--from", "soon").code == 2
    assert department.try_("announce", "withdraw", "ffff", "--why", "x").code == 1
    assert department.try_("announce").code == 2
    assert department.do("announce", "list").out == "No announcements.\n"
