"""Reading a pack: its facts alone, its places alone, or all of it."""

from __future__ import annotations

import csv
import io
import tomllib
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import orjson

from willay.data.country_packs.container import FACTS, LIMITS, PEOPLE, PLACES, Container
from willay.data.country_packs.contents import PEOPLE_COLUMNS, PLACE_COLUMNS, Pack, PackPlace
from willay.data.country_packs.facts import facts_of, is_plain
from willay.data.errors import PackError
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import geopandas as gpd

    from willay.data.country_packs.contents import PackFacts

_MOST_ROWS: Final = 1_000_000
_MOST_UNITS: Final = 100_000
_LONGEST_LINE: Final = 1 << 25
_LONGEST_TEXT: Final = 1_000
_MAX_LON: Final = 180.0
_MAX_LAT: Final = 90.0
_MAX_PEOPLE: Final = 10**11
_YEARS: Final = range(1000, 3000)


def read_facts(path: Path) -> PackFacts:
    """Read what a pack says of its country, without its units and places.

    Raises:
        MissingFileError, InputFileError: There is no such file.
        PackError: It is not a pack, or what it says is wrong.
    """
    return _facts(Container(path))


def read_places(path: Path) -> tuple[PackPlace, ...]:
    """Read the places of a pack alone; none where it has no list.

    Raises:
        MissingFileError, InputFileError, PackError: As for `read_facts`.
    """
    return tuple(_places(Container(path)))


def read_unit_names(path: Path) -> dict[str, tuple[str, str]]:
    """Read the names of the units of a pack by their codes, each with the code of the unit that holds it, else "".

    Outlines are not read.

    Raises:
        MissingFileError, InputFileError, PackError: As for `read_facts`.
    """
    pack = Container(path)
    found: dict[str, tuple[str, str]] = {}
    for level in _facts(pack).levels:
        for number, line in enumerate(_lines(pack.member(level.file)), start=1):
            at = line.rfind(_PROPERTIES)
            if at >= 0:
                row = _properties(pack, (level.file, number), line[at:].strip().rstrip(b","))
                found[row["code"] or ""] = (row["name"] or "", row["parent"] or "")
    return found


def read_pack(path: Path) -> Pack:
    """Read a pack.

    Raises:
        MissingFileError, InputFileError: There is no such file.
        PackError: It is not a pack, or something in it is wrong; the message says what.
    """
    pack = Container(path)
    facts = _facts(pack)
    units = {level.number: _units(pack, level.file) for level in facts.levels}
    read = Pack(facts, units, tuple(_places(pack)), _people(pack))
    _check_codes(path, read)
    return read


def _facts(pack: Container) -> PackFacts:
    try:
        document = tomllib.loads(pack.text(FACTS))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _wrong(pack, FACTS, str(error)) from None
    return facts_of(document, f"{pack.path} ({FACTS})")


def _wrong(pack: Container, member: str, reason: str, line: int | None = None) -> PackError:
    where = f"{member}:{line}" if line else member
    return PackError(
        tr(
            "{path} ({where}): {reason}. Correct it, or make the pack again: willay country make.",
            path=pack.path,
            where=where,
            reason=reason[:200].rstrip("."),
        )
    )


def _units(pack: Container, member: str) -> gpd.GeoDataFrame:
    """Read units, one feature a line as they are written: no more than one is ever held as JSON."""
    import geopandas as gpd  # noqa: PLC0415 — heavy, and facts need none of it

    rows: list[dict[str, Any]] = []
    shapes = []
    content = pack.member(member)
    for number, line in enumerate(_lines(content), start=1):
        feature = line.strip().rstrip(b",")
        if not feature.startswith(b'{"type":"Feature",'):
            continue
        if len(rows) >= _MOST_UNITS or len(feature) > _LONGEST_LINE:
            raise _wrong(pack, member, tr("there are too many units, or a unit is too large"), number)
        row, shape = _unit(pack, member, number, feature)
        rows.append(row)
        shapes.append(shape)
    if not rows:
        raise _wrong(pack, member, tr("it has no units, one a line"))
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    return gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326")


def _lines(content: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(content):
        end = content.find(b"\n", start)
        end = len(content) if end < 0 else end
        yield content[start:end]
        start = end + 1


def _unit(pack: Container, member: str, number: int, feature: bytes) -> tuple[dict[str, Any], Any]:
    import numpy as np  # noqa: PLC0415 — as for `_units`
    import shapely  # noqa: PLC0415 — likewise

    begin = feature.rfind(_PROPERTIES)
    try:
        shape = shapely.geometry.shape(orjson.loads(feature[:begin] + b"}")["geometry"])
        at = np.abs(shapely.get_coordinates(shape))
        fine = shape.geom_type in {"Polygon", "MultiPolygon"} and len(at) and (at <= (_MAX_LON, _MAX_LAT)).all()
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, shapely.errors.ShapelyError):
        fine = False
    if not fine:
        raise _wrong(pack, member, tr("a unit needs a polygon in degrees, and its properties"), number)
    row = _properties(pack, (member, number), feature[begin:])
    return row, shape if shapely.is_valid(shape) else shapely.make_valid(shape, method="structure")


