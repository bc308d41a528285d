"""What a file looks like: its format by its ending and the names of its columns."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from willay.events.exchange.incoming.gdelt import is_gdelt
from willay.events.exchange.incoming.tabular import open_table
from willay.events.exchange.incoming.willay import is_willay
from willay.events.model.errors import RefusedError

if TYPE_CHECKING:
    from pathlib import Path

_BY_COLUMNS: Final = (
    ("ucdp-ged", {"id", "best", "date_start", "type_of_violence"}),
    ("acled", {"event_id_cnty", "event_date", "fatalities"}),
    ("acled", {"event_id_cnty", "deleted_timestamp"}),
    ("acled", {"week", "country", "event_type", "events", "fatalities"}),
    ("gtd", {"eventid", "iyear", "attacktype1"}),
)
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
_SHEETS: Final = (".xlsx", ".xls", ".ods", ".tsv", ".csv", ".txt")


def format_by_looks(path: Path) -> str | None:
    """Return the name of the format that a file seems to be of, or None."""
    name = path.name.lower().removesuffix(".gz").removesuffix(".zip")
    if name.endswith(_GIS):
        return "willay" if is_willay(path) else "gis"
    if name.endswith((".csv", ".txt")):
        with contextlib.suppress(RefusedError):
            if is_gdelt(open_table(path, delimiter="\t").columns):
                return "gdelt"
        with contextlib.suppress(RefusedError):
            columns = {name.strip().lower() for name in open_table(path).columns}
            found = next((form for form, needed in _BY_COLUMNS if needed <= columns), None)
            if found:
                return found
    if name.endswith(".xlsx") and _is_gtd_workbook(path):
        return "gtd"
    return "table" if name.endswith(_SHEETS) else None


def _is_gtd_workbook(path: Path) -> bool:
    from willay.events.exchange.incoming.options import ReadingOptions  # noqa: PLC0415 — as the next
    from willay.events.exchange.incoming.workbook import open_workbook  # noqa: PLC0415 — only for workbooks

    with contextlib.suppress(RefusedError):
        return dict(_BY_COLUMNS)["gtd"] <= set(open_workbook(path, ReadingOptions()).columns)
    return False
