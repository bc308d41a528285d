"""Incidents as columns: what the page's arrays and dictionaries hold of each row of the incident frame.

Rows are sorted by first day, undated ones last, then by code. A row's place is a number in a table of
distinct places, since many incidents share one; its texts are numbers in dictionaries.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import shapely

from willay.data.codebook import codebook
from willay.events.frame.columns import COLUMNS
from willay.events.frame.families import parents
from willay.events.frame.frame import check_frame, summable
from willay.events.frame.publishing import warn_undisclosed
from willay.events.frame.row_checks import check_places, check_rows
from willay.events.model.errors import FrameWarning
from willay.events.model.policy import FIGURE_MEASURES
from willay.geo.translation import tr
from willay.maps.acts import acts_of
from willay.maps.cards import CardBlocks
from willay.maps.details import Cards
from willay.maps.facets import facet_columns
from willay.maps.payload import smallest
from willay.maps.shapes import ShapeTable, to_grid
from willay.maps.voices import Voices
from willay.maps.world import named_countries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    Array = NDArray[Any]  # Any: each array has a type of its own

DRAWN: Final = ("none", "point", "ring", "nominal", "area")
"""How a row is drawn: not at all, as a point, a ring of a known or of a nominal radius, or its shape."""

DICTIONARIES: Final = tuple(column.name for column in COLUMNS if "row" in column.page)
"""Columns of the frame that travel as dictionaries."""

FIRST: Final = (
    "type", "first", "lasted", "date_precision", "counted", "drawn", "radius_m", "place", "place_x", "place_y",
    "shape", "case_counts", "case_ids", "parent", "act", "country",
)  # fmt: skip
"""The arrays needed for the first picture of a page, next to its outlines: where, when and what."""

_NAMED: Final = 8

NO_DAY: Final = np.iinfo(np.int32).min
"""Represents a missing day."""


@dataclass(frozen=True, slots=True)
class IncidentColumns:
    """The columns of a page.

    Attributes:
        frame: The rows in the page's order, index 0 up.
        origin_index: The index that each of these rows had in the frame given.
        dictionaries: Distinct texts by column; the first is None where a row may lack one. `country` is there where
            the rows are of several.
        arrays: The numbers, by name. Figures are written one higher than they are: 0 stands for unknown. So is
            `parent`, the row of the incident that a row is a part of; it is there where any row has one,
            as `act` is, which marks acts of the state (`acts.py`).
        measures: The measures that any row has a figure of.
        cards: What the column `details` states about each row; an empty dict where it states nothing.
        titles: The titles in these cards, by language and row, except those in the language of the frame.
        facets: What a reader can choose values of, by name (`facets.py`).
        voices: Whose numbers the figures are.
        texts: The cards as a page carries them, in blocks, and what these share, where these were asked for.
        starts: The first row of each block of cards.
        cited: How many voices state the claims of all cards, and how many sources they cite.
    """

    frame: gpd.GeoDataFrame
    origin_index: pd.Index[Any]
    dictionaries: dict[str, list[str | None]]
    arrays: dict[str, Array]
    measures: tuple[str, ...]
    cards: Cards
    titles: Mapping[str, Mapping[int, str]]
    facets: dict[str, dict[str, Any]]
    voices: Voices
    texts: Sequence[str] = ()
    starts: Sequence[int] = ()
    cited: tuple[int, int] = (0, 0)


def incident_columns(
    frame: gpd.GeoDataFrame, shapes: ShapeTable, *, summed: bool = True, texts: bool = False
) -> IncidentColumns:
    """Turn an incident frame into a page's columns, adding the shapes of areas to a table.

    Warns with `DisclosureWarning` where the frame is the record itself.

    Args:
        frame: The incident frame.
        shapes: The table of shapes.
        summed: Whether the rows will be counted; see `check_rows`.
        texts: Whether to write the cards as a page carries them: each is parsed once for all.

    Raises:
        FrameError: The table is not an incident frame, or a row is not sound.
    """
    frame = check_frame(frame)
    warn_undisclosed(frame)
    sound = check_places(check_rows(frame, summed=summed))
    rows = sound if _is_in_order(sound) else sound.sort_values(["first_day", "code"], na_position="last", kind="stable")
    index = rows.index
    rows = _typed(rows.reset_index(drop=True))
    measures = tuple(m for m in FIGURE_MEASURES if rows[[f"{m}_low", f"{m}_best", f"{m}_high"]].notna().any(axis=None))
    cards, blocks, voices = Cards(rows), CardBlocks(rows, measures) if texts else None, Voices(rows, measures)
    facts = cards.facts(voices, *([blocks] if blocks else []))
    dictionaries: dict[str, list[str | None]] = {}
    arrays: dict[str, Array] = {}
    for name in DICTIONARIES:
        dictionaries[name], arrays[name] = _dictionary(rows[name])
    if len(named_countries(rows)) > 1:
        dictionaries["country"], arrays["country"] = _dictionary(rows["country"])
    facets, lists = facet_columns(rows, facts)
    arrays |= _time(rows) | lists | _figures(rows, measures) | _places(rows, shapes)
    texts_of = () if blocks is None else blocks.texts()
    starts = () if blocks is None else blocks.starts
    return IncidentColumns(
        rows,
        index,
        dictionaries,
        arrays,
        measures,
        cards,
        facts.titles,
        facets,
        voices,
        texts_of,
        starts,
        (facts.voices, len(facts.cited)),
    )


def _is_in_order(rows: gpd.GeoDataFrame) -> bool:
    """Return whether rows are in the order of a page, as a store gives them: sorting them would copy them."""
    days = rows["first_day"].to_numpy("datetime64[s]")
    later = np.diff(np.where(np.isnat(days), np.iinfo(np.int64).max, days.astype(np.int64)))
    codes = rows["code"].to_numpy(object)
    return bool(((later > 0) | ((later == 0) & (codes[1:] >= codes[:-1]))).all())


def _typed(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the rows with a type each: what has none is drawn and named as "other"."""
    known = codebook().types
    strange = sorted({str(code) for code in rows["type"].dropna().unique() if code not in known})
    if strange:
        told = ", ".join(strange[:_NAMED])
        if len(strange) > _NAMED:
            told = tr("{listed} and {n} more", listed=told, n=len(strange) - _NAMED)
        warnings.warn(
            tr(
                "Types that are not in the codebook are drawn like other events: {types}. Known types: {known}.",
                types=told,
                known=", ".join(known.codes()),
            ),
            FrameWarning,
            stacklevel=4,
        )
    return rows if rows["type"].notna().all() else rows.assign(type=rows["type"].fillna("other"))


