"""Commands for what incidents refer to: sources, cases, actors, indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from willay.events.cli.options import (
    DEFAULT_DB,
    AsJson,
    AsOf,
    Author,
    DbFile,
    Format,
    Lang,
    Language,
    Reason,
    Style,
    clock,
    moment,
    open_store,
    who,
)
from willay.events.cli.outward import SeenBy, say_profile, seen_by
from willay.events.cli.talk import many, put_json, put_rows, say

if TYPE_CHECKING:
    from pathlib import Path

    from willay.data.profiles import Profile
    from willay.events.drafts import ActorDraft, CaseDraft, Draft, SourceDraft

source_app = typer.Typer(help="Sources: citable documents.", no_args_is_help=True)
case_app = typer.Typer(help="Cases: long-lived conflicts that incidents belong to.", no_args_is_help=True)
actor_app = typer.Typer(help="Actors: organisations and groups, with their names.", no_args_is_help=True)
indicator_app = typer.Typer(help="Indicators: measured variables by area and year.", no_args_is_help=True)


def _rows(drafts: tuple[Draft, ...], lang: str, *, whole: bool) -> list[dict[str, Any]]:
    """Return drafts as rows: everything, or with each text in one language."""
    from willay.events.values import local

    rows = [one.model_dump(mode="json", exclude_none=True) for one in drafts]
    if whole:
        return rows
    return [
        {
            name: local(value, lang) if isinstance(value, dict) and name in {"name", "title", "note"} else value
            for name, value in row.items()
        }
        for row in rows
    ]


def _registers(
    db: Path, seen: Profile, as_of: str | None
) -> tuple[tuple[SourceDraft, ...], tuple[ActorDraft, ...], tuple[CaseDraft, ...]]:
    """Return sources, actors and cases as a profile shows them: all there are, or those that it lets be referred to."""
    with open_store(db) as store:
        found = store.registers(None if seen.shows_all else seen, moment(as_of))
    if not seen.shows_all:
        say(f"Profile {seen}: only what published incidents refer to. Everything: --profile internal")
    return found


@source_app.command("list")
def source_list(
    *,
    as_of: AsOf = None,
    profile: SeenBy = None,
    style: Format = Style.table,
    lang: Language = Lang.en,
    db: DbFile = DEFAULT_DB,
) -> None:
    """List the sources."""
    sources, _, _ = _registers(db, seen_by(profile, style.value), as_of)
    columns = {
        "key": "Key",
        "kind": "Kind",
        "publisher": "Publisher",
        "title": "Title",
        "published_on": "Dated",
        "url": "Address",
    }
    put_rows(_rows(sources, lang.value, whole=style is Style.json), columns, style.value)
    say(many(len(sources), "source"))


@source_app.command("add")
def source_add(
    key: Annotated[str, typer.Argument(help="The name that claims cite it by, such as reuters-2012-04-15.")],
    *,
    kind: Annotated[str, typer.Option(help="press, ombudsman, court, …")],
    publisher: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    title: Annotated[str | None, typer.Option(help="Its title.")] = None,
    published: Annotated[str | None, typer.Option(help="Its date: day, month or year.")] = None,
    url: Annotated[str | None, typer.Option(help="Web address.")] = None,
    archive_url: Annotated[str | None, typer.Option(help="Address of an archived copy.")] = None,
    language: Annotated[str | None, typer.Option(help="Language tag, such as es.")] = None,
    licence: Annotated[str | None, typer.Option(help="SPDX id or words.")] = None,
    reliability: Annotated[str | None, typer.Option(help="A to F.")] = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Add a source."""
    from willay.events.drafts import Bundle, SourceDraft, draft

    given = {
        "key": key, "kind": kind, "publisher": publisher, "title": title, "published_on": published, "url": url,
        "archive_url": archive_url, "language": language, "licence": licence, "reliability": reliability,
    }  # fmt: skip
    source = draft(SourceDraft, {name: value for name, value in given.items() if value is not None}, "source")
    with open_store(db) as store:
        store.add(Bundle(sources=(source,)), author=who(author), reason=reason or "added", recorded_at=clock())
    say(f"Source {key} added. Cite it: willay claim add CODE killed=3 --source {key}")


@case_app.command("list")
def case_list(
    *,
    as_of: AsOf = None,
    profile: SeenBy = None,
    style: Format = Style.table,
    lang: Language = Lang.en,
    db: DbFile = DEFAULT_DB,
) -> None:
    """List the cases with how many incidents each has."""
    seen = seen_by(profile, style.value)
    _, _, cases = _registers(db, seen, as_of)
    with open_store(db) as store:
        counts = store.case_counts(None if seen.shows_all else seen)
    rows = [
        {**row, "incidents": counts.get(row["key"], 0)} for row in _rows(cases, lang.value, whole=style is Style.json)
    ]
    columns = {
        "key": "Key",
        "type": "Type",
        "from_day": "From",
        "until_day": "Until",
        "incidents": "Incidents",
        "title": "Title",
    }
    put_rows(rows, columns, style.value)


