"""`willay undo`: take back the last change that one made."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from willay.events.cli.act_words import action_in_words, named
from willay.events.cli.change_reports import report_review, unchanged
from willay.events.cli.choosing import BackError, agreed
from willay.events.cli.hints import hint
from willay.events.cli.options import DEFAULT_DB, Author, DbFile, Language, Yes, open_store, who
from willay.events.cli.output import on_terminal, say
from willay.geo.translation import tr

if TYPE_CHECKING:
    from pathlib import Path

    from willay.events.store import Revised, Undoable, UndoStep


class Kind(StrEnum):
    """What has changes that can be undone."""

    incident = "incident"
    source = "source"
    actor = "actor"
    case = "case"
    indicator = "indicator"


def undo(
    name: Annotated[
        str | None,
        typer.Argument(
            help="Code or key of the incident whose last change by you is undone; with --kind, key of the source, "
            "actor, … Default: your last change of all."
        ),
    ] = None,
    *,
    kind: Annotated[Kind, typer.Option("--kind", help="What NAME refers to.")] = Kind.incident,
    reason: Annotated[
        str,
        typer.Option("--reason", "-m", help="Reason for the change, recorded in the history with what was undone."),
    ] = "",
    yes: Yes = False,
    author: Author = None,
    lang: Language,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Undo your last change: what it changed gets its former value again. It is shown first.

    Nothing is erased: an undo is recorded as a change of its own, and can be undone in the same way. An incident that
    was added is retracted. It is refused where somebody has changed the same fields since.
    """
    subject = None if name is None else (kind.value, name)
    by = who(author)
    with open_store(db) as store:
        undoable = store.undo.preview(subject, author=by, lang=lang.value)
        _show(undoable)
        if not any(step.differences for step in undoable.steps):
            say(tr("Nothing to undo: what it changed has its former value already."))
            return
        if on_terminal() and not yes and not _is_wanted():
            say(tr("Nothing was undone."))
            return
        revised = store.undo.last(subject, author=by, reason=reason, change=undoable.number)
    for one in revised:
        _report(one, db)
    words = () if subject is None else (name, *(() if kind is Kind.incident else ("--kind", kind.value)))
    say(tr("To redo it: {command}", command=hint("undo", *words, db=db)))


def _is_wanted() -> bool:
    try:
        return agreed(tr("Undo this?"))
    except BackError:
        return False


def _show(undoable: Undoable) -> None:
    told = {"n": undoable.number, "moment": f"{undoable.recorded_at:%Y-%m-%d %H:%M}", "reason": undoable.reason}
    say(
        tr("Your change {n} ({moment} UTC, “{reason}”) is undone so:", **told)
        if undoable.reason
        else tr("Your change {n} ({moment} UTC) is undone so:", **told)
    )
    for step in undoable.steps:
        _show_step(step)
    for kind, key in undoable.stays:
        say(tr("  {entry}: added with it; stays, because others may refer to it.", entry=named(kind, key)))


def _show_step(step: UndoStep) -> None:
    entry = named(step.kind, step.name)
    if step.action == "add":
        say(tr("  {entry}: added; is retracted, and remains in the record.", entry=entry))
        return
    say(tr("  {entry}: {action}", entry=entry, action=action_in_words(step.action)))
    for one in step.differences:
        say(f"    {one}")


def _report(revised: Revised, db: Path) -> None:
    if not revised.changes:
        say(unchanged(revised))
        return
    say(
        tr(
            "{name} changed: {changes}; revision {n}.",
            name=revised.code,
            changes="; ".join(revised.changes),
            n=revised.number,
        )
    )
    report_review(revised, db)
