"""Exports of forms that people filled in on their phones: KoboToolbox, ODK, Ona, SurveyCTO; CSV and XLSX, as tables.

The columns that the programs add are distinguished from the questions (`form_columns`); the rest is read as any table.
The id of the form that was sent is the id of the row. A point is read from its split columns (`_X_latitude`,
`X-Latitude`) or from its cell ("lat lon altitude accuracy"), its accuracy is a radius; a question with several answers
from its columns of 0 and 1. Names of attached files are stored, and never taken for sources. Sheets of repeats are
joined to their rows by `_parent_index`; what they hold is stored as text and not counted, because nobody says what it
means.

The export of the form that `willay form` writes is read without a mapping, complete (`form_rows`).
https://support.kobotoolbox.org/export_download.html
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from willay.data.codebook import codebook
from willay.data.headers import headers
from willay.events.exchange.incoming.form_columns import (
    MOMENTS,
    OF_PEOPLE,
    id_column,
    is_dashed,
    is_of_program,
    last_part,
)
from willay.events.exchange.incoming.form_rows import is_own_form, read_own_form
from willay.events.exchange.incoming.form_tables import form_table
from willay.events.exchange.incoming.table.mapping import KEEP, mapping_file, read_mapping
from willay.events.exchange.incoming.table.reading import read_table
from willay.events.exchange.incoming.table.sheets import Sheet
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path
    from typing import TypeAlias

    from willay.events.exchange.incoming.form_tables import Form, FormTable
    from willay.events.exchange.incoming.options import ReadingOptions
    from willay.events.model.foreign import Reading

    Maker: TypeAlias = Callable[[Form], str]

POINT: Final = {
    "point latitude": "lat",
    "point longitude": "lon",
    "point accuracy": "radius_m",
    "point precision": "place_precision",
}
"""Columns made of the point of a form, with what they hold."""

_HALVES: Final = (
    re.compile(r"_(?P<name>.+)_(?P<half>latitude|longitude|altitude|precision)"),
    re.compile(r"(?P<name>.+)[-:](?P<half>Latitude|Longitude|Altitude|Accuracy)"),
)
_SAMPLE: Final = 200
_POINT_CELL: Final = re.compile(r"(-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)(?: (-?\d+(?:\.\d+)?))?(?: (\d+(?:\.\d+)?))?")
_MOMENT: Final = re.compile(r"(\d{4}-\d{2}-\d{2})T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?")
_FILE: Final = re.compile(
    r"\S.*\.(?:jpe?g|png|heic|gif|webp|mp4|mov|3gpp?|m4a|mp3|amr|wav|ogg|pdf|docx?)", re.IGNORECASE
)
_CHOSEN: Final = frozenset({"1", "1.0", "TRUE", "True", "true"})
_ANSWERS: Final = _CHOSEN | {"0", "0.0", "FALSE", "False", "false", ""}
_JOINT: Final = "; "
_FORM: Final = "form"
"""The first word of the names of columns that are about the form."""

_REPEATED: Final = mark(
    "Sheet {name!r} repeats questions: its rows are joined to their forms and stored as text, not counted."
)


@dataclass(frozen=True)
class _Column:
    """A column of the table that is made of a form.

    Attributes:
        name: What it is called.
        make: Makes its cell.
        holds: What it holds, where that needs no guess.
    """

    name: str
    make: Maker
    holds: str | None = None


def read_kobo(path: Path, options: ReadingOptions) -> Reading:
    """Open an export of a form; what is left to be said is asked as for any table.

    Args:
        path: CSV, or XLSX with sheets of repeats.
        options: How to read it, as for a table.

    Raises:
        RefusedError: It is not such an export, or what a table must have is missing (`read_table`).
    """
    table = form_table(path, options)
    if is_own_form(table.columns):
        return read_own_form(table, options)
    columns, notes = _columns(table)
    known = _mapped(path, options)
    assign = {one.name: one.holds for one in columns if one.holds and one.name not in known}

    def cells() -> Iterator[list[str]]:
        yield [one.name for one in columns]
        for form in table.forms():
            yield [one.make(form) for one in columns]

    sheet = Sheet(path.name, cells, (*table.notes, *notes))
    return read_table(path, replace(options, assign={"header": "1", **assign, **options.assign}), sheet)


def _mapped(path: Path, options: ReadingOptions) -> Collection[str]:
    """Return the columns that a saved mapping has, which comes before what is known of forms."""
    saved = options.mapping or mapping_file(path)
    return read_mapping(saved).columns if saved.is_file() else ()


def _columns(table: FormTable) -> tuple[list[_Column], list[str]]:
    """Return the columns that a table of forms has for the record of incidents, and what a reader should know."""
    dashed = is_dashed(table.columns)
    names = {column: last_part(column, dashed=dashed) for column in table.columns}
    often = Counter(names.values())
    sample = [*islice(table.forms(), _SAMPLE)]
    ours, halves = id_column(table.columns), _halves(table.columns)
    whole = {column for column in table.columns if column not in halves and _is_point(column, sample)}
    point, used = _point(halves, whole, sample)
    chosen = _chosen(table.columns, sample)
    split = {one for members in chosen.values() for one in members}
    people = [name for column, name in names.items() if name in OF_PEOPLE]
    is_told = any((headers().field_of(name) or ("",))[0] == "place_precision" for name in names.values())
    made = [one for one in point if one.holds != "place_precision" or not is_told]
    for column, name in names.items():
        if column == ours:
            made.append(_Column(column, _id_of(column), "id"))
        elif name in OF_PEOPLE or is_of_program(column, table.columns) or column in split or column in used:
            continue
        else:
            called = name if often[name] == 1 else column
            called = f"{_FORM} {name.strip('_').replace('_', ' ')}" if name in MOMENTS else called
            make = _answers(chosen[column]) if column in chosen else _cell(column)
            keeps = name in MOMENTS or name.endswith("_URL") or _is_file(column, sample) or column in halves
            made.append(_Column(called, make, KEEP if keeps else None))
    only_split = [group for group in chosen if group not in names]
    made += [_Column(last_part(one, dashed=dashed), _answers(chosen[one])) for one in only_split]
    made += [_Column(f"{sheet} {name}", _repeated(sheet, name), KEEP) for sheet, name in _repeats(table)]
    return made, _notes(table, people)


def _notes(table: FormTable, people: list[str]) -> list[str]:
    notes = [tr("An export of a form: its own columns (when it was begun and sent) are not those of the incident.")]
    if people:
        notes.append(
            tr(
                "Left out, because they lead to who filled in the form: {names}.",
                names=", ".join(dict.fromkeys(people)),
            )
        )
    return [*notes, *(tr(_REPEATED, name=sheet) for sheet in table.repeats)]


def _cell(column: str) -> Maker:
    """Return what makes a cell of a column: as it is, of a moment the day."""

    def make(form: Form) -> str:
        text = form.cells.get(column, "")
        moment = _MOMENT.fullmatch(text)
        return moment[1] if moment else text

    return make


def _id_of(column: str) -> Maker:
    return lambda form: form.cells.get(column, "").removeprefix("uuid:")


def _answers(members: dict[str, str]) -> Maker:
    """Return what makes a cell of all answers that were chosen, given the answer that each column is about."""
    return lambda form: _JOINT.join(
        answer for column, answer in members.items() if form.cells.get(column, "") in _CHOSEN
    )


def _repeated(sheet: str, name: str) -> Maker:
    return lambda form: _JOINT.join(cell for row in form.repeats.get(sheet, ()) if (cell := row.get(name, "")))


def _repeats(table: FormTable) -> Iterator[tuple[str, str]]:
    for sheet, columns in table.repeats.items():
        for column in columns:
            if not is_of_program(column, columns) and last_part(column) not in OF_PEOPLE:
                yield sheet, column


def _halves(columns: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return the columns that hold a part of a point: the name of the point and which part it is."""
    found: dict[str, tuple[str, str]] = {}
    for column in columns:
        before, slash, last = column.rpartition("/")
        match = next((match for one in _HALVES if (match := one.fullmatch(last if slash else column))), None)
        if match:
            found[column] = (f"{before}/{match['name']}" if slash else match["name"], match["half"].lower())
    parts: dict[str, set[str]] = {}
    for name, half in found.values():
        parts.setdefault(name, set()).add(half)
    return {column: one for column, one in found.items() if parts[one[0]] >= {"latitude", "longitude"}}


