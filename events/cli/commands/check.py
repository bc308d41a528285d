"""`willay check`: verify a database."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from willay.events.cli import exit_codes
from willay.events.cli.hints import hint
from willay.events.cli.labels import SEVERITIES, in_words
from willay.events.cli.listing import ListColumn, put_rows
from willay.events.cli.options import (
    DEFAULT_DB,
    DbFile,
    Format,
    Style,
    open_store,
)
from willay.events.cli.output import say
from willay.geo.translation import many, tr


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
        problems, now = store.file.check(head, processes=os.cpu_count() or 1), store.file.head()
    rows = [{"severity": p.severity, "where": p.where, "message": p.message} for p in problems]
    rows += [{"severity": "error", "where": "shipped data", "message": message} for message in verify()]
    wrong = sum(row["severity"] == "error" for row in rows)
    notes = len(rows) - wrong
    if now is not None and style is not Style.table:
        last = f"revision {now.revision}"
        rows.append({"severity": "info", "where": last, "message": f"head seal {now.seal}", "head": now.seal})
    columns = {
        "severity": ListColumn("Kind", label=in_words(SEVERITIES)),
        "where": ListColumn("Where"),
        "message": ListColumn("What"),
    }
    put_rows(rows, columns, style.value, wide=True)  # half a message says what is wrong, and not what to do
    say(f"{db}: {many(wrong, 'problem')}" + (f", {many(notes, 'note')}" if notes else "") + ".")
    if now is not None:
        later = hint("check", "--head", "SEAL", db=db)
        say(
            tr(
                "Head: revision {revision}, seal {seal}. Note the seal in another place. To verify it later: {later}",
                revision=now.revision,
                seal=now.seal,
                later=later,
            )
        )
    if wrong:
        raise typer.Exit(exit_codes.PROBLEMS)
