"""Commands of the review: the queue, the steps from draft to publication, differences, and earlier revisions."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from willay.events.cli.change_reports import unchanged
from willay.events.cli.chosen import Chosen
from willay.events.cli.filters import with_query
from willay.events.cli.former_options import renamed
from willay.events.cli.groups import with_default
from willay.events.cli.help_pages import App
from willay.events.cli.labels import of_codebook
from willay.events.cli.listing import ListColumn, put_rows
from willay.events.cli.omissions import profile_in_words
from willay.events.cli.options import (
    DEFAULT_DB,
    Author,
    BaseRevision,
    DbFile,
    Format,
    Language,
    Reason,
    Style,
    Wide,
    Yes,
    clock,
    open_store,
    who,
)
from willay.events.cli.output import given_or_asked, put, say
from willay.events.cli.outward import SeenBy, say_profile, seen_by
from willay.geo.translation import many, tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from willay.data.profiles import Profile
    from willay.events.frame.query import IncidentQuery
    from willay.events.store.record.review_rules import Rule, Step


review_app = App(
    cls=with_default("list"),
    help="Review: from lead to draft, in-review and published; a second person approves. Without a command: the "
    "review queue.",
)

Codes = Annotated[list[str], typer.Argument(help="Incidents: codes, such as PE-2009-0001, or keys.")]

CodesOrNone = Annotated[
    list[str] | None,
    typer.Argument(help="Incidents: codes, such as PE-2009-0001, or keys. Without any, the filters choose."),
]

Comment = Annotated[
    str, typer.Option("--comment", "-m", help="Comment for the other reviewers, recorded in the history.")
]

To = Annotated[str | None, typer.Option("--reviewer", help="Reviewer: person who should review it next.")]


@review_app.command("list", cls=renamed({"--assigned-to": "--reviewer"}))
@with_query
def queue(
    query: IncidentQuery,
    *,
    assigned_to: Annotated[
        str | None, typer.Option("--reviewer", help="Reviewer: only incidents assigned to this person.")
    ] = None,
    profile: SeenBy = None,
    lang: Language,
    style: Format = Style.table,
    wide: Wide = False,
    db: DbFile = DEFAULT_DB,
) -> None:
    """List the review queue, longest waiting first."""
    from willay.events.model.values import local

    seen = seen_by(profile, style.value)
    if not seen.shows_all:
        _list_outward(query, assigned_to, seen, lang.value, style.value, db=db)
        return
    now = clock()
    with open_store(db) as store:
        waiting = store.review.queue(query, assigned_to)
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
        "code": ListColumn("Code"),
        "status": ListColumn("Status", 1, label=of_codebook("statuses")),
        "waits": ListColumn("Waits", 2),
        "title": ListColumn("What", least=20),
        "author": ListColumn("Last change by", 4, least=8),
        "assigned_to": ListColumn("For", 3, least=8),
        "comment": ListColumn("Comment", 5, least=12),
    }
    put_rows(rows, columns, style.value, wide=wide)
    if not rows:
        say(tr("The review queue is empty."))


def _list_outward(
    query: IncidentQuery, assigned_to: str | None, seen: Profile, lang: str, style: str, *, db: Path
) -> None:
    """List the queue under a profile: without author, time and the person assigned."""
    from dataclasses import replace

    from willay.events.model.errors import RefusedError
    from willay.events.store.record.review_rules import WAITING

    if assigned_to is not None:
        raise RefusedError(
            tr(
                "The profile {profile} does not show who is assigned to an incident. To see it: --profile internal.",
                profile=profile_in_words(seen),
            )
        )
    asked = query if query.statuses else replace(query, statuses=WAITING)
    with open_store(db) as store:
        cells, _ = store.read.first(asked, lang=lang, profile=seen)
    headings = {
        "code": ListColumn("Code"),
        "status": ListColumn("Status", label=of_codebook("statuses")),
        "first_day": ListColumn("Day", 1),
        "title": ListColumn("What", least=20),
    }
    rows = [{name: row[name] for name in headings} for row in cells.rows()]
    put_rows(rows, headings, style)
    if not rows:
        say(tr("The review queue is empty."))
    say_profile(cells.origin)


def _since(moment: datetime, now: datetime) -> str:
    days = max(0, (now - moment).days)
    return tr("today") if days == 0 else many(days, "day")


@review_app.command()
@with_query
def submit(
    query: IncidentQuery,
    codes: CodesOrNone = None,
    *,
    to: To = None,
    comment: Comment = "",
    base: BaseRevision = None,
    yes: Yes = False,
    author: Author = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Submit drafts or leads for review. All of the incidents are changed, or none."""
    chosen = Chosen(codes, query, asks=not yes)
    _step(chosen, "submit", comment=comment, to=to, base=base, author=author, db=db)


