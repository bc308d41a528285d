"""Cells that hold coordinates, and what whole columns show about their order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from willay.data.headers import plain
from willay.events.exchange.incoming.cell_texts import CellError
from willay.geo.coordinates import MAX_LAT, MAX_LON, LonLat, parse_point
from willay.geo.errors import GeoError
from willay.geo.translation import joined, mark, tr

if TYPE_CHECKING:
    from willay.geo.boxes import BBox

LAT_LON: Final = "lat-lon"
LON_LAT: Final = "lon-lat"
_PLAIN: Final = re.compile(r"[+-]?(?:\d{1,9}(?:[.,]\d*)?|[.,]\d+) ?°?")
_LETTER: Final = re.compile(r"[NSEWO]|norte|sur|este|oeste|north|south|east|west", re.IGNORECASE)
_MORE: Final = r"(?:[;,| ]\s*[+-]?\d+(?:[.,]\d+)?){0,2}"  # altitude and accuracy, as survey programs add them
_PAIR: Final = re.compile(
    rf"[(\[]?\s*([+-]?\d{{1,3}},\d+)°?\s*[;/| ]\s*([+-]?\d{{1,3}},\d+)°?{_MORE}\s*[)\]]?"
    rf"|[(\[]?\s*([+-]?\d{{1,3}}(?:\.\d+)?)°?\s*[,;/| ]\s*([+-]?\d{{1,3}}(?:\.\d+)?)°?{_MORE}\s*[)\]]?"
)
_ANGLE: Final = re.compile(r"\d.*[°º'\"NSEOW]|[NSEOW].*\d", re.IGNORECASE)
_GROUPED: Final = re.compile(r"[+-]?\d{1,3}(?:\.\d{3}){2,}|[+-]?\d{1,3}(?:,\d{3}){2,}")
_LONG: Final = re.compile(r"[+-]?\d{4,}")
_METRES_END: Final = 10_000_000
LOST: Final = mark(
    "the decimal point is missing, which happens in spreadsheets that use a decimal comma; "
    "its position is unknown, so correct the column in the original file"
)
_MINUS: Final = re.compile(r"^\s*[-−–‐]\s*(?=\d)")  # noqa: RUF001
_APOSTROPHES: Final = "'’‘"  # noqa: RUF001 — a spreadsheet's mark of a text
_LONGEST_REASON: Final = 160
HOW: Final = mark("expected degrees of WGS 84 such as -12.6369 or 12°38'12\"S")


@dataclass(frozen=True, slots=True)
class Sides:
    """Where degrees without a sign or a letter are counted from: to the south, to the west, or as they are written.

    Attributes:
        south: Latitudes without one are south.
        west: Longitudes without one are west.
    """

    south: bool = False
    west: bool = False

    @classmethod
    def of(cls, said: str | None, lat: str = "", lon: str = "") -> Sides:
        """Return the sides that a mapping says, or the names of the columns: `Latitud sur`.

        Args:
            said: A word of the setting `hemisphere`, such as `south-west`; None where it is not said.
            lat: The name of the column of latitudes.
            lon: The name of the column of longitudes.
        """
        if said is not None:
            return cls(said.startswith("south"), said.endswith("west"))
        return cls(bool(_SOUTH & {*plain(lat).split()}), bool(_WEST & {*plain(lon).split()}))

    def signed(self, point: LonLat, lat: str = "", lon: str = "") -> LonLat:
        """Return a point with the signs that its cells leave out; a letter or a sign in a cell is the last word."""
        south = self.south and point.lat > 0 and not _says_side(lat)
        west = self.west and point.lon > 0 and not _says_side(lon)
        return LonLat(-point.lon if west else point.lon, -point.lat if south else point.lat)


NO_SIDES: Final = Sides()
"""Degrees are read as written."""

_SOUTH: Final = frozenset({"sur", "south"})
_WEST: Final = frozenset({"oeste", "west"})


def _says_side(cell: str) -> bool:
    return _LETTER.search(cell) is not None or cell.lstrip(f"{_APOSTROPHES} ").startswith("+")


@dataclass
class PointEvidence:
    """What the cells of a pair of columns, or of a column of pairs, say about their order.

    Attributes:
        fits: How many pairs fit the country only as they stand, and how many only swapped.
        either: How many could be both.
        strange: How many fit neither way.
        unsigned: How many of those would fit the country with the signs that are missing.
        unsigned_point: The least of those.
    """

    box: BBox | None
    fits: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})
    examples: dict[bool, str] = field(default_factory=dict)
    either: int = 0
    strange: int = 0
    unsigned: int = 0
    unsigned_point: LonLat | None = None

    def add(self, point: LonLat) -> None:
        """Hear a pair, in the order in which it stands; 0, 0 says nothing."""
        if is_nowhere(point):
            return
        here = fits(point, self.box), fits(LonLat(point.lat, point.lon), self.box)
        if here[0] != here[1]:
            self.fits[here[0]] += 1
            shown = f"lat {point.lat:g}, lon {point.lon:g}"
            self.examples[here[0]] = min(self.examples.get(here[0], shown), shown)
        else:
            self.either += here[0]
            self.strange += not here[0]
            if not here[0] and with_signs(point, self.box):
                self.unsigned += 1
                self.unsigned_point = min(self.unsigned_point or point, point)

    @property
    def heard(self) -> int:
        """How many pairs were heard."""
        return sum(self.fits.values()) + self.either + self.strange

    @property
    def lacks_signs(self) -> bool:
        """Whether no pair fits the country as it stands, and most would with the minus signs that are missing."""
        return self.unsigned * 2 > self.strange and not sum(self.fits.values()) and not self.either

    @property
    def swapped(self) -> bool:
        """Whether every pair that shows an order shows that the two are swapped."""
        return bool(self.fits[False]) and not self.fits[True] and not self.either


def fits(point: LonLat, box: BBox | None) -> bool:
    """Return whether a point can be meant: in the country's box where that is known, else on Earth."""
    if box is not None:
        return box.contains(*point)
    return abs(point.lon) <= MAX_LON and abs(point.lat) <= MAX_LAT


