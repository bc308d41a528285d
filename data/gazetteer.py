"""Places by name, without a network: accents, case and a slip of the finger do not matter.

The places of each country are GeoNames' of 500 people and more. Peru's file has its 2,296, and a few settlements of
the shipped incidents that GeoNames lacks. Small settlements are mostly absent, and so are most of Peru's many Santa
Rosas: a search that finds one place does not prove that there is one only. A bigger file can be loaded in its place.
"""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

from willay.data.admin import admin_names, folded
from willay.data.errors import AmbiguousPlaceError, GazetteerError, UnknownPlaceError, UnknownTermError
from willay.data.units import unit_called, unit_name
from willay.geo.errors import InputFileError, MissingFileError
from willay.geo.inputs import input_text
from willay.geo.translation import language, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

COLUMNS: Final = ("id", "name", "lon", "lat")
"""The columns that a gazetteer file must have: UTF-8 CSV with a header, lon and lat in degrees (EPSG:4326). Used where
present: code (the finest administrative code known; any country's), admin1 and admin2 (names of the units that hold
it), population (people), source, alternates (`;` between)."""

EARLIER_COLUMNS: Final = {"ubigeo": "code", "department": "admin1", "province": "admin2"}
"""Names of columns of earlier files, which are read too."""

PERU: Final = "PE"
"""The country of codes of 2, 4 and 6 digits, whose names are known."""

_PACK: Final = ".pack"

# Each way to fit has its own range of scores, so that no near miss comes before a beginning.
_EXACT: Final = 100.0
_ALTERNATE: Final = 99.0
_BEGINNING: Final = 90.0
_NEAR: Final = 89.0
_NEAR_ENOUGH: Final = 80.0
_MAX_LON: Final = 180.0
_MAX_LAT: Final = 90.0
_LISTED: Final = 12
"""The most places that a message lists."""


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """A place that a name may mean.

    Attributes:
        id: Where it stands in its source, such as `geonames:3699456`.
        name: As the source writes it.
        lon: Degrees east, EPSG:4326.
        lat: Degrees north.
        code: The finest administrative code known; "" where none is.
        admin1: Name of the first-level unit; "" where it is not known.
        admin2: Name of the second-level unit, where it is known.
        population: People; None where not known.
        source: Who says that it lies there.
        score: How well the name fits, 0 to 100 (exact).
        why: In what way it fits: `name`, `other name`, `beginning` or `similar`; empty before a search.

    Example:
        >>> from willay.data import Gazetteer
        >>> place = Gazetteer.load().search("Huancayo", limit=1)[0]
        >>> place.admin1, place.why
        ('Junín', 'name')
    """

    id: str
    name: str
    lon: float
    lat: float
    code: str
    admin1: str
    admin2: str | None
    population: int | None
    source: str
    score: float = 0.0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place with the forms of its names that are compared."""

    place: PlaceCandidate
    folded: str
    alternates: Collection[str]


class Gazetteer:
    """Places that can be looked up by name.

    Attributes:
        country: The country whose places they are, ISO 3166-1 alpha-2; None where that is not known.

    Example:
        >>> from willay.data import Gazetteer
        >>> Gazetteer.load().resolve("Ayacucho, Ayacucho").code
        '05'
    """

    def __init__(self, entries: Iterable[Entry] = (), country: str | None = None) -> None:
        self._entries = tuple(entries)
        self.country = country

    def __len__(self) -> int:
        """Return how many places there are."""
        return len(self._entries)

    def __iter__(self) -> Iterator[PlaceCandidate]:
        """Yield every place, in the order of the file."""
        return (entry.place for entry in self._entries)

    @classmethod
    def load(cls, path: Path | str | None = None, country: str | None = None) -> Gazetteer:
        """Return the included gazetteer of Peru, or that of a file.

        Args:
            path: A CSV file with the columns of `COLUMNS`, or a country pack; None takes Peru's, which is read once.
            country: The country whose codes the file has, ISO 3166-1 alpha-2; None takes codes of digits for Peru's.

        Raises:
            GazetteerError: The file lacks a column, or a row cannot be read.
            PackError: Its name is that of a country pack, and it is none that can be read.
            OSError: There is no such file.
        """
        if path is None:
            return _shipped()
        if Path(path).suffix == _PACK:
            from willay.data.country_packs.gazetteer import pack_gazetteer  # noqa: PLC0415 — packs, which few need

            return pack_gazetteer(Path(path))
        return cls(_entries(_text(Path(path)), str(path), country), country)

    @classmethod
    def of_country(cls, country: str, path: Path | str | None = None) -> Gazetteer:
        """Return the places of a file, else those shipped for a country: none where none are shipped.

        Raises:
            GazetteerError, OSError: As for `load`.
        """
        if path is not None or country == PERU:
            return cls.load(path, country)
        return _of_pack(country, language())

    def search(self, text: str, *, within: str | None = None, limit: int = 10) -> tuple[PlaceCandidate, ...]:
        """Return the places that a name may mean: exact ones, beginnings, then near misses; the larger first.

        Args:
            text: A name; after a comma, what it lies in: "Bambamarca, Cajamarca".
            within: A unit's name or code, which puts places inside it first.
            limit: Maximum number of places.
        """
        name, _, after = text.partition(",")
        asked, inside = folded(name), self._inside(within or after)
        fits = ((_fit(entry, asked), entry.place) for entry in self._entries)
        found = [(score, why, place) for (score, why), place in fits if score]
        found.sort(key=lambda hit: (not inside(hit[2]), -hit[0], -(hit[2].population or 0), hit[2].id))
        return tuple(replace(place, score=round(score, 1), why=why) for score, why, place in found[:limit])

    def resolve(self, text: str) -> PlaceCandidate:
        """Return the one place that a name means.

        Raises:
            UnknownPlaceError: No place with exactly this name is known (there); the nearest are named.
            AmbiguousPlaceError: Several are; all are listed, with what to type.
        """
        name, _, after = text.partition(",")
        called = [entry.place for entry in self._entries if _fit(entry, folded(name))[0] >= _ALTERNATE]
        inside = list(filter(self._inside(after), called))
        by_own_name = [place for place in inside if folded(place.name) == folded(name)]
        best = sorted(by_own_name or inside, key=lambda place: (-(place.population or 0), place.id))
        if len(best) == 1:
            return best[0]
        if best:
            raise AmbiguousPlaceError(_which_one(name.strip(), best), tuple(best))
        if not self._entries:
            raise UnknownPlaceError(_nothing_shipped(text.strip(), self.country))
        raise UnknownPlaceError(_nothing_called(text.strip(), called or self.search(name, limit=5)), tuple(called))

    def _inside(self, context: str) -> Callable[[PlaceCandidate], bool]:
        """Return the test of whether a place lies in what is named: a code, or its units' names. Nothing holds all."""
        asked = folded(context)
        if asked and self.country not in (None, PERU):
            code = unit_called(self.country or "", context)
            if code is not None:
                return lambda place: place.code == code or _lies_in(place, asked)
        return lambda place: _lies_in(place, asked)


