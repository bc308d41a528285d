"""The command `redact`: remove a text that should never have been recorded from the record and the file."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from willay.events.cli.change_reports import report_review
from willay.events.cli.options import DEFAULT_DB, Author, DbFile, Reason, open_store, who
from willay.events.cli.output import given_or_asked, say
from willay.geo.translation import many, tr

if TYPE_CHECKING:
    from pathlib import Path


class Kind(StrEnum):
    """What can be redacted."""

    incident = "incident"
    source = "source"
    actor = "actor"
    case = "case"


def redact(
    name: Annotated[str, typer.Argument(help="Code or key of the incident; with --kind, key of the source, actor, …")],
    *,
    field: Annotated[
        str,
        typer.Option(
            "--field", help="Field: summary, summary.es, notes[0], claims[2].note, places[0].name, …, or reason."
        ),
    ],
    revisions: Annotated[
        list[int],
        typer.Option(
            "--revision", help="Number of a revision, from willay history: one that contains the text. Repeatable."
        ),
    ] = [],  # noqa: B006 — Typer copies it
    kind: Annotated[Kind, typer.Option("--kind", help="What NAME refers to.")] = Kind.incident,
    instead: Annotated[
        str | None,
        typer.Option(
            "--instead",
            help="New text for the field, if the current state still contains the text; '' leaves it empty.",
        ),
    ] = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Erase a text from the whole history and from the file.

    It is erased from all states of an incident, source, actor or case. Use it for text that should never have been
    recorded, such as the name of a minor or a witness. That something was erased is recorded, and `willay check` still
    verifies everything else. Copies made earlier (backups, exports, releases, imported files) still contain the text.
    """
    why = given_or_asked(reason, tr("Why is it redacted? (do not repeat the text)"))
    with open_store(db) as store:
        done = store.write.redact(
            name, field, kind=kind.value, revisions=revisions, instead=instead, author=who(author), reason=why
        )
    if done.erased:
        numbers = sorted({number for number, _ in done.erased})
        fields = ", ".join(dict.fromkeys(field for _, field in done.erased))
        say(
            tr(
                "{name}: redacted {fields} in {revisions}: {numbers}.",
                name=done.name,
                fields=fields,
                revisions=many(len(numbers), "revision"),
                numbers=", ".join(map(str, numbers)),
            )
        )
    else:
        say(tr("{name}: nothing was left to redact; the file was rewritten without its free pages.", name=done.name))
    if done.edited is not None:
        say(tr("The current state was edited as well: revision {number}.", number=done.edited.number))
        report_review(done.edited, db)
    _warn_of_copies(db)


def _warn_of_copies(db: Path) -> None:
    """Report where the text may still be."""
    from willay.events.cli.unfinished import unfinished_files
    from willay.events.store.dialects.sqlite.copies import earlier_copies

    say(tr("The text is still in every copy made earlier: backups, exports, pages, releases and imported files."))
    for copy in earlier_copies(db):
        say(
            tr(
                "A copy is next to the database: {copy}. Redact the text there as well (--db), or delete the copy.",
                copy=copy,
            )
        )
    for answers in unfinished_files(db):
        say(
            tr(
                "Saved answers of unfinished incidents are in {answers}. Check whether they contain the text, or "
                "delete them.",
                answers=answers,
            )
        )
