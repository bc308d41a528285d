"""When: the days of a row, from one cell, from two, or from a year, a month and a day apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from willay.data.admin import folded
from willay.data.codebook import codebook
from willay.data.errors import UnknownTermError
from willay.data.headers import headers
from willay.events.exchange.incoming.cell_texts import CellError, whole
from willay.events.exchange.incoming.table.dates import Partial, read_days
from willay.events.model.errors import DayError
from willay.events.model.values import DaySpan

if TYPE_CHECKING:
    from willay.events.exchange.incoming.table.row import Row

_DAY_LENGTH: Final = 10
_WIDE: Final = {"month": 7, "year": 4}
"""Length of the month and of the year in a day written as text."""


def days_of(row: Row) -> dict[str, Any]:  # Any: JSON
    """Return `days` and `date_precision` of a draft, where they are known; faults go to the row."""
    told = _told(row)
    if told is None:
        return {}
    precision = _precision(row)
    if precision in _WIDE and "/" not in told and len(told) == _DAY_LENGTH:
        told = told[: _WIDE[precision]]  # known to the month: the day in the cell is none that anybody stated
    coarse = DaySpan.parse(told).precision
    if coarse != "day" and precision is not None and precision != coarse and not _is_wider(precision, coarse):
        row.flag("date_precision", precision, f"the date gives only the {coarse}; imported with that precision")
        precision = None
    return {"days": told} | ({"date_precision": precision} if precision else {})


def _is_wider(precision: str, than: str) -> bool:
    order = codebook().date_precision.codes()
    return order.index(precision) > order.index(than)


def _precision(row: Row) -> str | None:
    text = row.get("date_precision")
    if not text:
        return None
    try:
        return codebook().date_precision.find(text).code
    except UnknownTermError as error:
        row.fault("date_precision", text, str(error))
        return None


def _told(row: Row) -> str | None:
    begin, end = _read(row, "first_day"), _read(row, "last_day")
    alone = _read(row, "date") or _parts(row)
    begin = begin or alone
    if begin is None or end is None or begin == end:
        return begin or end
    told = f"{begin.partition('/')[0]}/{end.rpartition('/')[2]}"
    try:
        DaySpan.parse(told)
    except DayError as error:
        row.fault("last_day", told, str(error))
        return None
    return told


def _read(row: Row, name: str) -> str | None:
    column = row.column(name)
    text = row.get(name)
    if not text:
        return None
    try:
        return read_days(text, row.means.survey.dates.get(column, row.means.mapping.dates))
    except CellError as error:
        row.fault(name, text, str(error))
        return None


def _parts(row: Row) -> str | None:
    """Read days from columns of the year, the month and the day; 0 and blank are not known."""
    try:
        year, month, day = (_number(row.get(name)) for name in ("year", "month", "day"))
        if not year:
            for name in ("month", "day"):
                if text := row.get(name):
                    row.cannot_use(name, text, "not a date without a year; left out")
            return None
        return Partial.of(year, month, day if month else 0).text
    except CellError as error:
        row.fault("year", " ".join(row.get(name) for name in ("year", "month", "day")).strip(), str(error))
        return None


def _number(text: str) -> int:
    months = headers().words["month"]
    number = int(months[folded(text)]) if folded(text) in months else whole(text) or 0
    if number < 0:
        raise CellError("expected a year of four digits, a month and a day")
    return number
