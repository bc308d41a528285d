"""What commands that change an incident report about it: what changed, its status, and what to look at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.events.cli.hints import hint, option
from willay.events.cli.output import given_or_asked, on_terminal, say

if TYPE_CHECKING:
    from pathlib import Path

    from willay.events.model.entry import Citation
    from willay.events.store import Revised


def unchanged(revised: Revised) -> str:
    """Return the message for a change that changes nothing."""
    return f"{revised.code}: no changes; nothing was recorded. The current revision is {revised.number}."


def _report_notes(revised: Revised) -> None:
    for note in revised.notes:
        say(f"Note: {note}")


def report_change(revised: Revised, db: Path) -> None:
    """Report what was changed, and whether a published incident returned to review."""
    if not revised.changes:
        say(unchanged(revised))
        return
    see = hint("history", revised.code, db=db)
    say(f"{revised.code} changed: {'; '.join(revised.changes)}; revision {revised.number}. See: {see}")
    _report_notes(revised)
    report_review(revised, db)


def report_review(revised: Revised, db: Path) -> None:
    """Report that a published incident returned to review, if it did."""
    if "status: published → in-review" in revised.changes:
        say(
            f"The incident was published, so a second person should review it again: "
            f"{hint('review', 'approve', revised.code, db=db)}"
        )


def report_source(cited: Citation) -> None:
    """Report whether a source is new or already recorded, and which other source has the same title."""
    if cited.recorded is not None:
        say(f"Source: {cited.key} “{cited.recorded.title or cited.recorded.url or ''}”, already recorded.")
    elif cited.like is not None:
        say(
            f"New source: {cited.key}. {cited.like.key} has the same title; to cite that source: "
            f"{option('--source', cited.like.key)}"
        )
    else:
        say(f"New source: {cited.key}.")


def reason_or_asked(reason: str | None, question: str) -> str:
    """Return the reason given, or ask for one.

    Raises:
        RefusedError: There is no terminal to ask.
    """
    from willay.events.model.errors import RefusedError

    if not reason and not on_terminal():
        raise RefusedError("A reason is required for this change; it is recorded in the history. Add: --reason TEXT.")
    return given_or_asked(reason, question)
