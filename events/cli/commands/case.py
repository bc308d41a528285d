"""`willay case`: the cases of a database, which are its long conflicts."""

from __future__ import annotations

from typing import Annotated

import typer

from willay.events.cli.entries import WHOLE, Changes, add_entry, draft_rows, edit_entry, read_registers
from willay.events.cli.former_options import renamed
from willay.events.cli.hints import hint
from willay.events.cli.listing import DAYS_LEAST, Column, put_rows
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
)
from willay.events.cli.output import put, put_json, say
from willay.events.cli.outward import SeenBy, say_profile, seen_by

case_app = typer.Typer(help="Cases: long-lived conflicts that incidents belong to.", no_args_is_help=True)


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
    (_, _, cases), revisions = read_registers(db, "case", seen, as_of)
    with open_store(db) as store:
        counts = store.registers.case_counts(None if seen.shows_all else seen)
    listed = draft_rows(cases, lang.value, whole=style.value in WHOLE, revisions=revisions)
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


@case_app.command("add", cls=renamed({"--type": "--case-type"}))
def case_add(
    key: Annotated[str, typer.Argument(help="Key by which incidents refer to the case, such as conga.")],
    *,
    title: Annotated[str, typer.Option(help="Title: name of the conflict.")],
    kind: Annotated[str, typer.Option("--case-type", help="Type of case: socio-environmental, armed-conflict, …")],
    from_day: Annotated[str | None, typer.Option("--from", help="First day (inclusive), month or year.")] = None,
    until_day: Annotated[str | None, typer.Option("--to", help="Last day (inclusive), month or year.")] = None,
    summary: Annotated[str | None, typer.Option(help="Summary, in a few sentences.")] = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Add a case."""
    given = {"key": key, "title": title, "type": kind, "from_day": from_day, "until_day": until_day, "summary": summary}
    if add_entry("case", given, author=author, reason=reason, db=db):
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
    """Show a case: what it is, its phases, its sources and its incidents."""
    from willay.events.cli.card import listed
    from willay.events.cli.case_lines import case_lines
    from willay.events.frame.query import IncidentQuery

    seen = seen_by(profile, "json" if json_ else "table")
    shown = None if seen.shows_all else seen
    with open_store(db) as store:
        case = store.registers.case(key, moment(as_of), profile=shown)
        query = IncidentQuery(cases=(case.key,), as_of=moment(as_of))
        cells, _ = store.read.first(query, lang=lang.value, profile=seen)
        sources, _, _ = store.registers.shown(shown, moment(as_of))
    if shown is not None:
        say_profile(cells.origin)
    rows = listed(cells, lang.value, whole=json_)
    if json_:
        put_json({**case.model_dump(mode="json", exclude_none=True), "incidents": rows})
        return
    cited = {source.key: source.model_dump(mode="json", exclude_none=True) for source in sources}
    for line in case_lines(case, cited, lang.value):
        put(line)
    columns = {
        "code": Column("Code"),
        "days": Column("Days", 1, least=DAYS_LEAST),
        "place_name": Column("Place", 3, least=8),
        "killed": Column("Killed", 2),
        "title": Column("Title", least=20),
    }
    put(f"Incidents: {len(rows)}")
    put_rows(rows, columns, "table", wide=wide)


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
    edit_entry(("case", key), changes, base, author=author, reason=reason, db=db)
