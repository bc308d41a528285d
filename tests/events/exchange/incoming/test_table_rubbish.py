"""For each known header and each kind of rubbish: never "accepted, exit 0, field empty", never the whole file stopped.

What the command would end with is worked out from the same values: a refusal, rows put aside, a grave notice, or 0.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Final

import pytest

from willay.data.headers import headers
from willay.events.exchange.incoming.options import ReadingOptions
from willay.events.exchange.incoming.reports import ImportReport
from willay.events.exchange.incoming.table import read_table
from willay.events.model.errors import RefusedError
from willay.events.model.foreign import Outcome
from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from willay.events.exchange.incoming.table import TableReading
    from willay.events.model.foreign import ForeignRow


REFUSED, ASIDE, GRAVE, DONE = 5, 7, 8, 0
RUBBISH: Final = (
    "xyzzy", "-5", "99", "0099", "1e400", "12345678901234567890", "{}", "#REF!", "?!", "'1999-99", "2009-13-45", "0x1F",
    "3 y pico", "á" * 600, "=1+1", "nan°", "31/31/31", "\u202e9",
)  # fmt: skip
BASE: Final = {"Título": "Hecho", "Fecha": "2009-06-05", "Tipo": "strike", "Departamento": "Puno", "Fuente": "RPP"}
INSTEAD: Final = {
    "title": "Título", "type": "Tipo", "source": "Fuente", "department": "Departamento",
    **dict.fromkeys(("date", "first_day", "last_day", "year", "month", "day"), "Fecha"),
}  # fmt: skip
"""The column of the base whose field is under test, or which would say it as well."""

BESIDE: Final = {
    "lat": {"Lon": "-70.5"}, "lon": {"Lat": "-15.5"}, "east": {"Norte": "8363000", "Zona UTM": "19S"},
    "north": {"Este": "240500", "Zona UTM": "19S"}, "utm_zone": {"Este": "240500", "Norte": "8363000"},
    "month": {"Año": "2009"}, "day": {"Año": "2009", "Mes": "6"}, "last_day": {"Fecha inicio": "2009-06-01"},
}  # fmt: skip
"""What a field needs beside it."""

GOOD: Final = {
    "id": "A", "date": "2009-06-05", "first_day": "2009-06-05", "last_day": "2009-06-05", "year": "2009", "month": "6",
    "day": "5", "date_precision": "day", "type": "strike", "subtype": "road-block", "place_precision": "settlement",
    "radius_m": "500", "country": "PE", "admin_code": "2101", "region": "pe-conflict-zones/vrae", "lat": "-15.5",
    "lon": "-70.5", "east": "240500", "north": "8363000", "utm_zone": "19S", "point": "-15.5, -70.5",
    "source_url": "https://example.org/a", "source_date": "2009-06-06", "source_kind": "press", "status": "draft",
    "confidence": "high", "sensitivity": "public", "department": "Puno",
}  # fmt: skip
"""A cell that each field can hold; any text for the others."""


def as_programs_write(name: str, turn: int) -> Iterator[str]:
    """Yield a name as one of several programs writes it, in turn, and as a shapefile cuts it, where that is known."""
    camel = "".join(part.capitalize() for part in name.split())
    yield (f"hecho/{name}", f"HECHO.{name.upper()}", name.replace(" ", "_"), camel)[turn % 4]
    cut = name.replace(" ", "_")[:10]
    if len(name) > len(cut) and headers().match(cut) is None:
        yield cut


FIELDS: Final = [entry for entry in headers().fields if entry.name != "ignore"]
COUNTS: Final = ["Muertos", "Heridos (mín)", "max_detained", "Policías heridos", "Participantes"]
CASES: Final = [(entry.name, entry.names[0]) for entry in FIELDS] + [("killed", name) for name in COUNTS]
NAMES: Final = [(entry.name, name) for entry in FIELDS for name in entry.names]


WRITTEN: Final = [
    (entry.name, header)
    for entry in FIELDS
    for turn, name in enumerate(entry.names)
    for header in as_programs_write(name, turn)
    if (match := headers().match(header) or next(iter(headers().like(header)), None)) and match.field == entry.name
]
TAGGED: Final = [(field, tag) for tag, field in headers().words["hashtag"].items()]
KNOWN: Final = {
    field: [header for name, header in dict.fromkeys([*NAMES, *CASES, *WRITTEN, *TAGGED]) if name == field]
    for field in [*(entry.name for entry in FIELDS), "killed"]
}
"""All headers of each field."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.create(tmp_path_factory.mktemp("rubbish") / "w.gpkg", country="PE") as made:
        yield made


