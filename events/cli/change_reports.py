"""What commands that change an incident report about it: what changed, its status, and what to look at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.events.cli.hints import hint, option
from willay.events.cli.output import given_or_asked, on_terminal, say
from willay.geo.translation import tr

if TYPE_CHECKING:
    from pathlib import Path

    from willay.events.model.entry import Citation
    from willay.events.store import Revised


def unchanged(revised: Revised) -> str:
    """Return the message for a change that changes nothing."""
    return tr(
        "{code}: no changes; nothing was recorded. The current revision is {number}.",
        code=revised.code,
        number=revised.number,
    )


def _report_notes(revised: Revised) -> None:
    for note in revised.notes:
        say(tr("Note: {note}", note=note))


def report_change(revised: Revised, db: Path) -> None:
    """Report what was changed, and whether a published incident returned to review."""
    if not revised.changes:
        say(unchanged(revised))
        return
    see = hint("history", revised.code, db=db)
    say(
        tr(
            "{code} changed: {changes}; revision {number}. See: {see}",
            code=revised.code,
            changes="; ".join(revised.changes),
            number=revised.number,
            see=see,
        )
    )
    _report_notes(revised)
    report_review(revised, db)


def report_review(revised: Revised, db: Path) -> None:
    """Report that a published incident returned to review, if it did."""
    if "status: published → in-review" in revised.changes:
        say(
            tr(
                "The incident was published, so a second person should review it again: {see}",
                see=hint("review", "approve", revised.code, db=db),
            )
        )


def report_source(cited: Citation) -> None:
    """Report whether a source is new or already recorded, and which other source has the same title."""
    if cited.recorded is not None:
        say(
            tr(
                "Source: {key} “{title}”, already recorded.",
                key=cited.key,
                title=cited.recorded.title or cited.recorded.url or "",
            )
        )
    elif cited.like is not None:
        say(
            tr(
                "New source: {key}. {like} has the same title; to cite that source: {option}",
                key=cited.key,
                like=cited.like.key,
                option=option("--source", cited.like.key),
            )
        )
    else:
        say(tr("New source: {key}.", key=cited.key))


def reason_or_asked(reason: str | None, question: str) -> str:
    """Return the reason given, or ask for one.

    Raises:
        RefusedError: There is no terminal to ask.
    """
    from willay.events.model.errors import RefusedError

    if not reason and not on_terminal():
        raise RefusedError(
            tr("A reason is required for this change; it is recorded in the history. Add: --reason TEXT.")
        )
    return given_or_asked(reason, question)
