"""The command `import`: read a file of another system in batches, with a report on every row."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from willay.events.cli import exit_codes
from willay.events.cli.hints import command, option
from willay.events.cli.options import (
    DEFAULT_DB,
    Author,
    DbFile,
    DryImport,
    Reason,
    clock,
    existing,
    open_store,
    who,
    with_options,
)
from willay.events.cli.output import console, on_terminal, put, put_json, say
from willay.events.model.reasons import IMPORTED, recorded_reason
from willay.geo.translation import many, mark, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from willay.events.database_import import AnotherDatabase
    from willay.events.exchange.incoming.options import ReadingOptions
    from willay.events.exchange.incoming.reports import ImportReport, Quarantine
    from willay.events.model.foreign import Reading
    from willay.events.store import Store


_SHOWN = 8
"""Kinds of flags and faults that are printed; the report has all."""

_ENDED: Final[dict[str, str]] = {
    "accepted": mark("accepted"),
    "updated": mark("updated"),
    "unchanged": mark("unchanged"),
    "quarantined": mark("quarantined"),
    "withdrawn": mark("withdrawn"),
}
"""The words for what became of a row."""

_READING: dict[str, Any] = {
    "dataset": Annotated[str | None, typer.Option("--dataset", help="Name for the dataset in this database.")],
    "version": Annotated[str | None, typer.Option("--dataset-version", help="Version of the dataset.")],
    "licence": Annotated[
        str | None, typer.Option("--licence", help="Licence of the dataset: SPDX identifier or text.")
    ],
    "attribution": Annotated[str | None, typer.Option("--attribution", help="Attribution that the dataset requires.")],
    "may_publish": Annotated[
        bool | None,
        typer.Option("--may-publish/--own-use-only", help="Whether its terms allow passing rows on to others."),
    ],
    "status": Annotated[str | None, typer.Option("--status", help="Status to give to new incidents.")],
    "language": Annotated[str | None, typer.Option("--language", help="Language of the texts, such as es.")],
    "encoding": Annotated[
        str | None, typer.Option("--encoding", help="Character encoding of the file, such as cp1252.")
    ],
    "sheet": Annotated[str | None, typer.Option("--sheet", help="Sheet to read, for a workbook.")],
    "layer": Annotated[str | None, typer.Option("--layer", help="Layer to read, for a GIS file.")],
    "crs": Annotated[
        str | None,
        typer.Option(
            "--crs", help="CRS, if the file does not state it or its coordinates are in metres, such as EPSG:32718."
        ),
    ],
    "mapping": Annotated[
        Path | None, typer.Option("--mapping", help="File with the mapping of columns (default: NAME.mapping.toml).")
    ],
    "group_by": Annotated[
        str | None,
        typer.Option(
            "--group-by",
            help="Fields that rows of one incident share, such as title,date,place, for a table with one row per "
            "victim: their counts are summed. none: each row is an incident.",
        ),
    ],
    "assign": Annotated[
        list[str] | None,
        typer.Option(
            "--map", help="Field that a column holds: COLUMN=FIELD; or how cells are read: dates=day-first. Repeatable."
        ),
    ],
}


@with_options(_READING)
def import_file(
    file: Annotated[Path, typer.Argument(help="File to import.", callback=existing)],
    options: dict[str, Any],
    *,
    form: Annotated[
        str | None,
        typer.Option(
            "--input-format",
            help="Format of the file: ucdp-ged, acled, gtd, gdelt, mass-mobilization, scad, ccc, kobo, table, gis, "
            "willay or database (default: detected).",
        ),
    ] = None,
    dry_run: DryImport = False,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Show how each column of a table is read, and why; the database is not changed."
        ),
    ] = False,
    batch: Annotated[int, typer.Option("--batch", min=1, help="Number of rows per transaction.")] = 5_000,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Import a dataset: UCDP GED, ACLED, GTD, GDELT, KoboToolbox, any table or GIS file, or a willay database."""
    from willay.events.exchange.incoming import guess_format
    from willay.events.exchange.incoming.ownership import DIGEST, check_own, keep_edited
    from willay.events.exchange.incoming.reports import ImportReport, Quarantine, report_paths
    from willay.geo.digests import file_digest

    chosen = form or guess_format(file)
    if explain:
        from willay.events.cli.explained_columns import explain_table

        with open_store(db) as store:
            read_by = _options(options, batch, store)
        explain_table(file, chosen, read_by, as_json=as_json)
        return
    report_path, quarantine_path = report_paths(file)
    by = (who(author), reason or recorded_reason(IMPORTED, file=file.name))
    with (
        _target(db, dry_run=dry_run) as store,
        _opened(file, chosen, store, _options(options, batch, store), by) as (reading, another),
    ):
        if not dry_run:
            check_own(file, mapping=hasattr(reading, "mapping") and options["mapping"] is not None)
        for note in reading.notes:
            say(note)
        report, quarantine = ImportReport(reading.terms, file.name, chosen), Quarantine(quarantine_path)
        named = _import_rows(store, reading, (report, quarantine), by, another)
        if another is not None:
            _report_carried(another, by)
        _report_terms(store, reading, named)
    notices = report.notices(reading)
    extra = {"notes": list(reading.notes), "notices": [notice.text for notice in notices]}
    if not dry_run:
        _save_mapping(file, reading)
        if edited := keep_edited(file):
            say(
                tr(
                    "{file} was edited after it was written; the edited file was renamed: {edited}",
                    file=quarantine_path,
                    edited=f"{edited}{_with_mapping(file)}",
                )
            )
        aside = quarantine.save()
        digest = aside and file_digest(aside)
        report.save(report_path, {**extra, "quarantine": aside and aside.name, DIGEST: digest})
        say(
            tr("Report: {report}; rejected rows, to be corrected: {rows}", report=report_path, rows=aside)
            if aside
            else tr("Report: {report}", report=report_path)
        )
    _show_report(report, extra, dry_run=dry_run, as_json=as_json)
    for notice in notices:
        say(notice.text)
    if report.endings["quarantined"]:
        raise typer.Exit(exit_codes.QUARANTINED)
    if any(notice.grave for notice in notices):
        raise typer.Exit(exit_codes.WANTING)


