"""What is recorded and written is the same in every language; what a person is told is in theirs."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sqlite3
from contextlib import closing, suppress
from string import Formatter
from typing import TYPE_CHECKING, Any, Final, cast

import pytest
from store_examples import DOCUMENT, SURVEY, Counted, Ticking, fill, survey, units, zones
from translated import ENGLISH, is_english

from willay.events.exchange.incoming import ReadingOptions, guess_format, open_reading
from willay.events.exchange.incoming.indicator_table import read_indicators
from willay.events.exchange.incoming.ownership import check_own
from willay.events.exchange.incoming.reports import ImportReport, Quarantine
from willay.events.exchange.incoming.table import mapping_file, write_mapping
from willay.events.exchange.outgoing import WRITERS, WritingOptions, format_of, write
from willay.events.model.drafts import Bundle
from willay.events.model.foreign import Batch, ForeignRow
from willay.events.model.reasons import DELETED, REASONS, reason_in_words, recorded_reason
from willay.events.release.build import make_release
from willay.events.release.plan import ReleasePlan
from willay.events.release.verification import verify_files, verify_rebuild
from willay.events.store import Store
from willay.geo.translation import LANGUAGES, in_language, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
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
    given = {"region_sets": [units(), zones()], "clock": Ticking(), "entropy": Counted(), **options}
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


def test_imports_record_and_write_the_same_in_every_language(tmp_path: Path) -> None:
    shown = {}
    for lang in LANGUAGES:
        (tmp_path / lang).mkdir()
        with in_language(lang):
            shown[lang] = imports_of(tmp_path / lang)
    assert contents(tmp_path / "es" / "w.gpkg") == contents(tmp_path / "en" / "w.gpkg")
    files = sorted(path.name for path in (tmp_path / "en").iterdir())
    assert files == sorted(path.name for path in (tmp_path / "es").iterdir())
    for name in files:
        ours, theirs = (tmp_path / lang / name for lang in LANGUAGES)
        if name.endswith(".quarantine.csv"):
            assert without_reasons(ours) == without_reasons(theirs)
        else:
            assert ours.read_bytes() == theirs.read_bytes(), name
    assert len(shown["en"]) == len(shown["es"])
    assert not set(shown["en"]) & set(shown["es"])


def without_reasons(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table of rows to be corrected, but for what is said to the person who corrects them."""
    with path.open(encoding="utf-8", newline="") as file:
        return [{name: cell for name, cell in row.items() if name != "willay_reason"} for row in csv.DictReader(file)]


def test_a_person_who_corrects_rows_reads_their_faults_in_their_language(tmp_path: Path) -> None:
    with in_language("es"):
        imports_of(tmp_path)
    with (tmp_path / "hechos.quarantine.csv").open(encoding="utf-8", newline="") as file:
        reasons = {row["willay_value"]: row["willay_reason"] for row in csv.DictReader(file)}
    assert reasons["zzz"].startswith("no existe este tipo de incidente.")
    report = json.loads((tmp_path / "hechos.import.json").read_text("utf-8"))
    assert any(one["reason"].startswith("unknown event type.") for one in report["faults"])


def changed(folder: Path) -> None:
    """Make every kind of change to a new database."""
    with new_store(folder / "w.gpkg") as store:
        fill(store)
        store.write.edit("bridge", {"title": {"es": "Otro"}}, author="ana", reason="better")
        store.write.revert("bridge", 16, author="ana", reason="worse")
        store.write.redact("bridge", "notes", author="ana", reason="a name", instead="Days differ.")
        store.write.withdraw_claim("whole-east", 1, author="ana", reason="x") if claims(store, "whole-east") else None
        store.write.retract("undated", author="ana", reason="never was")
        store.attachments.remove("daily", ["clip.txt"], kind="source", author="ana", reason="twice")
        store.registers.describe_dataset(SURVEY, author="ana", reason="")
        store.file.copy_to(folder / "copy.gpkg")


