"""`willay edit`: change the fields of an incident."""

from __future__ import annotations

from typing import Annotated

import typer

from willay.events.cli.change_reports import reason_or_asked, report_change
from willay.events.cli.options import (
    DEFAULT_DB,
    Author,
    BaseRevision,
    Code,
    DbFile,
    Reason,
    open_store,
    seen_revision,
    who,
)

_EDITABLE = "title, summary, type, days, date_precision, status, confidence, part_of, tags, cases, notes, …"


def edit(
    code: Code,
    changes: Annotated[list[str], typer.Option("--set", help=f"FIELD=VALUE ({_EDITABLE}); VALUE as YAML. Repeatable.")],
    *,
    base: BaseRevision = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Change fields of an incident. The earlier state remains in the history."""
    from willay.events.model.entry import read_changes

    fields = read_changes(changes)
    with open_store(db) as store:
        seen = seen_revision(store, ("incident", code), base)
        why = reason_or_asked(reason, "Why this change?")
        revised = store.write.edit(code, fields, author=who(author), reason=why, base_revision=seen)
    report_change(revised, db)
