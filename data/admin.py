"""Administrative codes: Peru's UBIGEO (INEI), two digits for the department, four the province, six the district."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from willay.data.errors import UnknownTermError
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

COUNTRY: Final = "PE"
"""The country of the administrative codes in this module, ISO 3166-1 alpha-2."""

_LEVEL_DIGITS: Final = (2, 4, 6)
_LEVELS: Final = (mark("department"), mark("province"), mark("district"))
PROVINCE_DIGITS: Final = 4
DISTRICT_DIGITS: Final = 6
_NEAR_ENOUGH: Final = 75
"""Similarity of whole names (0–100, rapidfuzz's ratio) from which one counts as a misspelling of the other."""

_BEGINNING: Final = 3
"""The fewest letters that a name may be cut to."""

_WORDS: Final = re.compile(r"\w+")
_HOW_TO_WRITE: Final = mark("Two digits are a department, 01 to 25; four a province in it, six a district in that.")


@dataclass(frozen=True, slots=True)
class AdminUnit:
    """A department, province or district: UBIGEO code, level in words, and name."""

    code: str
    level: str
    name: str


@cache
def admin_units() -> Mapping[str, AdminUnit]:
    """Return every unit by its code."""
    text = (files("willay.data") / "admin" / "ubigeo.csv").read_text("utf-8")
    return {row["code"]: AdminUnit(row["code"], row["level"], row["name"]) for row in csv.DictReader(text.splitlines())}


def admin_name(code: str) -> str:
    """Return the name of a unit.

    Raises:
        UnknownTermError: There is no such code; the message names the unit that would hold it.

    Example:
        >>> from willay.data import admin_name
        >>> admin_name("0504")
        'Huanta'
    """
    units = admin_units()
    if code not in units:
        wider = next((code[:end] for end in (4, 2) if code[:end] in units), None)
        raise UnknownTermError("UBIGEO code", code, tuple(units), wider, tr(_HOW_TO_WRITE))
    return units[code].name


def admin_names(code: str) -> tuple[str, str | None, str | None]:
    """Return the names (department, province, district) that a code stands for, None below its level.

    Raises:
        UnknownTermError: There is no such code.

    Example:
        >>> from willay.data import admin_names
        >>> admin_names("0504")
        ('Ayacucho', 'Huanta', None)
    """
    admin_name(code)
    return (
        admin_name(code[:2]),
        admin_name(code[:PROVINCE_DIGITS]) if len(code) >= PROVINCE_DIGITS else None,
        admin_name(code) if len(code) == DISTRICT_DIGITS else None,
    )


def admin_code(department: str, province: str | None = None, district: str | None = None) -> str:
    """Return the code of a unit by its names, without regard to accents and case.

    A unit is also known by what people and offices call it: Cuzco, Dpto. de Puno, Región Cusco, Prov. Const. del
    Callao. Lima Metropolitana is a province, and its code is one.

    Raises:
        UnknownTermError: A name is not found inside the unit before it; the message names the nearest.

    Example:
        >>> from willay.data import admin_code
        >>> admin_code("Ayacucho"), admin_code("Ayacucho", "La Mar")
        ('05', '0505')
    """
    code = ""
    for digits, name in zip(_LEVEL_DIGITS, (department, province, district), strict=True):
        if name is not None:
            code = _inside(code[: max(0, digits - _LEVEL_DIGITS[0])], name)
    return code


def _nearest(asked: str, names: list[str]) -> str | None:
    """Return the name that is meant: the only one that begins with it, or one like it in all of its letters."""
    longer = [name for name in names if len(asked) >= _BEGINNING and name.startswith(asked)]
    if len(longer) == 1:
        return longer[0]
    from rapidfuzz import fuzz, process  # noqa: PLC0415 — needed where a name is unknown

    near = process.extractOne(asked, names, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
    return near[0] if near else None


def _inside(parent: str, name: str) -> str:
    length = len(parent) + 2
    units = [unit for code, unit in admin_units().items() if len(code) == length and code.startswith(parent)]
    named = {folded(unit.name): unit for unit in units}
    if folded(name) in named:
        return named[folded(name)].code
    if called := _as_called(parent, name, named):
        return called
    near = _nearest(folded(name), list(named))
    level = dict(zip(_LEVEL_DIGITS, _LEVELS, strict=True))[length]
    raise UnknownTermError(level, name, tuple(unit.name for unit in units)[:12], named[near].name if near else None)


def _as_called(parent: str, name: str, named: Mapping[str, AdminUnit]) -> str | None:
    """Return the code of a unit that is called otherwise than its name, as `Dpto. de Puno` is; None where unknown.

    Args:
        parent: The code of the unit that holds it; empty for a department.
        name: What it is called.
        named: The units inside, by their names as they are compared.
    """
    from willay.data.headers import headers  # noqa: PLC0415 — it needs this module, and only other names need it

    words = headers().words
    plain = " ".join(_WORDS.findall(folded(name)))
    code = words["unit"].get(plain, "")
    if code and code.startswith(parent) and code != parent:
        return code
    kinds = {word for word, level in words["unit_kind"].items() if int(level) == len(parent) // 2 + 1}
    for kind in sorted(kinds, key=len, reverse=True):
        rest = plain.removeprefix(f"{kind} ")
        for link in ("de la ", "del ", "de ", "of ", ""):
            bare = rest.removeprefix(link)
            if rest != plain and bare in named:
                return named[bare].code
            if rest != plain and (code := words["unit"].get(bare, "")) and code.startswith(parent):
                return code
    return None


def folded(text: str) -> str:
    """Return a name in lower case without accents, the form in which names are compared."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())
