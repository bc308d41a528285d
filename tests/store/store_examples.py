"""Invented sources, incidents and regions, a clock and a source of bytes, for the tests of the store."""

from __future__ import annotations

import hashlib
import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely

from willay.events.model.attachments import AttachmentDraft, FileRead
from willay.events.model.drafts import Bundle
from willay.events.model.foreign import Batch, DatasetTerms, ForeignRow
from willay.events.store import RegionSet, Store

if TYPE_CHECKING:
    from pathlib import Path

START = datetime(2024, 1, 1, tzinfo=UTC)


class Ticking:
    """A clock that goes on by a second each time somebody looks at it."""

    def __init__(self, start: datetime = START) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


class Counted:
    """Bytes that differ from call to call, and are the same in each run."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, size: int) -> bytes:
        self.calls += 1
        return hashlib.shake_256(str(self.calls).encode()).digest(size)


def units() -> RegionSet:
    """Three invented units: two side by side, and one inside the first, as Lima Province lies in Lima's code."""
    frame = gpd.GeoDataFrame(
        {
            "key": ["west", "east", "capital"],
            "name_es": ["Oeste", "Este", "Capital"],
            "name_en": ["West", "East", "Capital"],
            "admin_code": ["15", "08", "1501"],
            "kind": "department",
        },
        geometry=[
            shapely.difference(shapely.box(-76, -14, -74, -10), shapely.box(-76, -14, -75.5, -13.5)),
            shapely.box(-74, -14, -72, -10),
            shapely.box(-76, -14, -75.5, -13.5),
        ],
        crs=4326,
    )
    return RegionSet("units", frame, attribution="Survey of Nowhere", licence="CC0-1.0")


def zones() -> RegionSet:
    """One invented zone, which grew on 1 July 2012."""
    frame = gpd.GeoDataFrame(
        {
            "key": ["valley", "valley"],
            "version": [1, 2],
            "name_es": ["Valle", "Valle mayor"],
            "name_en": ["Valley", "Greater valley"],
            "valid_from": ["2003-05-01", "2012-07-01"],
            "valid_until": ["2012-07-01", None],
            "working_outline": [True, True],
            "decree": ["D.S. 1", None],
        },
        geometry=[shapely.box(-73.5, -13, -72.5, -12), shapely.box(-73.5, -13.5, -72.5, -11)],
        crs=4326,
    )
    return RegionSet("zones", frame)