def _is_point(column: str, sample: list[Form]) -> bool:
    cells = [cell for form in sample if (cell := form.cells.get(column, ""))]
    return bool(cells) and all(_POINT_CELL.fullmatch(cell) for cell in cells)


def _point(
    halves: dict[str, tuple[str, str]], whole: Collection[str], sample: list[Form]
) -> tuple[list[_Column], set[str]]:
    """Return the columns that are made of the first point that any form has, and those that they are made of."""
    for point in dict.fromkeys([name for name, _ in halves.values()]):
        parts = {half: column for column, (name, half) in halves.items() if name == point}
        if any(form.cells.get(parts["latitude"]) for form in sample):
            accuracy = parts.get("precision") or parts.get("accuracy")
            makers = [_cell(parts["latitude"]), _cell(parts["longitude"])]
            return _point_columns(makers, _cell(accuracy or "")), {*parts.values(), point} & {*parts.values(), *whole}
    for column in whole:
        return _point_columns([_of_point(column, number) for number in (1, 2)], _of_point(column, 4)), {column}
    return [], set()


def _point_columns(halves: list[Maker], accuracy: Maker) -> list[_Column]:
    makers = [*halves, _radius(accuracy), _precision(accuracy)]
    return [_Column(name, make, holds) for (name, holds), make in zip(POINT.items(), makers, strict=True)]


