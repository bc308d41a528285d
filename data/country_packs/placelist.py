"""Places of a country from a list: a GeoNames dump, its alternate names, or any table with name, lon and lat."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from willay.data.country_packs.contents import PackPlace
from willay.data.country_packs.examining import PlacesReport
from willay.data.country_packs.facts import is_plain
from willay.data.country_packs.fields import PLACE_NAMES, guessed_fields
from willay.data.country_packs.tables import read_lines, table_of
from willay.data.errors import PackError
from willay.geo.digests import file_digest
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    import geopandas as gpd
    from numpy.typing import NDArray

_GEONAMES_COLUMNS: Final = 19
_ALTERNATE_COLUMNS: Final = (8, 10)
_SETTLED: Final = "P"
"""GeoNames' feature class of cities, villages and what else people live in."""

_NOT_NAMES: Final = frozenset({"link", "post", "iata", "icao", "faac", "unlc", "wkdt", "phon", "piny", "tcid"})
"""Pseudo-languages of GeoNames' alternate names: addresses and codes."""

_MOST_NAMES: Final = 40
_LONGEST: Final = 200
_MAX_LON: Final = 180.0
_MAX_LAT: Final = 90.0
_NEAR_DEGREES: Final = 0.05
"""How far from a unit a place may lie to be given to it, degrees (5 km): coasts and islands are drawn roughly."""


@dataclass(slots=True)
class _Found:
    """Places as they are read, and what was left out."""

    places: list[PackPlace] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class PlacesRead:
    """Places of one file or several, each with the finest unit that holds it.

    Attributes:
        places: By name, then id.
        reports: What was found in each file.
        sha256: The digest of the first file with places.
        is_geonames: Whether any of them are GeoNames'.
    """

    places: tuple[PackPlace, ...]
    reports: tuple[PlacesReport, ...]
    sha256: str
    is_geonames: bool


def read_place_lists(paths: Sequence[Path], country: str, units: Sequence[gpd.GeoDataFrame]) -> PlacesRead:
    """Read lists of places: what each is is seen by its shape.

    A GeoNames country dump has 19 columns without a first line that names them, its alternate names have 8 or 10. Any
    other is a table whose first line names the columns; a p-code table with coordinates is one.

    Args:
        paths: The files; alternate names belong to the places of the dump.
        country: ISO 3166-1 alpha-2; rows of GeoNames of another country are left out.
        units: The units of each level, the widest first.

    Raises:
        PackError: A file is none of these.
        MissingFileError, NotTextError: One is missing, or not UTF-8.
    """
    others: dict[str, list[str]] = {}
    lists = []
    for path in paths:
        lines = _lines_of(path)
        if _is_alternate_names(lines):
            _collect_names(lines, others)
        else:
            lists.append((path, lines))
    if not lists:
        raise PackError(
            tr("There are alternate names, but no list of places. Give the GeoNames dump as well: --places.")
        )
    codes = _UnitsByPlace(units)
    read, reports, is_geonames = [], [], False
    for path, lines in lists:
        places, report = _read_list(path, lines, country, others, codes)
        read += places
        reports.append(report)
        is_geonames |= report.form == "geonames"
    ids = [place.id for place in read]
    if len(set(ids)) < len(ids):
        twice = next(one for one, number in Counter(ids).items() if number > 1)
        raise PackError(
            tr("Several places have the id {one!r}. Give each its own, or leave the column out.", one=twice[:80])
        )
    ordered = sorted(read, key=lambda place: (place.name, place.id))
    return PlacesRead(tuple(ordered), tuple(reports), file_digest(lists[0][0]), is_geonames)


def _lines_of(path: Path) -> list[list[str]]:
    if path.suffix.lower() in {".txt", ".tsv"}:
        lines = read_lines(path, delimiter="\t", quoted=False)
        if lines and len(lines[0]) > 1:
            return lines
    return read_lines(path)


def _is_geonames(lines: list[list[str]]) -> bool:
    first = lines[0] if lines else []
    return len(first) == _GEONAMES_COLUMNS and first[0].isdigit() and _degrees(first[4], _MAX_LAT) is not None


def _is_alternate_names(lines: list[list[str]]) -> bool:
    first = lines[0] if lines else []
    return len(first) in _ALTERNATE_COLUMNS and first[0].isdigit() and first[1].isdigit()


def _collect_names(lines: list[list[str]], others: dict[str, list[str]]) -> None:
    for row in lines:
        if len(row) > 3 and row[2] not in _NOT_NAMES:  # noqa: PLR2004 — id, place, language, name
            others.setdefault(row[1], []).append(row[3])


def _read_list(
    path: Path, lines: list[list[str]], country: str, others: Mapping[str, Sequence[str]], codes: _UnitsByPlace
) -> tuple[list[PackPlace], PlacesReport]:
    found, guessed = _Found(), {}
    if _is_geonames(lines):
        form = "geonames"
        for row in lines:
            _take_geonames(row, country, others, found)
    else:
        form = "table"
        guessed = _take_table(path, lines, found)
    placed, report = codes.placed(found.places)
    return placed, replace(
        report,
        file=path.name,
        form=form,
        read=len(placed),
        left_out=dict(sorted(found.left_out.items())),
        guessed=guessed,
    )


