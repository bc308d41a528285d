"""Commands for terms of one's own: what a database knows besides willay's vocabulary."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from willay.events.cli.help_pages import App
from willay.events.cli.listing import ListColumn, put_rows
from willay.events.cli.options import DEFAULT_DB, Author, DbFile, Format, Reason, Style, Wide, open_store, who
from willay.events.cli.output import say
from willay.geo.translation import many, mark, tr

term_app = App(
    help="Terms of your own, which the database knows besides willay's: headings of columns in the tables you import.",
    no_args_is_help=True,
)

_KINDS = {"heading": mark("heading")}

_COLUMNS = {
    "kind": ListColumn("Kind", label=lambda code: tr(_KINDS[code])),
    "name": ListColumn("Name", least=12),
    "parent": ListColumn("Means", least=8),
}


@term_app.command("add")
def term_add(
    kind: Annotated[str, typer.Argument(help="Kind of term: heading.")],
    name: Annotated[str, typer.Argument(help="Heading of the column, such as Hecho.")],
    *,
    parent: Annotated[
        str, typer.Option("--parent", help="What of willay's it is: of a heading the field, such as type.")
    ],
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Record what a heading of your tables means: from then on imports into this database know it."""
    from willay.events.front.own_terms import add_term

    with open_store(db) as store:
        changed = add_term(store, kind, name, parent, author=who(author), reason=reason or "")
    say(
        tr("{name} is known as {parent}.", name=name, parent=parent)
        if changed
        else tr("{name} was known as {parent} already; nothing was recorded.", name=name, parent=parent)
    )


@term_app.command("list")
def term_list(*, style: Format = Style.table, wide: Wide = False, db: DbFile = DEFAULT_DB) -> None:
    """List the terms of the database that are not willay's."""
    with open_store(db) as store:
        rows = [asdict(one) for one in store.registers.terms()]
    put_rows(rows, _COLUMNS, style.value, wide=wide)
    say(many(len(rows), "term"))