class Templates:
    """New databases, each kind made once and then copied: what is asked for decides every byte of a file.

    A clock and a source of bytes that are no `Ticking` and `Counted` may do anything, and so may regions that are
    given: what they are asked for with is made each time.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[tuple[object, ...], tuple[Path, datetime, int]] = {}

    def store(self, path: Path, options: dict[str, Any]) -> Store:
        """Return a new store of the made-up regions.

        Args:
            path: Where.
            options: What `Store.create` takes; and `filled`, a bundle to put into it.
        """
        clock, entropy = options["clock"], options["entropy"]
        told = {name: value for name, value in options.items() if name not in {"clock", "entropy"}}
        if not (isinstance(clock, Ticking) and isinstance(entropy, Counted)) or told.get("region_sets"):
            return _made(path, options)
        if path.exists():
            return _made(path, options)  # it is refused
        key = (clock.now, entropy.calls, *((name, repr(value)) for name, value in sorted(told.items())))
        if key not in self._known:
            template = self._folder / f"{len(self._known)}.gpkg"
            _made(template, options).close()
            self._known[key] = (template, clock.now, entropy.calls)
        template, clock.now, entropy.calls = self._known[key]
        shutil.copy(template, path)
        return Store.open(path, clock=clock, entropy=entropy)


def _made(path: Path, options: dict[str, Any]) -> Store:
    given = {"country": "PE", "region_sets": [units(), zones()], **options}
    filled = given.pop("filled", None)
    store = Store.create(path, **given)
    if filled is not None:
        store.write.add(filled, author="ana", reason="first entry")
    return store


DOCUMENT: dict[str, Any] = {
    "sources": [
        {"key": "ombudsman", "kind": "ombudsman", "publisher": "Office of the Ombudsman", "published_on": "2012-07"},
        {"key": "daily", "kind": "press", "publisher": "The Daily", "published_on": "2012-04-15"},
    ],
    "actors": [
        {
            "key": "guard",
            "name": {"es": "Guardia del Río", "en": "River Guard"},
            "kind": "state-forces",
            "aliases": ["GR"],
        },
        {"key": "column", "name": {"es": "La Columna"}, "kind": "rebel-group"},
    ],
    "cases": [{"key": "valley-war", "title": {"es": "Guerra del valle", "en": "Valley war"}, "type": "armed-conflict"}],
    "incidents": [
        {
            "key": "bridge",
            "title": {"es": "Secuestro en el puente", "en": "Abduction at the bridge"},
            "type": "abduction",
            "days": "2012-04-09/2012-04-14",
            "places": [
                {"name": "El Puente", "precision": "settlement", "lon": -73.0, "lat": -12.5, "admin_code": "080902"},
                {"name": "La Orilla", "precision": "settlement", "lon": -73.1, "lat": -12.4},
            ],
            "parties": [{"actor": "La Columna", "role": "initiator"}, {"actor": "gr", "role": "target"}],
            "claims": [
                {"measure": "abducted", "count": "36", "source": "ombudsman"},
                {"measure": "killed", "count": "5", "source": "ombudsman"},
                {"measure": "killed", "count": "8", "source": "daily", "attributed_to": "A witness"},
            ],
            "cases": ["valley-war"],
            "tags": ["gas"],
            "status": "published",
            "confidence": "medium",
            "notes": [{"en": "The days differ by source."}],
        },
        {
            "title": {"es": "Emboscada en la orilla"},
            "type": "ambush",
            "days": "2012-04-12",
            "places": [{"name": "La Orilla", "precision": "near", "lon": -73.1, "lat": -12.4}],
            "claims": [{"measure": "killed", "count": "3", "source": "daily"}],
            "part_of": "bridge",
        },
        {
            "key": "whole-east",
            "title": "Protesta en el este",
            "type": "protest",
            "days": "2012-08",
            "places": [{"name": "Este", "precision": "department", "admin_code": "08"}],
            "sources": ["daily"],
        },
        {"key": "undated", "title": {"es": "Sin fecha ni lugar"}, "type": "arrest"},
    ],
    "indicators": [
        {"name": "population", "area": "units/west", "year": 2012, "value": 1000, "unit": "people", "by": "Census",
         "source": "daily"},
    ],
}  # fmt: skip


def fill(store: Store) -> None:
    """Put something into every table of a new store of two people: reviews, a dataset, a rule changed and back."""
    incidents = [{**one, "status": "draft"} for one in DOCUMENT["incidents"]]
    store.write.add(Bundle.model_validate({**DOCUMENT, "incidents": incidents}), author="ana", reason="first entry")
    store.review.step("bridge", "submit", author="ana", assign_to="bea")
    store.review.step("bridge", "approve", author="bea", comment="fine")
    store.review.set_rule("one-person", author="bea", reason="alone in the office")
    store.review.set_rule("two-people", author="bea", reason="ana is back")
    valley = {"name": "Valle", "precision": "area", "region": "zones/valley", "sensitivity": "restricted"}
    store.write.edit("undated", {"places": [valley], "sensitivity": "confidential"}, author="ana", reason="a witness")
    store.registers.edit("actor", "guard", {"sensitivity": "restricted"}, author="ana", reason="asked for it")
    phase = {"from_day": "2012-03", "until_day": "2012-05", "title": {"es": "Crisis"}, "phase": "crisis"}
    store.registers.edit("case", "valley-war", {"phases": [phase]}, author="ana", reason="ombudsman's report")
    store.review.assign("whole-east", "bea", author="ana")
    store.write.import_rows(survey(1, 2), SURVEY, author="luz", reason="survey")
    store.write.edit("PE-2012-0004", {"title": {"en": "Ours"}}, author="ana", reason="better")
    store.write.import_rows(survey(1, 2, words="A fight"), SURVEY, author="luz", reason="survey again")
    store.attachments.add("bridge", [a_file()], author="ana", reason="from a witness")
    store.attachments.add("daily", [a_file("Another clip.", "clip.txt")], kind="source", author="ana")


VALLEY = {"name": "Valle", "precision": "area", "region": "zones/valley"}
POINT = {"name": "El Puente", "precision": "settlement", "lon": -73.0, "lat": -12.5, "country": "PE"}
ALIKE: list[dict[str, Any]] = [
    {"days": "2012-06-01", "places": [VALLEY]},
    {"days": "2012-08-01", "places": [VALLEY]},  # the same place, which is a larger region by then
    {"days": "2012-06", "places": [POINT]},
    {"days": "2012-06-01/2012-06-05", "date_precision": "days", "places": [POINT, VALLEY]},
    {"places": [{**POINT, "admin_code": "15"}], "tags": ["gas"], "key": "outside"},
    {"claims": [{"measure": "killed", "count": "3", "source": "daily"}], "sources": ["ombudsman"]},
    {"claims": [{"measure": "killed", "count": "3", "source": "ombudsman"}], "sources": ["ombudsman"]},
    {"claims": [{"measure": "killed", "count": "3", "source": "daily"}], "summary": "See PE-2012-0001."},
    {"claims": [{"measure": "abducted", "count": "9", "source": "daily"},
                {"measure": "released", "count": "7", "source": "daily"}]},
    {"parties": [{"actor": "guard", "role": "target"}], "cases": ["valley-war"], "title": {"es": "x", "en": "y"}},
    {"parties": [{"actor": "guard", "role": "target"}]},
    {"parties": [{"actor": "guard", "role": "initiator"}], "tags": ["oil", "gas"], "confidence": "low"},
]  # fmt: skip
"""Incidents that are the same in one part and differ in another."""


def filled_file(folder: Path) -> Path:
    """Return a new file in a folder that `fill` filled, the same at every time."""
    path = folder / "filled.gpkg"
    with Store.create(path, country="PE", region_sets=[units(), zones()], clock=Ticking(), entropy=Counted()) as store:
        fill(store)
    return path


def fill_alike(store: Store) -> None:
    """Add `ALIKE` to a store that is filled."""
    alike = [{"title": "x", "type": "arrest", **one} for one in ALIKE]
    store.write.add(Bundle.model_validate({"incidents": alike}), author="ana")


def a_file(words: str = "A bridge.", name: str = "bridge.txt") -> FileRead:
    """An invented file."""
    content = words.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    about = {"media_type": "text/plain", "name": name, "caption": {"en": words}}
    return FileRead(AttachmentDraft(sha256=sha256, size=len(content), **about), content)


SURVEY = DatasetTerms("survey", version="1", licence="CC-BY-4.0", attribution="Survey of Nowhere", may_publish=False)


def survey(*numbers: int, words: str = "A clash") -> Batch:
    """Rows of an invented dataset."""
    rows = [
        ForeignRow(
            number,
            f"S{number}",
            {
                "title": {"en": f"{words} {number}"},
                "type": "armed-clash",
                "days": "2012-03-04",
                "places": [{"name": "Somewhere", "precision": "settlement", "lon": -73.0, "lat": -12.5}],
                "claims": [{"measure": "killed", "best": number, "source": "survey-1"}],
                "status": "published",
                "original": {"date_prec": "1"},
            },
        )
        for number in numbers
    ]
    source = {"key": "survey-1", "kind": "dataset", "publisher": "Survey of Nowhere"}
    return Batch(tuple(rows), sources=(source,))
