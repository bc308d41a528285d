"""What all commands have in common: formats, `--json`, progress, and ways to start the program."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tree import leaves

from willay.events.cli import progress
from willay.events.cli.everywhere import LONG
from willay.events.cli.progress import interrupted, working

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

SHOWING = frozenset({"list", "show", "log", "history", "diff", "places", "check", "doctor", "import", "plugins"})
"""The last words of commands that list or show something."""


LEAVES = dict(leaves())


@pytest.fixture
def peru(two_years: Path) -> Path:
    """What is tried here does not depend on how much there is."""
    return two_years


def test_what_lists_or_shows_something_has_formats_and_their_short_form() -> None:
    for name, command in LEAVES.items():
        options = {option for one in command.params for option in one.opts}
        if name.split()[-1] in SHOWING and name != "indicator import":
            assert {"--format", "-f", "--json"} <= options, name
        elif "--json" in options:
            raise AssertionError(f"{name} has --json: add its last word to SHOWING")


@pytest.mark.usefixtures("peru")
@pytest.mark.parametrize(
    "words", [("show", "PE-2009-0002"), ("list", "--limit", "1"), ("log", "--limit", "1"), ("diff", "PE-2009-0002")]
)
def test_the_short_form_says_the_same(run: Callable[..., Result], words: tuple[str, ...]) -> None:
    if words[0] == "diff":
        run("edit", "PE-2009-0002", "--set", "title=Otro", "-m", "x")
    short = run(*words, "--json")
    assert short.code == 0, short.err
    assert json.loads(short.out)
    for long in (("--format", "json"), ("--format=json",), ("-f", "json")):
        assert run(*words, *long).out == short.out
    assert run(*words).out == run(*words, "--format", "table").out != short.out


@pytest.mark.usefixtures("peru")
def test_a_format_that_a_card_does_not_have_is_an_error_of_usage(run: Callable[..., Result]) -> None:
    told = run("show", "PE-2009-0002", "--format", "csv")
    assert (told.code, "'csv' is not one of: table, json" in told.err) == (2, True)
    assert run("show", "PE-2009-0002", "--format").code == 2


def test_what_stands_after_two_dashes_is_no_option(run: Callable[..., Result]) -> None:
    assert run("places", "--", "--json").code == 4


@pytest.mark.parametrize("module", ["willay.events", "willay.events.cli"])
def test_the_program_starts_as_a_module(module: str) -> None:
    told = subprocess.run(
        [sys.executable, "-m", module, "--version"], capture_output=True, text=True, check=True, timeout=60
    )
    assert told.stdout.startswith("willay ")


def test_every_long_command_is_one() -> None:
    assert {name.split()[-1] for name in LEAVES} >= LONG


def test_long_work_is_shown_on_a_terminal_and_goes_when_something_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    master, slave = pty.openpty()
    monkeypatch.setenv("TERM", "xterm")
    with open(slave, "w", encoding="utf-8") as terminal:  # noqa: PTH123 — a number of a file
        monkeypatch.setattr(sys, "stderr", terminal)
        with working("willay import: at work", 0):
            shown = b""
            while b"at work" not in shown:
                assert select.select([master], [], [], 60)[0], shown
                shown += os.read(master, 4096)
            with interrupted():
                assert progress._working[0]._shown is None
                terminal.write("said\n")
                terminal.flush()
                while b"said" not in shown:
                    shown += os.read(master, 4096)
        assert progress._working == []
    os.close(master)
    assert b"\x1b[2K" in shown.partition(b"said")[0]  # the line was erased before


class Terminal:
    """A stream that says that it is a terminal."""

    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None: ...


def test_nothing_is_shown_of_short_work(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    with working("import", 60), interrupted():
        pass
    assert (stream.text, progress._working) == ("", [])


@pytest.mark.usefixtures("peru")
def test_nothing_is_shown_in_a_pipe(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "DELAY_S", 0.0)
    assert "at work" not in run("check").err


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii"])
@pytest.mark.parametrize("words", [("log", "--limit", "3"), ("doctor",), ("config",), ("schema",), ("undo", "--help")])
def test_no_encoding_of_a_console_stops_a_command(peru: Path, encoding: str, words: tuple[str, ...]) -> None:
    environment = {
        **os.environ, "WILLAY_DB": str(peru), "PYTHONIOENCODING": encoding, "WILLAY_LANG": "es", "WILLAY_AUTHOR": "Ñu"
    }  # fmt: skip
    told = subprocess.run(
        [sys.executable, "-m", "willay.events", *words], capture_output=True, check=False, env=environment, timeout=60
    )
    assert (told.returncode, b"Traceback" in told.stderr) == (0, False), told.stderr
    assert told.stdout.decode("utf-8")  # in a pipe it is UTF-8 whatever the console is
