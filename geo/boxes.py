"""Bounding boxes in degrees, which may cross the antimeridian."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Self

from willay.geo.errors import BoxError, shown
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    import shapely
    from numpy.typing import ArrayLike, NDArray

MAX_LON = 180.0
MAX_LAT = 90.0
_SIDES = (mark("west"), mark("south"), mark("east"), mark("north"))


@dataclass(frozen=True, slots=True)
class BBox:
    """A box between two meridians and two parallels, edges included (EPSG:4326, degrees).

    A box whose west is greater than its east crosses the antimeridian: `BBox(170, -50, -170, -30)` is 20
    degrees wide and holds New Zealand's eastern waters. The meridians 180 and -180 are the same line.

    Raises:
        BoxError: A number is not finite or not on the Earth, or south is greater than north.

    Example:
        >>> from willay.geo import BBox
        >>> BBox.parse("170,-50,-170,-30").contains(175.0, -40.0)
        True
    """

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        values = (self.west, self.south, self.east, self.north)
        for name, value, limit in zip(_SIDES, values, (MAX_LON, MAX_LAT, MAX_LON, MAX_LAT), strict=True):
            if not (math.isfinite(value) and abs(value) <= limit):
                raise BoxError(
                    tr(
                        "A box's {name} must be from -{limit:g} to {limit:g} degrees, not {value}. The order is west, "
                        "south, east, north.",
                        name=tr(name),
                        limit=limit,
                        value=shown(value),
                    )
                )
        if self.south > self.north:
            raise BoxError(
                tr(
                    "A box's south ({south}) must not be greater than its north ({north}). The order is west, south, "
                    "east, north.",
                    south=self.south,
                    north=self.north,
                )
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `west,south,east,north` in decimal degrees, as in `-81.4,-18.4,-68.6,0`.

        Raises:
            BoxError: The text is not four numbers, or the numbers make no box.
        """
        parts = text.split(",")
        try:
            west, south, east, north = (float(part) for part in parts)
        except ValueError:
            raise BoxError(
                tr(
                    "Expected four numbers, west,south,east,north in decimal degrees; got {text}. Example: "
                    "-81.4,-18.4,-68.6,0.",
                    text=shown(text),
                )
            ) from None
        return cls(west, south, east, north)

    @classmethod
    def of(cls, geometries: Iterable[shapely.Geometry | None]) -> Self:
        """The narrowest box that holds all the geometries; it crosses the antimeridian if that is narrower.

        Missing and empty geometries are passed over.

        Raises:
            BoxError: There is no geometry to hold, or one lies outside the Earth's degrees.
        """
        bounds = [shape.bounds for shape in geometries if shape is not None and not shape.is_empty]
        if not bounds:
            raise BoxError(tr("Cannot compute a bounding box: all geometries are missing or empty."))
        west, east = _narrowest_span([(left, right) for left, _, right, _ in bounds])
        return cls(west, min(box[1] for box in bounds), east, max(box[3] for box in bounds))

    def __str__(self) -> str:
        return f"{self.west!r},{self.south!r},{self.east!r},{self.north!r}"

    @property
    def crosses_antimeridian(self) -> bool:
        """Whether the box goes over the meridian 180."""
        return self.west > self.east

    def parts(self) -> tuple[BBox, ...]:
        """The box as one box, or two west to east, none of which crosses the antimeridian."""
        if not self.crosses_antimeridian:
            return (self,)
        return (
            BBox(self.west, self.south, MAX_LON, self.north),
            BBox(-MAX_LON, self.south, self.east, self.north),
        )

    def contains(self, lon: float, lat: float) -> bool:
        """Whether the point lies in the box or on its edge; NaN lies nowhere."""
        return self.south <= lat <= self.north and (self._spans(lon) or (abs(lon) == MAX_LON and self._spans(-lon)))

    def contains_all(self, lons: ArrayLike, lats: ArrayLike) -> NDArray[np.bool_]:
        """`contains` for arrays of longitudes and latitudes of one shape."""
        import numpy as np  # noqa: PLC0415  (a box alone needs no numpy)

        lon, lat = np.asarray(lons, dtype=float), np.asarray(lats, dtype=float)
        inside = np.zeros(np.broadcast(lon, lat).shape, dtype=bool)
        for part in self.parts():
            spans = (lon >= part.west) & (lon <= part.east)
            for edge in {part.west, part.east} & {MAX_LON, -MAX_LON}:
                spans |= lon == -edge
            inside |= spans
        result: NDArray[np.bool_] = inside & (lat >= self.south) & (lat <= self.north)
        return result

    def intersects(self, other: BBox) -> bool:
        """Whether the boxes have a point in common; touching edges count."""
        if self.south > other.north or other.south > self.north:
            return False
        return any(_meet(mine, yours) for mine in self.parts() for yours in other.parts())

    def as_polygon(self) -> shapely.Polygon | shapely.MultiPolygon:
        """The box as a polygon, or as two in a multipolygon if it crosses the antimeridian."""
        import shapely  # noqa: PLC0415  (a box alone needs no shapely)

        boxes = [shapely.box(part.west, part.south, part.east, part.north) for part in self.parts()]
        return boxes[0] if len(boxes) == 1 else shapely.MultiPolygon(boxes)

    def _spans(self, lon: float) -> bool:
        if self.crosses_antimeridian:
            return self.west <= lon <= MAX_LON or -MAX_LON <= lon <= self.east
        return self.west <= lon <= self.east


def _meet(one: BBox, two: BBox) -> bool:
    if one.west <= two.east and two.west <= one.east:
        return True
    behind = (MAX_LON, -MAX_LON)  # the meridian 180 and -180: one line with two names
    return behind in ((one.east, two.west), (two.east, one.west))


def _narrowest_span(spans: list[tuple[float, float]]) -> tuple[float, float]:
    """West and east of the shortest arc over all spans: the complement of the widest gap between them."""
    merged: list[tuple[float, float]] = []
    for left, right in sorted(spans):
        if merged and left <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    west, east = merged[0][0], merged[-1][1]
    narrowest = east - west
    for (_, gap_west), (gap_east, _) in pairwise(merged):
        width = 360.0 - (gap_east - gap_west)
        if width < narrowest:
            west, east, narrowest = gap_east, gap_west, width
    return west, east
