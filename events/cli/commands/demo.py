"""`willay demo`: a database and pages of the included incidents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from willay.events.cli.hints import hint
from willay.events.cli.options import (
    Language,
    clock,
)
from willay.events.cli.output import put, say
from willay.geo.translation import many


def demo(
    folder: Annotated[Path, typer.Argument(help="Folder for the files.")] = Path("demo"),
    *,
    lang: Language,
    force: Annotated[bool, typer.Option("--force", help="Build the database again, even if it exists.")] = False,
) -> None:
    """Make the Peru demo: a database, three maps and a GeoJSON file."""
    from willay.events.demo import build_demo

    say("Building the Peru demo …")
    made = build_demo(folder, lang=lang.value, force=force, clock=clock)
    if made.kept:
        say(f"{made.database} already exists and was not changed (--force builds it again). The maps were made again.")
    if made.replaced:
        say(f"The previous database was renamed: {', '.join(map(str, made.replaced))}")
    say(f"{many(made.incidents, 'incident')}, {many(made.claims, 'claim')}, {many(made.sources, 'source')}.")
    for path, about in made.files.items():
        put(f"{path}  {about}")
    say("")
    say(f"Open {folder / 'atlas.html'} in a browser. It works without a network and can be sent by e-mail.")
    say(f"List:      {hint('list', db=made.database)}")
    if made.example is not None:
        say(f"Show one:  {hint('show', made.example, db=made.database)}")
    say(f"Add one:   {hint('add', db=made.database)}")
