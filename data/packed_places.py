"""The places of a country's pack: GeoNames', each in a first-level unit, with other names in the country's scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.data.gazetteer import PlaceCandidate
from willay.data.packs import shipped_pack
from willay.data.units import unit_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from willay.data.packs import Columns

SOURCE: Final = "GeoNames"

_DEGREE: Final = 10_000
_NONE: Final = "-"


def packed_places(country: str, lang: str) -> Iterator[tuple[PlaceCandidate, frozenset[str]]]:
    """Yield the places of a country by name, each with its other names, folded (as they are in the pack).

    Args:
        country: ISO 3166-1 alpha-2; none are yielded where its pack has none.
        lang: `es` names their units in Spanish, every other language in English.
    """
    columns = _columns(country)
    if columns is None:
        return
    names, others = columns.texts(), columns.texts()
    ids, lons, lats, people, units, _ = (columns.ints().tolist() for _ in range(6))
    codes = [(unit.code, unit.names["es" if lang == "es" else "en"]) for unit in unit_list(country)]
    for n, name in enumerate(names):
        code, unit = codes[units[n]]
        place = PlaceCandidate(
            f"geonames:{ids[n]}",
            name,
            lons[n] / _DEGREE,
            lats[n] / _DEGREE,
            code,
            unit,
            None,
            people[n] or None,
            SOURCE,
        )
        yield place, frozenset(others[n].split("|")) - {_NONE}


def capitals(country: str) -> dict[str, int]:
    """Return the ids of a country's capital (1) and of the capitals of its first-level units (2)."""
    columns = _columns(country)
    if columns is None:
        return {}
    columns.texts()
    columns.texts()
    ids, *_, ranks = (columns.ints().tolist() for _ in range(6))
    return {f"geonames:{number}": rank for number, rank in zip(ids, ranks, strict=True) if rank}


def _columns(country: str) -> Columns | None:
    pack = shipped_pack(country)
    return pack.section("places") if pack and pack.has("places") else None
