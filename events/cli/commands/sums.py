"""Commands for files of sums: what they are the sums of, and their numbers for other programs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from willay.events.cli.help_pages import App
from willay.events.cli.options import AsJson, Force, Language
from willay.events.cli.output import put, put_json, say
from willay.events.cli.sums_words import account_lines
from willay.geo.translation import many, tr

if TYPE_CHECKING:
    from willay.events.aggregate import Sums

sums_app = App(help="Sums of many rows, made by `willay aggregate`: show and export them.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="File of sums (.sums).")]
_TABLES: Final = (".csv", ".parquet")
Table = StrEnum("Table", ["cells", "regions", "density"])


@sums_app.command("show")
def sums_show(file: File, *, json_: AsJson = False, lang: Language) -> None:  # noqa: ARG001 — `lang` acts before
    """Show what a file of sums holds: sources, question, periods, regions, density, terms, and where the rows went."""
    from willay.events.aggregate import read_sums

    sums = read_sums(file)
    if json_:
        put_json(sums.about)
        return
    put(tr("{cells} of {rows}", cells=many(len(sums.cells), "cell"), rows=many(sums.account.rows, "row")))
    for line in account_lines(sums.account):
        put(line)
    for name, value in _facts(sums).items():
        put(f"{name}: {value}")


def _facts(sums: Sums) -> dict[str, Any]:
    """Return the rest of what a file states about itself, by what it is called."""
    terms, question = sums.about["terms"], sums.about["question"]
    days = [question[name] for name in ("first", "last")]
    found = {
        tr("Summed by"): ", ".join(question["by"]),
        tr("Periods"): _periods(sums),
        tr("Regions"): _regions(sums),
        tr("Density"): _density(sums),
        tr("Measures"): ", ".join(question["measures"]),
        tr("Days"): " – ".join(day or "…" for day in days) if any(days) else "",
        tr("Types"): ", ".join(question["types"]),
        tr("Dataset"): terms.get("name"),
        tr("Licence"): terms.get("licence"),
        tr("Credit"): terms.get("attribution"),
        tr("Sources"): many(len(sums.about["sources"]), "file"),
    }
    return {name: value for name, value in found.items() if value}


def _periods(sums: Sums) -> str:
    """Return how many periods have rows, the first and the last; nothing of sums without periods."""
    from willay.events.aggregate import PERIODS

    found = sums.cells["period"].dropna()
    if found.empty or not any(name in PERIODS for name in sums.about["question"]["by"]):
        return ""
    return tr("{n}, from {first} to {last}", n=f"{found.nunique():,}", first=f"{found.min():%Y-%m-%d}",
              last=f"{found.max():%Y-%m-%d}")  # fmt: skip


def _regions(sums: Sums) -> str:
    """Return how many regions there are, and how many of them have rows."""
    if sums.regions is None or "region" not in sums.about["question"]["by"]:
        return ""
    held = sums.cells.loc[sums.cells["region"] >= 0, "region"].nunique()
    return tr("{n}, {held} of them with rows", n=f"{len(sums.regions):,}", held=f"{held:,}")


def _density(sums: Sums) -> str:
    """Return how many squares of density have rows, and for which zoom of a map they are."""
    if sums.tiles is None:
        return ""
    squares = len(sums.tiles[["x", "y"]].drop_duplicates())
    return tr("{n} squares with rows, for maps up to zoom {zoom}", n=f"{squares:,}",
              zoom=sums.about["question"]["tiles"])  # fmt: skip


@sums_app.command("export")
def sums_export(
    file: File,
    out: Annotated[
        Path,
        typer.Argument(help="Output: cells as .csv or .parquet; regions with figures as .geojson, .gpkg, .fgb, .kml."),
    ],
    *,
    table: Annotated[
        Table | None,
        typer.Option(
            "--table",
            help="What to export: cells, regions with their figures, or squares of density (default: by the ending).",
        ),
    ] = None,
    least: Annotated[
        int,
        typer.Option(
            "--suppress-below", "--least", min=0, help="Leave figures blank where there are fewer rows than this."
        ),
    ] = 0,
    own_use: Annotated[
        bool,
        typer.Option(
            "--for-own-use",
            help="Include rows that the terms of their dataset do not allow passing on. The output is then for your "
            "own use only.",
        ),
    ] = False,
    force: Force = False,
    lang: Language,
) -> None:
    """Export sums: every cell as a table, or regions with their figures for GIS programs."""
    from willay.events.aggregate import read_sums
    from willay.events.aggregate.tables import write_cells
    from willay.events.exchange.outgoing import WritingOptions
    from willay.events.exchange.outgoing.regions import write_regions

    sums = read_sums(file)
    chosen = table or (Table.cells if out.suffix.lower() in _TABLES else Table.regions)
    if chosen is Table.cells:
        if out.suffix.lower() not in _TABLES:
            raise typer.BadParameter(tr("Cells are a table. Give a FILE that ends in .csv or .parquet."))
        rows = write_cells(sums, out, least=least, own_use=own_use, force=force)
        say(tr("{out}: {cells}.", out=out, cells=many(rows, "cell")))
        return
    from willay.events.aggregate.tables import density_table, region_table

    options = WritingOptions(lang=lang.value, force=force, own_use=own_use)
    areas = region_table(sums, least=least) if chosen is Table.regions else density_table(sums, least=least)
    written = write_regions(areas, out, None, options)
    told = many(written.rows, "region") if chosen is Table.regions else many(written.rows, "square")
    say(tr("{path}: {areas}.", path=out, areas=told))
    for loss in written.losses:
        say(tr("Not included: {loss}", loss=loss))
