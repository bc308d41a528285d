"""Commands that make files: demo, init, export; and check, which looks into one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from willay.events.cli import exits
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
from willay.events.cli.talk import many, put_rows, say


def demo(
    folder: Annotated[Path, typer.Argument(help="Where to put the files.")] = Path("demo"),
    *,
    lang: Language = Lang.en,
    force: Annotated[bool, typer.Option("--force", help="Build the database again, even if it is there.")] = False,
) -> None:
    """Make the Peru database, its three maps and a GeoJSON file in one step."""
    from willay.events.cli.demo import build_demo

    say("Building the Peru demo …")
    made = build_demo(folder, lang=lang.value, force=force, clock=clock)
    if made.kept:
        say(f"{made.database} was there already: kept as it is (--force builds it again); maps made anew.")
    say(f"{many(made.incidents, 'incident')}, {many(made.claims, 'claim')}, {many(made.sources, 'source')}.")
    for path, about in made.files.items():
        typer.echo(f"{path}  {about}")
    say("")
    say(f"Open {folder / 'atlas.html'} in a browser; it needs no network, and can be mailed as it is.")
    say("Look:      willay list --db " + str(made.database))
    say(f"Who says?  willay show {made.example} --db {made.database}")
    say("Add one:   willay add --db " + str(made.database))


def init(
    file: Annotated[Path, typer.Argument(help="The database file to make.")] = DEFAULT_DB,
    *,
    country: Annotated[str, typer.Option(help="Country whose regions it starts with, ISO 3166-1 alpha-2.")] = "PE",
    policy: Policy = None,
) -> None:
    """Make an empty database, with the regions of a country."""
    from willay.events.cli.demo import create_database

    with create_database(file, country=country, policy=policy, clock=clock) as store:
        regions = len(store.regions(profile=None))
    say(f"{file} made, with {many(regions, 'region')} and no incidents. Add one: willay add --db {file}")


def check(*, style: Format = Style.table, db: DbFile = DEFAULT_DB) -> None:
    """Look for anything wrong in the database; exit code 1 if there is."""
    from willay.data.registry import verify

    with open_store(db) as store:
        problems = store.check()
    rows = [{"severity": p.severity, "where": p.where, "message": p.message} for p in problems]
    rows += [{"severity": "error", "where": "shipped data", "message": message} for message in verify()]
    put_rows(rows, {"severity": "", "where": "Where", "message": "What"}, style.value)
    wrong = sum(row["severity"] == "error" for row in rows)
    notes = len(rows) - wrong
    say(f"{db}: {many(wrong, 'problem')}" + (f", {many(notes, 'note')}" if notes else "") + ".")
    if wrong:
        raise typer.Exit(exits.PROBLEMS)
