"""What the rows of an incident frame may not hold: two incidents of one code, a place off the Earth, days in reverse.

A frame that a store made has been through stricter checks. One that was made or changed by hand, by a join or an
assignment, has not: pages, pictures, files and sums look at it here first, so that each is right or refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import shapely

from willay.data.codebook import codebook
from willay.events.frame.cell_values import is_truth, row_words
from willay.events.model.errors import FrameError
from willay.events.model.policy import FIGURE_MEASURES
from willay.geo.translation import mark, tr, tr_n

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray


PLACES: Final = "places"
"""The value of `frame.attrs["rows"]` in a frame with one row per place; see `frame.explode_places`."""


def check_rows(frame: gpd.GeoDataFrame, *, summed: bool = True) -> gpd.GeoDataFrame:
    """Return an incident frame with all its columns, if its rows are sound.

    Cost: some 0.4 µs a row.

    Args:
        frame: The frame.
        summed: Whether its rows will be counted: then a row for each place of an incident would count it twice.

    Raises:
        FrameError: A row has no code, or that of another; its days run backwards; a figure is not a whole number from
            0 up or not low ≤ best ≤ high; it is a part of itself; what protects it cannot be read. The message names
            the row.
    """
    codes = frame["code"].tolist()
    is_by_place = frame.attrs.get("rows") == PLACES
    if is_by_place and summed:
        raise FrameError(
            tr(
                "The frame has one row per place of an incident, so sums would count incidents twice. Use the frame "
                "that you passed to explode_places."
            )
        )
    _check_codes(frame["code"], codes, repeat=is_by_place)
    _check_days(frame, codes)
    for measure in FIGURE_MEASURES:
        _check_figures(frame, measure, codes)
    _check_parts(frame, codes)
    _check_protection(frame, codes)
    return frame


def check_places(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return an incident frame if its places are on the Earth.

    An area may run on beyond 180° up to a full turn, as one across the antimeridian does; a point may not.

    Raises:
        FrameError: A place is not; the message names the row.
    """
    shapes = np.asarray(frame.geometry.array, dtype=object)
    bounds = shapely.bounds(shapes)
    most = np.where(shapely.get_type_id(shapes) == shapely.GeometryType.POINT, 180.0, 360.0)
    off = (np.abs(bounds[:, [0, 2]]) > most[:, None]).any(axis=1)
    off |= (np.abs(bounds[:, [1, 3]]) > 90.0).any(axis=1)  # noqa: PLR2004 — the poles
    words = mark(
        "The place of {row} is not on the Earth: longitudes are -180 to 180, latitudes -90 to 90, and the "
        "longitude comes first, shapely.Point(longitude, latitude). Correct it, or give None if it is "
        "unknown."
    )
    _refuse_first(off, frame["code"].tolist(), words)
    return frame


def _refuse_first(bad: NDArray[np.bool_], codes: list[Any], message: str, **values: object) -> None:
    if not bad.any():
        return
    rows = np.flatnonzero(bad)
    words = tr(message, row=row_words(int(rows[0]), codes), **values)
    more = len(rows) - 1
    raise FrameError(f"{words} ({tr_n('{n:,} more such row', '{n:,} more such rows', more)})" if more else words)


def _check_codes(column: pd.Series[Any], codes: list[Any], *, repeat: bool) -> None:
    missing = (column.isna() | (column == "")).to_numpy(bool)
    _refuse_first(missing, [], mark("The incident in {row} has no code. Give each incident its own code."))
    again = column.duplicated().to_numpy(bool) & (not repeat)
    words = mark(
        "The code of {row} is also the code of an earlier row. Each incident is one row and needs its own code."
    )
    _refuse_first(again, codes, words)


