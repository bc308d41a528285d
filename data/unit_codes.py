"""Units of any country by their codes and names, where they are listed here: one door for what `admin` has of one.

A country whose units are all listed has every code of every level, so that one which is not there is a slip. Of others
only what a database states is known: codes nest by their rule, and names come with its regions.
"""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from willay.data.admin import COUNTRY, AdminUnit, admin_code, admin_name, admin_names, admin_units, folded
from willay.data.countries import PRECISIONS
from willay.data.countries import country as country_of
from willay.data.errors import UnknownTermError
from willay.data.unitnames import bare, plain
from willay.data.units import outlines, unit_called, unit_list
from willay.data.units import unit_name as first_level_name
from willay.geo.translation import language, tr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from willay.data.nesting import Nesting

_NONE: Final[Mapping[str, AdminUnit]] = MappingProxyType({})


def is_listed(country: str | None) -> bool:
    """Return whether all units of a country are listed here, so that a code which is not is a slip."""
    return country == COUNTRY


def units_of(country: str | None) -> Mapping[str, AdminUnit]:
    """Return every unit of a country by its code; none where they are not listed."""
    return admin_units() if is_listed(country) else _NONE


def code_form(country: str) -> str:
    """Return how the codes of a country whose units are listed are written, in words; "" of others."""
    return tr("a UBIGEO of two, four or six digits") if is_listed(country) else ""


def code_is_digits(country: str) -> bool:
    """Return whether the codes of a country are numbers, all of which are listed."""
    return is_listed(country)


def could_be_code(country: str, text: str) -> bool:
    """Return whether a text is written as the codes of a country are; of a country that is not listed any is."""
    return not is_listed(country) or re.fullmatch(r"\d{1,6}(\.0)?", text) is not None


def code_written(country: str, text: str) -> str:
    """Return a code as it should be: without the decimals, and with the leading 0, that spreadsheets add and take."""
    known = units_of(country)
    whole = re.sub(r"\.0+$", "", text) if known else text
    return f"0{whole}" if whole not in known and f"0{whole}" in known else whole


def unit_name(country: str, code: str) -> str:
    """Return the name of a unit of a country whose units are listed.

    Raises:
        UnknownTermError: There is no such code; the message names the unit that would hold it.
    """
    return admin_name(code) if is_listed(country) else unit_names(country, code)[-1]


def unit_names(country: str, code: str) -> tuple[str, ...]:
    """Return the names of the units around a known unit, the widest first and its own last; empty where it is not."""
    if code in units_of(country):
        return tuple(name for name in admin_names(code) if name)
    known = None if is_listed(country) else unit_known(country, code)
    return (known.name,) if known else ()


def unit_known(country: str | None, code: str) -> AdminUnit | None:
    """Return the unit of a code, of those that are listed, else of the first-level units; None where it is neither."""
    if is_listed(country):
        return units_of(country).get(code)
    if country is None or code not in first_level(country):
        return None
    return AdminUnit(code, PRECISIONS[0], first_level_name(country, code, language()))


def units_named(country: str | None, name: str) -> Iterator[AdminUnit]:
    """Yield the units that have a name, or a code, without regard to accents and case; the widest come first."""
    if is_listed(country):
        asked = folded(name)
        yield from (unit for unit in units_of(country).values() if asked in {folded(unit.name), unit.code})
    elif country is not None and (unit := unit_known(country, first_level_called(country, name) or "")):
        yield unit


def all_units(country: str) -> Iterator[AdminUnit]:
    """Yield all units that are known of a country, in the order of their codes."""
    found = (unit_known(country, code) for code in (units_of(country) or first_level(country)))
    yield from (unit for unit in found if unit is not None)


def level_words(country: str | None) -> Mapping[str, str]:
    """Return words by which people say that they name a unit, folded, and the precision that each stands for.

    Where only first-level units are known, no word is needed, and there are none: a town may have one in its name.
    """
    if country is None or not is_listed(country):
        return {}
    levels = country_of(country).levels
    return {folded(level.word(lang)): level.precision for level in levels for lang in ("es", "en")} | dict(_SHORT_WORDS)


