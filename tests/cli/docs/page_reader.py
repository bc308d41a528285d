"""Whoever does what a page says: types its commands, runs its Python and writes its files, in a folder."""

from __future__ import annotations

import re
import shlex
import shutil
from typing import TYPE_CHECKING, Any

from guide import Block, Command, blocks, commands, has_shown, pages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from conftest import Result

    Run = Callable[..., Result]

ELSEWHERE = ("make ", "py ", "python ", "pip ", ". .venv", ".venv")
"""What installs, which the tests do not do."""

EXIT = re.compile(r"\s+# exit (\d+)$")
"""A comment that says that a command ends with another code than 0."""


def code_of(lang: str, name: str) -> list[Block]:
    """The blocks of a page of docs/, by its path in the tree of a language."""
    return blocks(pages(lang)[name].read_text("utf-8"))


class Reader:
    """Whoever does what a page says, in a folder of their own."""

    def __init__(self, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, demo: Callable[[], Path]) -> None:
        self.run, self.folder, self.monkeypatch, self.demo = run, folder, monkeypatch, demo
        self.names: dict[str, Any] = {"__name__": "__main__"}

    def do(self, block: Block, where: str) -> None:
        if block.kind == "console":
            for command in commands(block):
                self.type(command)
        elif block.kind == "python":
            exec(compile(block.text, where, "exec"), self.names)  # noqa: S102 — our own example
        elif block.file:
            (self.folder / block.file).write_text(block.text, "utf-8")

    def type(self, command: Command) -> None:
        exits = EXIT.search(command.line)
        words = shlex.split(command.line, comments=True)
        if command.line.startswith(ELSEWHERE):
            return
        if words[0] == "export":
            name, _, value = words[1].partition("=")
            self.monkeypatch.setenv(name, value)
        elif words[:2] == ["willay", "demo"]:
            shutil.copytree(self.demo(), self.folder / words[2], dirs_exist_ok=True)
        else:
            assert words[0] == "willay", command.line
            told = self.run(*words[1:])
            assert told.code == (int(exits.group(1)) if exits else 0), (command.line, told.err)
            if command.shown:
                seen = told.out + told.err
                assert has_shown(command.shown, seen) or has_shown(command.shown, told.err + told.out), seen
