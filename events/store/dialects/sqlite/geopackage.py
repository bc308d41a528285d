"""What makes a SQLite file a GeoPackage: OGC 12-128r17 (GeoPackage 1.3), clauses 1.1 and 2.1.

The layers are views, so that a GIS program can read and not change them. Each column of a view is a plain column of a
table: OGR takes the type of a column from its declaration and knows none for an expression.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from willay.events.frame.columns import COLUMNS
from willay.events.model.drafts import ActorDraft, CaseDraft, ClaimDraft, IndicatorDraft, PhaseDraft, SourceDraft
from willay.events.model.fields import fields_of, layer_names
from willay.geo.translation import tr, tr_n

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

APPLICATION_ID: Final = 0x47504B47
"""`GPKG` in ASCII."""

USER_VERSION: Final = 10300
"""GeoPackage 1.3.0."""

FEATURE_LAYERS: Final = {"incidents": "One row for each incident", "regions": "Versions of regions"}
"""The layers with a geometry, called `geom`, and what they hold."""

TABLE_LAYERS: Final = {
    "claims": "What sources say",
    "sources": "Documents",
    "actors": "Organisations and groups",
    "cases": "Long-lived conflicts",
    "phases": "Phases of cases",
    "indicators": "Values of measured variables",
}
"""The layers without one. That there are any also keeps OGR from listing the tables behind the views."""

_WGS84: Final = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,'
    'AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]'
)
_REFERENCE_SYSTEMS: Final = (
    (
        "Undefined Cartesian SRS",
        -1,
        "NONE",
        -1,
        "undefined",
        "undefined Cartesian coordinate reference system",
    ),
    (
        "Undefined geographic SRS",
        0,
        "NONE",
        0,
        "undefined",
        "undefined geographic coordinate reference system",
    ),
    (
        "WGS 84 geodetic",
        4326,
        "EPSG",
        4326,
        _WGS84,
        "longitude and latitude in degrees on the WGS 84 ellipsoid",
    ),
)

_STANDARD_TABLES: Final = (
    """
    CREATE TABLE gpkg_spatial_ref_sys (
        srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
        organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT
    )""",
    """
    CREATE TABLE gpkg_contents (
        table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
        description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
        min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
        CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
    )""",
    """
    CREATE TABLE gpkg_geometry_columns (
        table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
        z TINYINT NOT NULL, m TINYINT NOT NULL,
        CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
        CONSTRAINT uk_gc_table_name UNIQUE (table_name),
        CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents (table_name),
        CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
    )""",
)
FIXED_VIEWS: Final = (
    """
    CREATE VIEW regions AS SELECT
        fid, set_name AS "set", "key", name_es AS name, name_en, kind, valid_from, valid_until, working_outline, decree,
        citation, url, outline_note, attribution, licence, geometry AS geom
    FROM region""",
)
"""The views whose columns are not fields of the record, each as the SQL that makes it."""

_HOLDS: Final = "status IN ('draft', 'in-review', 'published')"


def field_views() -> dict[str, str]:
    """Return the layers and tables whose columns are fields of the record, by name, each as the SQL that makes it."""
    incidents = [_QUOTED(column.name) for column in COLUMNS if column.layer]
    claims = [f"claim.{_QUOTED(name)}" for name in layer_names(ClaimDraft)]
    sources = [_QUOTED(name) for name in layer_names(SourceDraft)]
    return {
        "incidents": f"CREATE VIEW incidents AS SELECT fid, {', '.join(incidents)}, geom FROM incident WHERE {_HOLDS}",  # noqa: S608 — our own names
        "claims": f"CREATE VIEW claims AS SELECT claim.rowid AS fid, incident.code, {', '.join(claims)} FROM claim"  # noqa: S608 — as above
        f" JOIN incident ON incident.fid = claim.incident WHERE incident.{_HOLDS}",
        "sources": f"CREATE VIEW sources AS SELECT rowid AS fid, {', '.join(sources)} FROM source",  # noqa: S608 — as above
        "actors": f"CREATE VIEW actors AS SELECT rowid AS fid, {_readable(ActorDraft)} FROM actor",  # noqa: S608 — as above
        "cases": f"CREATE VIEW cases AS SELECT rowid AS fid, {_readable(CaseDraft)} FROM case_file",  # noqa: S608 — as above
        "phases": f"CREATE VIEW phases AS SELECT rowid AS fid, case_key, position, {_readable(PhaseDraft)} FROM phase",  # noqa: S608 — as above
        "indicators": f"CREATE VIEW indicators AS SELECT number AS fid, {_readable(IndicatorDraft)} FROM indicator",  # noqa: S608 — as above
    }


def _readable(model: type[object]) -> str:
    """Return the columns of a view in SQL: those of the fields of a model, texts by language in one language."""
    fields = fields_of(model)
    return ", ".join(
        f"{fields[name].readable_column} AS {_QUOTED(name)}" if fields[name].is_readable else _QUOTED(name)
        for name in layer_names(model)
    )


_QUOTED: Final = SQLiteDialect_pysqlite().identifier_preparer.quote
"""Writes a name as SQL has it, which takes some words, such as `key`, for its own."""


def renew_views(connection: Connection) -> None:
    """Make those views of `field_views` again that are not as they are made now."""
    there = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'view'")
    known = {str(name): " ".join(str(sql).split()) for name, sql in there}
    for name, statement in field_views().items():
        if known.get(name) != statement:
            connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")
            connection.exec_driver_sql(statement)


def add_geopackage(connection: Connection, moment: str) -> None:
    """Add the standard's tables, the views and their entries to a database that has the tables.

    Args:
        connection: Within a transaction.
        moment: ISO 8601 UTC, for `last_change`.
    """
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {USER_VERSION}")
    for statement in (*_STANDARD_TABLES, *field_views().values(), *FIXED_VIEWS):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", list(_REFERENCE_SYSTEMS))
    for layer, about in {**FEATURE_LAYERS, **TABLE_LAYERS}.items():
        spatial = layer in FEATURE_LAYERS
        connection.execute(
            text(
                "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)"
                " VALUES (:name, :type, :name, :about, :moment, :srs)"
            ),
            {
                "name": layer,
                "type": "features" if spatial else "attributes",
                "about": about,
                "moment": moment,
                "srs": 4326 if spatial else None,
            },
        )
        if spatial:
            connection.execute(
                text("INSERT INTO gpkg_geometry_columns VALUES (:name, 'geom', 'GEOMETRY', 4326, 0, 0)"),
                {"name": layer},
            )


def touch_contents(connection: Connection, moment: str) -> None:
    """Say in the GeoPackage's list of layers when they changed last."""
    connection.execute(text("UPDATE gpkg_contents SET last_change = :moment"), {"moment": moment})


