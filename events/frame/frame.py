"""The incident frame: the one table that stands between the store and everything that shows or writes incidents.

A GeoDataFrame in EPSG:4326 with one row an incident, at its primary place, and the columns of `COLUMNS`. Anyone can
make one without a database: `blank_frame()` has every column; `check_frame` says what is missing.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from willay.events.frame.cell_values import column_of, positional
from willay.events.frame.columns import COLUMNS, CRS, DAY, NAMES, TEXT, WHOLE, YES_NO, Column, details_of
from willay.events.frame.provenance import origin_of, restated, stating
from willay.events.frame.row_checks import PLACES, check_places, check_rows
from willay.events.model.errors import FrameError
from willay.events.model.policy import FIGURE_MEASURES
from willay.geo.translation import mark, tr, tr_n

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from willay.events.frame.columns import Origin

_LONG: Final = pd.StringDtype("python", na_value=np.nan)
"""What pandas calls `str` as well, without a second copy of texts that are most of the memory of a frame."""

_DTYPES: Final = {column.name: column.dtype for column in COLUMNS}
_STORED: Final[dict[str, Any]] = {**_DTYPES, "details": _LONG}


def blank_frame() -> gpd.GeoDataFrame:
    """Return an incident frame without rows, every column with its dtype.

    Example:
        >>> from willay.events import blank_frame
        >>> len(blank_frame()), "killed_best" in blank_frame().columns
        (0, True)
    """
    columns = {column.name: pd.Series(dtype=_STORED[column.name]) for column in COLUMNS}
    return gpd.GeoDataFrame(columns, geometry=gpd.GeoSeries([], crs=CRS), crs=CRS)


def make_frame(columns: Mapping[str, Any], geometry: Any, origin: Origin | None = None) -> gpd.GeoDataFrame:  # noqa: ANN401 — whatever a caller has as columns
    """Make an incident frame of columns; those not given are filled with "unknown".

    Values are taken by their position: an index never decides which values belong together, and columns whose indexes
    differ are refused. What follows from the rest is filled in, where its column is not given at all: `code` (a number
    from 1 up), `last_day` (the first day), `killed_low` and `killed_high`, where neither is given (the best figure,
    and so for each measure), `counted` (false for a part whose parent incident is in the frame).

    Args:
        columns: Values by column name: lists, arrays, Series or extension arrays of one length; None, NaN, NA and NaT
            are unknown. One value alone stands for every row. Days are dates, Timestamps or ISO text, such as
            2009-06-05; figures whole numbers from 0 up.
        geometry: Shapely geometries (longitude first, EPSG:4326) or None, of the same length.
        origin: The origin of the frame. Pages state only the policy, profile and date that are given here.

    Raises:
        FrameError: A column is not one of the frame's, lengths or indexes differ, a value is none of its column, or a
            row is not sound (see `check_rows`); the message names the column and the row.

    Example:
        >>> import shapely
        >>> from willay.events import make_frame
        >>> frame = make_frame({"title": ["Attack", "March"], "killed_best": [3, 0]}, [shapely.Point(36.8, -1.3), None])
        >>> frame[["code", "title", "killed_high"]].values.tolist()
        [['1', 'Attack', 3], ['2', 'March', 0]]
    """
    if unknown := set(columns) - set(NAMES):
        raise FrameError(
            tr(
                "Unknown column {name!r} in an incident frame. Columns: {names}.",
                name=min(unknown),
                names=", ".join(NAMES),
            )
        )
    given, shapes = positional(columns, geometry)
    codes = given.get("code", [])
    made = {name: column_of(name, _DTYPES[name], values, codes) for name, values in given.items()}
    return check_places(check_rows(assembled({**made, **_inferred(made, len(shapes))}, shapes, origin)))


def _inferred(made: Mapping[str, pd.Series[Any]], rows: int) -> dict[str, Any]:
    """Return the columns that follow from those given."""
    found: dict[str, Any] = {}
    if "code" not in made:
        found["code"] = [str(number + 1) for number in range(rows)]
    if "first_day" in made:
        last = made.get("last_day", made["first_day"])
        found["last_day"] = last.where(last.notna(), made["first_day"])
    for measure in FIGURE_MEASURES:
        low, best, high = (f"{measure}_{bound}" for bound in ("low", "best", "high"))
        if best in made and low not in made and high not in made:
            found |= {low: made[best], high: made[best]}
    if "part_of" in made and "counted" not in made:
        codes = set(made["code"] if "code" in made else found["code"])
        found["counted"] = [whole not in codes for whole in made["part_of"]]
    return found


def assembled(columns: dict[str, Any], geometry: Any, origin: Origin | None = None) -> gpd.GeoDataFrame:  # noqa: ANN401 — anything that pandas takes as a column
    """Make an incident frame of sound columns, such as a store or an earlier frame gives: nothing is checked.

    Args:
        columns: Values by column name, all of one length; Series have the index 0 up. Those not given are filled with
            "unknown". They are taken out one by one, so that the values of a column can go when it is made.
        geometry: Shapely geometries (lon, lat) or None, of the same length.
        origin: The origin of the frame.
    """
    rows = len(geometry)
    filled = {column.name: _column(column, columns.pop(column.name, None), rows) for column in COLUMNS}
    frame = gpd.GeoDataFrame(filled, geometry=gpd.GeoSeries(geometry, crs=CRS), crs=CRS)
    return stating(frame, origin) if origin else frame


def _column(column: Column, values: Any, rows: int) -> pd.Series[Any]:  # noqa: ANN401 — anything that pandas takes
    if values is None:
        values = [column.name == "counted"] * rows if column.dtype == "bool" else [None] * rows
    if isinstance(values, (list, tuple)) and len(values):
        # What pandas looks at cell by cell: a quarter of the time of a frame of lists.
        if column.dtype in {TEXT, WHOLE} and values.count(None) == len(values):
            return _unknown(column, len(values))
        if column.dtype == DAY:
            with suppress(ValueError, TypeError):
                return pd.Series(np.array(values, dtype=DAY))
    made: pd.Series[Any] = pd.Series(values, dtype=_STORED[column.name])
    return made


def _unknown(column: Column, rows: int) -> pd.Series[Any]:
    """Return a column of text or whole numbers in which nothing is known."""
    if column.dtype == WHOLE:
        return pd.Series(pd.arrays.IntegerArray(np.zeros(rows, np.int32), np.ones(rows, bool)))
    unknown: pd.Series[Any] = pd.Series(None, index=pd.RangeIndex(rows), dtype=_STORED[column.name])
    return unknown


_LISTED: Final = 6
"""The most columns that a message names."""

_MAKE: Final = mark(
    "Make the frame with willay.events.make_frame(columns, geometry), which fills in unknown values: "
    "see docs/en/reference/frames.md."
)


def _listed(names: Sequence[str]) -> str:
    listed = ", ".join(names[:_LISTED])
    more = len(names) - _LISTED
    if more <= 0:
        return listed
    return tr_n("{listed} and {n:,} more column", "{listed} and {n:,} more columns", more, listed=listed)


def check_frame(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the frame if it is an incident frame; its `attrs` state what holds of all its rows, see `provenance`.

    Raises:
        FrameError: It is not a GeoDataFrame, a column is missing, or the coordinates are not EPSG:4326; the message
            says how to correct it.

    Example:
        >>> import shapely
        >>> from willay.events import check_frame, make_frame
        >>> frame = make_frame({"title": ["March"]}, [shapely.Point(-76.5, -12)])
        >>> len(check_frame(frame))
        1
    """
    if not isinstance(frame, gpd.GeoDataFrame) or frame.columns.duplicated().any():
        doubled = tr("table in which two columns have the same name")
        kind = doubled if isinstance(frame, gpd.GeoDataFrame) else type(frame).__name__
        raise FrameError(
            tr("Expected an incident frame (a GeoDataFrame), got a {kind}. {make}", kind=kind, make=tr(_MAKE))
        )
    if missing := [name for name in NAMES if name not in frame.columns]:
        raise FrameError(
            tr(
                "The table lacks {columns}. {make}",
                columns=_listed(missing),
                make=tr(_MAKE),
            )
        )
    if frame.active_geometry_name is None:
        raise FrameError(tr("The table has no geometry column. Set it: frame.set_geometry('geometry')."))
    if frame.crs is None:
        raise FrameError(tr("The table has no CRS. Set it: frame.set_crs('EPSG:4326')."))
    if frame.crs.to_epsg() != 4326:  # noqa: PLR2004 — the EPSG code itself
        raise FrameError(tr("The table is in {name}. Convert it: frame.to_crs('EPSG:4326').", name=frame.crs.name))
    return restated(frame)