def _fit(entry: Entry, name: str) -> tuple[float, str]:
    """Return how well a name (folded) fits a place, and in what way; 0 where it does not."""
    if not name:
        return 0.0, ""
    if entry.folded == name:
        return _EXACT, "name"
    if name in entry.alternates:
        return _ALTERNATE, "other name"
    if entry.folded.startswith(name):
        return _BEGINNING, "beginning"
    ratio = fuzz.ratio(entry.folded, name, score_cutoff=_NEAR_ENOUGH)
    return min(ratio, _NEAR), "similar"


def _lies_in(place: PlaceCandidate, context: str) -> bool:
    """Return whether a place lies in what is named, folded: a code, or its units' names. No context holds all."""
    if context.isdigit():
        return place.code.startswith(context)
    names = {folded(part) for part in (place.admin1, place.admin2 or "")}
    return all(part.strip() in names for part in context.split(",")) if context else True


def _which_one(name: str, places: Sequence[PlaceCandidate]) -> str:
    listed = "; ".join(f"{p.name}, {p.admin2 or p.admin1} ({p.lon:.4f}, {p.lat:.4f})" for p in places[:_LISTED])
    if len(places) > _LISTED:
        listed = tr("{listed} and {n} more", listed=listed, n=len(places) - _LISTED)
    return tr(
        "{n} places have the name {name!r}: {listed}. Specify which, with its department or coordinates: "
        "“{called}, {department}” or “{called} @ lon,lat”.",
        n=len(places),
        name=name[:80],
        listed=listed,
        called=name,
        department=places[0].admin1,
    )