def claims(store: Store, code: str) -> int:
    return len(store.read.draft(code).draft.claims)


def test_changes_are_recorded_in_the_same_words_in_every_language(tmp_path: Path) -> None:
    for lang in LANGUAGES:
        (tmp_path / lang).mkdir()
        with in_language(lang):
            changed(tmp_path / lang)
    for name in ("w.gpkg", "copy.gpkg"):
        assert contents(tmp_path / "es" / name) == contents(tmp_path / "en" / name)


def plan_of(store: Store, **changes: Any) -> ReleasePlan:
    given: dict[str, Any] = {
        "name": "r1", "title": "Release", "by": ("An office",), "as_of": "2024-12-31", "profile": "public",
        "statuses": ("published", "in-review", "draft"), "formats": ("geojson", "csv", "xlsx", "kml", "hxl"),
        "policy": store.policy, "lang": "es", "record": store.file.head(),
    }  # fmt: skip
    return ReleasePlan(**{**given, **changes})


def test_exports_and_releases_are_the_same_files_in_every_language(tmp_path: Path) -> None:
    with new_store(tmp_path / "w.gpkg", review="one-person") as store:
        store.write.add(Bundle.model_validate(DOCUMENT), author="ana")
        for lang in LANGUAGES:
            (tmp_path / lang).mkdir()
            with in_language(lang):
                for name in WRITERS:
                    file = tmp_path / lang / name / f"out{next(iter(WRITERS[name].suffixes), '.csv')}"
                    file.parent.mkdir()
                    pages = store.read.pages(profile="internal", **WRITERS[name].reads())
                    write(pages, file, name, WritingOptions(own_use=True))
                make_release(store, plan_of(store), tmp_path / lang / "r1")
    ours = files_in(tmp_path / "en")
    assert [name for name, content in files_in(tmp_path / "es").items() if content != ours[name]] == []


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def refused(act: Callable[[], object]) -> list[str]:
    """Return the lines that somebody is told whom an act is refused."""
    try:
        act()
    except Exception as error:  # noqa: BLE001 — any, to read what it says
        return str(error).splitlines()
    raise AssertionError("it was not refused")


FILES: Final[dict[str, tuple[str | bytes, str, dict[str, Any]]]] = {
    "empty.csv": ("", "table", {}),
    "untitled.csv": ("1,2,3\n4,5,6\n", "table", {}),
    "typeless.csv": ("título,fecha\nParo,2009-06-05\n", "table", {}),
    "metres.csv": ("título,tipo,este,norte\nParo,paro,512345,8480123\n", "table", {}),
    "dates.csv": ("título,tipo,fecha\nParo,paro,05/06/2009\nParo,paro,06/07/2009\n", "table", {}),
    "both.csv": ("título,tipo,fecha\nParo,paro,25/06/2009\nParo,paro,06/27/2009\n", "table", {}),
    "signs.csv": ("título,tipo,lat,lon\nA,paro,12.1,77.1\nB,paro,12.2,77.2\nC,paro,12.3,77.3\n", "table", {}),
    "swapped.csv": ("título,tipo,lat,lon\nA,paro,-77.1,-12.1\nB,paro,-77.2,-12.2\n", "table", {}),
    "field.csv": ("título,tipo\nA,paro\n", "table", {"assign": {"título": "titulo"}}),
    "column.csv": ("título,tipo\nA,paro\n", "table", {"assign": {"nada": "title"}}),
    "twice.csv": ("título,tipo,nombre\nA,paro,B\n", "table", {"assign": {"título": "id", "nombre": "id"}}),
    "encoding.csv": ("título,tipo\nA,paro\n", "table", {"encoding": "klingon"}),
    "not.xlsx": ("no workbook", "table", {}),
    "not.zip": ("no archive", "acled", {}),
    "wrong.csv": ("a,b\n1,2\n", "acled", {}),
    "short.csv": ("id,best,date_start\n1,2,2012-01-01\n", "ucdp-ged", {}),
    "other.csv": ("a,b\n1,2\n", "ucdp-ged", {}),
    "gtd.csv": ("eventid,iyear\n1,2\n", "gtd", {}),
    "gdelt.csv": ("a\tb\n1\t2\n", "gdelt", {}),
    "ours.geojson": ('{"type": "Point"}', "willay", {}),
    "torn.geojson": ("{", "willay", {}),
    "form.csv": ("a,b\n", "foo", {}),
    "dates_acled.csv": (ACLED.replace("15 April 2012", "04/05/2012").replace("15/04/2012", "04/05/2012"), "acled", {}),
}
"""Files that no reader takes, with the format that they are said to have."""


