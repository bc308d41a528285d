"""Countries in the codes of other systems: ISO 3166-1, M49, FIPS 10-4, Gleditsch and Ward, Correlates of War.

One number means different countries in different systems: 135 is Peru for Gleditsch and Ward and nothing in ISO 3166-1,
where Peru is 604. So a code is read only in a system that is named.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from willay.data.errors import UnknownTermError

if TYPE_CHECKING:
    from collections.abc import Mapping

CODE_SYSTEMS: Final = ("iso2", "iso3", "iso-numeric", "m49", "fips", "gw", "cow")
"""The systems: ISO 3166-1 with two letters, three letters and numbers; M49 of the United Nations, which has the numbers
of ISO; FIPS 10-4, which GDELT uses; the numbers of Gleditsch and Ward, which UCDP uses; those of Correlates of War,
which the Mass Mobilization data and SCAD use."""

_ISO: Final = {"iso2": "alpha_2", "iso3": "alpha_3", "iso-numeric": "numeric", "m49": "numeric"}
_BESIDE_ISO: Final = {"iso2": {"XK": "XK"}, "iso3": {"XKX": "XK"}}
_DIGITS: Final = 3
_NUMBER: Final = re.compile(r"0*(\d{1,3})(?:\.0+)?")


def country_of(system: str, code: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of the country that a code means in a system; None where it means none today.

    Letters may be small, numbers may have leading zeros or be written with decimals, as some programs do (`135.0`). The
    codes of former states are read where one country of today has their territory: the Yemen Arab Republic is Yemen.
    Czechoslovakia is None.

    Raises:
        UnknownTermError: There is no such system.

    Example:
        >>> from willay.data import country_of
        >>> country_of("gw", "135"), country_of("fips", "SP"), country_of("iso-numeric", "604")
        ('PE', 'ES', 'PE')
    """
    if system not in CODE_SYSTEMS:
        raise UnknownTermError("system of country codes", system, CODE_SYSTEMS, None)
    text = code.strip().upper()
    if not text:
        return None
    number = _NUMBER.fullmatch(text)
    if system not in _ISO:
        return _listed()[system].get(number[1] if number else text)
    if number is None and text in _BESIDE_ISO.get(system, {}):
        return _BESIDE_ISO[system][text]
    return _in_iso(_ISO[system], number[1].zfill(_DIGITS) if number else text)


@cache
def _in_iso(kind: str, code: str) -> str | None:
    import pycountry  # noqa: PLC0415 — reads its tables when imported

    found: Any = pycountry.countries.get(**{kind: code})  # type: ignore[arg-type]  # its stubs know no names of fields
    return None if found is None else str(found.alpha_2)


@cache
def _listed() -> Mapping[str, Mapping[str, str]]:
    """Return the country by code, by system."""
    text = (files("willay.data") / "country_codes" / "codes.csv").read_text("utf-8")
    found: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["system"], {})[row["code"]] = row["country"]
    return MappingProxyType({system: MappingProxyType(codes) for system, codes in found.items()})
