"""`willay case phase`: the phases of a case, in the terms of Peru's ombudsman."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from willay.events.cli.change_reports import unchanged
from willay.events.cli.entries import Changes
from willay.events.cli.hints import hint
from willay.events.cli.options import (
    DEFAULT_DB,
    Author,
    BaseRevision,
    DbFile,
    Reason,
    open_store,
    seen_revision,
    who,
)
from willay.events.cli.output import given_or_asked, say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from willay.events.model.drafts import CaseDraft

    Change = Callable[[CaseDraft], list[dict[str, Any]]]

phase_app = typer.Typer(help="Phases of a case, from day to day.", no_args_is_help=True)

Key = Annotated[str, typer.Argument(help="Key of the case.")]
Number = Annotated[int, typer.Argument(min=1, help="Number of the phase, as willay case show lists it.")]


@phase_app.command("add")
def phase_add(
    key: Key,
    *,
    first: Annotated[str, typer.Option("--from", help="First day (inclusive), month or year.")],
    last: Annotated[str | None, typer.Option("--to", help="Last day (inclusive), month or year.")] = None,
    title: Annotated[str | None, typer.Option(help="Title: name of the phase.")] = None,
    phase: Annotated[
        str | None, typer.Option("--phase", help="Phase: early, escalation, crisis, de-escalation or dialogue.")
    ] = None,
    state: Annotated[
        str | None, typer.Option("--state", help="State: active, latent, under-observation, resolved or dropped.")
    ] = None,
    note: Annotated[str | None, typer.Option("--note", help="Note on the phase, for readers.")] = None,
    sources: Annotated[list[str] | None, typer.Option("--source", help="Source: key. Repeatable.")] = None,
    base: BaseRevision = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Add a phase to a case. Phases are listed in the order of their first days."""
    from willay.events.model.phases import with_phase

    named = sources or []
    given = {
        "from_day": first, "until_day": last, "title": title, "phase": phase, "state": state, "note": note,
        "source": named[0] if named else None, "sources": named[1:] or None,
    }  # fmt: skip
    fields = {name: value for name, value in given.items() if value is not None}
    _change(key, lambda case: with_phase(case, fields), (base, author, reason or "phase added"), db)


@phase_app.command("edit")
def phase_edit(
    key: Key,
    number: Number,
    changes: Changes,
    *,
    base: BaseRevision = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Change fields of a phase, such as until_day=2012-08. An empty value removes the field."""
    from willay.events.model.entry import read_changes
    from willay.events.model.phases import with_changed_phase

    changed = {name: None if value == "" else value for name, value in read_changes(changes).items()}
    _change(key, lambda case: with_changed_phase(case, number, changed), (base, author, reason), db)


@phase_app.command("remove")
def phase_remove(
    key: Key,
    number: Number,
    *,
    base: BaseRevision = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Remove a phase from a case. It remains in the history."""
    from willay.events.model.phases import without_phase

    _change(key, lambda case: without_phase(case, number), (base, author, reason), db)


def _change(key: str, change: Change, how: tuple[int | None, str | None, str | None], db: Path) -> None:
    """Change the list of phases of a case, and report what changed.

    Args:
        key: The key of the case.
        change: Makes the new list of the case.
        how: The options `--base-revision`, `--author` and `--reason`.
        db: The database.
    """
    base, author, reason = how
    with open_store(db) as store:
        phases = change(store.registers.case(key))
        seen = seen_revision(store, ("case", key), base)
        why = given_or_asked(reason, "Why this change?")
        revised = store.registers.edit(
            "case", key, {"phases": phases or None}, author=who(author), reason=why, base_revision=seen
        )
    if not revised.changes:
        say(unchanged(revised))
        return
    say(f"{key}: {'; '.join(revised.changes)}. See: {hint('case', 'show', key, db=db)}")
