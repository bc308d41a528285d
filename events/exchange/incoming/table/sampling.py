"""A look at some cells of each column: could they be what the column's name says, and what do they look like?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from willay.data.admin import folded
from willay.data.headers import headers
from willay.events.exchange.incoming.table.fitting import has_check, is_date, misfit
from willay.events.exchange.incoming.table.points import pair
from willay.geo.translation import mark

if TYPE_CHECKING:
    from willay.events.exchange.incoming.table.sheets import Table

SAMPLED: Final = 500
"""Number of rows in the sample."""

DAYS: Final = mark("days")
DEGREES: Final = mark("degrees")
POINTS: Final = mark("points")
COUNTS: Final = mark("counts")

_EXAMPLES: Final = 3
_SHOWN: Final = 30
_HEADLINE_WORDS: Final = 4
_NEARLY_ALL: Final = 0.9
_WHOLE: Final = re.compile(r"\d{1,6}(?:\.0)?")
_DECIMAL: Final = re.compile(r"[+-]?\d{1,3}[.,]\d{3,}")
_MORE_THAN_DIGITS: Final = re.compile(r"\D")
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
_DATED: Final = ("date", "first_day", "last_day", "source_date")
_HALF: Final = 0.5
_TIME: Final = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")


@dataclass(frozen=True, slots=True)
class Sample:
    """Some filled cells of a column, from its top.

    Attributes:
        cells: The cells, without those that say that nothing is known.
        country: The country of rows that name none, where it is known.
    """

    cells: tuple[str, ...]
    country: str | None = None

    @property
    def examples(self) -> tuple[str, ...]:
        """The first few that differ, cut to what a table shows."""
        return tuple(cell[:_SHOWN] for cell in islice(dict.fromkeys(self.cells), _EXAMPLES))

    @property
    def repeats(self) -> bool:
        """Whether two cells are the same."""
        return len(set(self.cells)) < len(self.cells)

    @property
    def is_running(self) -> bool:
        """Whether the cells are a running number from 1: all differ, and at most every second one is missing."""
        whole = [cell.removesuffix(".0") for cell in self.cells]
        if not whole or self.repeats or not all(cell.isdecimal() for cell in whole):
            return False
        numbers = [int(cell) for cell in whole]
        return min(numbers) == 1 and max(numbers) <= 2 * len(numbers)

    @property
    def is_of_short_names(self) -> bool:
        """Whether cells are short and some repeat, as the names of owners and firms do, and headlines do not."""
        words = sum(len(cell.split()) for cell in self.cells)
        return self.repeats and words < _HEADLINE_WORDS * len(self.cells)

    def share(self, name: str) -> float:
        """Return which share of the cells could be what a field holds; 1 where any text could, or there is no cell."""
        if not self.cells or not has_check(name, self.country):
            return 1.0
        return sum(misfit(name, cell, self.country) is None for cell in self.cells) / len(self.cells)

    def first_misfit(self, name: str) -> tuple[str, str]:
        """Return the first cell that cannot be what a field holds, and why; empty texts where all can."""
        found = ((cell, misfit(name, cell, self.country)) for cell in self.cells)
        return next(((cell, reason) for cell, reason in found if reason), ("", ""))

    def nearly_all(self, name: str) -> bool:
        """Return whether there are cells, and nearly all could be what a field holds."""
        return bool(self.cells) and self.share(name) >= _NEARLY_ALL

    def resembles(self, name: str) -> bool:
        """Return whether at least half of the cells are what a field holds, as a name like the field's needs.

        Days are written with more than digits, or are years: times, heights and budgets are none.
        """
        if name not in _DATED:
            return bool(self.cells) and self.share(name) >= _HALF
        days = sum(
            _is_day(cell) and (_MORE_THAN_DIGITS.search(cell) or _YEAR.fullmatch(cell)) is not None
            for cell in self.cells
        )
        return bool(self.cells) and days >= _HALF * len(self.cells)

    @property
    def looks(self) -> str | None:
        """What nearly all cells look like, whatever the column is called: days, degrees, points or counts; else None.

        Days need more than digits in half of the cells, so that years, heights and budgets are none.
        """
        if not self.cells:
            return None
        written = sum(_MORE_THAN_DIGITS.search(cell) is not None for cell in self.cells)
        looks = ((DAYS, _is_day), (DEGREES, _is_degrees), (POINTS, _is_point), (COUNTS, _WHOLE.fullmatch))
        for look, like in looks:
            if look == DAYS and written * 2 < len(self.cells):
                continue
            if sum(bool(like(cell)) for cell in self.cells) >= _NEARLY_ALL * len(self.cells):
                return look
        return None


def _is_day(cell: str) -> bool:
    return not _TIME.fullmatch(cell) and is_date(cell)


def _is_degrees(cell: str) -> bool:
    return _DECIMAL.fullmatch(cell) is not None and misfit("lat", cell) is None


def _is_point(cell: str) -> bool:
    return pair(cell) is not None and misfit("point", cell) is None


def samples(table: Table, country: str | None = None) -> dict[str, Sample]:
    """Return the sample of every column; cells that say that nothing is known are left out."""
    found: dict[str, list[str]] = {column: [] for column in table.columns}
    unknown = headers().words["unknown"]
    for row in islice(table.rows(), SAMPLED):
        for column, cell in zip(table.columns, row, strict=False):
            if cell.strip() and folded(cell) not in unknown:
                found[column].append(cell.strip())
    return {column: Sample(tuple(cells), country) for column, cells in found.items()}
