"""Commands for what incidents refer to: sources, cases, actors, indicators."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from willay.events.cli.hints import hint
from willay.events.cli.listing import Column, put_rows
from willay.events.cli.options import (
    DEFAULT_DB,
    AsJson,
    AsOf,
    Author,
    BaseRevision,
    DbFile,
    Format,
    Lang,
    Language,
    Reason,
    Style,
    Wide,
    moment,
    open_store,
    who,
)
from willay.events.cli.outward import SeenBy, say_profile, seen_by
from willay.events.cli.talk import given_or_asked, many, put_json, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from willay.data.profiles import Profile
    from willay.events.model.drafts import ActorDraft, CaseDraft, Draft, SourceDraft

source_app = typer.Typer(help="Sources: citable documents.", no_args_is_help=True)
case_app = typer.Typer(help="Cases: long-lived conflicts that incidents belong to.", no_args_is_help=True)
actor_app = typer.Typer(help="Actors: organisations and groups, with their names.", no_args_is_help=True)
indicator_app = typer.Typer(help="Indicators: measured variables by area and year.", no_args_is_help=True)


def _rows(
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


def _registers(
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


@source_app.command("list")
def source_list(
    *,
    as_of: AsOf = None,
    profile: SeenBy = None,
    style: Format = Style.table,
    wide: Wide = False,
    lang: Language = Lang.en,
    db: DbFile = DEFAULT_DB,
) -> None:
    """List the sources."""
    (sources, _, _), revisions = _registers(db, "source", seen_by(profile, style.value), as_of)
    columns = {
        "key": Column("Key", least=24),
        "kind": Column("Kind", 2),
        "publisher": Column("Publisher", 3, least=12),
        "title": Column("Title", least=16),
        "published_on": Column("Dated", 1),
        "url": Column("Address", 4, least=16),
    }
    rows = _rows(sources, lang.value, whole=style is Style.json, revisions=revisions)
    put_rows(rows, columns, style.value, wide=wide)
    say(many(len(sources), "source"))


@source_app.command("add")
def source_add(
    key: Annotated[str, typer.Argument(help="Key by which claims cite the source, such as reuters-2012-04-15.")],
    *,
    kind: Annotated[str, typer.Option(help="Kind of source: press, ombudsman, court, …")],
    publisher: Annotated[str | None, typer.Option(help="Publisher.")] = None,
    title: Annotated[str | None, typer.Option(help="Title.")] = None,
    published: Annotated[str | None, typer.Option(help="Date: day, month or year.")] = None,
    url: Annotated[str | None, typer.Option(help="Web address.")] = None,
    archive_url: Annotated[str | None, typer.Option(help="Web address of an archived copy.")] = None,
    language: Annotated[str | None, typer.Option(help="Language, such as es.")] = None,
    licence: Annotated[str | None, typer.Option(help="Licence: SPDX identifier or text.")] = None,
    reliability: Annotated[str | None, typer.Option(help="Reliability: A to F.")] = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Add a source."""
    from willay.events.model.drafts import Bundle, SourceDraft, draft

    given = {
        "key": key, "kind": kind, "publisher": publisher, "title": title, "published_on": published, "url": url,
        "archive_url": archive_url, "language": language, "licence": licence, "reliability": reliability,
    }  # fmt: skip
    source = draft(SourceDraft, {name: value for name, value in given.items() if value is not None}, "source")
    with open_store(db) as store:
        added = store.write.add(Bundle(sources=(source,)), author=who(author), reason=reason or "added")
    if not added.anything:
        say(f"{key}: no changes; nothing was recorded: the database already has this source, in the same words.")
        return
    say(f"Source {key} added. To cite it: {hint('claim', 'add', 'CODE', 'killed=3', '--source', key, db=db)}")


@case_app.command("list")
def case_list(
    *,
    as_of: AsOf = None,
    profile: SeenBy = None,
    style: Format = Style.table,
    wide: Wide = False,
    lang: Language = Lang.en,
    db: DbFile = DEFAULT_DB,
) -> None:
    """List the cases, each with its number of incidents."""
    seen = seen_by(profile, style.value)
    (_, _, cases), revisions = _registers(db, "case", seen, as_of)
    with open_store(db) as store:
        counts = store.registers.case_counts(None if seen.shows_all else seen)
    listed = _rows(cases, lang.value, whole=style is Style.json, revisions=revisions)
    rows = [{**row, "incidents": counts.get(row["key"], 0)} for row in listed]
    columns = {
        "key": Column("Key", least=20),
        "type": Column("Type", 3, least=12),
        "from_day": Column("From", 1),
        "until_day": Column("Until", 2),
        "incidents": Column("Incidents", 4),
        "title": Column("Title", least=16),
    }
    put_rows(rows, columns, style.value, wide=wide)


