"""What a map shows around and in a country: neighbours, rivers, lakes, borders in dispute. Peru has its own files."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import shapely

from willay.data import boundaries
from willay.data.admin import COUNTRY as PERU
from willay.data.arcs import lines, polygons
from willay.data.errors import HOW_TO_WRITE_COUNTRIES, DataError, UnknownTermError
from willay.data.packs import shipped_pack
from willay.data.units import units
from willay.geo.boxes import BBox
from willay.geo.simplify import simplify_to
from willay.geo.translation import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from willay.data.packs import Columns

WIDENED: Final = 0.5
"""How far land around a country is drawn, as a share of the width of its box."""
LEAST_DEGREES: Final = 25.0
"""The least distance to which it is drawn, degrees."""
WATER_WIDENED: Final = 0.2
"""The same of rivers and lakes, of which the smaller ones are drawn in the country's box alone."""
GREAT_RANK: Final = 4
"""Natural Earth's rank up to which a river is drawn outside a country's box (1 is the greatest)."""
GREAT_LAKE: Final = 0.15
"""Size from which a lake is drawn there, square degrees."""
TOUCHING: Final = 0.001
WIDE_WINDOW: Final = 10_000.0
"""Size from which the land around a country is drawn lighter still, square degrees: a sixth of the world's map."""
WIDE_TOLERANCE: Final = 0.2
"""The root of the area of the triangles that are left out then, degrees."""

FULL_TURN: Final = 360.0
MAX_LAT: Final = 90.0


def divisions(country: str) -> gpd.GeoDataFrame:
    """Return the first-level units of a country as a map draws them: where possible with 25,000 corners at most.

    Columns: those of `willay.data.units.units`; Peru's are those of `departments()`.
    """
    return _divisions(country).copy()


@cache
def _divisions(country: str) -> gpd.GeoDataFrame:
    return boundaries.departments() if country == PERU else simplify_to(units(country))


def outline(country: str) -> gpd.GeoDataFrame:
    """Return a country's outline as a map draws it: one row, the union of its `divisions`."""
    if country == PERU:
        return gpd.GeoDataFrame(geometry=[boundaries.country_outline(country)], crs="EPSG:4326")
    return gpd.GeoDataFrame(geometry=[_outline(country)], crs="EPSG:4326")


@cache
def _outline(country: str) -> shapely.Geometry:
    return shapely.coverage_union_all(_divisions(country).geometry.array)


def neighbours(country: str) -> gpd.GeoDataFrame:
    """Return the other countries around a country, drawn lightly, as far as its box widened by half its width.

    Longitudes stay from -180 to 180. What lies between a neighbour's light outline and the country's own is given to
    that neighbour.

    Columns: code (ISO 3166-1; Peru's has numbers), name_es, name_en, geometry.
    """
    from willay.data.countries import country_name  # noqa: PLC0415 — it asks this module

    if country == PERU:
        return boundaries.neighbours()
    codes, shapes = _countries()
    window = _window(country, WIDENED, LEAST_DEGREES)
    near = [n for n, code in enumerate(codes) if code != country and shapes[n].intersects(window)]
    wide = shapely.box(*window.bounds).area > WIDE_WINDOW
    lighter = _lighter(WIDE_TOLERANCE) if wide else shapes
    clipped = [lighter[n].intersection(window) for n in near]
    drawn = clipped if wide else _closed(clipped, shapes[codes.index(country)], country)
    kept = [(codes[n], _polygons(shape)) for n, shape in zip(near, drawn, strict=True)]
    rows = [
        (code, country_name(code, "es"), country_name(code, "en"), shape) for code, shape in kept if not shape.is_empty
    ]
    columns = ["code", "name_es", "name_en", "geometry"]
    return gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs="EPSG:4326")


def rivers(country: str) -> gpd.GeoDataFrame:
    """Return rivers of a country and the great ones around it, the greatest first, as lines.

    Columns: name, name_es, name_en (empty where not known), rank (Natural Earth's, 1 is the greatest), geometry.
    """
    if country == PERU:
        return boundaries.rivers()
    names, ranks, shapes = _rivers()
    box, window = _window(country, 0, 0), _window(country, WATER_WIDENED, 1.0)
    kept = shapely.intersects(shapes, box) | (shapely.intersects(shapes, window) & (ranks <= GREAT_RANK))
    at = np.flatnonzero(kept)
    clipped = shapely.intersection(shapes[at], window)
    called = [names[n] for n in at]
    table = {"name": called, "name_es": called, "name_en": called, "rank": ranks[at]}
    return gpd.GeoDataFrame(table, geometry=clipped, crs="EPSG:4326")


def lakes(country: str) -> gpd.GeoDataFrame:
    """Return lakes of a country and the large ones around it, the largest first: name, name_es, name_en, geometry.

    The source has no names of lakes, so these are empty.
    """
    if country == PERU:
        return boundaries.lakes()
    shapes = polygons(_base("lakes"), _cells())
    box, window = _window(country, 0, 0), _window(country, WATER_WIDENED, 1.0)
    far = shapely.intersects(shapes, window) & (shapely.area(shapes) > GREAT_LAKE)
    kept = shapes[shapely.intersects(shapes, box) | far]
    table = {name: [""] * len(kept) for name in ("name", "name_es", "name_en")}
    return gpd.GeoDataFrame(table, geometry=kept, crs="EPSG:4326")


