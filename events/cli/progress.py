"""Progress: on a terminal, a command that takes longer than two seconds shows that it is at work, and for how long.

It is shown on standard error and goes as soon as the command writes or asks something. In a pipe nothing is shown.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from threading import RLock, Timer
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DELAY_S: Final = 2.0
"""How long a command works before it is shown, seconds."""


class Working:
    """A line that is shown while a command works.

    Args:
        text: What is being done.
        delay_s: How long nothing is shown, seconds.
    """

    def __init__(self, text: str, delay_s: float) -> None:
        self._text, self._delay_s = text, delay_s
        self._lock = RLock()
        self._timer: Timer | None = None
        self._shown: Any = None  # rich's Progress, which is imported only where it is shown

    def begin(self) -> None:
        """Show the line after the delay."""
        with self._lock:
            self._timer = Timer(self._delay_s, self._show)
            self._timer.daemon = True
            self._timer.start()

    def end(self) -> None:
        """Take the line away."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            if self._shown is not None:
                self._shown.stop()
                self._shown = None

    def _show(self) -> None:
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        with self._lock:
            if self._timer is None:  # it has ended meanwhile
                return
            columns = (SpinnerColumn("line"), TextColumn("{task.description}"), TimeElapsedColumn())
            self._shown = Progress(
                *columns, console=Console(stderr=True), transient=True, redirect_stdout=False, redirect_stderr=False
            )
            self._shown.add_task(self._text, total=None)
            self._shown.start()


_working: list[Working] = []


@contextmanager
def working(text: str, delay_s: float | None = None) -> Iterator[None]:
    """Show on a terminal that something is being done, as long as a `with` block runs."""
    if not sys.stderr.isatty():
        yield
        return
    one = Working(text, DELAY_S if delay_s is None else delay_s)
    _working.append(one)
    one.begin()
    try:
        yield
    finally:
        _working.remove(one)
        one.end()


@contextmanager
def interrupted() -> Iterator[None]:
    """Take the line away while something is written or asked; it comes back after the delay."""
    for one in _working:
        one.end()
    try:
        yield
    finally:
        for one in _working:
            one.begin()


@contextmanager
def counting(text: str) -> Iterator[Callable[[int, int], None]]:
    """Show on a terminal how much of something is done, and about how long the rest takes.

    Yields:
        What is called with the number of parts that are done, and of all. In a pipe it does nothing.
    """
    if not sys.stderr.isatty():
        yield lambda done, parts: None  # noqa: ARG005 — nothing is shown
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(text, total=None)
        yield lambda done, parts: shown.update(task, completed=done, total=parts)