def told_by_readers(folder: Path) -> Iterator[str]:
    for name, (content, form, options) in FILES.items():
        file = folder / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        yield from refused(lambda file=file, form=form, options=options: read_all(file, form, options))
    (folder / "a.xyz").write_text("nothing", "utf-8")
    yield from refused(lambda: guess_format(folder / "a.xyz"))
    (folder / "a.import.json").write_text("[]", "utf-8")
    yield from refused(lambda: check_own(folder / "a.csv", mapping=False))
    (folder / "series.csv").write_text("nombre,año,año\nA,2012,2013\n", "utf-8")
    yield from refused(lambda: read_indicators(folder / "series.csv"))


def read_all(file: Path, form: str, options: dict[str, Any]) -> None:
    for _ in open_reading(file, form, ReadingOptions(country="PE", **options)).batches:
        pass


def told_by_the_store(folder: Path) -> Iterator[str]:
    with new_store(folder / "s.gpkg") as store:
        fill(store)
        change, ask, means = store.write, store.read, {"author": "ana", "reason": "x"}
        incident = {"title": "x", "type": "strike"}
        attempts: list[Callable[[], object]] = [
            lambda: ask.draft("bridg"),
            lambda: ask.draft("nothing at all"),
            lambda: ask.diff("bridge", 1),
            lambda: store.registers.case("valle"),
            lambda: store.registers.edit("source", "dail", {"title": {"es": "x"}}, **means),
            lambda: store.registers.edit("actor", "guard", {"key": "guards"}, **means),
            lambda: change.edit("bridge", {"title": {"es": "x"}}, author="ana", reason=""),
            lambda: change.edit("bridge", {"title": {"es": "x"}}, author="", reason="x"),
            lambda: change.edit("bridge", {"part_of": "bridge"}, **means),
            lambda: change.edit("bridge", {"key": "undated"}, **means),
            lambda: change.edit("bridge", {"title": {"es": "x"}}, base_revision=1, **means),
            lambda: change.revert("bridge", 1, **means),
            lambda: change.redact("bridge", "reason", **means),
            lambda: change.redact("bridge", "title", **means, revisions=[1]),
            lambda: store.review.step("undated", "return", author="bea"),
            lambda: store.review.step("bridge", "return", author="bea", comment="x"),
            lambda: store.review.step("undated", "approve", author="ana"),
            lambda: store.attachments.content("daily", "nothing"),
            lambda: store.attachments.erase("abcdefgh", **means),
            lambda: store.file.copy_to(folder / "s.gpkg"),
            lambda: store.file.copy_to(folder / "no" / "copy.gpkg"),
            lambda: added(store, {**incident, "sources": ["dail"]}),
            lambda: added(store, {**incident, "cases": ["valley"]}),
            lambda: added(store, {**incident, "parties": [{"actor": "gard", "role": "target"}]}),
            lambda: added(store, {**incident, "part_of": "bridg"}),
            lambda: added(store, {**incident, "country": "ZZ"}),
            lambda: added(store, {**incident, "days": "2031-01-01"}),
            lambda: added(store, {**incident, "status": "published"}),
            lambda: added(store, {**incident, "key": "bridge"}),
            lambda: added(store, {**incident, "places": [{"name": "x", "region": "zones/vally", "precision": "area"}]}),
        ]
        for attempt in attempts:
            yield from refused(attempt)
        store.review.step("undated", "submit", author="ana")
        yield from refused(lambda: store.review.step("undated", "approve", author="ana"))
        yield from cast(
            "Any", store.write.preview(Bundle.model_validate({"incidents": [incident]}).incidents[0])
        ).warnings
        for row in store.read.history("bridge"):
            yield from row.changes
    yield from refused(lambda: Store.open(folder / "none.gpkg"))
    yield from refused(lambda: Store.open(folder))
    (folder / "text.gpkg").write_text("no database at all", "utf-8")
    yield from refused(lambda: Store.open(folder / "text.gpkg"))
    yield from refused(lambda: new_store(folder / "s.gpkg"))
    yield from refused(lambda: store.read.draft("bridge"))


