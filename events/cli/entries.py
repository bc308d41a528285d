"""What the commands of sources, actors, cases and indicators share: their rows, and how they are edited."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from willay.events.cli.brief_days import brief_day
from willay.events.cli.omissions import profile_in_words
from willay.events.cli.options import (
    DbFile,
    moment,
    open_store,
    seen_revision,
    who,
)
from willay.events.cli.output import given_or_asked, say
from willay.events.cli.outward import limiting
from willay.events.model.reasons import ADDED, recorded_reason
from willay.geo.translation import language, mark, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from willay.data.profiles import Profile
    from willay.events.model.drafts import ActorDraft, CaseDraft, Draft, SourceDraft
    from willay.events.store import Store


_TEXTS: Final = frozenset({"name", "title", "note", "summary", "description", "text", "unit", "category", "by"})
"""The fields of these with texts by language."""

_NAMELESS: Final = {
    "source": mark("This source"),
    "actor": mark("This actor"),
    "case": mark("This case"),
    "indicator": mark("This indicator"),
}
"""What an entry is called that has no key."""

WHOLE: Final = ("json", "ndjson")
"""Output formats that have documents as they are."""


def cited_in_words(source: Mapping[str, Any]) -> str:
    """Return a source as it is cited: publisher, title, date."""
    from willay.events.model.values import local

    day = brief_day(str(source.get("published_on") or ""))
    publisher = local(source.get("publisher"), language())
    return ", ".join(str(part) for part in (publisher, source.get("title"), day) if part)


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
            name: local(value, lang) if isinstance(value, dict) and name in _TEXTS else value
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
        found = store.registers.shown(limiting(seen), moment(as_of))
        revisions = store.read.latest_revisions(kind) if seen.shows_all and not as_of else {}
    if not seen.shows_all:
        say(
            tr(
                "Profile {profile}: showing only what published incidents refer to. To show everything: --profile "
                "internal",
                profile=profile_in_words(seen),
            )
        )
    return found, revisions


def add_entry(kind: str, given: Mapping[str, Any], *, author: str | None, reason: str | None, db: DbFile) -> str | None:
    """Add a source, actor, case or indicator of the options that were given.

    Returns:
        Its key; None where it was there already, which is reported.
    """
    from willay.events.model.drafts import ActorDraft, Bundle, CaseDraft, IndicatorDraft, SourceDraft, draft

    models: dict[str, type[Draft]] = {
        "source": SourceDraft, "actor": ActorDraft, "case": CaseDraft, "indicator": IndicatorDraft,
    }  # fmt: skip
    fields = {name: value for name, value in given.items() if value not in (None, [], ())}
    made = draft(models[kind], fields, kind)
    with open_store(db) as store:
        added = store.write.add(
            Bundle.model_validate({f"{kind}s": (made,)}), author=who(author), reason=reason or recorded_reason(ADDED)
        )
        if added.anything:
            return given.get("key") or next(str(one.key) for one in reversed(store.registers.indicators()))
    key = given.get("key") or tr(_NAMELESS[kind])
    say(tr("{key}: no changes; nothing was recorded: the database already has it, in the same words.", key=key))
    return None


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
    """Change fields of a source, actor, case or indicator, named by kind and key, and report what changed."""
    from willay.events.model.entry import read_changes

    fields = read_changes(changes)
    revise_entry(subject, lambda _: fields, base, author=author, reason=reason, db=db)


def revise_entry(
    subject: tuple[str, str],
    change: Callable[[Store], Mapping[str, Any]],
    base: int | None,
    *,
    author: str | None,
    reason: str | None,
    db: Path,
    see: str = "",
) -> None:
    """Change a source, actor, case or indicator, named by kind and key, and report what changed.

    Args:
        subject: Its kind and key.
        change: Gives the new values by field, of the open database.
        base: The option `--base-revision`.
        author: The option `--author`.
        reason: The option `--reason`; a person is asked for one that is not given.
        db: The database.
        see: What to say after the changes.
    """
    from willay.events.cli.change_reports import unchanged

    with open_store(db) as store:
        fields = change(store)
        seen = seen_revision(store, subject, base)
        why = given_or_asked(reason, tr("Why this change?"))
        revised = store.registers.edit(*subject, fields, author=who(author), reason=why, base_revision=seen)
    say(
        f"{revised.code}: {'; '.join(revised.changes)}.{f' {see}' if see else ''}"
        if revised.changes
        else unchanged(revised)
    )