@case_app.command("add")
def case_add(
    key: Annotated[str, typer.Argument(help="Key by which incidents refer to the case, such as conga.")],
    *,
    title: Annotated[str, typer.Option(help="Name of the conflict.")],
    kind: Annotated[str, typer.Option("--type", help="Type of case: socio-environmental, armed-conflict, …")],
    from_day: Annotated[str | None, typer.Option("--from", help="Start: day, month or year.")] = None,
    until_day: Annotated[str | None, typer.Option("--to", help="End: day, month or year.")] = None,
    summary: Annotated[str | None, typer.Option(help="Summary, in a few sentences.")] = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Add a case."""
    from willay.events.model.drafts import Bundle, CaseDraft, draft

    given = {"key": key, "title": title, "type": kind, "from_day": from_day, "until_day": until_day, "summary": summary}
    case = draft(CaseDraft, {name: value for name, value in given.items() if value is not None}, "case")
    with open_store(db) as store:
        added = store.write.add(Bundle(cases=(case,)), author=who(author), reason=reason or "added")
    if not added.anything:
        say(f"{key}: no changes; nothing was recorded: the database already has this case, in the same words.")
        return
    say(f"Case {key} added. To add an incident to it: {hint('edit', 'CODE', '--set', f'cases=[{key}]', db=db)}")


@case_app.command("show")
def case_show(
    key: Annotated[str, typer.Argument(help="Key of the case.")],
    *,
    json_: AsJson = False,
    as_of: AsOf = None,
    profile: SeenBy = None,
    wide: Wide = False,
    lang: Language = Lang.en,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Show a case: its phases and its incidents."""
    from willay.events.cli.card import listed
    from willay.events.cli.look import DAYS_LEAST
    from willay.events.frame.query import IncidentQuery
    from willay.events.model.values import local

    seen = seen_by(profile, "json" if json_ else "table")
    with open_store(db) as store:
        case = store.registers.case(key, moment(as_of), profile=None if seen.shows_all else seen)
        query = IncidentQuery(cases=(case.key,), as_of=moment(as_of))
        cells, _ = store.read.first(query, lang=lang.value, profile=seen)
    if not seen.shows_all:
        say_profile(cells.origin)
    rows = listed(cells, lang.value, whole=json_)
    if json_:
        put_json({**case.model_dump(mode="json", exclude_none=True), "incidents": rows})
        return
    say(f"{local(case.title, lang.value)} [{case.key}] · {case.type} · {case.from_day or '?'} – {case.until_day or ''}")
    if case.summary:
        say(local(case.summary, lang.value))
    for phase in case.phases:
        words = " · ".join(part for part in (phase.state, phase.phase, local(phase.note, lang.value)) if part)
        say(f"  from {phase.from_day}: {words}")
    columns = {
        "code": Column("Code"),
        "days": Column("Days", 1, least=DAYS_LEAST),
        "place_name": Column("Place", 3, least=8),
        "killed": Column("Killed", 2),
        "title": Column("Title", least=20),
    }
    put_rows(rows, columns, "table", wide=wide)


@actor_app.command("list")
def actor_list(
    *,
    as_of: AsOf = None,
    profile: SeenBy = None,
    style: Format = Style.table,
    wide: Wide = False,
    lang: Language = Lang.en,
    db: DbFile = DEFAULT_DB,
) -> None:
    """List the actors with all their names."""
    (_, actors, _), revisions = _registers(db, "actor", seen_by(profile, style.value), as_of)
    columns = {
        "key": Column("Key", least=20),
        "name": Column("Name", least=16),
        "kind": Column("Kind", 1),
        "part_of": Column("Part of", 2, least=10),
        "aliases": Column("Other names", 3, least=16),
    }
    rows = _rows(actors, lang.value, whole=style is Style.json, revisions=revisions)
    put_rows(rows, columns, style.value, wide=wide)


@indicator_app.command("list")
def indicator_list(
    *,
    profile: SeenBy = None,
    style: Format = Style.table,
    wide: Wide = False,
    lang: Language = Lang.en,
    db: DbFile = DEFAULT_DB,
) -> None:
    """List the indicators; values on which sources disagree are listed side by side."""
    seen = seen_by(profile, style.value)
    with open_store(db) as store:
        indicators = store.registers.indicators(seen)
    if not seen.shows_all:
        say(f"Profile {seen}.")
    columns = {
        "name": Column("Indicator", least=20),
        "area": Column("Area", 1, least=8),
        "year": Column("Year"),
        "value": Column("Value"),
        "unit": Column("Unit", 2, least=8),
        "by": Column("By", 3, least=12),
        "source": Column("Source", 4, least=12),
    }
    put_rows(_rows(indicators, lang.value, whole=style is Style.json), columns, style.value, wide=wide)


Changes = Annotated[
    list[str],
    typer.Option("--set", help="FIELD=VALUE, such as sensitivity=confidential; VALUE as YAML. Repeatable."),
]


@source_app.command("edit")
def source_edit(
    key: str,
    changes: Changes,
    *,
    base: BaseRevision = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Change fields of a source. The earlier state remains in the history."""
    _edit(("source", key), changes, base, author=author, reason=reason, db=db)


@actor_app.command("edit")
def actor_edit(
    key: str,
    changes: Changes,
    *,
    base: BaseRevision = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Change fields of an actor. The earlier state remains in the history."""
    _edit(("actor", key), changes, base, author=author, reason=reason, db=db)


@case_app.command("edit")
def case_edit(
    key: str,
    changes: Changes,
    *,
    base: BaseRevision = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Change fields of a case. The earlier state remains in the history."""
    _edit(("case", key), changes, base, author=author, reason=reason, db=db)


def _edit(
    subject: tuple[str, str],
    changes: list[str],
    base: int | None,
    *,
    author: str | None,
    reason: str | None,
    db: DbFile,
) -> None:
    from willay.events.cli.change import unchanged
    from willay.events.model.entry import read_changes

    fields = read_changes(changes)
    with open_store(db) as store:
        seen = store.read.latest_revision(*subject) if base is None else base
        why = given_or_asked(reason, "Why this change?")
        revised = store.registers.edit(*subject, fields, author=who(author), reason=why, base_revision=seen)
    say(f"{revised.code}: {'; '.join(revised.changes)}." if revised.changes else unchanged(revised))
