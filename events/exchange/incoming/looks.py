"""What a file looks like: its format by its ending and the names of its columns."""

from __future__ import annotations

import contextlib
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from willay.events.exchange.incoming.form_columns import is_form_export
from willay.events.exchange.incoming.formats import DATABASE
from willay.events.exchange.incoming.gdelt import is_gdelt
from willay.events.exchange.incoming.tabular import open_table
from willay.events.exchange.incoming.willay import is_willay
from willay.events.model.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_BY_COLUMNS: Final = (
    ("ucdp-ged", {"id", "best", "date_start", "type_of_violence"}),
    ("acled", {"event_id_cnty", "event_date", "fatalities"}),
    ("acled", {"event_id_cnty", "deleted_timestamp"}),
    ("acled", {"week", "country", "event_type", "events", "fatalities"}),
    ("gtd", {"eventid", "iyear", "attacktype1"}),
    ("mass-mobilization", {"ccode", "startday", "protesterdemand1", "stateresponse1"}),
    ("scad", {"eventid", "ccode", "etype", "ndeath", "locnum"}),
    ("ccc", {"locality", "state", "size_low", "size_high", "valence"}),
)
_IN_WORKBOOKS: Final = ("gtd", "kobo")
"""The formats with their own columns that come as workbooks too."""

_GIS: Final = (
    ".geojson",
    ".json",
    ".gpkg",
    ".shp",
    ".fgb",
    ".kml",
    ".kmz",
    ".parquet",
    ".geoparquet",
    ".geojsonl",
    ".geojsons",
    ".ndjson",
)
_OWN_TABLES: Final = frozenset({"meta", "revision"})
"""Tables that databases of ours have had in all schemas."""

_SHEETS: Final = (".xlsx", ".xls", ".ods", ".tsv", ".csv", ".txt")


def format_by_looks(path: Path) -> str | None:
    """Return the name of the format that a file seems to be of, or None."""
    name = path.name.lower().removesuffix(".gz").removesuffix(".zip")
    if name.endswith(_GIS):
        return DATABASE if is_database(path) else "willay" if is_willay(path) else "gis"
    found = None
    if name.endswith((".csv", ".txt")):
        found = _text_format(path)
    elif name.endswith((".xlsx", ".xls")):
        found = _workbook_format(path)
    return found or ("table" if name.endswith(_SHEETS) else None)


def _text_format(path: Path) -> str | None:
    with contextlib.suppress(RefusedError):
        if is_gdelt(open_table(path, delimiter="\t").columns):
            return "gdelt"
    with contextlib.suppress(RefusedError):
        return _by_columns(open_table(path).columns)
    return None


def _by_columns(columns: Sequence[str]) -> str | None:
    """Return the format whose columns a table has."""
    plain = {name.strip().lower() for name in columns}
    known = next((form for form, needed in _BY_COLUMNS if needed <= plain), None)
    return known or ("kobo" if is_form_export([*map(str.strip, columns)]) else None)


def is_database(path: Path) -> bool:
    """Return whether a file is a database of ours; nothing is written to it or next to it."""
    if path.suffix.lower() != ".gpkg":
        return False
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except (sqlite3.Error, UnicodeDecodeError):
        return False  # no SQLite file, or a damaged one
    return tables >= _OWN_TABLES


def _workbook_format(path: Path) -> str | None:
    from willay.events.exchange.incoming.options import ReadingOptions  # noqa: PLC0415 — as the next
    from willay.events.exchange.incoming.workbook import open_workbook  # noqa: PLC0415 — only for workbooks

    with contextlib.suppress(RefusedError):
        found = _by_columns(open_workbook(path, ReadingOptions()).columns)
        return found if found in _IN_WORKBOOKS else None
    return None
