"""Lines on a terminal that can move its cursor: edited, completed by some letters, and recalled."""

from __future__ import annotations

import fcntl
import json
import os
import re
import select
import signal
import struct
import termios
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("pty", reason="this system has no pseudo-terminals")

import pty

from loaded import started
from pseudoterminal import ESCAPES, PATIENCE_S

from willay.events.cli.line_editing import can_edit
from willay.events.model.values import local
from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ENTER, TAB, LEFT, UP, CTRL_C = "\r", "\t", "\x1b[D", "\x1b[A", "\x03"


def keyed(keys: Sequence[tuple[str, str]], database: Path, *words: str) -> tuple[str, int]:
    """Press keys, each after the last place where some text is shown; return what was shown and the exit code."""
    terminal, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 160, 0, 0))
    environment = {**os.environ, "TERM": "xterm", "WILLAY_DB": str(database), "WILLAY_AUTHOR": "Ana"}
    process, exit_code = started(words, environment, theirs)
    told, at, waiting = b"", 0, list(keys)
    while select.select([terminal], [], [], PATIENCE_S)[0]:
        try:
            told += os.read(terminal, 4096)
        except OSError:
            break  # the other end is closed
        text = ESCAPES.sub("", told.decode("utf-8", "replace"))
        if waiting and (place := text.find(waiting[0][0], at)) >= 0:
            at = place + len(waiting[0][0])
            os.write(terminal, waiting.pop(0)[1].encode())
    else:
        os.kill(process, signal.SIGKILL)  # it waits for what nobody presses
    os.close(terminal)
    return ESCAPES.sub("", told.decode("utf-8", "replace")), exit_code()


REST = [
    ("killed?", ENTER), ("injured?", ENTER), ("Another count", ENTER), ("What is the source", ENTER),
    ("Who took part", ENTER), ("How sure", ENTER), ("How sensitive", ENTER), ("Save?", ENTER),
]  # fmt: skip


def test_a_line_is_edited_and_a_type_and_a_place_are_completed_from_some_letters(peru: Path) -> None:
    keys = [
        ("What happened?", f"Emboscadx{LEFT}\x1b[3~a en Kiteni{ENTER}"),  # the letter under the cursor is deleted
        ("Type?", "emb"), ("Ambush", f"{TAB}{ENTER}"), ("When?", f"2012-05-01{ENTER}"),
        ("Where?", "kiten"), ("Kiteni, Cusco", f"{TAB}{ENTER}"), *REST,
    ]  # fmt: skip
    told, code = keyed(keys, peru, "add")
    assert code == 0, told
    name = re.search(r"Saved as (PE-2012-\d{4})", told)
    assert name, told
    with Store.open(peru) as store:
        draft = store.read.draft(name[1]).draft
    assert local(draft.title, "es") == "Emboscada en Kiteni"
    assert (draft.subtype, draft.places[0].name) == ("ambush", "Kiteni")


def test_an_earlier_answer_is_recalled_and_ctrl_c_keeps_what_was_typed(peru: Path) -> None:
    keys = [
        ("What happened?", f"Emboscada{ENTER}"), ("Type?", f"<{ENTER}"), ("What happened?", f"{UP}{ENTER}"),
        ("Type?", CTRL_C), ("continue later", f"y{ENTER}"),
    ]  # fmt: skip
    told, code = keyed(keys, peru, "add")
    assert code == 130, told
    (file,) = peru.parent.glob("*.draft-*.json")
    assert json.loads(file.read_text("utf-8"))["answers"] == {"title": "Emboscada"}


@pytest.mark.parametrize("term", ["dumb", "", "unknown"])
def test_a_terminal_that_cannot_move_its_cursor_gets_plain_lines(term: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in ("stdin", "stderr"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)
    monkeypatch.setattr("sys.platform", "linux")
    assert not can_edit({"TERM": term})
    assert can_edit({"TERM": "xterm-256color"})


def test_without_a_terminal_no_line_is_edited() -> None:
    assert not can_edit({"TERM": "xterm"})
