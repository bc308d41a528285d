"""Commands that change an incident: edit, retract, claim add, claim withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from willay.events.cli.hints import hint, option
from willay.events.cli.options import DEFAULT_DB, Author, BaseRevision, Code, DbFile, Reason, open_store, who
from willay.events.cli.talk import given_or_asked, many, on_terminal, say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from willay.events.drafts import ClaimDraft
    from willay.events.entry import Citation
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
    tell_change(revised, db)


def unchanged(revised: Revised) -> str:
    """Say that a change would change nothing."""
    return f"{revised.code}: nothing changed, and nothing was recorded; it is as in revision {revised.number}."


def _tell_notes(revised: Revised) -> None:
    for note in revised.notes:
        say(f"Note: {note}")


def tell_change(revised: Revised, db: Path) -> None:
    """Say what a change changed, if anything, and whether it sent a published incident back to review."""
    if not revised.changes:
        say(unchanged(revised))
        return
    see = hint("history", revised.code, db=db)
    say(f"{revised.code} changed: {'; '.join(revised.changes)}; revision {revised.number}. See: {see}")
    _tell_notes(revised)
    tell_of_review(revised, db)


def tell_of_review(revised: Revised, db: Path) -> None:
    """Say that a change sent a published incident back to review, if it did."""
    if "status: published → in-review" in revised.changes:
        say(f"It was published; a second person should look again: {hint('review', 'approve', revised.code, db=db)}")


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
        see = hint("show", revised.code, db=db)
        say(
            f"{revised.code} was retracted already; nothing changed, and nothing was recorded. It is still there: {see}"
        )
        return
    say(f"{revised.code} retracted; revision {revised.number}. It is still there: {hint('show', revised.code, db=db)}")


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
    supersedes: Annotated[
        list[int] | None,
        typer.Option(help="Number of an earlier claim of this source that it corrects (see show). Repeatable."),
    ] = None,
    adds: Annotated[
        bool, typer.Option("--adds", help="It counts further people: add it to what this source said before.")
    ] = False,
    base: BaseRevision = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Add what a source says of an incident, beside what the others say."""
    from willay.events.drafts import ClaimDraft, draft
    from willay.events.entry import read_claim, read_source

    extra: dict[str, object] = {"attributed_to": said_by, "attributed_kind": said_by_kind, "stated_on": stated}
    extra |= {"note": note, "scope": scope, "pinned": pin, "supersedes": supersedes, "adds": adds or None}
    with open_store(db) as store:
        cited = read_source(source, store.source, kind=kind, published_on=published)
        said = [
            draft(ClaimDraft, read_claim(text, cited.key) | {k: v for k, v in extra.items() if v is not None}, "claim")
            for text in claims
        ]
        sources = [cited.new] if cited.new else []
        name, why = who(author), reason or f"claim by {cited.key}"

        def save(claims: list[ClaimDraft]) -> Revised:
            return store.add_claims(code, claims, sources, author=name, reason=why, base_revision=base)

        revised = _saved(save, said)
    if not revised.changes:
        say(unchanged(revised))
        return
    tell_source(cited)
    added, see = many(len(said), "claim"), hint("show", revised.code, db=db)
    say(f"{revised.code}: {added} by {cited.key} added; revision {revised.number}. See: {see}")


def tell_source(cited: Citation) -> None:
    """Say whether a source is new or was recorded already, and which other one is called the same."""
    if cited.recorded is not None:
        say(f"Source: {cited.key} “{cited.recorded.title or cited.recorded.url or ''}”, recorded already.")
    elif cited.like is not None:
        say(
            f"New source: {cited.key}. {cited.like.key} is called the same; to cite that one: "
            f"{option('--source', cited.like.key)}"
        )
    else:
        say(f"New source: {cited.key}.")


def _saved(save: Callable[[list[ClaimDraft]], Revised], claims: list[ClaimDraft]) -> Revised:
    """Save claims, and ask a person what a second count of a source is.

    Raises:
        UnclearClaimError: Nobody can be asked.
    """
    from willay.events.cli.asking import ask_what_second_is
    from willay.events.errors import UnclearClaimError

    while True:
        try:
            return save(claims)
        except UnclearClaimError as error:
            if not on_terminal():
                raise
            update = {"supersedes": (error.number,)} if ask_what_second_is(error) == "corrects" else {"adds": True}
            claims = [
                claim.model_copy(update=update) if place == error.place else claim for place, claim in enumerate(claims)
            ]


@claim_app.command("withdraw")
def claim_withdraw(
    code: Code,
    number: Annotated[int, typer.Argument(min=1, help="The claim's number, as show has it.")],
    *,
    base: BaseRevision = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Take one claim out of an incident, such as one entered by mistake; it stays in the history."""
    with open_store(db) as store:
        seen = store.latest_revision("incident", code) if base is None else base
        why = _why(reason, "Why is the claim withdrawn?")
        revised = store.withdraw_claim(code, number, author=who(author), reason=why, base_revision=seen)
    say(f"Claim {number} of {revised.code} is withdrawn.")
    tell_change(revised, db)


def _why(reason: str | None, question: str) -> str:
    """Return the reason given, or ask for one.

    Raises:
        RefusedError: Nobody can be asked.
    """
    from willay.events.errors import RefusedError

    if not reason and not on_terminal():
        raise RefusedError("A change needs a reason, which stays in the history. Give one: --reason TEXT.")
    return given_or_asked(reason, question)
