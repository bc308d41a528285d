"""A process that has loaded the command line once, and runs each command in a copy of itself, on a terminal.

Python takes a second to load what a command needs, and a fork of a process that has loaded it a hundredth. What runs is
the same: the command begins with its own streams on its terminal, and the interpreter ends as it always does.

`python loaded.py N` answers on the socket N. It is asked by a byte that brings a terminal with it, and a line of JSON:
words, folder, environment. It answers with two lines: the number of the process, and at its end the exit code.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import signal
import socket
import subprocess
import sys
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LOADED = (
    "willay.events.cli.app", "willay.events.store", "willay.events.exchange.outgoing", "willay.events.cli.entering",
    "willay.events.cli.listing", "geopandas", "pandas", "rich.console", "rich.table",
)  # fmt: skip


@cache
def _asking() -> tuple[socket.socket, Any]:
    """Start the process; it ends when this one does."""
    ours, theirs = socket.socketpair()
    command = [sys.executable, __file__, str(theirs.fileno())]
    with theirs:
        process = subprocess.Popen(command, pass_fds=[theirs.fileno()], start_new_session=True)
    atexit.register(process.wait)
    atexit.register(ours.shutdown, socket.SHUT_RDWR)  # what is registered last is done first
    return ours, ours.makefile("rw", encoding="utf-8")


def started(words: Sequence[str], environment: dict[str, str], terminal: int) -> tuple[int, Callable[[], int]]:
    """Run a command on a terminal in this folder.

    Args:
        words: The words after `willay`.
        environment: All its variables.
        terminal: The terminal, which is closed here.

    Returns:
        The number of the process, and what waits for its exit code.
    """
    ours, lines = _asking()
    socket.send_fds(ours, [b"!"], [terminal])
    os.close(terminal)
    lines.write(json.dumps([words, os.getcwd(), environment]) + "\n")  # noqa: PTH109 — a text is what goes there
    lines.flush()
    return int(lines.readline()), lambda: int(lines.readline())


def serve(theirs: socket.socket) -> list[str] | None:
    """Start what is asked for, until nobody asks; return in the copy that is to run a command, with its words."""
    lines = theirs.makefile("rw", encoding="utf-8")
    while terminals := socket.recv_fds(theirs, 1, 1)[1]:
        words, folder, environment = json.loads(lines.readline())
        process = os.fork()
        if not process:
            theirs.close()
            _begin(terminals[0], folder, environment)
            return ["willay", *words]
        os.close(terminals[0])
        lines.write(f"{process}\n")
        lines.flush()
        lines.write(f"{os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])}\n")
        lines.flush()
    return None


def _begin(terminal: int, folder: str, environment: dict[str, str]) -> None:
    """Make of this process one that has just begun on a terminal."""
    os.login_tty(terminal)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 — to the end


if __name__ == "__main__":
    for each in LOADED:
        import_module(each)
    gc.collect()
    gc.freeze()  # what is loaded is not looked through again in each copy
    from willay.events.cli import main

    arguments = serve(socket.socket(fileno=int(sys.argv[1])))
    if arguments is not None:
        sys.argv = arguments
        main()
