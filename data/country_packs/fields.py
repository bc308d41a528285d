"""Which column holds what: by the names that official limits, p-code tables and censuses give to their columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from willay.data.errors import PackError
from willay.data.headers import plain
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_CODES: Final = (
    "adm{n} pcode", "admin{n} pcode", "adm{n} code", "admin{n} code", "pcode", "p code", "pcode{n}", "ubigeo",
    "shape iso", "iso 3166 2", "iso", "cc {n}", "hasc {n}", "gid {n}", "shape id", "id {n}", "admin code", "code",
    "codigo", "cod", "key",
)  # fmt: skip
_CODES_OF: Final[Mapping[int, tuple[str, ...]]] = {
    1: ("st pcode", "sr pcode", "iddpto", "ccdd", "dpa depto", "state code", "province code"),
    2: ("dt pcode", "d pcode", "idprov", "district code", "county code"),
    3: ("ts pcode", "ubigeo distrito", "iddist", "township code"),
}
_NAMES: Final = (
    "adm{n} {lang}", "adm{n} name", "admin{n} name {lang}", "admin{n} name", "adm{n} ref name", "name {n}",
    "shape name", "name {lang}", "name", "nombre", "nom", "adm{n} es", "adm{n} fr", "adm{n} pt", "adm{n} ar", "title",
)  # fmt: skip
_NAMES_OF: Final[Mapping[int, tuple[str, ...]]] = {
    1: ("st", "nombdep", "nomdep", "departamen", "departamento", "state", "region", "department", "province"),
    2: ("dt", "nombprov", "nomprov", "provincia", "province", "county", "district", "municipio"),
    3: ("ts", "nombdist", "nomdist", "distrito", "district", "township", "commune"),
}
_LANGUAGES: Final = ("en", "es", "fr", "pt", "ar")

PLACE_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "name": (
        "name", "name en", "nombre", "asciiname", "ascii name", "place", "place name", "settlement", "village",
        "village name", "town", "nomcp", "centro poblado", "featurenam", "feature name", "adm4 en", "full name",
    ),
    "lon": ("lon", "lng", "long", "longitude", "longitud", "x", "x coord", "coord x", "point x", "xcoord"),
    "lat": ("lat", "latitude", "latitud", "y", "y coord", "coord y", "point y", "ycoord"),
    "id": ("id", "geonameid", "pcode", "village pcode", "vt pcode", "adm4 pcode", "place pcode", "code", "codcp"),
    "population": ("population", "pop", "people", "habitantes", "poblacion", "total population"),
    "admin_code": (
        "admin code", "adm3 pcode", "ts pcode", "township pcode", "ubigeo", "adm2 pcode", "dt pcode", "district pcode",
        "adm1 pcode", "st pcode", "sr pcode",
    ),
    "alternates": ("alternates", "alternate names", "alternatenames", "other names", "alias", "aliases", "name local"),
}  # fmt: skip

PEOPLE_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "admin_code": (
        "admin code", "adm3 pcode", "adm2 pcode", "adm1 pcode", "pcode", "ubigeo", "st pcode", "dt pcode", "ts pcode",
        "iso", "shape iso", "iso 3166 2", "code", "codigo",
    ),
    "year": ("year", "anio", "ano", "census year"),
    "people": (
        "people", "population", "pop", "t tl", "total population", "population total", "poblacion", "poblacion total",
        "habitantes", "total",
    ),
}  # fmt: skip

_YEAR: Final = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")


def guessed_code(columns: Sequence[str], level: int) -> str | None:
    """Return the column with the code of units of a level, by its name; None where none looks like one."""
    usual = [name.format(n=level) for name in _CODES]
    return _first(columns, [*usual[:4], *_CODES_OF[level], *usual[4:]])


def guessed_name(columns: Sequence[str], level: int) -> str | None:
    """Return the column with the name of units of a level, by its name; None likewise."""
    usual = [name.format(n=level, lang=lang) for name in _NAMES for lang in (_LANGUAGES if "{lang}" in name else ("",))]
    return _first(columns, [*usual, *_NAMES_OF[level]])


def localized_name(columns: Sequence[str], level: int, lang: str) -> str | None:
    """Return the column with the names of units of a level in a language, by its name; None likewise."""
    usual = ("adm{n} {lang}", "adm{n} name {lang}", "admin{n} name {lang}", "name {lang}", "nombre {lang}")
    return _first(columns, [name.format(n=level, lang=lang) for name in usual])


def guessed_parent(columns: Sequence[str], level: int) -> str | None:
    """Return the column with the code of the unit of the level above, by its name; None likewise."""
    if level == 1:
        return None
    above = level - 1
    return _first(columns, [*(name.format(n=above) for name in _CODES if "{n}" in name), *_CODES_OF[above], "parent"])


def guessed_aliases(columns: Sequence[str], level: int, taken: Iterable[str | None]) -> tuple[str, ...]:
    """Return the columns with further names of units: those of a level in other languages, such as `ADM1_MY`."""
    spare = re.compile(
        rf"adm(?:in)?{level} (?:[a-z]{{2}}|alt\d? ?[a-z]{{0,2}}|name[a-z]*\d?|ref name)|name local|varname {level}"
    )
    return tuple(one for one in columns if one not in set(taken) and spare.fullmatch(_plain(one)))


def guessed_fields(columns: Sequence[str], names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the column of each field that has one, by the names of columns."""
    found = {field: _first(columns, usual) for field, usual in names.items()}
    return {field: column for field, column in found.items() if column is not None}


def year_in(column: str) -> int | None:
    """Return the year that the name of a column states; None where it states none, or several."""
    years = set(_YEAR.findall(column))
    return int(years.pop()) if len(years) == 1 else None


def required(column: str, columns: Sequence[str], where: str) -> str:
    """Return a column that a person named, as the file writes it.

    Raises:
        PackError: The file has no such column.
    """
    same = [one for one in columns if one == column] or [one for one in columns if _plain(one) == _plain(column)]
    if not same:
        raise PackError(
            tr(
                "{where} has no column {column!r}. It has: {columns}.",
                where=where,
                column=column[:80],
                columns=", ".join(columns)[:400],
            )
        )
    return same[0]


def _first(columns: Sequence[str], names: Sequence[str]) -> str | None:
    by_name: dict[str, str] = {}
    for column in columns:
        by_name.setdefault(_plain(column), column)
    return next((by_name[name] for name in names if name in by_name), None)


def _plain(column: str) -> str:
    """Return a name of a column with its words apart, numbers at the word before them: `ADM1_PCODE`."""
    apart = re.sub(r"(?<=\d)(?=[A-Z])", " ", column)
    return re.sub(r"(?<=adm|min|ode) (?=\d)", "", plain(apart))
