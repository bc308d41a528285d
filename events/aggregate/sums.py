"""Sums: what remains of many rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Account:
    """Where the rows of the sources went; each row is in exactly one of the first five.

    Attributes:
        passed_over: Rows that the question does not ask for, by their days or types.
        held: Rows in at least one region.
        outside: Rows with a place that lies in no region.
        unplaced: Rows without a place.
        unregioned: Rows that were asked for, where nothing is summed by region.
        repeated: How many times a row is counted again, in a second region: points on a border, regions that overlap.
        undated: Rows that were asked for and have no day, wherever they are.
        unread_days: Rows with a day that cannot be read; they count as undated.
        parts: Rows that were asked for and are a part of another row, which counts for them; cells do not have them.
    """

    passed_over: int = 0
    held: int = 0
    outside: int = 0
    unplaced: int = 0
    unregioned: int = 0
    repeated: int = 0
    undated: int = 0
    unread_days: int = 0
    parts: int = 0

    @property
    def rows(self) -> int:
        """All rows of the sources."""
        return self.passed_over + self.held + self.outside + self.unplaced + self.unregioned


@dataclass(frozen=True, slots=True)
class Sums:
    """What `aggregate` returns and `read_sums` reads.

    Attributes:
        cells: Columns region (a position in `regions`; -1 in none of them, -2 without a place), period (first day of
            it, NaT for undated rows), type, rows, and for each measure known, unknown and apart (rows of types that
            the measure cannot apply to), the sums of low, best and high, and open (known rows of whose number nobody
            says how many at most); sorted.
        regions: The regions that rows were summed over, with their outlines; None where there were none.
        tiles: Columns x, y (Web Mercator cells from the north-west corner, `2 ** (zoom + 6)` to a side), period, type,
            rows; None where none were asked for.
        account: Where the rows went.
        about: The question, the sources with size and SHA-256, terms, and versions, as JSON values.
        shared: The rows among them that several regions hold, which `cells` count in each: columns shared (positions of
            these regions, with spaces between), period, type, and the numbers; sorted. Without them again, sums of
            several regions count each row once. None in files that were written before there were such.
    """

    cells: pd.DataFrame
    regions: gpd.GeoDataFrame | None
    tiles: pd.DataFrame | None
    account: Account
    about: dict[str, Any] = field(default_factory=dict)
    shared: pd.DataFrame | None = None
