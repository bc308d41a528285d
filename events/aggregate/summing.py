"""One partition summed: counts by region, period and type, cells of density, and the account of its rows."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from willay.data.codebook import codebook
from willay.events.aggregate.grouping import Key, coded_key, grouped, key_of
from willay.events.aggregate.parts import without_parts
from willay.events.aggregate.rows import read_rows
from willay.geo.extras import require
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from willay.events.aggregate.partitions import Partition
    from willay.events.aggregate.parts import Parts
    from willay.events.aggregate.places import Regions
    from willay.events.aggregate.question import Question
    from willay.events.aggregate.rows import Coded, Rows

OUTSIDE: Final = -1
"""The region of rows that lie in none."""
UNPLACED: Final = -2
"""The region of rows of which no place is known."""

SHARED: Final = -3
"""The region of rows that lie in several, which they are counted in as well; `shared` names them."""
KEYS: Final = ("region", "shared", "period", "type")
"""What the cells of a partition are sorted by."""

TILE_CELLS: Final = 6
"""A map tile has 2 to the power of this many density cells to a side."""

_MAX_LAT: Final = 85.05112877980659
_LONGEST: Final = 1_000_000
"""Days between the first and the last that are looked up all at once."""

NO_PERIOD: Final = -(1 << 31)
"""The period of undated rows."""

ACCOUNT: Final = b"willay_account"
"""The key of a partial's metadata under which its account is."""


def sum_partition(
    partition: Partition,
    roles: Mapping[str, str],
    question: Question,
    regions: Regions | None,
    parts: Parts,
) -> tuple[bytes, bytes]:
    """Return the sums of a partition as two Parquet files: its cells, with its account in the metadata, and its tiles.

    Args:
        partition: Row groups of a file.
        roles: The file's column for each role.
        question: What is asked.
        regions: The regions to sum over; None sums over none.
        parts: Rows that others count for.
    """
    rows = read_rows(partition, roles, question)
    counted = without_parts(rows, parts, question.measures) if parts else np.ones(len(rows), bool)
    account = {
        "asked": len(rows),
        "undated": int(np.isnat(rows.first).sum()),
        "unread_days": rows.unread_days,
        "unplaced": 0,
        "outside": 0,
        "held": 0,
        "repeated": 0,
        "parts": int((~counted).sum()),
    }
    row, region = np.arange(len(rows)), np.full(len(rows), OUTSIDE, np.int32)
    if regions is not None and "region" in question.by:
        row, region = _by_region(rows, regions, account)
    cells = _cells(rows, counted, _with_shared(row, region), question)
    told = {ACCOUNT: json.dumps(account, sort_keys=True).encode()}
    return _parquet(cells, told), _parquet(_tiles(rows, counted, question))