def summable(frame: gpd.GeoDataFrame, measure: str) -> pd.Series[bool]:
    """Return which rows' figures of a measure may be added, so that nobody is counted twice.

    A part is left out where its parent is in the frame and has a figure of that measure; where the parent has none, the
    parts are all that is known, and are added. So is left out a part whose parent incident is in the frame and may not
    be named (`counted` is false, and there is no `part_of`). For counting incidents use the column `counted`.

    Args:
        frame: The incident frame.
        measure: One of `FIGURE_MEASURES`.

    Returns:
        True or false for each row, with the frame's index.

    Example:
        >>> import shapely
        >>> from willay.events import make_frame, summable
        >>> frame = make_frame({"title": ["March"], "killed_best": [3]}, [shapely.Point(-76.5, -12)])
        >>> summable(frame, "killed").tolist()
        [True]
    """
    known = frame[f"{measure}_low"].notna() | frame[f"{measure}_best"].notna() | frame[f"{measure}_high"].notna()
    parts = frame["part_of"].notna().to_numpy(bool)
    adds = frame["counted"].to_numpy(bool) | parts
    whole_of = dict(zip(frame.loc[parts, "code"], frame.loc[parts, "part_of"], strict=True))
    tells = set(frame.loc[known & frame["code"].isin({*whole_of.values()}), "code"])

    def stands_alone(code: str) -> bool:
        whole = whole_of.get(code)
        while whole is not None:
            if whole in tells:
                return False
            whole = whole_of.get(whole)
        return True

    adds[parts] = [stands_alone(code) for code in frame.loc[parts, "code"]]
    return pd.Series(adds, index=frame.index, dtype="bool")


