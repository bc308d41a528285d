"""Files that would hang or crash a reader are refused in words, by every command that reads one."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

pytestmark = [
    pytest.mark.usefixtures("peru"),
    pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among its files"),
]

READERS = {
    "drafts": ("add", "-F", "FILE"),
    "import": ("import", "FILE"),
    "import from": ("import", "FILE", "--input-format", "table"),
    "import gis": ("import", "FILE", "--input-format", "gis"),
    "import willay": ("import", "FILE", "--input-format", "willay"),
    "mapping": ("import", "good.csv", "--mapping", "FILE"),
    "regions": ("regions", "add", "FILE", "--region-set", "s", "--key-field", "k"),
    "gazetteer": ("places", "Kiteni", "--gazetteer", "FILE"),
    "gazetteer of add": ("add", "-t", "x", "--type", "strike", "--place", "Kiteni", "--gazetteer", "FILE"),
    "profile": ("export", "out.csv", "--profile", "FILE"),
    "database": ("list", "--db", "FILE"),
    "backup": ("restore", "FILE", "--db", "new.gpkg"),
    "sealed backup": ("restore", "FILE", "--identity", "FILE", "--db", "new.gpkg"),
}
"""Every command that reads a file which somebody names, and its option."""

ENDINGS = {"profile": ".toml", "sealed backup": ".age", "import gis": ".geojson", "import": ".csv"}


def named(reader: str, file: Path) -> tuple[str, ...]:
    return tuple(str(file) if word == "FILE" else word for word in READERS[reader])


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("kind", ["pipe", "socket", "device", "folder"])
def test_a_thing_that_is_no_file_is_refused_in_words_and_does_not_hang(
    run: Callable[..., Result], tmp_path: Path, reader: str, kind: str
) -> None:
    file = tmp_path / f"odd{ENDINGS.get(reader, '')}"
    (tmp_path / "good.csv").write_text("type,date\nstrike,2012-01-01\n", "utf-8")
    if kind == "pipe":
        os.mkfifo(file)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(file.name)
    elif kind == "device":
        file.symlink_to("/dev/zero")
    else:
        file.mkdir()
    told = run(*named(reader, file))
    assert told.code in {3, 4, 5, 6}, told.err
    assert "Traceback" not in told.err
    assert "Errno" not in told.err
    assert file.name in told.err
    if not (kind == "folder" and reader in {"regions", "import gis"}) and reader != "database":
        assert f"a {kind}" in told.err


@pytest.mark.parametrize("reader", READERS)
def test_a_file_that_is_not_there_is_told_by_name(run: Callable[..., Result], tmp_path: Path, reader: str) -> None:
    (tmp_path / "good.csv").write_text("type,date\nstrike,2012-01-01\n", "utf-8")
    told = run(*named(reader, tmp_path / f"none{ENDINGS.get(reader, '')}"))
    assert told.code in {3, 4, 5, 6}
    assert "Errno" not in told.err
    assert "does not exist" in told.err
    assert "none" in told.err


DEEP = {
    "deep.yaml": "- " * 20_000 + "x",
    "flow.yaml": "x: " + "[" * 20_000,
    "deep.json": "[" * 200_000,
    "groups.json": '{"a":' * 200_000,
    "whole.json": "[" * 200_000 + "]" * 200_000,
    "deep.toml": "a = " + "[" * 50_000,
    "deep.geojson": '{"type":"FeatureCollection","features":[' + '{"a":' * 200_000,
    "lines.geojsonl": '{"type":"Feature","willay":{},"a":' + "[" * 200_000 + "\n",
}
ROADS = [
    ("add", "-F", "deep.yaml"), ("add", "-F", "flow.yaml"), ("add", "-F", "deep.json"), ("add", "-F", "groups.json"),
    ("add", "-F", "whole.json"), ("export", "x.csv", "--profile", "deep.toml"),
    ("import", "good.csv", "--mapping", "deep.toml"), ("import", "deep.geojson"),
    ("import", "deep.json", "--input-format", "willay"), ("import", "lines.geojsonl", "--input-format", "willay"),
    ("regions", "add", "deep.geojson", "--region-set", "s", "--key-field", "k"),
    ("edit", "bagua-2009", "-m", "x", "--set", "places=" + "[" * 20_000),
]  # fmt: skip


@pytest.mark.parametrize("words", ROADS, ids=lambda words: " ".join(words)[:40])
def test_a_document_nested_without_bottom_is_refused_in_words(
    run: Callable[..., Result], tmp_path: Path, words: tuple[str, ...]
) -> None:
    for name, text in DEEP.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "good.csv").write_text("type,date\nstrike,2012-01-01\n", "utf-8")
    told = run(*words)
    assert told.code in {3, 5, 6, 7}, told.err  # 7: the one row of a file of lines is quarantined
    assert len(told.err) < 2_000


def test_a_line_of_many_megabytes_is_read(run: Callable[..., Result], tmp_path: Path) -> None:
    drafts = [{"title": f"Paro {n}", "type": "strike", "notes": ["x" * 200_000]} for n in range(20)]
    (tmp_path / "big.json").write_text(json.dumps({"incidents": drafts}), "utf-8")
    assert run("add", "-y", "-F", "big.json", "--dry-run").code == 0
    wide = "id,name,lon,lat,ubigeo,alternates\n1,Kiteni,-72.8,-12.6,0809," + "a;" * 60_000 + "\n"
    (tmp_path / "wide.csv").write_text(wide, "utf-8")
    assert run("places", "Kiteni", "--gazetteer", "wide.csv").code == 0


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("x.json", '{"incidents": [{"title": "x",}]}', "line 1, column "),
        ("x.yaml", "title: x\n  type: strike\n", "line 2, column 7: a second colon in the line"),
        ("x.yaml", "title: '", "line 1, column 9: the text ends too early"),
        ("x.yaml", "a: *b", "line 1, column 4: the reference"),
        ("x.yaml", "title: \x01", "special characters are not allowed"),
    ],
)
def test_a_text_that_cannot_be_read_says_in_which_line(
    run: Callable[..., Result], tmp_path: Path, name: str, text: str, message: str
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    told = run("add", "-F", name)
    assert told.code == 3
    assert message in told.err
    assert "unicode string" not in told.err


def test_standard_input_is_utf_8_whatever_the_terminal_speaks(peru: Path) -> None:
    document = json.dumps({"title": "Paro en Ñahuín", "type": "strike"}, ensure_ascii=False).encode()
    environment = {**os.environ, "WILLAY_DB": str(peru), "PYTHONIOENCODING": "cp1252", "WILLAY_AUTHOR": "Ana"}
    done = subprocess.run(
        [sys.executable, "-m", "willay.events.cli", "add", "-y", "-F", "-", "--dry-run"],
        env=environment, input=document, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert "Paro en Ñahuín" in done.stderr.decode("utf-8")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("export", "nowhere/x.csv"), 6),
        (("map", "atlas", "nowhere/x.html"), 6),
        (("backup", "nowhere/x.gpkg"), 6),
        (("init", "nowhere/x.gpkg"), 6),
    ],
)
def test_a_folder_that_is_not_there_is_told_without_the_systems_numbers(
    run: Callable[..., Result], words: tuple[str, ...], code: int
) -> None:
    told = run(*words)
    assert told.code == code, told.err
    assert "nowhere" in told.err
    assert "Errno" not in told.err
    assert ".part" not in told.err


def test_a_path_is_shown_as_it_was_typed(run: Callable[..., Result]) -> None:
    told = run("list", "--db", r"C:\datos\x.gpkg")
    assert r"'C:\datos\x.gpkg'" in told.err
