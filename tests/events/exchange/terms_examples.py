"""Invented incidents that must be protected, databases of them, and files of every kind made of these."""

from __future__ import annotations

import csv
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely

from willay.data.profiles import profile
from willay.events.exchange.incoming import ReadingOptions, guess_format, open_reading
from willay.events.exchange.outgoing import WRITERS, Registers, WritingOptions, write
from willay.events.frame.query import IncidentQuery
from willay.events.model.drafts import Bundle, draft
from willay.events.store import RegionSet, Store

sys.path.insert(0, str(Path(__file__).parent / "incoming"))
from ucdp_examples import event as ucdp_event
from ucdp_examples import write_events

if TYPE_CHECKING:
    from willay.events.exchange.outgoing import Written
    from willay.events.model.foreign import Outcome

EVERY_STATUS = ("draft", "in-review", "published")
EVERYTHING = IncidentQuery(statuses=EVERY_STATUS)
ENDINGS = {name: form.suffixes[0] if form.suffixes else f".{name}.csv" for name, form in WRITERS.items()}
FILES = [
    *((name, False) for name in WRITERS),
    *((name, True) for name, form in WRITERS.items() if form.lossless),
]
"""Every format, and the lossless ones without their drafts, too."""

IDS = [f"{name}{'-flat' if flat else ''}" for name, flat in FILES]

ACLED_EVENT = {
    "event_id_cnty": "PER9001", "event_date": "2021-04-15", "year": "2021", "time_precision": "1",
    "disorder_type": "Political violence", "event_type": "Battles", "sub_event_type": "Armed clash",
    "actor1": "Police Forces of Nowhere", "assoc_actor_1": "", "inter1": "State forces", "actor2": "The Band",
    "assoc_actor_2": "", "inter2": "Rebel group", "interaction": "State forces-Rebel group", "civilian_targeting": "",
    "iso": "604", "region": "South America", "country": "Peru", "admin1": "Cusco", "admin2": "La Convencion",
    "admin3": "Echarate", "location": "Kiteni", "latitude": "-12.6300", "longitude": "-73.0400", "geo_precision": "1",
    "source": "The Daily", "source_scale": "National", "notes": "On 15 April 2021, invented people fought.",
    "fatalities": "2", "tags": "", "timestamp": "1650000000",
}  # fmt: skip
"""An invented event in the layout of ACLED, whose rows may not be passed on."""

SECRETS = {
    "confidential-one": "Valle Callado",
    "restricted-one": "Quebrada Honda",
    "hidden-place": "Caserio Escondido",
    "quiet-source": "Testigo Mudo",
    "quiet-actor": "Gente Silenciosa",
}
"""Words that no public file may have, by the incident that they are in."""


def _incident(number: int, key: str, title: str, **more: Any) -> dict[str, Any]:
    place = {"name": f"Pueblo {number}", "precision": "settlement", "lon": -73.0 - number / 100, "lat": -12.5}
    return {
        "key": key,
        "title": title,
        "type": "armed-clash",
        "days": f"2012-03-0{number}",
        "status": "published",
        "places": [{**place, **more.pop("place", {})}],
        "parties": [{"actor": "band", "role": "side-a"}, *more.pop("parties", ())],
        "claims": [{"measure": "killed", "best": number, "source": "daily"}, *more.pop("claims", ())],
        **more,
    }


SENSITIVE = {
    "sources": [
        {"key": "daily", "kind": "press", "publisher": "The Daily"},
        {"key": "mute", "kind": "party", "publisher": "Testigo Mudo", "sensitivity": "confidential"},
    ],
    "actors": [
        {"key": "band", "name": "The Band", "kind": "rebel-group"},
        {"key": "silent", "name": "Gente Silenciosa", "kind": "organisation", "sensitivity": "confidential"},
    ],
    "incidents": [
        _incident(1, "open-one", "An open clash"),
        _incident(2, "confidential-one", "Choque en Valle Callado", sensitivity="confidential"),
        _incident(3, "restricted-one", "Choque en Quebrada Honda", sensitivity="restricted"),
        _incident(4, "hidden-place", "Where it was", place={"name": "Caserio Escondido", "sensitivity": "restricted"}),
        _incident(5, "quiet-source", "Who said so", claims=[{"measure": "killed", "best": 9, "source": "mute"}]),
        _incident(6, "quiet-actor", "Who was there", parties=[{"actor": "silent", "role": "present"}]),
    ],
}
"""Incidents that are sensitive themselves, or of which a place, a source or an actor is."""

