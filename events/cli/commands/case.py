"""`willay case`: the cases of a database, which are its long conflicts, and their phases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from willay.events.cli.entries import WHOLE, Changes, add_entry, draft_rows, edit_entry, read_registers, revise_entry
from willay.events.cli.former_options import renamed
from willay.events.cli.help_pages import App
from willay.events.cli.hints import hint
from willay.events.cli.labels import of_codebook
from willay.events.cli.listing import DAYS_LEAST, ListColumn, put_rows
from willay.events.cli.options import (
    DEFAULT_DB,
    AsJson,
    AsOf,
    Author,
    BaseRevision,
    DbFile,
    Format,
    Language,
    Reason,
    Style,
    Wide,
    moment,
    open_store,
)
from willay.events.cli.output import put, put_json, say
from willay.events.cli.outward import SeenBy, limiting, say_profile, seen_by
from willay.events.model.reasons import PHASE_ADDED, recorded_reason
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from willay.events.model.drafts import CaseDraft

    Change = Callable[[CaseDraft], list[dict[str, Any]]]

case_app = App(help="Cases: long-lived conflicts that incidents belong to.", no_args_is_help=True)


@case_app.command("list")
def case_list(
    *,
    as_of: AsOf = None,
    profile: SeenBy = None,
    style: Format = Style.table,
    wide: Wide = False,
    lang: Language,
    db: DbFile = DEFAULT_DB,
) -> None:
    """List the cases, each with its number of incidents."""
    seen = seen_by(profile, style.value)
    (_, _, cases), revisions = read_registers(db, "case", seen, as_of)
    with open_store(db) as store:
        counts = store.registers.case_counts(limiting(seen))
    listed = draft_rows(cases, lang.value, whole=style.value in WHOLE, revisions=revisions)
    rows = [{**row, "incidents": counts.get(row["key"], 0)} for row in listed]
    columns = {
        "key": ListColumn("Key", least=20),
        "type": ListColumn("Type", 3, least=12, label=of_codebook("case_types")),
        "from_day": ListColumn("From", 1),
        "until_day": ListColumn("Until", 2),
        "incidents": ListColumn("Incidents", 4),
        "title": ListColumn("Title", least=16),
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
        say(
            tr(
                "Case {key} added. To add an incident to it: {see}",
                key=key,
                see=hint("edit", "CODE", "--set", f"cases=[{key}]", db=db),
            )
        )


@case_app.command("show")
def case_show(
    key: Annotated[str, typer.Argument(help="Key of the case.")],
    *,
    json_: AsJson = False,
    as_of: AsOf = None,
    profile: SeenBy = None,
    wide: Wide = False,
    lang: Language,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Show a case: what it is, its phases, its sources and its incidents."""
    from willay.events.cli.card import listed
    from willay.events.cli.case_lines import case_lines
    from willay.events.frame.query import IncidentQuery

    seen = seen_by(profile, "json" if json_ else "table")
    shown = limiting(seen)
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
        "code": ListColumn("Code"),
        "days": ListColumn("Days", 1, least=DAYS_LEAST),
        "place_name": ListColumn("Place", 3, least=8),
        "killed": ListColumn("Killed", 2),
        "title": ListColumn("Title", least=20),
    }
    put(tr("Incidents: {n:,}", n=len(rows)))
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


phase_app = App(help="Phases of a case, from day to day.", no_args_is_help=True)
case_app.add_typer(phase_app, name="phase")

Key = Annotated[str, typer.Argument(help="Key of the case.")]
Number = Annotated[int, typer.Argument(min=1, help="Number of the phase, as willay case show lists it.")]


@phase_app.command("add")
def phase_add(
    key: Key,
    *,
    first: Annotated[str, typer.Option("--from", help="First day (inclusive), month or year.")],
    last: Annotated[str | None, typer.Option("--to", help="Last day (inclusive), month or year.")] = None,
    title: Annotated[str | None, typer.Option(help="Title: name of the phase.")] = None,
    phase: Annotated[
        str | None, typer.Option("--phase", help="Phase: early, escalation, crisis, de-escalation or dialogue.")
    ] = None,
    state: Annotated[
        str | None, typer.Option("--state", help="State: active, latent, under-observation, resolved or dropped.")
    ] = None,
    note: Annotated[str | None, typer.Option("--note", help="Note on the phase, for readers.")] = None,
    sources: Annotated[list[str] | None, typer.Option("--source", help="Source: key. Repeatable.")] = None,
    base: BaseRevision = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Add a phase to a case. Phases are listed in the order of their first days."""
    from willay.events.model.phases import with_phase

    named = sources or []
    given = {
        "from_day": first, "until_day": last, "title": title, "phase": phase, "state": state, "note": note,
        "source": named[0] if named else None, "sources": named[1:] or None,
    }  # fmt: skip
    fields = {name: value for name, value in given.items() if value is not None}
    _change(key, lambda case: with_phase(case, fields), (base, author, reason or recorded_reason(PHASE_ADDED)), db)


@phase_app.command("edit")
def phase_edit(
    key: Key,
    number: Number,
    changes: Changes,
    *,
    base: BaseRevision = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Change fields of a phase, such as until_day=2012-08. An empty value removes the field."""
    from willay.events.model.entry import read_changes
    from willay.events.model.phases import with_changed_phase

    changed = {name: None if value == "" else value for name, value in read_changes(changes).items()}
    _change(key, lambda case: with_changed_phase(case, number, changed), (base, author, reason), db)


@phase_app.command("remove")
def phase_remove(
    key: Key,
    number: Number,
    *,
    base: BaseRevision = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Remove a phase from a case. It remains in the history."""
    from willay.events.model.phases import without_phase

    _change(key, lambda case: without_phase(case, number), (base, author, reason), db)


def _change(key: str, change: Change, how: tuple[int | None, str | None, str | None], db: Path) -> None:
    """Change the list of phases of a case, and report what changed.

    Args:
        key: The key of the case.
        change: Makes the new list of the case.
        how: The options `--base-revision`, `--author` and `--reason`.
        db: The database.
    """
    base, author, reason = how
    revise_entry(
        ("case", key),
        lambda store: {"phases": change(store.registers.case(key)) or None},
        base,
        author=author,
        reason=reason,
        db=db,
        see=tr("See: {see}", see=hint("case", "show", key, db=db)),
    )