@review_app.command()
@with_query
def accept(
    query: IncidentQuery,
    codes: CodesOrNone = None,
    *,
    to: To = None,
    comment: Comment = "",
    base: BaseRevision = None,
    yes: Yes = False,
    author: Author = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Accept leads as drafts, because they are worth recording. All of the incidents are changed, or none."""
    chosen = Chosen(codes, query, asks=not yes)
    _step(chosen, "accept", comment=comment, to=to, base=base, author=author, db=db)


@review_app.command()
@with_query
def approve(
    query: IncidentQuery,
    codes: CodesOrNone = None,
    *,
    comment: Comment = "",
    base: BaseRevision = None,
    yes: Yes = False,
    author: Author = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Publish incidents in review, all or none. Under the two-people rule you cannot approve your own changes."""
    chosen = Chosen(codes, query, asks=not yes)
    _step(chosen, "approve", comment=comment, to=None, base=base, author=author, db=db)


@review_app.command("return", cls=renamed({"--to": "--reviewer"}))
def send_back(
    codes: Codes,
    *,
    comment: Comment = "",
    to: To = None,
    base: BaseRevision = None,
    author: Author = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Return incidents to who wrote them, with a comment; --reviewer names somebody else. All are changed, or none."""
    said = given_or_asked(comment, tr("What should be corrected?"))
    _step(Chosen(codes), "return", comment=said, to=to, base=base, author=author, db=db)


@review_app.command(cls=renamed({"--to": "--reviewer"}))
def reopen(
    codes: Codes,
    *,
    comment: Comment = "",
    to: To = None,
    base: BaseRevision = None,
    author: Author = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Reopen published or retracted incidents for review, with a comment. All are changed, or none."""
    said = given_or_asked(comment, tr("Why is it being reviewed again?"))
    _step(Chosen(codes), "reopen", comment=said, to=to, base=base, author=author, db=db)


@review_app.command(cls=renamed({"--to": "--reviewer"}))
def assign(
    codes: Codes,
    *,
    to: Annotated[
        str, typer.Option("--reviewer", help="Reviewer: person who should review it; '' removes the assignment.")
    ],
    comment: Comment = "",
    base: BaseRevision = None,
    author: Author = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Assign incidents to a reviewer. All of the incidents named are changed, or none."""
    name, bases = who(author), _bases(codes, base)
    with open_store(db) as store, _all_or_none(codes):
        done = store.review.assign_together(codes, to or None, author=name, comment=comment, bases=bases)
    for revised in done:
        done_words = tr("assigned to {to}.", to=to) if to else tr("assigned to nobody.")
        told = f"{revised.code}: {done_words}"
        say(told if revised.changes else unchanged(revised))


@review_app.command()
def rule(
    which: Annotated[
        str | None, typer.Argument(help="two-people or one-person; if omitted, the current rule is shown.")
    ] = None,
    *,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Show or set the review rule. Default: two-people, a second person must approve."""
    with open_store(db) as store:
        if which is None:
            put(store.review.rule)
            return
        why = given_or_asked(reason, tr("Why this rule?"))
        changed = store.review.set_rule(_rule(which), author=who(author), reason=why)
    say(
        tr("{db}: the rule is now {which}.", db=db, which=which)
        if changed
        else tr("{db}: no changes; nothing was recorded: the rule was already {which}.", db=db, which=which)
    )


def _rule(text: str) -> Rule:
    from willay.events.store.record.review_rules import ONE_PERSON, TWO_PEOPLE

    for known in (TWO_PEOPLE, ONE_PERSON):
        if text == known:
            return known
    raise typer.BadParameter(
        tr(
            "{text!r} is not a review rule. Choose {first} or {second}.",
            text=text[:80],
            first=TWO_PEOPLE,
            second=ONE_PERSON,
        )
    )


def _step(
    chosen: Chosen, step: Step, *, comment: str, to: str | None, base: int | None, author: str | None, db: DbFile
) -> None:
    chosen.check()
    _bases(chosen.codes or [], base)
    name = who(author)
    with open_store(db) as store:
        codes = chosen.found(store, step)
        bases = _bases(codes, base)
        if not chosen.is_agreed(codes, step):
            say(tr("Nothing saved."))
            return
        with _all_or_none(codes):
            done = store.review.step_together(codes, step, author=name, comment=comment, assign_to=to, bases=bases)
    for revised in done:
        say(f"{revised.code}: {'; '.join(revised.changes)}.")


def _bases(codes: list[str], base: int | None) -> dict[str, int]:
    """Return the base revision by code; it can be given for one incident only."""
    if base is not None and len(codes) > 1:
        raise typer.BadParameter(tr("applies to one incident only. Give one code."), param_hint="--base-revision")
    return {} if base is None or not codes else {codes[0]: base}


@contextmanager
def _all_or_none(codes: list[str]) -> Iterator[None]:
    """Report that none of several incidents was changed, if one was refused."""
    from willay.events.model.errors import EventsError

    try:
        yield
    except EventsError:
        if len(codes) > 1:
            say(tr("None of the {n} incidents was changed, because one of them was refused:", n=len(codes)))
        raise
