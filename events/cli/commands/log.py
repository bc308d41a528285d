"""`willay log`: what was done to the database, the newest change first."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from willay.events.cli.act_words import action_in_words, subjects_in_words
from willay.events.cli.filters import person, since_when
from willay.events.cli.hints import option
from willay.events.cli.listing import ListColumn, put_rows
from willay.events.cli.options import (
    DEFAULT_DB,
    DbFile,
    Format,
    Style,
    Wide,
    open_store,
)
from willay.events.cli.output import say
from willay.events.cli.outward import say_record
from willay.events.model.reasons import reason_in_words
from willay.geo.translation import many, tr

if TYPE_CHECKING:
    from willay.events.store import Act

USUAL_LIMIT = 50
"""Changes that are listed unless another number is asked for."""


class Subject(StrEnum):
    """Kinds of subjects whose changes can be listed."""

    incident = "incident"
    source = "source"
    actor = "actor"
    case = "case"
    indicator = "indicator"
    dataset = "dataset"
    region = "region"
    setting = "setting"
    attachment = "attachment"
    redaction = "redaction"


def log(
    *,
    by: Annotated[
        str | None, typer.Option("--author", help="Author of the changes to list; “me” lists your own.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", help="Since when: 7d, 36h, “yesterday”, “Monday”, 2026-05-01 or a moment."),
    ] = None,
    kinds: Annotated[
        list[Subject], typer.Option("--kind", help="Only changes of this kind of entry: what NAME refers to.")
    ] = [],  # noqa: B006 — Typer copies it
    limit: Annotated[int, typer.Option(min=1, help="Maximum number of changes to list, the newest.")] = USUAL_LIMIT,
    style: Format = Style.table,
    wide: Wide = False,
    db: DbFile = DEFAULT_DB,
) -> None:
    """List what was changed in the database, newest first: when, by whom, what, and why.

    One line is one change, which may be of many incidents, such as an import. For all changes of one incident, use
    `willay history`.
    """
    from willay.events.store import ActsAsked

    say_record()
    with open_store(db) as store:
        moment = since_when(since, store.country) if since else None
        author = person(by) if by else None
        acts, total = store.read.log(ActsAsked(author, moment, tuple(kind.value for kind in kinds), limit))
    columns = {
        "number": ListColumn("No", 5),
        "recorded_at": ListColumn("When", 2),
        "author": ListColumn("Who", 1, least=8),
        "subjects": ListColumn("What", least=14),
        "action": ListColumn("Done", 4, least=8),
        "reason": ListColumn("Why", 3, least=12),
    }
    put_rows([_row(act, style) for act in acts], columns, style.value, wide=wide)
    told = [many(total, "change")]
    if len(acts) < total:
        told.append(tr("the newest {n:,} listed; for more: {option}", n=len(acts), option=option("--limit", total)))
    if author:
        told.append(tr("by {author}", author=author))
    if moment:
        told.append(tr("since {moment} UTC", moment=f"{moment:%Y-%m-%d %H:%M}"))
    say(" · ".join(told))


def _row(act: Act, style: Style) -> dict[str, Any]:
    """Return a change as a row: in words for people, by the words of the record for programs."""
    row = {
        "number": act.number,
        "recorded_at": f"{act.recorded_at:%Y-%m-%d %H:%M} UTC",
        "author": act.author,
        "subjects": subjects_in_words(act),
        "action": ", ".join(map(action_in_words, act.actions)),
        "reason": reason_in_words(act.reason) if style is Style.table else act.reason,
    }
    if style is Style.table:
        return row
    return {
        **row,
        "recorded_at": act.recorded_at.isoformat(),
        "subjects": [f"{one.kind} {one.name}" for one in act.subjects],
        "subject_count": sum(act.kinds.values()),
        "action": list(act.actions),
    }
