"""Cells that hold coordinates, and what whole columns tell about their order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from willay.events.exchange.incoming.cells import CellError
from willay.geo.coordinates import MAX_LAT, MAX_LON, LonLat, parse_point
from willay.geo.errors import GeoError

if TYPE_CHECKING:
    from willay.geo.boxes import BBox

LAT_LON: Final = "lat-lon"
LON_LAT: Final = "lon-lat"
_PLAIN: Final = re.compile(r"[+-]?(?:\d{1,9}(?:[.,]\d*)?|[.,]\d+) ?°?")
_LETTER: Final = re.compile(r"[NSEWO]|norte|sur|este|oeste|north|south|east|west", re.IGNORECASE)
_PAIR: Final = re.compile(
    r"[(\[]?\s*([+-]?\d{1,3}(?:\.\d+)?)°?\s*[,;/ ]\s*([+-]?\d{1,3}(?:\.\d+)?)°?\s*[)\]]?"
    r"|[(\[]?\s*([+-]?\d{1,3},\d+)°?\s*[;/ ]\s*([+-]?\d{1,3},\d+)°?\s*[)\]]?"
)
_MINUS: Final = re.compile(r"^\s*[-−–‐]\s*(?=\d)")  # noqa: RUF001
HOW: Final = "expected degrees of WGS 84 such as -12.6369 or 12°38'12\"S"


@dataclass
class PointEvidence:
    """What the cells of a pair of columns, or of a column of pairs, say about their order.

    Attributes:
        fits: How many pairs fit the country only as they stand, and how many only swapped.
        either: How many could be both.
        strange: How many fit neither way.
        unsigned: How many would fit the country with the signs that are missing.
    """

    box: BBox | None
    fits: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})
    examples: dict[bool, str] = field(default_factory=dict)
    either: int = 0
    strange: int = 0
    unsigned: int = 0

    def add(self, point: LonLat) -> None:
        """Hear a pair, in the order in which it stands."""
        here = fits(point, self.box), fits(LonLat(point.lat, point.lon), self.box)
        if here[0] != here[1]:
            self.fits[here[0]] += 1
            shown = f"lat {point.lat:g}, lon {point.lon:g}"
            self.examples[here[0]] = min(self.examples.get(here[0], shown), shown)
        else:
            self.either += here[0]
            self.strange += not here[0]
            self.unsigned += not here[0] and fits(LonLat(-abs(point.lon), -abs(point.lat)), self.box)

    @property
    def swapped(self) -> bool:
        """Whether every pair that tells says that the two are swapped."""
        return bool(self.fits[False]) and not self.fits[True] and not self.either


def fits(point: LonLat, box: BBox | None) -> bool:
    """Say whether a point can be meant: in the country's box where that is known, else on Earth."""
    if box is not None:
        return box.contains(*point)
    return abs(point.lon) <= MAX_LON and abs(point.lat) <= MAX_LAT


def plain_degrees(text: str) -> float | None:
    """Read decimal degrees, with a comma or a point; None where the cell is written otherwise."""
    stripped = _MINUS.sub("-", text.strip())
    if not _PLAIN.fullmatch(stripped):
        return None
    return float(stripped.rstrip("° ").replace(",", "."))


def read_point(lat: str, lon: str) -> LonLat:
    """Read the cells of a latitude and a longitude.

    Raises:
        CellError: They cannot be read, or are not on Earth.
    """
    north, east = plain_degrees(lat), plain_degrees(lon)
    if north is not None and east is not None:
        return _on_earth(LonLat(east, north))
    try:
        return parse_point(f"{_lettered(lat, 'N', 'S')} {_lettered(lon, 'E', 'W')}")
    except GeoError as error:
        raise CellError(f"{HOW} ({str(error)[:160]})") from None


def _lettered(text: str, positive: str, negative: str) -> str:
    if _LETTER.search(text):
        return text
    below = _MINUS.search(text)
    return f"{_MINUS.sub('', text).replace(',', '.')} {negative if below else positive}"


def _on_earth(point: LonLat) -> LonLat:
    if not fits(point, None):
        metres = max(map(abs, point)) > MAX_LON
        hint = "; for metres of UTM say so: --map COLUMN=east, --map COLUMN=north, --map default.utm_zone=18S"
        hint = hint if metres else ""
        raise CellError(f"{HOW}, latitude within 90 and longitude within 180{hint}")
    return LonLat(point.lon + 0.0, point.lat + 0.0)


def pair(text: str) -> LonLat | None:
    """Read a cell of two plain numbers as if latitude came first; None where it is written otherwise."""
    match = _PAIR.fullmatch(text.strip())
    if match is None:
        return None
    first, second = (float(part.replace(",", ".")) for part in match.groups() if part is not None)
    return LonLat(second, first)


def read_pair(text: str, order: str | None, box: BBox | None) -> LonLat:
    """Read a cell that holds a point.

    Args:
        text: The cell.
        order: `lat-lon` or `lon-lat`, for two plain numbers; None where no cell of the column needs it.
        box: The country's box.

    Raises:
        CellError: It cannot be read, or is not on Earth.
    """
    plain = pair(text)
    if plain is not None:
        return _on_earth(plain if order != LON_LAT else LonLat(plain.lat, plain.lon))
    try:
        return parse_point(text, within=box)
    except GeoError as error:
        raise CellError(f"{HOW} ({str(error)[:160]})") from None
