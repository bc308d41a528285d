"""What the commands of sources, actors and cases share: their rows, and how they are edited."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from willay.events.cli.options import (
    DbFile,
    moment,
    open_store,
    seen_revision,
    who,
)
from willay.events.cli.output import given_or_asked, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from willay.data.profiles import Profile
    from willay.events.model.drafts import ActorDraft, CaseDraft, Draft, SourceDraft


def draft_rows(
    drafts: tuple[Draft, ...], lang: str, *, whole: bool, revisions: Mapping[str, int] = MappingProxyType({})
) -> list[dict[str, Any]]:
    """Return drafts as rows: everything, with the number of the latest revision, or each text in one language."""
    from willay.events.model.values import local

    rows = [one.model_dump(mode="json", exclude_none=True) for one in drafts]
    if whole:
        return [{**row, "revision": revisions[row["key"]]} if row.get("key") in revisions else row for row in rows]
    return [
        {
            name: local(value, lang) if isinstance(value, dict) and name in {"name", "title", "note"} else value
            for name, value in row.items()
        }
        for row in rows
    ]


def read_registers(
    db: Path, kind: str, seen: Profile, as_of: str | None
) -> tuple[tuple[tuple[SourceDraft, ...], tuple[ActorDraft, ...], tuple[CaseDraft, ...]], dict[str, int]]:
    """Return sources, actors and cases as a profile shows them: all there are, or those that it lets be referred to.

    Besides, the numbers of the latest revisions of one kind, by key, for who sees the record as it is now.
    """
    with open_store(db) as store:
        found = store.registers.shown(None if seen.shows_all else seen, moment(as_of))
        revisions = store.read.latest_revisions(kind) if seen.shows_all and not as_of else {}
    if not seen.shows_all:
        say(f"Profile {seen}: showing only what published incidents refer to. To show everything: --profile internal")
    return found, revisions


def add_entry(
    kind: str, given: Mapping[str, str | None], *, author: str | None, reason: str | None, db: DbFile
) -> bool:
    """Add a source or case of the options that were given; return whether it is new, and say so where it is not."""
    from willay.events.model.drafts import Bundle, CaseDraft, SourceDraft, draft

    models: dict[str, type[Draft]] = {"source": SourceDraft, "case": CaseDraft}
    made = draft(models[kind], {name: value for name, value in given.items() if value is not None}, kind)
    with open_store(db) as store:
        added = store.write.add(
            Bundle.model_validate({f"{kind}s": (made,)}), author=who(author), reason=reason or "added"
        )
    if not added.anything:
        key = given["key"]
        say(f"{key}: no changes; nothing was recorded: the database already has this {kind}, in the same words.")
    return added.anything


Changes = Annotated[
    list[str],
    typer.Option("--set", help="FIELD=VALUE, such as sensitivity=confidential; VALUE as YAML. Repeatable."),
]


def edit_entry(
    subject: tuple[str, str],
    changes: list[str],
    base: int | None,
    *,
    author: str | None,
    reason: str | None,
    db: DbFile,
) -> None:
    """Change fields of a source, actor or case, named by kind and key, and report what changed."""
    from willay.events.cli.change_reports import unchanged
    from willay.events.model.entry import read_changes

    fields = read_changes(changes)
    with open_store(db) as store:
        seen = seen_revision(store, subject, base)
        why = given_or_asked(reason, "Why this change?")
        revised = store.registers.edit(*subject, fields, author=who(author), reason=why, base_revision=seen)
    say(f"{revised.code}: {'; '.join(revised.changes)}." if revised.changes else unchanged(revised))
