"""The code of each unit: its ISO 3166-2 code, where the name that ISO gives that code today fits the unit's.

Natural Earth's codes are partly those of older lists, and some were given anew since to other units (IR-01 was East
Azarbaijan and is Gilan): a code without its name is not to be trusted.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

import pycountry
from packages import npm
from rapidfuzz import fuzz

from willay.data.unitnames import bare, plain

from .shapes import WELL_FORMED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from .shapes import Unit

    Names = Mapping[str, frozenset[str]]

FITS = 60
"""Similarity of names (0 to 100) from which a code that a unit has is taken to be its own."""
SAME = 91
"""The same from which a unit is given a code that it does not have in Natural Earth."""


def iso_names(work: Path) -> Names:
    """Return all names that two lists of ISO 3166-2 give to each code in force, plain: pycountry's and iso-3166's."""
    text = (npm("iso-3166", work) / "2.js").read_text("utf-8")
    listed = re.findall(r"code: '([A-Z0-9-]+)',\s+name: (?:'((?:[^'\\]|\\.)*)'|\"([^\"]*)\")", text)
    names: dict[str, set[str]] = {unit.code: {unit.name} for unit in pycountry.subdivisions}
    for code, single, double in listed:
        names.setdefault(code, set()).add((single or double).replace("\\'", "'"))
    return {code: frozenset(plain(name) for name in found) for code, found in names.items()}


def cldr_names(work: Path) -> Mapping[str, str]:
    """Return the English names of CLDR by ISO 3166-2 code; some are of codes as older lists have them."""
    path = npm("cldr-subdivisions-full", work) / "subdivisions" / "en" / "en.json"
    listed = json.loads(path.read_text("utf-8"))["subdivisions"]["localeDisplayNames"]["subdivisions"]
    return {f"{key[:2]}-{key[2:]}".upper(): name for key, name in listed.items()}


def unit_names(unit: Unit) -> frozenset[str]:
    """Return what Natural Earth calls a unit, plain."""
    keys = ("name", "name_en", "name_es", "name_fr", "name_pt", "name_de", "name_id", "name_pl")
    texts = [unit.facts.get(key) for key in keys]
    texts += (unit.facts.get("name_alt") or "").split("|")
    return frozenset(plain(text) for text in texts if text and text.strip())


def likeness(one: Iterable[str], two: Iterable[str]) -> float:
    """Return how alike two sets of plain names are: that of the likest two, 0 to 100."""
    pairs = ((bare(a) or a, bare(b) or b) for a in one for b in two)
    return max((max(fuzz.ratio(a, b), fuzz.token_sort_ratio(a, b)) for a, b in pairs), default=0.0)


def give_codes(units: list[Unit], names: Names) -> None:
    """Give each unit of a country a code, no two the same; those that have one keep it."""
    country, taken = units[0].country, {unit.code for unit in units if unit.code}
    called = {unit.facts["adm1_code"]: unit_names(unit) for unit in units}
    pairs = [
        (likeness(called[unit.facts["adm1_code"]], names[code]), unit)
        for unit in units
        if not unit.code and (code := unit.facts["iso_3166_2"]) in names and code[:2] == country
    ]
    for score, unit in sorted(pairs, key=lambda pair: (-pair[0], pair[1].facts["adm1_code"])):
        if score >= FITS and unit.facts["iso_3166_2"] not in taken:
            unit.code = unit.facts["iso_3166_2"]
            taken.add(unit.code)
    own = {code: listed for code, listed in names.items() if code[:2] == country and _is_of_level(code, taken)}
    _by_name([unit for unit in units if not unit.code], called, own, taken)
    shared = Counter(unit.facts["iso_3166_2"] for unit in units)
    for unit in units:
        unit.code = unit.code or _own(unit, names, taken | {code for code, number in shared.items() if number > 1})
        taken.add(unit.code)


def _is_of_level(code: str, taken: set[str]) -> bool:
    """Return whether a code is of the level of most of those that units have: a region is not one of its provinces."""
    levels = Counter(_has_parent(known) for known in taken)
    return not levels or _has_parent(code) == levels.most_common(1)[0][0]


def _has_parent(code: str) -> bool:
    listed = pycountry.subdivisions.get(code=code)
    return bool(listed and listed.parent_code)


def _by_name(units: list[Unit], called: Names, names: Names, taken: set[str]) -> None:
    """Give units the codes in force whose names fit nobody better, the best fit first."""
    pairs = [
        (likeness(called[unit.facts["adm1_code"]], listed), code, unit)
        for unit in units
        for code, listed in names.items()
        if code not in taken
    ]
    for score, code, unit in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2].facts["adm1_code"])):
        if score >= SAME and not unit.code and code not in taken:
            unit.code = code
            taken.add(code)


def _own(unit: Unit, names: Names, taken: set[str]) -> str:
    """Return a code that no list in force has: Natural Earth's, where it is one of an older list, else its number."""
    code = unit.facts["iso_3166_2"].rstrip("~")
    if code.startswith("-99-"):
        code = f"{unit.country}-{code[4:]}"
    if WELL_FORMED.fullmatch(code) and code[:2] == unit.country and code not in names and code not in taken:
        return code
    return f"{unit.country}-N{re.sub(r'[^0-9]', '', unit.facts['adm1_code'])}"
