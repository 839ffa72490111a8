"""What the README says is so: its map, its commands, its pictures, its anchors."""

import re
from pathlib import Path

import pytest

import wsq_huddle
from wsq_huddle.cli.commands import TABLE

ROOT = Path(wsq_huddle.__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MADE = {"dist", "build", "node_modules"}


def listed() -> set[str]:
    found = re.search(r"## The map\s+```\n(.*?)```", README, flags=re.DOTALL)
    assert found is not None
    return {line.split()[0].rstrip("/") for line in found[1].splitlines()}


def test_the_map_shows_what_is_there() -> None:
    there = {
        path.name for path in ROOT.iterdir() if not path.name.startswith((".", "__")) and path.name not in MADE
    } - {"README.md", "LICENSE", "Makefile", "pyproject.toml"}

    assert listed() == there


def test_every_command_it_names_exists() -> None:
    named = set(re.findall(r"wsq-huddle (?:--[a-z-]+ )*([a-z][a-z-]+)", README)) - {"wsq-huddle"}

    assert named
    assert named <= set(TABLE)


def test_pictures_and_files_it_points_to_are_there() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_links_within_it_lead_somewhere() -> None:
    heads = {
        re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-")
        for line in README.splitlines()
        if line.startswith("#")
    }

    assert set(re.findall(r"\]\(#([^)]+)\)", README)) <= heads


@pytest.mark.parametrize("command", ["make demo", "make test"])
def test_two_commands_do_everything(command: str) -> None:
    target = command.partition(" ")[2]

    assert command in README
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)


def test_the_pipeline_calls_what_the_readme_names_and_nothing_else() -> None:
    lines = (ROOT / ".ci/run").read_text().splitlines()
    said = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]

    assert said == ["exec make test"]