def disputed_lines(country: str) -> gpd.GeoDataFrame:
    """Return borders in and around a country that are in dispute, not settled, leased, or lines of control.

    Columns: kind (`disputed`, `indefinite`, `control` or `lease`), left and right (codes of ISO 3166-1, or "" where a
    side has none), left_es, left_en, right_es, right_en (names of both sides), geometry (lines).
    """
    kinds, one, two, shapes = _borders()
    at = np.flatnonzero(shapely.intersects(shapes, _window(country, WIDENED, LEAST_DEGREES)))
    rows = [(kinds[n], *_side(one[n]), *_side(two[n]), shapes[n]) for n in at]
    columns = ["kind", "left", "left_es", "left_en", "right", "right_es", "right_en", "geometry"]
    return gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs="EPSG:4326")


def world() -> gpd.GeoDataFrame:
    """Return all countries drawn lightly: code (ISO 3166-1), name_es, name_en, geometry."""
    from willay.data.countries import country_name  # noqa: PLC0415 — it asks this module

    codes, shapes = _countries()
    names = {f"name_{lang}": [country_name(code, lang) for code in codes] for lang in ("es", "en")}
    return gpd.GeoDataFrame({"code": codes, **names}, geometry=shapes, crs="EPSG:4326")


def _side(text: str) -> tuple[str, str, str]:
    """Return the code of a side of a border and its names in Spanish and English."""
    from willay.data.countries import country_name  # noqa: PLC0415 — it asks this module

    english, apart, spanish = text.partition("|")
    return ("", spanish, english) if apart else (text, country_name(text, "es"), country_name(text, "en"))


def _window(country: str, share: float, least: float) -> shapely.Geometry:
    """Return the box of a country widened, as one or two boxes from -180 to 180 degrees."""
    box = boundaries.country_box(country)
    if box is None:
        raise UnknownTermError("country with a shipped outline", country, (), None, tr(HOW_TO_WRITE_COUNTRIES))
    width = (box.east - box.west) % FULL_TURN if box.crosses_antimeridian else box.east - box.west
    more = max(width * share, least) if least else 0.0
    south, north = max(box.south - more, -MAX_LAT), min(box.north + more, MAX_LAT)
    if width + 2 * more >= FULL_TURN:
        return shapely.box(-180, south, 180, north)
    west, east = (_turned(side) for side in (box.west - more, box.east + more))
    return BBox(west, south, east, north).as_polygon()


def _turned(lon: float) -> float:
    return (lon + 180.0) % FULL_TURN - 180.0 if abs(lon) > 180 else lon  # noqa: PLR2004 — half a turn


def _closed(shapes: list[shapely.Geometry], light: shapely.Geometry, country: str) -> list[shapely.Geometry]:
    """Give each piece between the light outline of a country and its own to the neighbour that it touches."""
    own = _outline(country)
    if not shapes:
        return shapes
    gaps: dict[int, list[shapely.Geometry]] = {}
    tree = shapely.STRtree(shapes)
    for gap in shapely.get_parts(shapely.difference(shapely.make_valid(light), own)).tolist():
        for n in tree.query(gap, predicate="dwithin", distance=TOUCHING).tolist()[:1]:
            gaps.setdefault(n, []).append(gap)
    return [
        shapely.union_all([shape, *gaps[n]], grid_size=1e-4) if n in gaps else shape for n, shape in enumerate(shapes)
    ]


def _polygons(shape: shapely.Geometry) -> shapely.Geometry:
    parts = [part for part in shapely.get_parts(shape).tolist() if part.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _base(section: str) -> Columns:
    pack = shipped_pack("base")
    if pack is None:
        raise DataError(tr("{path} is missing. Reinstall willay.", path="data/world/base.pack"))
    return pack.section(section)


def _cells() -> int:
    pack = shipped_pack("base")
    return int(pack.head["cells"]) if pack else 1


@cache
def _countries() -> tuple[list[str], NDArray[np.object_]]:
    columns = _base("countries")
    codes, shapes = columns.texts(), polygons(columns, _cells())
    return codes, np.array([_polygons(shapely.make_valid(shape)) for shape in shapes], dtype=object)


@cache
def _lighter(degrees: float) -> NDArray[np.object_]:
    """Return all countries with fewer corners, without islands that are smaller than a corner's triangle."""
    shapes = shapely.coverage_simplify(_countries()[1], degrees)
    return np.array([_large(shape, degrees**2) for shape in shapes], dtype=object)


def _large(shape: shapely.Geometry, least: float) -> shapely.Geometry:
    parts = shapely.get_parts(shape).tolist()
    return shapely.MultiPolygon([part for part in parts if part.area >= least] or parts[:1])


@cache
def _rivers() -> tuple[list[str], NDArray[np.int64], NDArray[np.object_]]:
    columns = _base("rivers")
    return columns.texts(), columns.ints(), lines(columns, _cells())


@cache
def _borders() -> tuple[list[str], list[str], list[str], NDArray[np.object_]]:
    columns = _base("borders")
    return columns.texts(), columns.texts(), columns.texts(), lines(columns, _cells())
