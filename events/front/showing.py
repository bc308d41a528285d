"""How things show themselves in a notebook: small tables, of which every text is escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.maps.templating import template

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

_SHOWN_ROWS = 20


def show_table(title: str, rows: Iterable[tuple[str, object]], table: pd.DataFrame | None = None) -> str:
    """Return the HTML of a heading, some facts, and a table below them.

    Args:
        title: The heading.
        rows: Names and values; a value that is None is left out.
        table: A table; up to 20 of its rows are shown.
    """
    facts = [(name, value) for name, value in rows if value is not None]
    below = None
    if table is not None and len(table):
        below = table.to_html(index=False, escape=True, max_rows=_SHOWN_ROWS, na_rep="", border=0, justify="left")
    return template("summary.html").render(title=title, rows=facts, table=below)
