"""The rows of a partition: read with only the columns and row groups that a question needs, and put into one form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd
import shapely

from willay.events.model.errors import QueryError
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from willay.events.aggregate.partitions import Partition
    from willay.events.aggregate.question import Question

_EIGHT_DIGITS: Final = 10_000_000
"""Whole numbers from here on are days as YYYYMMDD; smaller ones are days since 1970-01-01."""

_BATCH: Final = 65_536
"""Rows that are read at once of a row group that is too large to be read whole."""

_BOUNDS: Final = ("low", "best", "high")
_ENDINGS: Final = tuple(f"_{bound}" for bound in _BOUNDS)
DECIDING: Final = ("place_precision", "country", "admin_code")
"""What decides on the regions of a row, besides its point and its days."""

_NEAREST: Final = {"low": ("low", "best", "high"), "best": ("best", "low", "high"), "high": ("high", "best", "low")}
"""A bound that is missing is the nearest that is known, as on pages (maps/sums.py)."""


class Coded(NamedTuple):
    """Texts, each different one once.

    Attributes:
        codes: Their positions in `texts`; that of None where there is none.
        texts: The texts, and None last.
    """

    codes: NDArray[np.int32]
    texts: NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a partition that the question asks for.

    Attributes:
        first: First days, NaT where none is known.
        last: Last days, not before the first.
        kind: Types, coded.
        lon: Longitudes, NaN without a point.
        lat: Latitudes.
        place: Columns by which units are found besides the point: place_precision, country, admin_code, where known.
        figures: For `measure_bound`, numbers as floats, NaN where unknown; for `measure_open`, 1 where nobody says how
            many at most.
        unread_days: How many rows have a day that cannot be read; they count as undated.
        code: What rows are called, by which parts name what they are a part of (parts.py); None where they are not.
    """

    first: NDArray[np.datetime64]
    last: NDArray[np.datetime64]
    kind: Coded
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    place: Mapping[str, NDArray[np.object_]]
    figures: Mapping[str, NDArray[np.float64]]
    unread_days: int
    code: NDArray[np.object_]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.first)


def read_rows(
    partition: Partition, roles: Mapping[str, str], question: Question, only: frozenset[str] | None = None
) -> Rows:
    """Read the rows of a partition that a question asks for.

    Args:
        partition: Row groups of a file.
        roles: The file's column for each role.
        question: Its days and types are filters; the file's statistics let whole row groups be passed over.
        only: Only rows of these codes; None takes all.

    Raises:
        QueryError: A column is not of a type that its role can have.
        OSError: The file cannot be read.
    """
    table = _table(partition, roles, question, only)
    size = table.num_rows

    def column(role: str) -> Any:  # noqa: ANN401 — pyarrow has no types
        return table.column(roles[role]).combine_chunks() if role in roles else None

    first, unread = _days(column("first_day"), size, "first_day", partition)
    last, unread_last = _days(column("last_day"), size, "last_day", partition)
    last = np.where(np.isnat(last) | (last < first), first, last)
    lon, lat = _points(column("lon"), column("lat"), column("geometry"), size)
    rows = Rows(
        first,
        last,
        _coded(column("type"), size),
        lon,
        lat,
        {role: _texts(column(role), size) for role in ("place_precision", "country", "admin_code") if role in roles},
        _figures(
            {role: _numbers(column(role)) for role in roles if role.rpartition("_")[2] in _BOUNDS}, question, size
        ),
        unread + unread_last,
        _texts(column("code") if "part_of" in roles else None, size),
    )
    return _asked(rows, question)


def _table(partition: Partition, roles: Mapping[str, str], question: Question, only: frozenset[str] | None) -> Any:  # noqa: ANN401 — as above
    import pyarrow as pa  # noqa: PLC0415 — an extra
    import pyarrow.dataset as ds  # noqa: PLC0415 — an extra
    from pyarrow.fs import LocalFileSystem  # noqa: PLC0415 — an extra

    file = partition.file
    folder = dict(file.values)
    names = sorted({name for name in roles.values() if name not in folder})
    fragment = ds.ParquetFileFormat().make_fragment(file.path, LocalFileSystem(), row_groups=list(partition.groups))
    schema = fragment.physical_schema
    wanted = _pushed_down(schema, roles, question, folder)
    if only is not None:
        called = ds.field(roles["code"]).isin(sorted(only))
        wanted = called if wanted is None else wanted & called
    if partition.span is None:
        table = fragment.to_table(schema=schema, columns=names, filter=wanted)
    else:
        table = _span(partition, names)
        table = table if wanted is None else table.filter(wanted)
    for name in sorted(set(roles.values()) & folder.keys()):
        table = table.append_column(name, pa.array([folder[name]] * table.num_rows, pa.string()))
    return table


