"""Talking to the person: data on standard output, everything else on standard error."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import Console

_PIPE_WIDTH = 160
"""Columns of a table that nobody's terminal limits."""


def on_terminal() -> bool:
    """Say whether a person can be asked: both input and talk are a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def console(*, stderr: bool = False) -> Console:
    """Return a console that uses the terminal's width, or a wide fixed one in a pipe."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    return Console(file=stream, width=None if stream.isatty() else _PIPE_WIDTH, highlight=False, soft_wrap=False)


def say(text: str = "") -> None:
    """Tell something that is not data."""
    sys.stderr.write(f"{text}\n")


@contextmanager
def said_aloud() -> Iterator[None]:
    """Say our warnings as sentences: none is silenced, none is an error, and those that differ in numbers come once."""
    from willay.events.errors import EventsWarning

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
                say(f"Warning: {message}")

        warnings.showwarning = show
        yield


def many(number: int, noun: str) -> str:
    """Return "1 incident", "2 incidents", "1,000 incidents"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def put_json(value: object) -> None:
    """Write a value as JSON, readable and in UTF-8."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def put_rows(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str], style: str) -> None:
    """Write rows as a table, JSON or CSV.

    Args:
        rows: The data; JSON has every field of them, table and CSV the columns named.
        columns: Headings by field.
        style: `table`, `json` or `csv`.
    """
    if style == "json":
        put_json(list(rows))
    elif style == "csv":
        sys.stdout.write(_as_csv(rows, columns))
    elif rows:
        _put_table(rows, columns)


def _as_csv(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(field)) for field in columns] for row in rows)
    return out.getvalue()


def _put_table(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for number, heading in enumerate(columns.values()):
        table.add_column(heading, no_wrap=number == 0, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(row.get(field))) for field in columns))
    console().print(table)


def _cell(value: object) -> str:
    if value is None or value != value:  # noqa: PLR0124 — NaN and NaT are not themselves
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
