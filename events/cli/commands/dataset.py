"""Commands for datasets: the origin of imported rows, and their terms of use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from willay.events.cli.entries import WHOLE
from willay.events.cli.help_pages import App
from willay.events.cli.listing import ListColumn, put_rows
from willay.events.cli.options import DEFAULT_DB, Author, DbFile, Format, Reason, Style, Wide, open_store, who
from willay.events.cli.output import given_or_asked, say
from willay.geo.translation import many, tr

if TYPE_CHECKING:
    from willay.events.model.foreign import DatasetTerms
    from willay.events.store import Store


dataset_app = App(
    help="Datasets: the origin of imported rows, and their terms of use. An import can only make the terms stricter; "
    "to relax them, use `edit`.",
    no_args_is_help=True,
)

_COLUMNS = {
    "name": ListColumn("Dataset", least=16),
    "version": ListColumn("Version", 2, least=6),
    "licence": ListColumn("Licence", 1, least=10),
    "may_publish": ListColumn("May be passed on"),
    "attribution": ListColumn("Credit", 3, least=12),
}


@dataset_app.command("list")
def dataset_list(*, style: Format = Style.table, wide: Wide = False, db: DbFile = DEFAULT_DB) -> None:
    """List the datasets with their terms of use."""
    from willay.events.model.terms import rows_of_terms, terms_document

    with open_store(db) as store:
        rows = [terms_document(terms) for terms in rows_of_terms(store.registers.datasets().to_dict("records"))]
    put_rows(rows if style.value in WHOLE else [_in_words(row) for row in rows], _COLUMNS, style.value, wide=wide)
    say(many(len(rows), "dataset"))


def _in_words(row: dict[str, Any]) -> dict[str, Any]:
    words = {None: tr("not known"), True: tr("yes"), False: tr("no")}
    return {**row, "may_publish": words[row.get("may_publish")]}


Changes = Annotated[
    list[str],
    typer.Option(
        "--set",
        help="FIELD=VALUE: licence, attribution, version, may_publish (true or false) or selection: by which rule "
        "its rows were chosen, if they are not all that happened; pages state it and refuse rates. Repeatable.",
    ),
]


@dataset_app.command("edit")
def dataset_edit(
    name: Annotated[str, typer.Argument(help="Name of the dataset.")],
    changes: Changes,
    *,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Change the terms of a dataset, such as whether its rows may be passed on. A reason is required."""
    from willay.events.model.entry import read_changes
    from willay.events.model.errors import RefusedError
    from willay.events.model.terms import edited_terms

    changed = read_changes(changes)
    why = given_or_asked(reason, tr("Why this change?"))
    if not why.strip():
        raise RefusedError(tr("A reason is required to change the terms of a dataset. Add: --reason TEXT."))
    with open_store(db) as store:
        terms = edited_terms(_known(store, name), changed)
        store.registers.describe_dataset(terms, author=who(author), reason=why)
    say(f"{name}: {', '.join(changes)}.")


def _known(store: Store, name: str) -> DatasetTerms:
    from willay.events.model.errors import NotFoundError
    from willay.events.model.terms import rows_of_terms

    known = {terms.name: terms for terms in rows_of_terms(store.registers.datasets().to_dict("records"))}
    if name not in known:
        there = tr("Known datasets: {known}.", known=", ".join(known)) if known else tr("The database has no datasets.")
        raise NotFoundError(
            tr("Unknown dataset {name!r}. {there} List them: willay dataset list", name=name[:80], there=there)
        )
    return known[name]