def _precision(accuracy: Maker) -> Maker:
    """Return what makes the precision of a place: the finest whose radius the accuracy of the point does not exceed."""

    def precision(form: Form) -> str:
        text = _radius(accuracy)(form)
        radii = ((term.code, term.facts.get("radius_m")) for term in codebook().place_precision)
        return next((code for code, radius in radii if text and radius and float(text) <= radius), "")

    return precision


def _of_point(column: str, number: int) -> Maker:
    def make(form: Form) -> str:
        match = _POINT_CELL.fullmatch(form.cells.get(column, ""))
        return (match[number] or "") if match else ""

    return make


def _radius(make: Maker) -> Maker:
    """Return what makes the radius of an accuracy: 0 is one that is not known."""

    def radius(form: Form) -> str:
        text = make(form)
        return text if text.strip("0.") else ""

    return radius


def _chosen(columns: Collection[str], sample: list[Form]) -> dict[str, dict[str, str]]:
    """Return the questions with several answers, each with the columns of 0 and 1 of its answers.

    Questions that are counted or known by their names, as `hecho/muertos`, are none of another question's answers.
    """
    groups: dict[str, list[str]] = {}
    for column in columns:
        if (group := column.rpartition("/")[0]) and {form.cells.get(column, "") for form in sample} <= _ANSWERS:
            groups.setdefault(group, []).append(column)
    found = {}
    for group, members in groups.items():
        answers = {column: column.rpartition("/")[2] for column in members}
        unknown = not any(headers().field_of(name) or headers().count_of(name) for name in answers.values())
        alone = len(members) == sum(column.startswith(f"{group}/") for column in columns)
        if group in columns or (unknown and alone and len(members) > 1):
            found[group] = answers
    return found


def _is_file(column: str, sample: list[Form]) -> bool:
    cells = [cell for form in sample if (cell := form.cells.get(column, ""))]
    return bool(cells) and all(_FILE.fullmatch(cell) for cell in cells)
