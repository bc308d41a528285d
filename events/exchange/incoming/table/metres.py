"""Cells that hold metres of a projection: eastings and northings, in a zone of UTM or a CRS that the mapping names.

GPS receivers and offices in many countries write most coordinates so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from willay.data.admin import folded
from willay.events.exchange.incoming.cell_texts import CellError
from willay.geo import GeoError, degrees_of, utm_crs
from willay.geo.translation import tr

if TYPE_CHECKING:
    from willay.geo import BBox, LonLat

_UNIT: Final = re.compile(r"\s*m?\s*\.?\s*[ENSO]?\s*", re.IGNORECASE)
_GROUPED: Final = re.compile(r"\d{1,3}(?P<sign>[.,' ’])\d{3}(?:(?P=sign)\d{3})*(?:(?!(?P=sign))[.,]\d+)?")
_PLAIN: Final = re.compile(r"\d{4,8}(?:[.,]\d+)?")
_ZONE: Final = re.compile(r"(?:(?:utm|wgs ?84|zona|zone|huso)[ :]*)*(?P<number>\d{1,2})[ -]?(?P<side>[a-z]*)")
_NORTH: Final = frozenset({"n", "norte", "north"})
_SOUTH: Final = frozenset({"s", "sur", "south"})
_BANDS: Final = "cdefghjklmnpqrstuvwx"
_FIRST_NORTHERN: Final = "n"
EASTINGS: Final = (100_000, 900_000)
"""Limits of a UTM easting, with a margin; a northing is at most `NORTHINGS`."""

NORTHINGS: Final = 10_000_000


def metres(text: str) -> float:
    """Read an easting or a northing: digits, in groups of three or not, decimals after a comma or a point.

    Three digits after a single sign are thousands: no easting is 512.345 metres.

    Raises:
        CellError: It is not one.
    """
    stripped = text.strip().replace("\xa0", " ")
    if match := _GROUPED.match(stripped):
        number = match[0].replace(match["sign"], "").replace(",", ".")
    elif match := _PLAIN.match(stripped):
        number = match[0].replace(",", ".")
    if match is None or not _UNIT.fullmatch(stripped, match.end()):
        raise CellError(tr("expected metres such as 512345 or 8480123.5"))
    return float(number)


def zone_crs(text: str, box: BBox | None) -> str:
    """Return the CRS of a zone of UTM on WGS 84.

    Args:
        text: Its number, with N or S for the hemisphere, or the letter of its band: 18S, 18 sur, 18L.
        box: The country's box, which gives the hemisphere where the text does not.

    Raises:
        CellError: It is not a zone, or could be north or south.
    """
    match = _ZONE.fullmatch(folded(text))
    if match is None:
        raise CellError(tr("expected a UTM zone such as 18S"))
    try:
        return utm_crs(int(match["number"]), north=_is_north(match["side"], box))
    except GeoError as error:
        raise CellError(str(error).rstrip(".")) from None


def _is_north(side: str, box: BBox | None) -> bool:
    lies_north = box is not None and box.south >= 0
    if side in _NORTH:
        return True
    if side in _SOUTH:
        if lies_north:  # S is also a band, from 32 to 40 degrees north
            raise CellError(
                tr("S can mean the southern hemisphere or the band S, which is in the north; write N or sur")
            )
        return False
    if len(side) == 1 and side in _BANDS:
        return side >= _FIRST_NORTHERN
    if side or box is None or box.south < 0 < box.north:
        raise CellError(tr("expected a UTM zone with N or S, such as 18S"))
    return lies_north


def read_metres(east: str, north: str, crs: str) -> LonLat:
    """Read the cells of an easting and a northing.

    Raises:
        CellError: They cannot be read, seem swapped, or are not on the Earth.
    """
    right, up = metres(east), metres(north)
    fits = EASTINGS[0] <= right <= EASTINGS[1]
    if not fits and EASTINGS[0] <= up <= EASTINGS[1] and right <= NORTHINGS:
        raise CellError(tr("easting and northing seem swapped in this row"))
    try:
        return degrees_of(right, up, crs)
    except GeoError as error:
        raise CellError(str(error).rstrip(".")) from None
