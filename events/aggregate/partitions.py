"""Sources as partitions: the Parquet files of folders, in an order that does not depend on the machine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from willay.events.model.errors import QueryError
from willay.geo.digests import file_digest
from willay.geo.extras import require
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROWS_AT_ONCE: Final = 1_000_000
"""About how many rows a partition holds: row groups of a file are taken together up to here."""

_USUAL: Final = {
    "first_day": ("first_day", "day", "date", "event_date", "date_start", "SQLDATE", "Day"),
    "last_day": ("last_day", "date_end", "end_date"),
    "type": ("type", "event_type", "type_of_violence", "EventRootCode"),
    "lon": ("lon", "longitude", "lng", "ActionGeo_Long"),
    "lat": ("lat", "latitude", "ActionGeo_Lat"),
    "place_precision": ("place_precision",),
    "country": ("country",),
    "admin_code": ("admin_code",),
    "code": ("code",),
    "part_of": ("part_of",),
    "counted": ("counted",),
}
"""The names of columns that are recognised, the most likely first."""

_USUAL_FIGURES: Final = {
    "killed_low": ("low",),
    "killed_best": ("killed", "fatalities", "best", "deaths"),
    "killed_high": ("high",),
}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of rows.

    Attributes:
        path: Where it is.
        name: Its path below the source that was given, by which it is named to people.
        size: Its bytes.
        sha256: The digest of its content, hexadecimal.
        rows: How many rows it has.
        groups: The rows of each of its row groups.
        values: What its folders say of all its rows, as hive folders do (`year=2009`).
    """

    path: str
    name: str
    size: int
    sha256: str
    rows: int
    groups: tuple[int, ...]
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Partition:
    """What of a file is read at once: some row groups, or a part of a large one.

    Attributes:
        file: The file.
        groups: Its row groups.
        span: Of its one row group the rows from here, up to there; None takes all of its row groups.
    """

    file: SourceFile
    groups: tuple[int, ...]
    span: tuple[int, int] | None = None

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self.span[1] - self.span[0] if self.span else sum(self.file.groups[group] for group in self.groups)


@dataclass(frozen=True, slots=True)
class BrokenFile:
    """A file that cannot be read, and why."""

    name: str
    reason: str


def source_files(sources: Iterable[str | Path]) -> tuple[list[SourceFile], list[BrokenFile]]:
    """Return the Parquet files of sources, sorted by name, and those that cannot be read.

    Args:
        sources: Files, and folders with Parquet files in them at any depth.

    Raises:
        QueryError: A source does not exist, or a folder has no Parquet file.
    """
    found, broken = [], []
    for root, path in _paths(sources):
        name = path.relative_to(root.parent).as_posix()
        try:
            found.append(_source_file(root, path, name))
        except (OSError, ValueError) as problem:
            broken.append(BrokenFile(name, str(problem).splitlines()[0][:200]))
    order = sorted(range(len(found)), key=lambda at: (found[at].name, found[at].sha256))
    return [found[at] for at in order], broken


def _paths(sources: Iterable[str | Path]) -> list[tuple[Path, Path]]:
    """Return each file with the source that it was found by."""
    paths: list[tuple[Path, Path]] = []
    for source in map(Path, sources):
        if source.is_dir():
            inside = [path for path in sorted(source.rglob("*.parquet")) if not path.name.startswith((".", "_"))]
            if not inside:
                raise QueryError(
                    tr(
                        "{path} has no .parquet files. Text files become Parquet first: willay aggregate --to-parquet.",
                        path=source,
                    )
                )
            paths += [(source, path) for path in inside]
        elif source.is_file():
            paths.append((source, source))
        else:
            raise QueryError(tr("{path} does not exist.", path=source))
    return paths


def _source_file(root: Path, path: Path, name: str) -> SourceFile:
    pq = _parquet()
    with pq.ParquetFile(path) as file:
        meta = file.metadata
        groups = tuple(meta.row_group(number).num_rows for number in range(meta.num_row_groups))
    folders = path.relative_to(root).parts[:-1] if root != path else ()
    values = tuple((key, value) for key, _, value in (part.partition("=") for part in folders) if value)
    return SourceFile(str(path.resolve()), name, path.stat().st_size, file_digest(path), sum(groups), groups, values)


def partitions_of(files: Sequence[SourceFile], rows_at_once: int = ROWS_AT_ONCE) -> list[Partition]:
    """Return the partitions of files, in order: row groups together, up to a number of rows; larger ones in parts."""
    found: list[Partition] = []
    for file in files:
        groups: list[int] = []
        rows = 0
        for number, size in enumerate(file.groups):
            if groups and rows + size > rows_at_once:
                found.append(Partition(file, tuple(groups)))
                groups, rows = [], 0
            if size > rows_at_once:
                starts = range(0, size, rows_at_once)
                found += [Partition(file, (number,), (start, min(size, start + rows_at_once))) for start in starts]
                continue
            groups.append(number)
            rows += size
        if groups:
            found.append(Partition(file, tuple(groups)))
    return found


def columns_by_role(file: SourceFile, given: dict[str, str], measures: Sequence[str]) -> dict[str, str]:
    """Return the column of a file for each role that it has one for.

    Raises:
        QueryError: A column that was named is not there, or there is neither a day nor a place.
    """
    schema = _parquet().read_schema(file.path)
    names = {*schema.names, *(key for key, _ in file.values)}
    if missing := next((column for column in given.values() if column not in names), None):
        raise QueryError(
            tr(
                "{file} has no column {column!r}. Columns: {known}.",
                file=file.name,
                column=missing[:80],
                known=", ".join(sorted(names)),
            )
        )
    found = dict(given)
    for role, usual in _USUAL.items():
        if role not in found and (column := next((name for name in usual if name in names), None)):
            found[role] = column
    for measure in measures:
        for bound in ("low", "best", "high"):
            role = f"{measure}_{bound}"
            usual = (
                role,
                *(_USUAL_FIGURES.get(role, ()) if measure == "killed" else ()),
                *((measure,) if bound == "best" else ()),
            )
            if role not in found and (column := next((name for name in usual if name in names), None)):
                found[role] = column
    if "lon" not in found and "geometry" not in found and (column := _geometry_column(schema)):
        found["geometry"] = column
    _require_enough(file, found, measures, names)
    return found


def _require_enough(file: SourceFile, found: dict[str, str], measures: Sequence[str], names: set[str]) -> None:
    has_place = {"lon", "lat"} <= found.keys() or "geometry" in found or "admin_code" in found
    lacking = None
    if "first_day" not in found and not has_place:
        lacking = tr("neither a day nor a place")
    for measure in measures:
        if not any(f"{measure}_{bound}" in found for bound in ("low", "best", "high")):
            lacking = tr("no figures of {measure}", measure=measure)
    if lacking:
        raise QueryError(
            tr(
                "{file}: {lacking} found in its columns. Name them: --columns day=COLUMN,lon=COLUMN,lat=COLUMN. "
                "Columns: {known}.",
                file=file.name,
                lacking=lacking,
                known=", ".join(sorted(names)),
            )
        )


def _geometry_column(schema: Any) -> str | None:  # noqa: ANN401 — pyarrow has no types
    import json  # noqa: PLC0415 — only where a file has no longitudes

    said = (schema.metadata or {}).get(b"geo")
    return None if said is None else str(json.loads(said)["primary_column"])


def _parquet() -> Any:  # noqa: ANN401 — pyarrow has no types
    require("gis", tr("Reading Parquet"))
    import pyarrow.parquet as pq  # noqa: PLC0415 — an extra

    return pq
