"""Actors, cases, phases of cases and indicators as flat tables: sheets, layers without geometry, or CSV files.

A file has such a table only if there is something in it. What it holds has been through disclosure, as incidents have.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from willay.events.exchange.outgoing.csv import TextTable
from willay.events.exchange.outgoing.options import ADDRESS, CITATION
from willay.events.exchange.outgoing.tables import spoken
from willay.events.model.drafts import ActorDraft, CaseDraft, IndicatorDraft, PhaseDraft
from willay.events.model.fields import fields_of, flat_names
from willay.geo import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from willay.events.exchange.outgoing.options import Registers, WritingOptions
    from willay.events.model.fields import Kind
    from willay.events.model.foreign import Document

_CASE: Final = "case"
_COLUMNS: Final[Mapping[str, tuple[type[object], tuple[str, ...]]]] = {
    "actors": (ActorDraft, flat_names(ActorDraft)),
    "cases": (CaseDraft, flat_names(CaseDraft)),
    "phases": (PhaseDraft, (_CASE, *flat_names(PhaseDraft))),
    "indicators": (IndicatorDraft, (*flat_names(IndicatorDraft), CITATION, ADDRESS)),
}
"""The model of each table, and its columns: those of the fields, of a phase the key of its case, of an indicator its
source as it is cited."""

ALL: Final = tuple(_COLUMNS)
"""The names of all tables, in the order in which they are written."""

BESIDE: Final[Mapping[str, tuple[str, ...]]] = {
    "geojson": ("indicators",), "ndjson": ("indicators",), "hxl": ("indicators",), "csv": ALL,
}  # fmt: skip
"""The tables that are CSV files next to a file of each format; next to CSV only if tables are asked for."""


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """A table that is not empty.

    Attributes:
        name: Its name.
        columns: The names of its columns.
        kinds: What values these have; other columns than numbers are texts.
        hashtags: Their HXL hashtags, empty for those that have none.
        rows: Its rows.
    """

    name: str
    columns: tuple[str, ...]
    kinds: tuple[Kind, ...]
    hashtags: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def register_tables(registers: Registers, lang: str, names: Iterable[str] = ALL) -> tuple[RegisterTable, ...]:
    """Return the tables of registers that are not empty, texts in a language, lists separated by semicolons."""
    documents: dict[str, Iterable[Document]] = {
        "actors": registers.actors.values(),
        "cases": registers.cases.values(),
        "phases": _phases(registers.cases),
        "indicators": registers.indicators,
    }
    made = (_table(name, documents[name], lang) for name in ALL if name in names)
    return tuple(table for table in made if table.rows)


def _phases(cases: Mapping[str, Document]) -> Iterator[Document]:
    for key, case in cases.items():
        yield from ({_CASE: key, **phase} for phase in case.get("phases", ()))


def _table(name: str, documents: Iterable[Document], lang: str) -> RegisterTable:
    model, columns = _COLUMNS[name]
    fields = {field.called: field for field in fields_of(model).values()}
    kinds: tuple[Kind, ...] = tuple(fields[column].kind if column in fields else "text" for column in columns)
    tags = tuple(plain.hxl if column in fields and (plain := fields[column].plain) else "" for column in columns)
    rows = tuple(tuple(_cell(one.get(column), lang) for column in columns) for one in documents)
    return RegisterTable(name, columns, kinds, tags, rows)


def _cell(value: Any, lang: str) -> Any:  # noqa: ANN401 — a value of a document
    return "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else spoken(value, lang)


def table_file(path: Path, name: str) -> Path:
    """Return the CSV file of a table next to a file of incidents."""
    return path.with_name(f"{path.stem}.{name}.csv")


@contextmanager
def tables_beside(path: Path, form: str, options: WritingOptions) -> Iterator[tuple[Path, ...]]:
    """Write the tables that belong next to a file of incidents, once that is written.

    Args:
        path: The file.
        form: The name of its format.
        options: How it is written.

    Yields:
        The files; none where nothing is in them.
    """
    names: Sequence[str] = BESIDE.get(form, ())
    if form == "csv" and not options.tables:
        names = ()
    tables = register_tables(options.registers, options.lang, names) if names else ()
    with ExitStack() as opened:
        for table in tables:
            file = opened.enter_context(replacing(table_file(path, table.name), force=options.force))
            heads = (table.columns, table.hashtags) if form == "hxl" else (table.columns,)
            TextTable(file, *heads, bom=options.bom).add(table.rows)
        yield tuple(table_file(path, table.name) for table in tables)
