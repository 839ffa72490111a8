"""docs/service.md: what IT copies from it works, with a real hub behind a certificate made as it says."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.cli.hubs import serving
from tests.cli.running import Node, made
from wsq_huddle.config.tables import Hub, Link

PAGE = Path(__file__).parents[2].joinpath("docs/service.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    """What stands in the page to be copied."""
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl, which the page uses")
def test_a_unit_joins_over_tls_with_the_certificate_of_the_page(tmp_path: Path, unit: Node) -> None:
    (line,) = [block for block in blocks("sh") if block.startswith("openssl")]
    where = tmp_path / "hub"
    hub = made(where, "cardiac", name="Cardiac", tier=2)
    words = line.replace("hub.example.org", "localhost")
    subprocess.run(words, shell=True, cwd=where, check=True, capture_output=True)  # noqa: S602 - as IT types it
    code = hub.json("invite", "4-west", "--name", "4 West")["code"]
    with serving(hub, "--cert", str(where / "hub.pem"), "--key", str(where / "hub.key")) as running:
        url = running.url.replace("127.0.0.1", "localhost")
        stranger = unit.try_("join", url, "--code", code)
        shutil.copy(where / "hub.pem", unit.folder)
        settings = unit.config.read_text(encoding="utf-8")
        unit.config.write_text(settings.replace("\n[link]\n", '\n[link]\nca_file = "hub.pem"\n'), encoding="utf-8")
        joined = unit.json("join", url, "--code", code)

    assert url.startswith("https://")
    assert stranger.code == 5
    assert joined["parent"] == "cardiac"


def test_the_settings_of_the_page_are_settings() -> None:
    known = {"hub": Hub, "link": Link}
    tables = [tomllib.loads(block) for block in blocks("toml")]

    assert {name for table in tables for name in table} == known.keys()
    assert [key for table in tables for name, said in table.items() for key in said
            if key not in known[name].__dataclass_fields__] == []  # type: ignore[attr-defined]  # fmt: skip


def test_both_services_run_the_hub_and_not_again_after_a_mistake_in_its_settings() -> None:
    services = blocks("ini")

    assert len(services) == 2
    for service in services:
        assert re.search(r"\nExecStart=\S+/python -I -m wsq_huddle --config \S+/huddle\.toml serve\n", service)
        assert "RestartPreventExitStatus=2 3\n" in service
