"""`willay source`: the sources of a database."""

from __future__ import annotations

from typing import Annotated

import typer

from willay.events.cli.entries import WHOLE, Changes, add_entry, draft_rows, edit_entry, read_registers
from willay.events.cli.former_options import renamed
from willay.events.cli.help_pages import App
from willay.events.cli.hints import hint
from willay.events.cli.labels import of_codebook
from willay.events.cli.listing import ListColumn, put_rows
from willay.events.cli.options import (
    DEFAULT_DB,
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
from willay.events.cli.output import say
from willay.events.cli.outward import SeenBy, seen_by
from willay.geo.translation import many, tr

source_app = App(help="Sources: citable documents.", no_args_is_help=True)


@source_app.command("list")
def source_list(
    *,
    as_of: AsOf = None,
    profile: SeenBy = None,
    style: Format = Style.table,
    wide: Wide = False,
    lang: Language,
    db: DbFile = DEFAULT_DB,
) -> None:
    """List the sources."""
    (sources, _, _), revisions = read_registers(db, "source", seen_by(profile, style.value), as_of)
    columns = {
        "key": ListColumn("Key", least=24),
        "kind": ListColumn("Kind", 2, least=8, label=of_codebook("source_kinds")),
        "publisher": ListColumn("Publisher", 3, least=12),
        "title": ListColumn("Title", least=16),
        "published_on": ListColumn("Dated", 1),
        "url": ListColumn("Address", 4, least=16),
    }
    rows = draft_rows(sources, lang.value, whole=style.value in WHOLE, revisions=revisions)
    put_rows(rows, columns, style.value, wide=wide)
    say(many(len(sources), "source"))


@source_app.command("add", cls=renamed({"--kind": "--source-kind"}))
def source_add(
    key: Annotated[str, typer.Argument(help="Key by which claims cite the source, such as reuters-2012-04-15.")],
    *,
    kind: Annotated[str, typer.Option("--source-kind", help="Kind of source: press, ombudsman, court, …")],
    publisher: Annotated[str | None, typer.Option(help="Publisher.")] = None,
    title: Annotated[str | None, typer.Option(help="Title.")] = None,
    published: Annotated[str | None, typer.Option(help="Date of the source: day, month or year.")] = None,
    url: Annotated[str | None, typer.Option(help="Web address.")] = None,
    archive_url: Annotated[str | None, typer.Option(help="Web address of an archived copy.")] = None,
    language: Annotated[str | None, typer.Option(help="Language of the texts, such as es.")] = None,
    licence: Annotated[str | None, typer.Option(help="Licence: SPDX identifier or text.")] = None,
    reliability: Annotated[str | None, typer.Option(help="Reliability: A to F.")] = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Add a source."""
    given = {
        "key": key, "kind": kind, "publisher": publisher, "title": title, "published_on": published, "url": url,
        "archive_url": archive_url, "language": language, "licence": licence, "reliability": reliability,
    }  # fmt: skip
    if add_entry("source", given, author=author, reason=reason, db=db):
        say(
            tr(
                "Source {key} added. To cite it: {see}",
                key=key,
                see=hint("claim", "add", "CODE", "killed=3", "--source", key, db=db),
            )
        )


@source_app.command("edit")
def source_edit(
    key: str,
    changes: Changes,
    *,
    base: BaseRevision = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Change fields of a source. The earlier state remains in the history."""
    edit_entry(("source", key), changes, base, author=author, reason=reason, db=db)