def _take_geonames(row: list[str], country: str, others: Mapping[str, Sequence[str]], found: _Found) -> None:
    if len(row) != _GEONAMES_COLUMNS:
        found.left_out[tr("not a row of 19 columns")] += 1
    elif row[6] != _SETTLED:
        found.left_out[tr("not a settlement (GeoNames class other than P)")] += 1
    elif row[8] != country:
        found.left_out[tr("of another country")] += 1
    else:
        names = _names([row[2], *row[3].split(","), *others.get(row[0], ())], row[1])
        cells = {"id": f"geonames:{row[0]}", "name": row[1], "lon": row[5], "lat": row[4], "population": row[14]}
        _take(found, cells, names)


def _take_table(path: Path, lines: list[list[str]], found: _Found) -> dict[str, str]:
    table = table_of(lines, path)
    columns = guessed_fields(table.columns, PLACE_NAMES)
    if missing := [name for name in ("name", "lon", "lat") if name not in columns]:
        raise PackError(
            tr(
                "{path}: no column has a usual name for {missing}. Name the columns name, lon and lat (degrees), and "
                "where known id, population, admin_code and alternates. It has: {columns}.",
                path=path,
                missing=", ".join(missing),
                columns=", ".join(table.columns)[:400],
            )
        )
    at = {name: table.columns.index(column) for name, column in columns.items()}
    for number, row in enumerate(table.rows, start=1):
        cells = {name: row[place] for name, place in at.items()}
        cells["id"] = cells.get("id") or f"{path.stem}-{number}"
        _take(found, cells, _names(re.split("[,;]", cells.get("alternates", "")), cells["name"]))
    return columns


def _take(found: _Found, cells: Mapping[str, str], names: tuple[str, ...]) -> None:
    """Take a place, or count why it is left out."""
    lon, lat = _degrees(cells["lon"], _MAX_LON), _degrees(cells["lat"], _MAX_LAT)
    name, code = cells["name"], cells.get("admin_code", "")
    if not name or len(name) > _LONGEST or not is_plain(name + cells["id"] + code):
        found.left_out[tr("without a name on one line")] += 1
    elif lon is None or lat is None:
        found.left_out[tr("without coordinates in degrees")] += 1
    else:
        found.places.append(PackPlace(cells["id"], name, lon, lat, code, _people(cells.get("population", "")), names))


def _names(texts: Iterable[str], own: str) -> tuple[str, ...]:
    """Return other names, each once; never with the sign that separates them."""
    kept = dict.fromkeys(
        text for one in texts if (text := one.strip()) and text != own and ";" not in text and len(text) <= _LONGEST
    )
    return tuple(text for text in kept if is_plain(text) and "://" not in text)[:_MOST_NAMES]


def _degrees(text: str, limit: float) -> float | None:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= limit else None


def _people(text: str) -> int | None:
    """Return a number of people; 0 is what GeoNames writes where it does not know."""
    plain = text.replace(" ", "").replace("\u00a0", "").partition(".")[0].replace(",", "")
    return int(plain) or None if plain.isdecimal() else None


class _UnitsByPlace:
    """Units of all levels, by the points that they hold."""

    def __init__(self, levels: Sequence[gpd.GeoDataFrame]) -> None:
        self._levels = levels
        self._trees = [shapely.STRtree(frame.geometry.to_numpy()) for frame in levels]
        self._known = {code for frame in levels for code in frame["code"]}

    def placed(self, places: Sequence[PackPlace]) -> tuple[list[PackPlace], PlacesReport]:
        """Return places with the finest unit that is known of each, and what was found.

        A place's own code counts where a unit has it; else the finest unit that holds its point, else the nearest of
        the finest level within 5 km.
        """
        points = shapely.points([(place.lon, place.lat) for place in places])
        holding = [self._holding(level, points) for level in range(len(self._levels))]
        finest = [next((codes[row] for codes in reversed(holding) if codes[row]), "") for row in range(len(places))]
        lost = np.array([not code for code in finest], dtype=bool)
        near = self._nearest(points, lost)
        own = [place.admin_code if place.admin_code in self._known else "" for place in places]
        agreeing = sum(bool(code) and any(codes[row] == code for codes in holding) for row, code in enumerate(own))
        placed = [
            replace(place, admin_code=stated or code or other)
            for place, stated, code, other in zip(places, own, finest, near, strict=True)
        ]
        report = PlacesReport(
            "", "", len(places), inside=int((~lost).sum()), near=sum(map(bool, near)),
            outside=int(lost.sum()) - sum(map(bool, near)), own=sum(map(bool, own)), agreeing=agreeing,
        )  # fmt: skip
        return placed, report

    def _holding(self, level: int, points: NDArray[np.object_]) -> list[str]:
        codes = self._levels[level]["code"].tolist()
        found = [""] * len(points)
        point, unit = self._trees[level].query(points, predicate="intersects")
        for row, place in zip(point.tolist(), unit.tolist(), strict=True):
            found[row] = found[row] or codes[place]
        return found

    def _nearest(self, points: NDArray[np.object_], lost: NDArray[np.bool_]) -> list[str]:
        found = [""] * len(points)
        rows = np.flatnonzero(lost)
        codes = self._levels[-1]["code"].tolist()
        if len(rows):
            asked, unit = self._trees[-1].query_nearest(points[rows], max_distance=_NEAR_DEGREES, all_matches=False)
            for row, place in zip(rows[asked].tolist(), unit.tolist(), strict=True):
                found[row] = codes[place]
        return found
