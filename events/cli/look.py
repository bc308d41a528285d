"""Commands that read: show, list, history."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

import typer

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
    moment,
    open_store,
    with_query,
)
from willay.events.cli.outward import SeenBy, say_profile, say_record, seen_by
from willay.events.cli.talk import console, many, put_json, put_rows, say

if TYPE_CHECKING:
    from willay.events.query import IncidentQuery


class ListStyle(StrEnum):
    """Ways to write incidents."""

    table = "table"
    json = "json"
    csv = "csv"
    geojson = "geojson"


_LISTED: Final = {
    "code": "Code",
    "days": "Days",
    "place_name": "Place",
    "adm1": "Department",
    "subtype": "Type",
    "killed": "Killed",
    "title": "Title",
    "status": "Status",
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
    """Show an incident: what, when, where, to whom, who says so, and whose figure is shown."""
    from willay.events.cli.card import card
    from willay.events.errors import RefusedError
    from willay.events.frame import details_of, plain
    from willay.events.query import IncidentQuery

    seen = seen_by(profile, "json" if json_ else "table")
    with open_store(db) as store:
        stored = store.draft(code, as_of=moment(as_of))
        statuses = (stored.draft.status,)
        query = IncidentQuery(codes=(stored.code,), statuses=statuses, as_of=moment(as_of))
        frame = store.select(query, policy=policy, lang=lang.value, profile=seen)
    if not len(frame):
        raise RefusedError(
            f"{stored.code} is not shown under its code by the profile {seen}. The record itself: --profile internal. "
            f"What may be passed on of it: willay list --profile {seen.name}"
        )
    row = frame.iloc[0]
    if json_:
        cells = row.drop(["geometry", "details"]).to_dict()
        put_json({**{name: plain(value) for name, value in cells.items()}, "details": details_of(row)})
    else:
        console().print(card(row, lang.value, frame.attrs))


@with_query
def list_incidents(
    query: IncidentQuery,
    *,
    policy: Policy = None,
    profile: SeenBy = None,
    style: Annotated[ListStyle, typer.Option("--format", "-f", help="How to write the list.")] = ListStyle.table,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many.")] = None,
    lang: Language = Lang.en,
    db: DbFile = DEFAULT_DB,
) -> None:
    """List incidents, narrowed by any of the filters."""
    seen = seen_by(profile, style.value)
    with open_store(db) as store:
        frame = store.select(query, policy=policy, lang=lang.value, details=style is ListStyle.json, profile=seen)
    shown = frame if limit is None else frame.head(limit)
    if style is ListStyle.geojson:
        from willay.events.exchange import geojson_text

        typer.echo(geojson_text(shown), nl=False)
        if not seen.shows_all:
            say_profile(frame.attrs)
        return
    from willay.events.cli.card import listed

    rows = listed(shown, lang.value, whole=style is not ListStyle.table)
    columns = _LISTED if style is ListStyle.table else {name: name for name in (rows[0] if rows else _LISTED)}
    put_rows(rows, columns, style.value)
    told = [many(len(frame), "incident"), f"the first {len(shown)} shown" if len(shown) < len(frame) else ""]
    told += [query.words(), f"as known at {query.as_of:%Y-%m-%d %H:%M} UTC" if query.as_of else ""]
    say(" · ".join(part for part in told if part))
    if not seen.shows_all:
        say_profile(frame.attrs)


def history(code: Code, *, style: Format = Style.table, db: DbFile = DEFAULT_DB) -> None:
    """List every change to an incident: who, when, why, and what."""
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
            for row in store.history(code)
        ]
    headings = {
        "number": "No",
        "recorded_at": "When",
        "author": "Who",
        "action": "What",
        "changes": "Changed",
        "reason": "Why",
    }
    put_rows(rows, headings if style is Style.table else {**headings, "digest": "Digest"}, style.value)
