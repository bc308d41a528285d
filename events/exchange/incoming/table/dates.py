"""Cells that hold days: what a whole column shows about 05/06/2009, and numbers that stand for days.

What people write is read by `willay.events.model.said_days`; cells hold besides the numbers that spreadsheets keep days
as, and milliseconds since 1970, as ArcGIS writes them. Nothing is ever taken from one row to read another but the
style, which every row of the column has a say in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from willay.data.admin import folded
from willay.events.exchange.incoming.cell_texts import CellError
from willay.events.exchange.incoming.table.advice import map_option
from willay.events.model import said_days
from willay.events.model.errors import DayError
from willay.events.model.said_days import Bearings
from willay.events.model.written_days import APOSTROPHES, DAY_FIRST, HOW, MONTH_FIRST, SHORT_YEAR, Partial
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from willay.events.model.said_days import SaidDays

_LAST_MONTH: Final = 12
_LAST_DAY: Final = 31
_FIRST_SERIAL: Final = 20_000  # 1954-10-03
_LAST_SERIAL: Final = 60_000  # 2064-04-08
_SERIAL_ZERO: Final = date(1899, 12, 30)  # spreadsheets' day 0: https://support.microsoft.com/office/datevalue-function
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TWO_DIGITS: Final = 2

_COMPACT: Final = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_VOTE: Final = re.compile(r"(?<![\d/.-])(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?![\d/]|[-.]\d)")
_MILLISECONDS: Final = re.compile(r"-?\d{11,13}(?:\.0+)?")
_FIRST_MOMENT: Final = -2_208_988_800_000  # 1900-01-01
_LAST_MOMENT: Final = 4_102_444_800_000  # 2100-01-01
_MINUTE_STAMP: Final = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d")
_SERIAL: Final = re.compile(r"(\d{5})(?:\.\d+)?")


@dataclass
class DateEvidence:
    """What the cells of a column say about its style; the order of rows has no say.

    Attributes:
        votes: How many cells could only be `day-first`, only `month-first`, or either (None).
        examples: The alphabetically first of each.
        short_years: How many cells write a year with two digits.
        serials: How many cells hold the number of a day.
        moments: How many cells hold milliseconds since 1970.
    """

    votes: dict[str | None, int] = field(default_factory=lambda: dict.fromkeys((DAY_FIRST, MONTH_FIRST, None), 0))
    examples: dict[str | None, str] = field(default_factory=dict)
    short_years: int = 0
    serials: int = 0
    moments: int = 0

    def add(self, text: str) -> None:
        """Hear a cell."""
        text = text.lstrip(APOSTROPHES)
        for style, short in votes(text):
            self.votes[style] += 1
            self.examples[style] = min(self.examples.get(style, text), text)
            self.short_years += short
        self.short_years += SHORT_YEAR.fullmatch(folded(text)) is not None
        self.serials += _serial(text.strip()) is not None
        self.moments += _moment(text.strip()) is not None

    @property
    def style(self) -> str | None:
        """The style that some cells prove and none denies; None where there is none."""
        day, month = self.votes[DAY_FIRST], self.votes[MONTH_FIRST]
        return (DAY_FIRST if day else MONTH_FIRST) if bool(day) != bool(month) else None

    def trouble(self, column: str) -> str | None:
        """Return why the column's dates cannot be read, and what to do; None where they can."""
        if self.style or not any(self.votes.values()):
            return None
        values = {
            "column": column[:40],
            "day_first": map_option("dates", DAY_FIRST),
            "month_first": map_option("dates", MONTH_FIRST),
        }
        if self.votes[DAY_FIRST]:
            return tr(
                "Column {column!r}: {days} dates can only be day-first ({day!r}) and {months} only month-first "
                "({month!r}). Correct the column, or specify which is right; the other rows are then rejected: "
                "{day_first} or {month_first}.",
                days=self.votes[DAY_FIRST],
                day=self.examples[DAY_FIRST][:40],
                months=self.votes[MONTH_FIRST],
                month=self.examples[MONTH_FIRST][:40],
                **values,
            )
        if self.votes[None]:
            return tr(
                "Column {column!r}: {n} dates such as {example!r} can be day-first or month-first, and no date decides "
                "it. Specify which: {day_first} or {month_first}.",
                n=self.votes[None],
                example=self.examples[None][:40],
                **values,
            )
        return None


def votes(text: str) -> Iterator[tuple[str | None, bool]]:
    """Yield for each 5/6/2009 in a cell the only style that it can have (None: either), and if its year is short.

    One that means the same day in both styles, or none in either, has no vote.
    """
    for first, second, year in _VOTE.findall(text):
        a, b = int(first), int(second)
        short = len(year) == _TWO_DIGITS
        if a == b or not (a and b) or max(a, b) > _LAST_DAY or min(a, b) > _LAST_MONTH:
            continue
        yield (DAY_FIRST if a > _LAST_MONTH else MONTH_FIRST if b > _LAST_MONTH else None), short


def header_style(header: str) -> str | None:
    """Return the style that a column's name states: "Fecha (dd/mm/aaaa)"."""
    name = folded(header)
    if re.search(r"\bdd?[-/. ]mm", name):
        return DAY_FIRST
    return MONTH_FIRST if re.search(r"\bmm?[-/. ]dd", name) else None


def read_cell(text: str, style: str | None) -> SaidDays | None:
    """Read the days of a cell; None where the cell says that they are not known.

    Args:
        text: The cell.
        style: `day-first` or `month-first`; None where no cell of the column needs one.

    Raises:
        CellError: They cannot be read.
    """
    try:
        return said_days.read_days(text, Bearings(style, numbered=_of_digits))
    except DayError as error:
        raise CellError(str(error)) from None


def read_days(text: str, style: str | None) -> str | None:
    """Read the days of a cell as `read_cell` does, as text that `DaySpan.parse` takes.

    Raises:
        CellError: They cannot be read.
    """
    said = read_cell(text, style)
    return said.text if said else None


def _of_digits(text: str) -> Partial | None:
    """Read digits alone: 20090605, a spreadsheet's number of a day, or milliseconds; None where it is none of these."""
    if match := _COMPACT.fullmatch(text):
        return Partial.of(int(match[1]), int(match[2]), int(match[3]))
    if (serial := _serial(text)) is not None:
        return Partial(str(_SERIAL_ZERO + timedelta(days=serial)))
    if _MINUTE_STAMP.fullmatch(text):
        raise DayError(tr("a number, possibly a date with a time, or milliseconds; {how}", how=tr(HOW)))
    if (moment := _moment(text)) is not None:
        return Partial(str((_EPOCH + timedelta(milliseconds=moment)).date()))
    return None


def _serial(text: str) -> int | None:
    match = _SERIAL.fullmatch(text)
    return int(match[1]) if match and _FIRST_SERIAL <= int(match[1]) <= _LAST_SERIAL else None


def _moment(text: str) -> int | None:
    """Return the milliseconds since 1970 that a cell holds; None where it holds something else."""
    if not _MILLISECONDS.fullmatch(text) or _MINUTE_STAMP.fullmatch(text):
        return None
    moment = int(text.partition(".")[0])
    return moment if _FIRST_MOMENT <= moment < _LAST_MOMENT else None
