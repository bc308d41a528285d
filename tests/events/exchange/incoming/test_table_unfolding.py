"""Sheets as people lay them out for the eye: merged cells, names in several rows, totals, notes, instructions."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter

from tests.events.exchange.incoming.table_examples import opened, rows_of
from willay.events.exchange.incoming.options import ReadingOptions
from willay.events.exchange.incoming.table import mapping_file, read_table, write_mapping
from willay.events.exchange.incoming.table.unfolding import is_aside
from willay.events.model.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from willay.events.exchange.incoming.table import TableReading

UPPER = ["Lugar", "", "Víctimas", "", "Fecha", "Hecho", "Tipo"]
LOWER = ["Departamento", "Provincia", "Muertos", "Heridos", "", "", ""]
DATA = [
    ["Cusco", "Espinar", "3", "0", "2009-01-01", "A", "protesta"],
    ["", "Canas", "2", "1", "2009-01-02", "B", "protesta"],
    ["Puno", "Melgar", "2", "3", "2009-01-03", "C", "protesta"],
]
LAST = [["TOTAL", "", "7", "4", "", "", ""], ["Fuente: Oficina de prueba", "", "", "", "", "", ""]]


def read(path: Path, **options: Any) -> TableReading:
    return read_table(path, ReadingOptions(**{"country": "PE", **options}))


def csv_of(rows: list[list[str]]) -> str:
    return "".join(",".join(row) + "\n" for row in rows)


def said(reading: TableReading) -> list[tuple[str, str, list[int | None]]]:
    """Return title, code of the unit and the best counts of each row."""
    return [
        (
            next(iter((row.draft or {})["title"].values())),
            (row.draft or {})["places"][0].get("admin_code", ""),
            [claim.get("best") for claim in (row.draft or {})["claims"]],
        )
        for row in rows_of(reading)
    ]


def xlsx(folder: Path, fill: Callable[[Any], None], others: dict[str, list[list[str]]] | None = None) -> Path:
    path = folder / "libro.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in (others or {}).items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        fill(book.add_worksheet("Datos"))
    return path


def merged_sheet(sheet: Any) -> None:
    for first, last, text in ((0, 1, "Lugar"), (2, 3, "Víctimas")):
        sheet.merge_range(1, first, 1, last, text)
    for column in (4, 5, 6):
        sheet.merge_range(1, column, 2, column, UPPER[column])
    sheet.merge_range(0, 0, 0, 6, "CUADRO 1: HECHOS DE PRUEBA")
    for column, text in enumerate(LOWER[:4]):
        sheet.write(2, column, text)
    for number, row in enumerate([*DATA, *LAST], start=3):
        for column, text in enumerate(row):
            if text:
                sheet.write(number, column, int(text) if text.isdecimal() else text)
    sheet.merge_range(3, 0, 4, 0, "Cusco")
    sheet.merge_range(3, 2, 4, 2, 3)  # three dead in both rows together: merged, so counted once


def test_merged_cells_stand_in_all_rows_and_a_merged_count_in_the_first(tmp_path: Path) -> None:
    reading = read(xlsx(tmp_path, merged_sheet))
    assert list(reading.columns) == ["Departamento", "Provincia", "Muertos", "Heridos", "Fecha", "Hecho", "Tipo"]
    assert said(reading) == [("A", "0808", [3, 0]), ("B", "0805", [1]), ("C", "2108", [2, 3])]
    assert any("2 rows are totals, sources or notes" in note for note in reading.notes)


def test_the_mapping_of_such_a_sheet_is_found_again(tmp_path: Path) -> None:
    path = xlsx(tmp_path, merged_sheet)
    first = read(path)
    write_mapping(first.mapping, mapping_file(path))
    assert said(read(path)) == said(first)


def test_names_in_two_rows_without_merged_cells_are_joined(tmp_path: Path) -> None:
    filled = [["Cusco", *DATA[1][1:]] if row is DATA[1] else row for row in DATA]
    reading = opened(tmp_path, csv_of([UPPER, LOWER, *filled, *LAST]))
    assert said(reading) == [("A", "0808", [3, 0]), ("B", "0805", [2, 1]), ("C", "2108", [2, 3])]
    reading = opened(tmp_path, csv_of([["CUADRO 1", *[""] * 6], UPPER, LOWER, *filled]))
    assert said(reading)[0] == ("A", "0808", [3, 0])


def test_a_word_above_says_whose_count_it_is(tmp_path: Path) -> None:
    text = csv_of(
        [["Policías", "", "Civiles", "", "Fecha", "Hecho", "Tipo"],
         ["Muertos", "Heridos", "Muertos", "Heridos", "", "", ""],
         ["1", "2", "3", "4", "2009", "A", "protesta"]]
    )  # fmt: skip
    (row,) = rows_of(opened(tmp_path, text))
    claims = {(claim["measure"], claim["group"]): claim["best"] for claim in (row.draft or {})["claims"]}
    assert claims == {
        ("killed", "police"): 1, ("injured", "police"): 2, ("killed", "civilians"): 3, ("injured", "civilians"): 4
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Título,Fecha,Tipo,\nMarcha,2009,protesta,x\n",
        "Título,,Tipo,Fecha\nMarcha,Nota,protesta,2009\n",
        "Título,Tipo,Lugar,\nMarcha,protesta,Ilave,Puno\n",
    ],
)
def test_a_row_of_data_under_a_blank_name_is_not_part_of_the_names(tmp_path: Path, text: str) -> None:
    assert len(rows_of(opened(tmp_path, text))) == 1


@pytest.mark.parametrize(
    ("row", "aside"),
    [
        (["TOTAL", "", "7"], True), (["Total general", "12"], True), (["", "Subtotal Cusco", "3", "4"], True),
        (["Puno", "Sub total", "3"], True), (["Fuente: Oficina de prueba", "", ""], True), (["Notas:", ""], True),
        (["Elaboración: Oficina", "", ""], True), (["* Nota: cifras de prueba"], True),
        (["TOTALES", "7", "2009-01"], False),
        (["Total paralización de labores", "Cusco", "protesta"], False), (["Total paralización", "Cusco"], False),
        (["Fuente: RPP", "Marcha", "2009"], False), (["Marcha", "RPP", "3"], False), (["Totora", "", "7"], False),
        (["2009-01-01", "Total paralización", "Cusco"], False), (["", "", ""], False),
    ],
)  # fmt: skip
def test_totals_sources_and_notes_are_not_data_and_a_row_with_a_day_is(row: list[str], *, aside: bool) -> None:
    assert is_aside(row) is aside


def test_the_sum_of_the_rows_is_never_an_incident(tmp_path: Path) -> None:
    text = "Departamento,Muertos,Fecha,Hecho\nCusco,1,2009,A\nSubtotal Cusco,1,,\nPuno,2,2009,B\nTOTAL,3,,\n"
    rows = rows_of(opened(tmp_path, text, assign={"default.type": "protest"}))
    assert sum(claim["best"] for row in rows for claim in (row.draft or {})["claims"]) == 3


def test_a_page_of_instructions_is_passed_over_and_the_sheets_are_named(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        for number, row in enumerate([["Fecha", "Hecho", "Tipo"], ["2009", "A", "protesta"]]):
            sheet.write_row(number, 0, row)

    path = xlsx(tmp_path, fill, {"Instrucciones": [["Llene la hoja Datos"], ["Gracias"]]})
    reading = read(path)
    assert len(rows_of(reading)) == 1
    assert "Sheet 'Datos' is read. Sheets not read: Instrucciones" in reading.notes[0]
    assert not reading.after()
    with pytest.raises(RefusedError, match=r"first row is 'Llene la hoja Datos'.* --sheet Datos"):
        read(path, sheet="Instrucciones")


def test_a_second_sheet_with_the_same_columns_is_a_grave_notice(tmp_path: Path) -> None:
    rows = [["Fecha", "Hecho", "Tipo"], ["2009", "A", "protesta"]]
    path = xlsx(tmp_path, lambda sheet: [sheet.write_row(n, 0, row) for n, row in enumerate(rows)], {"2010": rows})
    reading = read(path)
    assert len(rows_of(reading)) == 1
    (notice,) = reading.after()
    assert notice.grave
    assert "--sheet Datos" in notice.text
    assert read(path, sheet="2010").after() == ()


CELL = '<table:table-cell{spans} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
COVERED = "<table:covered-table-cell/>"


def ods(folder: Path, rows: list[list[tuple[str, int, int] | str | None]]) -> Path:
    """Write a minimal OpenDocument sheet: a text, a text that covers rows and columns, or a covered cell (None)."""
    lines = []
    for row in rows:
        cells = []
        for cell in row:
            text, down, across = cell if isinstance(cell, tuple) else (cell, 1, 1)
            spans = f' table:number-rows-spanned="{down}" table:number-columns-spanned="{across}"'
            cells.append(COVERED if text is None else CELL.format(spans=spans if down * across > 1 else "", text=text))
        lines.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    names = {"office": "office", "table": "table", "text": "text"}
    spaces = " ".join(f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for one, name in names.items())
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Datos">{"".join(lines)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    path = folder / "hoja.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", f'<?xml version="1.0"?><m:manifest xmlns:m="{MANIFEST}"/>')
    return path


def test_merged_cells_of_an_opendocument_sheet_stand_in_all_rows(tmp_path: Path) -> None:
    path = ods(
        tmp_path,
        [
            [("Lugar", 1, 2), None, ("Fecha", 2, 1), ("Hecho", 2, 1), ("Tipo", 2, 1), ("Muertos", 2, 1)],
            ["Departamento", "Provincia", None, None, None, None],
            [("Cusco", 2, 1), "Espinar", "2009-01-01", "A", "protesta", "1"],
            [None, "Canas", "2009-01-02", "B", "protesta", "2"],
        ],
    )
    assert said(read(path)) == [("A", "0808", [1]), ("B", "0805", [2])]


def test_columns_without_a_name_and_without_cells_are_not_shown(tmp_path: Path) -> None:
    reading = opened(tmp_path, "Título,,Fecha,Tipo,\nA,,2009,protesta,\n")
    assert not any("column 2" in note or "column 5" in note for note in reading.notes)
    assert rows_of(reading)[0].draft


def test_a_hashtag_row_names_what_its_columns_hold(tmp_path: Path) -> None:
    text = (
        "Qué pasó,Cuándo fue,Clase de cosa,Dónde es,Cuántos\n"
        "#event+title,#date+occurred,#event+type,#adm1+name,#affected+killed\nA,2009,protesta,Puno,2\n"
    )
    reading = opened(tmp_path, text)
    assert [*reading.mapping.columns.values()] == ["title", "date", "type", "department", "killed"]
    assert said(reading) == [("A", "21", [2])]
    tags = "\n".join(text.split("\n")[1:])
    assert said(opened(tmp_path, tags)) == [("A", "21", [2])]


def test_only_part_of_those_affected_is_never_their_number(tmp_path: Path) -> None:
    text = "#event+title,#date,#event+type,#affected+killed+f\nA,2009,protesta,2\n"
    with pytest.raises(RefusedError, match=r"--map '#affected\+killed\+f=keep'"):
        opened(tmp_path, text)