LEVELS = {
    "open-one": None, "confidential-one": "confidential", "restricted-one": "restricted",
    "hidden-place": "restricted", "quiet-source": "confidential", "quiet-actor": "confidential",
}  # fmt: skip
"""The strictest level of any part of each of them."""


def units() -> RegionSet:
    """An invented unit that all incidents lie in."""
    columns = {"key": ["all"], "name_es": ["Todo"], "name_en": ["All"], "admin_code": ["08"], "kind": "department"}
    return RegionSet("units", gpd.GeoDataFrame(columns, geometry=[shapely.box(-76, -14, -70, -10)], crs=4326))


def new_store(path: Path) -> Store:
    return Store.create(path, country="PE", region_sets=[units()], review="one-person")


def store_of(path: Path, *files: Path, bundle: dict[str, Any] | None = None, **options: Any) -> Store:
    """Make a database of files, and of drafts."""
    store = new_store(path)
    if bundle:
        store.write.add(draft(Bundle, bundle), author="ana")
    for file in files:
        taken_in(store, file, **options)
    return store


def taken_in(store: Store, file: Path, **options: Any) -> list[Outcome]:
    """Import a file as the command does."""
    reading = open_reading(file, guess_format(file), ReadingOptions(**options))
    return [
        outcome for batch in reading.batches for outcome in store.write.import_rows(batch, reading.terms, author="luz")
    ]


def acled_file(folder: Path) -> Path:
    path = folder / "acled.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, ACLED_EVENT)
        table.writeheader()
        table.writerows([ACLED_EVENT, {**ACLED_EVENT, "event_id_cnty": "PER9002", "event_date": "2021-04-16"}])
    return path


def ucdp_file(folder: Path) -> Path:
    return write_events(
        folder / "ged.csv", [ucdp_event(), ucdp_event(id="900002", date_start="2012-05-01", date_end="2012-05-01")]
    )


def exported(
    store: Store, folder: Path, name: str, *, flat: bool = False, seen: str = "internal", **options: Any
) -> Path:
    """Export everything as the command does, and return the file alone in a folder: as it would be mailed."""
    form, shown = WRITERS[name], profile(seen)
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / "made"
    made.mkdir()
    reads = form.reads(flat=flat)
    registers = (
        Registers.of(*store.registers.shown(shown, None, EVERYTHING.statuses)) if reads["drafts"] else Registers()
    )
    how = WritingOptions(registers=registers, **options)
    written: Written = write(
        store.read.pages(EVERYTHING, profile=shown, **reads), made / f"file{ENDINGS[name]}", name, how
    )
    parts = [written.path, *(path for path in written.beside if name == "shapefile" and path.stem == "file")]
    for part in parts:
        shutil.move(part, folder)
    return folder / written.path.name


def public_text(store: Store, folder: Path) -> str:
    """Return what the public gets of a database, for own use so that terms do not stop it: as GeoJSON, all there is."""
    path = folder / "public.geojson"
    shown = profile("public")
    registers = Registers.of(*store.registers.shown(shown, None, EVERYTHING.statuses))
    pages = store.read.pages(EVERYTHING, profile=shown, drafts=True)
    write(pages, path, None, WritingOptions(registers=registers, own_use=True, force=True))
    return path.read_text("utf-8")


def terms_in(store: Store) -> dict[str, tuple[Any, ...]]:
    """Return licence, credit and whether rows may be passed on, by dataset."""
    rows = store.registers.datasets().to_dict("records")
    return {row["name"]: (row["licence"], row["attribution"], row["may_publish"]) for row in rows}
