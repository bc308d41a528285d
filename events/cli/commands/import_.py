"""The command `import`: read a file of another system in batches, with a report on every row."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from willay.events.cli import exit_codes
from willay.events.cli.hints import command
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
from willay.geo.translation import many, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from willay.events.database_import import AnotherDatabase, Carried
    from willay.events.exchange.incoming.options import ReadingOptions
    from willay.events.front.importing import Beside, FileImport
    from willay.events.store import Store

_SHOWN = 8
"""Kinds of flags and faults that are printed; the report has all."""

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
    from willay.events.front.importing import FileImport, import_target

    chosen = form or guess_format(file)
    by = (who(author) if not explain else "", reason or recorded_reason(IMPORTED, file=file.name))
    with open_store(db) as original:
        read_by = _options(options, batch, original)
        if explain:
            from willay.events.cli.explained_columns import explain_table

            explain_table(file, chosen, read_by, as_json=as_json)
            return
        with (
            import_target(original, dry_run=dry_run, clock=clock) as store,
            FileImport(store, file, chosen, read_by, author=by[0], reason=by[1]) as run,
        ):
            if not dry_run:
                run.check_own(mapping=options["mapping"] is not None)
            for note in run.reading.notes:
                say(note)
            with _progress(run.reading.total) as advance:
                for rows, _ in run.rows():
                    advance(len(rows.rows))
            if run.another is not None:
                _report_carried(run.another, run.carry_over())
            _report_terms(run)
            if not dry_run:
                _report_beside(run.save_beside(), file)
    _show_report(run, dry_run=dry_run, as_json=as_json)
    notices = run.notices()
    for notice in notices:
        say(notice.text)
    if run.report.endings["quarantined"]:
        raise typer.Exit(exit_codes.QUARANTINED)
    if any(notice.grave for notice in notices):
        raise typer.Exit(exit_codes.WANTING)


def _report_beside(beside: Beside, file: Path) -> None:
    """Name the files that were written next to the one that was imported."""
    if beside.mapping is not None:
        say(tr("Column mapping: {file}. To change it, edit the file or use --map COLUMN=FIELD.", file=beside.mapping))
    if beside.edited is not None:
        from willay.events.exchange.incoming.reports import report_paths

        say(
            tr(
                "{file} was edited after it was written; the edited file was renamed: {edited}",
                file=report_paths(file)[1],
                edited=f"{beside.edited}{_with_mapping(file)}",
            )
        )
    say(
        tr("Report: {report}; rejected rows, to be corrected: {rows}", report=beside.report, rows=beside.quarantine)
        if beside.quarantine
        else tr("Report: {report}", report=beside.report)
    )


def _with_mapping(file: Path) -> str:
    """Return a hint with the mapping that a renamed table needs, if there is one."""
    from willay.events.exchange.incoming.table import mapping_file

    mapping = mapping_file(file)
    return f" {tr('(import it with --mapping {file})', file=mapping)}" if mapping.exists() else ""


def _options(given: dict[str, Any], batch: int, store: Store) -> ReadingOptions:
    from willay.events.front.importing import reading_options

    assign = given["assign"]
    return reading_options(store, given | {"assign": dict(map(_pair, assign)) if assign else None}, batch)


def _pair(text: str) -> tuple[str, str]:
    """Split an assignment at the right equals sign: default values and column names may contain one too."""
    default = text.startswith(("default.", "defaults."))
    name, equals, value = text.partition("=") if default else text.rpartition("=")
    if not equals:
        raise typer.BadParameter(tr("{text!r} is not COLUMN=FIELD.", text=text[:80]), param_hint="--map")
    return name.strip(), value.strip()


def _report_carried(another: AnotherDatabase, carried: Carried | None) -> None:
    """Print what came of another database besides incidents."""
    if carried is None:
        return
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


def _report_terms(run: FileImport) -> None:
    """Report which rows may not be passed on, and terms in the file that are less strict than those in the database."""
    for line in run.terms_in_words():
        say(line)
    terms = run.reading.terms
    if terms.may_publish and terms.name in run.barred():
        loosen = command("dataset", "edit", terms.name, "--set", "may_publish=yes", "-m", "REASON")
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


def _show_report(run: FileImport, *, dry_run: bool, as_json: bool) -> None:
    from willay.events.front.imported import ENDED

    report = run.report
    if as_json:
        put_json(report.document(run.extra()))
        return
    sums = " + ".join(f"{number:,} {tr(ENDED[ending])}" for ending, number in report.endings.items())
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
