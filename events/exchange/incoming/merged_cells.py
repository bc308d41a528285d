"""The merged cells of a sheet: what a workbook says of cells that cover others."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import python_calamine as calamine

Range = tuple[tuple[int, int], tuple[int, int]]

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_HEAD: Final = 1 << 12
_MOST: Final = 100_000
"""Rows or columns beyond which nothing is looked for: sheets repeat their last row to the end."""


def merged_cells(path: Path, sheet: calamine.CalamineSheet) -> tuple[Range, ...]:
    """Return the merged ranges of a sheet, each as its first and last cell, as row and column from 0."""
    if path.suffix.lower() == ".ods":
        return tuple(_of_opendocument(path, sheet.name))
    return tuple(sheet.merged_cell_ranges or ())


def _of_opendocument(path: Path, name: str) -> Iterator[Range]:
    """Yield the cells of a sheet of an OpenDocument file that cover others.

    https://docs.oasis-open.org/office/OpenDocument/v1.3/part3-schema, table:number-columns-spanned
    """
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as content:
        if b"<!DOCTYPE" in content.read(_HEAD):
            return  # office programs write none; one could define entities without end
        content.seek(0)
        for _, element in ET.iterparse(content):  # noqa: S314 — without a document type there are no entities
            if element.tag == f"{_TABLE}table":
                if element.get(f"{_TABLE}name") == name:
                    yield from _of_table(element)
                    return
                element.clear()


def _of_table(table: ET.Element) -> Iterator[Range]:
    row_at = 0
    for row in table.iter(f"{_TABLE}table-row"):
        at = 0
        for cell in row:
            if cell.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
                continue
            rows, columns = (_number(cell, f"number-{part}-spanned") for part in ("rows", "columns"))
            if rows * columns > 1:
                yield (row_at, at), (row_at + rows - 1, at + columns - 1)
            at += _number(cell, "number-columns-repeated")
        row_at += _number(row, "number-rows-repeated")
        if row_at > _MOST:
            return


def _number(element: ET.Element, name: str) -> int:
    said = element.get(f"{_TABLE}{name}", "1")
    return min(int(said), _MOST) if said.isdecimal() else 1
