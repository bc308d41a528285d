"""Incidents of a database to a file of any format, page by page, for the command `export` and `wy.write` alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from willay.data.profiles import DEFAULT
from willay.events.exchange.outgoing import Registers, WritingOptions, format_of, write
from willay.events.frame.publishing import barred, publishable
from willay.events.frame.query import IncidentQuery
from willay.events.model.errors import RefusedError
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from willay.data.profiles import Profile
    from willay.events.exchange.outgoing import Format, Written
    from willay.events.frame.cells import IncidentCells
    from willay.events.model.figure_policies import PolicyLike
    from willay.events.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What is to be written, and how.

    Attributes:
        query: Which incidents.
        form: The name of the format; None goes by the ending of the file.
        policy: The figure policy; None is the database's own.
        profile: The disclosure profile, or its name; None is the record itself.
        lang: The language of titles, names and headings.
        own_use: Whether rows that may not be passed on are written, too.
        flat: Only the columns of each incident, without claims, sources and notes.
        tables: With CSV, also tables of claims and sources.
        bom: With CSV, a byte order mark.
        partition_by: Write a folder of GeoParquet files by these: `year`, `adm1`; None writes one file.
        force: Whether a file that is there may be replaced.
    """

    query: IncidentQuery = field(default_factory=IncidentQuery)
    form: str | None = None
    policy: PolicyLike | None = None
    profile: Profile | str | None = DEFAULT
    lang: str = "en"
    own_use: bool = False
    flat: bool = False
    tables: bool = False
    bom: bool = False
    partition_by: tuple[str, ...] | None = None
    force: bool = False


def export_incidents(store: Store, path: Path, export: Export) -> Written:
    """Write incidents of a database to a file, in flat memory at any size.

    Args:
        store: The database.
        path: The file, or the folder of partitions.
        export: What is to be written.

    Raises:
        RefusedError: The format is unknown or cannot hold the incidents, or rows may not be passed on.
        FileInTheWayError: The file is there, and `force` is not set.
        MissingExtraError: The extra that the format needs is not installed.
    """
    chosen = chosen_format(path, export)
    reads = chosen.reads(tables=export.tables, flat=export.flat)
    has_tables = chosen.has_registers(tables=export.tables, flat=export.flat)
    names = frozenset[str]() if export.own_use else barred(store.registers.datasets())
    known: dict[str, Any] = {}
    if has_tables or reads["drafts"]:
        known["registers"] = _registers(store, export, is_with_indicators=has_tables)
    if chosen.codes or export.partition_by:
        known["nestings"] = store.regions.nestings()
    options = WritingOptions(
        lang=export.lang, force=export.force, own_use=export.own_use, tables=export.tables, bom=export.bom, **known
    )
    pages = store.read.pages(export.query, policy=export.policy, lang=export.lang, profile=export.profile, **reads)
    shown = publishable(pages, names)
    if export.partition_by is None:
        return write(shown, path, chosen.name, options)
    return _write_folder(shown, path, export.partition_by, options)


def chosen_format(path: Path, export: Export) -> Format:
    """Return the format to write in; a folder of partitions is GeoParquet.

    Raises:
        RefusedError: A folder of partitions is asked for in another format, or the format is not known.
    """
    if export.partition_by is None:
        return format_of(path, export.form)
    if export.form not in (None, "geoparquet"):
        raise RefusedError(
            tr("--partition-by writes GeoParquet, not {form}. Remove one of the two options.", form=export.form[:80])
        )
    chosen = format_of(path, "geoparquet")
    _ = chosen.writer  # what it needs is installed
    return chosen


def _write_folder(pages: Iterator[Any], folder: Path, by: tuple[str, ...], options: WritingOptions) -> Written:
    from willay.events.exchange.outgoing.gis.partitioned import write_partitioned  # noqa: PLC0415 — needs an extra

    read: Iterator[IncidentCells] = pages
    return write_partitioned(read, folder, by, options)


def _registers(store: Store, export: Export, *, is_with_indicators: bool) -> Registers:
    """Return what incidents refer to, and for tables the indicators, as a profile shows them."""
    seen, as_of = export.profile, export.query.as_of
    registers = Registers.of_documents(*store.registers.documents(seen, as_of, export.query.statuses))
    if not is_with_indicators:
        return registers
    return registers.with_indicators(
        store.registers.indicators(seen, as_of), store.registers.sources_of_indicators(seen, as_of)
    )
