"""Could a cell be what a field holds, and if not, why: what a column's cells say against its name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from willay.data.admin import folded
from willay.data.codebook import codebook
from willay.data.countries import PRECISIONS
from willay.data.errors import UnknownTermError
from willay.data.headers import headers
from willay.data.unit_codes import code_form, could_be_code
from willay.events.exchange.incoming.cell_texts import CellError
from willay.events.exchange.incoming.countries import is_country
from willay.events.exchange.incoming.table.count_cells import number, read_count
from willay.events.exchange.incoming.table.dates import read_days
from willay.events.exchange.incoming.table.mapping import count_field
from willay.events.exchange.incoming.table.metres import EASTINGS, NORTHINGS, metres, zone_crs
from willay.events.exchange.incoming.table.names import check_name
from willay.events.exchange.incoming.table.points import check_degrees, is_numbers, read_pair
from willay.events.model.written_days import DAY_FIRST, EARLIEST_YEAR, MONTH_FIRST
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from willay.data.codebook import Terms

DATE_FIELDS: Final = ("date", "first_day", "last_day", "source_date")
NAME_FIELDS: Final = ("place", *PRECISIONS, "actor", "target", "actors", "case")
"""Fields that hold names, which must contain letters."""

_FIRST_LIKELY, _LAST_LIKELY = 1500, 2100
"""Years that a column with an unknown name may hold to be read as dates."""

_LATEST_YEAR: Final = 9_999  # the record refuses what lies in the future
_WEB: Final = re.compile(r"(https?://|www\.)\S+|\S+\.[a-z]{2,}(/\S*)?", re.IGNORECASE)
_REGION: Final = re.compile(r"[a-z0-9-]+/[a-z0-9-]+")


def misfit(name: str, text: str, country: str | None = None) -> str | None:
    """Return why a cell cannot be what a field holds; None where it could.

    Args:
        name: The field.
        text: The cell, filled.
        country: The country of rows that name none, where it is known.
    """
    check = _check_of(name, country)
    if check is None:
        return None
    try:
        check(text)
    except CellError as error:
        return str(error)
    return None


def has_check(name: str, country: str | None = None) -> bool:
    """Return whether there are cells that a field cannot hold."""
    return _check_of(name, country) is not None


def is_date(text: str) -> bool:
    """Return whether a cell holds days, in either style, of a year that can be meant."""
    try:
        days = _date(text)
    except CellError:
        return False
    return days is not None and _FIRST_LIKELY <= int(days[:4]) <= _LAST_LIKELY


def _date(text: str) -> str | None:
    try:
        return read_days(text, DAY_FIRST)
    except CellError:
        return read_days(text, MONTH_FIRST)


def _part(least: int, most: int) -> Callable[[str], None]:
    def check(text: str) -> None:
        whole = text.removesuffix(".0")
        fits = whole.isdecimal() and (least <= int(whole[:9]) <= most or not int(whole))
        if not fits and folded(text) not in headers().words["month"]:
            raise CellError(tr("expected a whole number from {least} to {most}", least=least, most=most))

    return check


def _between(least: float, most: float) -> Callable[[str], None]:
    def check(text: str) -> None:
        if not least <= metres(text) <= most:
            raise CellError(tr("expected metres between {least:,} and {most:,}", least=least, most=most))

    return check


def _zone(text: str) -> None:
    if not text.strip().isdecimal():
        zone_crs(text, None)


def _like(pattern: re.Pattern[str], expected: str) -> Callable[[str], None]:
    def check(text: str) -> None:
        if not pattern.fullmatch(text.strip()):
            raise CellError(tr(expected))

    return check


def _term(pick: Callable[[], Terms]) -> Callable[[str], None]:
    def check(text: str) -> None:
        try:
            pick().find(text)
        except UnknownTermError as error:
            raise CellError(str(error)) from None

    return check


def _country(text: str) -> None:
    if not is_country(text):
        raise CellError(tr("expected a country's name or its two letters (ISO 3166-1)"))


def _names(text: str) -> None:
    for part in filter(str.strip, re.split(r"[;|\n]", text)):
        check_name(part)


def _place(text: str) -> None:
    try:
        check_name(text)
    except CellError:
        if not is_numbers(text):
            raise


_CHECKS: Final[dict[str, Callable[[str], object]]] = {
    **dict.fromkeys(DATE_FIELDS, _date),
    **dict.fromkeys(("lat", "lon"), check_degrees),
    **dict.fromkeys(NAME_FIELDS, _names),
    "place": _place,
    "east": _between(*EASTINGS),
    "north": _between(EASTINGS[1], NORTHINGS),
    "utm_zone": _zone,
    "point": lambda text: read_pair(text, None, None),
    "year": _part(EARLIEST_YEAR, _LATEST_YEAR),
    "month": _part(1, 12),
    "day": _part(1, 31),
    "status": _term(lambda: codebook().statuses),
    "confidence": _term(lambda: codebook().confidence),
    "sensitivity": _term(lambda: codebook().sensitivity),
    "source_kind": _term(lambda: codebook().source_kinds),
    "date_precision": _term(lambda: codebook().date_precision),
    "place_precision": _term(lambda: codebook().place_precision),
    "country": _country,
    "region": _like(_REGION, mark("expected the key of a region, such as pe-places/vrae")),
    "radius_m": lambda text: number(text, None),
    "source_url": _like(_WEB, mark("expected a web address")),
}


def _check_of(name: str, country: str | None) -> Callable[[str], object] | None:
    if count := count_field(name):
        return lambda text: read_count(text, None, count.measure, count.group)
    if name == "admin_code":
        return _code_of(country) if country else None
    return _CHECKS.get(name)


def _code_of(country: str) -> Callable[[str], object]:
    def check(text: str) -> None:
        if not could_be_code(country, text):
            raise CellError(tr("expected {form}", form=code_form(country)))

    return check