def _save_mapping(file: Path, reading: Reading) -> None:
    """Save the mapping of columns, for the next import."""
    mapping = getattr(reading, "mapping", None)
    if mapping is None:
        return
    from willay.events.exchange.incoming.table import mapping_file, write_mapping

    target = mapping_file(file)
    write_mapping(mapping, target, force=True)
    say(tr("Column mapping: {file}. To change it, edit the file or use --map COLUMN=FIELD.", file=target))


def _with_mapping(file: Path) -> str:
    """Return a hint with the mapping that a renamed table needs, if there is one."""
    from willay.events.exchange.incoming.table import mapping_file

    mapping = mapping_file(file)
    return f" {tr('(import it with --mapping {file})', file=mapping)}" if mapping.exists() else ""


def _options(given: dict[str, Any], batch: int, store: Store) -> ReadingOptions:
    from willay.events.exchange.incoming import ReadingOptions

    named = {name: value for name, value in given.items() if value is not None}
    if "assign" in named:
        named["assign"] = dict(_pair(text) for text in named["assign"])
    if group_by := named.pop("group_by", None):
        named["assign"] = {**named.get("assign", {}), "group_by": group_by}
    return ReadingOptions(batch_rows=batch, country=store.country, units=store.regions.unit_names(), **named)


def _pair(text: str) -> tuple[str, str]:
    """Split an assignment at the right equals sign: default values and column names may contain one too."""
    default = text.startswith(("default.", "defaults."))
    name, equals, value = text.partition("=") if default else text.rpartition("=")
    if not equals:
        raise typer.BadParameter(tr("{text!r} is not COLUMN=FIELD.", text=text[:80]), param_hint="--map")
    return name.strip(), value.strip()


@contextmanager
def _target(db: Path, *, dry_run: bool) -> Iterator[Store]:
    """Open the database; for a dry run, open a temporary copy."""
    if not dry_run:
        with open_store(db) as store:
            yield store
        return
    with open_store(db) as original, tempfile.TemporaryDirectory(prefix="willay-") as folder:
        copy = Path(folder) / "dry-run.gpkg"
        original.file.copy_to(copy)
        with type(original).open(copy, clock=clock) as store:
            yield store


