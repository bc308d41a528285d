"""`wy.write`: incidents to a file of any format, which the ending of its name decides."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from willay.events.exchange.outgoing import WritingOptions
from willay.events.exchange.outgoing import write as write_pages
from willay.events.front.database import Database
from willay.events.front.disclosure import warn_of_disclosure
from willay.events.front.exporting import Export, export_incidents
from willay.events.front.selecting import combined, language_for, profile_asked
from willay.events.model.errors import QueryError
from willay.geo.translation import tr

if TYPE_CHECKING:
    import geopandas as gpd

    from willay.events.exchange.outgoing import Written
    from willay.events.frame.query import IncidentQuery
    from willay.events.front.query import Query
    from willay.events.front.words import Lang, PolicyLike, ProfileLike


def write(
    what: gpd.GeoDataFrame | Database,
    path: str | Path,
    *,
    format: str | None = None,  # noqa: A002 — the word of the command line
    query: Query | IncidentQuery | None = None,
    policy: PolicyLike | None = None,
    profile: ProfileLike = ...,
    lang: Lang | str | None = None,
    flat: bool = False,
    tables: bool = False,
    bom: bool = False,
    own_use: bool = False,
    force: bool = False,
) -> Written:
    """Write incidents to a file.

    A database is written page by page, in flat memory at any size, and, in GeoJSON, GeoPackage or GeoParquet, without
    loss: another database that imports the file has all that the profile shows, down to claims and notes. A frame is
    written as it is: its columns, with claims and sources where it has `details`.

    Warns with `DisclosureWarning` where a profile left incidents out, and where they are the record itself.

    Args:
        what: An incident frame, or a database.
        path: The file; its ending decides the format: `.geojson`, `.geojsonl`, `.gpkg`, `.fgb`, `.parquet`, `.shp`,
            `.kml`, `.csv`, `.xlsx`, `.hxl.csv`.
        format: The name of the format, instead: also `acled` and `ucdp`.
        query: Of a database: which incidents.
        policy: Of a database: the figure policy.
        profile: Of a database: the disclosure profile; None is the record itself.
        lang: The language of titles, names and headings.
        flat: Of a database: only the columns of each incident, without claims, sources and notes.
        tables: With CSV: also tables of claims and sources.
        bom: With CSV: a byte order mark, by which Excel recognises UTF-8.
        own_use: Whether rows that the terms of their dataset do not allow passing on are written, too; the file says
            that it is for one's own use only.
        force: Whether a file that is there may be replaced.

    Returns:
        The file, how many incidents it holds, what the format could not hold, and further files.

    Raises:
        RefusedError: The format is unknown, or rows may not be passed on.
        QueryError: A frame was given with what only a database can be asked.
        FileInTheWayError: The file is there, and `force` is not set.

    Example:
        >>> import shapely
        >>> import willay as wy
        >>> frame = wy.make_frame({"title": ["March"], "first_day": ["2021-03-07"]}, [shapely.Point(-76.5, -12)])
        >>> wy.write(frame, "marches.geojson").rows
        1
    """
    target = Path(path)
    if not isinstance(what, Database):
        if query is not None or policy is not None or profile is not ... or flat:
            raise QueryError(
                tr("query, policy, profile and flat apply to a database. A frame is written as it was selected.")
            )
        options = WritingOptions(lang=language_for(what, lang), force=force, own_use=own_use, tables=tables, bom=bom)
        return write_pages(what, target, format, options)
    asked = combined(query, {})
    if asked.areas is not None:
        raise QueryError(tr("An area cannot be written page by page. Select it, and write the frame."))
    export = Export(
        query=asked.asked, form=format, policy=policy, profile=profile_asked(profile, what.profile),
        lang=lang or what.lang, own_use=own_use, flat=flat, tables=tables, bom=bom, force=force,
    )  # fmt: skip
    written = export_incidents(what.store, target, export)
    if export.profile is not None:
        warn_of_disclosure(written.about, (), stacklevel=2)
    return written
