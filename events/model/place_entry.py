"""A place as a person types it, made into a draft: a name, a unit, coordinates, a link, a hamlet within a district."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from willay.data.countries import country_code
from willay.data.errors import UnknownPlaceError, UnknownTermError
from willay.data.unit_codes import code_is_digits, unit_known, unit_name
from willay.events.model.drafts import PlaceDraft, draft
from willay.events.model.place_words import InUnit, find_named, one_unit
from willay.geo.coordinates import LonLat, format_dms, parse_point
from willay.geo.written_points import read_written_point

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from willay.data.gazetteer import Gazetteer, PlaceCandidate
    from willay.geo.boxes import BBox

_BEYOND_LATIN: Final = 0x250
_CODE: Final = 3
"""Maximum number of letters of the code of a country."""

_REGION: Final = re.compile(r"region:(?P<key>[a-z0-9-]+/[a-z0-9-]+)")


def read_place(
    text: str,
    *,
    gazetteer: Gazetteer,
    country: str | None = None,
    box: BBox | None = None,
    precision: str | None = None,
    zones: Callable[[], Mapping[str, tuple[str, str]]] = dict,
) -> PlaceDraft:
    r"""Read a place as a person names it.

    Forms: a name of the gazetteer, with the unit that holds it after a comma where needed ("Bambamarca,
    Cajamarca", "San Miguel, La Mar"); a unit ("distrito de Chungui", "La Mar, Ayacucho", or its code, "0809"), known no
    better than the unit; coordinates ("-73.2044,-12.6369", "12°38'12\"S 73°12'16\"W", UTM "18L 584000 8543000",
    "geo:-13.17,-74.22", a link to a map); a name and coordinates ("Km 41 @ -76.1,-8.9"); a name within a unit ("Nuevo
    Amanecer @ 050508", "Nuevo Amanecer, distrito de Chungui"); a region ("region:pe-places/vrae", or its name); the
    country itself ("Perú"), known no better than the country.

    Args:
        text: What was typed.
        gazetteer: Where names are looked up.
        country: ISO 3166-1 alpha-2; None takes the gazetteer's.
        box: The country's box, by which swapped coordinates are noticed.
        precision: Place precision, where the person states it; None takes what the form implies.
        zones: Returns the regions that may be called by their names: of each, folded, `set/key` and the name.

    Raises:
        AmbiguousPlaceError: There are several; the error lists them.
        UnknownTermError: No unit has the administrative code.
        UnknownPlaceError: There is none; the error names the nearest.
        CoordinateError: The coordinates cannot be read, or are swapped.
        DraftError: The fields do not make a place.
    """
    asked = text.strip()
    country = country or gazetteer.country
    fields = _located(asked, country, box)
    if fields is None:
        try:
            found = find_named(asked, gazetteer, country, zones)
        except UnknownPlaceError:
            if not _is_country(asked, country):
                raise
            fields = {"name": asked, "precision": "country"}
        else:
            if not isinstance(found, tuple):
                return found_place(found, country=country, precision=precision)
            fields = _region(found[0]) | {"name": found[1]}
    return draft(PlaceDraft, {"country": country} | fields | ({"precision": precision} if precision else {}), "place")


def _located(asked: str, country: str | None, box: BBox | None) -> dict[str, Any] | None:
    """Return the fields of a place that is given by coordinates, by a code or by a region; None where it is a name."""
    is_address = re.match(r"(?:https?://|geo:)", asked, re.IGNORECASE)
    name, at, point = ("", "", "") if is_address else (part.strip() for part in asked.partition("@"))
    if region := _REGION.fullmatch(asked):
        return _region(region["key"])
    if at:
        if country and (within := _unit_code(point, country)):
            return InUnit(country, within, name or None).fields
        return _named(name or point, country) | _point(point, box)
    if country and (code := _stated_code(asked, country)):
        return InUnit(country, code).fields
    return _unnamed(asked, box)


def _is_country(text: str, country: str | None) -> bool:
    """Return whether a text is a name of the country, in English or Spanish."""
    try:
        return len(text) > _CODE and country_code(text) == country
    except UnknownTermError:
        return False


def _region(key: str) -> dict[str, Any]:
    return {"name": key.split("/")[1], "region": key, "precision": "area"}


def _stated_code(text: str, country: str) -> str | None:
    """Return the code of a unit that a text is; None where it is not written as one.

    Raises:
        UnknownTermError: It is a number, as the codes of the country are, that no unit has.
    """
    if text.isdecimal() and code_is_digits(country):
        unit_name(country, text)
        return text
    return text.upper() if unit_known(country, text.upper()) else None


def _unit_code(text: str, country: str) -> str | None:
    """Return the code of the unit that a text names by its code or in words; None where it is coordinates.

    Raises:
        UnknownTermError: It is a code that no unit has.
    """
    if code := _stated_code(text, country):
        return code
    if re.search(r"\d", text):
        return None
    unit = one_unit(text, country)
    return unit.code if unit else None


def _named(name: str, country: str | None) -> dict[str, Any]:
    """Return the name of a place whose point is given, with the unit that is named after a comma."""
    own, _, around = (part.strip() for part in name.partition(","))
    unit = one_unit(around, country) if around else None
    return {"name": own, "admin_code": unit.code} if unit else {"name": name}


def _unnamed(text: str, box: BBox | None) -> dict[str, Any] | None:
    """Return the fields of a point that has no name; None where a text is plainly no attempt at coordinates.

    Raises:
        CoordinateError: It is meant as a point, and cannot be read.
    """
    written = read_written_point(text, within=box)
    if written is None and (not re.search(r"\d", text) or re.search(r"[^\W\d_]{2,}", text) or _has_other_script(text)):
        return None
    fields = _point(text, box)
    return {"name": format_dms(LonLat(fields["lon"], fields["lat"])), **fields}


def _has_other_script(text: str) -> bool:
    """Return whether a text has a letter that no coordinates have: in some scripts marks stand between any two."""
    return any(ord(letter) >= _BEYOND_LATIN and unicodedata.category(letter) == "Lo" for letter in text)


def _point(text: str, box: BBox | None) -> dict[str, Any]:
    """Return a point as fields: exact, or near the middle of the map that a link shows."""
    written = read_written_point(text, within=box)
    point = written.point if written else parse_point(text, within=box)
    fields = {"lon": point.lon, "lat": point.lat, "precision": "near" if written and written.is_view else "site"}
    return fields | ({"radius_m": written.radius_m} if written and written.radius_m else {})


def found_place(
    found: PlaceCandidate | InUnit, *, country: str | None = None, precision: str | None = None
) -> PlaceDraft:
    """Make a place of what was found: a settlement, unless the person knows it better or worse, or a unit."""
    if isinstance(found, InUnit):
        fields: dict[str, Any] = {**found.fields, "country": country}
        return draft(PlaceDraft, fields | ({"precision": precision} if precision else {}), "place")
    fields = {
        "name": " ".join(found.name.split()),
        "country": country,
        "lon": found.lon,
        "lat": found.lat,
        "precision": precision or "settlement",
        "admin_code": found.code or None,
        "gazetteer_id": found.id,
        "coordinate_source": found.source,
    }
    return draft(PlaceDraft, fields, "place")
