"""Sums that a page is made of: cells of rows that are counted, but are not on the page one by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd

NUMBERS: Final = ("known", "unknown", "apart", "open", "low", "best", "high")
"""What a cell has of each measure, as columns `measure_known` and so on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummedRows:
    """Cells, and what there is to know of the rows behind them.

    Attributes:
        cells: Each row is in one of them. Columns held (positions of the regions that hold the rows, with spaces
            between; empty for none), unplaced (no place is known), period (first day; NaT for undated rows, or without
            periods), type (None without types), rows (how many), and of each measure those of `NUMBERS`; sorted by
            time, undated rows last.
        regions: The regions, EPSG:4326; None where rows are not summed by region.
        tiles: Density: columns x, y (Web Mercator cells from the north-west corner, `side` to a side of the world),
            period, type, rows, in the same order; None where there is none.
        side: How many density cells the world has to a side.
        period: `day`, `week` (from Monday), `month`, `quarter` or `year`; None without periods.
        has_types: Whether the cells are by type.
        measures: The measures that were added up.
        terms: Name, licence, attribution and may_publish of the dataset, as far as they are known.
        least: Cells of fewer rows are not among `cells`; 0 or 1 where all are.
        hidden: How many cells were left out for that.
        partial: Positions of the regions that such cells are of.
        facts: What else the page states: passed_over (rows not asked for), files, left_out (files that could not be
            read), first, last (days asked for, ISO) and asked_types.

    Example:
        >>> import geopandas, pandas, shapely
        >>> from willay.maps import BaseMap, PageSpec, SummedRows, render_sums
        >>> west = {"set": ["areas"], "key": ["w"], "name": ["West"]}
        >>> areas = geopandas.GeoDataFrame(west, geometry=[shapely.box(-77, -13, -76, -12)], crs=4326)
        >>> cells = {"held": ["0", ""], "unplaced": [False, True], "period": pandas.to_datetime(["2021-01-01", None])}
        >>> table = pandas.DataFrame({**cells, "type": ["protest", "riot"], "rows": [1200, 30]})
        >>> summed = SummedRows(cells=table, regions=areas, period="year")
        >>> render_sums(summed, PageSpec(kind="choropleth", lang="en", title="Calls"), BaseMap()).rows
        1230
    """

    cells: pd.DataFrame
    regions: gpd.GeoDataFrame | None = None
    tiles: pd.DataFrame | None = None
    side: int = 1
    period: str | None = None
    has_types: bool = True
    measures: tuple[str, ...] = ()
    terms: Mapping[str, Any] = field(default_factory=dict)
    least: int = 0
    hidden: int = 0
    partial: frozenset[int] = frozenset()
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """All rows behind the cells."""
        return int(self.cells["rows"].sum())
