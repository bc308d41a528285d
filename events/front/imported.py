"""`db.import_file(…)`: what became of each row of a file or a frame, and how its columns were read."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypedDict

import pandas as pd

from willay.events.exchange.incoming.table.mapping import ColumnMapping, mapping_text, write_mapping
from willay.events.front.importing import BATCH_ROWS, FileImport, import_target, reading_options
from willay.events.front.showing import show_table
from willay.events.front.tabled import NAME, open_frame
from willay.events.front.words import unknown_word
from willay.events.model.errors import EventsWarning, MalformedError
from willay.events.model.reasons import IMPORTED, recorded_reason
from willay.geo.inputs import input_file
from willay.geo.translation import many, mark, tr

if TYPE_CHECKING:
    from willay.events.model.foreign import Outcome
    from willay.events.store import Store

_COLUMNS: Final = ("row", "ending", "code", "id", "field", "value", "reason", "warning")
_SEPARATOR: Final = " | "
ENDED: Final = {
    "accepted": mark("accepted"),
    "updated": mark("updated"),
    "unchanged": mark("unchanged"),
    "quarantined": mark("quarantined"),
    "withdrawn": mark("withdrawn"),
}
"""The words for what became of a row."""


class ReadAs(TypedDict, total=False):
    """How a file is read, by the words of the command line.

    Attributes:
        format: The name of its format, such as `kobo`; without it, it is detected.
        dataset: The name of the dataset in this database; a file's own name, where none is given. A frame needs it.
        dataset_version: Its version.
        licence: SPDX identifier or text.
        attribution: The credit that it requires.
        may_publish: Whether its terms allow passing rows on.
        status: The status of new incidents.
        language: The language of its texts, such as `es`.
        encoding: The character encoding, such as `cp1252`.
        sheet: The sheet of a workbook.
        layer: The layer of a GIS file.
        crs: The CRS, where the file states none.
        group_by: The fields that the rows of one incident share, such as `title,date,place`; `none`: each row is one.
        batch: Rows in a transaction.
    """

    format: str
    dataset: str
    dataset_version: str
    licence: str
    attribution: str
    may_publish: bool
    status: str
    language: str
    encoding: str
    sheet: str
    layer: str
    crs: str
    group_by: str
    batch: int


Mapped: TypeAlias = "Mapping[str, Any] | str | Path | ImportMapping | Iterable[str]"
"""What columns hold: a field by column, a mapping that was saved, or texts as on the command line."""


@dataclass(frozen=True, slots=True)
class ImportMapping:
    """Which column of a table holds which field; `save` it for the next table of the kind.

    Attributes:
        columns: The field by column; `keep` and `ignore` besides.

    Example:
        >>> import pandas
        >>> import willay as wy
        >>> cells = {"Hecho": "road-block", "Fecha": "2012-05-28", "lat": -14.8, "lon": -71.4, "police": 3}
        >>> said = {"Hecho": "type", "police": "killed @police"}
        >>> with wy.create("ours.gpkg", country="PE", author="Ana") as db:
        ...     report = db.import_file(pandas.DataFrame([cells]), dataset="monitor", map=said, dry_run=True)
        >>> report.mapping.columns["police"], report.mapping.save("monitor.mapping.toml").name
        ('killed @police', 'monitor.mapping.toml')
    """

    _mapping: ColumnMapping

    @property
    def columns(self) -> dict[str, str]:
        """The field by column."""
        return dict(self._mapping.columns)

    @property
    def rows(self) -> pd.DataFrame:
        """How each column is read: column, field, reason, examples."""
        rows = [(one.column, one.field, one.reason, _SEPARATOR.join(one.examples)) for one in self._mapping.rows()]
        return pd.DataFrame(rows, columns=["column", "field", "reason", "examples"])

    def save(self, path: str | Path, *, force: bool = False) -> Path:
        """Write the mapping as TOML, for `map=path` or `willay import --mapping`, and return its path.

        Raises:
            FileInTheWayError: The file is there, and `force` is not set.
        """
        write_mapping(self._mapping, Path(path), force=force)
        return Path(path)

    def __str__(self) -> str:
        """Return the mapping as TOML."""
        return mapping_text(self._mapping)

    def __repr__(self) -> str:
        return f"<willay.ImportMapping {self.columns}>"

    def _repr_html_(self) -> str:
        return show_table(tr("Column mapping"), [], self.rows)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of the rows of a file; every row ended in exactly one way.

    Attributes:
        file: The name of the file.
        format: Its format.
        dataset: The dataset that its rows belong to.
        endings: How many rows ended in each way: accepted, updated, unchanged, quarantined, withdrawn.
        rows: A row for each row of the file: `row` (from 1), `ending`, `code` (missing: there is none), `id` (what the
            dataset calls it), and of faults and warnings `field`, `value`, `reason` and `warning`.
        quarantined: The rows that could not be imported, with their own columns and four of ours; corrected, they can
            be imported again by the same name of the dataset.
        mapping: Which column holds what; None where the format has no mapping.
        notes: What was found out about the file, in sentences.
        notices: What a person should know now, in sentences, the gravest last.
        is_dry_run: Whether the database was left as it is.

    Example:
        >>> import pandas
        >>> import willay as wy
        >>> cells = {"Hecho": "road-block", "Fecha": "2012-05-28", "lat": -14.8, "lon": -71.4}
        >>> with wy.create("ours.gpkg", country="PE", author="Ana") as db:
        ...     report = db.import_file(pandas.DataFrame([cells]), dataset="monitor", map={"Hecho": "type"})
        >>> report
        <willay.ImportReport 'DataFrame': 1 row: 1 accepted>
        >>> report.rows[["row", "ending", "code"]].to_numpy().tolist()
        [[1, 'accepted', 'PE-2012-0001']]
    """

    file: str
    format: str
    dataset: str
    endings: Mapping[str, int]
    rows: pd.DataFrame = field(repr=False, compare=False)
    quarantined: pd.DataFrame = field(repr=False, compare=False)
    mapping: ImportMapping | None = field(repr=False)
    notes: tuple[str, ...] = field(repr=False)
    notices: tuple[str, ...] = field(repr=False)
    is_dry_run: bool = False

    def __len__(self) -> int:
        """Return how many rows were read."""
        return len(self.rows)

    def __bool__(self) -> bool:
        """A report is true, also of a file without rows."""
        return True

    def __repr__(self) -> str:
        run = f"; {tr('Dry run: the database was not changed.')}" if self.is_dry_run else ""
        return f"<willay.ImportReport {self.file!r}: {self._sums}{run}>"

    def _repr_html_(self) -> str:
        rows = [
            (tr("dataset"), self.dataset),
            (tr("rows"), self._sums),
            *((tr("note"), text) for text in self.notices),
        ]
        return show_table(self.file, rows, self.rows[self.rows["ending"] == "quarantined"])

    @property
    def _sums(self) -> str:
        ended = ", ".join(f"{number:,} {tr(ENDED[name])}" for name, number in self.endings.items() if number)
        return f"{many(len(self), 'row')}: {ended}" if ended else many(0, "row")


