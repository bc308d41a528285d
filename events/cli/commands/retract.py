"""`willay retract`: withdraw an incident, which stays in the history."""

from __future__ import annotations

from willay.events.cli.change_reports import reason_or_asked
from willay.events.cli.hints import hint
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
from willay.events.cli.output import say
from willay.geo.translation import tr


def retract(
    code: Code,
    *,
    base: BaseRevision = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Retract an incident. It no longer appears on maps and in lists, but remains in the record."""
    with open_store(db) as store:
        seen = seen_revision(store, ("incident", code), base)
        why = reason_or_asked(reason, tr("Why is this incident being retracted?"))
        revised = store.write.retract(code, author=who(author), reason=why, base_revision=seen)
    told = {"code": revised.code, "see": hint("show", revised.code, db=db)}
    if not revised.changes:
        say(
            tr(
                "{code} was already retracted: no changes; nothing was recorded. It remains in the database: {see}",
                **told,
            )
        )
        return
    say(tr("{code} retracted; revision {n}. It remains in the database: {see}", n=revised.number, **told))
