"""`willay history`: the revisions of an incident."""

from __future__ import annotations

from willay.events.cli.act_words import action_in_words
from willay.events.cli.listing import ListColumn, put_rows
from willay.events.cli.options import (
    DEFAULT_DB,
    Code,
    DbFile,
    Format,
    Style,
    Wide,
    open_store,
)
from willay.events.cli.outward import say_record
from willay.events.model.reasons import reason_in_words


def history(code: Code, *, style: Format = Style.table, wide: Wide = False, db: DbFile = DEFAULT_DB) -> None:
    """List all changes to an incident: who, when, why and what."""
    say_record()
    with open_store(db) as store:
        rows = [
            {
                "number": row.number,
                "recorded_at": f"{row.recorded_at:%Y-%m-%d %H:%M} UTC",
                "author": row.author,
                "action": row.action,
                "reason": reason_in_words(row.reason) if style is Style.table else row.reason,
                "changes": list(row.changes),
                "digest": row.digest,
            }
            for row in store.read.history(code)
        ]
    columns = {
        "number": ListColumn("No"),
        "recorded_at": ListColumn("When", 2),
        "author": ListColumn("Who", 1, least=8),
        "action": ListColumn("What", label=action_in_words),
        "changes": ListColumn("Changed", least=16),
        "reason": ListColumn("Why", 3, least=12),
    }
    put_rows(
        rows, columns if style is Style.table else {**columns, "digest": ListColumn("Digest")}, style.value, wide=wide
    )
