"""Where an incident is, as a person or a script has it at hand: a name, a code, a point, fields."""

from __future__ import annotations

from collections.abc import Mapping
from numbers import Real
from typing import TYPE_CHECKING, Any, TypeAlias

from willay.data.admin import folded
from willay.data.boundaries import country_box
from willay.data.gazetteer import Gazetteer
from willay.events.model.drafts import PlaceDraft, draft
from willay.events.model.errors import DraftError
from willay.events.model.place_entry import read_place
from willay.geo.coordinates import LonLat, format_dms
from willay.geo.translation import LANGUAGES, tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import shapely

    from willay.events.store import Store

Place: TypeAlias = "str | tuple[float, float] | shapely.Point | Mapping[str, Any] | PlaceDraft"
"""A place: in words as on the command line, longitude and latitude in degrees, a point, or fields of `PlaceDraft`."""

Places: TypeAlias = "Place | list[Place]"
"""A place, or a list of several, the primary one first."""

_DEGREES = 2


def zones_of(store: Store) -> dict[str, tuple[str, str]]:
    """Return the regions without limits of time, except units: of each name, folded, `set/key` and name."""
    found: dict[str, tuple[str, str]] = {}
    for lang in LANGUAGES:
        regions = store.regions.select(lang=lang, profile=None)
        always = regions[regions["valid_from"].isna() & regions["admin_code"].isna()]
        for set_name, key, name in zip(always["set"], always["key"], always["name"], strict=True):
            brief = str(name).partition("(")[0].strip()
            for called in (key, name, brief):
                found.setdefault(folded(str(called)), (f"{set_name}/{key}", brief))
    return found


def pack_beside(store: Store, country: str) -> Path | None:
    """Return the file of the pack that a database has of a country, next to it; None where there is none."""
    from willay.data.country_packs.finding import pack_of_digest  # noqa: PLC0415 — few databases have a pack

    recorded = next((one for one in store.regions.packs() if one.facts.code == country), None)
    if recorded is None or recorded.facts.places is None:
        return None
    return pack_of_digest(recorded.sha256, (store.path.parent / recorded.file,))


class Placing:
    """Makes drafts of places in a country; what is looked up is read once.

    Args:
        store: The database.
        country: ISO 3166-1 alpha-2.
        precision: How exactly they are known (codebook); None takes what their form implies.
        gazetteer: The file of another gazetteer; None takes that of the database's pack, or what ships.
    """

    def __init__(
        self, store: Store, country: str, precision: str | None = None, gazetteer: str | Path | None = None
    ) -> None:
        self._store, self._country, self._precision, self._file = store, country, precision, gazetteer
        self._names: Gazetteer | None = None

    def drafts(self, places: Any) -> list[PlaceDraft]:  # noqa: ANN401 — whatever is given
        """Return the places that are given, one or a list.

        Raises:
            DraftError: One is none of the forms, or its fields do not make a place.
            DataError, GeoError: A name is unknown or that of several; coordinates cannot be read.
        """
        if places is None:
            return []
        several = [*places] if isinstance(places, list | tuple) and not _is_degrees(places) else [places]
        return [self._draft(one) for one in several]

    def _draft(self, place: Any) -> PlaceDraft:  # noqa: ANN401 — whatever is given
        if isinstance(place, PlaceDraft):
            return place
        if isinstance(place, str):
            return self._read(place)
        if isinstance(place, Mapping):
            return self._made(place)
        if getattr(place, "geom_type", None) == "Point" and not place.is_empty:
            return self._at(place.x, place.y)
        if _is_degrees(place):
            return self._at(*place)
        message = tr(
            "expected a name, (longitude, latitude), a point, or the fields of a place; got {got}. For an area, add it "
            "as a region, and give region:SET/KEY.",
            got=repr(place)[:80],
        )
        raise DraftError.at("place", message)

    def _read(self, text: str) -> PlaceDraft:
        if self._names is None:
            file = self._file or pack_beside(self._store, self._country)
            self._names = Gazetteer.of_country(self._country, file)
        box, zones = country_box(self._country), self._zones
        told = {"country": self._country, "precision": self._precision}
        return read_place(text, gazetteer=self._names, box=box, zones=zones, **told)

    @property
    def _zones(self) -> Callable[[], Mapping[str, tuple[str, str]]]:
        return lambda: zones_of(self._store)

    def _at(self, lon: float, lat: float) -> PlaceDraft:
        point = {"lon": float(lon), "lat": float(lat), "precision": "site"}
        return self._made({"name": format_dms(LonLat(float(lon), float(lat))), **point})

    def _made(self, fields: Mapping[str, Any]) -> PlaceDraft:
        stated = {"precision": self._precision} if self._precision else {}
        return draft(PlaceDraft, {"country": self._country, **fields, **stated}, "place")


def _is_degrees(value: Any) -> bool:  # noqa: ANN401 — whatever is given
    return isinstance(value, list | tuple) and len(value) == _DEGREES and all(isinstance(end, Real) for end in value)
