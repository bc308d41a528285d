"""The first-level units of each country, from its pack: outlines, codes, names, and which unit a name means."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from willay.data.admin import COUNTRY as PERU
from willay.data.errors import HOW_TO_WRITE_COUNTRIES, UnknownTermError
from willay.data.packs import shipped_pack
from willay.data.unitnames import KIND_WORDS, bare, plain
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd
    import numpy as np
    from numpy.typing import NDArray

SET: Final = "{}-adm1"
"""The name of a country's set of first-level units, with its code in lower case; Peru's is `pe-departments`."""

COLUMNS: Final = ("key", "code", "name_es", "name_en", "aliases", "kind", "geometry")

_NONE: Final = "-"
_CITIES: Final = frozenset(("city", "municipality", "capital", "federal city", "metropolitan city", "republican city"))
"""Kinds of units that are not meant by a name with a word such as *province of*."""


@dataclass(frozen=True, slots=True)
class UnitName:
    """What a unit is called.

    Attributes:
        code: ISO 3166-2 where it has one; Peru's UBIGEO.
        names: In Spanish (`es`) and English (`en`).
        aliases: Other names: in other languages, of before, in full.
        kind: What kind of unit Natural Earth calls it, in English and lower case; "" where it does not state it.
    """

    code: str
    names: Mapping[str, str]
    aliases: tuple[str, ...]
    kind: str


def set_name(country: str) -> str:
    """Return the name of the region set of a country's first-level units."""
    return "pe-departments" if country == PERU else SET.format(country.lower())


@cache
def unit_list(country: str) -> tuple[UnitName, ...]:
    """Return the first-level units of a country by code; none where none are shipped."""
    if country == PERU:
        return _departments()
    pack = shipped_pack(country)
    if pack is None or not pack.has("units"):
        return ()
    columns = pack.section("units")
    codes, spanish, english, others, kinds = ([_text(text) for text in columns.texts()] for _ in range(5))
    return tuple(
        UnitName(code, {"es": es, "en": en}, tuple(filter(None, aliases.split("|"))), kind)
        for code, es, en, aliases, kind in zip(codes, spanish, english, others, kinds, strict=True)
    )


def _text(text: str) -> str:
    return "" if text == _NONE else text


def _departments() -> tuple[UnitName, ...]:
    from willay.data.boundaries import departments  # noqa: PLC0415 — geopandas, which other countries' names do not need

    rows = departments().to_dict("records")
    return tuple(
        UnitName(row["ubigeo"], {"es": row["name_es"], "en": row["name_en"]}, (row["name"],), "") for row in rows
    )


@cache
def outlines(country: str) -> NDArray[np.object_]:
    """Return the outlines of the first-level units of a country, in the order of `unit_list`.

    Raises:
        UnknownTermError: None are shipped for it.
    """
    from willay.data.arcs import polygons  # noqa: PLC0415 — numpy and shapely

    if country == PERU:
        from willay.data.boundaries import departments  # noqa: PLC0415 — geopandas

        shapes: NDArray[np.object_] = departments().geometry.to_numpy()
        return shapes
    pack = shipped_pack(country)
    if pack is None or not pack.has("outlines"):
        raise UnknownTermError("country with shipped regions", country, (), None, tr(HOW_TO_WRITE_COUNTRIES))
    return polygons(pack.section("outlines"))


def units(country: str) -> gpd.GeoDataFrame:
    """Return the first-level units of a country by code, EPSG:4326; shared borders coincide.

    Columns: key, code, name_es, name_en, aliases (a tuple), kind, geometry.

    Raises:
        UnknownTermError: None are shipped for it.
    """
    import geopandas as gpd  # noqa: PLC0415 — heavy, and a light command may import this module

    shapes, listed = outlines(country), unit_list(country)
    rows = [
        (_key(unit.code), unit.code, unit.names["es"], unit.names["en"], unit.aliases, unit.kind) for unit in listed
    ]
    frame = gpd.GeoDataFrame(rows, columns=list(COLUMNS[:-1]), geometry=list(shapes), crs="EPSG:4326")
    if country == PERU:
        from willay.data.boundaries import departments  # noqa: PLC0415 — as above

        frame["key"] = departments()["key"].to_numpy()
    return frame


def _key(code: str) -> str:
    return code


def unit_name(country: str, code: str, lang: str) -> str:
    """Return what a unit is called in a language; its code where it is not known, English in languages but Spanish."""
    found = _by_code(country).get(code)
    return code if found is None else found.names["es" if lang == "es" else "en"]


@cache
def _by_code(country: str) -> Mapping[str, UnitName]:
    return {unit.code: unit for unit in unit_list(country)}


def unit_called(country: str, text: str) -> str | None:
    """Return the code of the one unit that a name or code means; None where it means none, or several.

    Accents, case and words such as *state of* do not matter. A unit's own name comes before another name of another
    unit, a whole name before one without *state of*.
    """
    asked = plain(text)
    if not asked:
        return None
    called = _called(country)
    kinds = any(word in KIND_WORDS for word in asked.split())
    for names, name in zip(called, (asked, asked, bare(asked), bare(asked)), strict=True):
        codes = names.get(name, ())
        if len(codes) > 1 and kinds:
            codes = tuple(code for code in codes if _by_code(country)[code].kind not in _CITIES)
        if len(codes) == 1:
            return codes[0]
        if codes:
            return None
    return None


@cache
def _called(country: str) -> Sequence[Mapping[str, tuple[str, ...]]]:
    """Return codes by own names, other names, own names without words for kinds, and other names without these."""
    listed = unit_list(country)
    own = [(unit.code, [unit.code, *unit.names.values()]) for unit in listed]
    others = [(unit.code, list(unit.aliases)) for unit in listed]
    return (_codes(own, plain), _codes(others, plain), _codes(own, _bare), _codes(others, _bare))


def _bare(text: str) -> str:
    return bare(plain(text))


def _codes(pairs: Iterable[tuple[str, list[str]]], form: Any) -> Mapping[str, tuple[str, ...]]:  # noqa: ANN401 — one of two functions
    found: dict[str, list[str]] = {}
    for code, names in pairs:
        for name in {form(name) for name in names} - {""}:
            found.setdefault(name, []).append(code)
    return {name: tuple(codes) for name, codes in found.items()}