@contextmanager
def _opened(
    file: Path, form: str, store: Store, options: ReadingOptions, by: tuple[str, str]
) -> Iterator[tuple[Reading, AnotherDatabase | None]]:
    """Open the file for import; a database stays open until all of it is imported."""
    from willay.events.exchange.incoming import open_reading
    from willay.events.exchange.incoming.formats import DATABASE

    if form != DATABASE:
        yield open_reading(file, form, options), None
        return
    from willay.events.database_import import another_database

    author, reason = by
    with another_database(file, store) as another:
        yield another.reading(author=author, reason=reason), another


def _report_carried(another: AnotherDatabase, by: tuple[str, str]) -> None:
    """Import what incidents do not carry, and say what there was."""
    author, reason = by
    carried = another.carry_over(author=author, reason=reason)
    if another.regions:
        say(tr("Region sets added: {names}.", names=", ".join(another.regions)))
    if carried.indicators:
        say(tr("Indicators added: {n:,}.", n=carried.indicators))
    if carried.differing:
        say(
            tr(
                "Indicators that differ here, where ours were retained: {keys}. Compare the two.",
                keys=", ".join(carried.differing[:_SHOWN]),
            )
        )
    if carried.contents:
        say(tr("Contents of attachments added: {n:,}.", n=carried.contents))
    if carried.erased:
        say(tr("Contents of attachments left out, because they were erased here: {n:,}.", n=carried.erased))
    for refusal in carried.refused:
        say(refusal)


def _import_rows(
    store: Store,
    reading: Reading,
    into: tuple[ImportReport, Quarantine],
    by: tuple[str, str],
    another: AnotherDatabase | None = None,
) -> set[str]:
    """Import all rows, and return the names of their datasets."""
    report, quarantine = into
    author, reason = by
    named = {reading.terms.name}
    with _progress(reading.total) as advance:
        for rows in reading.batches:
            outcomes = store.write.import_rows(rows, reading.terms, author=author, reason=reason)
            if another is not None:
                another.heard(rows, outcomes)
            report.add(rows, outcomes)
            quarantine.add(rows, outcomes)
            named |= {terms.name for terms in rows.datasets}
            advance(len(rows.rows))
    return named


def _report_terms(store: Store, reading: Reading, named: set[str]) -> None:
    """Report which rows may not be passed on, and terms in the file that are less strict than those in the database."""
    from willay.events.frame.publishing import barred

    mine = sorted(barred(store.registers.datasets()) & named)
    if mine:
        say(
            tr(
                "Rows of {names} may not be passed on, by the terms of their dataset: export them with --for-own-use, "
                "or leave them out with {option}.",
                names=", ".join(mine),
                option=option("--without", mine[0]),
            )
        )
    if reading.terms.may_publish and reading.terms.name in mine:
        loosen = command("dataset", "edit", reading.terms.name, "--set", "may_publish=yes", "-m", "REASON")
        say(tr("An import never relaxes the terms of a dataset. To allow it: {command}", command=loosen))


@contextmanager
def _progress(total: int | None) -> Iterator[Any]:
    """Show a progress bar on a terminal, and nothing in a pipe."""
    if not on_terminal():
        yield lambda _: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn(tr("Importing")), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console(stderr=True)) as bar:
        task = bar.add_task("rows", total=total)
        yield lambda rows: bar.advance(task, rows)


def _show_report(report: ImportReport, extra: dict[str, Any], *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        put_json(report.document(extra))
        return
    sums = " + ".join(f"{number:,} {tr(_ENDED[ending])}" for ending, number in report.endings.items())
    put(
        tr("{rows:,} rows = {sums}", rows=report.rows, sums=sums)
        + ("" if report.agrees else f"  — {tr('THE TOTALS DO NOT MATCH')}")
    )
    for heading, kinds in ((tr("Imported, with a warning"), report.flags()), (tr("Quarantined"), report.faults())):
        for words, count in kinds[:_SHOWN]:
            say(f"{heading}: {many(count, 'row')}: {words}")
        if more := len(kinds) - _SHOWN if len(kinds) > _SHOWN else 0:
            say(tr("{heading}: {n} more kinds; all are in the report.", heading=heading, n=more))
    if dry_run:
        say(tr("Dry run: the database was not changed."))