def _span(partition: Partition, names: list[str]) -> Any:  # noqa: ANN401 — as above
    """Return some rows of a large row group, of which no more is held at once than these."""
    import pyarrow as pa  # noqa: PLC0415 — an extra
    import pyarrow.parquet as pq  # noqa: PLC0415 — an extra

    first, end = partition.span or (0, 0)
    found, at = [], 0
    with pq.ParquetFile(partition.file.path) as file:
        schema = pa.schema([file.schema_arrow.field(name) for name in names])
        for batch in file.iter_batches(_BATCH, row_groups=list(partition.groups), columns=names):
            if at >= end:
                break
            low, high = max(first - at, 0), min(end - at, batch.num_rows)
            if low < high:
                found.append(batch.slice(low, high - low))
            at += batch.num_rows
    return pa.Table.from_batches(found).select(names) if found else schema.empty_table()


def _pushed_down(schema: Any, roles: Mapping[str, str], question: Question, folder: Mapping[str, str]) -> Any:  # noqa: ANN401 — as above
    """Return the part of the question that the file's own reader can answer; None where there is none."""
    import pyarrow as pa  # noqa: PLC0415 — an extra
    import pyarrow.dataset as ds  # noqa: PLC0415 — an extra

    conditions = []
    for role, limit, side in (("last_day", question.first, ">="), ("first_day", question.last, "<=")):
        name = roles.get(role) or roles.get("first_day")
        if limit is None or name is None or name in folder:
            continue
        kind = schema.field(name).type
        if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
            bound = pa.scalar(limit + (pd.Timedelta(days=1) if side == "<=" else pd.Timedelta(0)), pa.date32()).cast(
                kind
            )
            conditions.append(ds.field(name) >= bound if side == ">=" else ds.field(name) < bound)
    if question.types and "type" in roles and roles["type"] not in folder:
        conditions.append(ds.field(roles["type"]).isin(list(question.types)))
    if not conditions:
        return None
    found = conditions[0]
    for more in conditions[1:]:
        found &= more
    return found


def _asked(rows: Rows, question: Question) -> Rows:
    """Leave the rows that the question asks for, whatever the file's reader has passed over already."""
    keep = np.ones(len(rows), bool)
    if question.first is not None:
        keep &= rows.last >= np.datetime64(question.first, "D")  # which NaT is not
    if question.last is not None:
        keep &= rows.first <= np.datetime64(question.last, "D")
    if question.types:
        keep &= np.isin(rows.kind.texts.astype(str), list(question.types))[rows.kind.codes]
    if keep.all():
        return rows
    return Rows(
        rows.first[keep],
        rows.last[keep],
        Coded(rows.kind.codes[keep], rows.kind.texts),
        rows.lon[keep],
        rows.lat[keep],
        {name: values[keep] for name, values in rows.place.items()},
        {name: values[keep] for name, values in rows.figures.items()},
        rows.unread_days,
        rows.code[keep],
    )


