"""Where: the place of a row, by what the table gives and nothing else.

No place is looked up by its name alone. Coordinates with a name of a settlement are known to the settlement, without
one to somewhere near, unless a column or a default states the precision; without coordinates the place is known as well
as the finest name or code that is filled. A code of the country's units is taken as given, or found where the names of
units, from the widest on without a gap, are all those of units.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from willay.data.admin import folded
from willay.data.codebook import codebook
from willay.data.countries import PRECISIONS as LEVELS
from willay.data.countries import country as country_of
from willay.data.countries import country_name
from willay.data.errors import UnknownTermError
from willay.data.headers import headers
from willay.data.unit_codes import code_form, code_written, is_listed, unit_code, unit_names, units_of
from willay.events.exchange.incoming.cell_texts import CellError
from willay.events.exchange.incoming.countries import country_in
from willay.events.exchange.incoming.table.advice import map_option
from willay.events.exchange.incoming.table.count_cells import number
from willay.events.exchange.incoming.table.fitting import misfit
from willay.events.exchange.incoming.table.placing import point_of
from willay.events.exchange.incoming.table.points import is_numbers
from willay.geo.coordinates import LonLat, format_dms
from willay.geo.translation import language, tr

if TYPE_CHECKING:
    from willay.events.exchange.incoming.table.row import Row

_PARTS: Final = re.compile(r"[,(]")
_DECIMALS: Final = 7


def place_of(row: Row) -> dict[str, Any]:  # Any: JSON
    """Return `places` and `country` of a draft; faults go to the row."""
    country = _country(row)
    locality, numbers = _locality(row)
    point = point_of(row, country, numbers)
    if numbers and any(row.get(name) for name in ("point", "lat", "east")):
        row.cannot_use("place", numbers, tr("a point, which other columns give"))
    code = _code(row, country)
    names = {level: _unit_name(row, level) for level in LEVELS}
    if code is None and is_listed(country):
        code = _code_by_names(row, country or "", names) or _code_in_name(row, country or "", locality, names)
    at: dict[str, Any] = {"country": country} if country else {}
    named = _named(row, (locality, names), (country or "", code), point)
    if named is None:
        if country and any(folded(row.get(level)) in headers().words["nationwide"] for level in LEVELS):
            name = country_name(country, row.means.options.language or "es")
            return {**at, "places": [{"name": name, "precision": "country", **at}]}
        if row.get("country") and row.means.mapping.of("country"):
            return {**at, "places": [{"name": row.get("country"), "precision": "country", **at}]}
        return at
    name, precision = named
    place: dict[str, Any] = {"name": name, "precision": precision, **at}
    if point:
        place |= {"lon": round(point.lon, _DECIMALS), "lat": round(point.lat, _DECIMALS)}
    if code := code or _code_of_widest(row, place, names):
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
    if folded(text) in headers().words["nationwide"]:
        return ""
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
    row: Row, names_by: tuple[str, dict[str, str]], unit: tuple[str, str | None], point: LonLat | None
) -> tuple[str, str] | None:
    """Return name and precision of the place, by the finest that is known; None where nothing is."""
    locality, names = names_by
    country, code = unit
    finest = next((level for level in reversed(LEVELS) if names[level]), None)
    depth = row.means.options.units.nestings.level(country, code) if code else 0
    if depth and not (finest and LEVELS.index(finest) >= depth):
        finest = LEVELS[min(depth, len(LEVELS)) - 1]
    region = row.get("region")
    precision = "settlement" if locality else "near" if point else finest or ("area" if region or code else None)
    if precision is None:
        return None
    called = (finest and names[finest]) or (code and row.means.options.units.name(country, code))
    name = locality or (finest and called) or (point and format_dms(point)) or called
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
    found = country_in(row.column("country"), text)
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


def _code(row: Row, country: str | None) -> str | None:
    """Return the code of a unit; one that lost its first 0 in a spreadsheet has it again."""
    text = row.get("admin_code")
    if not text or not is_listed(country):
        return text or None
    code = code_written(country or "", text)
    if code not in units_of(country):
        reason = tr("no unit with this code; expected {form}", form=code_form(country or ""))
        row.fault("admin_code", text, reason)
        return None
    if code.startswith("0") and not text.startswith("0"):
        row.flag("admin_code", text, tr("the leading 0 was missing and was restored"))
    for level, name in zip(LEVELS, unit_names(country or "", code), strict=False):
        said = row.get(level)
        if said and folded(said) != folded(name):
            row.flag(level, said, tr("the unit with this code has a different name; both are stored as given"))
    return code


def _code_of_widest(row: Row, place: dict[str, Any], names: dict[str, str]) -> str | None:
    """Return the code of the first-level unit that is named, in a country of which only these units are known."""
    if is_listed(place.get("country")):
        return None
    widest = LEVELS[0]
    code, remark = row.means.options.units.code_for(place, names[widest])
    if remark:
        row.flag(widest, names[widest], remark)
    return code


def _code_by_names(row: Row, country: str, names: dict[str, str]) -> str | None:
    """Return the code of the finest unit whose name, and those of all that hold it, are names of units."""
    chain: tuple[str, ...] = ()
    code: str | None = None
    for level in LEVELS:
        if not names[level]:
            break
        chain = (*chain, names[level])
        found, nearest = _unit(country, chain)
        if found is None:
            row.flag(level, names[level], _unknown_unit(country, level, nearest))
            break
        code = found
    return code


def _code_in_name(row: Row, country: str, locality: str, names: dict[str, str]) -> str | None:
    """Return the code of the unit that ends a place's name, as in `Espinar, Cusco`, where no column has units."""
    *before, last = _PARTS.split(locality.rstrip(" )"))
    if not before or any(names.values()):
        return None
    code, _ = _unit(country, (last.strip(),))
    if code:
        unit = _word(country, LEVELS[0])
        row.flag(
            "place", locality, tr("no column names the {unit}; it is taken from the end of the place's name", unit=unit)
        )
    return code


def _unknown_unit(country: str, level: str, nearest: str | None) -> str:
    """Return that no unit of a level has a name, and the nearest name."""
    unit = _word(country, level)
    if nearest:
        return tr("unknown {unit}; the nearest is {nearest!r}; imported without a code", unit=unit, nearest=nearest)
    return tr("unknown {unit}; imported without a code", unit=unit)


def _word(country: str, level: str) -> str:
    known = country_of(country).level(level)
    return known.word(language()) if known else level


@lru_cache(maxsize=8_192)
def _unit(country: str, chain: tuple[str, ...]) -> tuple[str | None, str | None]:
    """Return the code of the unit that names lead to, the widest first; else None and the nearest name."""
    try:
        return unit_code(country, chain), None
    except UnknownTermError as error:
        return None, error.nearest
