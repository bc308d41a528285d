"""A look at some cells of each column: could they be what the column's name says?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from willay.data.admin import folded
from willay.data.codebook import codebook
from willay.data.errors import UnknownTermError
from willay.data.headers import headers
from willay.events.exchange.incoming.cells import CellError
from willay.events.exchange.incoming.table.counts import read_count
from willay.events.exchange.incoming.table.dates import DAY_FIRST, MONTH_FIRST, read_days
from willay.events.exchange.incoming.table.mapping import count_field
from willay.events.exchange.incoming.table.metres import EASTINGS, NORTHINGS, metres, zone_crs
from willay.events.exchange.incoming.table.points import plain_degrees, read_pair

if TYPE_CHECKING:
    from collections.abc import Callable

    from willay.events.exchange.incoming.table.sheets import Table

SAMPLED: Final = 500
"""Rows that are looked at."""

DATE_FIELDS: Final = ("date", "first_day", "last_day", "source_date")
_EXAMPLES: Final = 3
_SHOWN: Final = 30
_WIDEST: Final = 180
_ANGLE: Final = re.compile(r"\d.*[°º'\"NSEOW]|[NSEOW].*\d", re.IGNORECASE)
_WEB: Final = re.compile(r"(https?://|www\.)\S+|\S+\.[a-z]{2,}(/\S*)?", re.IGNORECASE)
_CODE: Final = re.compile(r"\d{1,6}(\.0)?")


@dataclass(frozen=True, slots=True)
class Sample:
    """Some filled cells of a column, from its top."""

    cells: tuple[str, ...]

    @property
    def examples(self) -> tuple[str, ...]:
        """The first few that differ, cut to what a table shows."""
        return tuple(cell[:_SHOWN] for cell in islice(dict.fromkeys(self.cells), _EXAMPLES))

    @property
    def repeats(self) -> bool:
        """Whether two cells are the same."""
        return len(set(self.cells)) < len(self.cells)

    def share(self, name: str) -> float:
        """Return which share of the cells could be what a field holds; 1 where any text could, or there is no cell."""
        could = _test(name)
        return sum(map(could, self.cells)) / len(self.cells) if could and self.cells else 1.0


def samples(table: Table) -> dict[str, Sample]:
    """Return the sample of every column; cells that say that nothing is known are left out."""
    found: dict[str, list[str]] = {column: [] for column in table.columns}
    unknown = headers().words["unknown"]
    for row in islice(table.rows(), SAMPLED):
        for column, cell in zip(table.columns, row, strict=False):
            if cell.strip() and folded(cell) not in unknown:
                found[column].append(cell.strip())
    return {column: Sample(tuple(cells)) for column, cells in found.items()}


def is_date(text: str) -> bool:
    """Say whether a cell holds days, in either style."""
    return _reads(lambda: read_days(text, DAY_FIRST)) or _reads(lambda: read_days(text, MONTH_FIRST))


def _reads(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except CellError:
        return False
    return True


def _is_angle(text: str) -> bool:
    value = plain_degrees(text)
    return _ANGLE.search(text) is not None if value is None else abs(value) <= _WIDEST


def _is_point(text: str) -> bool:
    return _reads(lambda: read_pair(text, None, None))


def _is_count(text: str) -> bool:
    return _reads(lambda: read_count(text, None))


def _is_status(text: str) -> bool:
    try:
        codebook().statuses.find(text)
    except UnknownTermError:
        return False
    return True


def _is_part(most: int) -> Callable[[str], bool]:
    def could(text: str) -> bool:
        whole = text.removesuffix(".0")
        return (whole.isdecimal() and int(whole[:9]) <= most) or folded(text) in headers().words["month"]

    return could


_TESTS: Final[dict[str, Callable[[str], bool]]] = {
    **dict.fromkeys(DATE_FIELDS, is_date),
    **dict.fromkeys(("lat", "lon"), _is_angle),
    "east": lambda text: _reads(lambda: metres(text)) and EASTINGS[0] <= metres(text) <= EASTINGS[1],
    "north": lambda text: _reads(lambda: metres(text)) and EASTINGS[1] < metres(text) <= NORTHINGS,
    "utm_zone": lambda text: _reads(lambda: zone_crs(text, None)) or text.strip().isdecimal(),
    "point": _is_point,
    "status": _is_status,
    "year": _is_part(9_999),
    "month": _is_part(12),
    "day": _is_part(31),
    "source_url": lambda text: _WEB.fullmatch(text) is not None,
    "admin_code": lambda text: _CODE.fullmatch(text) is not None,
}


def _test(name: str) -> Callable[[str], bool] | None:
    return _is_count if count_field(name) else _TESTS.get(name)
