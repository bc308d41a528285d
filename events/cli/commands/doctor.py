"""`willay doctor`: what this installation, this computer and the database file are like, for who helps."""

from __future__ import annotations

import typer

from willay.events.cli import exit_codes
from willay.events.cli.listing import ListColumn, put_rows
from willay.events.cli.options import DEFAULT_DB, DbFile, Format, Style, clock
from willay.events.cli.output import say
from willay.geo.translation import many, tr


def doctor(*, style: Format = Style.table, db: DbFile = DEFAULT_DB) -> None:
    """Examine the installation, the terminal and the database file, and show what to do about each problem.

    Nothing is changed. The output has versions, paths and settings, and nothing of what is recorded: it can be sent to
    somebody who helps. To verify the record itself, use `willay check`. Exit code 1 if there are problems.
    """
    from willay.events.cli.diagnosis import NOTE, PROBLEM, findings

    found = [*findings(db, clock())]
    words = {NOTE: tr("note"), PROBLEM: tr("PROBLEM")} if style is Style.table else {}
    rows = [
        {
            "state": words.get(one.state, one.state),
            "subject": one.subject,
            "found": one.found,
            "advice": one.advice,
        }
        for one in found
    ]
    columns = {
        "state": ListColumn("State"),
        "subject": ListColumn("What"),
        "found": ListColumn("Found"),
        "advice": ListColumn("What to do"),
    }
    put_rows(rows, columns, style.value, wide=True)  # half an advice is none
    wrong, notes = (sum(one.state == state for one in found) for state in (PROBLEM, NOTE))
    say(tr("{problems}, {notes}.", problems=many(wrong, "problem"), notes=many(notes, "note")))
    if wrong:
        raise typer.Exit(exit_codes.PROBLEMS)
