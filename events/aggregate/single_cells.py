"""Sums as cells of which each row is in one: what a page adds up, whatever regions, days and types its reader chooses.

`Sums.cells` count a row in every region that holds it. Here the regions that hold a row *together* are the key, so that
a row on a border is counted once, and in both regions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from willay.events.aggregate.question import PERIODS
from willay.events.aggregate.summing import OUTSIDE, TILE_CELLS, UNPLACED, period_of
from willay.events.model.errors import QueryError
from willay.geo.translation import tr

if TYPE_CHECKING:
    from willay.events.aggregate.sums import Sums

_KEYS: Final = ("held", "period", "type")
_TILE_KEYS: Final = ("x", "y", "period", "type")

COARSER: Final = {
    "day": ("day", "week", "month", "quarter", "year", None),
    "week": ("week", None),
    "month": ("month", "quarter", "year", None),
    "quarter": ("quarter", "year", None),
    "year": ("year", None),
    None: (None,),
}
"""The periods that sums of a period can be added up to. A week lies in two months, or in two years."""


@dataclass(frozen=True, slots=True)
class SingleCells:
    """Cells of which each row of the sources is in one, and their density.

    Attributes:
        cells: Columns held (positions of the regions that hold the rows, with spaces between; empty for none),
            unplaced (no place is known), period (first day; NaT for undated rows, or without periods), type (None
            without types), rows, and the figures; sorted by time, undated rows last.
        tiles: Columns x, y, period, type, rows, in the same order; None where there are none.
        period: The length of time that the cells are summed by; None where they are not.
        zoom: The zoom of the tiles; None where there are none.
        has_regions: Whether cells are summed by region.
        has_types: Whether cells are summed by type.
    """

    cells: pd.DataFrame
    tiles: pd.DataFrame | None
    period: str | None
    zoom: int | None
    has_regions: bool
    has_types: bool

    @property
    def count(self) -> int:
        """How many cells there are, with those of density."""
        return len(self.cells) + (0 if self.tiles is None else len(self.tiles))


def single_cells(sums: Sums) -> SingleCells:
    """Return the cells of sums, each row in one.

    Raises:
        QueryError: The sums do not say which rows several regions hold: they were made by an earlier version.
    """
    question = sums.about["question"]
    by = tuple(question["by"])
    period = next((name for name in by if name in PERIODS), None)
    cells = _parted(sums)
    tiles = None if sums.tiles is None else _in_time(sums.tiles, ("y", "x", "type"))
    whole = SingleCells(cells, tiles, period, question.get("tiles"), "region" in by, "type" in by)
    return whole if period else coarser(whole, steps_of(whole))  # without periods, undated rows are none of their own


def _parted(sums: Sums) -> pd.DataFrame:
    cells, shared = sums.cells, sums.shared
    if shared is None:
        if sums.account.repeated:
            raise QueryError(
                tr(
                    "These sums were made by an earlier version of willay: which rows lie in several regions is "
                    "missing. Make them again: willay aggregate SOURCE… OUT.sums."
                )
            )
        shared = cells[:0].assign(shared="")
    numbers = [name for name in cells.columns if name not in ("region", "period", "type")]
    held = cells[cells["region"] >= 0]
    if len(shared):
        again = shared.assign(region=shared["shared"].str.split(" ")).explode("region", ignore_index=True)
        again = again.assign(region=again["region"].astype(np.int64), **{name: -again[name] for name in numbers})
        held = _grouped(pd.concat([held, again[held.columns]]), ("region", "period", "type"), numbers)
        held = held[held["rows"] > 0]
    free = cells[cells["region"].isin([OUTSIDE, UNPLACED])]
    whole = pd.concat(
        [
            held.assign(held=held["region"].astype(str).astype(object), unplaced=False),
            shared.assign(held=shared["shared"].astype(object), unplaced=False),
            free.assign(held="", unplaced=free["region"] == UNPLACED),
        ]
    )
    return _in_time(whole[["held", "unplaced", "period", "type", *numbers]], ("held", "unplaced", "type"))


def _grouped(table: pd.DataFrame, keys: tuple[str, ...], numbers: list[str]) -> pd.DataFrame:
    found: pd.DataFrame = table.groupby(list(keys), dropna=False, sort=False)[numbers].sum().reset_index()
    return found


def _in_time(table: pd.DataFrame, then: tuple[str, ...]) -> pd.DataFrame:
    """Sort by time, undated rows last, then by other keys, what is missing last."""
    ordered = table.sort_values(["period", *then], na_position="last", ignore_index=True)
    return ordered.assign(type=ordered["type"].astype(object).where(ordered["type"].notna(), None))


def coarser(cells: SingleCells, by: tuple[str, ...], zoom: int | None = None) -> SingleCells:
    """Add cells up to fewer of them.

    Args:
        cells: Cells.
        by: What they are summed by then: some of region, type, and a period that is as long or longer.
        zoom: The zoom of the tiles then; None keeps it.

    Raises:
        QueryError: The cells are not summed by what is asked for.
    """
    period = next((name for name in by if name in PERIODS), None)
    _check(cells, by, period, zoom)
    keeps_regions, keeps_types = "region" in by and cells.has_regions, "type" in by and cells.has_types
    plain = cells.cells.assign(period=_longer(cells.cells["period"], period))
    if not keeps_regions:
        plain = plain.assign(held="", unplaced=False)
    if not keeps_types:
        plain = plain.assign(type=None)
    numbers = [name for name in plain.columns if name not in (*_KEYS, "unplaced")]
    found = _in_time(_grouped(plain, (*_KEYS, "unplaced"), numbers), ("held", "unplaced", "type"))
    tiles, at = cells.tiles, cells.zoom if zoom is None else zoom
    if tiles is not None and cells.zoom is not None and at is not None:
        fewer = cells.zoom - at
        tiles = tiles.assign(
            x=tiles["x"] // 2**fewer, y=tiles["y"] // 2**fewer, period=_longer(tiles["period"], period)
        )
        tiles = tiles if keeps_types else tiles.assign(type=None)
        tiles = _in_time(_grouped(tiles, _TILE_KEYS, ["rows"]), ("y", "x", "type"))
    columns = ["held", "unplaced", "period", "type", *numbers]
    return SingleCells(found[columns], tiles, period, at, keeps_regions, keeps_types)


def without_tiles(cells: SingleCells) -> SingleCells:
    """Return cells without density."""
    return replace(cells, tiles=None, zoom=None)


def _check(cells: SingleCells, by: tuple[str, ...], period: str | None, zoom: int | None) -> None:
    unknown = next((name for name in by if name not in ("region", "type", *PERIODS)), None)
    lacking = ("region" in by and not cells.has_regions) or ("type" in by and not cells.has_types)
    periods = [name for name in by if name in PERIODS]
    if unknown or lacking or len(periods) > 1 or period not in COARSER[cells.period]:
        raise QueryError(
            tr(
                "These sums cannot be added up by {by}. They are by {known}; choose some of these, with a period among"
                ": {periods}.",
                by=", ".join(by),
                known=", ".join(steps_of(cells)),
                periods=", ".join(name for name in COARSER[cells.period] if name) or tr("none"),
            )
        )
    if zoom is not None and (cells.zoom is None or not 0 <= zoom <= cells.zoom):
        raise QueryError(
            tr("These sums have no density cells.")
            if cells.zoom is None
            else tr("These sums have density cells up to zoom {most}; {zoom} is not one of 0 to {most}.",
                    most=cells.zoom, zoom=zoom)
        )  # fmt: skip


def steps_of(cells: SingleCells) -> tuple[str, ...]:
    """Return what cells are summed by, as `--by` has it."""
    kept = {"region": cells.has_regions, cells.period: cells.period is not None, "type": cells.has_types}
    return tuple(str(name) for name, is_kept in kept.items() if is_kept)


def _longer(periods: pd.Series[Any], period: str | None) -> pd.Series[Any]:
    """Return the first day of the longer period that each lies in; NaT of all where there is none."""
    if period is None:
        return pd.Series(np.datetime64("NaT", "s"), index=periods.index, dtype="datetime64[s]")
    days = periods.to_numpy("datetime64[D]")
    first = period_of(days, period).astype("datetime64[D]")
    found = np.where(np.isnat(days), np.datetime64("NaT"), first).astype("datetime64[s]")
    return pd.Series(found, index=periods.index)


def side_of(zoom: int) -> int:
    """Return how many density cells of a zoom are to a side of the world."""
    return 1 << (zoom + TILE_CELLS)
