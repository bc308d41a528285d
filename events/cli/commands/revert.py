"""`willay revert`: restore an earlier revision of an incident."""

from __future__ import annotations

from typing import Annotated

import typer

from willay.events.cli.change_reports import unchanged
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
from willay.events.cli.output import given_or_asked, say
from willay.geo.translation import tr


def revert(
    code: Code,
    *,
    to: Annotated[
        int, typer.Option("--revision", help="Number of a revision, from willay history: the one to restore.")
    ],
    base: BaseRevision = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Restore an earlier revision of an incident (recorded as a new revision)."""
    with open_store(db) as store:
        seen = seen_revision(store, ("incident", code), base)
        why = given_or_asked(reason, tr("Why is the earlier revision being restored?"))
        revised = store.write.revert(code, to, author=who(author), reason=why, base_revision=seen)
    if not revised.changes:
        say(unchanged(revised))
        return
    changes = "; ".join(revised.changes)
    say(
        tr(
            "{code} was restored to revision {to} ({changes}). See: {see}",
            code=revised.code,
            to=to,
            changes=changes,
            see=hint("diff", revised.code, db=db),
        )
    )
