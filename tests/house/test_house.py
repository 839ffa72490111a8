"""The rules of the house that no tool checks: sizes, names, one root, nothing that does not belong in here."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import migrations
import screens
import wsq_huddle

ROOT = Path(wsq_huddle.__file__).parents[1]
CODE = sorted(path for name in ("wsq_huddle", "screens") for path in (ROOT / name).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST = 300
NOBODYS_NAMES = {"utils", "util", "helpers", "common", "manager", "core", "misc", "base"}
TEXT = {".py", ".md", ".toml", ".lock", ".txt", ".cfg", ".mako", ".json", ".yml", ".svg", ""}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    )
    if listed.returncode:
        return [path for path in ROOT.rglob("*") if path.is_file() and ".venv" not in path.parts]
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_of_the_product_or_its_tests_is_longer_than_it_can_be_read() -> None:
    long = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in (*CODE, *TESTS)}

    assert {name: lines for name, lines in long.items() if lines > LONGEST} == {}


def test_no_module_is_named_after_nothing() -> None:
    assert [str(path) for path in CODE if path.stem in NOBODYS_NAMES or path.parent.name in NOBODYS_NAMES] == []


def test_every_module_says_what_it_is_in_its_first_line() -> None:
    silent = [str(path.relative_to(ROOT)) for path in CODE if not path.read_text().startswith('"""')]

    assert silent == []


def test_every_exception_to_a_check_has_its_reason() -> None:
    """Beside it; imports that wait may share the one of the first in their block."""
    bare = re.compile(r"# (noqa(: [A-Z0-9, ]+)?|type: ignore(\[[a-z, -]+\])?)\s*$")
    found = []
    for path in (*CODE, *TESTS):
        shared = False
        for number, line in enumerate(path.read_text().splitlines(), 1):
            waits = "PLC0415" in line
            if bare.search(line) and not (waits and shared):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
            shared = waits or (shared and not line.strip())

    assert found == []


def test_the_three_packages_come_from_one_root() -> None:
    roots = {Path(str(package.__file__)).parents[1] for package in (wsq_huddle, screens, migrations)}

    assert len(roots) == 1


def test_nothing_in_the_repository_names_a_package_host_or_a_machine() -> None:
    forbidden = re.compile(
        r"https?://[^ )\"']*(/simple/|/packages/|[.]whl|[.]tgz)|index[-]url\s*=|--extra[-]index"
        r"|(?<![\w.])/(work|root|home)/\w"
    )
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()[:100]}"
        for path in tracked()
        if path.suffix in TEXT and path != Path(__file__)
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines()
        if forbidden.search(line)
    ]

    assert found == []


def test_locks_hold_a_hash_for_every_package_and_no_address() -> None:
    for name in ("dev.lock", "run.lock", "run-notify.lock"):
        text = (ROOT / "requirements" / name).read_text()
        packages = re.findall(r"^([a-z0-9][a-z0-9._-]*)==", text, flags=re.MULTILINE)

        assert packages
        assert "://" not in text
        for block in re.split(r"\n(?=[a-z0-9])", text.strip()):
            assert "--hash=sha256:" in block, block.splitlines()[0]


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = [one for extra in project["project"]["optional-dependencies"].values() for one in extra]
    wanted = [*project["project"]["dependencies"], *extras, *project["dependency-groups"]["dev"]]
    names = {re.split(r"[\[<>=;]", one)[0].strip().lower() for one in wanted}
    locked = set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements/dev.lock").read_text(), flags=re.MULTILINE))

    assert names - locked == set()


def test_a_hub_on_postgresql_installs_from_the_lock_of_the_product_alone() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["postgres"], "psycopg-binary"]
    names = {re.split(r"[\[<>=;]", one)[0].strip().lower() for one in wanted}
    locked = set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements/run.lock").read_text(), flags=re.MULTILINE))

    assert names - locked == set()


def test_who_is_told_by_apprise_installs_the_product_from_one_lock_and_all_others_do_without_it() -> None:
    plain, more = (
        dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / "requirements" / name).read_text(), flags=re.MULTILINE))
        for name in ("run.lock", "run-notify.lock")
    )

    assert "apprise" in more
    assert "apprise" not in plain
    assert plain.items() <= more.items()


def test_stubs_and_skips_have_a_reason() -> None:
    bare = re.compile(r"#\s*(TODO|FIXME|XXX)\b|NotImplementedError|type: ignore\s*$|noqa\s*$|pragma: no cover")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in [*CODE, *TESTS]
        if path != Path(__file__)
        for line in path.read_text().splitlines()
        if bare.search(line)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("wsq_huddle.domain.problems", {"sqlalchemy", "httpx", "textual", "pydantic", "rich", "sqlite3"}),
        ("wsq_huddle.services.todays", {"sqlalchemy", "sqlmodel", "alembic", "httpx", "textual", "pydantic"}),
        ("wsq_huddle.config", {"sqlalchemy", "textual", "tomlkit", "pydantic", "httpx"}),
        ("wsq_huddle.__main__", {"sqlalchemy", "textual", "fastapi", "httpx", "pydantic", "tomlkit"}),
    ],
)
def test_what_only_looks_imports_nothing_heavy(module: str, heavy: set[str]) -> None:
    code = f"import sys, {module}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert heavy & set(run.stdout.split()) == set()