def _check_days(frame: gpd.GeoDataFrame, codes: list[Any]) -> None:
    first, last = (_days(frame, name) for name in ("first_day", "last_day"))
    words = mark("The last day of {row} has no first day. Give first_day as well, or leave both empty.")
    _refuse_first(np.isnat(first) & ~np.isnat(last), codes, words)
    words = mark("The last day of {row} is before its first day. Correct first_day or last_day.")
    _refuse_first(last < first, codes, words)  # a comparison with an unknown day is false


def _days(frame: gpd.GeoDataFrame, name: str) -> NDArray[np.datetime64]:
    column = frame[name]
    if not pd.api.types.is_datetime64_dtype(column.dtype):
        if not column.isna().all():
            raise FrameError(
                tr(
                    "Column {name!r} holds {dtype} instead of days. Convert it: frame[{name!r}] = "
                    "frame[{name!r}].astype('datetime64[s]').",
                    name=name,
                    dtype=column.dtype,
                )
            )
        return np.full(len(column), np.datetime64("NaT"), "datetime64[D]")
    days: NDArray[np.datetime64] = column.to_numpy("datetime64[D]")
    return days


def _check_figures(frame: gpd.GeoDataFrame, measure: str, codes: list[Any]) -> None:
    names = [f"{measure}_{bound}" for bound in ("low", "best", "high")]
    numbers = [_figures(frame, name, codes) for name in names]
    known = [(name, each) for name, each in zip(names, numbers, strict=True) if each is not None]
    for place, (less, low) in enumerate(known):
        for more, high in known[place + 1 :]:
            words = mark("{less} is more than {more} in {row}. A figure is low ≤ best ≤ high.")
            _refuse_first(low > high, codes, words, less=less, more=more)


def _figures(frame: gpd.GeoDataFrame, name: str, codes: list[Any]) -> NDArray[np.float64] | None:
    """Return the numbers of a column, NaN where unknown; None where it has none."""
    column = frame[name]
    if column.isna().all():
        return None
    if not pd.api.types.is_numeric_dtype(column.dtype):
        raise FrameError(
            tr(
                "Column {name!r} holds {dtype} instead of whole numbers. Make it with make_frame.",
                name=name,
                dtype=column.dtype,
            )
        )
    numbers: NDArray[np.float64] = column.astype("Float64").to_numpy(float, na_value=np.nan)
    known = ~np.isnan(numbers)
    bad = known & ((numbers < 0) | (np.floor(numbers) != numbers))
    _refuse_first(bad, codes, mark("{name} is not a whole number from 0 up in {row}."), name=name)
    return numbers


def _check_parts(frame: gpd.GeoDataFrame, codes: list[Any]) -> None:
    part = frame["part_of"].notna().to_numpy(bool)
    whole_of = dict(zip(frame.loc[part, "code"], frame.loc[part, "part_of"], strict=True))
    for code in whole_of:
        above, seen = whole_of.get(code), {code}
        while above is not None and above not in seen:
            seen.add(above)
            above = whole_of.get(above)
        if above == code:
            row = row_words(codes.index(code), codes)
            raise FrameError(
                tr("According to part_of, the incident in {row} is a part of itself. Correct part_of.", row=row)
            )


def _check_protection(frame: gpd.GeoDataFrame, codes: list[Any]) -> None:
    """Refuse what would let a row pass because nobody can read that it may not."""
    levels = codebook().sensitivity.codes()
    known = {name: frame[name].notna().to_numpy(bool) for name in ("may_publish", "sensitivity")}
    strange = known["may_publish"].copy()
    strange[strange] = [not is_truth(value) for value in frame.loc[strange, "may_publish"]]
    words = mark("may_publish is neither true nor false in {row}. Give one of these, or None if it is unknown.")
    _refuse_first(strange, codes, words)
    strange = known["sensitivity"] & ~frame["sensitivity"].isin(levels).to_numpy(bool)
    words = mark("The sensitivity of {row} is not a known level. Give one of {levels}, or None.")
    _refuse_first(strange, codes, words, levels=", ".join(levels))
