"""The shape of the project: layers, public names, and what a fresh checkout must have."""

from __future__ import annotations

import importlib
import pkgutil
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = [
    "willay",
    "willay.geo",
    "willay.data",
    "willay.events",
    "willay.events.exchange",
    "willay.events.frame",
    "willay.events.store",
    "willay.maps",
    "willay.maps.pictures",
    "willay.maps.profile",
]
PAGES = "willay.docs."
"""What the packages begin with that have pages and no code."""

TOP = "willay.events._top"
"""The folder that is installed as the package `willay` itself."""


def _constants_classes_functions(name: str) -> tuple[bool, bool, str]:
    return not name.isupper(), not name[0].isupper(), name


def test_imports_go_down_only() -> None:
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", PACKAGES)
def test_public_names_are_sorted_and_there(name: str) -> None:
    package = importlib.import_module(name)
    assert package.__doc__
    assert list(package.__all__) == sorted(package.__all__, key=_constants_classes_functions)
    modules = {module.name for module in pkgutil.iter_modules(package.__path__)}
    for public in package.__all__:
        assert getattr(package, public) is not None
        assert public not in modules, "a module of that name would stand in its place once it is imported"


@pytest.mark.parametrize("name", PACKAGES)
def test_an_editor_is_offered_every_public_name_before_any_is_used(name: str) -> None:
    script = f"import {name} as package; print(sorted(set(package.__all__) - set(dir(package))), len(package.__all__))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    missing, count = ran.stdout.rsplit(maxsplit=1)
    assert missing == "[]"
    assert int(count) > 1


@pytest.mark.parametrize("name", PACKAGES)
def test_a_name_that_there_is_not_is_an_attribute_error_of_its_package(name: str) -> None:
    package = importlib.import_module(name)
    with pytest.raises(AttributeError, match=rf"module '{re.escape(name)}' has no attribute 'nowhere'"):
        package.nowhere  # noqa: B018 — looking is the point


def test_names_are_loaded_when_used_in_one_way_only() -> None:
    """What a package loads late is declared in a table, which `geo.lazy_names` reads."""
    own = [
        str(path.relative_to(ROOT))
        for top in ("geo", "data", "events", "maps")
        for path in (ROOT / top).rglob("__init__.py")
        if "def __getattr__" in path.read_text("utf-8")
    ]
    assert own == []


def test_every_folder_with_code_is_installed() -> None:
    packages = set(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"])
    found = {
        "willay." + ".".join(path.parent.relative_to(ROOT).parts)
        for top in ("geo", "data", "events", "maps")
        for path in (ROOT / top).rglob("__init__.py")
    }
    assert found - {TOP} | {"willay"} == {name for name in packages if not name.startswith(PAGES)}
    assert TOP in found


def test_no_module_is_two_modules() -> None:
    code = [
        path
        for top in ("geo", "data", "events", "maps", "tests")
        for path in (ROOT / top).rglob("*")
        if path.suffix in {".py", ".js"}
    ]
    long = {
        str(path.relative_to(ROOT)): lines
        for path in code
        if (lines := len(path.read_text("utf-8").splitlines())) > 400
    }
    assert not long


def test_no_two_test_modules_have_one_name() -> None:
    """Two of one name cannot be collected in one run."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


def test_every_test_that_a_page_names_is_there() -> None:
    named = [
        (page.name, file, test)
        for page in (*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md"))
        for file, test in re.findall(r"`(tests/[\w/]+\.py)(?:: (test_\w+))?", page.read_text("utf-8"))
    ]
    assert len(named) > 100
    assert [
        one
        for one in named
        if not (ROOT / one[1]).is_file() or (one[2] and f"def {one[2]}(" not in (ROOT / one[1]).read_text("utf-8"))
    ] == []


def test_the_page_on_the_architecture_names_files_that_there_are() -> None:
    text = (ROOT / "docs/en/developers/architecture.md").read_text("utf-8")
    named = set(re.findall(r"`([\w/-]+\.(?:py|js))`", text))
    beside = {"events/store", "events/exchange/incoming"}
    lost = [name for name in named if not any((ROOT / folder / name).is_file() for folder in ("", *beside))]
    assert len(named) > 60
    assert lost == []


ONE_DATABASE = re.compile(
    r"json_each|json_extract|json_valid|instr\(|sqlite_master|sqlite_sequence|pragma|\brtree|vacuum|exec_driver_sql"
    r"|import sqlite3|rowid\b(?!\")",
    re.IGNORECASE,
)
"""What only SQLite understands, or only its driver."""


def test_only_the_dialects_hold_sql_of_one_database() -> None:
    """Migrations do as well: they are statements for files of earlier schemas, and never change."""
    store = ROOT / "events" / "store"
    allowed = (store / "dialects", store / "migrations")
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sorted(store.rglob("*.py"))
        if not any(path.is_relative_to(folder) for folder in allowed)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if ONE_DATABASE.search(line)
    ]
    assert found == []
