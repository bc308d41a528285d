"""The command `export`: write incidents in any format, with the detail that a disclosure profile allows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
    from collections.abc import Iterator

    from willay.data.profiles import Profile
    from willay.events.exchange.outgoing import Format, WritingOptions, Written
    from willay.events.frame.cells import IncidentCells
    from willay.events.frame.query import IncidentQuery
    from willay.events.store import Store


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
    from willay.events.exchange.outgoing import WritingOptions, write
    from willay.events.exchange.outgoing.left_out import in_few_words
    from willay.events.frame.publishing import barred, publishable

    by = [name.strip() for name in partition_by.split(",")] if partition_by is not None else None
    chosen, seen = _format(file, form, by), profile_named(profile)
    reads = chosen.reads(tables=tables, flat=flat)
    with open_store(db) as store:
        names = frozenset() if own_use else barred(store.registers.datasets())
        has_tables = chosen.has_registers(tables=tables, flat=flat)
        known = _registers(store, query, seen, tables=has_tables) if has_tables or reads["drafts"] else None
        known = {**(known or {}), **({"nestings": store.regions.nestings()} if chosen.codes or by else {})}
        options = WritingOptions(lang=lang.value, force=force, own_use=own_use, tables=tables, bom=bom, **known)
        pages = store.read.pages(query, policy=policy, lang=lang.value, profile=seen, **reads)
        shown = publishable(pages, names)
        written = write(shown, file, chosen.name, options) if by is None else _write_folder(shown, file, by, options)
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


def _format(file: Path, form: str | None, by: list[str] | None) -> Format:
    """Return the format to write in; a folder of partitions is GeoParquet.

    Raises:
        RefusedError: A folder of partitions is asked for in another format, or by what is not known.
    """
    from willay.events.exchange.outgoing import format_of
    from willay.events.model.errors import RefusedError

    if by is None:
        return format_of(file, form)
    if form not in (None, "geoparquet"):
        raise RefusedError(
            tr("--partition-by writes GeoParquet, not {form}. Remove one of the two options.", form=form[:80])
        )
    chosen = format_of(file, "geoparquet")
    _ = chosen.writer  # what it needs is installed
    return chosen


def _write_folder(pages: Iterator[IncidentCells], folder: Path, by: list[str], options: WritingOptions) -> Written:
    from willay.events.exchange.outgoing.gis.partitioned import write_partitioned

    return write_partitioned(pages, folder, by, options)


def _registers(store: Store, query: IncidentQuery, seen: Profile, *, tables: bool) -> dict[str, Any]:
    """Return what incidents refer to, and for tables the indicators, as a profile shows them."""
    from willay.events.exchange.outgoing import Registers

    registers = Registers.of_documents(*store.registers.documents(seen, query.as_of, query.statuses))
    if tables:
        registers = registers.with_indicators(
            store.registers.indicators(seen, query.as_of), store.registers.sources_of_indicators(seen, query.as_of)
        )
    return {"registers": registers}
