"""A frame read as a table for import: its cells as text, as a file of it would have them."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from willay.events.exchange.incoming.reports import OUR_COLUMNS
from willay.events.exchange.incoming.table import read_table
from willay.events.exchange.incoming.table.sheets import Sheet
from willay.geo.projected import in_degrees

if TYPE_CHECKING:
    from collections.abc import Iterator

    from willay.events.exchange.incoming import ReadingOptions
    from willay.events.exchange.incoming.table import TableReading

NAME: Final = "DataFrame"
"""What messages call a frame."""

_POINT: Final = ("lat", "lon")


def open_frame(frame: pd.DataFrame, options: ReadingOptions) -> TableReading:
    """Open a frame for import, as a table whose header is the names of its columns.

    A missing cell is blank. A GeoDataFrame has its points as `lat` and `lon`; of other shapes a point within them.

    Args:
        frame: The frame; columns that the table of quarantined rows has besides are passed over.
        options: How it is read; its `dataset` is needed.

    Raises:
        UnsettledError, RefusedError: As `read_table` does.
    """
    table = _plain(frame.drop(columns=[name for name in OUR_COLUMNS if name in frame.columns]))
    names = [str(name) for name in table.columns]

    def cells() -> Iterator[list[str]]:
        yield names
        for row in table.itertuples(index=False, name=None):
            texts = [_text(cell) for cell in row]
            if any(texts):
                yield texts

    asked = replace(options, assign={"header": "1", **options.assign}) if "header" not in names else options
    with tempfile.TemporaryDirectory(prefix="willay-") as folder:  # where no mapping lies by chance
        return read_table(Path(folder) / f"{NAME}.csv", asked, Sheet(NAME, cells))


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame without geometry; its points are columns."""
    if not hasattr(frame, "total_bounds"):
        return frame
    shapes = frame.geometry if frame.crs is None else in_degrees(frame.geometry)
    points = shapes.representative_point()
    own = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    made = {name: values for name, values in zip(_POINT, (points.y, points.x), strict=True) if name not in own.columns}
    return own.assign(**made)


def _text(cell: Any) -> str:  # noqa: ANN401 — a cell of any frame
    """Return a cell as text: a day without its midnight, a whole number without decimals."""
    if isinstance(cell, list | tuple | set):
        return "; ".join(map(_text, cell))
    if cell is None or pd.isna(cell):
        return ""
    if isinstance(cell, pd.Timestamp):
        return cell.date().isoformat() if cell == cell.normalize() else cell.isoformat(sep=" ")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