def _nothing_called(text: str, near: Sequence[PlaceCandidate]) -> str:
    told = {"text": text[:80], "short": text[:40]}
    if not near:
        return tr(
            "Unknown place {text!r}: it is not in the gazetteer. Alternatively, give coordinates: “{short} @ lon,lat”.",
            **told,
        )
    return tr(
        "Unknown place {text!r}: it is not in the gazetteer. Near: {near}. Alternatively, give coordinates: "
        "“{short} @ lon,lat”.",
        near="; ".join(f"{p.name}, {p.admin1}" for p in near[:5]),
        **told,
    )


def _nothing_shipped(text: str, country: str | None) -> str:
    return tr(
        "willay includes no gazetteer of {country}, so {text!r} cannot be found. Give coordinates: "
        "“{short} @ lon,lat”, or your own gazetteer: --gazetteer FILE.",
        country=country or tr("this country"),
        text=text[:80],
        short=text[:40],
    )


@cache
def _shipped() -> Gazetteer:
    text = (files("willay.data") / "gazetteer" / "pe-places.csv").read_text("utf-8")
    return Gazetteer(_entries(text, "pe-places.csv", PERU), PERU)


@cache
def _of_pack(country: str, lang: str) -> Gazetteer:
    """Return the places of a country's pack, its units named in a language; none where there are none."""
    from willay.data.packed_places import packed_places  # noqa: PLC0415 — numpy, which a file of places does not need

    places = packed_places(country, lang)
    return Gazetteer((Entry(place, folded(place.name), names) for place, names in places), country)


def _text(path: Path) -> str:
    try:
        return input_text(path)
    except MissingFileError:
        raise
    except InputFileError as error:
        raise GazetteerError(tr("{error} In a spreadsheet program, save it as “CSV UTF-8”.", error=error)) from None


def _entries(text: str, name: str, country: str | None) -> list[Entry]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        return _listed(reader, name, country)
    except csv.Error as error:
        raise GazetteerError(
            tr(
                "{name}:{line}: {error}. Check for an unclosed quotation mark.",
                name=name,
                line=reader.line_num + 1,
                error=error,
            )
        ) from None


def _listed(reader: csv.DictReader[str], name: str, country: str | None) -> list[Entry]:
    header = reader.fieldnames = [EARLIER_COLUMNS.get(column, column) for column in reader.fieldnames or ()]
    if missing := [column for column in COLUMNS if column not in header]:
        hint = " " + tr("Columns must be separated by commas.") if any(";" in column for column in header) else ""
        raise GazetteerError(
            tr(
                "{name} lacks the column {column!r}. Required columns: {columns}.{hint}",
                name=name,
                column=missing[0],
                columns=", ".join(COLUMNS),
                hint=hint,
            )
        )
    return [_entry(row, f"{name}:{reader.line_num}", country) for row in reader]


def _entry(row: dict[str, str | None], where: str, country: str | None) -> Entry:
    given = {column: (value or "").strip() for column, value in row.items() if isinstance(value, str)}
    if empty := [column for column in COLUMNS if not given.get(column)]:
        raise GazetteerError(
            tr("{where}: {column} is empty. Fill it in, or delete the row.", where=where, column=empty[0])
        )
    try:
        admin1, admin2 = _units_of(given, country)
        people = given.get("population", "")
        place = PlaceCandidate(
            id=given["id"],
            name=given["name"],
            lon=_degrees(given["lon"], "lon", _MAX_LON),
            lat=_degrees(given["lat"], "lat", _MAX_LAT),
            code=given.get("code", ""),
            admin1=admin1,
            admin2=admin2,
            population=int(people) if people else None,
            source=given.get("source") or where,
        )
    except (ValueError, UnknownTermError) as error:
        raise GazetteerError(f"{where}: {error}") from None
    others = tuple(folded(other) for other in given.get("alternates", "").split(";") if other)
    return Entry(place, folded(place.name), others)


def _units_of(given: dict[str, str], country: str | None) -> tuple[str, str | None]:
    """Return the names of the units of a place: those of its row, else those of its code.

    Raises:
        UnknownTermError: Its code is of digits, as Peru's are, and Peru has no such code.
    """
    code, stated = given.get("code", ""), (given.get("admin1", ""), given.get("admin2") or None)
    if code and (country == PERU or (country is None and code.isdigit())):
        first, second, _ = admin_names(code)
        return first, second
    known = unit_name(country, code, language()) if country and code else ""
    return stated[0] or (known if known != code else ""), stated[1]


def _degrees(text: str, column: str, limit: float) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not abs(value) <= limit:
        raise ValueError(
            tr(
                "{column} must be degrees from -{limit:g} to {limit:g}, not {text!r}.",
                column=column,
                limit=limit,
                text=text[:80],
            )
        )
    return value