def import_into(
    store: Store,
    file: Any,  # noqa: ANN401 — a path or a frame
    mapped: Any,  # noqa: ANN401 — as `Mapped`
    read_as: Mapping[str, Any],
    *,
    author: str,
    reason: str | None,
    dry_run: bool,
) -> ImportReport:
    """Import a file or a frame; raises as `Database.import_file` does."""
    for name in read_as:
        if name not in ReadAs.__annotations__:
            raise MalformedError(
                unknown_word(tr("Unknown option {name!r}.", name=name[:80]), name, ReadAs.__annotations__)
            )
    frame = file if isinstance(file, pd.DataFrame) else None
    if frame is not None and not read_as.get("dataset"):
        raise MalformedError(tr("A frame has no name. Give one for the dataset: dataset=…."))
    path = Path(f"{NAME}.csv") if frame is not None else input_file(Path(file))
    with ExitStack() as stack:
        target = stack.enter_context(import_target(store, dry_run=dry_run))
        given = {_READ_AS.get(name, name): value for name, value in read_as.items() if name not in {"format", "batch"}}
        options = reading_options(store, given | _mapped(mapped, stack), read_as.get("batch") or BATCH_ROWS)
        why = reason or recorded_reason(IMPORTED, file=NAME if frame is not None else path.name)

        form = "table" if frame is not None else read_as.get("format")
        opens = None if frame is None else partial(open_frame, frame, options)
        run = stack.enter_context(FileImport(target, path, form, options, author=author, reason=why, open_file=opens))
        rows = [row for _, outcomes in run.rows() for row in _rows(outcomes)]
        run.carry_over()
        return _report(run, rows, NAME if frame is not None else path.name, dry_run=dry_run)