def _properties(pack: Container, where: tuple[str, int], text: bytes) -> dict[str, Any]:
    """Read the end of a feature, from the comma before its properties on."""
    try:
        read = orjson.loads(b"{" + text[1:])["properties"]
    except (ValueError, TypeError, KeyError):
        read = None
    if not isinstance(read, dict) or not isinstance(read.get("aliases") or [], list):
        raise _wrong(pack, where[0], tr("a unit needs a polygon in degrees, and its properties"), where[1])
    row: dict[str, Any] = {name: _text(pack, where, name, read.get(name)) for name in _TEXTS}
    if not row["code"] or not row["name"]:
        raise _wrong(pack, where[0], tr("a unit needs code and name"), where[1])
    row["aliases"] = [_text(pack, where, "aliases", one) for one in read.get("aliases") or []]
    return row


_PROPERTIES: Final = b',"properties":{'
"""What is before the properties of a feature: no text has it, since quotation marks in texts are escaped."""

_TEXTS: Final = ("code", "name", "name_es", "name_en", "parent")


def _text(pack: Container, where: tuple[str, int], name: str, value: object) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT or not is_plain(value):
        reason = tr("{name} must be a text of at most {n:,} letters on one line", name=name, n=_LONGEST_TEXT)
        raise _wrong(pack, where[0], reason, where[1])
    return value


def _check_codes(path: Path, pack: Pack) -> None:
    """Make sure that no code is used twice, in all levels together, and that every parent is there.

    Raises:
        PackError: One is, or is not.
    """
    codes = [code for frame in pack.units.values() for code in frame["code"]]
    twice = sorted(code for code, number in Counter(codes).items() if number > 1)
    lost, above = [], set[str]()
    for level in sorted(pack.units):
        frame = pack.units[level]
        lost += sorted({parent for parent in frame["parent"] if parent} - above)
        above |= set(frame["code"])
    if twice or lost:
        told = {"path": path, "codes": ", ".join((twice or lost)[:5])}
        raise PackError(
            tr("{path}: several units have the code {codes}. Make the pack again: willay country make.", **told)
            if twice
            else tr(
                "{path}: units lie in {codes}, which no unit of a level above is. Make the pack again: willay country "
                "make.",
                **told,
            )
        )


def _table(pack: Container, member: str, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    if member not in pack:
        return
    csv.field_size_limit(_LONGEST_TEXT * 100)
    rows = csv.reader(io.StringIO(pack.text(member), newline=""))
    try:
        if tuple(next(rows, ())) != columns:
            raise _wrong(pack, member, tr("its first line must be: {columns}", columns=",".join(columns)), 1)
        for row in rows:
            if len(row) != len(columns) or rows.line_num > _MOST_ROWS:
                raise _wrong(pack, member, tr("a row must have {n} cells", n=len(columns)), rows.line_num)
            yield rows.line_num, dict(zip(columns, row, strict=True))
    except csv.Error as error:
        raise _wrong(pack, member, str(error), rows.line_num) from None


def _places(pack: Container) -> Iterator[PackPlace]:
    for line, row in _table(pack, PLACES, PLACE_COLUMNS):
        try:
            lon, lat = float(row["lon"]), float(row["lat"])
            people = int(row["population"]) if row["population"] else None
        except ValueError:
            raise _wrong(pack, PLACES, tr("lon, lat and population must be numbers"), line) from None
        if not (abs(lon) <= _MAX_LON and abs(lat) <= _MAX_LAT) or (people or 0) not in range(_MAX_PEOPLE):
            raise _wrong(pack, PLACES, tr("lon and lat must be degrees, population people"), line)
        for name in ("id", "name", "admin_code", "alternates"):
            if not is_plain(row[name]):
                raise _wrong(pack, PLACES, tr("{name} must be on one line", name=name), line)
        if not row["id"] or not row["name"]:
            raise _wrong(pack, PLACES, tr("a place needs id and name"), line)
        others = tuple(one for one in row["alternates"].split(";") if one)
        yield PackPlace(row["id"], row["name"], lon, lat, row["admin_code"], people, others)


def _people(pack: Container) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = {}
    for line, row in _table(pack, PEOPLE, PEOPLE_COLUMNS):
        try:
            year, people = int(row["year"]), int(row["people"])
        except ValueError:
            year, people = 0, -1
        if year not in _YEARS or people not in range(_MAX_PEOPLE):
            raise _wrong(pack, PEOPLE, tr("year and people must be whole numbers"), line)
        found.setdefault(row["admin_code"], {})[year] = people
    return found


MEMBERS: Final = tuple(LIMITS)
"""The names of the members of a pack."""
