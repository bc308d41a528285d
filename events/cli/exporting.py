"""The command `export`: incidents out of the database, in any format, as a profile lets them leave."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from willay.events.cli.omissions import say_omissions
from willay.events.cli.options import (
    DEFAULT_DB,
    DbFile,
    Force,
    ForOwnUse,
    Lang,
    Language,
    Policy,
    ProfileName,
    open_store,
    with_query,
)
from willay.events.cli.outward import say_how_to_include
from willay.events.cli.talk import many, say

if TYPE_CHECKING:
    from willay.data.profiles import Profile
    from willay.events.query import IncidentQuery
    from willay.events.store import Store


@with_query
def export(
    file: Annotated[Path, typer.Argument(help="The file to write; its ending names the format.")],
    query: IncidentQuery,
    *,
    form: Annotated[
        str | None,
        typer.Option(
            "--format", "-f",
            help="geojson, ndjson, geopackage, flatgeobuf, geoparquet, shapefile, kml, csv, xlsx, hxl, acled or ucdp.",
        ),
    ] = None,
    profile: ProfileName = "public",
    own_use: ForOwnUse = False,
    flat: Annotated[
        bool, typer.Option("--flat", help="Only the columns: no claims, sources or notes. Small and fast.")
    ] = False,
    tables: Annotated[bool, typer.Option("--tables", help="With CSV: claims and sources in tables beside it.")] = False,
    bom: Annotated[bool, typer.Option("--bom", help="With CSV: begin with a mark by which Excel knows UTF-8.")] = False,
    policy: Policy = None,
    lang: Language = Lang.en,
    force: Force = False,
    db: DbFile = DEFAULT_DB,
) -> None:  # fmt: skip
    """Write incidents to a file: GeoJSON, GeoPackage, CSV, Excel, KML and more; never over one that is there."""
    from willay.data.profiles import profile as profile_named
    from willay.events.exchange.outgoing import WritingOptions, format_of, write
    from willay.events.publishing import barred, publishable

    chosen, seen = format_of(file, form), profile_named(profile)
    reads = chosen.reads(tables=tables, flat=flat)
    with open_store(db) as store:
        names = frozenset() if own_use else barred(store.datasets())
        known = _registers(store, query, seen) if reads["drafts"] else None
        options = WritingOptions(lang=lang.value, force=force, own_use=own_use, tables=tables, bom=bom, **(known or {}))
        pages = store.pages(query, policy=policy, lang=lang.value, profile=seen, **reads)
        written = write(publishable(pages, names), file, chosen.name, options)
    say(f"{file}: {many(written.rows, 'incident')}, {chosen.about}; profile {seen}.")
    for other in written.beside:
        say(f"{other} belongs to it.")
    for loss in written.losses:
        say(f"Not in it: {loss}")
    if "for_own_use_only" in written.about:
        say("For your own use only: some of its rows may not be passed on.")
    say_how_to_include(written.about)
    say_omissions(written.about)


def _registers(store: Store, query: IncidentQuery, seen: Profile) -> dict[str, Any]:
    from willay.events.exchange.outgoing import Registers

    return {"registers": Registers.of(*store.registers(seen, query.as_of, query.statuses))}
