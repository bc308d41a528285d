"""What a country pack holds: facts, units, places and people."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from willay.data.nesting import DEEPEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import geopandas as gpd

LEVELS: Final = tuple(range(1, DEEPEST + 1))

UNIT_COLUMNS: Final = ("code", "name", "name_es", "name_en", "aliases", "parent")
"""The properties of a unit: `aliases` is a list of texts, `parent` the code of the unit that holds it; null where
there is none."""

PLACE_COLUMNS: Final = ("id", "name", "lon", "lat", "admin_code", "population", "alternates")
"""The columns of `places.csv`: lon and lat in degrees (EPSG:4326), admin_code the finest unit known, population the
people, alternates other names with `;` between; the last three may be empty."""

PEOPLE_COLUMNS: Final = ("admin_code", "year", "people")
"""The columns of `populations.csv`."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Where a part of a pack comes from, and under which terms; None is not known.

    Attributes:
        licence: SPDX id or a phrase.
        credit: Whom to credit.
        source: Where it was got: an address or a citation.
        dated: ISO day on which it was true.
        sha256: Digest of the file it was made from, hexadecimal.
    """

    licence: str | None = None
    credit: str | None = None
    source: str | None = None
    dated: str | None = None
    sha256: str | None = None

    def stated(self) -> Iterator[tuple[str, str]]:
        """Yield the terms that are known, by name."""
        for name in TERMS:
            value = getattr(self, name)
            if value is not None:
                yield name, value


NO_TERMS: Final = Terms()
"""Nothing is known of where a part comes from."""

TERMS: Final = ("licence", "credit", "source", "dated", "sha256")


@dataclass(frozen=True, slots=True)
class PackLevel:
    """A level of units of a pack.

    Attributes:
        number: 1 for the widest, to 3.
        words: The country's own word by language, one and several.
        terms: Where the units come from.
    """

    number: int
    words: Mapping[str, tuple[str, str]]
    terms: Terms = NO_TERMS

    @property
    def file(self) -> str:
        """The name of the member with its units."""
        return f"adm{self.number}.geojson"


@dataclass(frozen=True, slots=True)
class PackFacts:
    """What a pack says of its country, as `pack.toml` has it and as a database records it.

    Attributes:
        code: ISO 3166-1 alpha-2.
        names: What the country is called, by language.
        languages: Its languages, the first most used.
        levels: Its levels of units, the widest first.
        digits: The number of digits of a code of each level, where the codes of the units are of digits and nest by
            these; else empty, and each unit names its parent.
        notes: What a reader must know of the units, each by language.
        places: Terms of the place list; None where there is none.
        populations: Terms of the people; None likewise.
    """

    code: str
    names: Mapping[str, str]
    languages: tuple[str, ...]
    levels: tuple[PackLevel, ...]
    digits: tuple[int, ...] = ()
    notes: tuple[Mapping[str, str], ...] = ()
    places: Terms | None = None
    populations: Terms | None = None

    def __hash__(self) -> int:
        """Return what a table of facts finds them by; they are the same where all that they say is."""
        return hash(self.code)

    def set_name(self, number: int) -> str:
        """Return the name of the region set of a level, such as `mm-adm1`."""
        return f"{self.code.lower()}-adm{number}"


@dataclass(frozen=True, slots=True)
class PackPlace:
    """A place of a pack: what `PLACE_COLUMNS` has of it."""

    id: str
    name: str
    lon: float
    lat: float
    admin_code: str = ""
    population: int | None = None
    alternates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """A country pack that was read or made.

    Attributes:
        facts: What it says of its country.
        units: The units of each level: `UNIT_COLUMNS` and geometry (EPSG:4326).
        places: Its places, in the order of the file.
        people: People by unit and year.
    """

    facts: PackFacts
    units: Mapping[int, gpd.GeoDataFrame]
    places: tuple[PackPlace, ...] = ()
    people: Mapping[str, Mapping[int, int]] = field(default_factory=lambda: MappingProxyType({}))

    def parents(self) -> dict[str, str]:
        """Return the unit that holds each unit, by codes."""
        found: dict[str, str] = {}
        for frame in self.units.values():
            found |= {code: parent for code, parent in zip(frame["code"], frame["parent"], strict=True) if parent}
        return found


def facts_document(facts: PackFacts) -> dict[str, Any]:
    """Return facts as a document of texts, numbers, lists and mappings, in the order of `pack.toml`."""
    country: dict[str, Any] = {"code": facts.code, "languages": list(facts.languages), "names": dict(facts.names)}
    if facts.digits:
        country["digits"] = list(facts.digits)
    document: dict[str, Any] = {"format": FORMAT, "country": country}
    document["level"] = [
        {
            "number": level.number,
            "file": level.file,
            "word": {lang: list(words) for lang, words in level.words.items()},
            **dict(level.terms.stated()),
        }
        for level in facts.levels
    ]
    if facts.notes:
        document["note"] = [dict(note) for note in facts.notes]
    for name, terms in (("places", facts.places), ("populations", facts.populations)):
        if terms is not None:
            document[name] = {"file": f"{name}.csv", **dict(terms.stated())}
    return document


FORMAT: Final = 1
"""The number of the format of packs."""
