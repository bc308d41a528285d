"""`willay list`: incidents that match a query."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from willay.events.cli.brief_days import brief_moment
from willay.events.cli.filters import with_query
from willay.events.cli.listing import DAYS_LEAST, ListColumn, put_rows, unit_column
from willay.events.cli.options import (
    DEFAULT_DB,
    DbFile,
    Language,
    Policy,
    Wide,
    open_store,
)
from willay.events.cli.output import put_document, say
from willay.events.cli.outward import SeenBy, say_profile, seen_by
from willay.geo.translation import many, tr

if TYPE_CHECKING:
    from collections.abc import Collection

    from willay.data.countries import Country
    from willay.events.frame.query import IncidentQuery


class ListStyle(StrEnum):
    """Output formats for incidents."""

    table = "table"
    json = "json"
    csv = "csv"
    tsv = "tsv"
    ndjson = "ndjson"
    geojson = "geojson"


def _listed(countries: Collection[Country]) -> dict[str, ListColumn]:
    """Return the columns of a table, in the words of the countries of its places."""
    return {
        "code": ListColumn("Code"),
        "days": ListColumn("Days", 1, least=DAYS_LEAST),
        "place_name": ListColumn("Place", 3, least=8),
        "adm1": unit_column(countries, 6, least=8),
        "subtype": ListColumn("Type", 4, least=10),
        "killed": ListColumn("Killed", 2),
        "title": ListColumn("Title", least=20),
        "status": ListColumn("Status", 5),
    }


@with_query
def list_incidents(
    query: IncidentQuery,
    *,
    policy: Policy = None,
    profile: SeenBy = None,
    style: Annotated[ListStyle, typer.Option("--format", "-f", help="Output format.")] = ListStyle.table,
    limit: Annotated[int | None, typer.Option(min=1, help="Maximum number of incidents to list.")] = None,
    wide: Wide = False,
    lang: Language,
    db: DbFile = DEFAULT_DB,
) -> None:
    """List incidents; combine any of the filters."""
    seen = seen_by(profile, style.value)
    with open_store(db) as store:
        cells, number = store.read.first(
            query, limit, policy=policy, lang=lang.value, details=style is ListStyle.json, profile=seen
        )
        own = store.country
    if style is ListStyle.geojson:
        from willay.events.exchange import geojson_text

        put_document(geojson_text(cells))
        if not seen.shows_all:
            say_profile(cells.origin)
        return
    from willay.data.countries import country
    from willay.data.country_packs.facts import packs_in
    from willay.data.unit_words import prevailing
    from willay.events.cli.card import listed

    rows = listed(cells, lang.value, whole=style is not ListStyle.table)
    packs = packs_in(cells.origin)
    columns = _listed([country(code, packs) for code in prevailing(cells.of("country")) or (own,)])
    if style is not ListStyle.table:
        columns = {name: ListColumn(name) for name in (rows[0] if rows else columns)}
    put_rows(rows, columns, style.value, wide=wide)
    told = [many(number, "incident"), tr("the first {n:,} shown", n=len(cells)) if len(cells) < number else ""]
    then = brief_moment(str(query.as_of)) if query.as_of else ""
    told += [query.in_words(), tr("as known at {moment}", moment=then) if then else ""]
    say(" · ".join(part for part in told if part))
    if not seen.shows_all:
        say_profile(cells.origin)
