"""What is to become a file has the name of one; releases, and what they leave and say."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
import yaml

from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

ADDRESSES = (":memory:", "file:x.gpkg", "file:x.gpkg?mode=memory", "sqlite://", "sqlite:///x.gpkg", "postgresql://h/d")
NAMES = (
    "x.gpkg ",
    "x.gpkg.",
    "NUL",
    "nul.gpkg",
    "CON.gpkg",
    "com1",
    "a\nb.gpkg",
    "a\x1b[2J.gpkg",
    "a:b.gpkg",
    'a"b.gpkg',
)


@pytest.fixture
def peru(two_years: Path) -> Path:
    """What is tried here does not depend on how much there is."""
    return two_years


@pytest.mark.parametrize("name", [*ADDRESSES, *NAMES])
@pytest.mark.parametrize("command", ["init", "backup", "restore", "export", "map"])
def test_what_is_not_the_name_of_a_file_is_refused_in_words_and_nothing_is_made(
    run: Callable[..., Result], peru: Path, tmp_path: Path, command: str, name: str
) -> None:
    words = {
        "init": ("init", name),
        "backup": ("backup", name),
        "restore": ("restore", str(peru), "--db", name, "--force"),
        "export": ("export", name, "--format", "csv"),
        "map": ("map", "atlas", f"{name}.html" if name in ADDRESSES else name.replace("gpkg", "html")),
    }[command]
    before = peru.read_bytes()
    told = run(*words)
    assert told.code in (2, 3), told.err
    if command != "map":
        assert "is an address" in told.err or "Choose a different name" in told.err or "would be lost" in told.err, (
            told.err
        )
    assert told.out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["peru.gpkg"]
    assert peru.read_bytes() == before


@pytest.mark.parametrize("name", [":memory:", "sqlite://x", "nul.gpkg"])
def test_a_database_of_no_such_name_is_not_advised_to_be_made(run: Callable[..., Result], name: str) -> None:
    told = run("list", "--db", name)
    assert (told.code, "willay init" in told.err) == (3, False), told.err


@pytest.mark.parametrize("command", ["init", "backup", "export"])
def test_a_folder_and_a_device_are_not_files(
    run: Callable[..., Result], peru: Path, tmp_path: Path, command: str
) -> None:
    assert peru.exists()
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    for name in ("folder.csv", "pipe.csv", "."):
        told = run(command, name, *(() if command == "init" else ("--force",)))
        assert told.code in (3, 5, 6), told.err
        assert any(word in told.err for word in ("folder", "device", "pipe", "not a valid name", "has no ending")), (
            told.err
        )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder.csv", "peru.gpkg", "pipe.csv"]


def test_an_empty_name_makes_nothing(run: Callable[..., Result], tmp_path: Path) -> None:
    told = run("init", "")
    assert (told.code, list(tmp_path.iterdir())) == (3, [])


RELEASES = (
    "../esc", "/esc", "a/b", "a\\b", "..", ".", "", "CON", "nul.txt", "lpt1", "r.", "r ", "a\nb", "a\x1bb", "a:b",
    "x" * 241,
)  # fmt: skip


@pytest.mark.parametrize("name", RELEASES, ids=[repr(name)[:12] for name in RELEASES])
def test_a_release_has_a_name_that_every_system_holds(
    run: Callable[..., Result], peru: Path, tmp_path: Path, name: str
) -> None:
    told = run("release", "make", name, "--publisher", "An office", "--in", "out")
    assert (told.code, "cannot be the name of a release" in told.err) == (3, True), told.err
    assert "Choose a different name" in told.err
    assert [path.name for path in tmp_path.iterdir()] == ["peru.gpkg"]
    assert peru.exists()


KILLED = """
import os, sys
sys.argv = ["willay", "release", "make", "r-1", "--publisher", "x", "--in", sys.argv[1]]
import willay.events.release.build as releasing
from willay.events.cli import main
releasing.render = lambda *_, **__: os._exit(9)
main()
"""


def test_what_a_killed_release_left_is_removed_by_the_next_of_any_name(
    run: Callable[..., Result], peru: Path, tmp_path: Path
) -> None:
    assert peru.exists()
    for _ in range(2):
        assert subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "out")], check=False).returncode == 9
    (left,) = (tmp_path / "out").iterdir()  # the second has removed what the first left
    assert (left / "data" / "incidents.geojson").exists()
    (tmp_path / "out" / ".r-1.notes").mkdir()
    assert run("release", "make", "r-2", "--publisher", "x", "--in", "out").code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [".r-1.notes", "r-2"]


def incidents(run: Callable[..., Result], tmp_path: Path, *places: str) -> None:
    """Publish incidents in a new database, each at a place; an empty one is nowhere."""
    rows = [
        {"key": f"i-{n}", "title": f"Uno {n}", "type": "arrest", "days": "2012-01-01"}
        | ({"places": [{"name": "Sitio", "precision": "site", **yaml.safe_load(place)}]} if place else {})
        for n, place in enumerate(places)
    ]
    (tmp_path / "i.yaml").write_text(yaml.safe_dump({"incidents": rows}), "utf-8")
    assert run("init", "w.gpkg").code == 0
    assert run("review", "rule", "one-person", "-m", "x", "--db", "w.gpkg").code == 0
    assert run("add", "-y", "-F", "i.yaml", "--db", "w.gpkg").code == 0
    codes = [row["key"] for row in rows]
    assert run("review", "submit", *codes, "--db", "w.gpkg").code == 0
    assert run("review", "approve", *codes, "--db", "w.gpkg").code == 0


@pytest.mark.parametrize(
    ("places", "code", "last"),
    [
        (["{lon: -73.0, lat: -12.6}"] * 2, 0, "2 incidents, 2 of them on the map."),
        (
            ["{lon: -73.0, lat: -12.6}", ""],
            0,
            "2 incidents, 1 of them on the map; 1 without a place that can be drawn.",
        ),
        (["", "{}"], 8, "2 incidents, none of them on the map: none has a place that can be drawn."),
    ],
    ids=["all", "some", "none"],
)
def test_the_last_line_of_a_release_says_how_many_incidents_are_on_its_map(
    run: Callable[..., Result], tmp_path: Path, places: list[str], code: int, last: str
) -> None:
    incidents(run, tmp_path, *places)
    told = run("release", "make", "r-1", "--publisher", "An office", "--db", "w.gpkg")
    assert told.code == code, told.err
    assert told.err.rstrip().splitlines()[-1].startswith(last), told.err
    assert (tmp_path / "r-1" / "atlas.html").exists()
    assert run("release", "verify", "r-1", "--db", "w.gpkg").code == 0


def test_a_release_of_nothing_says_how_many_there_are_and_is_not_made(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    incidents(run, tmp_path, "")
    assert run("retract", "i-0", "-m", "x", "--db", "w.gpkg").code == 0
    told = run("release", "make", "r-1", "--publisher", "An office", "--db", "w.gpkg")
    assert told.code == 5
    last = told.err.rstrip().splitlines()[-1]
    assert "0 incidents are published as of" in last
    assert "Incidents in the database: 0" in last
    assert run("review", "reopen", "i-0", "-m", "x", "--db", "w.gpkg").code == 0
    told = run("release", "make", "r-1", "--publisher", "An office", "--db", "w.gpkg")
    assert (told.code, "Incidents in the database: 1 (1 in review)" in told.err) == (5, True), told.err
    assert not (tmp_path / "r-1").exists()


def test_a_geopackage_of_a_release_has_no_pages_that_something_was_deleted_from(
    run: Callable[..., Result], peru: Path, tmp_path: Path
) -> None:
    with Store.open(peru) as store:
        store.write.edit("bagua-2009", {"summary": {"es": "el testigo de la quebrada"}}, author="Ana", reason="x")
        store.write.edit("bagua-2009", {"summary": {"es": "Nada."}}, author="Ana", reason="x")
    assert (
        run("release", "make", "r-1", "--publisher", "x", "--format", "geopackage", "--status", "in-review").code == 0
    )
    (file,) = (tmp_path / "r-1" / "data").glob("*.gpkg")
    assert b"testigo de la quebrada" not in file.read_bytes()
    with closing(sqlite3.connect(file)) as made:
        assert made.execute("PRAGMA freelist_count").fetchone() == (0,)
