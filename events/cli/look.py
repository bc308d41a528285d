"""Commands that read: show, list, history."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

import typer

from willay.events.cli.listing import Column, put_rows
from willay.events.cli.options import (
    DEFAULT_DB,
    AsJson,
    AsOf,
    Code,
    DbFile,
    Format,
    Lang,
    Language,
    Policy,
    Style,
    Wide,
    moment,
    open_store,
    with_query,
)
from willay.events.cli.outward import SeenBy, say_profile, say_record, seen_by
from willay.events.cli.talk import console, many, put_document, put_json, say

if TYPE_CHECKING:
    from willay.events.frame.query import IncidentQuery


class ListStyle(StrEnum):
    """Output formats for incidents."""

    table = "table"
    json = "json"
    csv = "csv"
    geojson = "geojson"


DAYS_LEAST: Final = 11
"""The width that days may be cut to: the first day and …, which says that there are more."""

_LISTED: Final = {
    "code": Column("Code"),
    "days": Column("Days", 1, least=DAYS_LEAST),
    "place_name": Column("Place", 3, least=8),
    "adm1": Column("Department", 6, least=8),
    "subtype": Column("Type", 4, least=10),
    "killed": Column("Killed", 2),
    "title": Column("Title", least=20),
    "status": Column("Status", 5),
}


def show(
    code: Code,
    *,
    as_of: AsOf = None,
    policy: Policy = None,
    profile: SeenBy = None,
    json_: AsJson = False,
    lang: Language = Lang.en,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Show an incident with its claims, figures and sources."""
    from willay.events.cli.attachment import attachment_row
    from willay.events.cli.card import card
    from willay.events.frame.columns import details_of
    from willay.events.frame.query import IncidentQuery
    from willay.events.model.errors import RefusedError

    seen = seen_by(profile, "json" if json_ else "table")
    with open_store(db) as store:
        stored = store.read.draft(code, as_of=moment(as_of))
        statuses = (stored.draft.status,)
        query = IncidentQuery(codes=(stored.code,), statuses=statuses, as_of=moment(as_of))
        cells, _ = store.read.first(query, policy=policy, lang=lang.value, details=True, profile=seen)
        files = store.attachments.of(code, as_of=moment(as_of)) if seen.shows_all else ()
        others = (
            [other for other in store.read.called_elsewhere(code) if other != stored.code] if seen.shows_all else []
        )
    if not len(cells):
        raise RefusedError(
            f"{stored.code} is not shown under its code in the profile {seen}. To see the record itself: --profile "
            f"internal. To see what may be passed on: willay list --profile {seen.name}"
        )
    (row,) = cells.rows()
    if stored.elsewhere and seen.shows_all:
        say(f"Code in a file of another office: {', '.join(stored.elsewhere)}.")
    if others:
        say(f"The incident with code {code} in a file of another office is {', '.join(others)} here.")
    if json_:
        listed = {"attachments": [attachment_row(one) for one in files]} if files else {}
        put_json({**row, "details": details_of(row), **listed})
    else:
        console().print(card(row, lang.value, cells.origin, files))


@with_query
def list_incidents(
    query: IncidentQuery,
    *,
    policy: Policy = None,
    profile: SeenBy = None,
    style: Annotated[ListStyle, typer.Option("--format", "-f", help="Output format.")] = ListStyle.table,
    limit: Annotated[int | None, typer.Option(min=1, help="Maximum number of incidents to list.")] = None,
    wide: Wide = False,
    lang: Language = Lang.en,
    db: DbFile = DEFAULT_DB,
) -> None:
    """List incidents; combine any of the filters."""
    seen = seen_by(profile, style.value)
    with open_store(db) as store:
        cells, number = store.read.first(
            query, limit, policy=policy, lang=lang.value, details=style is ListStyle.json, profile=seen
        )
    if style is ListStyle.geojson:
        from willay.events.exchange import geojson_text

        put_document(geojson_text(cells))
        if not seen.shows_all:
            say_profile(cells.origin)
        return
    from willay.events.cli.card import listed

    rows = listed(cells, lang.value, whole=style is not ListStyle.table)
    columns = _LISTED if style is ListStyle.table else {name: Column(name) for name in (rows[0] if rows else _LISTED)}
    put_rows(rows, columns, style.value, wide=wide)
    told = [many(number, "incident"), f"the first {len(cells)} shown" if len(cells) < number else ""]
    told += [query.words(), f"as known at {query.as_of:%Y-%m-%d %H:%M} UTC" if query.as_of else ""]
    say(" · ".join(part for part in told if part))
    if not seen.shows_all:
        say_profile(cells.origin)


def history(code: Code, *, style: Format = Style.table, wide: Wide = False, db: DbFile = DEFAULT_DB) -> None:
    """List all changes to an incident: who, when, why and what."""
    say_record()
    with open_store(db) as store:
        rows = [
            {
                "number": row.number,
                "recorded_at": f"{row.recorded_at:%Y-%m-%d %H:%M} UTC",
                "author": row.author,
                "action": row.action,
                "reason": row.reason,
                "changes": list(row.changes),
                "digest": row.digest,
            }
            for row in store.read.history(code)
        ]
    columns = {
        "number": Column("No"),
        "recorded_at": Column("When", 2),
        "author": Column("Who", 1, least=8),
        "action": Column("What"),
        "changes": Column("Changed", least=16),
        "reason": Column("Why", 3, least=12),
    }
    put_rows(rows, columns if style is Style.table else {**columns, "digest": Column("Digest")}, style.value, wide=wide)
