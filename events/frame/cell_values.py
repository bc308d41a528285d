"""Values of any kind as columns of a frame: by position, all of one length, each of its dtype.

Pandas joins by index what a reader joins by eye: a column of a filtered or sorted table next to a list is a frame with
one incident's title at another one's place. So an index never decides here: values are taken in their order, and
columns whose indexes differ are refused. What cannot become its column is named, with the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from geopandas.array import GeometryArray

from willay.events.frame.columns import DAY, FLAG, REAL, TEXT, WHOLE, YES_NO
from willay.events.model.errors import FrameError
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

_MOST: Final = np.iinfo(np.int32).max
_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?")
_SHOWN: Final = 80


def positional(columns: Mapping[str, Any], geometry: Any) -> tuple[dict[str, Any], NDArray[np.object_]]:  # noqa: ANN401 — whatever a caller has as columns
    """Return columns without their indexes, and the geometries: values in the order given.

    Args:
        columns: Values by column name: lists, arrays, pandas or geopandas objects; one value stands for every row, and
            columns that are None are left out.
        geometry: Shapely geometries (longitude first) or None, one for each row.

    Raises:
        FrameError: Lengths or indexes differ, something has no order, or a geometry is none.
    """
    shapes = _geometries(geometry)
    given = {name: values for name, values in columns.items() if values is not None}
    _check_indexes({**given, "geometry": geometry})
    return {name: _in_order(name, values, len(shapes)) for name, values in given.items()}, shapes


def _check_indexes(given: Mapping[str, Any]) -> None:
    indexed = {name: values.index for name, values in given.items() if isinstance(values, pd.Series)}
    first = next(iter(indexed), None)
    for name, index in indexed.items():
        if first is not None and not index.equals(indexed[first]):
            raise FrameError(
                tr(
                    "{first!r} and {name!r} have different indexes, so it is not certain which values belong together. "
                    "Take all columns and the geometry from the same table, filtered and sorted in the same way, or "
                    "give them without an index, in the intended order: column.to_numpy().",
                    first=first,
                    name=name,
                )
            )


def _in_order(name: str, values: Any, rows: int) -> Any:  # noqa: ANN401 — whatever a caller has as a column
    if pd.api.types.is_scalar(values) or isinstance(values, date):
        return [values] * rows
    if isinstance(values, (Mapping, AbstractSet)) or not isinstance(values, Iterable):
        raise FrameError(
            tr(
                "Column {name!r} is a {type}. Give a list, an array or a Series.",
                name=name,
                type=type(values).__name__,
            )
        )
    plain = values.array if isinstance(values, (pd.Series, pd.Index)) else values
    found: Any = plain if hasattr(plain, "__len__") else list(plain)
    if len(found) != rows:
        raise FrameError(
            tr(
                "Column {name!r} has {n} values and the geometry has {rows}. Give one value for each incident (None "
                "if it is unknown).",
                name=name,
                n=len(found),
                rows=rows,
            )
        )
    return found


def _geometries(geometry: Any) -> NDArray[np.object_]:  # noqa: ANN401 — whatever a caller has as geometry
    own = geometry.geometry if isinstance(geometry, gpd.GeoDataFrame) else geometry
    crs = getattr(own, "crs", None) if isinstance(own, (gpd.GeoSeries, GeometryArray)) else None
    if crs is not None and crs.to_epsg() != 4326:  # noqa: PLR2004 — the EPSG code itself
        raise FrameError(tr("The geometry is in {name}. Convert it: geometry.to_crs('EPSG:4326').", name=crs.name))
    if isinstance(own, (str, shapely.Geometry, Mapping, AbstractSet)) or not isinstance(own, Iterable):
        kind = type(own).__name__
        raise FrameError(
            tr("The geometry is a {kind}. Expected a list with a shapely geometry or None for each row.", kind=kind)
        )
    listed = list(own)
    shapes = np.empty(len(listed), dtype=object)
    shapes[:] = [None if _is_missing(shape) else shape for shape in listed]
    strange = [row for row, shape in enumerate(shapes) if shape is not None and not isinstance(shape, shapely.Geometry)]
    if strange:
        kind = type(shapes[strange[0]]).__name__
        raise FrameError(
            tr(
                "The geometry at position {position} is a {kind}. Give shapely.Point(longitude, latitude), "
                "another shapely geometry, or None if the place is unknown.",
                position=strange[0],
                kind=kind,
            )
        )
    return shapes


def _is_missing(value: Any) -> bool:  # noqa: ANN401 — a cell of any kind
    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def column_of(name: str, dtype: str, values: Sequence[Any], codes: Sequence[Any]) -> pd.Series[Any]:
    """Return values as a column of a dtype of the frame.

    Args:
        name: The column's name, for errors.
        dtype: `TEXT`, `WHOLE`, `REAL`, `DAY`, `FLAG` or `YES_NO`.
        values: The values, in order; None, NaN, NA and NaT are missing.
        codes: The incidents' codes, for errors; may be empty.

    Raises:
        FrameError: A value cannot be one of the column; the message names it, its row, and what is expected.
    """
    makers: dict[str, Callable[[_Cells], pd.Series[Any]]] = {
        TEXT: _texts, WHOLE: _wholes, REAL: _reals, DAY: _days, FLAG: _flags, YES_NO: _answers,
    }  # fmt: skip
    return makers[dtype](_Cells(name, values, codes))


class _Cells:
    """The values of one column, and how to refuse one of them."""

    def __init__(self, name: str, values: Sequence[Any], codes: Sequence[Any]) -> None:
        self.name, self.values, self.codes = name, values, codes

    def refuse(self, row: int, expected: str) -> FrameError:
        """Return the error for a row's value."""
        return FrameError(
            tr(
                "Column {name!r} is {value!r} in {row}. Expected {expected}, or None if it is unknown.",
                name=self.name,
                value=str(self.values[row])[:_SHOWN],
                row=row_words(row, self.codes),
                expected=expected,
            )
        )

    def check(self, good: NDArray[np.bool_], expected: str) -> None:
        """Refuse the first value that is not good."""
        if not good.all():
            raise self.refuse(int(np.flatnonzero(~good)[0]), expected)


