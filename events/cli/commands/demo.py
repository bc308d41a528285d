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
from willay.geo.translation import many, tr


def demo(
    folder: Annotated[Path, typer.Argument(help="Folder for the files.")] = Path("demo"),
    *,
    lang: Language,
    force: Annotated[bool, typer.Option("--force", help="Build the database again, even if it exists.")] = False,
) -> None:
    """Make the Peru demo: a database, three maps and a GeoJSON file."""
    from willay.events.demo import build_demo

    say(tr("Building the Peru demo …"))
    made = build_demo(folder, lang=lang.value, force=force, clock=clock)
    if made.kept:
        say(
            tr(
                "{database} already exists and was not changed (--force builds it again). The maps were made again.",
                database=made.database,
            )
        )
    if made.replaced:
        say(tr("The previous database was renamed: {replaced}", replaced=", ".join(map(str, made.replaced))))
    say(f"{many(made.incidents, 'incident')}, {many(made.claims, 'claim')}, {many(made.sources, 'source')}.")
    for path, about in made.files.items():
        put(f"{path}  {about}")
    say("")
    say(
        tr(
            "Open {file} in a browser. It works without a network and can be sent by e-mail.",
            file=folder / "atlas.html",
        )
    )
    say(tr("List:      {see}", see=hint("list", db=made.database)))
    if made.example is not None:
        say(tr("Show one:  {see}", see=hint("show", made.example, db=made.database)))
    say(tr("Add one:   {see}", see=hint("add", db=made.database)))
