"""The schema examined: tables, views, triggers, indexes and layers against those that this version makes."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import create_engine, text

from willay.events.store.dialects.sqlite.geopackage import USER_VERSION, geopackage_faults
from willay.events.store.results import ERROR, GO_BACK, NOTE, Problem
from willay.events.store.schema.versions import create_schema
from willay.geo.translation import mark, quoted, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection

GUESTS: Final = (
    "layer_styles", "qgis_projects", "gpkg_ogr_contents", "gpkg_extensions", "sqlite_stat1", "sqlite_stat4",
)  # fmt: skip
"""Tables that GIS programs and SQLite add for themselves: they change how layers are drawn, not what is recorded."""

_LAYERS: Final = ("gpkg_spatial_ref_sys", "gpkg_contents", "gpkg_geometry_columns")
_MOVING: Final = "last_change"
"""The one column of these that changes: the moment of the latest change."""

Name = tuple[str, str]
"""Type and name of something in a schema."""


def schema_problems(connection: Connection) -> Iterator[Problem]:
    """Compare what the file consists of with what this version makes in a new file, and name each difference."""
    ours, theirs = _new_schema(), _objects(connection)
    for kind, name in sorted(ours.keys() | theirs.keys()):
        made, there = ours.get((kind, name)), theirs.get((kind, name))
        if made is not None and there is not None and made[1] != there[1]:
            yield Problem(
                ERROR,
                name,
                tr(
                    _how(made[1] - there[1], there[1] - made[1]),
                    kind=tr(_KINDS.get(kind, kind)),
                    name=name,
                    lacks=quoted(", ".join(sorted(made[1] - there[1]))[:80]),
                    has=quoted(", ".join(sorted(there[1] - made[1]))[:80]),
                    go_back=tr(GO_BACK),
                ),
            )
        elif there is None:
            yield Problem(
                ERROR,
                name,
                tr(
                    "The {kind} {name} is missing. {go_back}",
                    kind=tr(_KINDS.get(kind, kind)),
                    name=name,
                    go_back=tr(GO_BACK),
                ),
            )
        elif made is None and there[0] in GUESTS and kind != "trigger":
            message = tr(
                "The {kind} {name} is not willay's: a GIS program added it. It may change how layers are drawn.",
                kind=tr(_KINDS.get(kind, kind)),
                name=name,
            )
            yield Problem(NOTE, name, message)
        elif made is None:
            message = tr(
                "The {kind} {name} is not willay's. {go_back}",
                kind=tr(_KINDS.get(kind, kind)),
                name=name,
                go_back=tr(GO_BACK),
            )
            yield Problem(ERROR, name, message)
    if connection.exec_driver_sql("PRAGMA user_version").scalar() != USER_VERSION:
        yield Problem(
            ERROR,
            "GeoPackage",
            tr(
                "The version of the standard is not {user_version}. {go_back}",
                user_version=USER_VERSION,
                go_back=tr(GO_BACK),
            ),
        )


def _how(lacking: frozenset[str], added: frozenset[str]) -> str:
    """Return the message that says in what two definitions differ."""
    if lacking and added:
        return mark("The {kind} {name} is not the one that willay makes: it lacks {lacks} and has {has}. {go_back}")
    if lacking:
        return mark("The {kind} {name} is not the one that willay makes: it lacks {lacks}. {go_back}")
    return mark("The {kind} {name} is not the one that willay makes: it has {has}. {go_back}")


_KINDS: Final = {"table": mark("table"), "index": mark("index"), "trigger": mark("trigger"), "view": mark("view")}


def layer_problems(connection: Connection) -> Iterator[Problem]:
    """Check what the GeoPackage standard asks of the file, and the lists of its layers."""
    for fault in geopackage_faults(connection):
        yield Problem(
            ERROR,
            "GeoPackage",
            tr("{fault}. GIS programs may not open the file. {go_back}", fault=fault, go_back=tr(GO_BACK)),
        )
    latest = connection.execute(text("SELECT arrived_at FROM change ORDER BY number DESC LIMIT 1")).scalar()
    there = _layer_rows(connection)
    for table, rows in _new_layers().items():
        theirs = [row for row in there[table] if row.get("table_name") not in GUESTS]
        if [{**row, _MOVING: None} for row in theirs] != [{**row, _MOVING: None} for row in rows]:
            yield Problem(
                ERROR,
                "GeoPackage",
                tr(
                    "The table {table} does not list willay's layers as they are. {go_back}",
                    table=table,
                    go_back=tr(GO_BACK),
                ),
            )
        if table == "gpkg_contents" and any(row[_MOVING] != latest for row in theirs):
            yield Problem(
                ERROR,
                "GeoPackage",
                tr(
                    "The layers did not change at the time given in {table}. {go_back}",
                    table=table,
                    go_back=tr(GO_BACK),
                ),
            )


@cache
def _new_schema() -> dict[Name, tuple[str, frozenset[str]]]:
    return _made()[0]


@cache
def _new_layers() -> dict[str, list[dict[str, Any]]]:
    return _made()[1]


@cache
def _made() -> tuple[dict[Name, tuple[str, frozenset[str]]], dict[str, list[dict[str, Any]]]]:
    """Make a schema in memory, and return what it consists of, and what its lists of layers say."""
    engine = create_engine("sqlite://")
    try:
        with engine.connect() as connection:
            create_schema(connection, {"created_at": ""})
            return _objects(connection), _layer_rows(connection)
    finally:
        engine.dispose()


def _objects(connection: Connection) -> dict[Name, tuple[str, frozenset[str]]]:
    """Return the table that each object belongs to, and the parts of its definition, in no order."""
    rows = connection.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL").all()
    return {(kind, name): (table, _parts(kind, sql)) for kind, name, table, sql in rows}


def _parts(kind: str, sql: str) -> frozenset[str]:
    """Return the parts of a definition: of a table its columns and constraints, whose order an upgrade may change."""
    plain = " ".join(re.sub(r'["`]', "", sql).split())
    if kind != "table":
        return frozenset({plain})
    head, _, rest = plain.partition("(")
    body, _, tail = rest.rpartition(")")
    parts, depth, start = [], 0, 0
    for place, letter in enumerate(body):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            parts.append(body[start:place])
            start = place + 1
    parts.append(body[start:])
    return frozenset({f"{head.strip()} {tail.strip()}", *(part.strip() for part in parts)})


def _layer_rows(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for table in _LAYERS:
        rows = connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY 1, 2").mappings()  # noqa: S608 — constant names
        found[table] = [dict(row) for row in rows]
    return found
