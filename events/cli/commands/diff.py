"""`willay diff`: the differences between two revisions of an incident."""

from __future__ import annotations

from typing import Annotated

import typer

from willay.events.cli.options import (
    DEFAULT_DB,
    Code,
    DbFile,
    Language,
    open_store,
)
from willay.events.cli.output import put, put_json, say
from willay.events.cli.outward import say_record
from willay.geo.translation import tr


def diff(
    code: Code,
    before: Annotated[int | None, typer.Argument(help="Number of the earlier revision, from willay history.")] = None,
    after: Annotated[int | None, typer.Argument(help="Number of the later revision (default: the latest).")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    lang: Language,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Show the differences between two revisions of an incident. Default: the last two."""
    say_record()
    with open_store(db) as store:
        told = store.read.diff(code, before, after, lang.value)
    if as_json:
        rows = [
            {"field": one.field, "kind": one.kind, "before": one.before, "after": one.after} for one in told.differences
        ]
        put_json({"code": told.code, "before": told.before, "after": told.after, "differences": rows})
        return
    say(tr("{code}, revision {before} → {after}:", code=told.code, before=told.before, after=told.after))
    for one in told.differences:
        put(str(one))
    if not told.differences:
        say(tr("No differences."))
