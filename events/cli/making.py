"""Commands that make files: demo, init, export; and check, which looks into one."""

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
    Policy,
    Style,
    clock,
    open_store,
)
from willay.events.cli.talk import many, put, say


def demo(
    folder: Annotated[Path, typer.Argument(help="Where to put the files.")] = Path("demo"),
    *,
    lang: Language = Lang.en,
    force: Annotated[bool, typer.Option("--force", help="Build the database again, even if it is there.")] = False,
) -> None:
    """Make the Peru database, its three maps and a GeoJSON file in one step."""
    from willay.events.demo import build_demo

    say("Building the Peru demo …")
    made = build_demo(folder, lang=lang.value, force=force, clock=clock)
    if made.kept:
        say(f"{made.database} was there already: kept as it is (--force builds it again); maps made again.")
    if made.replaced:
        say(f"The database that was there is kept: {', '.join(map(str, made.replaced))}")
    say(f"{many(made.incidents, 'incident')}, {many(made.claims, 'claim')}, {many(made.sources, 'source')}.")
    for path, about in made.files.items():
        put(f"{path}  {about}")
    say("")
    say(f"Open {folder / 'atlas.html'} in a browser; it needs no network, and can be mailed as it is.")
    say(f"Look:      {hint('list', db=made.database)}")
    if made.example is not None:
        say(f"Who says?  {hint('show', made.example, db=made.database)}")
    say(f"Add one:   {hint('add', db=made.database)}")


def init(
    file: Annotated[Path, typer.Argument(help="The database file to make.")] = DEFAULT_DB,
    *,
    country: Annotated[
        str,
        typer.Option(help="Country it is about: ISO 3166-1 alpha-2, or a name. It starts with its regions, if any."),
    ] = "PE",
    policy: Policy = None,
) -> None:
    """Make an empty database, with the regions of a country."""
    from willay.events.founding import create_database

    with create_database(file, country=country, policy=policy, clock=clock) as store:
        regions, of = len(store.regions(profile=None)), store.country
    if not regions:
        add = hint("regions", "add", "FILE", "--set", "NAME", "--key-field", "COLUMN", db=file)
        say(f"No regions of {of} are shipped. Add its limits from a GIS file: {add}")
    say(f"{file} made, with {many(regions, 'region')} and no incidents. Add one: {hint('add', db=file)}")


def check(
    *,
    head: Annotated[
        str | None, typer.Option("--head", help="A head seal that an earlier check printed: it must still be there.")
    ] = None,
    style: Format = Style.table,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Verify the database; exit code 1 if anything is wrong. Prints the head seal, to be noted elsewhere."""
    from willay.data.registry import verify

    with open_store(db) as store:
        problems, now = store.check(head), store.head()
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
        say(f"Head: revision {now.revision}, seal {now.seal}. Note it elsewhere; later: {later}")
    if wrong:
        raise typer.Exit(exits.PROBLEMS)
