"""`willay actor`: the actors of a database."""

from __future__ import annotations

import typer

from willay.events.cli.entries import Changes, draft_rows, edit_entry, read_registers
from willay.events.cli.listing import Column, put_rows
from willay.events.cli.options import (
    DEFAULT_DB,
    AsOf,
    Author,
    BaseRevision,
    DbFile,
    Format,
    Lang,
    Language,
    Reason,
    Style,
    Wide,
)
from willay.events.cli.outward import SeenBy, seen_by

actor_app = typer.Typer(help="Actors: organisations and groups, with their names.", no_args_is_help=True)


@actor_app.command("list")
def actor_list(
    *,
    as_of: AsOf = None,
    profile: SeenBy = None,
    style: Format = Style.table,
    wide: Wide = False,
    lang: Language = Lang.en,
    db: DbFile = DEFAULT_DB,
) -> None:
    """List the actors with all their names."""
    (_, actors, _), revisions = read_registers(db, "actor", seen_by(profile, style.value), as_of)
    columns = {
        "key": Column("Key", least=20),
        "name": Column("Name", least=16),
        "kind": Column("Kind", 1),
        "part_of": Column("Part of", 2, least=10),
        "aliases": Column("Other names", 3, least=16),
    }
    rows = draft_rows(actors, lang.value, whole=style is Style.json, revisions=revisions)
    put_rows(rows, columns, style.value, wide=wide)


@actor_app.command("edit")
def actor_edit(
    key: str,
    changes: Changes,
    *,
    base: BaseRevision = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Change fields of an actor. The earlier state remains in the history."""
    edit_entry(("actor", key), changes, base, author=author, reason=reason, db=db)
