"""The command `aggregate`: sums of more rows than a machine holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from willay.events.cli.options import DEFAULT_DB, DbFile, Force, Lang, Language, open_store
from willay.events.cli.output import say
from willay.events.cli.progress import counting
from willay.geo.translation import many, tr

if TYPE_CHECKING:
    from datetime import date

    import geopandas as gpd

    from willay.events.aggregate import Account, Question

_UNITS: Final = {"": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}
_KEYS: Final = ("key", "code", "id", "ISO", "GID_2", "GID_1")
_NAMES: Final = ("name", "NAME", "nombre", "NOMBRE", "NAME_2", "NAME_1")

Option = typer.Option


def aggregate_rows(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="SOURCE… OUT.sums",
            help="Parquet or GeoParquet files, and folders of them; last, the output file (with --to-parquet: folder).",
        ),
    ],
    *,
    regions: Annotated[
        str | None, Option("--regions", help="Region set of the database, or a GIS file of areas, to sum over.")
    ] = None,
    first: Annotated[str | None, Option("--from", help="First day (inclusive), month or year.")] = None,
    last: Annotated[str | None, Option("--to", help="Last day (inclusive), month or year.")] = None,
    types: Annotated[list[str], Option("--type", help="Type, as the files write it. Repeatable.")] = [],  # noqa: B006 — typer copies it
    measures: Annotated[list[str], Option("--measure", help="Measure to add up, such as killed. Repeatable.")] = [],  # noqa: B006 — as above
    by: Annotated[
        str | None,
        Option(help="What to sum by: region, type and day, week, month, quarter or year (default: region,month,type)."),
    ] = None,
    tiles: Annotated[int | None, Option(min=0, max=14, help="Also count density cells, for maps up to this zoom.")] = None,
    columns: Annotated[
        str | None,
        Option(metavar="ROLE=COLUMN,…", help="Columns that are not called as usual: day=SQLDATE,lon=X,lat=Y."),
    ] = None,
    dataset: Annotated[str | None, Option("--dataset", help="Name of the dataset; terms of known ones are known.")] = None,
    licence: Annotated[str | None, Option(help="Licence of the rows.")] = None,
    attribution: Annotated[str | None, Option(help="Attribution: who must be credited.")] = None,
    workers: Annotated[int, Option(min=1, help="Processes to use on this machine.")] = 1,
    scheduler: Annotated[str | None, Option(metavar="ADDRESS", help="Dask scheduler to use: tcp://host:port.")] = None,
    memory: Annotated[str, Option(metavar="SIZE", help="Memory to use on this machine, all processes together.")] = "2GB",
    skip_broken: Annotated[bool, Option("--skip-broken", help="Leave out files that cannot be read; they are named.")] = False,
    to_parquet: Annotated[
        bool, Option("--to-parquet", help="Only convert text tables (CSV, TSV, GDELT .zip) into a folder of Parquet files.")
    ] = False,
    force: Force = False,
    lang: Language,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Sum more rows than a machine holds, by region, period and type."""
    from willay.events.aggregate import Power, aggregate, write_sums
    from willay.geo import check_target

    if len(files) < 2:  # noqa: PLR2004 — one source and the output
        raise typer.BadParameter(tr("Give one source or several, and the output last: willay aggregate DIR OUT.sums"))
    *sources, out = files
    if to_parquet:
        _convert(sources, out, force=force)
        return
    if out.suffix != ".sums":
        raise typer.BadParameter(tr("{out} must end in .sums. Example: willay aggregate DIR OUT.sums", out=out.name))
    check_target(out, force=force)
    question = _question(by, measures, (first, last), types, tiles, columns, has_regions=regions is not None)
    areas = None if regions is None else _areas(regions, db, lang)
    kept = out.with_name(f"{out.name}.parts")
    power = Power(workers=workers, scheduler=scheduler, memory_bytes=_bytes(memory))
    with counting(tr("Summing")) as seen:
        sums = aggregate(
            sources, question, areas, kept=kept, power=power, skip_broken=skip_broken,
            terms=_terms(dataset, licence, attribution), on_part=lambda done, parts, _rows: seen(done, parts),
        )  # fmt: skip
    write_sums(sums, out, force=force)
    _remove(kept)
    say(tr("{out}: {cells} of {rows}.", out=out, cells=many(len(sums.cells), "cell"), rows=many(sums.account.rows, "row")))
    for line in account_lines(sums.account):
        say(line)
    for broken in sums.about["left_out"]:
        say(tr("Left out: {name}: {reason}", name=broken["name"], reason=broken["reason"]))


def account_lines(account: Account) -> list[str]:
    """Return where rows went, a line for each place that has some."""
    lines = [
        (account.held, tr("in a region: {n}")),
        (account.outside, tr("in no region: {n}")),
        (account.unplaced, tr("without a place: {n}")),
        (account.unregioned, tr("summed without regions: {n}")),
        (account.passed_over, tr("not asked for (other days or types): {n}")),
        (account.repeated, tr("counted again in a second region (borders, overlaps): {n}")),
        (account.undated, tr("without a day: {n}")),
        (account.unread_days, tr("of these, with a day that cannot be read: {n}")),
    ]
    return [f"  {words.format(n=f'{number:,}')}" for number, words in lines if number]
