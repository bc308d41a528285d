"""Commands of the review: the queue, the steps from draft to publication, and comparing and restoring revisions."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from willay.events.cli.groups import with_default
from willay.events.cli.options import (
    DEFAULT_DB,
    Author,
    Code,
    DbFile,
    Format,
    Lang,
    Language,
    Reason,
    Style,
    clock,
    open_store,
    who,
    with_query,
)
from willay.events.cli.outward import SeenBy, say_profile, say_record, seen_by
from willay.events.cli.talk import many, on_terminal, put_json, put_rows, say

if TYPE_CHECKING:
    from pathlib import Path

    from willay.data.profiles import Profile
    from willay.events.query import IncidentQuery
    from willay.events.store.reviewing import Rule, Step

review_app = typer.Typer(
    cls=with_default("list"),
    help="Review: from lead to draft, to review, to publication; a second person approves. Alone: what waits.",
)

Codes = Annotated[list[str], typer.Argument(help="Codes of incidents, such as PE-2009-0001, or their keys.")]
Comment = Annotated[str, typer.Option("--comment", "-m", help="What the others should know; it stays in the history.")]
To = Annotated[str | None, typer.Option("--to", help="Who is to look at it next.")]


@review_app.command("list")
@with_query
def queue(
    query: IncidentQuery,
    *,
    assigned_to: Annotated[
        str | None, typer.Option("--assigned-to", help="Only those this person is to look at.")
    ] = None,
    profile: SeenBy = None,
    lang: Language = Lang.en,
    style: Format = Style.table,
    db: DbFile = DEFAULT_DB,
) -> None:
    """List what waits for somebody, the longest waiting first: leads, drafts, and what is in review."""
    from willay.events.values import local

    seen = seen_by(profile, style.value)
    if not seen.shows_all:
        _list_outward(query, assigned_to, seen, lang.value, style.value, db=db)
        return
    now = clock()
    with open_store(db) as store:
        waiting = store.queue(query, assigned_to)
    rows = [
        {
            "code": one.code,
            "status": one.status,
            "day": one.first_day,
            "title": local(one.title, lang.value),
            "author": one.author,
            "action": one.action,
            "comment": one.comment,
            "assigned_to": one.assigned_to,
            "waits": _since(one.since, now),
        }
        for one in waiting
    ]
    headings = {
        "code": "Code", "status": "Status", "waits": "Waits", "title": "What", "author": "Last change by",
        "assigned_to": "For", "comment": "Comment",
    }  # fmt: skip
    put_rows(rows, headings, style.value)
    if not rows:
        say("Nothing waits.")


def _list_outward(
    query: IncidentQuery, assigned_to: str | None, seen: Profile, lang: str, style: str, *, db: Path
) -> None:
    """List what waits as a profile shows it: not who wrote it, when, or who is to look at it."""
    from dataclasses import replace

    from willay.events.errors import RefusedError
    from willay.events.frame import cells
    from willay.events.store.reviewing import WAITING

    if assigned_to is not None:
        raise RefusedError(f"Who is to review an incident is not shown by the profile {seen}: add --profile internal.")
    asked = query if query.statuses else replace(query, statuses=WAITING)
    with open_store(db) as store:
        frame = store.select(asked, lang=lang, details=False, profile=seen)
    headings = {"code": "Code", "status": "Status", "first_day": "Day", "title": "What"}
    columns = [cells(frame, name) for name in headings]
    rows = [dict(zip(headings, row, strict=True)) for row in zip(*columns, strict=True)]
    put_rows(rows, headings, style)
    if not rows:
        say("Nothing waits.")
    say_profile(frame.attrs)


def _since(moment: datetime, now: datetime) -> str:
    days = max(0, (now - moment).days)
    return "today" if days == 0 else many(days, "day")


@review_app.command()
def submit(
    codes: Codes, *, to: To = None, comment: Comment = "", author: Author = None, db: DbFile = DEFAULT_DB
) -> None:
    """Hand drafts or leads in for review."""
    _step(codes, "submit", comment=comment, to=to, author=author, db=db)


@review_app.command()
def accept(
    codes: Codes, *, to: To = None, comment: Comment = "", author: Author = None, db: DbFile = DEFAULT_DB
) -> None:
    """Make drafts of leads: somebody has looked, and it is worth recording."""
    _step(codes, "accept", comment=comment, to=to, author=author, db=db)


@review_app.command()
def approve(codes: Codes, *, comment: Comment = "", author: Author = None, db: DbFile = DEFAULT_DB) -> None:
    """Publish what is in review; not what you wrote yourself, unless the database is kept by one person."""
    _step(codes, "approve", comment=comment, to=None, author=author, db=db)


@review_app.command("return")
def send_back(
    codes: Codes, *, comment: Comment = "", to: To = None, author: Author = None, db: DbFile = DEFAULT_DB
) -> None:
    """Give incidents back to be mended, with a comment that says what."""
    said = _asked(comment, "What should be mended?")
    _step(codes, "return", comment=said, to=to, author=author, db=db)


@review_app.command()
def reopen(
    codes: Codes, *, comment: Comment = "", to: To = None, author: Author = None, db: DbFile = DEFAULT_DB
) -> None:
    """Take published or retracted incidents back into review, with a comment that says why."""
    said = _asked(comment, "Why is it looked at again?")
    _step(codes, "reopen", comment=said, to=to, author=author, db=db)


@review_app.command()
def assign(
    codes: Codes,
    *,
    to: Annotated[str, typer.Option("--to", help="Who is to look at it; '' asks nobody.")],
    comment: Comment = "",
    author: Author = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Ask somebody to look at incidents."""
    name = who(author)
    with open_store(db) as store:
        for code in codes:
            revised = store.assign(code, to or None, author=name, comment=comment)
            say(f"{revised.code}: " + (f"for {to}." if to else "for nobody in particular."))