_READ_AS: Final = {"dataset_version": "version"}


def _mapped(mapped: Any, stack: ExitStack) -> dict[str, Any]:  # noqa: ANN401 — as `Mapped`
    """Return what columns hold as options of reading.

    Raises:
        MalformedError: It is none of the forms.
    """
    if mapped is None:
        return {}
    if isinstance(mapped, ImportMapping):
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="willay-")))
        return {"mapping": mapped.save(folder / "given.mapping.toml")}
    if isinstance(mapped, Path) or (isinstance(mapped, str) and "=" not in mapped):
        return {"mapping": input_file(Path(mapped))}
    if isinstance(mapped, Mapping):
        return {"assign": dict(_flat(mapped))}
    texts = [mapped] if isinstance(mapped, str) else [*mapped] if isinstance(mapped, Iterable) else [mapped]
    for text in texts:
        if not isinstance(text, str) or "=" not in text:
            expected = tr(
                "expected a field for each column, such as {{'Fecha': 'date'}}; got {got}.", got=repr(text)[:80]
            )
            raise MalformedError(expected)
    return {"assign": {column.strip(): name.strip() for column, _, name in (text.rpartition("=") for text in texts)}}


def _flat(mapped: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the entries of a mapping; those of a section, such as `types`, as `types.WORD`."""
    for name, value in mapped.items():
        if isinstance(value, Mapping):
            yield from ((f"{name}.{word}", str(meant)) for word, meant in value.items())
        elif isinstance(value, str | int):
            yield name, str(value)
        else:
            expected = tr(
                "expected a field for each column, such as {{'Fecha': 'date'}}; got {got}.", got=repr(value)[:80]
            )
            raise MalformedError(expected)


def _rows(outcomes: list[Outcome]) -> Iterator[tuple[Any, ...]]:
    for outcome in outcomes:
        said = (*outcome.faults, *outcome.flags)
        fields, values = (_SEPARATOR.join(getattr(one, name) for one in said) for name in ("field", "value"))
        reasons, flags = (_SEPARATOR.join(one.reason for one in every) for every in (outcome.faults, outcome.flags))
        yield (
            outcome.number, outcome.ending, outcome.code, outcome.external_id, fields, values, reasons, flags,
        )  # fmt: skip


def _report(run: FileImport, rows: list[tuple[Any, ...]], name: str, *, dry_run: bool) -> ImportReport:
    """Return the report of an import, and warn of what is grave."""
    table = pd.DataFrame(rows, columns=list(_COLUMNS)).replace(to_replace={"": None})
    notices, endings = run.notices(), dict(run.report.endings)
    for text in [*(notice.text for notice in notices if notice.grave), *_of_quarantine(endings, len(rows))]:
        warnings.warn(text, EventsWarning, stacklevel=4)
    mapping = run.mapping
    return ImportReport(
        file=name,
        format=run.form,
        dataset=run.reading.terms.name,
        endings=endings,
        rows=table,
        quarantined=run.quarantine.table(),
        mapping=None if mapping is None else ImportMapping(mapping),
        notes=tuple(map(str, run.reading.notes)),
        notices=(*run.terms_in_words(), *(notice.text for notice in notices)),
        is_dry_run=dry_run,
    )


def _of_quarantine(endings: Mapping[str, int], rows: int) -> list[str]:
    number = endings["quarantined"]
    if not number:
        return []
    return [tr("{n:,} of {rows} were not imported. See: report.quarantined.", n=number, rows=many(rows, "row"))]