@case_app.command("add")
def case_add(
    key: Annotated[str, typer.Argument(help="The name that incidents refer to, such as conga.")],
    *,
    title: Annotated[str, typer.Option(help="What the conflict is called.")],
    kind: Annotated[str, typer.Option("--type", help="socio-environmental, armed-conflict, …")],
    from_day: Annotated[str | None, typer.Option("--from", help="Since when.")] = None,
    until_day: Annotated[str | None, typer.Option("--to", help="Until when.")] = None,
    summary: Annotated[str | None, typer.Option(help="A few sentences.")] = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Add a case."""
    from willay.events.drafts import Bundle, CaseDraft, draft

    given = {"key": key, "title": title, "type": kind, "from_day": from_day, "until_day": until_day, "summary": summary}
    case = draft(CaseDraft, {name: value for name, value in given.items() if value is not None}, "case")
    with open_store(db) as store:
        store.add(Bundle(cases=(case,)), author=who(author), reason=reason or "added", recorded_at=clock())
    say(f"Case {key} added. Put an incident in it: willay edit CODE --set 'cases=[{key}]'")


@case_app.command("show")
def case_show(
    key: Annotated[str, typer.Argument(help="The case's key.")],
    *,
    json_: AsJson = False,
    as_of: AsOf = None,
    profile: SeenBy = None,
    lang: Language = Lang.en,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Show a case: its phases and its incidents."""
    from willay.events.cli.card import listed
    from willay.events.query import IncidentQuery
    from willay.events.values import local

    seen = seen_by(profile, "json" if json_ else "table")
    with open_store(db) as store:
        case = store.case(key, moment(as_of), profile=None if seen.shows_all else seen)
        query = IncidentQuery(cases=(case.key,), as_of=moment(as_of))
        frame = store.select(query, lang=lang.value, details=False, profile=seen)
    if not seen.shows_all:
        say_profile(frame.attrs)
    rows = listed(frame, lang.value, whole=json_)
    if json_:
        put_json({**case.model_dump(mode="json", exclude_none=True), "incidents": rows})
        return
    say(f"{local(case.title, lang.value)} [{case.key}] · {case.type} · {case.from_day or '?'} – {case.until_day or ''}")
    if case.summary:
        say(local(case.summary, lang.value))
    for phase in case.phases:
        words = " · ".join(part for part in (phase.state, phase.phase, local(phase.note, lang.value)) if part)
        say(f"  from {phase.from_day}: {words}")
    put_rows(
        rows, {"code": "Code", "days": "Days", "place_name": "Place", "killed": "Killed", "title": "Title"}, "table"
    )


@actor_app.command("list")
def actor_list(
    *,
    as_of: AsOf = None,
    profile: SeenBy = None,
    style: Format = Style.table,
    lang: Language = Lang.en,
    db: DbFile = DEFAULT_DB,
) -> None:
    """List the actors with every name they go by."""
    _, actors, _ = _registers(db, seen_by(profile, style.value), as_of)
    columns = {"key": "Key", "name": "Name", "kind": "Kind", "part_of": "Part of", "aliases": "Also called"}
    put_rows(_rows(actors, lang.value, whole=style is Style.json), columns, style.value)


@indicator_app.command("list")
def indicator_list(
    *,
    profile: SeenBy = None,
    style: Format = Style.table,
    lang: Language = Lang.en,
    db: DbFile = DEFAULT_DB,
) -> None:
    """List the indicators; values that contradict each other stand side by side."""
    seen = seen_by(profile, style.value)
    with open_store(db) as store:
        indicators = store.indicators(seen)
    if not seen.shows_all:
        say(f"Profile {seen}.")
    columns = {
        "name": "Indicator",
        "area": "Area",
        "year": "Year",
        "value": "Value",
        "unit": "Unit",
        "by": "By",
        "source": "Source",
    }
    put_rows(_rows(indicators, lang.value, whole=style is Style.json), columns, style.value)


Changes = Annotated[
    list[str],
    typer.Option("--set", help="FIELD=VALUE, such as sensitivity=confidential; VALUE as YAML. May be repeated."),
]


@source_app.command("edit")
def source_edit(
    key: str, changes: Changes, *, author: Author = None, reason: Reason = None, db: DbFile = DEFAULT_DB
) -> None:
    """Change fields of a source; the old state stays in its history."""
    _edit("source", key, changes, author=author, reason=reason, db=db)


@actor_app.command("edit")
def actor_edit(
    key: str, changes: Changes, *, author: Author = None, reason: Reason = None, db: DbFile = DEFAULT_DB
) -> None:
    """Change fields of an actor; the old state stays in its history."""
    _edit("actor", key, changes, author=author, reason=reason, db=db)


@case_app.command("edit")
def case_edit(
    key: str, changes: Changes, *, author: Author = None, reason: Reason = None, db: DbFile = DEFAULT_DB
) -> None:
    """Change fields of a case; the old state stays in its history."""
    _edit("case", key, changes, author=author, reason=reason, db=db)


def _edit(kind: str, key: str, changes: list[str], *, author: str | None, reason: str | None, db: DbFile) -> None:
    from willay.events.cli.talk import on_terminal
    from willay.events.entry import read_changes

    fields = read_changes(changes)
    why = reason or (typer.prompt("Why this change?", err=True) if on_terminal() else "")
    with open_store(db) as store:
        revised = store.edit_keyed(kind, key, fields, author=who(author), reason=why)
    say(f"{revised.code}: {'; '.join(revised.changes) or 'nothing changed'}.")