def with_signs(point: LonLat, box: BBox | None) -> LonLat | None:
    """Return what a point that lies outside a country would be with the minus signs that it lacks; None if no help."""
    if box is None:
        return None
    lons, lats = ({value, -abs(value)} for value in point)
    flipped = (LonLat(lon, lat) for lon in sorted(lons) for lat in sorted(lats))
    return next((other for other in flipped if other != point and fits(other, box)), None)


def is_nowhere(point: LonLat) -> bool:
    """Return whether a point is 0, 0, which programs write where they know none."""
    return point.lon == 0 == point.lat


def check_degrees(text: str) -> None:
    """Refuse a cell that can be no latitude or longitude.

    Raises:
        CellError: It can be none.
    """
    if has_lost_point(text):
        raise CellError(tr(LOST))
    value = plain_degrees(text)
    if value is not None and abs(value) > MAX_LON:
        raise CellError(tr("{how}; the number may be in metres, or in degrees without a decimal point", how=tr(HOW)))
    if value is None and not _ANGLE.search(text):
        raise CellError(tr(HOW))


def has_lost_point(text: str) -> bool:
    """Return whether a cell holds degrees whose decimal point a spreadsheet has lost: -12043333, -12.043.333."""
    digits = _unmarked(text)
    if _GROUPED.fullmatch(digits):
        return True
    return _LONG.fullmatch(digits) is not None and (int(digits) < -MAX_LON or int(digits) > _METRES_END)


def _unmarked(text: str) -> str:
    return _MINUS.sub("-", text.strip().lstrip(_APOSTROPHES).strip())


def plain_degrees(text: str) -> float | None:
    """Read decimal degrees, with a comma or a point; None where the cell is written otherwise."""
    stripped = _unmarked(text)
    if not _PLAIN.fullmatch(stripped):
        return None
    return float(stripped.rstrip("° ").replace(",", "."))


def read_point(lat: str, lon: str, sides: Sides = NO_SIDES) -> LonLat:
    """Read the cells of a latitude and a longitude.

    Args:
        lat: The latitude.
        lon: The longitude.
        sides: Where degrees without a sign are counted from.

    Raises:
        CellError: They cannot be read, or are not on Earth.
    """
    if has_lost_point(lat) or has_lost_point(lon):
        raise CellError(tr(LOST))
    north, east = plain_degrees(lat), plain_degrees(lon)
    if north is not None and east is not None:
        return sides.signed(_on_earth(LonLat(east, north)), lat, lon)
    try:
        point = parse_point(f"{_lettered(_unmarked(lat), 'N', 'S')} {_lettered(_unmarked(lon), 'E', 'W')}")
    except GeoError as error:
        raise CellError(_with_reason(error)) from None
    return sides.signed(point, lat, lon)


def _lettered(text: str, positive: str, negative: str) -> str:
    if _LETTER.search(text):
        return text
    below = _MINUS.search(text)
    return f"{_MINUS.sub('', text).replace(',', '.')} {negative if below else positive}"


def _with_reason(error: GeoError) -> str:
    """Return how a point is written, and why this one cannot be read."""
    reason = str(error)
    return joined("", (tr(HOW), " (", reason if len(reason) <= _LONGEST_REASON else reason[:_LONGEST_REASON], ")"))


def _on_earth(point: LonLat) -> LonLat:
    if not fits(point, None):
        metres = max(map(abs, point)) > MAX_LON and min(point) >= 0
        told = tr("{how}, latitude within 90 and longitude within 180", how=tr(HOW))
        hint = tr("for UTM coordinates in metres: --map COLUMN=east, --map COLUMN=north, --map default.utm_zone=18S")
        raise CellError(joined("; ", (told, hint)) if metres else told)
    return LonLat(point.lon + 0.0, point.lat + 0.0)


def pair(text: str) -> LonLat | None:
    """Read a cell of two plain numbers as if latitude came first; None where it is written otherwise."""
    match = _PAIR.fullmatch(text.strip())
    if match is None:
        return None
    first, second = (float(part.replace(",", ".")) for part in match.groups() if part is not None)
    return LonLat(second, first)


def is_numbers(text: str) -> bool:
    """Return whether a cell that should hold a name holds the two to four numbers of a point, and no date."""
    return "/" not in text and pair(text) is not None


def read_pair(text: str, order: str | None, box: BBox | None, sides: Sides = NO_SIDES) -> LonLat:
    """Read a cell that holds a point; an altitude and an accuracy after it are passed over.

    Args:
        text: The cell.
        order: `lat-lon` or `lon-lat`, for two plain numbers; None where no cell of the column needs it.
        box: The country's box.
        sides: Where degrees without a sign are counted from.

    Raises:
        CellError: It cannot be read, or is not on Earth.
    """
    found = pair(text)
    if found is not None:
        return sides.signed(_on_earth(found if order != LON_LAT else LonLat(found.lat, found.lon)))
    try:
        return parse_point(text, within=box)
    except GeoError as error:
        raise CellError(_with_reason(error)) from None