def rows_with(field: str, header: str, cells: list[str]) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Return rows with a column, and the same rows without it; titles differ, so that no two are alike."""
    base = {name: cell for name, cell in BASE.items() if name != INSTEAD.get(field)} | BESIDE.get(field, {})
    titles = [{"Título": f"Hecho {n}"} if "Título" in base else {} for n in range(len(cells))]
    plain = [{**base, **title} for title in titles]
    return [{**row, header: cell} for row, cell in zip(plain, cells, strict=True)], plain


def written(folder: Path, rows: list[dict[str, str]]) -> Path:
    text = io.StringIO()
    table = csv.DictWriter(text, list(rows[0]), delimiter=";")
    table.writeheader()
    table.writerows(rows)
    path = folder / "t.csv"
    path.write_text(text.getvalue(), "utf-8")
    return path


def read(folder: Path, rows: list[dict[str, str]]) -> TableReading | None:
    """Open a table; None where it is refused with the options that answer."""
    try:
        return read_table(written(folder, rows), ReadingOptions(country="PE", assign={"decimals": "point"}))
    except RefusedError as error:
        if "--map" in str(error):
            return None
        raise


class Done:
    """A table imported as the command does it, without a database: what it ends with, and its rows."""

    def __init__(self, folder: Path, rows: list[dict[str, str]]) -> None:
        reading = read(folder, rows)
        self.rows: list[ForeignRow] = []
        self.code = REFUSED
        if reading is None:
            return
        report = ImportReport(reading.terms, "t.csv", "table")
        for batch in reading.batches:
            report.add(batch, [outcome_of(row) for row in batch.rows])
            self.rows += batch.rows
        grave = any(notice.grave for notice in report.notices(reading))
        self.code = ASIDE if report.endings["quarantined"] else GRAVE if grave else DONE

    def told(self, number: int) -> dict[str, Any] | None:
        """Return what a row says, without what is kept as the dataset's own; None where the table was refused."""
        if not self.rows:
            return None
        row = self.rows[number]
        return {
            "id": row.external_id,
            **{name: value for name, value in (row.draft or {}).items() if name != "original"},
        }


def outcome_of(row: ForeignRow) -> Outcome:
    return Outcome(row.number, row.external_id, "quarantined" if row.faults else "accepted", flags=row.flags)


def check(folder: Path, field: str, header: str, rubbish: str) -> None:
    """Import a column of rubbish alone, and one bad cell among good ones."""
    with_column, without = rows_with(field, header, [rubbish] * 3)
    done = Done(folder, with_column)
    if done.code == DONE:
        plain = Done(folder, without)
        assert all(done.told(n) != plain.told(n) for n in range(3)), f"{rubbish}: accepted, exit 0, field empty"
    good = GOOD.get(field, "7" if field == "killed" else "Texto")
    cells = [f"{good}{n}" if field == "id" else good for n in range(4)] + [rubbish]
    with_column, without = rows_with(field, header, cells)
    mixed = Done(folder, with_column)
    assert mixed.code != REFUSED, f"{rubbish}: one cell stops the file"
    assert not any(row.faults for row in mixed.rows[:4])
    bad = mixed.rows[4]
    assert bad.faults or bad.flags or mixed.told(4) != Done(folder, without).told(4)
    assert all(fault.reason and fault.field for fault in bad.faults)


@pytest.mark.parametrize(("field", "header"), CASES)
def test_no_rubbish_under_a_known_header_is_accepted_in_silence(tmp_path: Path, field: str, header: str) -> None:
    for rubbish in RUBBISH:
        check(tmp_path, field, header, rubbish)


@pytest.mark.parametrize(("field", "header"), NAMES)
def test_no_name_of_a_field_is_dropped_in_silence(tmp_path: Path, field: str, header: str) -> None:
    check(tmp_path, field, header, "?!")


def check_mixed(folder: Path, field: str, header: str) -> None:
    """Import good cells and one cell of each kind of rubbish: no good row is lost, and no bad one is taken in silence.

    A row with rubbish is rejected, flagged, or says what it would not without the column.
    """
    good = GOOD.get(field, "7" if field == "killed" else "Texto")
    number = len(RUBBISH) + 4
    cells = [f"{good}{n}" if field == "id" or good == "Texto" else good for n in range(number)] + list(RUBBISH)
    with_column, without = rows_with(field, header, cells)
    done, plain = Done(folder, with_column), Done(folder, without)
    assert done.code != REFUSED, f"{header}: some cells stop the file"
    assert not any(row.faults for row in done.rows[:number]), header
    for at, rubbish in enumerate(RUBBISH, start=number):
        row = done.rows[at]
        assert row.faults or row.flags or done.told(at) != plain.told(at), f"{header}: {rubbish!r} is dropped"
        assert all(fault.reason and fault.field for fault in row.faults)


@pytest.mark.parametrize("field", KNOWN)
def test_no_known_header_drops_rubbish_in_silence_or_stops_the_file(tmp_path: Path, field: str) -> None:
    for header in dict.fromkeys([*KNOWN[field][:1], *KNOWN[field][-1:]]):
        check_mixed(tmp_path, field, header)


@pytest.mark.slow  # every other header of a field is the same column by another name
@pytest.mark.parametrize("field", KNOWN)
def test_nor_does_any_other_known_header(tmp_path: Path, field: str) -> None:
    for header in KNOWN[field][1:-1]:
        check_mixed(tmp_path, field, header)


@pytest.mark.parametrize(("field", "header"), CASES)
def test_rubbish_of_all_kinds_at_once_ends_row_by_row_in_the_database(
    store: Store, tmp_path: Path, field: str, header: str
) -> None:
    said = {header: field, "decimals": "point", "points": "lat-lon", "default.type": "strike", "default.country": "PE"}
    path = written(tmp_path, rows_with(field, header, [*RUBBISH])[0])
    reading = read_table(path, ReadingOptions(country="PE", assign=said, dataset=f"{field} {header}"))
    report = ImportReport(reading.terms, path.name, "table")
    for batch in reading.batches:
        report.add(batch, store.write.import_rows(batch, reading.terms, author="ana"))
    assert report.agrees
    assert report.rows == len(RUBBISH)