def latest_moment(frame: gpd.GeoDataFrame) -> str | None:
    """Return the moment of the latest revision shown, or None; of coarse incidents only the month is known."""
    moments = [moment for moment in frame["recorded_at"].dropna() if "T" in moment]
    return max(moments, default=None)


def _time(rows: gpd.GeoDataFrame) -> dict[str, Array]:
    """Return each row's first day and how many days later it ended."""
    first, last = _days(rows["first_day"]), _days(rows["last_day"])
    last = np.where((last == NO_DAY) | (last < first), first, last)
    return {"first": first, "lasted": smallest(last.astype(np.int64) - first)}


def _figures(rows: gpd.GeoDataFrame, measures: tuple[str, ...]) -> dict[str, Array]:
    arrays: dict[str, Array] = {
        "counted": rows["counted"].to_numpy(bool).astype(np.uint8),
        "source_count": smallest(rows["source_count"].fillna(-1).to_numpy(np.int64) + 1),
    }
    above = parents(rows)
    if (above >= 0).any():
        arrays["parent"] = smallest(above + 1)
    if (acts := acts_of(rows)).any():
        arrays["act"] = acts.astype(np.uint8)
    for measure in measures:
        arrays[f"{measure}_adds"] = summable(rows, measure).to_numpy(bool).astype(np.uint8)
        for bound in ("low", "best", "high"):
            arrays[f"{measure}_{bound}"] = smallest(rows[f"{measure}_{bound}"].fillna(-1).to_numpy(np.int64) + 1)
    return arrays


