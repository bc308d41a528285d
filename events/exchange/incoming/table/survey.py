"""What the cells of a table's columns say, all rows heard before any is read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from willay.data.boundaries import country_box
from willay.data.countries import PRECISIONS
from willay.events.exchange.incoming.cell_texts import CellError
from willay.events.exchange.incoming.countries import country_named
from willay.events.exchange.incoming.table.advice import map_option
from willay.events.exchange.incoming.table.alike import RowEvidence
from willay.events.exchange.incoming.table.count_cells import NumberEvidence
from willay.events.exchange.incoming.table.country import UnitEvidence, country_troubles, unsigned_trouble
from willay.events.exchange.incoming.table.dates import DateEvidence, header_style
from willay.events.exchange.incoming.table.fitting import DATE_FIELDS
from willay.events.exchange.incoming.table.mapping import count_field
from willay.events.exchange.incoming.table.placing import read_grid, sides_of
from willay.events.exchange.incoming.table.points import LAT_LON, LON_LAT, PointEvidence, Sides, pair, read_point
from willay.events.model.errors import RefusedError
from willay.events.model.written_days import DAY_FIRST, MONTH_FIRST
from willay.geo.translation import mark, quoted, tr, tr_n

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from willay.events.exchange.incoming.table.mapping import ColumnMapping
    from willay.events.exchange.incoming.table.sheets import Table

_LINES: Final = 3
_LINE: Final = 60
MEASURED: Final = ("radius_m",)
"""Fields that hold numbers with decimals."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What is settled for whole columns before a row is read.

    Attributes:
        rows: How many rows there are.
        dates: The style of each column of dates; None where no cell needs one.
        decimals: What separates decimals in each column of numbers; None where no cell needs it.
        points: The order in each column of points; None where no cell needs it.
        notes: What a reader should know.
        troubles: What a reader must know at the end, although all was imported.
    """

    rows: int
    dates: Mapping[str, str | None]
    decimals: Mapping[str, str | None]
    points: Mapping[str, str | None]
    notes: tuple[str, ...]
    troubles: tuple[str, ...] = ()


class _Hearing:
    """The evidence of all columns, row by row."""

    def __init__(self, table: Table, mapping: ColumnMapping, country: str | None) -> None:
        box = country_box(country) if country else None
        self.rows = 0
        self.sides, self.pair_sides = sides_of(mapping), Sides.of(mapping.hemisphere)
        self.units = UnitEvidence(country)
        self.unit_columns = mapping.of(PRECISIONS[0])
        self.countries = mapping.of("country")
        self.dates = {column: DateEvidence() for name in DATE_FIELDS for column in mapping.of(name)}
        self.numbers = {
            column: NumberEvidence()
            for column, name in mapping.columns.items()
            if count_field(name) or name in MEASURED
        }
        self.pairs = {column: PointEvidence(box) for column in mapping.of("point")}
        self.lat_lon = tuple(mapping.of("lat") + mapping.of("lon"))
        self.halves, self.metres = PointEvidence(box), PointEvidence(box)
        self.grid = [next(iter(mapping.of(name)), None) for name in ("east", "north", "utm_zone")]
        self.usual = mapping.defaults.get("utm_zone", ""), mapping.crs
        self.alike = RowEvidence.of(table.columns, mapping)
        self._at = {column: place for place, column in enumerate(table.columns)}

    def add(self, row: Sequence[str]) -> None:
        """Hear a row."""
        self.rows += 1
        self.alike.add(row)
        for column, dates in self.dates.items():
            dates.add(self._cell(row, column))
        for column, numbers in self.numbers.items():
            numbers.add(self._cell(row, column))
        if any(self._cell(row, column) for column in self.countries):
            return  # what the row states about its country needs no test
        for column in self.unit_columns:
            self.units.add(self._cell(row, column))
        for column, pairs in self.pairs.items():
            if point := pair(self._cell(row, column)):
                pairs.add(self.pair_sides.signed(point))
        if self.grid[0] and self.grid[1]:
            self._add_metres(row)
        if len(self.lat_lon) == 2:  # noqa: PLR2004 — latitude and longitude
            lat, lon = (self._cell(row, column) for column in self.lat_lon)
            if lat and lon:
                self._add_halves(lat, lon)

    def _add_metres(self, row: Sequence[str]) -> None:
        east, north, zone = (self._cell(row, column) if column else "" for column in self.grid)
        if not (east and north):
            return
        try:
            point, _ = read_grid(east, north, zone or self.usual[0], self.usual[1], self.metres.box)
        except CellError:
            return
        self.metres.add(point)

    def _add_halves(self, lat: str, lon: str) -> None:
        try:
            self.halves.add(read_point(lat, lon, self.sides))
        except CellError:
            try:
                point = read_point(lon, lat)
            except CellError:
                return
            self.halves.add(type(point)(point.lat, point.lon))

    def _cell(self, row: Sequence[str], column: str) -> str:
        place = self._at[column]
        return row[place].strip() if place < len(row) else ""


def survey(table: Table, mapping: ColumnMapping, country: str | None, asked: Sequence[str] = ()) -> Survey:
    """Hear every row, and settle what whole columns must agree on.

    Args:
        table: The table.
        mapping: What its columns hold.
        country: The country of rows that name none, where it is known; it is tested unless the mapping says it.
        asked: What must be said besides, so that all is asked at once.

    Raises:
        RefusedError: Dates or numbers could mean two things and the mapping does not say which, latitude and longitude
            are swapped or lack their signs, or the table is of another country; the message states the evidence and
            what to do.
    """
    if said := mapping.defaults.get("country"):
        country = country_named(said)
    heard = _Hearing(table, mapping, country)
    asides: list[str] = []
    for row in table.rows(asides):
        heard.add(row)
    troubles = [*asked]
    dates = {column: _date_style(column, found, mapping, troubles) for column, found in heard.dates.items()}
    decimals = {column: _decimals(column, found, mapping, troubles) for column, found in heard.numbers.items()}
    points = {column: _order(column, found, mapping, troubles) for column, found in heard.pairs.items()}
    if heard.halves.swapped:
        troubles.append(_swapped(heard))
    degrees = [heard.halves, *heard.pairs.values()]
    troubles += [unsigned_trouble(found, country) for found in degrees if country and found.lacks_signs]
    if country and "country" not in mapping.defaults:
        troubles += country_troubles(country, heard.units, [*degrees, heard.metres])
    if question := heard.alike.question(mapping):
        troubles.append(question)
    if troubles:
        raise RefusedError(f"{table.sheet.name}: " + " ".join(troubles))
    ends = (trouble,) if (trouble := heard.alike.trouble()) else ()
    return Survey(heard.rows, dates, decimals, points, (*_left_out(asides), *_notes(heard, dates, country)), ends)


def settled(mapping: ColumnMapping, found: Survey) -> ColumnMapping:
    """Return a mapping with what the columns showed and agree on, so that the next file is read alike."""
    told = {"dates": found.dates, "decimals": found.decimals, "points": found.points}
    changes = {}
    for name, styles in told.items():
        agreed = {style for style in styles.values() if style}
        if getattr(mapping, name) is None and len(agreed) == 1:
            changes[name] = agreed.pop()
    return replace(mapping, **changes)  # type: ignore[arg-type]  # each a word of its setting


def _date_style(column: str, found: DateEvidence, mapping: ColumnMapping, troubles: list[str]) -> str | None:
    style = mapping.dates or found.style or header_style(column)
    if style is None and (trouble := found.trouble(column)):
        troubles.append(trouble)
    return style


def _decimals(column: str, found: NumberEvidence, mapping: ColumnMapping, troubles: list[str]) -> str | None:
    whole = mapping.columns[column] not in MEASURED
    if mapping.decimals is None and (trouble := found.trouble(column, whole=whole)):
        troubles.append(trouble)
    return mapping.decimals or found.style(whole=whole)


def _order(column: str, found: PointEvidence, mapping: ColumnMapping, troubles: list[str]) -> str | None:
    if mapping.points:
        return mapping.points
    if found.lacks_signs:
        return LAT_LON
    as_is, turned = found.fits[True], found.fits[False]
    if bool(as_is) != bool(turned) and not found.either:
        return LAT_LON if as_is else LON_LAT
    if as_is or turned or found.either or found.strange:
        values = {
            "column": column[:40],
            "lat_lon": map_option("points", LAT_LON),
            "lon_lat": map_option("points", LON_LAT),
        }
        if as_is or turned:
            troubles.append(
                tr(
                    "Column {column!r}: {as_is} points fit only as latitude, longitude and {turned} only as longitude, "
                    "latitude. Specify the order: {lat_lon} or {lon_lat}.",
                    as_is=as_is,
                    turned=turned,
                    **values,
                )
            )
        else:
            troubles.append(
                tr(
                    "Column {column!r}: no point shows whether latitude or longitude comes first. Specify the order: "
                    "{lat_lon} or {lon_lat}.",
                    **values,
                )
            )
    return None


def _swapped(heard: _Hearing) -> str:
    lat, lon = heard.lat_lon
    return tr(
        "Latitude and longitude seem swapped: {fits} points fit only the other way round "
        "({examples}), and none fits as given. Specify the columns: {options}.",
        fits=heard.halves.fits[False],
        examples=heard.halves.examples[False],
        options=f"{map_option(lat, 'lon')} {map_option(lon, 'lat')}",
    )


def _left_out(asides: Sequence[str]) -> tuple[str, ...]:
    """Return which rows were left out; nothing where none was."""
    if not asides:
        return ()
    shown = " | ".join(quoted(line[:_LINE]) for line in asides[:_LINES])
    return (
        tr_n(
            "{n:,} row is a total, a source or a note, and is not imported: {shown}.",
            "{n:,} rows are totals, sources or notes, and are not imported: {shown}.",
            len(asides),
            shown=shown,
        ),
    )


_STYLES: Final = {DAY_FIRST: mark("day-first"), MONTH_FIRST: mark("month-first")}


def _notes(heard: _Hearing, styles: Mapping[str, str | None], country: str | None) -> list[str]:
    notes = []
    for column, found in heard.dates.items():
        if style := styles[column]:
            notes.append(
                tr_n(
                    "Column {column!r}: dates are {style}, as shown by {n} cell.",
                    "Column {column!r}: dates are {style}, as shown by {n} cells.",
                    found.votes[style],
                    column=column,
                    style=tr(_STYLES[style]),
                )
            )
        if found.short_years:
            notes.append(
                tr_n(
                    "Column {column!r}: years of two digits are read as 1969 to 2068 ({n} cell).",
                    "Column {column!r}: years of two digits are read as 1969 to 2068 ({n} cells).",
                    found.short_years,
                    column=column,
                )
            )
        if found.serials:
            notes.append(
                tr_n(
                    "Column {column!r}: {n} cell is a day number, as spreadsheets store dates.",
                    "Column {column!r}: {n} cells are day numbers, as spreadsheets store dates.",
                    found.serials,
                    column=column,
                )
            )
        if found.moments:
            notes.append(
                tr(
                    "Column {column!r}: {n} cells are milliseconds since 1970, as ArcGIS stores dates; "
                    "read as days in UTC, so an evening event may get the following day.",
                    column=column,
                    n=found.moments,
                )
            )
    if heard.halves.strange:
        notes.append(
            tr_n(
                "{n} point lies outside {country}.",
                "{n} points lie outside {country}.",
                heard.halves.strange,
                country=country,
            )
        )
    return notes