def added(store: Store, document: dict[str, Any]) -> None:
    store.write.add(Bundle.model_validate({"incidents": [document]}), author="ana")


TAMPERED: Final = (
    "UPDATE change SET author = 'X' WHERE number = 3",
    "UPDATE change SET office_number = 99 WHERE number = 4",
    "DELETE FROM change WHERE number = 5",
    "DELETE FROM revision WHERE number = 11",
    "DELETE FROM revision WHERE number = (SELECT max(number) FROM revision)",
    "INSERT INTO office VALUES (2, 'x')",
    "UPDATE meta SET value = 'CO' WHERE key = 'country'",
    "UPDATE incident SET title = 'X' WHERE fid = 1",
    "UPDATE claim SET best = 6, high = 6 WHERE measure = 'abducted'",
    "INSERT INTO link VALUES (99, 'tag', 0, 'gold', NULL)",
    "INSERT INTO place_box VALUES (99, 0, 0, 0, 0)",
    "UPDATE place_box SET west = -90 WHERE incident = 1",
    "DELETE FROM import_row WHERE external_id = 'S2'",
    "UPDATE gpkg_contents SET identifier = 'X' WHERE table_name = 'incidents'",
    "UPDATE gpkg_contents SET last_change = '2020'",
    "CREATE TABLE extra (a)",
    "DROP INDEX incident_days",
    "ALTER TABLE actor ADD COLUMN extra TEXT",
)


def told_by_check(folder: Path) -> Iterator[str]:
    with new_store(folder / "c.gpkg") as store:
        fill(store)
        store.registers.edit("case", "valley-war", {"from_day": "2013", "until_day": "2010"}, author="ana", reason="x")
    for number, statement in enumerate(TAMPERED):
        path = shutil.copy(folder / "c.gpkg", folder / f"c{number}.gpkg")
        with closing(sqlite3.connect(path)) as file, file:
            file.execute(statement)
        with suppress(StopIteration), Store.open(path) as store:
            for problem in store.file.check(head="0" * 64):
                yield f"{problem.where}: {problem.message}"


