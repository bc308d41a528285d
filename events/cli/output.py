"""Input and output of commands: data on standard output, everything else on standard error.

No other module of the command line writes to a stream, asks, or makes a text of a table: here the hidden signs of what
comes from data or from somebody's hand are made visible, and nothing fails for the encoding of a terminal.
"""

from __future__ import annotations

import json
import re
import sys
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

import typer

from willay.events.cli.progress import interrupted
from willay.events.model.invisible import escaped, visible
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rich.console import Console
    from rich.text import Text

_PIPE_WIDTH = 160
"""Width of a card, in columns, where no terminal limits it."""


def prepare_streams() -> None:
    """Make sure that no sign of the data stops a command: pipes and files are UTF-8, a terminal is what it is.

    What a terminal's encoding lacks is shown as `?`. What a person types is read as it comes; an input that is not a
    text is refused where it is used.
    """
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):  # none where somebody put another object in its place
            if stream.isatty():
                reconfigure(errors="replace")
            else:  # a lone surrogate has no UTF-8; its escape is right JSON
                reconfigure(encoding="utf-8", errors="backslashreplace")
    if reconfigure := getattr(sys.stdin, "reconfigure", None):
        reconfigure(errors="surrogateescape")


def typed_text() -> str:
    """Return all of standard input, as UTF-8 whatever the terminal's encoding is.

    Raises:
        NotTextError: It is not UTF-8, or does not end.
    """
    from willay.geo.inputs import stream_text

    buffer = getattr(sys.stdin, "buffer", None)  # none where somebody put a text in its place
    return sys.stdin.read() if buffer is None else stream_text(buffer, "Standard input")


def on_terminal() -> bool:
    """Return whether questions can be asked: standard input and standard error are a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def console(*, stderr: bool = False) -> Console:
    """Return a console that uses the terminal's width, or a wide fixed one in a pipe."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    return Console(file=stream, width=None if stream.isatty() else _PIPE_WIDTH, highlight=False, soft_wrap=False)


def shown(text: object, style: str = "") -> Text:
    """Return a text for a table or card, with its hidden signs visible; lines stay lines."""
    from rich.text import Text

    return Text(visible(str(text), lines=True), style=style)


def say(text: str = "") -> None:
    """Print a message, on standard error."""
    with interrupted():
        sys.stderr.write(f"{visible(text, lines=True)}\n")


def put(text: str) -> None:
    """Write a line of data that a person reads."""
    with interrupted():
        sys.stdout.write(f"{visible(text, lines=True)}\n")


def put_text(text: str) -> None:
    """Write a document that programs read, as it is; to a terminal with its hidden signs visible."""
    with interrupted():
        sys.stdout.write(visible(text, lines=True) if sys.stdout.isatty() else text)


def put_document(document: str) -> None:
    """Write a JSON document: the hidden signs of its strings are escapes, for which it is the same document."""
    with interrupted():
        sys.stdout.write(escaped(document))


def put_json(value: object) -> None:
    """Write a value as JSON, readable and in UTF-8."""
    put_document(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


@contextmanager
def warnings_printed() -> Iterator[None]:
    """Print our warnings as sentences; warnings that differ only in numbers are printed once."""
    from willay.events.model.errors import EventsWarning

    with warnings.catch_warnings():
        warnings.simplefilter("always", EventsWarning)
        shown, said = warnings.showwarning, set[str]()

        def show(  # noqa: PLR0917 — as the module warnings calls it
            message: Warning | str, category: type[Warning], filename: str, lineno: int,
            file: TextIO | None = None, line: str | None = None,
        ) -> None:  # fmt: skip
            words = re.sub(r"\d+", "", str(message))
            if not issubclass(category, EventsWarning):
                shown(message, category, filename, lineno, file, line)
            elif words not in said:
                said.add(words)
                say(f"{tr(category.heading)}: {message}")

        warnings.showwarning = show
        yield


def ask(
    question: str,
    *,
    default: str | None = None,
    show_default: bool = True,
    suggest: Callable[[str], Iterable[tuple[str, str]]] | None = None,
    past: Sequence[str] = (),
    **options: Any,  # noqa: ANN401 — of typer.prompt
) -> str:
    """Return a person's answer; the default where they press Enter alone, and without one they are asked again.

    Args:
        question: What is asked.
        default: What Enter alone means; None asks again.
        show_default: Whether it is shown.
        suggest: Returns what a text may become, each with what it is; used where the terminal can show it.
        past: Earlier answers, which the arrow keys recall there.
        **options: Further options of `typer.prompt`; a line with any is typed as it comes.

    Raises:
        typer.Abort: They press Ctrl-C or end the input.
    """
    from willay.events.cli.line_editing import can_edit, edited

    offered = f" [{visible(default)}]" if default and show_default else ""  # Typer would send it as it is
    text = visible(question, lines=True) + offered
    with interrupted():
        if options or not can_edit():
            return str(typer.prompt(text, default=default, show_default=False, err=True, **options))
        while not (answer := edited(f"{text}: ", suggest, past)) and default is None:
            pass
        return answer or default or ""


def given_or_asked(given: str | None, question: str) -> str:
    """Return what an option gave; without it what a person on a terminal answers, and elsewhere nothing.

    Raises:
        typer.Abort: As for `ask`.
    """
    return given or (ask(question) if on_terminal() else "")
