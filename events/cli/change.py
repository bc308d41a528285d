"""Commands that change an incident: edit, retract, claim add."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from willay.events.cli.options import DEFAULT_DB, Author, BaseRevision, Code, DbFile, Reason, open_store, who
from willay.events.cli.talk import many, on_terminal, say

if TYPE_CHECKING:
    from willay.events.store import Revised

claim_app = typer.Typer(help="Claims: what one source says.", no_args_is_help=True)

_EDITABLE = "title, summary, type, days, date_precision, status, confidence, part_of, tags, cases, notes, …"


def edit(
    code: Code,
    changes: Annotated[
        list[str], typer.Option("--set", help=f"FIELD=VALUE ({_EDITABLE}); VALUE as YAML. May be repeated.")
    ],
    *,
    base: BaseRevision = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Change fields of an incident; the old state stays in its history."""
    from willay.events.entry import read_changes

    fields = read_changes(changes)
    with open_store(db) as store:
        seen = store.latest_revision("incident", code) if base is None else base
        why = _why(reason, "Why this change?")
        revised = store.edit(code, fields, author=who(author), reason=why, base_revision=seen)
    if not revised.changes:
        say(unchanged(revised))
        return
    say(f"{revised.code} changed: {', '.join(fields)}; revision {revised.number}. See: willay history {revised.code}")
    tell_of_review(revised)


def unchanged(revised: Revised) -> str:
    """Say that a change would change nothing."""
    return f"{revised.code}: nothing changed, and nothing was recorded; it is as in revision {revised.number}."


def tell_of_review(revised: Revised) -> None:
    """Say that a change sent a published incident back to review."""
    if "status: published → in-review" in revised.changes:
        say(f"It was published; a second person should look again: willay review approve {revised.code}")


def retract(
    code: Code,
    *,
    base: BaseRevision = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Withdraw an incident: it leaves maps and lists, and stays in the record."""
    with open_store(db) as store:
        seen = store.latest_revision("incident", code) if base is None else base
        why = _why(reason, "Why is it withdrawn?")
        revised = store.retract(code, author=who(author), reason=why, base_revision=seen)
    if not revised.changes:
        say(unchanged(revised))
        return
    say(f"{revised.code} retracted; revision {revised.number}. It is still there: willay show {revised.code}")


@claim_app.command("add")
def claim_add(
    code: Code,
    claims: Annotated[
        list[str], typer.Argument(help="MEASURE[:GROUP]=COUNT, such as killed=3 or abducted:workers=25-30.")
    ],
    *,
    source: Annotated[str, typer.Option("--source", "-s", help="Who says so: web address, title, or source key.")],
    kind: Annotated[str | None, typer.Option("--source-kind", help="Kind of a new source, such as press.")] = None,
    published: Annotated[str | None, typer.Option("--published", help="Date of a new source.")] = None,
    said_by: Annotated[str | None, typer.Option("--said-by", help="Whom the source quotes.")] = None,
    said_by_kind: Annotated[str | None, typer.Option("--said-by-kind", help="Kind of that voice.")] = None,
    stated: Annotated[str | None, typer.Option("--stated", help="The day it was said.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="What a reader should know of the number.")] = None,
    scope: Annotated[str | None, typer.Option("--scope", help="Which part of the incident it is about.")] = None,
    pin: Annotated[str | None, typer.Option("--pin", help="Hold to this claim, for the reason given.")] = None,
    base: BaseRevision = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Add what a source says of an incident, beside what the others say."""
    from willay.events.drafts import ClaimDraft, draft
    from willay.events.entry import read_claim, read_source

    extra = {"attributed_to": said_by, "attributed_kind": said_by_kind, "stated_on": stated, "note": note}
    extra |= {"scope": scope, "pinned": pin}
    with open_store(db) as store:
        key, new = read_source(source, store.source_keys(), kind=kind, published_on=published)
        said = [
            draft(ClaimDraft, read_claim(text, key) | {k: v for k, v in extra.items() if v is not None}, "claim")
            for text in claims
        ]
        sources = [new] if new else []
        revised = store.add_claims(
            code, said, sources, author=who(author), reason=reason or f"claim by {key}", base_revision=base
        )
    if not revised.changes:
        say(unchanged(revised))
        return
    added = many(len(said), "claim")
    say(f"{revised.code}: {added} by {key} added; revision {revised.number}. See: willay show {revised.code}")


def _why(reason: str | None, question: str) -> str:
    """Return the reason given, or ask for one.

    Raises:
        RefusedError: Nobody can be asked.
    """
    from willay.events.errors import RefusedError

    if reason:
        return reason
    if not on_terminal():
        raise RefusedError("A change needs a reason, which stays in the history. Give one: --reason TEXT.")
    return str(typer.prompt(question, err=True))