_SHORT_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {"dist": "district", "prov": "province", "dpto": "department", "depto": "department", "region": "department"}
)


def unit_code(country: str, names: Sequence[str]) -> str:
    """Return the code of a listed unit by the names of those that hold it and its own, the widest first.

    Raises:
        UnknownTermError: A name is not found inside the unit before it; the message names the nearest.
    """
    first, second, third = (*names, None, None, None)[:3]
    return admin_code(first or "", second, third) if is_listed(country) else ""


@cache
def first_level(country: str) -> tuple[str, ...]:
    """Return the codes of the first-level units of a country that are known here; none where none are."""
    return tuple(unit.code for unit in unit_list(country))


def first_level_names(country: str, code: str) -> tuple[str, ...]:
    """Return all that a first-level unit is called; nothing where it is not known here."""
    found = next((unit for unit in unit_list(country) if unit.code == code), None)
    return () if found is None else (*found.names.values(), *found.aliases)


def first_level_shapes(country: str) -> NDArray[np.object_]:
    """Return the outlines of the first-level units of a country, EPSG:4326; none where none are included."""
    import numpy as np  # noqa: PLC0415 — codes and names need none

    return outlines(country) if unit_list(country) else np.empty(0, dtype=object)


def first_level_called(country: str, text: str) -> str | None:
    """Return the code of the one first-level unit that a name or a code means; None where it means none, or several.

    Words for kinds of units do not matter: *departamento de Puno*.
    """
    found = unit_called(country, text)
    if found is None and is_listed(country) and (name := bare(plain(text))):
        try:
            return unit_code(country, [name])
        except UnknownTermError:
            return None
    return found


def parts_of(country: str, code: str, known: Collection[str], nesting: Nesting | None = None) -> tuple[str, ...]:
    """Return those of some codes whose units are together the unit of a code; empty where it is not whole in them.

    That is the code itself, with finer ones where the set has parted them from it (as Lima's province, 1501, from the
    rest of Lima, 15), or all of its units of one level below, where they are listed.

    Args:
        country: ISO 3166-1 alpha-2.
        code: The unit's code.
        known: Codes that a set of areas has.
        nesting: How the codes of the country nest; None is its rule.
    """
    rule = nesting or country_of(country).nesting
    if code in known:
        return tuple(sorted(one for one in known if rule.holds(code, one)))
    levels = _inside(country, rule).get(code, {})
    return next((tuple(levels[level]) for level in sorted(levels) if all(one in known for one in levels[level])), ())


@cache
def _inside(country: str, rule: Nesting) -> dict[str, dict[int, list[str]]]:
    """Return the units of a country that each unit holds, by its code and their level; worked out once."""
    found: dict[str, dict[int, list[str]]] = {}
    for one in units_of(country):
        for outer in rule.chain(one):
            if outer != one:
                found.setdefault(outer, {}).setdefault(rule.level(one), []).append(one)
    return found


def unit_in_words(
    country: str, code: str, nesting: Nesting | None = None, names: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Return a unit in the words of a message: `province 0801 Cusco (Cusco)`, or by its code alone.

    Args:
        country: ISO 3166-1 alpha-2.
        code: The unit's code.
        nesting: How the codes of the country nest; None is its rule.
        names: Names of units that are not listed, by their codes.
    """
    rule, listed = nesting or country_of(country).nesting, units_of(country)
    chain = [one for one in rule.chain(code) if one in listed or one in names]
    if code not in chain:
        return tr("the unit {code}", code=code)
    *wider, own = [listed[one].name if one in listed else names[one] for one in chain]
    levels = country_of(country).levels
    word = levels[min(max(rule.level(code), 1), len(levels)) - 1].word(language())
    return f"{word} {code} {own}" + (f" ({', '.join(reversed(wider))})" if wider else "")
