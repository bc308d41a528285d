"""The wheel and the sdist hold what they must and nothing else; what is declared is what is imported."""

from __future__ import annotations

import ast
import os
import re
import runpy
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from packaging.version import Version

from willay.events.model.program import program_version

ROOT = Path(__file__).parent.parent
TOPS = ("geo", "data", "events", "maps")
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
OFFLINE = {"SOURCE_DATE_EPOCH": "1790000000", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
TOP = "events/_top/"
"""The folder that is installed as the package `willay` itself."""

NOT_SHIPPED = ("data/sources/", "docs/en/developers/")
"""Folders below the packages that are for whoever builds the data again, or changes the program."""

PAGES = ("docs/en", "docs/es", ":(glob)docs/pictures/*.png")
"""Pages for users, which are installed as they are."""

COMES_WITH = {"pydantic-core"}
"""What a declared library pins to one version: pydantic its core."""

BY_NAME = {"django-js-lib-leaflet", "pyrage"}
"""What is not imported by a statement: files are taken from the one, and the other is an extra."""


def tracked() -> list[str]:
    """Return the files of the repository below the packages' folders."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *TOPS, *PAGES],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def build(tree: Path, target: Path, *kinds: str) -> list[Path]:
    """Build a wheel or an sdist of a tree as `make dist` does, in this environment."""
    words = [sys.executable, "-m", "build", "--no-isolation", *kinds, "--outdir", str(target), str(tree)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=os.environ | OFFLINE)
    assert done.returncode == 0, done.stdout + done.stderr
    return sorted(target.iterdir())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sdist of this tree, the wheel made of it, and the wheel made of the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    tree = folder / "tree"
    shutil.copytree(
        ROOT, tree, ignore=shutil.ignore_patterns(".*", "demo", "build", "dist", "*.egg-info", "__pycache__")
    )
    (sdist,) = build(tree, folder / "sdist", "--sdist")
    (wheel,) = build(tree, folder / "wheel", "--wheel")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "unpacked", filter="data")
    (again,) = build(next((folder / "unpacked").iterdir()), folder / "again", "--wheel")
    return {"sdist": sdist, "wheel": wheel, "again": again}


def test_a_wheel_holds_every_file_of_the_packages_and_nothing_else(built: dict[str, Path]) -> None:
    with zipfile.ZipFile(built["wheel"]) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    wanted = {f"willay/{name.removeprefix(TOP)}" for name in tracked() if not name.startswith(NOT_SHIPPED)}
    assert {"willay/__init__.py", "willay/py.typed"} <= wanted
    assert len(wanted) > 400
    assert held == wanted


def test_a_wheel_names_its_licence_its_command_and_its_extras(built: dict[str, Path]) -> None:
    with zipfile.ZipFile(built["wheel"]) as archive:
        inside = {PurePosixPath(name).name: name for name in archive.namelist() if ".dist-info/" in name}
        metadata = archive.read(inside["METADATA"]).decode()
        commands = archive.read(inside["entry_points.txt"]).decode()
    assert "LICENSE" in inside
    assert "willay = willay.events.cli:main" in commands
    extras = re.findall(r"^Provides-Extra: (.*)$", metadata, re.MULTILINE)
    assert sorted(extras) == sorted(PYPROJECT["project"]["optional-dependencies"])


def test_an_sdist_makes_the_same_wheel_to_the_byte(built: dict[str, Path]) -> None:
    assert built["again"].name == built["wheel"].name
    assert built["again"].read_bytes() == built["wheel"].read_bytes()


def test_no_build_leaves_out_what_the_checkers_of_the_index_ask_for(built: dict[str, Path]) -> None:
    scripts = Path(sys.executable).parent
    twine = [scripts / "twine", "check", "--strict", built["sdist"], built["wheel"]]
    contents = [scripts / "check-wheel-contents", "--config", ROOT / "pyproject.toml", built["wheel"]]
    for words in (twine, contents):
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_every_folder_with_python_files_is_a_package_that_is_installed() -> None:
    folders = PYPROJECT["tool"]["setuptools"]["package-dir"]
    names = PYPROJECT["tool"]["setuptools"]["packages"]
    own = [name for name in names if not name.startswith("willay.docs.")]
    packages = {folders.get(name, name.removeprefix("willay.").replace(".", "/")) for name in own}
    code = {name.rpartition("/")[0] for name in tracked() if name.endswith(".py") and not name.startswith(NOT_SHIPPED)}
    assert code == packages


def test_every_library_that_the_packages_import_is_declared() -> None:
    project = PYPROJECT["project"]
    extras = [
        each
        for extra in ("big", "documents", "gis", "pictures", "seal")
        for each in project["optional-dependencies"][extra]
    ]
    declared = {_normal(re.split(r"[\[>=<~!]", each)[0]) for each in (*project["dependencies"], *extras)}
    homes = packages_distributions()
    imported = {
        _normal(homes[top][0])
        for name in tracked()
        if name.endswith(".py") and not name.startswith(NOT_SHIPPED)
        for top in _imports(ROOT / name)
        if top not in sys.stdlib_module_names and top != "willay"
    }
    assert imported - COMES_WITH <= declared
    assert declared - imported == BY_NAME


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_constraints_pin_every_dependency_once() -> None:
    lines = [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
    pinned = [_normal(line.partition("==")[0]) for line in lines]
    project = PYPROJECT["project"]
    asked = [
        *project["dependencies"],
        *project["optional-dependencies"]["all"],
        *project["optional-dependencies"]["dev"],
    ]
    named = {_normal(re.split(r"[\[>=]", each)[0]) for each in asked} - {"willay"}
    assert len(pinned) == len(set(pinned))
    assert named <= set(pinned)
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines)


def test_the_version_is_data_that_a_script_can_read() -> None:
    words = [sys.executable, "-m", "willay.events.cli", "--version"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == (f"willay {program_version()}\n", "")


LOWEST = runpy.run_path(str(ROOT / ".ci" / "lowest.py"))["lowest"]


def test_the_lowest_versions_are_those_of_every_bound_and_not_above_the_pinned_ones() -> None:
    bounds = dict(each.split("==") for each in LOWEST((ROOT / "pyproject.toml").read_text("utf-8")))
    lines = [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
    pinned = {_normal(name): version for name, version in (line.split("==") for line in lines)}
    assert len(bounds) > 40
    for name, version in bounds.items():
        if _normal(name) in pinned:
            assert Version(version) <= Version(pinned[_normal(name)]), name


@pytest.mark.parametrize("requirement", ["numpy", "numpy>2", "numpy>=2,<3", "numpy==2"])
def test_a_requirement_without_a_plain_lower_bound_is_refused(requirement: str) -> None:
    project = f'[build-system]\nrequires = []\n[project]\ndependencies = ["{requirement}"]\n'
    with pytest.raises(ValueError, match="expected name>=version; got"):
        LOWEST(f"{project}[project.optional-dependencies]\n")


@pytest.mark.slow
@pytest.mark.enable_socket
def test_a_wheel_works_in_a_clean_environment_without_any_extra(built: dict[str, Path], tmp_path: Path) -> None:
    place, empty = tmp_path / "env", tmp_path / "empty"
    empty.mkdir()
    venv.create(place, with_pip=True)
    scripts = place / ("Scripts" if os.name == "nt" else "bin")

    def ran(*words: str | Path, code: int = 0) -> str:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "WILLAY"))}
        done = subprocess.run(words, cwd=empty, capture_output=True, text=True, check=False, env=clean | OFFLINE)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    ran(scripts / "pip", "install", "--quiet", "-c", ROOT / "constraints.txt", built["wheel"])
    installed = {_normal(line.partition("==")[0]) for line in ran(scripts / "pip", "freeze").splitlines()}
    assert not installed & {"pyarrow", "matplotlib", "pyrage", "scipy", "scikit-learn", "mapclassify", "pillow"}
    willay = scripts / "willay"
    assert ran(willay, "--version") == f"willay {PYPROJECT['project']['version']}\n"
    ran(willay, "demo")
    assert "bagua-2009" in ran(willay, "list", "--db", "demo/peru.gpkg", "--format", "csv")
    refused = ran(willay, "map", "choropleth", "a.png", "--db", "demo/peru.gpkg", code=5)
    assert "pip install 'willay[pictures]'" in refused
    assert not (empty / "a.png").exists()
