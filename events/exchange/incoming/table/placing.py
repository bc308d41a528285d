"""The point of a row: from degrees, a cell with both, or metres; rejected where it can only be a slip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.data.boundaries import country_box
from willay.events.exchange.incoming.cell_texts import CellError
from willay.events.exchange.incoming.rowmaking import NO_POINT
from willay.events.exchange.incoming.table.advice import map_option
from willay.events.exchange.incoming.table.metres import read_metres, zone_crs
from willay.events.exchange.incoming.table.points import (
    LAT_LON,
    LON_LAT,
    Sides,
    fits,
    is_nowhere,
    pair,
    read_pair,
    read_point,
    with_signs,
)
from willay.geo.coordinates import LonLat
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from willay.events.exchange.incoming.table.mapping import ColumnMapping
    from willay.events.exchange.incoming.table.row import Row
    from willay.geo.boxes import BBox

_UNSURE: Final = mark("can be latitude, longitude or longitude, latitude; specify the order: --map points={order}")


def point_of(row: Row, country: str | None, numbers: str = "") -> LonLat | None:
    """Return the point of a row; None where it has none. Faults go to the row.

    Args:
        row: The row.
        country: The row's country, whose box reveals slips; None where it is not known.
        numbers: The point that is in the column of the place's name; other columns go before it.
    """
    lat, lon, both = row.get("lat"), row.get("lon"), row.get("point")
    box = country_box(country) if country else None
    try:
        if both:
            order = row.means.survey.points.get(row.column("point"), row.means.mapping.points)
            return _checked(row, read_pair(both, order, box, Sides.of(row.means.mapping.hemisphere)), country, "point")
        if not lat and not lon:
            return _in_metres(row, country, box) or _in_words(row, numbers, country, box)
        if not (lat and lon):
            row.fault("lat" if lon else "lon", lat or lon, tr("coordinates need both latitude and longitude"))
            return None
        return _checked(row, read_point(lat, lon, sides_of(row.means.mapping)), country, "lat")
    except CellError as error:
        at = "point" if both else "lat" if lat or lon else "place" if numbers and not row.get("east") else "east"
        metres = f"{row.get('east')} {row.get('north')} {row.get('utm_zone')}".strip()
        row.fault(at, both or f"{lat} {lon}".strip() or metres or numbers, str(error))
        return None


def sides_of(mapping: ColumnMapping) -> Sides:
    """Return where degrees without a sign are counted from, by the mapping or the names of the columns."""
    lat, lon = (next(iter(mapping.of(name)), "") for name in ("lat", "lon"))
    return Sides.of(mapping.hemisphere, lat, lon)


def _in_words(row: Row, numbers: str, country: str | None, box: BBox | None) -> LonLat | None:
    """Return the point that a cell of the place's name is, in the one order that fits the country."""
    found = pair(numbers)
    if found is None:
        return None
    sides = Sides.of(row.means.mapping.hemisphere)
    order = row.means.mapping.points
    if order is None:
        one, other = (sides.signed(point) for point in (found, LonLat(found.lat, found.lon)))
        if fits(one, box) == fits(other, box):
            raise CellError(tr(_UNSURE, order=LAT_LON))
        order = LAT_LON if fits(one, box) else LON_LAT
    return _checked(row, read_pair(numbers, order, box, sides), country, "place")


def _in_metres(row: Row, country: str | None, box: BBox | None) -> LonLat | None:
    """Return the point of an easting and a northing; their cells are stored unchanged."""
    east, north, zone = row.get("east"), row.get("north"), row.get("utm_zone")
    if not east and not north:
        return None
    if not (east and north):
        row.fault("east" if north else "north", east or north, tr("coordinates need both easting and northing"))
        return None
    point, crs = read_grid(east, north, zone, row.means.mapping.crs, box)
    for name in ("east", "north", "utm_zone"):
        for column in row.means.mapping.of(name):
            row.keep(column, row.cell(column))
    if box is not None and not box.contains(*point):
        row.flag(
            "east", f"{east}, {north}", tr("lies outside {country}; check the zone ({crs})", country=country, crs=crs)
        )
    return point


def read_grid(east: str, north: str, zone: str, usual: str | None, box: BBox | None) -> tuple[LonLat, str]:
    """Read an easting and a northing; return the point and the CRS that they count in.

    Args:
        east: The easting.
        north: The northing.
        zone: The zone of UTM; empty where none is said.
        usual: The CRS where no zone is said; None where there is none.
        box: The country's box, which gives the hemisphere of a zone.

    Raises:
        CellError: They cannot be read, or no CRS is said.
    """
    crs = zone_crs(zone, box) if zone else usual
    if crs is None:
        raise CellError(tr("eastings and northings need the UTM zone: fill its column"))
    return read_metres(east, north, crs), crs


def _checked(row: Row, point: LonLat, country: str | None, name: str) -> LonLat | None:
    """Return a point, unless it is 0, 0, or would be in the row's country if it were swapped or had its signs."""
    told = f"lat {point.lat:g}, lon {point.lon:g}"
    if is_nowhere(point):
        row.cannot_use(name, told, tr(NO_POINT))
        if name == "lat":
            row.mark_unread("lon", tr(NO_POINT))
        return None
    box = country_box(country) if country else None
    if box is None or box.contains(*point):
        return point
    if box.contains(point.lat, point.lon):
        row.fault(
            name,
            told,
            tr("latitude and longitude seem swapped in this row: exchanged, they lie in {country}", country=country),
        )
        return None
    if signed := with_signs(point, box):
        row.fault(name, told, unsigned_reason(country or "", signed))
        return None
    return point


def unsigned_reason(country: str, signed: LonLat) -> str:
    """Return why a point is rejected that lacks a minus sign, and how to have such points read.

    Args:
        country: The country, ISO 3166-1 alpha-2.
        signed: A point as it would be with its signs.
    """
    side = f"{'south' if signed.lat < 0 else 'north'}-{'west' if signed.lon < 0 else 'east'}"
    return tr(_UNSIGNED[side], country=country, option=map_option("hemisphere", side))


_UNSIGNED: Final = {
    "south-west": mark(
        "lies outside {country}, but would be inside with a minus sign; correct it, or if degrees without a sign mean "
        "south-west: {option}"
    ),
    "south-east": mark(
        "lies outside {country}, but would be inside with a minus sign; correct it, or if degrees without a sign mean "
        "south-east: {option}"
    ),
    "north-west": mark(
        "lies outside {country}, but would be inside with a minus sign; correct it, or if degrees without a sign mean "
        "north-west: {option}"
    ),
    "north-east": mark(
        "lies outside {country}, but would be inside with a minus sign; correct it, or if degrees without a sign mean "
        "north-east: {option}"
    ),
}
