"""What the tests of both languages do: files to import, a store, its contents, the plan of a release."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from store_examples import SURVEY, Counted, Ticking, fill, survey, units, zones

from willay.events.exchange.incoming import ReadingOptions, guess_format, open_reading
from willay.events.exchange.incoming.reports import ImportReport, Quarantine
from willay.events.exchange.incoming.table import mapping_file, write_mapping
from willay.events.exchange.outgoing import WritingOptions, write
from willay.events.model.foreign import Batch, ForeignRow
from willay.events.release.plan import ReleasePlan
from willay.events.store import Store

if TYPE_CHECKING:
    from pathlib import Path

TABLE = """\
Código,Título,Fecha,Tipo,Departamento,Provincia,lat,lon,muertos,heridos policías,Fuente,Enlace,ubigeo,east,north
A-1,Paro,05/06/2009,paro,Cajamarca,Cajamarca,-7.16,-78.5,3,varios,Un diario,https://example.org/a,60101,,
A-2,Bloqueo,16/06/2009,bloqueo,Junín,,,,1,,Un diario,no es dirección,,,
A-2,Bloqueo,16/06/2009,bloqueo,Junín,,,,1,,Un diario,,,,
,Marcha,16/06/2009,marcha,Cuzko,,,,2,,Otro,,,,
A-4,Nada,17/06/2009,zzz,Lima,,,,2,,Otro,,,,
A-5,Lejos,18/06/2009,paro,Lima,,12.0,77.0,2,,Otro,,,,
A-6,Sin fecha,,paro,Lima,,-12.0,,,,Otro,,999999,,
A-8,Emboscada,19/06/2009,emboscada,Lima,,0,0,4,2,#REF!,,15,,
A-9,Sin tipo,20/06/2009,,Lima,,,,4,2,Otro,,15,,
A-10,Larga,21/06/2009,paro,Lima,,,,4,2,Otro,,15,,,una,celda,de más
"""
HELD = {"heridos policías": "injured/police", "Enlace": "source_url", "ubigeo": "admin_code", "Código": "id"}
"""What some of its columns hold, though their cells would not tell."""

ACLED = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,inter1,country,iso,location,latitude,"
    "longitude,geo_precision,fatalities,notes,source\n"
    "PER1,15 April 2012,1,Protests,Peaceful protest,Protesters,6,Peru,604,Lima,-12,-77,1,0,Text,A paper\n"
    "PER2,15 April 2012,9,Protests,Peaceful protest,Protesters,6,Peru,604,Lima,-12,-77,1,0,Text,A paper\n"
    "PER3,15 April 2012,1,Protests,A former name,Protesters,6,Nowhere,,Lima,0,0,1,2,Text,A paper\n"
    "PER4,15/04/2012,1,Protests,Peaceful protest,Protesters,6,Peru,604,Lima,-12,-77,1,,Text,A paper\n"
    "PER5,15 April 2012,1,Elections,,Protesters,6,Peru,604,Lima,-12,x,1,0,Text,A paper\n"
)


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that a database holds, table by table."""
    with closing(sqlite3.connect(path)) as file:
        names = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(file.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names}  # noqa: S608 — its own


def new_store(path: Path, **options: Any) -> Store:
    given = {"country": "PE", "region_sets": [units(), zones()], "clock": Ticking(), "entropy": Counted(), **options}
    return Store.create(path, **given)


def imported(store: Store, path: Path, **options: Any) -> list[str]:
    """Import a file in the language of now, with all that the command writes; return what a person is shown."""
    form = guess_format(path)
    reading = open_reading(path, form, ReadingOptions(country="PE", **options))
    report, aside = ImportReport(reading.terms, path.name, form), Quarantine(path.with_suffix(".quarantine.csv"))
    for batch in reading.batches:
        outcomes = store.write.import_rows(batch, reading.terms, author="ana", reason="a file")
        report.add(batch, outcomes)
        aside.add(batch, outcomes)
    notices = [notice.text for notice in report.notices(reading)]
    report.save(path.with_suffix(".import.json"), {"notes": list(reading.notes), "notices": notices})
    aside.save()
    if (mapping := getattr(reading, "mapping", None)) is not None:
        write_mapping(mapping, mapping_file(path), force=True)
    return [*reading.notes, *notices, *(words for words, _ in (*report.flags(), *report.faults()))]


def imports_of(folder: Path) -> list[str]:
    """Import a table, an ACLED file and an edited export of ours; return what a person is shown."""
    shown = []
    (folder / "hechos.csv").write_text(TABLE, "utf-8")
    (folder / "acled.csv").write_text(ACLED, "utf-8")
    with new_store(folder / "w.gpkg") as store:
        fill(store)
        shown += imported(store, folder / "hechos.csv", assign=HELD)
        shown += imported(store, folder / "acled.csv")
        everything = store.read.pages(profile="internal", drafts=True)
        write(everything, folder / "ours.geojson", options=WritingOptions(own_use=True))
        store.write.edit(
            "bridge", {"title": {"es": "Otro título"}, "summary": {"es": "Nuestro"}}, author="ana", reason="x"
        )
        store.registers.edit("actor", "column", {"name": {"es": "La Columna Sur"}}, author="ana", reason="x")
        edited = (folder / "ours.geojson").read_text("utf-8").replace("Secuestro en el puente", "El secuestro")
        (folder / "ours.geojson").write_text(edited, "utf-8")
        shown += imported(store, folder / "ours.geojson")
        gone = Batch((ForeignRow(1, "S1", None, withdrawn=True), ForeignRow(2, "S99", None, withdrawn=True)))
        store.write.import_rows(gone, SURVEY, author="luz")
        store.write.import_rows(survey(2, words="A battle"), SURVEY, author="luz")
    return shown


def plan_of(store: Store, **changes: Any) -> ReleasePlan:
    given: dict[str, Any] = {
        "name": "r1", "title": "Release", "by": ("An office",), "as_of": "2024-12-31", "profile": "public",
        "statuses": ("published", "in-review", "draft"), "formats": ("geojson", "csv", "xlsx", "kml", "hxl"),
        "policy": store.policy, "lang": "es", "record": store.file.head(),
    }  # fmt: skip
    return ReleasePlan(**{**given, **changes})


def fresh(folder: Path) -> Path:
    folder.mkdir()
    return folder
