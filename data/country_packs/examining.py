"""What a careful person should know of the files that a pack is made of: codes, gaps, overlaps, places, people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import shapely

from willay.data.boundaries import country_outline
from willay.data.country_packs.borders import Meeting, borders
from willay.data.errors import UnknownTermError
from willay.geo.distance import area_km2

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from willay.data.country_packs.units import LevelRead

_LEAST_OUTSIDE: Final = 0.01
"""The share of a unit's area outside the unit that should hold it, from which it is reported."""

_WIDE: Final = 180.0


@dataclass(frozen=True, slots=True)
class Stray:
    """A unit that does not lie in the unit that should hold it.

    Attributes:
        unit: Its name and code.
        parent: The code of the unit that should hold it; "" where none does.
        share: The share of its area that lies outside, 0 to 1.
    """

    unit: str
    parent: str
    share: float


@dataclass(frozen=True, slots=True)
class LevelReport:
    """What was found in the units of a level.

    Attributes:
        number: The level.
        file: The file's name.
        units: How many there are.
        crs: The CRS that the file states.
        guessed: The columns taken for their names, by what they hold.
        without_code: Names of the units without a code, or their rows.
        double: Each code that several units have, with their names.
        gaps: Gaps between neighbours, the largest first.
        overlaps: Overlaps of neighbours, the largest first.
        strays: Units that lie outside the unit that should hold them, or that none holds.
        area_km2: The area of all.
        covered: Share of the outline that willay includes that the units cover; None where it includes none.
        beyond: Share of the units' area outside that outline; None likewise.
        crosses: Whether the units lie on both sides of the antimeridian.
        notes: What was done to broken geometry.
    """

    number: int
    file: str
    units: int
    crs: str
    guessed: Mapping[str, str]
    without_code: tuple[str, ...]
    double: Mapping[str, tuple[str, ...]]
    gaps: tuple[Meeting, ...]
    overlaps: tuple[Meeting, ...]
    strays: tuple[Stray, ...]
    area_km2: float
    covered: float | None
    beyond: float | None
    crosses: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacesReport:
    """What was found in a list of places.

    Attributes:
        file: The file's name.
        form: What it was read as: `geonames` or `table`.
        read: How many places were read.
        left_out: How many rows were not taken, by the reason in words.
        inside: How many lie in a unit.
        near: How many lie outside all units, and were given to one within 5 km.
        outside: How many lie in none.
        own: How many name their unit by its code.
        agreeing: How many of these lie in that unit.
        guessed: The columns taken for their names, by what they hold.
    """

    file: str
    form: str
    read: int
    left_out: Mapping[str, int] = field(default_factory=dict)
    inside: int = 0
    near: int = 0
    outside: int = 0
    own: int = 0
    agreeing: int = 0
    guessed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PeopleReport:
    """What was found in a census.

    Attributes:
        file: The file's name.
        years: The years counted.
        units: How many units have people.
        unknown: Codes that no unit has.
        guessed: The columns taken for their names, by what they hold.
    """

    file: str
    years: tuple[int, ...]
    units: int
    unknown: tuple[str, ...] = ()
    guessed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PackReport:
    """What was found in the files of a pack; see `report_lines` for its words."""

    code: str
    levels: tuple[LevelReport, ...]
    places: tuple[PlacesReport, ...] = ()
    people: PeopleReport | None = None

    @property
    def has_faults(self) -> bool:
        """Whether no pack can be made: a unit without a code, or a code that several have."""
        return any(level.without_code or level.double for level in self.levels)


def examine_levels(code: str, levels: Sequence[LevelRead]) -> tuple[LevelReport, ...]:
    """Examine the units of all levels.

    Args:
        code: The country, ISO 3166-1 alpha-2, whose outline is compared.
        levels: The widest first, with parents.
    """
    used: dict[str, list[str]] = {}
    for level in levels:
        for unit, name in zip(level.frame["code"], level.frame["name"], strict=True):
            used.setdefault(unit, []).append(name)
    return tuple(_level(code, level, before, used) for level, before in zip(levels, [None, *levels], strict=False))


def _level(code: str, level: LevelRead, above: LevelRead | None, used: Mapping[str, Sequence[str]]) -> LevelReport:
    frame = level.frame
    gaps, overlaps = borders(frame, None if above is None else above.frame)
    total = sum(area_km2(shape) for shape in frame.geometry)
    covered, beyond = _against_outline(code, frame, total)
    west, _, east, _ = frame.total_bounds
    own = [one for one in dict.fromkeys(frame["code"]) if one and len(used[one]) > 1]
    return LevelReport(
        number=level.number,
        file=level.file,
        units=len(frame),
        crs=level.crs,
        guessed=level.guessed,
        without_code=tuple(
            name or f"#{row + 1}"
            for row, (one, name) in enumerate(zip(frame["code"], frame["name"], strict=True))
            if not one
        ),
        double={one: tuple(used[one]) for one in own},
        gaps=gaps,
        overlaps=overlaps,
        strays=() if above is None else tuple(_strays(frame, above.frame)),
        area_km2=total,
        covered=covered,
        beyond=beyond,
        crosses=bool(east - west > _WIDE),
        notes=level.notes,
    )


def _strays(frame: gpd.GeoDataFrame, above: gpd.GeoDataFrame) -> list[Stray]:
    holders = dict(zip(above["code"], above.geometry, strict=True))
    found = []
    for code, name, parent, shape in zip(frame["code"], frame["name"], frame["parent"], frame.geometry, strict=True):
        unit = f"{name} ({code})" if code else name
        if not parent:
            found.append(Stray(unit, "", 1.0))
            continue
        outside = shapely.difference(shape, holders[parent])
        share = area_km2(outside) / whole if (whole := area_km2(shape)) else 0.0
        if share > _LEAST_OUTSIDE:
            found.append(Stray(unit, parent, share))
    return sorted(found, key=lambda stray: -stray.share)


def _against_outline(code: str, frame: gpd.GeoDataFrame, total: float) -> tuple[float | None, float | None]:
    """Return which share of the included outline the units cover, and which share of them lies outside."""
    try:
        outline = country_outline(code)
    except UnknownTermError:
        return None, None
    shared = sum(area_km2(shapely.intersection(shape, outline)) for shape in frame.geometry)
    return shared / area_km2(outline), 1 - shared / total if total else None
