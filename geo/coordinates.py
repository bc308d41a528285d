"""Reading and writing a point as people type it.

Understood: `12°38'12"S 73°12'W`, `12 38 12 S, 73 12 0 W`, `S12.6369 W73.2044`, `73,2044 O 12,6369 S`, and
bare decimals in the order lon, lat. Where a text could mean two places, it is refused, and the message states
what to type.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

from willay.geo.errors import CoordinateError, SwappedCoordinatesError, shown
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from willay.geo.boxes import BBox

MAX_LON = 180.0
MAX_LAT = 90.0
EXAMPLES = mark("Examples: 12°38'12\"S 73°12'W, or decimal degrees as lon, lat: -73.2, -12.63667.")

# What keyboards, word processors and web pages put for a degree sign, a prime and so on.
_LOOKALIKES = str.maketrans(
    dict.fromkeys("º˚∘", "°")
    | dict.fromkeys("′’‘´`ʹʼ＇", "'")  # noqa: RUF001  (that they look alike is the point)
    | dict.fromkeys("″”“ʺ＂", '"')  # noqa: RUF001
    | dict.fromkeys("−–—‐‑", "-")  # noqa: RUF001
    | dict.fromkeys("\u00a0\u2009\u202f\t\n\r", " ")
)
_WORDS = {
    r"(?:NORTH|NORTE)\b": "N",
    r"(?:SOUTH|SUR)\b": "S",
    r"(?:EAST|ESTE)\b": "E",
    r"(?:WEST|OESTE)\b": "W",
}
_TOKEN = re.compile(r"(?P<number>[+-]?\d+(?:\.\d+)?)|(?P<mark>[°'\"])|(?P<letter>[NSEWO])|(?P<gap>[\s,;/:|()]+)")
_LETTER_AXES = {"N": ("lat", 1), "S": ("lat", -1), "E": ("lon", 1), "W": ("lon", -1), "O": ("lon", -1)}
_COMMA_IN_NUMBER = re.compile(r"(?<=\d),(?=\d)")
_COMMA_CHAIN = re.compile(r"\d,\d+,\d")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


class LonLat(NamedTuple):
    """A point in degrees, EPSG:4326, longitude first.

    Example:
        >>> from willay.geo import parse_point
        >>> parse_point("12°30'S 76°45'W")
        LonLat(lon=-76.75, lat=-12.5)
    """

    lon: float
    lat: float


class _Token(NamedTuple):
    kind: str
    text: str


class _Half(NamedTuple):
    """One of the two angles: its degrees with their sign, and the axis if a letter gives it."""

    degrees: float
    axis: str | None


def parse_point(text: str, *, within: BBox | None = None) -> LonLat:
    """Read a point from text.

    With hemisphere letters (N S E W, and O for oeste) either order is understood. Angles with degree signs
    but no letters are understood if only one order is possible (or only one lies `within`). Bare decimals
    are lon, lat. A decimal comma is understood where it cannot be a separator.

    Args:
        text: What was typed.
        within: Where the point is expected; used only to decide the order, not as a limit.

    Raises:
        SwappedCoordinatesError: Bare decimals that seem to be lat, lon.
        CoordinateError: The text is not a point, or could mean two.

    Example:
        >>> from willay.geo import parse_point
        >>> parse_point("12°30'S 76°45'W"), parse_point('-76.75, -12.5')
        (LonLat(lon=-76.75, lat=-12.5), LonLat(lon=-76.75, lat=-12.5))
    """
    plain = _plain(text)
    tokens = [token for token in _tokens(text, _decimal_points(text, plain)) if token.kind != "gap"]
    kinds = {token.kind for token in tokens}
    if "letter" in kinds:
        return _from_letters(text, tokens)
    if "mark" in kinds:
        return _from_marks(text, tokens, within)
    return _from_decimals(text, tokens, within)


def format_point(point: tuple[float, float], decimals: int = 5) -> str:
    """Write (lon, lat) as `lon, lat` in decimal degrees, as `parse_point` reads it (5 decimals: 1 metre).

    Example:
        >>> from willay.geo import format_point
        >>> format_point((-73.2044, -12.6369))
        '-73.20440, -12.63690'
    """
    lon, lat = (round(value, decimals) + 0.0 for value in point)  # adding 0.0 turns -0.0 into 0.0
    return f"{lon:.{decimals}f}, {lat:.{decimals}f}"


def format_dms(point: tuple[float, float], decimals: int = 0) -> str:
    """Write (lon, lat) as degrees, minutes and seconds, latitude first: `12°38'12"S 73°12'00"W`.

    Args:
        point: (lon, lat) in degrees.
        decimals: Decimals of the seconds; 0 is 31 metres.

    Example:
        >>> from willay.geo import format_dms
        >>> print(format_dms((-73.2044, -12.6369)))
        12°38'13"S 73°12'16"W
    """
    lon, lat = point
    return f"{_dms(lat, 'N', 'S', decimals)} {_dms(lon, 'E', 'W', decimals)}"


def _dms(degrees: float, positive: str, negative: str, decimals: int) -> str:
    unit = 10**decimals
    total = round(abs(degrees) * 3600 * unit)  # whole units, so that 59.99 seconds carry over
    minutes, units = divmod(total, 60 * unit)
    whole, minutes = divmod(minutes, 60)
    seconds = f"{units // unit:02d}" + (f".{units % unit:0{decimals}d}" if decimals else "")
    return f"{whole}°{minutes:02d}'{seconds}\"{negative if degrees < 0 and total else positive}"


def _plain(text: str) -> str:
    plain = text.translate(_LOOKALIKES).upper().replace("''", '"')
    for word, letter in _WORDS.items():
        plain = re.sub(rf"(?<![A-Z]){word}", letter, plain)
    return plain.strip()


def _decimal_points(text: str, plain: str) -> str:
    """The text with decimal points for decimal commas, where commas cannot be separators."""
    if not _COMMA_IN_NUMBER.search(plain) or re.search(r"\d\.\d", plain):
        return plain
    if _COMMA_CHAIN.search(plain):
        raise CoordinateError(
            tr(
                "Cannot distinguish decimal commas from separators in {text}. {examples}",
                text=shown(text),
                examples=tr(EXAMPLES),
            )
        )
    pointed = _COMMA_IN_NUMBER.sub(".", plain)
    bare = not re.search(r"[°'\"A-Z]", plain)
    return plain if bare and len(_NUMBER.findall(pointed)) != 2 else pointed  # noqa: PLR2004  (lon and lat)


def _tokens(text: str, plain: str) -> Iterator[_Token]:
    position = 0
    while position < len(plain):
        match = _TOKEN.match(plain, position)
        if match is None:
            raise CoordinateError(
                tr(
                    "Expected a point; got {text}, not understood at {rest}. {examples}",
                    text=shown(text),
                    rest=shown(plain[position:][:20]),
                    examples=tr(EXAMPLES),
                )
            )
        yield _Token(str(match.lastgroup), match.group())
        position = match.end()


def _from_letters(text: str, tokens: list[_Token]) -> LonLat:
    letters = [index for index, token in enumerate(tokens) if token.kind == "letter"]
    if len(letters) != 2:  # noqa: PLR2004  (one for each half)
        raise CoordinateError(
            tr(
                "Expected a hemisphere letter for each of latitude and longitude; got {text}. {examples}",
                text=shown(text),
                examples=tr(EXAMPLES),
            )
        )
    cut = letters[1] if letters[0] == 0 else letters[0] + 1
    halves = [_half(text, tokens[:cut]), _half(text, tokens[cut:])]
    by_axis = {half.axis: half.degrees for half in halves}
    if set(by_axis) != {"lon", "lat"}:
        raise CoordinateError(
            tr(
                "Expected one of N or S and one of E or W (or O); got {text}. {examples}",
                text=shown(text),
                examples=tr(EXAMPLES),
            ),
        )
    return _on_earth(text, LonLat(by_axis["lon"], by_axis["lat"]))


def _half(text: str, tokens: list[_Token]) -> _Half:
    letters = [token.text for token in tokens if token.kind == "letter"]
    if letters and "letter" not in (tokens[0].kind, tokens[-1].kind):
        raise CoordinateError(
            tr(
                "A hemisphere letter must be directly before or after its angle; got {text}. {examples}",
                text=shown(text),
                examples=tr(EXAMPLES),
            )
        )
    size, signed = _angle(text, [token for token in tokens if token.kind != "letter"])
    if not letters:
        return _Half(size, None)
    if signed:
        raise CoordinateError(
            tr("Expected a hemisphere letter or a sign, not both; got {text}. Remove one of them.", text=shown(text))
        )
    axis, sign = _LETTER_AXES[letters[0]]
    return _Half(sign * size, axis)


def _angle(text: str, tokens: list[_Token]) -> tuple[float, bool]:
    """Signed degrees of `12° 38' 12"` or `12 38 12`, and whether it carried a sign."""
    values: dict[int, str] = {}
    slot = -1
    for index, token in enumerate(tokens):
        if token.kind == "mark":
            continue
        mark = tokens[index + 1].text if index + 1 < len(tokens) and tokens[index + 1].kind == "mark" else None
        wanted = slot + 1 if mark is None else "°'\"".index(mark)
        if wanted <= slot or wanted > 2 or (slot == -1 and wanted != 0):  # noqa: PLR2004  (0, 1, 2: d, m, s)
            raise CoordinateError(
                tr(
                    "Expected degrees, then minutes, then seconds; got {text}. {examples}",
                    text=shown(text),
                    examples=tr(EXAMPLES),
                )
            )
        slot = wanted
        values[slot] = token.text
    marks = sum(token.kind == "mark" for token in tokens)
    if not values or marks > len(values) or tokens[0].kind == "mark":
        raise CoordinateError(
            tr("Expected two angles; got {text}. {examples}", text=shown(text), examples=tr(EXAMPLES))
        )
    return _degrees(text, values), values[0][0] in "+-"


def _degrees(text: str, values: dict[int, str]) -> float:
    last = max(values)
    for slot, value in values.items():
        whole = slot == last or "." not in value
        if not whole or (slot and (value[0] in "+-" or float(value) >= 60)):  # noqa: PLR2004  (sexagesimal)
            raise CoordinateError(
                tr(
                    "Expected whole degrees, and minutes and seconds below 60, fractions only at the end; got {text}. "
                    "{examples}",
                    text=shown(text),
                    examples=tr(EXAMPLES),
                )
            )
    size = sum(abs(float(value)) / 60.0**slot for slot, value in values.items())
    return -size if values[0].startswith("-") else size


def _from_marks(text: str, tokens: list[_Token], within: BBox | None) -> LonLat:
    starts = [index - 1 for index, token in enumerate(tokens) if token.text == "°"]
    if len(starts) != 2 or starts[0] != 0:  # noqa: PLR2004  (one for each half)
        raise CoordinateError(
            tr(
                "Expected two angles, each with its degree sign; got {text}. {examples}",
                text=shown(text),
                examples=tr(EXAMPLES),
            )
        )
    first, second = _half(text, tokens[: starts[1]]).degrees, _half(text, tokens[starts[1] :]).degrees
    orders = [point for point in (LonLat(second, first), LonLat(first, second)) if _exists(point)]
    if not orders:
        _on_earth(text, LonLat(first, second))
    if len(orders) > 1 and within is not None:
        orders = [point for point in orders if within.contains(*point)] or orders
    if len(set(orders)) > 1:
        raise CoordinateError(
            tr(
                "Cannot determine which of the two angles is the latitude in {text}. Add letters: {first} or {second}.",
                text=shown(text),
                first=shown(format_dms(orders[0])),
                second=shown(format_dms(orders[1])),
            )
        )
    return orders[0]


def _from_decimals(text: str, tokens: list[_Token], within: BBox | None) -> LonLat:
    if len(tokens) != 2:  # noqa: PLR2004  (lon and lat)
        raise CoordinateError(
            tr(
                "Expected a point; got {text}, which is not two numbers. {examples}",
                text=shown(text),
                examples=tr(EXAMPLES),
            )
        )
    first, second = (float(token.text) for token in tokens)
    point, swapped = LonLat(first, second), LonLat(second, first)
    if not _exists(swapped):
        return _on_earth(text, point)
    inside = within is None or within.contains(*swapped)
    if not _exists(point) or (within is not None and inside and not within.contains(*point)):
        suggestion = f"{tokens[1].text}, {tokens[0].text}"
        raise SwappedCoordinatesError(
            tr(
                "Bare decimals are read as lon, lat; {text} looks like lat, lon. If you mean {meant}, type "
                "{suggestion!r}.",
                text=shown(text),
                meant=format_dms(swapped),
                suggestion=suggestion,
            ),
            swapped,
            suggestion,
        )
    return point


def _exists(point: LonLat) -> bool:
    return abs(point.lon) <= MAX_LON and abs(point.lat) <= MAX_LAT


def _on_earth(text: str, point: LonLat) -> LonLat:
    if not (_exists(point) and all(math.isfinite(value) for value in point)):
        raise CoordinateError(
            tr(
                "Expected a longitude from -180 to 180 and a latitude from -90 to 90; got {text}, read as lon "
                "{lon:g}, lat {lat:g}. {examples}",
                text=shown(text),
                lon=point.lon,
                lat=point.lat,
                examples=tr(EXAMPLES),
            )
        )
    return LonLat(point.lon + 0.0, point.lat + 0.0)
