"""What people are told in Spanish who give bad files, are refused changes, check a database, export and release."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any, Final, cast

from language_examples import ACLED, fresh, imports_of, new_store, plan_of
from store_examples import DOCUMENT, fill
from translated import ENGLISH, is_english

from willay.events.exchange.incoming import ReadingOptions, guess_format, open_reading
from willay.events.exchange.incoming.indicator_table import read_indicators
from willay.events.exchange.incoming.ownership import check_own
from willay.events.exchange.outgoing import WRITERS, WritingOptions, format_of, write
from willay.events.model.drafts import Bundle
from willay.events.release.build import make_release
from willay.events.release.verification import verify_files, verify_rebuild
from willay.events.store import Store
from willay.geo.translation import in_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


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
            yield WRITERS[name].about
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
