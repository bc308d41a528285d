"""Places by name, without a network: accents, case and a slip of the finger do not matter.

The shipped file has the 2,296 populated places of Peru that GeoNames holds among those of 500 people and more, and a
few settlements of the shipped incidents that it lacks. Small settlements are mostly absent, and so are most of the
country's many Santa Rosas: a search that finds one place does not prove that there is one only. A bigger file can be
loaded in its place.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

from willay.data.admin import admin_names, folded
from willay.data.errors import AmbiguousPlaceError, GazetteerError, UnknownPlaceError, UnknownTermError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

COLUMNS: Final = ("id", "name", "lon", "lat", "ubigeo")
"""The columns that a gazetteer file must have: UTF-8 CSV with a header, lon and lat in degrees (EPSG:4326), ubigeo the
finest administrative code known. Used where present: department, population, source, alternates (`;` between)."""

_EXACT: Final = 100.0
_ALTERNATE: Final = 99.0
_PREFIX: Final = 95.0
_NEAR_ENOUGH: Final = 80.0


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """A place that a name may mean.

    Attributes:
        id: Where it stands in its source, such as `geonames:3699456`.
        name: As the source writes it.
        lon: Degrees east, EPSG:4326.
        lat: Degrees north.
        ubigeo: The finest administrative code known.
        department: Name of the department.
        province: Name of the province, where the code tells it.
        population: People; None where not known.
        source: Who says that it lies there.
        score: How well the name fits, 0 to 100 (exact).
    """

    id: str
    name: str
    lon: float
    lat: float
    ubigeo: str
    department: str
    province: str | None
    population: int | None
    source: str
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class _Entry:
    place: PlaceCandidate
    folded: str
    alternates: tuple[str, ...]


class Gazetteer:
    """Places that can be looked up by name."""

    def __init__(self, entries: Iterable[_Entry]) -> None:
        self._entries = tuple(entries)

    def __len__(self) -> int:
        """Return how many places there are."""
        return len(self._entries)

    def __iter__(self) -> Iterator[PlaceCandidate]:
        """Yield every place, in the order of the file."""
        return (entry.place for entry in self._entries)

    @classmethod
    def load(cls, path: Path | str | None = None) -> Gazetteer:
        """Return the shipped gazetteer, or that of a file.

        Args:
            path: A CSV file with the columns of `COLUMNS`; None takes the shipped one, which is read once.

        Raises:
            GazetteerError: The file lacks a column, or a row cannot be read.
            OSError: There is no such file.
        """
        if path is None:
            return _shipped()
        return cls(_entries(Path(path).read_text("utf-8-sig").splitlines(), str(path)))

    def search(self, text: str, *, within: str | None = None, limit: int = 10) -> tuple[PlaceCandidate, ...]:
        """Return the places that a name may mean: exact ones, then beginnings, then near misses.

        Args:
            text: A name; after a comma, what it lies in: "Bambamarca, Cajamarca".
            within: A department's or province's name or code, which puts places inside it first.
            limit: At most so many.
        """
        name, _, after = text.partition(",")
        context = folded(within or after)
        scored = [(self._score(entry, folded(name)), entry) for entry in self._near(folded(name))]
        found = [(score, _lies_in(entry.place, context), entry.place) for score, entry in scored if score]
        found.sort(key=lambda hit: (not hit[1], -hit[0], -(hit[2].population or 0), hit[2].id))
        return tuple(_scored(place, score) for score, _, place in found[:limit])

    def resolve(self, text: str) -> PlaceCandidate:
        """Return the one place that a name means.

        Raises:
            UnknownPlaceError: No place is called exactly so (and lies there); the nearest are named.
            AmbiguousPlaceError: Several are; all are listed, with what to type.
        """
        name, _, after = text.partition(",")
        called = [entry.place for entry in self._entries if self._score(entry, folded(name)) >= _ALTERNATE]
        inside = [place for place in called if _lies_in(place, folded(after))]
        by_own_name = [place for place in inside if folded(place.name) == folded(name)]
        best = sorted(by_own_name or inside, key=lambda place: (-(place.population or 0), place.id))
        if len(best) == 1:
            return best[0]
        if best:
            raise AmbiguousPlaceError(_which_one(name.strip(), best), tuple(best))
        raise UnknownPlaceError(_nothing_called(text.strip(), called or self.search(name, limit=5)), tuple(called))

    def _near(self, name: str) -> Sequence[_Entry]:
        """Return the entries worth scoring: those of the name, those that begin with it, and near misses."""
        direct = [entry for entry in self._entries if self._score(entry, name)]
        if direct or not name:
            return direct
        names = [entry.folded for entry in self._entries]
        close = process.extract(name, names, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH, limit=50)
        return [self._entries[position] for _, _, position in close]

    @staticmethod
    def _score(entry: _Entry, name: str) -> float:
        if entry.folded == name:
            return _EXACT
        if name in entry.alternates:
            return _ALTERNATE
        if name and entry.folded.startswith(name):
            return _PREFIX * len(name) / len(entry.folded)
        ratio = fuzz.ratio(entry.folded, name, score_cutoff=_NEAR_ENOUGH)
        return min(ratio, _PREFIX - 1)


def _scored(place: PlaceCandidate, score: float) -> PlaceCandidate:
    from dataclasses import replace  # noqa: PLC0415 — only a hit needs it

    return replace(place, score=round(score, 1))


def _lies_in(place: PlaceCandidate, context: str) -> bool:
    """Say whether a place lies in what is named: a code, or names of its units; an empty context holds every place."""
    if context.isdigit():
        return place.ubigeo.startswith(context)
    names = {folded(part) for part in (place.department, place.province or "")}
    return all(part.strip() in names for part in context.split(",")) if context else True


def _which_one(name: str, places: Sequence[PlaceCandidate]) -> str:
    listed = "; ".join(f"{p.name}, {p.province or p.department} ({p.lon:.4f}, {p.lat:.4f})" for p in places[:12])
    more = f" and {len(places) - 12} more" if len(places) > 12 else ""  # noqa: PLR2004 — as many as listed above
    hint = f"Say which, with its department or coordinates: “{name}, {places[0].department}” or “{name} @ lon,lat”."
    return f"{len(places)} places are called {name[:80]!r}: {listed}{more}. {hint}"


def _nothing_called(text: str, near: Sequence[PlaceCandidate]) -> str:
    hint = "Near: " + "; ".join(f"{p.name}, {p.department}" for p in near[:5]) + ". " if near else ""
    return f"The gazetteer has no place called {text[:80]!r}. {hint}Or give coordinates: “{text[:40]} @ lon,lat”."


@cache
def _shipped() -> Gazetteer:
    text = (files("willay.data") / "gazetteer" / "pe-places.csv").read_text("utf-8")
    return Gazetteer(_entries(text.splitlines(), "the shipped gazetteer"))


def _entries(lines: Sequence[str], name: str) -> list[_Entry]:
    reader = csv.DictReader(lines)
    if missing := [column for column in COLUMNS if column not in (reader.fieldnames or ())]:
        raise GazetteerError(f"{name} lacks the column {missing[0]!r}. It needs: {', '.join(COLUMNS)}.")
    return [_entry(row, f"{name}:{reader.line_num}") for row in reader]


def _entry(row: dict[str, str], where: str) -> _Entry:
    try:
        department, province, _ = admin_names(row["ubigeo"])
        place = PlaceCandidate(
            id=row["id"], name=row["name"], lon=float(row["lon"]), lat=float(row["lat"]), ubigeo=row["ubigeo"],
            department=department, province=province, population=int(row.get("population") or 0) or None,
            source=row.get("source") or where,
        )  # fmt: skip
    except (ValueError, UnknownTermError) as error:
        raise GazetteerError(f"{where}: {error}") from None
    others = tuple(folded(other) for other in (row.get("alternates") or "").split(";") if other)
    return _Entry(place, folded(place.name), others)
