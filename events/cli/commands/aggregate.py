"""The command `aggregate`: sums of more rows than a machine holds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from willay.events.cli.options import DEFAULT_DB, DbFile, Force, Lang, Language, open_store
from willay.events.cli.output import say
from willay.events.cli.progress import counting
from willay.events.cli.sums_words import account_lines
from willay.geo.translation import many, tr

if TYPE_CHECKING:
    import geopandas as gpd

    from willay.events.aggregate import Question

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
    types: Annotated[list[str], Option("--type", help="Event type, as the files write it. Repeatable.")] = [],  # noqa: B006 — typer copies it
    measures: Annotated[list[str], Option("--measure", help="Measure to add up, such as killed. Repeatable.")] = [],  # noqa: B006 — as above
    by: Annotated[
        str | None,
        Option(help="What to sum by: region, type and day, week, month, quarter or year (default: region,month,type)."),
    ] = None,
    tiles: Annotated[
        int | None, Option(min=0, max=14, help="Also count density cells, for maps up to this zoom.")
    ] = None,
    columns: Annotated[
        str | None,
        Option(metavar="ROLE=COLUMN,…", help="Columns that are not called as usual: day=SQLDATE,lon=X,lat=Y."),
    ] = None,
    dataset: Annotated[
        str | None, Option("--dataset", help="Name of the dataset, by which its terms are found.")
    ] = None,
    licence: Annotated[str | None, Option(help="Licence of the rows.")] = None,
    attribution: Annotated[str | None, Option(help="Attribution: who must be credited.")] = None,
    workers: Annotated[int, Option(min=1, help="Processes to use on this machine.")] = 1,
    scheduler: Annotated[str | None, Option(metavar="ADDRESS", help="Dask scheduler to use: tcp://host:port.")] = None,
    memory: Annotated[
        str, Option(metavar="SIZE", help="Memory to use on this machine, all processes together.")
    ] = "2GB",
    skip_broken: Annotated[
        bool, Option("--skip-broken", help="Leave out files that cannot be read; they are named.")
    ] = False,
    to_parquet: Annotated[
        bool,
        Option("--to-parquet", help="Only convert text tables (CSV, TSV, GDELT .zip) into a folder of Parquet files."),
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
    finished: list[tuple[int, int]] = []
    with counting(tr("Summing")) as seen:
        sums = aggregate(
            sources, question, areas, kept=kept, power=power, skip_broken=skip_broken,
            terms=_terms(dataset, licence, attribution), on_part=lambda done, parts, _rows: seen(done, parts),
            on_kept=lambda done, parts: finished.append((done, parts)),
        )  # fmt: skip
    write_sums(sums, out, force=force)
    _remove(kept)
    say(
        tr(
            "{out}: {cells} of {rows}.",
            out=out,
            cells=many(len(sums.cells), "cell"),
            rows=many(sums.account.rows, "row"),
        )
    )
    for line in account_lines(sums.account):
        say(line)
    if finished and finished[0][0]:
        say(tr("An earlier run had finished {done} of {parts} partitions.", done=finished[0][0], parts=finished[0][1]))
    for broken in sums.about["left_out"]:
        say(tr("Left out: {name}: {reason}", name=broken["name"], reason=broken["reason"]))


def _question(  # noqa: PLR0917 — what the options say
    by: str | None,
    measures: list[str],
    days: tuple[str | None, str | None],
    types: list[str],
    tiles: int | None,
    columns: str | None,
    *,
    has_regions: bool,
) -> Question:
    """Return the question that the options ask."""
    from willay.events.aggregate import Question
    from willay.events.frame.query import IncidentQuery

    usual = ("region", "month", "type") if has_regions else ("month", "type")
    interval = IncidentQuery.parse(since=days[0], until=days[1]).days if any(days) else None
    return Question(
        by=tuple(part.strip() for part in by.split(",") if part.strip()) if by else usual,
        measures=tuple(measures),
        first=interval.first if interval else None,
        last=interval.last if interval else None,
        types=tuple(types),
        tiles=tiles,
        columns=_columns(columns),
    )


def _columns(text: str | None) -> dict[str, str]:
    """Return the column of each role; `day` is short for `first_day`, and a measure for its best number."""
    from willay.events.model.policy import FIGURE_MEASURES

    short = {"day": "first_day", "precision": "place_precision"} | {name: f"{name}_best" for name in FIGURE_MEASURES}
    found = {}
    for part in (text or "").split(","):
        role, mark, column = part.strip().partition("=")
        if not part.strip():
            continue
        if not mark or not column:
            raise typer.BadParameter(
                tr("--columns: {part!r} is not ROLE=COLUMN. Example: day=SQLDATE,lon=X,lat=Y.", part=part[:80])
            )
        found[short.get(role.strip(), role.strip())] = column.strip()
    return found


def _areas(asked: str, db: Path, lang: Lang) -> gpd.GeoDataFrame:
    """Return the regions of a set of the database, or the areas of a GIS file."""
    if not Path(asked).exists():
        with open_store(db) as store:
            return store.regions.select(asked, lang=lang.value, profile="public")
    from willay.geo import read_layer

    frame = read_layer(asked, geometry="polygon").frame
    key = next((frame[name] for name in _KEYS if name in frame), None)
    keys = [str(number) for number in range(1, len(frame) + 1)] if key is None else key.astype(str).tolist()
    name = next((frame[name] for name in _NAMES if name in frame), None)
    names = keys if name is None else name.astype(str).tolist()
    return frame[["geometry"]].assign(set=Path(asked).stem, key=keys, name=names)


def _bytes(text: str) -> int:
    """Return a size such as 2GB or 500 MB in bytes."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([A-Z]*)", text.strip().upper())
    if found is None or found[2] not in _UNITS:
        raise typer.BadParameter(tr("--memory: {text!r} is not a size. Examples: 2GB, 500MB.", text=text[:80]))
    return int(float(found[1]) * _UNITS[found[2]])


def _terms(dataset: str | None, licence: str | None, attribution: str | None) -> dict[str, Any]:
    """Return the terms of the rows: those of a known dataset, and what the options state."""
    from willay.events.model.datasets import USUAL

    known = USUAL.get(dataset) if dataset else None
    usual = (
        {"licence": known.licence, "attribution": known.attribution, "may_publish": known.may_publish} if known else {}
    )
    stated = {"name": dataset, "licence": licence, "attribution": attribution}
    return usual | {name: value for name, value in stated.items() if value is not None}


def _convert(sources: list[Path], folder: Path, *, force: bool) -> None:
    from willay.events.aggregate import to_parquet

    with counting(tr("Converting")) as seen:
        made = to_parquet(sources, folder, force=force, on_file=seen)
    say(
        tr(
            "{folder}: {files}. Sum them: willay aggregate {folder} OUT.sums",
            folder=folder,
            files=many(len(made), "file"),
        )
    )


def _remove(folder: Path) -> None:
    """Remove the folder of finished partitions, of which the sums have been written."""
    from shutil import rmtree

    rmtree(folder, ignore_errors=True)