def told_by_exports(folder: Path) -> Iterator[str]:
    with new_store(folder / "e.gpkg", review="one-person") as store:
        store.write.add(Bundle.model_validate(DOCUMENT), author="ana")
        for name in WRITERS:
            file = folder / f"out-{name}{next(iter(WRITERS[name].suffixes), '.csv')}"
            yield tr(WRITERS[name].about)
            pages = store.read.pages(**WRITERS[name].reads())
            yield from write(pages, file, name, WritingOptions(own_use=True)).losses
        yield from refused(lambda: format_of(folder / "a.foo"))
        yield from refused(lambda: format_of(folder / "a.foo", "foo"))
        yield from refused(lambda: WRITERS["acled"].reads(flat=True))
        yield from refused(lambda: WRITERS["csv"].reads(flat=True, tables=True))
        made = folder / "r1"
        make_release(store, plan_of(store, formats=("csv",)), made)
        yield from refused(lambda: make_release(store, plan_of(store), made))
        yield from refused(lambda: make_release(store, plan_of(store, formats=("foo",)), folder / "r2"))
        yield from refused(lambda: make_release(store, plan_of(store, profile="foo"), folder / "r2"))
        yield from refused(lambda: make_release(store, plan_of(store, statuses=("retracted",)), folder / "r2"))
        yield from refused(lambda: verify_files(folder))
        (made / "README.md").write_text("other", "utf-8")
        (made / "LICENSE.txt").unlink()
        (made / "more.txt").write_text("more", "utf-8")
        yield from verify_files(made)
        yield from verify_rebuild(store, made)
        (made / "release.json").write_text("[", "utf-8")
        yield from refused(lambda: verify_rebuild(store, made))


def told_in_spanish(folder: Path) -> dict[str, list[str]]:
    """Return what a person reads in Spanish, by what was done."""
    ways = {
        "read": told_by_readers, "import": imports_of, "store": told_by_the_store, "check": told_by_check,
        "export": told_by_exports,
    }  # fmt: skip
    with in_language("es"):
        return {name: sorted({*way(fresh(folder / name))}) for name, way in ways.items()}


def fresh(folder: Path) -> Path:
    folder.mkdir()
    return folder


SAID_ALIKE: Final = frozenset(("has", "be"))
"""Words of English that are Spanish, too, or a part of codes."""


def plain_words(text: str, folder: Path) -> str:
    """Return a message without what stays as it is: quotations, paths, commands, options, codes and examples."""
    told = re.sub(r": \w+(?:, \w+)+", "", text.replace(str(folder), ""))  # a list of codes
    told = re.sub(r"«[^»]*»|'[^']*'|\"[^\"]*\"|`[^`]*`|\([^)]*\)", "", told)
    told = re.sub(r"willay [a-z][\w -]*|--[\w-]+(?: \S+)?|\S*[_/=:\[]\S*|\b[a-z]+(?:-[a-z]+)+\b", "", told)
    return re.sub(r": [\w|, -]*$", "", told)


def test_what_a_person_is_told_in_spanish_has_no_english_in_it(tmp_path: Path) -> None:
    told = told_in_spanish(tmp_path)
    every = {text for texts in told.values() for text in texts}
    kinds = {re.sub(r"[\d«»'\"].*", "", text) for text in every}
    assert len(kinds) >= 60
    plain = {text: plain_words(text, tmp_path) for text in every}
    english = ENGLISH - SAID_ALIKE
    mixed = {text for text, words in plain.items() if english & {*re.findall(r"[a-z]+", words)} or is_english(words)}
    assert not mixed, "\n".join(sorted(mixed))


def test_the_reasons_that_the_program_recorded_are_in_the_language_of_who_reads_them(tmp_path: Path) -> None:
    imports_of(fresh(tmp_path / "en"))
    with Store.open(tmp_path / "en" / "w.gpkg") as store:
        recorded = {row.reason for row in store.read.history("PE-2012-0004")}
    assert DELETED in recorded
    with in_language("es"):
        assert reason_in_words("a file; retained ours: title") == "a file; se conservó lo nuestro: title"
        assert reason_in_words(DELETED) == "eliminado por el conjunto de datos"
        assert reason_in_words("un vecino") == "un vecino"


@pytest.mark.parametrize("reason", REASONS)
def test_a_reason_is_recorded_in_english_and_found_again(reason: str) -> None:
    values = {name: f"a {name}; b" for _, name, _, _ in Formatter().parse(reason) if name}
    with in_language("es"):
        recorded = recorded_reason(reason, **values)
        assert recorded == reason.format(**values)
        assert reason_in_words(recorded) == tr(reason, **values)
