"""Commands for database files: demo, init and check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from willay.events.cli import exits
from willay.events.cli.hints import hint
from willay.events.cli.listing import Column, put_rows
from willay.events.cli.options import (
    DEFAULT_DB,
    DbFile,
    Format,
    Lang,
    Language,
    NewPolicy,
    Style,
    clock,
    open_store,
)
from willay.events.cli.talk import many, put, say


def demo(
    folder: Annotated[Path, typer.Argument(help="Folder for the files.")] = Path("demo"),
    *,
    lang: Language = Lang.en,
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


def init(
    file: Annotated[Path, typer.Argument(help="Database file to create.")] = DEFAULT_DB,
    *,
    country: Annotated[
        str,
        typer.Option(
            help="Country of the database: ISO 3166-1 alpha-2 code or name. If willay includes regions of "
            "this country, they are added."
        ),
    ] = "PE",
    policy: NewPolicy = None,
) -> None:
    """Create an empty database, with the regions of a country."""
    from willay.events.founding import create_database

    with create_database(file, country=country, policy=policy, clock=clock) as store:
        regions, of = len(store.regions.select(profile=None)), store.country
    if not regions:
        add = hint("regions", "add", "FILE", "--set", "NAME", "--key-field", "COLUMN", db=file)
        say(f"willay includes no regions of {of}. Add them from a GIS file: {add}")
    say(f"{file} created, with {many(regions, 'region')} and no incidents. To add an incident: {hint('add', db=file)}")


def check(
    *,
    head: Annotated[
        str | None,
        typer.Option(
            "--head", help="Head seal printed by an earlier check: verify that it is still part of the record."
        ),
    ] = None,
    style: Format = Style.table,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Verify the database. Prints the head seal, to be noted in another place; exit code 1 if there are problems."""
    from willay.data.registry import verify

    with open_store(db) as store:
        problems, now = store.file.check(head), store.file.head()
    rows = [{"severity": p.severity, "where": p.where, "message": p.message} for p in problems]
    rows += [{"severity": "error", "where": "shipped data", "message": message} for message in verify()]
    wrong = sum(row["severity"] == "error" for row in rows)
    notes = len(rows) - wrong
    if now is not None and style is not Style.table:
        last = f"revision {now.revision}"
        rows.append({"severity": "info", "where": last, "message": f"head seal {now.seal}", "head": now.seal})
    columns = {"severity": Column("Kind"), "where": Column("Where"), "message": Column("What")}
    put_rows(rows, columns, style.value, wide=True)  # half a message says what is wrong, and not what to do
    say(f"{db}: {many(wrong, 'problem')}" + (f", {many(notes, 'note')}" if notes else "") + ".")
    if now is not None:
        later = hint("check", "--head", "SEAL", db=db)
        say(
            f"Head: revision {now.revision}, seal {now.seal}. Note the seal in another place. To verify it later: "
            f"{later}"
        )
    if wrong:
        raise typer.Exit(exits.PROBLEMS)
