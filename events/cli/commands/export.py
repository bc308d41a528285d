"""The command `export`: write incidents in any format, with the detail that a disclosure profile allows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from willay.events.cli.filters import with_query
from willay.events.cli.omissions import profile_in_words, say_omissions
from willay.events.cli.options import (
    DEFAULT_DB,
    DbFile,
    Force,
    ForOwnUse,
    Language,
    Policy,
    ProfileName,
    open_store,
)
from willay.events.cli.output import say
from willay.events.cli.outward import say_how_to_include
from willay.geo.translation import many, tr

if TYPE_CHECKING:
    from willay.events.frame.query import IncidentQuery


@with_query
def export(
    file: Annotated[Path, typer.Argument(help="Output file; its ending selects the format.")],
    query: IncidentQuery,
    *,
    form: Annotated[
        str | None,
        typer.Option(
            "--format", "-f",
            help="Output format: geojson, ndjson, geopackage, flatgeobuf, geoparquet, shapefile, kml, csv, xlsx, "
                "hxl, acled or ucdp (default: from the ending of the file).",
        ),
    ] = None,
    profile: ProfileName = "public",
    own_use: ForOwnUse = False,
    flat: Annotated[
        bool, typer.Option("--flat", help="Write only the columns of each incident, without claims, sources and "
            "notes. Smaller and faster.")
    ] = False,
    tables: Annotated[bool, typer.Option("--tables", help="With CSV: also write claims and sources, as separate "
        "tables.")] = False,
    bom: Annotated[bool, typer.Option("--bom", help="With CSV: add the byte order mark that Excel needs to recognise "
        "UTF-8.")] = False,
    partition_by: Annotated[str | None, typer.Option(metavar="NAMES", help="Write a folder of GeoParquet files, "
        "one for each year (year), first-level unit (adm1), or both (year,adm1): for more incidents than one file "
        "should hold.")] = None,
    policy: Policy = None,
    lang: Language,
    force: Force = False,
    db: DbFile = DEFAULT_DB,
) -> None:  # fmt: skip
    """Export incidents to a file. Formats: GeoJSON, GeoPackage, CSV, Excel, KML and more."""
    from willay.data.profiles import profile as profile_named
    from willay.events.exchange.outgoing.left_out import in_few_words
    from willay.events.front.exporting import Export, chosen_format, export_incidents

    by = tuple(name.strip() for name in partition_by.split(",")) if partition_by is not None else None
    seen = profile_named(profile)
    asked = Export(
        query=query, form=form, policy=policy, profile=seen, lang=lang.value, own_use=own_use, flat=flat,
        tables=tables, bom=bom, partition_by=by, force=force,
    )  # fmt: skip
    chosen = chosen_format(file, asked)
    chosen.reads(tables=tables, flat=flat)  # refused before a database is looked for
    with open_store(db) as store:
        written = export_incidents(store, file, asked)
    say(
        tr(
            "{file}: {incidents}, {about}; profile {profile}.",
            file=file,
            incidents=many(written.rows, "incident"),
            about=tr(chosen.about),
            profile=profile_in_words(seen),
        )
    )
    for other in written.beside:
        say(tr("Also written: {other}.", other=other))
    for loss in written.losses:
        say(tr("Not included: {loss}", loss=loss))
    if written.left_out:
        fields = in_few_words(written.left_out)
        say(tr("Fields that do not come back if this file is imported: {fields}.", fields=fields))
    if "for_own_use_only" in written.about:
        say(tr("For your own use only: the terms of some rows do not allow passing them on."))
    say_how_to_include(written.about)
    say_omissions(written.about)
