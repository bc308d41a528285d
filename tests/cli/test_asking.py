"""`willay add` on a terminal: it asks, shows what it understood, and saves only when told to."""

from __future__ import annotations

import os
import re
import select
import signal
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")

PATIENCE_S = 120
"""Silence after which it is taken to have asked what nobody expected."""
ANSWERS = [
    ("What happened", "Paro en el puente"),
    ("Types", "roadblok"),
    ("Did you mean road-block", "road-block"),
    ("When", "9/4/2012"),
    ("is no day", "2012-04-09"),
    ("Where", "Bambamarca"),
    ("Which one", "2"),
    ("killed", "2-4"),
    ("injured", ""),
    ("Who says so", "La nota del día"),
    ("What kind", "press"),
]


def talk(database: Path, answers: Sequence[tuple[str, str]]) -> tuple[str, int]:
    """Answer each question on a pseudo-terminal once it is asked; return all that was told, and the exit code."""
    process, terminal = pty.fork()
    if process == 0:
        os.environ.update(WILLAY_DB=str(database), WILLAY_AUTHOR="Ana", COLUMNS="160")
        os.execv(sys.executable, [sys.executable, "-m", "willay.events.cli", "add"])  # noqa: S606 — our own command
    told, at, waiting = "", 0, list(answers)
    while select.select([terminal], [], [], PATIENCE_S)[0]:
        try:
            told += os.read(terminal, 4096).decode()
        except OSError:
            break  # the other end is closed
        if waiting and (match := re.search(re.escape(waiting[0][0]) + r".*: $", told[at:], re.DOTALL)):
            at += match.end()
            os.write(terminal, f"{waiting.pop(0)[1]}\n".encode())
    else:
        os.kill(process, signal.SIGKILL)  # it asked what nobody expected
    os.close(terminal)
    return told, os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


@pytest.mark.filterwarnings("ignore:.*forkpty:DeprecationWarning")
def test_a_person_is_asked_until_each_answer_can_be_read_and_sees_it_before_saving(peru: Path) -> None:
    told, code = talk(peru, [*ANSWERS, ("Save?", "y")])
    assert code == 0, told
    assert "La Libertad" in told
    assert "killed 2-4" in told
    assert "Saved as PE-2012-0021" in told


@pytest.mark.filterwarnings("ignore:.*forkpty:DeprecationWarning")
def test_whoever_says_no_saves_nothing(peru: Path) -> None:
    before = peru.read_bytes()
    told, code = talk(peru, [*ANSWERS, ("Save?", "n")])
    assert code == 0, told
    assert "Nothing saved" in told
    assert peru.read_bytes() == before