def _by_region(rows: Rows, regions: Regions, account: dict[str, int]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return rows and the regions that each is summed in; those in none once, with the reason as region."""
    held = regions.held(rows)
    inside = np.zeros(len(rows), bool)
    inside[held.row] = True
    placed = ~np.isnan(rows.lon)
    if "admin_code" in rows.place and regions.is_coded:
        placed |= np.array([code is not None and code != "" for code in rows.place["admin_code"]], bool)
    missing = np.flatnonzero(~inside)
    reasons = np.where(placed[missing], OUTSIDE, UNPLACED)
    account["held"], account["repeated"] = int(inside.sum()), len(held.row) - int(inside.sum())
    account["outside"], account["unplaced"] = int((reasons == OUTSIDE).sum()), int((reasons == UNPLACED).sum())
    return np.concatenate([held.row, missing]), np.concatenate([held.region, reasons]).astype(np.int32)


def _with_shared(row: NDArray[np.int64], region: NDArray[np.int32]) -> Placed:
    """Return rows and their regions, and, once more, each row that several regions hold, with all of them as a text."""
    repeated = np.flatnonzero(np.bincount(row)[row] > 1) if len(row) else np.zeros(0, int)
    order = repeated[np.lexsort((region[repeated], row[repeated]))]
    ordered, regions = row[order], region[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(order) else np.zeros(0, int)
    ends = np.r_[starts[1:], len(ordered)]
    texts = [" ".join(map(str, regions[start:end])) for start, end in zip(starts, ends, strict=False)]
    several, shared = np.unique(np.array(texts, object), return_inverse=True) if texts else (np.zeros(0, object), [])
    places = np.concatenate([np.asarray(shared, np.int64), region.astype(np.int64) - UNPLACED + len(several)])
    return Placed(np.concatenate([ordered[starts], row]), places, several)


class Placed(NamedTuple):
    """Rows (positions), and the place that each counts in: those that several regions hold together, then each region.

    Attributes:
        row: Positions of rows.
        place: A position in `shared`; from its length on, regions from `UNPLACED` on.
        shared: The regions that hold rows together, as texts, sorted.
    """

    row: NDArray[np.int64]
    place: NDArray[np.int64]
    shared: NDArray[np.object_]

    def key(self) -> Key:
        """Return the places as a key."""
        return Key(self.place, np.arange(int(self.place.max(initial=-1)) + 1))

    def named(self, place: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
        """Return region and shared regions of places."""
        size = len(self.shared)
        region = np.where(place < size, SHARED, place - size + UNPLACED).astype(np.int32)
        shared = np.full(len(place), None, object)
        shared[place < size] = self.shared[place[place < size]]
        return {"region": region, "shared": shared}


def period_of(days: NDArray[np.datetime64], period: str | None) -> NDArray[np.int32]:
    """Return the first day of the period of each day, as days since 1970-01-01; `-2**31` without a day.

    Args:
        days: Days, NaT where none is known.
        period: `day`, `week` (from Monday), `month`, `quarter` or `year`; None takes all days as one, 0.
    """
    known = ~np.isnat(days)
    if period is None:
        return np.where(known, 0, NO_PERIOD).astype(np.int32)
    plain = np.where(known, days, np.datetime64("1970-01-01", "D"))
    if period == "day":
        first = plain
    elif period == "week":
        number = plain.astype("datetime64[D]").astype(np.int64)
        first = (number - (number + 3) % 7).astype("datetime64[D]")  # 1970-01-01 was a Thursday
    elif period == "quarter":
        months = plain.astype("datetime64[M]").astype(np.int64)
        first = (months - months % 3).astype("datetime64[M]").astype("datetime64[D]")
    else:
        first = plain.astype("datetime64[M]" if period == "month" else "datetime64[Y]").astype("datetime64[D]")
    return np.where(known, first.astype("datetime64[D]").astype(np.int64), NO_PERIOD).astype(np.int32)


def _period_key(days: NDArray[np.datetime64], period: str | None) -> Key:
    """Return the periods of days as a key; each different day is looked up once."""
    numbers = days.astype("datetime64[D]").astype(np.int64)
    known = ~np.isnat(days)
    least, most = (int(numbers[known].min()), int(numbers[known].max())) if known.any() else (0, 0)
    if most - least > _LONGEST:
        return key_of(period_of(days, period))
    every = period_of(np.append(np.arange(least, most + 1).astype("datetime64[D]"), np.datetime64("NaT")), period)
    each = key_of(every)
    return Key(each.ranks[np.where(known, numbers - least, len(every) - 1)], each.known)


def _cells(rows: Rows, counted: NDArray[np.bool_], placed: Placed, question: Question) -> dict[str, NDArray[Any]]:
    row = placed.row
    is_all = len(row) == len(rows) and bool((row == np.arange(len(row))).all())

    def of_row(values: NDArray[Any]) -> NDArray[Any]:
        return values if is_all else values[row]

    keys = {"place": placed.key(), **_by_time_and_type(rows, question, row)}
    sums: dict[str, NDArray[Any]] = {"rows": of_row(counted)}
    for measure in question.measures:
        best = ~np.isnan(rows.figures[f"{measure}_best"])
        lacking = ~best & counted
        applies = _applies(rows.kind, measure)
        states = {"known": best, "unknown": lacking & applies, "apart": lacking & ~applies}
        sums |= {f"{measure}_{word}": of_row(state) for word, state in states.items()}
        for bound in ("low", "best", "high", "open"):
            sums[f"{measure}_{bound}"] = of_row(np.nan_to_num(rows.figures[f"{measure}_{bound}"]).astype(np.int64))
    found = grouped(keys, sums)
    return placed.named(found.pop("place")) | found


def _by_time_and_type(rows: Rows, question: Question, row: NDArray[np.int64]) -> dict[str, Key]:
    """Return the keys of time and type of some rows."""
    period = _period_key(rows.first, question.period)
    kind = Key(np.zeros(len(rows), np.int64), np.array([None], object))
    if "type" in question.by:
        kind = coded_key(*rows.kind)
    return {"period": Key(period.ranks[row], period.known), "type": Key(kind.ranks[row], kind.known)}


def _applies(kinds: Coded, measure: str) -> NDArray[np.bool_]:
    """Return whether a measure can apply to rows of a type: a decree kills nobody by itself."""
    terms = (*codebook().types, *codebook().subtypes)
    allowed = {term.code: measure in term.facts["measures"] for term in terms if "measures" in term.facts}
    found: NDArray[np.bool_] = np.array([allowed.get(kind, True) for kind in kinds.texts], bool)[kinds.codes]
    return found


def _tiles(rows: Rows, counted: NDArray[np.bool_], question: Question) -> dict[str, NDArray[Any]]:
    side = 1 << ((question.tiles or 0) + TILE_CELLS)
    there = np.flatnonzero(counted & ~np.isnan(rows.lon)) if question.tiles is not None else np.zeros(0, int)
    sin = np.sin(np.radians(np.clip(rows.lat[there], -_MAX_LAT, _MAX_LAT)))
    x = np.clip((rows.lon[there] + 180) / 360 * side, 0, side - 1).astype(np.int32)
    y = np.clip((0.5 - np.log((1 + sin) / (1 - sin)) / (4 * np.pi)) * side, 0, side - 1).astype(np.int32)
    keys = {"x": key_of(x), "y": key_of(y), **_by_time_and_type(rows, question, there)}
    return grouped(keys, {"rows": np.ones(len(there), np.int64)})


def _parquet(columns: Mapping[str, NDArray[Any]], told: Mapping[bytes, bytes] | None = None) -> bytes:
    import pyarrow as pa  # noqa: PLC0415 — an extra

    arrays = {
        name: pa.array(values, pa.string() if values.dtype == object else None) for name, values in columns.items()
    }
    table = pa.table(arrays).replace_schema_metadata(told)
    out = io.BytesIO()
    require_parquet().write_table(table, out, compression="lz4", use_dictionary=["type", "shared"])
    return out.getvalue()


def require_parquet() -> Any:  # noqa: ANN401 — as above
    """Return pyarrow's module for Parquet.

    Raises:
        MissingExtraError: It is not installed.
    """
    require("gis", tr("Reading Parquet"))
    import pyarrow.parquet as pq  # noqa: PLC0415 — an extra

    return pq
