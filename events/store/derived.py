"""What is derived from the record and kept beside it: figures, the layer's rows, the boxes of primary places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, text

from willay.events.canonical import canonical
from willay.events.frame import cells
from willay.events.framing import figure_table, incident_frame
from willay.events.store import lookups
from willay.events.store.bulk import DELETED_AT_ONCE, chunks, delete_rows, insert_rows
from willay.events.store.derived_tables import Face, FigureRow
from willay.events.store.reader import read_tables
from willay.events.store.tables import Incident, table_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    import pandas as pd
    from sqlalchemy.engine import Connection

    from willay.events.records import IncidentTables

FACE_LANGUAGE: Final = "es"
"""The language of the layer, where a text has it."""


def write_derived(connection: Connection, tables: IncidentTables, policy: str) -> None:
    """Write figures, faces and boxes of incidents that have none yet, and say anew which of their parts count."""
    fids = tables.incidents["fid"].tolist()
    figures = figure_table(tables, policy)
    frame = incident_frame(tables, policy=policy, lang=FACE_LANGUAGE, details=False, figures=figures)
    insert_rows(connection, FigureRow, figure_rows(figures))
    insert_rows(connection, Face, face_rows(frame, fids))
    bounds = frame.geometry.bounds
    placed = bounds["minx"].notna().tolist()
    corners = (bounds[name].tolist() for name in ("minx", "maxx", "miny", "maxy"))
    boxes = [box for box, is_placed in zip(zip(fids, *corners, strict=True), placed, strict=True) if is_placed]
    if boxes:
        connection.exec_driver_sql(
            "INSERT INTO place_box (incident, west, east, south, north) VALUES (?, ?, ?, ?, ?)", boxes
        )
    count_wholes(connection)


def derive_anew(
    connection: Connection, regions: gpd.GeoDataFrame, policy: str, fids: Sequence[int] | None = None
) -> None:
    """Derive anew all that is derived of incidents; of all of them where no row numbers are given."""
    if fids is None:
        fids = connection.execute(text("SELECT fid FROM incident ORDER BY fid")).scalars().all()
    for part in chunks(sorted(fids)):
        clear_derived(connection, part)
        which = table_of(Incident).c.fid.in_(list(part))
        write_derived(connection, read_tables(connection, [which], regions), policy)


def face_rows(frame: gpd.GeoDataFrame, fids: Sequence[int]) -> list[dict[str, Any]]:
    """Make the rows of the layer `incidents`."""
    names = [column.name for column in table_of(Face).columns if column.name not in {"fid", "geom"}]
    columns = [fids, *(cells(frame, name) for name in names), frame.geometry.tolist()]
    return [dict(zip(("fid", *names, "geom"), row, strict=True)) for row in zip(*columns, strict=True)]


def count_wholes(connection: Connection) -> None:
    """Bring `face.counted` up to date: a part counts unless a whole above it holds."""
    parts = uncounted(connection)
    now = set(connection.execute(text("SELECT code FROM face WHERE counted = 0")).scalars())
    for flag, codes in ((False, parts - now), (True, now - parts)):
        if codes:
            statement = "UPDATE face SET counted = ? WHERE fid = (SELECT fid FROM incident WHERE code = ?)"
            connection.exec_driver_sql(statement, [(flag, code) for code in sorted(codes)])


def uncounted(connection: Connection) -> set[str]:
    """Return the codes of the parts that are not counted, because a whole above them holds."""
    up = lookups.wholes(connection)
    if not up:
        return set()
    asked = text(
        "SELECT code FROM incident WHERE code IN (SELECT value FROM json_each(:codes))"
        " AND status NOT IN ('retracted', 'withdrawn-upstream')"
    )
    standing = set(connection.execute(asked, {"codes": canonical(sorted(set(up.values())))}).scalars())
    return {code for code in up if any(whole in standing for whole in above(code, up))}


def above(code: str, wholes: Mapping[str, str]) -> list[str]:
    """Return the wholes above a part, the nearest first."""
    found: list[str] = []
    whole = wholes.get(code)
    while whole is not None and whole not in found:
        found.append(whole)
        whole = wholes.get(whole)
    return found


def clear_derived(connection: Connection, fids: Sequence[int]) -> None:
    """Take out what is derived from incidents, to write it anew."""
    delete_rows(connection, table_of(FigureRow).c.incident, fids)
    delete_rows(connection, table_of(Face).c.fid, fids)
    boxes = text("DELETE FROM place_box WHERE incident IN :gone").bindparams(bindparam("gone", expanding=True))
    for part in chunks(fids, DELETED_AT_ONCE):
        connection.execute(boxes, {"gone": list(part)})


def figure_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Make the rows of the table `figure` of what `figure_table` returns."""
    plain = table.astype("object").where(table.notna(), None)
    columns = [plain[name].tolist() for name in plain.columns]
    return [dict(zip(plain.columns, row, strict=True)) for row in zip(*columns, strict=True)]
