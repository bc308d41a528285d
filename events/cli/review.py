"""Commands of the review: the queue, the steps from draft to publication, and comparing and restoring revisions."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from willay.events.cli.change import unchanged
from willay.events.cli.groups import with_default
from willay.events.cli.hints import hint
from willay.events.cli.listing import Column, put_rows
from willay.events.cli.options import (
    DEFAULT_DB,
    Author,
    BaseRevision,
    Code,
    DbFile,
    Format,
    Lang,
    Language,
    Reason,
    Style,
    Wide,
    clock,
    open_store,
    who,
    with_query,
)
from willay.events.cli.outward import SeenBy, say_profile, say_record, seen_by
from willay.events.cli.talk import given_or_asked, many, put, put_json, say

if TYPE_CHECKING:
    from collections.abc import Iterator
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
    wide: Wide = False,
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
    columns = {
        "code": Column("Code"),
        "status": Column("Status", 1),
        "waits": Column("Waits", 2),
        "title": Column("What", least=20),
        "author": Column("Last change by", 4, least=8),
        "assigned_to": Column("For", 3, least=8),
        "comment": Column("Comment", 5, least=12),
    }
    put_rows(rows, columns, style.value, wide=wide)
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
    headings = {
        "code": Column("Code"),
        "status": Column("Status"),
        "first_day": Column("Day", 1),
        "title": Column("What", least=20),
    }
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
    codes: Codes,
    *,
    to: To = None,
    comment: Comment = "",
    base: BaseRevision = None,
    author: Author = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Hand drafts or leads in for review: all that are named, or none."""
    _step(codes, "submit", comment=comment, to=to, base=base, author=author, db=db)


@review_app.command()
def accept(
    codes: Codes,
    *,
    to: To = None,
    comment: Comment = "",
    base: BaseRevision = None,
    author: Author = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Make drafts of leads: somebody has looked, and it is worth recording. All that are named, or none."""
    _step(codes, "accept", comment=comment, to=to, base=base, author=author, db=db)


@review_app.command()
def approve(
    codes: Codes, *, comment: Comment = "", base: BaseRevision = None, author: Author = None, db: DbFile = DEFAULT_DB
) -> None:
    """Publish what is in review, all that are named or none; not what you wrote, unless one person keeps it all."""
    _step(codes, "approve", comment=comment, to=None, base=base, author=author, db=db)


@review_app.command("return")
def send_back(
    codes: Codes,
    *,
    comment: Comment = "",
    to: To = None,
    base: BaseRevision = None,
    author: Author = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Give incidents back to be corrected, all that are named or none, with a comment that says what."""
    said = given_or_asked(comment, "What should be corrected?")
    _step(codes, "return", comment=said, to=to, base=base, author=author, db=db)


@review_app.command()
def reopen(
    codes: Codes,
    *,
    comment: Comment = "",
    to: To = None,
    base: BaseRevision = None,
    author: Author = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Take published or retracted incidents back into review, all that are named or none, and say why."""
    said = given_or_asked(comment, "Why is it looked at again?")
    _step(codes, "reopen", comment=said, to=to, base=base, author=author, db=db)


@review_app.command()
def assign(
    codes: Codes,
    *,
    to: Annotated[str, typer.Option("--to", help="Who is to look at it; '' asks nobody.")],
    comment: Comment = "",
    base: BaseRevision = None,
    author: Author = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Ask somebody to look at incidents: at all that are named, or none."""
    name, bases = who(author), _bases(codes, base)
    with open_store(db) as store, _all_or_none(codes):
        done = store.assign_together(codes, to or None, author=name, comment=comment, bases=bases)
    for revised in done:
        told = f"{revised.code}: " + (f"for {to}." if to else "for nobody in particular.")
        say(told if revised.changes else unchanged(revised))


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
            put(store.review_rule)
            return
        why = given_or_asked(reason, "Why this rule?")
        changed = store.set_review_rule(_rule(which), author=who(author), reason=why)
    say(f"{db}: from now on, {which}." if changed else f"{db}: nothing changed; the rule was {which} already.")


def _rule(text: str) -> Rule:
    from willay.events.store.reviewing import ONE_PERSON, TWO_PEOPLE

    for known in (TWO_PEOPLE, ONE_PERSON):
        if text == known:
            return known
    raise typer.BadParameter(f"{text[:80]!r} is no rule; choose {TWO_PEOPLE} or {ONE_PERSON}.")


def _step(
    codes: list[str], step: Step, *, comment: str, to: str | None, base: int | None, author: str | None, db: DbFile
) -> None:
    name, bases = who(author), _bases(codes, base)
    with open_store(db) as store, _all_or_none(codes):
        done = store.review_together(codes, step, author=name, comment=comment, assign_to=to, bases=bases)
    for revised in done:
        say(f"{revised.code}: {'; '.join(revised.changes)}.")


def _bases(codes: list[str], base: int | None) -> dict[str, int]:
    """Return the revision that was looked at, by code; only one incident can have it."""
    if base is not None and len(codes) > 1:
        raise typer.BadParameter(
            "it is a revision of one incident: name one code with it.", param_hint="--base-revision"
        )
    return {} if base is None else {codes[0]: base}


@contextmanager
def _all_or_none(codes: list[str]) -> Iterator[None]:
    """Say of several incidents that none was changed, where one cannot be."""
    from willay.events.errors import EventsError

    try:
        yield
    except EventsError:
        if len(codes) > 1:
            say(f"None of the {len(codes)} was changed, because of one of them:")
        raise


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
        put(str(one))
    if not told.differences:
        say("They say the same.")


def revert(
    code: Code,
    *,
    to: Annotated[int, typer.Option("--to", help="Number of the revision to go back to, from willay history.")],
    base: BaseRevision = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Make an incident again what it was; nothing is lost, the way back is a new revision."""
    with open_store(db) as store:
        seen = store.latest_revision("incident", code) if base is None else base
        why = given_or_asked(reason, "Why go back?")
        revised = store.revert(code, to, author=who(author), reason=why, base_revision=seen)
    if not revised.changes:
        say(unchanged(revised))
        return
    changes = "; ".join(revised.changes)
    say(f"{revised.code} is as in revision {to} again ({changes}). See: {hint('diff', revised.code, db=db)}")