def _days(column: Any, size: int, role: str, partition: Partition) -> tuple[NDArray[np.datetime64], int]:  # noqa: ANN401 — as above
    """Return days, and how many cells that are not empty could not be read as a day."""
    import pyarrow as pa  # noqa: PLC0415 — an extra

    if column is None:
        return np.full(size, "NaT", "datetime64[D]"), 0
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind = column.type
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return column.cast(pa.date32(), safe=False).to_numpy(zero_copy_only=False).astype("datetime64[D]"), 0
    if pa.types.is_null(kind):
        return np.full(size, "NaT", "datetime64[D]"), 0
    if pa.types.is_integer(kind):
        numbers = column.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
        if not (numbers >= _EIGHT_DIGITS).any():
            days = numbers.astype("datetime64[D]")
            days[numbers == -1] = np.datetime64("NaT")
            return days, 0
        texts = pd.Series(numbers).astype(str).where(numbers >= 0, "")
    elif pa.types.is_string(kind) or pa.types.is_large_string(kind):
        texts = pd.Series(column.fill_null("").to_pandas())
    else:
        raise QueryError(
            tr(
                "{file}: the column for {role} holds {kind}; expected days, texts such as 2009-06-05, or numbers such "
                "as 20090605.",
                file=partition.file.name,
                role=role,
                kind=str(kind),
            )
        )
    cut = texts.str.strip().str.slice(0, 10)
    plain = cut.str.fullmatch(r"\d{8}")
    iso = cut.where(~plain, cut.str.slice(0, 4) + "-" + cut.str.slice(4, 6) + "-" + cut.str.slice(6, 8))
    days = pd.to_datetime(iso, format="%Y-%m-%d", errors="coerce").to_numpy().astype("datetime64[D]")
    return days, int((np.isnat(days) & (cut != "").to_numpy()).sum())


def _points(lon: Any, lat: Any, geometry: Any, size: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:  # noqa: ANN401 — as above
    """Return longitudes and latitudes; NaN where there is none, and where one is not on the Earth."""
    xs, ys = (_numbers(one) for one in (lon, lat))
    if xs is None or ys is None:
        if geometry is None:
            return np.full(size, np.nan), np.full(size, np.nan)
        shapes = shapely.from_wkb(geometry.to_numpy(zero_copy_only=False))
        is_point = shapely.get_type_id(shapes) == 0
        xs, ys = np.where(is_point, shapely.get_x(shapes), np.nan), np.where(is_point, shapely.get_y(shapes), np.nan)
    there = (np.abs(xs) <= 180) & (np.abs(ys) <= 90)  # noqa: PLR2004 — the Earth
    return np.where(there, xs, np.nan), np.where(there, ys, np.nan)


def _numbers(column: Any) -> NDArray[np.float64] | None:  # noqa: ANN401 — as above
    """Return numbers, NaN where there is none or where a text is none."""
    import pyarrow as pa  # noqa: PLC0415 — an extra

    if column is None:
        return None
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        read: NDArray[np.float64] = pd.to_numeric(column.to_pandas(), errors="coerce").to_numpy(float)
        return read
    numbers: NDArray[np.float64] = column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
    return numbers


def _texts(column: Any, size: int) -> NDArray[np.object_]:  # noqa: ANN401 — as above
    codes, texts = _coded(column, size)
    found: NDArray[np.object_] = texts[codes]
    return found


def _coded(column: Any, size: int) -> Coded:  # noqa: ANN401 — as above
    import pyarrow as pa  # noqa: PLC0415 — an extra

    if column is None:
        return Coded(np.zeros(size, np.int32), np.array([None], object))
    if not pa.types.is_dictionary(column.type):
        column = column.cast(pa.string()).dictionary_encode()
    texts = np.array([*column.dictionary.cast(pa.string()).to_pylist(), None], object)
    codes = column.indices.cast(pa.int32()).fill_null(len(texts) - 1).to_numpy(zero_copy_only=False)
    return Coded(codes, texts)


def _figures(
    given: Mapping[str, NDArray[np.float64] | None], question: Question, size: int
) -> dict[str, NDArray[np.float64]]:
    """Return low, best and high of each measure, each the nearest that is known; a negative number is unknown.

    A number has no upper end (`measure_open`) where its low is known and its high is missing, in files that have a
    column of highs, as in incident frames (`events.frame.frame.open_ended`).
    """
    empty = np.full(size, np.nan)
    found = {}
    for measure in question.measures:
        known = {bound: given.get(f"{measure}_{bound}") for bound in _BOUNDS}
        clean = {name: empty if one is None else np.where(one >= 0, one, np.nan) for name, one in known.items()}
        for bound, order in _NEAREST.items():
            one, two, three = (clean[name] for name in order)
            found[f"{measure}_{bound}"] = np.where(np.isnan(one), np.where(np.isnan(two), three, two), one)
        is_open = ~np.isnan(clean["low"]) & np.isnan(clean["high"]) & (known["high"] is not None)
        found[f"{measure}_open"] = is_open.astype(float)
    return found