def open_ended(frame: gpd.GeoDataFrame, measure: str) -> pd.Series[bool]:
    """Return which rows' figures of a measure have no upper end: somebody says "at least" and nobody how many at most.

    It is reported in one way in every table: the low is known and the high is missing. A best alone is an exact number.

    Args:
        frame: The incident frame.
        measure: One of `FIGURE_MEASURES`.

    Returns:
        True or false for each row, with the frame's index.

    Example:
        >>> import shapely
        >>> from willay.events import make_frame
        >>> from willay.events.frame import open_ended
        >>> said = {"title": ["Attack", "March"], "killed_low": [3, 0], "killed_best": [3, 0], "killed_high": [None, 0]}
        >>> open_ended(make_frame(said, [shapely.Point(36, -1)] * 2), "killed").tolist()
        [True, False]
    """
    found: pd.Series[bool] = frame[f"{measure}_low"].notna() & frame[f"{measure}_high"].isna()
    return found


def plain(cell: Any) -> Any:  # noqa: ANN401 — a cell of any dtype
    """Return a cell as a plain Python value: None where it is missing, a day as ISO text, numbers unboxed."""
    if cell is None or pd.isna(cell):
        return None
    if isinstance(cell, pd.Timestamp):
        return cell.date().isoformat()
    return cell.item() if hasattr(cell, "item") else cell


def cells(frame: gpd.GeoDataFrame, name: str) -> list[Any]:
    """Return a column as plain Python values: None where unknown, days as ISO text, whole numbers as int.

    Cost: some 20 ns a cell.
    """
    column = frame[name]
    dtype = _DTYPES.get(name)
    if dtype == WHOLE:
        return _whole(column)
    if dtype == DAY:
        return _days(column)
    if dtype == YES_NO:
        return _answers(column)
    values = column.to_numpy(object)
    missing = column.isna().to_numpy()
    if missing.all():
        return [None] * len(frame)
    if missing.any():
        values = values.copy()
        values[missing] = None
    found: list[Any] = values.tolist()
    return found


def _whole(column: pd.Series[Any]) -> list[Any]:
    missing = column.isna().to_numpy()
    if missing.all():
        return [None] * len(column)
    values = column.fillna(0).to_numpy(np.int64)
    if not missing.any():
        plain: list[Any] = values.tolist()
        return plain
    known = values.astype(object)
    known[missing] = None
    found: list[Any] = known.tolist()
    return found


def _answers(column: pd.Series[Any]) -> list[Any]:
    """Return true, false or None, also of what a join or an assignment has made numbers or objects."""
    missing = column.isna().to_numpy(bool)
    if missing.all():
        return [None] * len(column)
    return [None if unknown else bool(value) for value, unknown in zip(column, missing, strict=True)]


def _days(column: pd.Series[Any]) -> list[Any]:
    days = column.to_numpy("datetime64[D]")
    texts = np.datetime_as_string(days).astype(object)
    texts[np.isnat(days)] = None
    found: list[Any] = texts.tolist()
    return found


def explode_places(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a frame with a row for each place of each incident, in the order of places.

    Needs the `details` column. Rows keep the index of their incident; an incident without a place keeps its one row.
    Such a frame can be written, and drawn as points on a map of one's own. Pages and sums refuse it.

    Example:
        >>> import shapely
        >>> from willay.events import explode_places, make_frame
        >>> frame = make_frame({"title": ["March"]}, [shapely.Point(-76.5, -12)])
        >>> len(explode_places(frame))
        1
    """
    rows, geometries = [], []
    for index, row in frame.iterrows():
        places = details_of(row)["places"] or [{}]
        for number, place in enumerate(places):
            rows.append({**row.drop("geometry").to_dict(), **_place_columns(place, row), "index": index})
            geometries.append(_place_shape(place, row.geometry if number == 0 else None))
    exploded = pd.DataFrame(rows).set_index("index").rename_axis(frame.index.name)
    exploded = exploded.astype(_STORED)
    result = gpd.GeoDataFrame(exploded, geometry=geometries, crs=CRS)
    return stating(result, {**origin_of(frame), "rows": PLACES})


def _place_columns(place: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    if not place:
        return {}
    admin = [*place.get("admin", []), None, None, None]
    return {
        "place_name": place.get("name"),
        "place_precision": place.get("precision"),
        "radius_m": place.get("radius_m"),
        "country": place.get("country", row["country"]),
        "admin_code": place.get("admin_code"),
        "region": place.get("region"),
        "adm1": admin[0],
        "adm2": admin[1],
        "adm3": admin[2],
    }


def _place_shape(place: Mapping[str, Any], known: shapely.Geometry | None) -> shapely.Geometry | None:
    if known is not None:
        return known
    return shapely.Point(place["lon"], place["lat"]) if "lon" in place else None
