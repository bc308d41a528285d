"""`willay actor`: the actors of a database."""

from __future__ import annotations

from typing import Annotated

import typer

from willay.events.cli.entries import WHOLE, Changes, add_entry, draft_rows, edit_entry, read_registers
from willay.events.cli.help_pages import App
from willay.events.cli.hints import hint
from willay.events.cli.labels import of_codebook
from willay.events.cli.listing import ListColumn, put_rows
from willay.events.cli.options import (
    DEFAULT_DB,
    AsJson,
    AsOf,
    Author,
    BaseRevision,
    DbFile,
    Format,
    Language,
    Reason,
    Style,
    Wide,
)
from willay.events.cli.output import put, put_json, say
from willay.events.cli.outward import SeenBy, seen_by
from willay.geo.translation import tr

actor_app = App(help="Actors: organisations and groups, with their names.", no_args_is_help=True)


@actor_app.command("list")
def actor_list(
    *,
    as_of: AsOf = None,
    profile: SeenBy = None,
    style: Format = Style.table,
    wide: Wide = False,
    lang: Language,
    db: DbFile = DEFAULT_DB,
) -> None:
    """List the actors with all their names."""
    (_, actors, _), revisions = read_registers(db, "actor", seen_by(profile, style.value), as_of)
    columns = {
        "key": ListColumn("Key", least=20),
        "name": ListColumn("Name", least=16),
        "kind": ListColumn("Kind", 1, least=10, label=of_codebook("actor_kinds")),
        "part_of": ListColumn("Part of", 2, least=10),
        "aliases": ListColumn("Other names", 3, least=16),
    }
    rows = draft_rows(actors, lang.value, whole=style.value in WHOLE, revisions=revisions)
    put_rows(rows, columns, style.value, wide=wide)


@actor_app.command("add")
def actor_add(
    key: Annotated[str, typer.Argument(help="Key by which incidents refer to the actor, such as pnp.")],
    *,
    name: Annotated[str, typer.Option("--actor-name", help="Name of the actor.")],
    kind: Annotated[str, typer.Option("--actor-kind", help="Kind of actor: state-forces, organisation, company, …")],
    aliases: Annotated[list[str] | None, typer.Option("--alias", help="Other name of the actor. Repeatable.")] = None,
    parent: Annotated[str | None, typer.Option("--parent", help="Key of the actor that it is a part of.")] = None,
    description: Annotated[str | None, typer.Option("--description", help="What the actor is and does.")] = None,
    address: Annotated[str | None, typer.Option("--address", help="Public postal address of the actor.")] = None,
    url: Annotated[str | None, typer.Option(help="Web address.")] = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Add an actor: an organisation or group."""
    given = {
        "key": key, "name": name, "kind": kind, "aliases": aliases, "part_of": parent, "description": description,
        "address": address, "url": url,
    }  # fmt: skip
    if add_entry("actor", given, author=author, reason=reason, db=db):
        say(tr("Actor {key} added. To name it in an incident: {see}", key=key, see=hint("add", "--actor", key, db=db)))


@actor_app.command("show")
def actor_show(
    key: Annotated[str, typer.Argument(help="Key of the actor.")],
    *,
    json_: AsJson = False,
    as_of: AsOf = None,
    profile: SeenBy = None,
    lang: Language,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Show an actor: its names, what it does, and where it can be found."""
    from willay.data.codebook import codebook
    from willay.events.model.values import local
    from willay.events.store.record.resolve import nearest, not_found

    (_, actors, _), _ = read_registers(db, "actor", seen_by(profile, "json" if json_ else "table"), as_of)
    every = {one.key: one for one in actors}
    if key not in every:
        raise not_found("actor", key, nearest(key, every))
    actor = every[key]
    if json_:
        put_json(actor.model_dump(mode="json", exclude_none=True))
        return
    put(f"{local(actor.name, lang.value)} [{key}] · {codebook().actor_kinds[actor.kind].label(lang.value)}")
    whole = f"{local(every[actor.part_of].name, lang.value)} [{actor.part_of}]" if actor.part_of in every else ""
    lines = {
        tr("Other names"): ", ".join(actor.aliases), tr("Part of"): whole or actor.part_of,
        tr("Address"): actor.address, tr("Web"): actor.url,
        tr("What it does"): local(actor.description, lang.value), tr("Note"): local(actor.note, lang.value),
    }  # fmt: skip
    for heading, text in lines.items():
        if text:
            put(f"{heading}: {text}")


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
