"""Places and states of emergency, the former conflict zones, and the legal definitions that these rest on.

The shipped outlines are generalised, and some are working outlines, which every map must state. Whoever has
official district limits of the time can have the polygons rebuilt exactly from the definitions.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from willay.data.errors import MissingDistrictsError
from willay.geo.errors import MissingCRSError
from willay.geo.projected import frame_in_degrees
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import geopandas as gpd

SET: Final = "pe-conflict-zones"
PLACES: Final = "pe-places"
EMERGENCIES: Final = "pe-emergencies"
DEFINED: Final = frozenset(("PE",))
"""The countries with zones whose outlines are rebuilt from districts."""

FORMER: Final[Mapping[str, str]] = MappingProxyType({
    f"{SET}/vrae": f"{PLACES}/vrae",
    f"{SET}/vraem": f"{PLACES}/vraem",
    f"{SET}/upper-huallaga": f"{PLACES}/upper-huallaga",
    f"{SET}/loreto": f"{PLACES}/loreto",
    f"{SET}/conga": f"{EMERGENCIES}/conga",
    f"{SET}/echarate": f"{EMERGENCIES}/echarate",
    f"{SET}/espinar": f"{EMERGENCIES}/espinar",
})  # fmt: skip
"""Regions of the former set, which mixed places with decrees, and what they are in the two sets of today."""
_REBUILT: Final = {
    "es": "Reconstruido con los límites distritales que se agregaron.",
    "en": "Rebuilt from the given district limits.",
}
_NOT_DRAWN: Final = {"es": "Sin dibujar: {}.", "en": "Not drawn: {}."}
_FOLLOWS: Final = {
    "es": "Sigue a {}; otras relaciones de ese tiempo difieren o no se ubicaron: {}.",
    "en": "It follows {}; other lists of that time differ or were not available: {}.",
}
_OTHER_AREA: Final = {
    "es": (
        "Su área difiere en {} de la del contorno hecho con los límites de 2007. Verifique que los límites agregados "
        "sean de la época de la definición."
    ),
    "en": (
        "Its area differs by {} from the outline made with the limits of 2007. Check that the given limits are from "
        "the time of the definition."
    ),
}
_SAME_AREA: Final = 0.1
"""Maximum relative difference of area between a rebuilt zone and its outline, which is generalised to about 1 km."""


@dataclass(frozen=True, slots=True)
class ZoneDefinition:
    """What a decree or a report names as a zone.

    Attributes:
        id: The definition's own key.
        zone: The zone's name, by language.
        kind: State of emergency, or another kind of zone, in words by language.
        first_day: ISO day from which it holds, inclusive; None where the source does not print it in full.
        last_day: ISO day to which it holds, inclusive; None likewise.
        decree: Number of the decree; None where it was not read.
        citation: Where it was read.
        url: The page.
        provinces: UBIGEO codes of whole provinces.
        districts: UBIGEO codes of single districts.
        complete: Whether the source gives the whole list of units.
        besides: What the zone holds besides the units listed, such as a strip along a pipeline, by language; or None.
        note: What else a reader should know, such as a day that the source prints without its year, by language.
    """

    id: str
    zone: Mapping[str, str]
    kind: Mapping[str, str]
    first_day: str | None
    last_day: str | None
    decree: str | None
    citation: str
    url: str | None
    provinces: tuple[str, ...]
    districts: tuple[str, ...]
    complete: bool
    besides: Mapping[str, str] | None
    note: Mapping[str, str] | None


@cache
def definitions() -> Mapping[str, ZoneDefinition]:
    """Return every definition by its id."""
    text = (files("willay.data") / "zones" / "definitions.json").read_text("utf-8")
    return {
        row["id"]: ZoneDefinition(**{**row, "provinces": tuple(row["provinces"]), "districts": tuple(row["districts"])})
        for row in json.loads(text)["definitions"]
    }


def zones() -> gpd.GeoDataFrame:
    """Return the versions of the zones, with their outlines.

    Columns: set, key, version, name, name_es, name_en, kind, valid_from (ISO day, inclusive, None = always),
    valid_until (exclusive, None = open), reason, replaces, decree, citation, url, working_outline,
    outline_note, admin_code, definition (list of ids), districts_2007 (list of UBIGEO codes), geometry
    (EPSG:4326). reason and outline_note are texts by language.
    """
    from willay.data.shapes import shipped_shapes  # noqa: PLC0415 — geopandas, which definitions do not need

    return shipped_shapes(f"zones/{SET}.geojson")


def places() -> gpd.GeoDataFrame:
    """Return the set of places: valleys, provinces and a department, without limits of time.

    Columns as those of `zones`; definition is a mapping with the
    `units` (UBIGEO codes) that the place consists of, or None.
    """
    from willay.data.shapes import shipped_shapes  # noqa: PLC0415 — as for zones

    return shipped_shapes(f"zones/{PLACES}.geojson")


def emergencies() -> gpd.GeoDataFrame:
    """Return the set of states of emergency: a version for each decree or prolongation whose days were read.

    Columns as those of `places`; definition has the `id` of the decree besides, and no units where the decree covers
    parts of districts only, or its list was not read.
    """
    from willay.data.shapes import shipped_shapes  # noqa: PLC0415 — as for zones

    return shipped_shapes(f"zones/{EMERGENCIES}.geojson")


def present_name(name: str, known: Collection[str]) -> str:
    """Return the name by which a region is known today: its own, or what a region of the former set became.

    Args:
        name: `set/key`.
        known: The names that a database has, which go first: databases of before have the former set.
    """
    return name if name in known else FORMER.get(name.casefold(), name)


def rebuild_zones(
    districts: gpd.GeoDataFrame, *, code: str = "ubigeo", keys: Collection[str] | None = None
) -> gpd.GeoDataFrame:
    """Return the zones whose definitions are complete, rebuilt from official district limits.

    A province is the union of the districts whose codes begin with its own. A rebuilt version is not a working
    outline any more, unless its definition holds more than the units listed, later definitions that it cites
    differ, or its area is not that of the shipped outline: then the limits are of another year (districts
    divided since make a smaller zone, as Echarate is smaller than in 2012). `outline_note` says which.

    Versions without a complete definition are not returned: their shipped outline stays as it is.

    Args:
        districts: District polygons with a column of six-digit codes, in any CRS.
        code: That column's name.
        keys: The zones to rebuild, such as `conga`; None rebuilds all.

    Returns:
        Rows as `zones()` gives them, EPSG:4326.

    Raises:
        MissingDistrictsError: A district that a definition names, alone or with its province, is not among
            those given; nothing is rebuilt. Name the other zones in `keys`, or add the districts.
        MissingCRSError: The districts have no CRS.

    Example:
        >>> import geopandas, shapely
        >>> from willay.data import rebuild_zones
        >>> shapes = [shapely.box(-74, -13, -73, -12)]
        >>> one = geopandas.GeoDataFrame({"ubigeo": ["050504"]}, geometry=shapes, crs=4326)
        >>> from willay.data.errors import MissingDistrictsError
        >>> try:
        ...     rebuild_zones(one)
        ... except MissingDistrictsError:
        ...     print("other districts are missing")
        other districts are missing
    """
    if districts.crs is None:
        raise MissingCRSError(tr("The district limits have no CRS. Set it with set_crs before rebuilding."))
    shipped = zones()
    asked = [keys is None or key in keys for key in shipped["key"]]
    rows = shipped[[wanted and _complete(ids) for wanted, ids in zip(asked, shipped["definition"], strict=True)]]
    limits = frame_in_degrees(districts)
    codes = [str(value) for value in limits[code]]
    _refuse_missing(rows, codes)
    rebuilt = [_rebuilt(row, limits, codes) for row in rows.to_dict("records")]
    frame: gpd.GeoDataFrame = rows.assign(
        working_outline=[bool(caveats) for _, caveats in rebuilt],
        outline_note=[_joined([_REBUILT, *caveats]) for _, caveats in rebuilt],
    ).set_geometry([shape for shape, _ in rebuilt], crs=4326)
    return frame


def rebuild_units(districts: gpd.GeoDataFrame, *, code: str = "ubigeo") -> dict[str, gpd.GeoDataFrame]:
    """Return the places and emergencies that consist of listed units, rebuilt from official district limits, by set.

    A unit is the union of the districts whose codes begin with its own. Regions of whose units any has no district
    among those given are not returned: their shipped outline stays as it is.

    Args:
        districts: District polygons with a column of six-digit codes, in any CRS.
        code: That column's name.

    Raises:
        MissingCRSError: The districts have no CRS.
    """
    if districts.crs is None:
        raise MissingCRSError(tr("The district limits have no CRS. Set it with set_crs before rebuilding."))
    limits = frame_in_degrees(districts)
    codes = [str(value) for value in limits[code]]
    rebuilt = {}
    for shipped in (places(), emergencies()):
        listed = [(one or {}).get("units", []) for one in shipped["definition"]]
        there = [bool(own) and all(any(one.startswith(unit) for one in codes) for unit in own) for own in listed]
        rows, units = shipped[there], [tuple(own) for own, is_there in zip(listed, there, strict=True) if is_there]
        shapes = [limits.geometry[[one.startswith(own) for one in codes]].union_all() for own in units]
        frame = rows.assign(working_outline=False, outline_note=[_REBUILT] * len(rows))
        rebuilt[str(shipped["set"].iloc[0])] = frame.set_geometry(shapes, crs=4326)
    return rebuilt


def _complete(ids: Sequence[str]) -> bool:
    """Return whether the first definition of a version, the one its outline rests on, has its whole list."""
    return bool(ids) and definitions()[ids[0]].complete


def _units(definition: str) -> tuple[str, ...]:
    """Return the codes of the provinces and districts that a definition names."""
    named = definitions()[definition]
    return (*named.provinces, *named.districts)


def _refuse_missing(rows: gpd.GeoDataFrame, codes: Sequence[str]) -> None:
    """Refuse limits that lack what is named, before anything is built.

    Of a province, every district of 2007 is needed; those created since are taken where they are given.

    Raises:
        MissingDistrictsError: Something is missing.
    """
    there, missing = set(codes), {}
    for row in rows.to_dict("records"):
        named = definitions()[row["definition"][0]]
        of_provinces = [unit for unit in row["districts_2007"] if unit.startswith(named.provinces)]
        gone = sorted({*named.districts, *of_provinces} - there)
        gone += [unit for unit in named.provinces if not any(code.startswith(unit) for code in codes)]
        if gone:
            missing[f"{row['key']} {row['version']}"] = tuple(gone)
    if missing:
        raise MissingDistrictsError(missing)


def _joined(texts: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return texts by language, one after the other."""
    return {lang: " ".join(text[lang] for text in texts) for lang in _REBUILT}


def _rebuilt(
    row: Mapping[str, Any], limits: gpd.GeoDataFrame, codes: Sequence[str]
) -> tuple[Any, list[Mapping[str, str]]]:
    """Return the union of the districts in a version's units, and in what it is not exact."""
    from willay.geo.distance import area_km2  # noqa: PLC0415 — PROJ, which no other question to the zones needs

    first = definitions()[row["definition"][0]]
    units = _units(first.id)
    shape = limits.geometry[[code.startswith(units) for code in codes]].union_all()
    caveats: list[Mapping[str, str]] = []
    if first.besides:
        caveats.append({lang: text.format(first.besides[lang]) for lang, text in _NOT_DRAWN.items()})
    cited = row["definition"][1:]
    others = [one for one in cited if not _complete([one]) or set(_units(one)) != set(units)]
    if others:
        caveats.append({lang: text.format(first.id, ", ".join(others)) for lang, text in _FOLLOWS.items()})
    change = area_km2(shape) / area_km2(row["geometry"]) - 1
    if abs(change) > _SAME_AREA:
        caveats.append({lang: text.format(f"{change:+.0%}") for lang, text in _OTHER_AREA.items()})
    return shape, caveats
