"""Settings hold for every command, after options and the environment, before defaults."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import typer.main

from willay.events.cli.app import app
from willay.events.cli.config import CHECKS, DEFAULTS, defaults_for, file_of_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "settings" / "config.toml"
    monkeypatch.setenv("WILLAY_CONFIG", str(path))
    monkeypatch.delenv("WILLAY_LANG", raising=False)
    monkeypatch.setenv("LC_ALL", "C")
    return path


def listed(run: Callable[..., Result]) -> dict[str, tuple[str, str]]:
    rows = json.loads(run("config", "--format", "json").out)
    return {row["setting"]: (row["value"], row["origin"]) for row in rows}


def test_settings_are_listed_with_where_each_comes_from(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, file: Path
) -> None:
    assert run("config", "set", "policy", "maximum").code == 0
    monkeypatch.setenv("WILLAY_DB", "other.gpkg")
    told = listed(run)
    assert told["policy"] == ("maximum", "config file")
    assert told["author"] == ("Ana", "environment: WILLAY_AUTHOR")
    assert told["db"] == ("other.gpkg", "environment: WILLAY_DB")
    assert told["format"] == ("table", "default")
    assert (run("config", "get", "policy").out, str(file) in run("config", "list").err) == ("maximum\n", True)
    assert file.read_text("utf-8") == '# willay config set KEY VALUE\npolicy = "maximum"\n'


def test_a_setting_stands_in_for_an_option_in_every_command(
    run: Callable[..., Result], peru: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WILLAY_DB")
    monkeypatch.delenv("WILLAY_AUTHOR")
    run("config", "set", "db", peru.name)  # the test runs in its folder
    run("config", "set", "author", "Doña Luz")
    assert listed(run)["db"] == (str(peru), "config file")
    told = run("edit", "PE-2009-0002", "--set", "title=Otro", "-m", "radio")
    assert told.code == 0, told.err
    assert "--db" not in told.err
    assert "Doña Luz" in run("log", "--author", "me").out
    run("edit", "PE-2009-0002", "--set", "title=x", "-m", "x", "--author", "Ben")
    assert "Ben" in run("log", "--limit", "1").out
    assert run("log").out.count("\n") > 3  # a filter by person is no author of a change


def test_an_option_comes_first_and_then_the_environment(
    run: Callable[..., Result], peru: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("config", "set", "db", "nosuch.gpkg")
    assert run("list", "--limit", "1").code == 0  # WILLAY_DB
    monkeypatch.delenv("WILLAY_DB")
    assert run("list", "--limit", "1").code == 4
    assert run("list", "--limit", "1", "--db", str(peru)).code == 0


@pytest.mark.usefixtures("peru")
def test_format_language_policy_and_profile_hold_where_a_command_has_them(run: Callable[..., Result]) -> None:
    for key, value in (("format", "json"), ("lang", "es"), ("policy", "maximum"), ("profile", "internal")):
        assert run("config", "set", key, value).code == 0
    assert json.loads(run("show", "PE-2009-0002").out)["code"] == "PE-2009-0002"
    assert json.loads(run("list", "--limit", "1").out)
    assert not run("list", "--limit", "1", "--format", "table").out.startswith("[")
    assert "Perfil" not in run("list", "--limit", "1").err
    assert run("config", "get", "colour").err.startswith("willay: «colour»")
    assert ": json" in run("log", "--help").out  # what help says of a default stays true


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("colour", "red", "Settings: author, lang, db, profile, policy, format"),
        ("lang", "fr", "Known: en, es"),
        ("format", "xml", "Known: table, json, csv, tsv, ndjson"),
        ("policy", "best", "ranked-source"),
        ("profile", "nobody", "public"),
        ("author", " ", "is not the name of an author"),
        ("author", "willay", "is not the name of an author"),
    ],
)
def test_what_is_no_setting_is_refused_with_those_there_are(
    run: Callable[..., Result], file: Path, key: str, value: str, said: str
) -> None:
    told = run("config", "set", key, value)
    assert (told.code, said in told.err, file.exists()) == (3, True, False), told.err


@pytest.mark.parametrize("text", ['colour = "red"', 'lang = "fr"', "author = 5", "author = ", "\x00"])
def test_a_file_that_cannot_be_used_stops_every_command_but_those_that_correct_it(
    run: Callable[..., Result], file: Path, text: str
) -> None:
    file.parent.mkdir()
    file.write_text(text, "utf-8")
    told = run("places", "Kiteni")
    assert (told.code, str(file) in told.err) == (3, True), told.err
    assert run("config", "list").code == 0
    if text.startswith(("colour", "lang")):
        assert run("config", "unset", text.split(maxsplit=1)[0]).code == 0
        assert run("places", "Kiteni").code == 0


def test_a_setting_is_removed(run: Callable[..., Result], file: Path) -> None:
    run("config", "set", "policy", "maximum")
    assert run("config", "unset", "policy").code == 0
    assert "policy" not in file.read_text("utf-8")
    assert "was not set" in run("config", "unset", "policy").err
    assert run("config", "unset", "colour").code == 3


def test_every_setting_reaches_the_options_of_its_name() -> None:
    values = {"author": "Ana", "db": "x.gpkg", "profile": "internal", "policy": "maximum", "format": "json"}
    given = defaults_for(typer.main.get_command(app), values)
    assert given["add"] == {"author": "Ana", "db": "x.gpkg"}
    assert given["list"] == {"policy": "maximum", "profile": "internal", "style": "json", "db": "x.gpkg"}
    assert given["log"] == {"style": "json", "db": "x.gpkg"}
    assert given["release"]["make"]["profile"] == "internal"
    assert given["review"]["approve"] == {"author": "Ana", "db": "x.gpkg"}
    assert given["show"]["json_"] is True
    assert "form" not in given["export"]
    assert CHECKS.keys() == DEFAULTS.keys()


@pytest.mark.parametrize(
    ("environment", "expected"), [({"WILLAY_CONFIG": "x.toml"}, "x.toml"), ({}, "willay/config.toml")]
)
def test_the_file_is_in_the_folder_for_such_files(environment: dict[str, str], expected: str) -> None:
    assert file_of_settings(environment).as_posix().endswith(expected)


def test_no_reader_of_toml_is_loaded_where_there_is_no_file(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom willay.events.cli.config import use_settings\n"
        "use_settings(environment={'WILLAY_CONFIG': 'none.toml'})\nprint('tomllib' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert told.stdout == "False\n"
