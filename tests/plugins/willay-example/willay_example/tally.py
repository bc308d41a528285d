"""A command: how many incidents a database has, by type."""

from __future__ import annotations

from collections import Counter
from pathlib import Path  # noqa: TC003 — Typer reads annotations at run time
from typing import Annotated

import typer

import willay as wy


def tally(db: Annotated[Path, typer.Option("--db", help="Database file.")]) -> None:
    """Count the incidents of a database by type."""
    with wy.open(db) as opened:
        counts = Counter(opened.select(details=False)["type"])
    for kind, number in sorted(counts.items()):
        typer.echo(f"{kind}\t{number}")