@review_app.command()
def rule(
    which: Annotated[
        str | None, typer.Argument(help="two-people or one-person; without it, tells which holds.")
    ] = None,
    *,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Say whether a second person must approve what one wrote (two-people, the usual rule) or not (one-person)."""
    with open_store(db) as store:
        if which is None:
            typer.echo(store.review_rule)
            return
        store.set_review_rule(_rule(which), author=who(author), reason=_asked(reason or "", "Why this rule?"))
    say(f"{db}: from now on, {which}.")


def _rule(text: str) -> Rule:
    from willay.events.store.reviewing import ONE_PERSON, TWO_PEOPLE

    for known in (TWO_PEOPLE, ONE_PERSON):
        if text == known:
            return known
    raise typer.BadParameter(f"{text[:80]!r} is no rule; choose {TWO_PEOPLE} or {ONE_PERSON}.")


def _step(codes: list[str], step: Step, *, comment: str, to: str | None, author: str | None, db: DbFile) -> None:
    name = who(author)
    with open_store(db) as store:
        for code in codes:
            revised = store.review(code, step, author=name, comment=comment, assign_to=to)
            say(f"{revised.code}: {'; '.join(revised.changes)}.")


def _asked(text: str, question: str) -> str:
    return text or (typer.prompt(question, err=True) if on_terminal() else "")


def diff(
    code: Code,
    before: Annotated[int | None, typer.Argument(help="Number of a revision, from willay history.")] = None,
    after: Annotated[int | None, typer.Argument(help="Number of a later one; else the last.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Write it as JSON.")] = False,
    lang: Language = Lang.en,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Tell in what two revisions of an incident differ, fields and claims; without numbers, the last two."""
    say_record()
    with open_store(db) as store:
        told = store.diff(code, before, after, lang.value)
    if as_json:
        rows = [
            {"field": one.field, "kind": one.kind, "before": one.before, "after": one.after} for one in told.differences
        ]
        put_json({"code": told.code, "before": told.before, "after": told.after, "differences": rows})
        return
    say(f"{told.code}, revision {told.before} → {told.after}:")
    for one in told.differences:
        typer.echo(str(one))
    if not told.differences:
        say("They say the same.")


def revert(
    code: Code,
    *,
    to: Annotated[int, typer.Option("--to", help="Number of the revision to go back to, from willay history.")],
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Make an incident again what it was; nothing is lost, the way back is a new revision."""
    with open_store(db) as store:
        revised = store.revert(code, to, author=who(author), reason=_asked(reason or "", "Why go back?"))
    changes = "; ".join(revised.changes) or "nothing had changed since"
    say(f"{revised.code} is as in revision {to} again ({changes}). See: willay diff {revised.code}")
