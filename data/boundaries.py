"""Outlines of countries and their first-level units, from Natural Earth (public domain).

Borders are generalised to about 1:10 million: good for a map of a country, not for a boundary dispute.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from willay.data.errors import HOW_TO_WRITE_COUNTRIES as HOW_TO_WRITE
from willay.data.errors import UnknownTermError
from willay.data.packs import shipped_pack
from willay.geo.boxes import BBox
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import shapely

COUNTRY_BOXES: Final[Mapping[str, BBox]] = MappingProxyType({"PE": BBox(-81.4, -18.4, -68.6, 0.0)})
"""The box of Peru, whose outlines are files of their own, degrees, rounded outward to a tenth; the boxes of other
countries are in their packs."""

STATED_AREAS_KM2: Final[Mapping[tuple[str, str], float]] = MappingProxyType({("pe-departments", "PE-CAL"): 146.98})
"""Areas of regions, by set and key, whose outline is far from them: Callao's shows 57 km². INEI, 1997:
http://proyectos.inei.gob.pe/web/biblioineipub/bancopub/Est/LIB0170/N02/iecaa016.htm"""


ACCURACY_M: Final[Mapping[str, float]] = MappingProxyType({"pe-departments": 10_000.0})
"""Maximum distance of an outline from the true limit, metres, by region set: a millimetre on a map of 1:10 million,
which is the scale that Natural Earth states. Of the 2,313 places of the shipped gazetteer one lies farther outside its
department."""

_AREAS_APART: Final[Mapping[tuple[str, str], float]] = MappingProxyType({("pe-departments", "07"): 20_000.0})
"""The same of one unit, by set and code: Callao's outline lacks most of Ventanilla (see `STATED_AREAS_KM2`)."""

USUAL_ACCURACY_M: Final = 2_000.0
"""The same for limits of unknown accuracy, such as a user's own: a minute of arc (1.9 km), to which many gazetteers
round their points."""


def accuracy_m(set_name: str, code: str) -> float:
    """Return how far the outline of a unit may run from the true limit, metres."""
    return _AREAS_APART.get((set_name, code)) or ACCURACY_M.get(set_name, USUAL_ACCURACY_M)


def stated_area_km2(set_name: str, key: str) -> float | None:
    """Return the area of a region where its outline does not show it, square kilometres; else None.

    Example:
        >>> from willay.data import stated_area_km2
        >>> stated_area_km2("pe-departments", "PE-CUS") is None
        True
    """
    return STATED_AREAS_KM2.get((set_name, key))


def country_box(code: str) -> BBox | None:
    """Return a country's box, whose west is greater than its east where it crosses 180°; None for an unknown code.

    Example:
        >>> from willay.data import country_box
        >>> country_box("KE").contains(36.8, -1.3), country_box("XX")
        (True, None)
    """
    if code in COUNTRY_BOXES:
        return COUNTRY_BOXES[code]
    pack = shipped_pack(code)
    return BBox(*pack.head["box"]) if pack and "box" in pack.head else None


def departments() -> gpd.GeoDataFrame:
    """Return Peru's 26 first-level units: 24 departments, Callao, and Lima Province apart from the Lima region.

    Columns: key and iso (ISO 3166-2), ubigeo (INEI; Lima Province is 1501, the only one of four digits), name,
    name_es, name_en, outline_note (a text by language: what a reader should know of the outline; or None), geometry.
    Shared borders coincide.

    Example:
        >>> from willay.data import departments
        >>> len(departments())
        26
    """
    return _shapes("boundaries/pe-departments.geojson").copy()


def country_outline(code: str) -> shapely.Geometry:
    """Return a country's outline, the union of its units.

    Raises:
        UnknownTermError: There is no such country.

    Example:
        >>> import shapely
        >>> from willay.data import country_outline
        >>> country_outline("KE").contains(shapely.Point(36.8, -1.3))
        True
    """
    if code in COUNTRY_BOXES:
        return _shapes("boundaries/peru.geojson").geometry.iloc[0]
    if country_box(code) is None:
        raise UnknownTermError("country with a shipped outline", code, tuple(COUNTRY_BOXES), None, tr(HOW_TO_WRITE))
    return _union(code)


@cache
def _union(code: str) -> shapely.Geometry:
    import shapely  # noqa: PLC0415 — a box needs none

    from willay.data.units import outlines  # noqa: PLC0415 — it asks this module

    return shapely.coverage_union_all(outlines(code))


def neighbours() -> gpd.GeoDataFrame:
    """Return the other countries of a wide box around South America, drawn coarser far from Peru.

    Columns: code (ISO 3166-1 numeric; empty where there is none), name_es, name_en, geometry.

    Example:
        >>> from willay.data import neighbours
        >>> neighbours().crs.to_epsg()
        4326
    """
    return _shapes("boundaries/neighbours.geojson").copy()


def rivers() -> gpd.GeoDataFrame:
    """Return rivers of Peru and around it as lines, the greatest first.

    Columns: name, name_es, name_en (empty where not known), rank (Natural Earth's, 1 is the greatest), geometry.

    Example:
        >>> from willay.data import rivers
        >>> set(rivers().geom_type) <= {"LineString", "MultiLineString"}
        True
    """
    return _shapes("boundaries/rivers.geojson").copy()


def lakes() -> gpd.GeoDataFrame:
    """Return lakes of Peru and around it, the largest first: name, name_es and name_en (or empty), geometry.

    Example:
        >>> from willay.data import lakes
        >>> "Lago Titicaca" in set(lakes()["name_es"])
        True
    """
    return _shapes("boundaries/lakes.geojson").copy()


@cache
def _shapes(path: str) -> gpd.GeoDataFrame:
    from willay.data.shapes import shipped_shapes  # noqa: PLC0415 — geopandas, which a box does not need

    return shipped_shapes(path)
