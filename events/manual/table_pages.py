"""The page of the tables, layers and views of a database file, with their columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sqlalchemy.dialects.sqlite import dialect

from willay.events.manual.markdown import code, page, section, table
from willay.events.store.dialects.sqlite.geopackage import FEATURE_LAYERS, FIXED_VIEWS, TABLE_LAYERS, field_views
from willay.events.store.schema.tables import METADATA
from willay.events.store.schema.versions import REVISIONS
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

_MADE: Final = re.compile(r"CREATE VIEW (\w+) AS SELECT\s+(.*?)\s+FROM\s", re.DOTALL)
"""The name of a view and its columns, in the SQL that makes it."""

_HOLDS: Final = {
    "incidents": mark("One row for each incident that holds: drafts, those in review and published ones"),
    "regions": mark("Areas with a name, each in every version"),
    "claims": mark("Claims about incidents that hold"),
    "sources": mark("Documents"),
    "actors": mark("Organisations and groups"),
    "cases": mark("Long conflicts"),
    "phases": mark("Phases of cases, in their order"),
    "indicators": mark("Values of measured variables"),
    "revisions": mark("Each state that anything had, with who changed it, when and why"),
}
"""What the layers and views hold."""


def tables_page() -> str:
    """Return the page of all tables and views of a database, in the language of now."""
    about = tr(
        "A database is a SQLite file that QGIS opens as a GeoPackage. Read the views, which stay as they are within a "
        "version; the tables are the program's own, and nothing but willay may write to them."
    )
    layers = tr("With geometry: {layers}.", layers=", ".join(map(code, FEATURE_LAYERS)))
    plain = tr("Tables without geometry: {tables}.", tables=", ".join(map(code, TABLE_LAYERS)))
    views = dict(map(_selected, (*field_views().values(), *FIXED_VIEWS, REVISIONS)))
    return page(
        tr("Tables, layers and views"),
        about,
        section(tr("Views"), f"{layers} {plain}", *(_view(name, columns) for name, columns in views.items())),
        section(tr("Tables"), *(_table(one.name) for one in METADATA.sorted_tables)),
    )


def _selected(statement: str) -> tuple[str, list[str]]:
    """Return name and columns of the view that a statement makes."""
    made = _MADE.search(statement)
    assert made is not None, statement  # noqa: S101 — our own statements
    name, columns = made.groups()
    return name, [column.split()[-1].rpartition(".")[2].strip('"') for column in columns.split(",")]


def _view(name: str, columns: Iterable[str]) -> str:
    about = tr("{what}. Columns: {columns}.", what=tr(_HOLDS[name]), columns=", ".join(map(code, columns)))
    return section(code(name), about, level=3)


def _table(name: str) -> str:
    columns = METADATA.tables[name].columns
    rows = [(code(one.name), one.type.compile(dialect()), "" if one.nullable else tr("yes")) for one in columns]
    return section(code(name), table([tr("Column"), tr("Type"), tr("Always known")], rows), level=3)
