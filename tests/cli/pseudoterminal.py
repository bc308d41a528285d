"""A command on a pseudo-terminal of a given width: what a person sees, and answers to what it asks."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
from typing import TYPE_CHECKING

from loaded import started

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PATIENCE_S = 90
"""Silence after which it is taken to have asked what nobody expected, seconds."""
AGAIN_S = 5
"""Silence after which a person presses Ctrl-C once more, seconds."""
CONTROL_SIGNS = frozenset({"\x03", "\x04"})
ESCAPES = re.compile(r"\x1b\[[\d;?]*[A-Za-z]")
"""What the command itself sends to a terminal: colours and the like."""

Answer = "tuple[str, str]"


def screen(
    *words: str,
    columns: int = 80,
    answers: Sequence[tuple[str, str]] = (),
    environment: Mapping[str, str] | None = None,
) -> tuple[str, int]:
    r"""Run a command on a terminal; return all that it showed, without its own colours, and the exit code.

    Args:
        *words: The words after `willay`.
        columns: The terminal's width.
        answers: What to type once a question is asked, which is a text that ends in `: ` on the line where the cursor
            is. An answer is sent with Enter, but for one that is a control sign (`\x03` is Ctrl-C, `\x04` Ctrl-D).
        environment: Variables set besides.
    """
    terminal, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    variables = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    plain = {"TERM": "dumb"} if answers else {}  # lines as they come: what a person edits them with moves the cursor
    process, exit_code = started(words, {**variables, **plain, **(environment or {})}, theirs)
    told, at, waiting, pressed = b"", 0, list(answers), b""
    while select.select([terminal], [], [], AGAIN_S if pressed else PATIENCE_S)[0] or pressed:
        if not select.select([terminal], [], [], 0)[0]:
            os.write(terminal, pressed)  # a sign that comes just before the command waits for it is lost: once more
            pressed = b""
            continue
        try:
            told += os.read(terminal, 4096)
        except OSError:
            break  # the other end is closed
        text = ESCAPES.sub("", told.decode("utf-8", "replace"))
        if waiting and (match := re.search(re.escape(waiting[0][0]) + r".*: $", text[at:], re.DOTALL)):
            at += match.end()
            answer = waiting.pop(0)[1]
            pressed = answer.encode() if answer in CONTROL_SIGNS else b""
            os.write(terminal, pressed or f"{answer}\n".encode())
    else:
        os.kill(process, signal.SIGKILL)  # it asked what nobody expected
    os.close(terminal)
    text = ESCAPES.sub("", told.decode("utf-8", "replace")).replace("\r\n", "\n")
    return text, exit_code()