def _days(column: pd.Series[Any]) -> NDArray[np.int32]:
    """Return days since 1970-01-01."""
    days = column.to_numpy("datetime64[D]")
    return np.where(np.isnat(days), NO_DAY, days.astype(np.int64)).astype(np.int32)


def _dictionary(column: pd.Series[Any]) -> tuple[list[str | None], Array]:
    """Return the distinct texts, None first and then sorted, and each row's number in them."""
    numbers, known = pd.factorize(column, sort=True)
    return [None, *(str(name) for name in known)], smallest(np.asarray(numbers) + 1)


def _places(rows: gpd.GeoDataFrame, shapes: ShapeTable) -> dict[str, Array]:
    """Return how and where each row is drawn."""
    geometry = np.asarray(rows.geometry.array, object)
    drawn, radius = _drawn(rows, geometry)
    placed = np.flatnonzero(drawn != DRAWN.index("none"))
    points = geometry[placed]
    spread = shapely.get_type_id(points) != shapely.GeometryType.POINT
    points[spread] = shapely.point_on_surface(points[spread])
    cells = to_grid(shapely.get_x(points), shapely.get_y(points), shapes.west).reshape(-1, 2)
    distinct, numbers = np.unique(cells, axis=0, return_inverse=True)
    place = np.full(len(rows), len(distinct), np.int64)
    place[placed] = numbers.reshape(-1)
    return {
        "drawn": drawn,
        "radius_m": radius,
        "place": smallest(place),
        "place_x": distinct[:, 0].astype(np.int32),
        "place_y": distinct[:, 1].astype(np.int32),
        "shape": _shape_numbers(geometry, drawn == DRAWN.index("area"), shapes),
    }


def _shape_numbers(geometry: Array, areas: NDArray[np.bool_], shapes: ShapeTable) -> Array:
    """Return the number of each area in the table of shapes, plus one; equal areas share one; 0 is not an area."""
    numbers = np.zeros(len(geometry), np.int64)
    added: dict[bytes, int] = {}
    for row in np.flatnonzero(areas):
        key = shapely.to_wkb(geometry[row])
        if key not in added:
            added[key] = shapes.add(geometry[row]) + 1
        numbers[row] = added[key]
    return smallest(numbers)


def _drawn(rows: gpd.GeoDataFrame, geometry: Array) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Return how each row is drawn (number in `DRAWN`) and its radius in metres, 0 where it has none."""
    terms = codebook().place_precision
    numbers, codes = pd.factorize(rows["place_precision"])  # -1 where it is not known: an exact point
    facts = [terms[code].facts if code in terms else {"drawn": "point"} for code in codes] + [{"drawn": "point"}]
    how = np.array([fact["drawn"] for fact in facts])[numbers]
    stated = rows["radius_m"].to_numpy(float)
    usual, nominal = (np.array([fact.get(key, np.nan) for fact in facts])[numbers] for key in ("radius_m", "nominal_m"))
    ring = np.where(np.isfinite(stated), stated, usual)
    point = shapely.get_type_id(geometry) == shapely.GeometryType.POINT
    drawn = np.select(
        [
            (shapely.is_empty(geometry) | shapely.is_missing(geometry)) | (how == "none"),
            ~point,
            how == "point",
            np.isfinite(ring),
            np.isfinite(nominal),
        ],
        [DRAWN.index(name) for name in ("none", "area", "point", "ring", "nominal")],
        DRAWN.index("none"),
    ).astype(np.uint8)
    radius = np.select([drawn == DRAWN.index("ring"), drawn == DRAWN.index("nominal")], [ring, nominal], 0)
    return drawn, radius.astype(np.float32)
