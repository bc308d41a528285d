"""One partition summed: counts by region, period and type, cells of density, and the account of its rows."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from willay.data.codebook import codebook
from willay.events.aggregate.grouping import grouped
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
    from willay.events.aggregate.rows import Rows

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
    tiles = _tiles(rows, counted, question)
    told = {ACCOUNT: json.dumps(account, sort_keys=True).encode()}
    return _parquet(cells.replace_schema_metadata(told)), _parquet(tiles)


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
    counts = np.diff(np.r_[starts, len(ordered)])
    several = np.arange(len(starts))
    texts = [" ".join(map(str, regions[starts[at] : starts[at] + counts[at]])) for at in several]
    return Placed(
        np.concatenate([row, ordered[starts[several]]]),
        np.concatenate([region, np.full(len(several), SHARED, np.int32)]),
        np.concatenate([np.full(len(row), None, object), np.array(texts, object)]),
    )


class Placed(NamedTuple):
    """Rows (positions) and the region that each counts in; `shared` lists those of rows of the region `SHARED`."""

    row: NDArray[np.int64]
    region: NDArray[np.int32]
    shared: NDArray[np.object_]


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


def _cells(rows: Rows, counted: NDArray[np.bool_], placed: Placed, question: Question) -> Any:  # noqa: ANN401 — pyarrow has no types
    row, region, shared = placed
    keys = {
        "region": region,
        "shared": shared,
        "period": period_of(rows.first, question.period)[row],
        "type": _kinds(rows, question)[row],
    }
    sums: dict[str, NDArray[Any]] = {"rows": counted[row]}
    for measure in question.measures:
        best = ~np.isnan(rows.figures[f"{measure}_best"])
        lacking = ~best & counted
        applies = _applies(rows.kind, measure)
        states = {"known": best, "unknown": lacking & applies, "apart": lacking & ~applies}
        sums |= {f"{measure}_{word}": state[row] for word, state in states.items()}
        for bound in ("low", "best", "high", "open"):
            sums[f"{measure}_{bound}"] = np.nan_to_num(rows.figures[f"{measure}_{bound}"]).astype(np.int64)[row]
    return grouped(keys, sums)


def _kinds(rows: Rows, question: Question) -> NDArray[np.object_]:
    return rows.kind if "type" in question.by else np.full(len(rows), None, object)


def _applies(kinds: NDArray[np.object_], measure: str) -> NDArray[np.bool_]:
    """Return whether a measure can apply to rows of a type: a decree kills nobody by itself."""
    terms = (*codebook().types, *codebook().subtypes)
    allowed = {term.code: measure in term.facts["measures"] for term in terms if "measures" in term.facts}
    which, distinct = pd.factorize(kinds, use_na_sentinel=False)
    found: NDArray[np.bool_] = np.array([allowed.get(kind, True) for kind in distinct], bool)[which]
    return found


def _tiles(rows: Rows, counted: NDArray[np.bool_], question: Question) -> Any:  # noqa: ANN401 — pyarrow has no types
    side = 1 << ((question.tiles or 0) + TILE_CELLS)
    there = np.flatnonzero(counted & ~np.isnan(rows.lon)) if question.tiles is not None else np.zeros(0, int)
    sin = np.sin(np.radians(np.clip(rows.lat[there], -_MAX_LAT, _MAX_LAT)))
    keys = {
        "x": np.clip((rows.lon[there] + 180) / 360 * side, 0, side - 1).astype(np.int32),
        "y": np.clip((0.5 - np.log((1 + sin) / (1 - sin)) / (4 * np.pi)) * side, 0, side - 1).astype(np.int32),
        "period": period_of(rows.first, question.period)[there],
        "type": _kinds(rows, question)[there],
    }
    return grouped(keys, {"rows": np.ones(len(there), np.int64)})


def summed_by(relation: Any, keys: tuple[str, ...], sums: list[str]) -> Any:  # noqa: ANN401 — DuckDB's relations have no types
    """Return the sums of a relation of DuckDB by its keys, sorted by them, what is missing first."""
    named = ", ".join(keys)
    order = ", ".join(f"{key} nulls first" for key in keys)
    return relation.aggregate(f"{named}, {', '.join(sums)}", named).order(order)


def _parquet(table: Any) -> bytes:  # noqa: ANN401 — as above
    out = io.BytesIO()
    require_parquet().write_table(table, out, compression="zstd", use_dictionary=["type"])
    return out.getvalue()


def require_parquet() -> Any:  # noqa: ANN401 — as above
    """Return pyarrow's module for Parquet.

    Raises:
        MissingExtraError: It is not installed.
    """
    require("gis", tr("Reading Parquet"))
    import pyarrow.parquet as pq  # noqa: PLC0415 — an extra

    return pq