def geopackage_faults(connection: Connection) -> list[str]:
    """Check what the standard asks of the file, and say what is wrong."""
    faults = []
    if connection.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION_ID:
        faults.append(tr("the application id is not GPKG"))
    srs = set(connection.execute(text("SELECT srs_id FROM gpkg_spatial_ref_sys")).scalars())
    if missing := {-1, 0, 4326} - srs:
        faults.append(f"gpkg_spatial_ref_sys lacks {sorted(missing)}")
    contents = connection.execute(text("SELECT table_name, srs_id FROM gpkg_contents"))
    listed = {str(name): srs_id for name, srs_id in contents}
    columns = connection.execute(text("SELECT table_name, column_name FROM gpkg_geometry_columns"))
    shapes = {str(name): column for name, column in columns}
    for layer in FEATURE_LAYERS:
        if listed.get(layer) != 4326 or shapes.get(layer) != "geom":  # noqa: PLR2004 — the EPSG code itself
            faults.append(tr("layer {layer} is not registered with its geometry in EPSG:4326", layer=layer))
            continue
        bad = connection.exec_driver_sql(
            f"SELECT count(*) FROM {layer} WHERE geom IS NOT NULL AND substr(geom, 1, 2) <> CAST('GP' AS BLOB)"  # noqa: S608 — our own layer names
        ).scalar()
        if bad:
            faults.append(
                tr_n(
                    "layer {layer} has {n:,} geometry that is not a GeoPackage geometry",
                    "layer {layer} has {n:,} geometries that are not GeoPackage geometries",
                    bad,
                    layer=layer,
                )
            )
    return faults
