"""The command `redact`: a text that should never have been recorded, out of the record and out of the file."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from willay.events.cli.change import tell_of_review
from willay.events.cli.options import DEFAULT_DB, Author, DbFile, Reason, open_store, who
from willay.events.cli.talk import given_or_asked, many, say

if TYPE_CHECKING:
    from pathlib import Path


class Kind(StrEnum):
    """What can be redacted."""

    incident = "incident"
    source = "source"
    actor = "actor"
    case = "case"


def redact(
    name: Annotated[str, typer.Argument(help="The incident's code or key; with --kind, the key of a source, …")],
    *,
    field: Annotated[
        str,
        typer.Option("--field", help="summary, summary.es, notes[0], claims[2].note, places[0].name, …; or reason."),
    ],
    revisions: Annotated[
        list[int], typer.Option("--revision", help="Number of a revision that has the text. May be repeated.")
    ] = [],  # noqa: B006 — Typer copies it
    kind: Annotated[Kind, typer.Option("--kind", help="What NAME is.")] = Kind.incident,
    instead: Annotated[
        str | None,
        typer.Option("--instead", help="What the field is to say now, if it has the text still; '' leaves it empty."),
    ] = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Erase a text from every state of an incident, source, actor or case, and from the file; the fact stays.

    For what should never have been written: the name of a minor, of a witness. Digests and seals stay, so that check
    still proves the rest. Copies made before (backups, exports, releases, the file you imported) keep the text.
    """
    why = given_or_asked(reason, "Why is it redacted? (do not repeat the text)")
    with open_store(db) as store:
        done = store.redact(
            name, field, kind=kind.value, revisions=revisions, instead=instead, author=who(author), reason=why
        )
    if done.erased:
        numbers = sorted({number for number, _ in done.erased})
        fields = ", ".join(dict.fromkeys(field for _, field in done.erased))
        say(f"{done.name}: redacted {fields} in {many(len(numbers), 'revision')}: {', '.join(map(str, numbers))}.")
    else:
        say(f"{done.name}: nothing was left to redact there; the file was written again without its free pages.")
    if done.edited is not None:
        say(f"The present state was edited as well; revision {done.edited.number}.")
        tell_of_review(done.edited, db)
    _warn_of_copies(db)


def _warn_of_copies(db: Path) -> None:
    """Say where the text may be still."""
    from willay.events.cli.unfinished import kept
    from willay.events.store.copies import copies_beside

    say("The text is still in every copy made before: backups, exports, pages, releases, files that were imported.")
    for copy in copies_beside(db):
        say(f"One is beside the database: {copy}. Redact it there as well (--db), or delete it.")
    for answers in kept(db):
        say(f"Answers that were kept are in {answers}. Look whether the text is in them, or delete it.")
