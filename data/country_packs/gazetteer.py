"""The places of a country pack, to be looked up by name."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from willay.data.admin import folded
from willay.data.country_packs.reading import read_facts, read_places, read_unit_names
from willay.data.gazetteer import Entry, Gazetteer, PlaceCandidate
from willay.data.nesting import Nesting
from willay.geo.digests import file_digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from willay.data.country_packs.contents import PackFacts, PackPlace


def pack_gazetteer(path: Path) -> Gazetteer:
    """Return the places of a pack; a file that has not changed is read once.

    Raises:
        MissingFileError, InputFileError: There is no such file.
        PackError: It is not a pack, or something in it is wrong.
    """
    return _read(path, file_digest(path) if path.is_file() else "")


@lru_cache(maxsize=4)
def _read(path: Path, digest: str) -> Gazetteer:
    del digest  # the file is another where this is another
    facts, names = read_facts(path), read_unit_names(path)
    return Gazetteer(_entries(facts, names, read_places(path)), facts.code)


def _entries(facts: PackFacts, names: Mapping[str, tuple[str, str]], places: tuple[PackPlace, ...]) -> Iterator[Entry]:
    nesting = Nesting(facts.digits, {code: parent for code, (_, parent) in names.items() if parent or not facts.digits})
    source = (facts.places.credit if facts.places else None) or facts.code
    for place in places:
        around = [names.get(code, (code, ""))[0] for code in nesting.chain(place.admin_code)]
        candidate = PlaceCandidate(
            id=place.id,
            name=place.name,
            lon=place.lon,
            lat=place.lat,
            code=place.admin_code,
            admin1=around[0] if around else "",
            admin2=around[1] if len(around) > 1 else None,
            population=place.population,
            source=source,
        )
        yield Entry(candidate, folded(place.name), frozenset(map(folded, place.alternates)))
