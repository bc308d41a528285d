"""Completion at a prompt: commands, options, words of the codebook in both languages, and names in the database."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import typer.main

from willay.events.cli.app import app
from willay.events.cli.completing import NAMES, WORDS, words_beginning
from willay.events.offered import MOST, names_beginning

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

ASKED = {
    "bash": lambda line: {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)},
    "zsh": lambda line: {"_TYPER_COMPLETE_ARGS": line},
    "fish": lambda line: {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
    "powershell": lambda line: {
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": line.rpartition(" ")[2],
    },
}


@pytest.fixture
def offered(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return what a shell is offered for a line, at whose end the cursor is."""

    def ask(line: str, shell: str = "bash") -> str:
        for name, value in ASKED[shell](line).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("_WILLAY_COMPLETE", f"complete_{shell}")
        return run().out

    return ask


@pytest.mark.parametrize("shell", ASKED)
@pytest.mark.usefixtures("peru")
def test_every_shell_is_offered_commands_codes_and_words(offered: Callable[..., str], shell: str) -> None:
    assert "release" in offered("willay re", shell)
    assert "PE-2009-0002" in offered("willay show PE-2009-", shell)
    assert "road-block" in offered("willay list --type road", shell)
    assert "--changed-since" in offered("willay list --ch", shell)


@pytest.mark.usefixtures("peru")
def test_names_are_those_of_the_database(offered: Callable[..., str]) -> None:
    assert offered("willay show pe-2009-0002").split() == ["PE-2009-0002"]
    assert offered("willay list --region pe-places/vra").split() == ["pe-places/vrae", "pe-places/vraem"]
    assert "pluspetrol" in offered("willay list --actor plus")
    assert "defensoria-r46" in offered("willay source edit defensoria-r")
    assert "defensoria-r46" not in offered("willay actor edit defensoria-r")


def test_without_a_database_nothing_is_offered_and_nothing_is_said(offered: Callable[..., str], tmp_path: Path) -> None:
    assert offered("willay show PE-").strip() == ""
    (tmp_path / "willay.gpkg").write_bytes(b"no database")
    assert offered("willay show PE-").strip() == ""
    assert {file.name for file in tmp_path.iterdir()} == {"willay.gpkg"}


def test_a_word_is_found_by_its_label_in_both_languages() -> None:
    for begun in ("bloqueo", "BLOQ", "road", "Road b"):
        assert "road-block" in [code for code, _ in words_beginning("types_and_subtypes", begun)], begun
    assert dict(words_beginning("measures", "herid")) == {"injured": "injured"}


def test_very_many_names_are_cut(peru: Path) -> None:
    assert len(names_beginning(peru, "source", "")) == MOST


@pytest.mark.parametrize("kind", ["incident", "source", "actor", "case", "indicator", "dataset", "region"])
def test_every_kind_of_name_is_found_and_the_file_stays_as_it_is(peru: Path, kind: str) -> None:
    before = peru.read_bytes()
    (name, _), *_ = names_beginning(peru, kind, "")
    assert name in [found for found, _ in names_beginning(peru, kind, name)]
    assert names_beginning(peru, kind, "\U0010fffe") == []
    assert peru.read_bytes() == before


def test_every_option_that_is_completed_is_one_of_some_command() -> None:
    def options(command: object) -> set[str]:
        own = {name for one in command.params for name in (*one.opts, one.name)}  # type: ignore[attr-defined]  # Typer's tree
        return own.union(*map(options, getattr(command, "commands", {}).values()))

    assert {*WORDS, *NAMES} <= options(typer.main.get_command(app))


@pytest.mark.parametrize("shell", ASKED)
def test_the_script_of_a_shell_is_printed_alone(run: Callable[..., Result], shell: str) -> None:
    told = run("completion", shell)
    assert told.code == 0
    assert f"complete_{shell}" in told.out
    assert f"willay completion {shell} >" in told.err


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.usefixtures("peru")
def test_bash_completes_by_the_script(run: Callable[..., Result], tmp_path: Path) -> None:
    program = tmp_path / "bin" / "willay"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m willay.events.cli "$@"\n', "utf-8")
    program.chmod(0o755)
    script = run("completion", "bash").out
    words = "COMP_WORDS=(willay show PE-2009-000)\nCOMP_CWORD=2\n_willay_completion willay"
    asked = f"{script}\n{words}\nprintf '%s\\n' \"${{COMPREPLY[@]}}\""
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    told = subprocess.run(
        ["bash", "-c", asked],
        capture_output=True, text=True, check=True, env={**os.environ, "PATH": path},
    )  # fmt: skip
    assert told.stdout.split()[:2] == ["PE-2009-0001", "PE-2009-0002"]
