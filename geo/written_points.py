"""Points as phones, radios and pages write them: UTM, `geo:` addresses, and links of Google Maps and OpenStreetMap.

`parse_point` of `coordinates` reads what people write in degrees. What is read here says by its form which number is
the latitude, so that nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, unquote, urlsplit

from willay.geo.coordinates import MAX_LAT, MAX_LON, LonLat, format_dms
from willay.geo.errors import CoordinateError
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from willay.geo.boxes import BBox

_UTM: Final = re.compile(
    r"(?:utm)?[\s:]*(?:(?:zona?|zone|huso)\s*)?(?P<zone>[1-9]|[1-5]\d|60)\s*"
    r"(?:(?P<band>[c-hj-np-x]|sur|norte|south|north)[\s,;:]*|[\s,;:]+)"
    r"(?P<east>\d{6}(?:[.,]\d+)?|\d{3}[ .,]\d{3})\s*m?\s*[eox]?[\s,;:]+"
    r"(?P<north>\d{7}(?:[.,]\d+)?|\d{1,2}[ .,]\d{3}[ .,]\d{3})\s*m?\s*[ny]?",
    re.IGNORECASE,
)
_WITHOUT_ZONE: Final = re.compile(
    r"(?:utm)?[\s:]*\d{6}(?:[.,]\d+)?\s*m?e?[\s,;:]+\d{7}(?:[.,]\d+)?\s*m?n?", re.IGNORECASE
)
_GEO: Final = re.compile(
    r"geo:(?P<lat>[+-]?\d+(?:\.\d+)?),(?P<lon>[+-]?\d+(?:\.\d+)?)(?P<rest>[,;?].*)?", re.IGNORECASE
)
_PAIR: Final = re.compile(
    r"(?:loc:)?\s*(?P<lat>[+-]?\d{1,2}(?:\.\d+)?)\s*,\s*(?P<lon>[+-]?\d{1,3}(?:\.\d+)?)\s*(?:\(.*)?"
)
_PIN: Final = re.compile(r"!3d(?P<lat>[+-]?\d+(?:\.\d+)?)!4d(?P<lon>[+-]?\d+(?:\.\d+)?)")
_VIEW: Final = re.compile(
    r"/@(?P<lat>[+-]?\d+(?:\.\d+)?),(?P<lon>[+-]?\d+(?:\.\d+)?)(?:,(?P<zoom>\d+(?:\.\d+)?)z|,|$|/)"
)
_MAP: Final = re.compile(r"map=(?P<zoom>\d+(?:\.\d+)?)/(?P<lat>[+-]?\d+(?:\.\d+)?)/(?P<lon>[+-]?\d+(?:\.\d+)?)")
_IN_QUERY: Final = ("q", "query", "ll", "sll", "daddr", "destination", "center", "cp")
_OF_VIEW: Final = frozenset({"center", "cp"})
EQUATOR_M: Final = 40_075_017.0
"""The length of the equator, metres: the width of the world at zoom 0, one tile."""

_SMALLEST_M: Final = 50.0
_SHORT: Final = frozenset({"maps.app.goo.gl", "goo.gl", "g.co", "osm.org", "bit.ly", "t.co", "tinyurl.com"})
_BANDS: Final = "cdefghjklmnpqrstuvwx"
_BAND_DEGREES: Final = 8.0
_LOWEST: Final = -80.0
_SOUTH: Final = frozenset({"sur", "south"})
_NORTH: Final = frozenset({"norte", "north"})
_HOW_UTM: Final = mark("Write zone, band, easting and northing, in metres, WGS 84: 18L 584000 8543000.")


@dataclass(frozen=True, slots=True)
class WrittenPoint:
    """A point that a text gives.

    Attributes:
        point: Longitude and latitude, degrees, EPSG:4326.
        is_view: Whether it is only the middle of the map that a link shows, and no mark on it.
        radius_m: How far the place meant may lie from the middle of such a map: a quarter of the width that a screen
            shows of it; None where the link does not state how large it is drawn.
    """

    point: LonLat
    is_view: bool = False
    radius_m: float | None = None


def read_written_point(text: str, *, within: BBox | None = None) -> WrittenPoint | None:
    """Read UTM coordinates, a `geo:` address or a link to a map; None where a text is plainly none of these.

    Args:
        text: What was typed.
        within: Where points are expected: it decides only whether the S of `18S` is the band S or the south.

    Raises:
        CoordinateError: It is one of them, and gives no point.

    Example:
        >>> from willay.geo.written_points import read_written_point
        >>> read_written_point("geo:-13.17,-74.22").point
        LonLat(lon=-74.22, lat=-13.17)
        >>> read_written_point("https://www.openstreetmap.org/?mlat=-13.17&mlon=-74.22#map=15/-13/-74").point
        LonLat(lon=-74.22, lat=-13.17)
        >>> read_written_point("Huanta") is None
        True
    """
    asked = text.strip()
    if asked.casefold().startswith("geo:"):
        return WrittenPoint(_of_address(asked))
    if re.match(r"https?://", asked, re.IGNORECASE):
        return _of_link(asked)
    if match := _UTM.fullmatch(asked):
        return WrittenPoint(_of_utm(asked, match, within))
    if _WITHOUT_ZONE.fullmatch(asked):
        raise CoordinateError(tr("{text!r} lacks the UTM zone. {how}", text=asked[:80], how=tr(_HOW_UTM)))
    return None


def _of_address(text: str) -> LonLat:
    match = _GEO.fullmatch(text)
    if match is None:
        raise CoordinateError(tr("{text!r} is not a geo: address. Write geo:LATITUDE,LONGITUDE.", text=text[:80]))
    query = parse_qs((match["rest"] or "").partition("?")[2])
    marked = next((pair for pair in map(_PAIR.fullmatch, query.get("q", ())) if pair), None)
    return _checked(text, marked or match)


def _of_link(text: str) -> WrittenPoint:
    parts = urlsplit(text)
    host = (parts.hostname or "").removeprefix("www.")
    found = next(_points_in(text), None)
    if found is not None:
        match, is_view = found
        zoom = match.groupdict().get("zoom") if is_view else None
        return WrittenPoint(_checked(text, match), is_view, _radius_of(float(zoom)) if zoom else None)
    if host in _SHORT:
        raise CoordinateError(
            tr(
                "The short link {link!r} holds no coordinates, and willay does not go online. Open it in a browser and "
                "copy the long address, or the coordinates themselves.",
                link=text[:80],
            )
        )
    raise CoordinateError(
        tr("The link {link!r} has no coordinates. Copy the coordinates of the place from the map.", link=text[:80])
    )


def _radius_of(zoom: float) -> float:
    """Return a quarter of the width that a screen of four tiles shows at a zoom, metres, at least 50."""
    return max(_SMALLEST_M, round(EQUATOR_M / 2**zoom, -1))


def _points_in(text: str) -> Iterator[tuple[re.Match[str], bool]]:
    """Yield the points of a link, marks before the middle of the view."""
    parts = urlsplit(text)
    for query in (parse_qs(parts.query), parse_qs(parts.fragment)):
        yield from _points_of_query(query)
    plain = unquote(text)
    if pin := _PIN.search(plain):
        yield pin, False
    for segment in unquote(parts.path).split("/"):
        if pair := _PAIR.fullmatch(segment.replace("+", " ")):
            yield pair, False
    for pattern in (_VIEW, _MAP):
        if view := pattern.search(plain):
            yield view, True


def _points_of_query(query: Mapping[str, Sequence[str]]) -> Iterator[tuple[re.Match[str], bool]]:
    marked = [f"{lat},{lon}" for lat, lon in zip(query.get("mlat", ()), query.get("mlon", ()), strict=False)]
    views = {name: name in _OF_VIEW for name in _IN_QUERY}
    values = [(value, False) for value in marked]
    values += [(value, is_view) for name, is_view in views.items() for value in query.get(name, ())]
    for value, is_view in values:
        if pair := _PAIR.fullmatch(value):
            yield pair, is_view


def _checked(text: str, match: re.Match[str]) -> LonLat:
    point = LonLat(float(match["lon"]), float(match["lat"]))
    if abs(point.lon) > MAX_LON or abs(point.lat) > MAX_LAT:
        raise CoordinateError(
            tr(
                "{text!r} gives latitude {lat:g} and longitude {lon:g}, which no place has. Copy it again.",
                text=text[:80],
                lat=point.lat,
                lon=point.lon,
            )
        )
    return point


def _of_utm(text: str, match: re.Match[str], within: BBox | None) -> LonLat:
    zone, band = int(match["zone"]), (match["band"] or "").casefold()
    east, north = _metres(match["east"]), _metres(match["north"])
    points = {is_south: _from_utm(zone, east, north, is_south=is_south) for is_south in (True, False)}
    allowed = [is_south for is_south in points if _fits(band, points[is_south], is_south=is_south)]
    if len(allowed) > 1 and within is not None:
        allowed = [is_south for is_south in allowed if within.contains(*points[is_south])] or allowed
    if not allowed:
        where = format_dms(points[_is_southern(band)])
        raise CoordinateError(
            tr(
                "{text!r} contradicts itself: these metres are {where}, which is not in the band {band}. {how}",
                text=text[:80],
                where=where,
                band=band.upper(),
                how=tr(_HOW_UTM),
            )
        )
    if len(allowed) > 1:
        raise CoordinateError(
            tr("Cannot distinguish north from south in {text!r}. {how}", text=text[:80], how=tr(_HOW_UTM))
        )
    return points[allowed[0]]


def _is_southern(band: str) -> bool:
    return band in _SOUTH or (len(band) == 1 and band < "n")


def _fits(band: str, point: LonLat, *, is_south: bool) -> bool:
    """Return whether a point of a hemisphere can be meant by a band's letter; S is the band, or the south."""
    if not band:
        return True
    if band in _SOUTH | _NORTH:
        return (band in _SOUTH) == is_south
    if band == "s" and is_south:
        return True
    if is_south != (band < "n"):
        return False
    lowest = _LOWEST + _BANDS.index(band) * _BAND_DEGREES
    return lowest - 0.1 <= point.lat <= lowest + (12.0 if band == "x" else _BAND_DEGREES) + 0.1


def _metres(text: str) -> float:
    grouped = re.fullmatch(r"\d{1,3}(?:[ .,]\d{3})+", text)
    return float(re.sub(r"[ .,]", "", text) if grouped else text.replace(",", "."))


def _from_utm(zone: int, east: float, north: float, *, is_south: bool) -> LonLat:
    """Return a point of a zone on WGS 84, rounded to a centimetre or so."""
    from pyproj import Transformer  # noqa: PLC0415 — heavy, and few points are UTM

    project = Transformer.from_crs((32700 if is_south else 32600) + zone, 4326, always_xy=True)
    lon, lat = project.transform(east, north)
    return LonLat(round(lon, 7), round(lat, 7))
