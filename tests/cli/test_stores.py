"""`store`: layout, integrity, copies."""

import zipfile

from tests.cli.running import Node, made


def test_a_sound_store_has_no_faults_and_this_programs_layout(unit: Node) -> None:
    assert unit.json("store", "check") == {"ok": True, "faults": []}

    upgraded = unit.json("store", "upgrade")
    assert upgraded["from"] == upgraded["to"]
    assert upgraded["copy"] is None


def test_a_damaged_store_is_found_out(unit: Node) -> None:
    database = unit.folder / "data/huddle.db"
    content = bytearray(database.read_bytes())
    content[4096 * 3 : 4096 * 6] = b"\xff" * 4096 * 3
    database.write_bytes(content)
    told = unit.try_("store", "check", "--json")

    assert told.code == 6
    assert told.json["ok"] is False
    assert told.json["faults"]


def test_a_backup_brings_the_store_back_and_keeps_what_lay_there(unit: Node) -> None:
    before = unit.json("problem", "raise", "before")["id"]
    backup = unit.folder / "monday.zip"
    assert unit.json("store", "backup", str(backup)) == {"file": str(backup)}
    after = unit.json("problem", "raise", "after")["id"]

    restored = unit.json("store", "restore", str(backup))

    assert restored["node"] == "4-west"
    assert (unit.folder / "data/backups").samefile(restored["aside"].rpartition("/")[0])
    assert [one["id"] for one in unit.json("problem", "list")] == [before]
    assert after not in unit.do("log", "export").out
    assert unit.json("problem", "raise", "again")["turn"] == 1
    chains = unit.json("log", "verify")["chains"]
    assert f"4-west/{restored['device']}" in chains
    assert len(chains) == 2


def test_a_backup_is_never_written_over_anything(unit: Node) -> None:
    (unit.folder / "b.zip").write_text("mine")
    told = unit.try_("store", "backup", str(unit.folder / "b.zip"), "--json")

    assert (told.code, told.kind) == (4, "store")
    assert (unit.folder / "b.zip").read_text() == "mine"


def test_what_is_no_backup_of_this_node_leaves_the_store_as_it_was(unit: Node) -> None:
    kept = unit.json("problem", "raise", "kept")["id"]
    other = made(unit.folder.parent / "other", "5-east", name="5 East")
    other.do("store", "backup", str(other.folder / "b.zip"))
    junk = unit.folder / "junk.zip"
    with zipfile.ZipFile(junk, "w") as archive:
        archive.writestr("holiday.txt", "sun")

    refused = [
        (told.code, told.kind)
        for file in (other.folder / "b.zip", junk, unit.config, unit.folder / "nothing.zip")
        for told in [unit.try_("store", "restore", str(file), "--json")]
    ]

    assert refused == [(3, "config"), (4, "store"), (4, "store"), (4, "store")]
    assert [one["id"] for one in unit.json("problem", "list")] == [kept]
