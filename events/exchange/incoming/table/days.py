"""When: the days of a row, from one cell, from two, or from a year, a month and a day apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from willay.data.admin import folded
from willay.data.codebook import codebook
from willay.data.errors import UnknownTermError
from willay.data.headers import headers
from willay.events.exchange.incoming.cell_texts import CellError, whole
from willay.events.exchange.incoming.table.dates import read_cell
from willay.events.model.errors import DayError
from willay.events.model.said_days import SaidDays
from willay.events.model.values import DaySpan
from willay.events.model.written_days import Partial
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from willay.events.exchange.incoming.table.row import Row

_DAY_LENGTH: Final = 10
_WIDE: Final = {"month": 7, "year": 4}
"""Length of the month and of the year in a day written as text."""


def days_of(row: Row) -> dict[str, Any]:  # Any: JSON
    """Return `days` and `date_precision` of a draft, where they are known; faults go to the row."""
    told, stated = _told(row)
    if told is None:
        return {}
    precision = _precision(row)
    if precision in _WIDE and "/" not in told and len(told) == _DAY_LENGTH:
        told = told[: _WIDE[precision]]  # known to the month: the day in the cell is none that anybody stated
    coarse = stated or DaySpan.parse(told).precision
    if coarse != "day" and precision is not None and precision != coarse and not _is_wider(precision, coarse):
        row.flag(
            "date_precision",
            precision,
            tr(_COARSE[coarse]),
        )
        precision = None
    precision = precision or stated
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


def _told(row: Row) -> tuple[str | None, str | None]:
    """Return the days of a row, and the precision that their words state, as `mediados de mayo` does."""
    begin, end = _read(row, "first_day"), _read(row, "last_day")
    alone = _read(row, "date") or _parts(row)
    begin = begin or alone
    if begin is None or end is None or begin == end:
        only = begin or end
        return (only.text, only.precision) if only else (None, None)
    told = f"{begin.text.partition('/')[0]}/{end.text.rpartition('/')[2]}"
    try:
        DaySpan.parse(told)
    except DayError as error:
        row.fault("last_day", told, str(error))
        return None, None
    return told, "period" if begin.precision or end.precision else None


def _read(row: Row, name: str) -> SaidDays | None:
    column = row.column(name)
    text = row.get(name)
    if not text:
        return None
    try:
        said = read_cell(text, row.means.survey.dates.get(column, row.means.mapping.dates))
    except CellError as error:
        row.fault(name, text, str(error))
        return None
    if said and said.left_out:
        row.flag(name, text, tr("only the days are recorded, and how exactly they are known; not the words with them"))
    return said


def _parts(row: Row) -> SaidDays | None:
    """Read days from columns of the year, the month and the day; 0 and blank are not known."""
    try:
        year, month, day = (_number(row.get(name)) for name in ("year", "month", "day"))
        if not year:
            for name in ("month", "day"):
                if text := row.get(name):
                    row.cannot_use(name, text, tr("not a date without a year; left out"))
            return None
        return SaidDays(Partial.of(year, month, day if month else 0).text)
    except (CellError, DayError) as error:
        row.fault("year", " ".join(row.get(name) for name in ("year", "month", "day")).strip(), str(error))
        return None


_COARSE: Final = {
    "days": mark("the date gives only the days; imported with that precision"),
    "week": mark("the date gives only the week; imported with that precision"),
    "month": mark("the date gives only the month; imported with that precision"),
    "year": mark("the date gives only the year; imported with that precision"),
    "period": mark("the date gives only the period; imported with that precision"),
    "unknown": mark("the date gives only the unknown; imported with that precision"),
}


def _number(text: str) -> int:
    months = headers().words["month"]
    number = int(months[folded(text)]) if folded(text) in months else whole(text) or 0
    if number < 0:
        raise CellError(tr("expected a year of four digits, a month and a day"))
    return number