def row_words(row: int, codes: Sequence[Any]) -> str:
    """Return which row is meant: its position from 0, and its code where it has one."""
    code = codes[row] if row < len(codes) and not _is_missing(codes[row]) else None
    if code is None:
        return tr("row {row} (counted from 0)", row=row)
    return tr("row {row} (counted from 0), code {code!r}", row=row, code=str(code)[:_SHOWN])


def _texts(cells: _Cells) -> pd.Series[Any]:
    texts: list[str | None] = []
    for row, value in enumerate(cells.values):
        if _is_missing(value):
            texts.append(None)
        elif isinstance(value, str):
            texts.append(value)
        elif isinstance(value, Iterable):
            raise cells.refuse(row, tr("one text (join several names with '; ')"))
        else:
            whole = isinstance(value, (float, np.floating)) and float(value).is_integer()
            texts.append(str(int(value)) if whole else str(value))
    return pd.Series(texts, dtype=TEXT)


def _numbers(cells: _Cells, expected: str) -> NDArray[Any]:
    """Return numbers, NaN where missing."""
    plain = pd.Series(cells.values, dtype=None if hasattr(cells.values, "dtype") else "object")
    truths = plain.map(lambda value: isinstance(value, (bool, np.bool_))).to_numpy(bool)
    missing = plain.isna().to_numpy(bool)
    if plain.dtype == object or pd.api.types.is_string_dtype(plain.dtype):
        plain = pd.to_numeric(plain.astype("object"), errors="coerce")
    elif not pd.api.types.is_numeric_dtype(plain.dtype):
        cells.check(missing, expected)
    found: NDArray[Any] = plain.astype("Float64").to_numpy(float, na_value=np.nan)
    cells.check((missing | ~np.isnan(found)) & ~truths, expected)
    return found


def _wholes(cells: _Cells) -> pd.Series[Any]:
    expected = tr("a whole number from 0 up")
    numbers = _numbers(cells, expected)
    known = ~np.isnan(numbers)
    cells.check(~known | ((np.floor(numbers) == numbers) & (numbers >= 0) & (numbers <= _MOST)), expected)
    return pd.Series(pd.arrays.IntegerArray(np.where(known, numbers, 0).astype(np.int32), ~known))


def _reals(cells: _Cells) -> pd.Series[Any]:
    expected = tr("a number from 0 up")
    numbers = _numbers(cells, expected)
    cells.check(np.isnan(numbers) | (np.isfinite(numbers) & (numbers >= 0)), expected)
    return pd.Series(numbers, dtype=REAL)


def _days(cells: _Cells) -> pd.Series[Any]:
    dtype = getattr(cells.values, "dtype", None)
    if isinstance(dtype, np.dtype) and dtype.kind == "M":
        return pd.Series(np.asarray(cells.values, "datetime64[D]").astype(DAY))
    known: dict[Any, np.datetime64] = {}
    days = np.full(len(cells.values), np.datetime64("NaT"), "datetime64[D]")
    for row, value in enumerate(cells.values):
        if _is_missing(value):
            continue
        if not (isinstance(value, str) and value in known):
            day = _day(value)
            if day is None:
                raise cells.refuse(row, tr("a day such as '2009-06-05', a date or a Timestamp without a time zone"))
            known[value if isinstance(value, str) else row] = day
        days[row] = known[value if isinstance(value, str) else row]
    return pd.Series(days.astype(DAY))


def _day(value: Any) -> np.datetime64 | None:  # noqa: ANN401 — a cell of any kind
    if isinstance(value, str):
        text = value.strip()
        try:
            return np.datetime64(text[:10], "D") if _ISO_DAY.fullmatch(text) else None
        except ValueError:
            return None
    if isinstance(value, datetime) and value.tzinfo is not None:
        return None
    if isinstance(value, np.datetime64):
        day: np.datetime64 = value.astype("datetime64[D]")
        return day
    return np.datetime64(value.isoformat()[:10], "D") if isinstance(value, date) else None


def _flags(cells: _Cells) -> pd.Series[Any]:
    flags = []
    for row, value in enumerate(cells.values):
        if not is_truth(value):
            raise FrameError(
                tr(
                    "Column {name!r} is {value!r} in {row}. Expected true or false.",
                    name=cells.name,
                    value=str(value)[:_SHOWN],
                    row=row_words(row, cells.codes),
                )
            )
        flags.append(bool(value))
    return pd.Series(flags, dtype=FLAG)


def _answers(cells: _Cells) -> pd.Series[Any]:
    answers: list[bool | None] = []
    for row, value in enumerate(cells.values):
        is_known = not _is_missing(value)
        if is_known and not is_truth(value):
            raise cells.refuse(row, tr("true or false"))
        answers.append(bool(value) if is_known else None)
    return pd.Series(answers, dtype=YES_NO)


def is_truth(value: Any) -> bool:  # noqa: ANN401 — a cell of any kind
    """Return whether a value is true or false; 1 and 0 are, as they are equal to them."""
    return isinstance(value, (bool, np.bool_, int, float, np.number)) and value in (0, 1)
