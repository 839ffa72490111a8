"""Names: who signs, and places that are found by a few letters."""

import pytest

from screens.verbs.naming import fitting, node_named
from tests.screens.hospital import Drawn
from tests.screens.walking import walking
from wsq_huddle.errors import NotAllowed

OTHERS = {"cardiac": "Cardiac Services", "cath": "Cath Lab", "biomed": "Biomed", "4-east": "4 East"}


async def test_who_signs_is_asked_with_whom_for_above_the_unit_only(quiet: Drawn) -> None:
    async with walking(quiet) as walk:
        await walk.press("f4")
        assert "For whom?" not in walk.text
    async with walking(quiet, "executive") as walk:
        await walk.press("f4", "ctrl+u")
        await walk.type("J. Cole")
        await walk.press("enter")
        await walk.type("R. Okafor")
        await walk.press("enter")

        assert quiet["executive"].author == "J. Cole for R. Okafor"
        assert walk.lines[21] == " J. Cole for R. Okafor signs from now on."


def test_places_are_found_by_name_word_and_key_and_what_is_not_clear_is_said() -> None:
    assert fitting("ca", OTHERS) == ["cardiac", "cath"]
    assert fitting("serv", OTHERS) == ["cardiac"]
    assert node_named("cath lab", OTHERS) == "cath"
    assert node_named("4 e", OTHERS) == "4-east"
    with pytest.raises(NotAllowed, match="Cardiac Services, Cath Lab: type a letter more"):
        node_named("ca", OTHERS)
    with pytest.raises(NotAllowed, match="no place that we know of"):
        node_named("zzz", OTHERS)
