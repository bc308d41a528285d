"""`willay indicator`: the measured indicators of a database."""

from __future__ import annotations

import typer

from willay.events.cli.entries import draft_rows
from willay.events.cli.listing import Column, put_rows
from willay.events.cli.options import (
    DEFAULT_DB,
    DbFile,
    Format,
    Lang,
    Language,
    Style,
    Wide,
    open_store,
)
from willay.events.cli.output import say
from willay.events.cli.outward import SeenBy, seen_by

indicator_app = typer.Typer(help="Indicators: measured variables by area and year.", no_args_is_help=True)


@indicator_app.command("list")
def indicator_list(
    *,
    profile: SeenBy = None,
    style: Format = Style.table,
    wide: Wide = False,
    lang: Language = Lang.en,
    db: DbFile = DEFAULT_DB,
) -> None:
    """List the indicators; values on which sources disagree are listed side by side."""
    seen = seen_by(profile, style.value)
    with open_store(db) as store:
        indicators = store.registers.indicators(seen)
    if not seen.shows_all:
        say(f"Profile {seen}.")
    columns = {
        "name": Column("Indicator", least=20),
        "area": Column("Area", 1, least=8),
        "year": Column("Year"),
        "value": Column("Value"),
        "unit": Column("Unit", 2, least=8),
        "by": Column("By", 3, least=12),
        "source": Column("Source", 4, least=12),
    }
    put_rows(draft_rows(indicators, lang.value, whole=style is Style.json), columns, style.value, wide=wide)
