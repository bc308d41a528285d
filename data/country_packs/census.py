"""People by unit and year from a table: a column for each year, or a row for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from willay.data.country_packs.examining import PeopleReport
from willay.data.country_packs.fields import PEOPLE_NAMES, guessed_fields, year_in
from willay.data.country_packs.tables import read_lines, table_of
from willay.data.errors import PackError
from willay.geo.digests import file_digest
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from willay.data.country_packs.tables import Table


@dataclass(frozen=True, slots=True)
class PeopleRead:
    """People by unit and year, what was found in the file, and its digest."""

    people: Mapping[str, Mapping[int, int]]
    report: PeopleReport
    sha256: str


def read_people(path: Path, codes: Collection[str]) -> PeopleRead:
    """Read a census: the code of a unit in each row, and people in a column `people` with `year`, or by year.

    Args:
        path: A text table whose first line names its columns, such as `ADM1_PCODE,population_2014`.
        codes: The codes of the units; rows with others are reported.

    Raises:
        PackError: No column looks like the code or the people, no year is stated, or a number cannot be read.
        MissingFileError, NotTextError: The file is missing, or not UTF-8.
    """
    table = table_of(read_lines(path), path)
    guessed = guessed_fields(table.columns, PEOPLE_NAMES)
    coded = _code_column(table, codes) or guessed.get("admin_code")
    if coded is None:
        raise PackError(
            tr(
                "{path}: no column has codes of the units. Columns: {columns}.",
                path=path,
                columns=", ".join(table.columns)[:400],
            )
        )
    by_year = {column: year for column in table.columns if (year := year_in(column)) is not None and column != coded}
    people: dict[str, dict[int, int]] = {}
    unknown: dict[str, None] = {}
    for code, year, number in _counted(path, table, coded, guessed, by_year):
        if code not in codes:
            unknown[code] = None
        else:
            people.setdefault(code, {})[year] = number
    years = sorted({year for counted in people.values() for year in counted})
    told = {"admin_code": coded} | {
        name: column for name, column in guessed.items() if name != "admin_code" and not by_year
    }
    report = PeopleReport(path.name, tuple(years), len(people), tuple(unknown), told)
    return PeopleRead(people, report, file_digest(path))


def _code_column(table: Table, codes: Collection[str]) -> str | None:
    """Return the column in which most rows have a code of a unit; None where none has any."""
    hits = {column: sum(row[place] in codes for row in table.rows) for place, column in enumerate(table.columns)}
    best = max(hits, key=lambda column: hits[column])
    return best if hits[best] else None


def _counted(
    path: Path, table: Table, coded: str, guessed: Mapping[str, str], by_year: Mapping[str, int]
) -> Iterator[tuple[str, int, int]]:
    at = {column: place for place, column in enumerate(table.columns)}
    year, people = guessed.get("year"), guessed.get("people")
    if not by_year and not (year and people):
        raise PackError(
            tr(
                "{path}: no column states a year. Name a column by its year, such as population_2014, or add the "
                "columns year and people. It has: {columns}.",
                path=path,
                columns=", ".join(table.columns)[:400],
            )
        )
    for number, row in enumerate(table.rows, start=2):
        cells = [(by_year[column], row[at[column]]) for column in by_year]
        if not by_year and year and people:
            cells = [(_whole(row[at[year]], path, number), row[at[people]])]
        for when, cell in cells:
            if cell:
                yield row[at[coded]], when, _whole(cell, path, number)


def _whole(cell: str, path: Path, number: int) -> int:
    plain = cell.replace(" ", "").replace("\u00a0", "").replace(",", "")
    if not plain.isdecimal():
        raise PackError(
            tr(
                "{path}:{number}: {cell!r} is not a whole number. Correct it, or leave the cell empty.",
                path=path,
                number=number,
                cell=cell[:80],
            )
        )
    return int(plain)
