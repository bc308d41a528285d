"""Where: the place of a row, by what the table gives and nothing else.

No place is looked up by its name alone. Coordinates with a name of a settlement are known to the settlement, without
one to somewhere near, unless a column or a default states the precision; without coordinates the place is known as well
as the finest name or code that is filled. A code of the country's units (UBIGEO) is taken as given, or found where the
names of units, from the widest on without a gap, are all those of units.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from willay.data.admin import admin_code, admin_name, admin_names, admin_units, folded
from willay.data.codebook import codebook
from willay.data.errors import UnknownTermError
from willay.events.exchange.incoming.cell_texts import CellError
from willay.events.exchange.incoming.countries import country_named
from willay.events.exchange.incoming.table.advice import map_option
from willay.events.exchange.incoming.table.count_cells import number
from willay.events.exchange.incoming.table.fitting import CODED, misfit
from willay.events.exchange.incoming.table.placing import point_of
from willay.events.exchange.incoming.table.points import is_numbers
from willay.geo.coordinates import LonLat, format_dms
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from willay.events.exchange.incoming.table.row import Row

LEVELS: Final = ("department", "province", "district")
_BY_LENGTH: Final = {2: "department", 4: "province", 6: "district"}
_CODE: Final = re.compile(r"(\d{1,6})(?:\.0+)?")
_DECIMALS: Final = 7


def place_of(row: Row) -> dict[str, Any]:  # Any: JSON
    """Return `places` and `country` of a draft; faults go to the row."""
    country = _country(row)
    locality, numbers = _locality(row)
    point = point_of(row, country, numbers)
    if numbers and any(row.get(name) for name in ("point", "lat", "east")):
        row.cannot_use("place", numbers, tr("a point, which other columns give"))
    code = _code(row) if country == CODED else row.get("admin_code") or None
    names = {level: _unit_name(row, level) for level in LEVELS}
    if code is None and country == CODED:
        code = _code_by_names(row, names)
    at: dict[str, Any] = {"country": country} if country else {}
    named = _named(row, (locality, names), code if country == CODED else None, point)
    if named is None:
        if row.get("country") and row.means.mapping.of("country"):
            return {**at, "places": [{"name": row.get("country"), "precision": "country", **at}]}
        return at
    name, precision = named
    place: dict[str, Any] = {"name": name, "precision": precision, **at}
    if point:
        place |= {"lon": round(point.lon, _DECIMALS), "lat": round(point.lat, _DECIMALS)}
    if code:
        place["admin_code"] = code
    if region := row.get("region"):
        place["region"] = region
    if (radius := _radius(row)) is not None:
        place["radius_m"] = radius
    return {**at, "places": [place]}


def _locality(row: Row) -> tuple[str, str]:
    """Return the place's own name, or the numbers that are in the name's stead: a point."""
    text = row.get("place")
    if not text or not (reason := misfit("place", text)):
        return ("", text) if is_numbers(text) else (text, "")
    row.fault("place", text, reason)
    return "", ""


def _unit_name(row: Row, level: str) -> str:
    """Return the name of a unit; what is not a name is the row's fault."""
    text = row.get(level)
    if text and (reason := misfit(level, text)):
        row.fault(
            level,
            text,
            tr(
                "{reason}; if a column has the codes: {option}",
                reason=reason,
                option=map_option(row.column(level), "admin_code"),
            ),
        )
        return ""
    return text


def _named(
    row: Row, names_by: tuple[str, dict[str, str]], code: str | None, point: LonLat | None
) -> tuple[str, str] | None:
    """Return name and precision of the place, by the finest that is known; None where nothing is."""
    locality, names = names_by
    finest = next((level for level in reversed(LEVELS) if names[level]), None)
    if code and len(code) in _BY_LENGTH and not (finest and LEVELS.index(finest) > LEVELS.index(_BY_LENGTH[len(code)])):
        finest = _BY_LENGTH[len(code)]
    region = row.get("region")
    precision = "settlement" if locality else "near" if point else finest or ("area" if region else None)
    if precision is None:
        return None
    name = locality or (finest and (names[finest] or admin_name(code or ""))) or (point and format_dms(point))
    return name or region.rpartition("/")[2], _stated_precision(row) or precision


def _stated_precision(row: Row) -> str | None:
    text = row.get("place_precision")
    if not text:
        return None
    try:
        return codebook().place_precision.find(text).code
    except UnknownTermError as error:
        row.fault("place_precision", text, str(error))
        return None


def _country(row: Row) -> str | None:
    """Return the row's country, else that of rows that name none; None where neither is known."""
    text = row.get("country")
    if not text:
        return row.means.options.country
    found = country_named(text)
    if found is None:
        row.fault("country", text, tr("expected a country's name or its two letters (ISO 3166-1)"))
    return found or row.means.options.country


def _radius(row: Row) -> float | None:
    text = row.get("radius_m")
    if not text:
        return None
    try:
        metres = number(text, row.means.survey.decimals.get(row.column("radius_m"), row.means.mapping.decimals))
    except CellError as error:
        row.fault("radius_m", text, str(error))
        return None
    if metres <= 0:
        row.cannot_use("radius_m", text, tr("a radius of 0 m has no meaning; left out"))
        return None
    return metres


def _code(row: Row) -> str | None:
    """Return the code of a unit; one of an odd length has lost its first 0 in a spreadsheet."""
    text = row.get("admin_code")
    if not text:
        return None
    match = _CODE.fullmatch(text)
    code = match[1] if match else ""
    if len(code) % 2:
        code = f"0{code}"
        row.flag("admin_code", text, tr("the leading 0 was missing and was restored"))
    if code not in admin_units():
        row.fault("admin_code", text, tr("no unit with this code; expected a UBIGEO of two, four or six digits"))
        return None
    _compare(row, code)
    return code


def _compare(row: Row, code: str) -> None:
    for level, name in zip(LEVELS, admin_names(code), strict=True):
        said = row.get(level)
        if said and name and folded(said) != folded(name):
            row.flag(level, said, tr("the unit with this code has a different name; both are stored as given"))


def _code_by_names(row: Row, names: dict[str, str]) -> str | None:
    """Return the code of the finest unit whose name, and those of all that hold it, are names of units."""
    chain: tuple[str, ...] = ()
    code: str | None = None
    for level in LEVELS:
        if not names[level]:
            break
        chain = (*chain, names[level])
        found, nearest = _unit(chain)
        if found is None:
            row.flag(level, names[level], _unknown_unit(level, nearest))
            break
        code = found
    return code


_UNKNOWN_UNIT: Final = {
    "department": mark("unknown department; imported without a code"),
    "province": mark("unknown province; imported without a code"),
    "district": mark("unknown district; imported without a code"),
}
_NEAR_UNIT: Final = {
    "department": mark("unknown department; the nearest is {nearest!r}; imported without a code"),
    "province": mark("unknown province; the nearest is {nearest!r}; imported without a code"),
    "district": mark("unknown district; the nearest is {nearest!r}; imported without a code"),
}


def _unknown_unit(level: str, nearest: str | None) -> str:
    """Return that no unit of a level has a name, and the nearest name."""
    return tr(_NEAR_UNIT[level], nearest=nearest) if nearest else tr(_UNKNOWN_UNIT[level])


@lru_cache(maxsize=8_192)
def _unit(chain: tuple[str, ...]) -> tuple[str | None, str | None]:
    """Return the code of the unit that names lead to, the widest first; else None and the nearest name."""
    department, province, district = (*chain, None, None)[: len(LEVELS)]
    try:
        return admin_code(department or "", province, district), None
    except UnknownTermError as error:
        return None, error.nearest
