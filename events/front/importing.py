"""A file imported, for the command `import` and `db.import_file` alike: opened, read batch by batch, accounted for."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from willay.data.headers import plain
from willay.events.exchange.incoming import ReadingOptions, guess_format, open_reading
from willay.events.exchange.incoming.formats import DATABASE
from willay.events.exchange.incoming.ownership import DIGEST, check_own, keep_edited
from willay.events.exchange.incoming.reports import ImportReport, Quarantine, report_paths
from willay.events.frame.publishing import barred
from willay.events.model.advice import option
from willay.events.model.own_terms import HEADING
from willay.events.store.opened import utc_now
from willay.geo.digests import file_digest
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from types import TracebackType

    from willay.events.database_import import AnotherDatabase, Carried
    from willay.events.exchange.incoming.table import ColumnMapping
    from willay.events.model.foreign import Batch, Notice, Outcome, Reading
    from willay.events.store import Store

BATCH_ROWS: Final = 5_000
"""Rows that are imported in one transaction, if nobody says another number."""


def reading_options(store: Store, given: Mapping[str, Any], batch_rows: int = BATCH_ROWS) -> ReadingOptions:
    """Return how a file is to be read into a database.

    Args:
        store: The database: its country and units.
        given: Values by field of `ReadingOptions`, and `group_by`; None is not given.
        batch_rows: Rows in a transaction.
    """
    named = {name: value for name, value in given.items() if value is not None}
    if group_by := named.pop("group_by", None):
        named["assign"] = {**named.get("assign", {}), "group_by": group_by}
    headings = {plain(one.name): one.parent for one in store.registers.terms() if one.kind == HEADING}
    about = {"country": store.country, "units": store.regions.unit_names(), "headings": headings}
    return ReadingOptions(batch_rows=batch_rows, **{**about, **named})


@contextmanager
def import_target(store: Store, *, dry_run: bool, clock: Callable[[], datetime] = utc_now) -> Iterator[Store]:
    """Yield the database that rows go into; for a dry run a copy, which is thrown away.

    Args:
        store: The database.
        dry_run: Whether it is left as it is.
        clock: Returns the present moment of a copy (aware).
    """
    if not dry_run:
        yield store
        return
    with tempfile.TemporaryDirectory(prefix="willay-") as folder:
        copy = Path(folder) / "dry-run.gpkg"
        store.file.copy_to(copy)
        with type(store).open(copy, clock=clock, isolated=True) as target:
            yield target


@dataclass(frozen=True, slots=True)
class Beside:
    """The files that an import wrote next to its own.

    Attributes:
        report: What became of each row, in numbers (JSON).
        quarantine: The rows that could not be imported; None where there are none.
        mapping: Which column holds what; None where the format has no mapping.
        edited: Where a table of quarantined rows was moved that somebody had edited since; None where none was.
    """

    report: Path
    quarantine: Path | None
    mapping: Path | None
    edited: Path | None


class FileImport:
    """The import of one file; use it in a `with` block, for another database stays open until all of it is imported.

    Attributes:
        form: The name of the format.
        reading: The file, open.
        report: What became of its rows, as they are imported.
        quarantine: The rows that could not be imported.
        another: The other database, where the file is one.

    Args:
        store: The database that rows go into.
        file: The file.
        form: The name of its format; None goes by its look.
        options: How it is read.
        author: Who imports.
        reason: Why, or from where.
        open_file: Opens the reading in the place of the reader of the format, where the file is none on a disk.
    """

    reading: Reading

    def __init__(
        self,
        store: Store,
        file: Path,
        form: str | None,
        options: ReadingOptions,
        *,
        author: str,
        reason: str,
        open_file: Callable[[], Reading] | None = None,
    ) -> None:
        self._store, self._file, self._options = store, file, options
        self._author, self._reason = author, reason
        self.form = form or guess_format(file)
        self.another: AnotherDatabase | None = None
        self._open_file = open_file
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Open the file.

        Raises:
            RefusedError: It cannot be read, or is none of the format.
            UnsettledError: It is a table of which something must be said first.
        """
        try:
            self.reading = self._opened()
        except BaseException:
            self._stack.close()
            raise
        self.report = ImportReport(self.reading.terms, self._file.name, self.form)
        self.quarantine = Quarantine(report_paths(self._file)[1])
        self._named = {self.reading.terms.name}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._stack.close()

    def _opened(self) -> Reading:
        if self._open_file is not None:
            return self._open_file()
        if self.form != DATABASE:
            return open_reading(self._file, self.form, self._options)
        from willay.events.database_import import another_database  # noqa: PLC0415 — few imports are of a database

        self.another = self._stack.enter_context(another_database(self._file, self._store))
        return self.another.reading(author=self._author, reason=self._reason)

    @property
    def mapping(self) -> ColumnMapping | None:
        """Which column holds what; None where the format has no mapping."""
        return getattr(self.reading, "mapping", None)

    def check_own(self, *, mapping: bool) -> None:
        """Make sure that what `save_beside` writes replaces nothing but what an earlier import wrote.

        Args:
            mapping: Whether the mapping was read from another place than where it is written.

        Raises:
            FileInTheWayError: There is a file of such a name that is not an import's.
        """
        check_own(self._file, mapping=self.mapping is not None and mapping)

    def rows(self) -> Iterator[tuple[Batch, list[Outcome]]]:
        """Import all rows, and yield each batch with what became of its rows, once it is in the database."""
        write = self._store.write.import_rows
        for batch in self.reading.batches:
            outcomes = write(batch, self.reading.terms, author=self._author, reason=self._reason)
            if self.another is not None:
                self.another.heard(batch, outcomes)
            self.report.add(batch, outcomes)
            self.quarantine.add(batch, outcomes)
            self._named |= {terms.name for terms in batch.datasets}
            yield batch, outcomes

    def carry_over(self) -> Carried | None:
        """Bring in what incidents of another database do not carry; None where the file is none."""
        another = self.another
        return None if another is None else another.carry_over(author=self._author, reason=self._reason)

    def barred(self) -> list[str]:
        """Return the datasets of the rows that may not be passed on."""
        return sorted(barred(self._store.registers.datasets()) & self._named)

    def terms_in_words(self) -> list[str]:
        """Return what is to be known of rows that may not be passed on; empty where all may."""
        mine = self.barred()
        if not mine:
            return []
        return [
            tr(
                "Rows of {names} may not be passed on, by the terms of their dataset: export them with --for-own-use, "
                "or leave them out with {option}.",
                names=", ".join(mine),
                option=option("--without", mine[0]),
            )
        ]

    def notices(self) -> tuple[Notice, ...]:
        """Return what a person should know once all is read, the gravest last."""
        return self.report.notices(self.reading)

    def extra(self) -> dict[str, Any]:
        """Return what the report says besides what became of rows."""
        return {"notes": list(self.reading.notes), "notices": [notice.text for notice in self.notices()]}

    def save_beside(self) -> Beside:
        """Write the mapping, the report and the table of quarantined rows next to the file."""
        report, _ = report_paths(self._file)
        mapping = None
        if self.mapping is not None:
            from willay.events.exchange.incoming.table import mapping_file, write_mapping  # noqa: PLC0415 — tables only

            mapping = mapping_file(self._file)
            write_mapping(self.mapping, mapping, force=True)
        edited = keep_edited(self._file)
        aside = self.quarantine.save()
        digest = aside and file_digest(aside)
        self.report.save(report, {**self.extra(), "quarantine": aside and aside.name, DIGEST: digest})
        return Beside(report, aside, mapping, edited)
