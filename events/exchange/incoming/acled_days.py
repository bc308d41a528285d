"""The dates of ACLED exports: three styles, one for a whole column."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from willay.events.exchange.incoming.cell_texts import CellError, calendar_day, iso_day
from willay.events.model.errors import RefusedError
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_ISO: Final = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_NUMBERS: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_WORDS: Final = re.compile(r"(\d{1,2})[ -]([A-Za-z]+)[ -](\d{4})")
_LAST_MONTH: Final = 12
_ABBREVIATED: Final = 3

ISO, WORDS, DAY_FIRST, MONTH_FIRST = "iso", "words", "day-first", "month-first"
_ABOUT: Final = {
    ISO: "YYYY-MM-DD",
    WORDS: mark("like 15 April 2012"),
    DAY_FIRST: "dd-mm-yyyy",
    MONTH_FIRST: "mm-dd-yyyy",
}


@dataclass(frozen=True, slots=True)
class DayStyle:
    """How a column writes days: `iso`, `words`, `day-first` or `month-first`."""

    name: str

    @property
    def about(self) -> str:
        """The style in words."""
        return tr(_ABOUT[self.name])

    def read(self, text: str) -> date:
        """Read a day in this style.

        Raises:
            CellError: It is written otherwise, or there is no such day.
        """
        if self.name == ISO:
            day = iso_day(text)
            if day is None:
                raise CellError(tr("expected a day"))
            return day
        found = (_WORDS if self.name == WORDS else _NUMBERS).fullmatch(text)
        if found is None:
            raise CellError(tr("expected a day {about}, as the rest of the column", about=self.about))
        first, second, year = found.groups()
        if self.name == WORDS:
            return calendar_day(int(year), _month(second), int(first))
        day_, month = (first, second) if self.name == DAY_FIRST else (second, first)
        return calendar_day(int(year), int(month), int(day_))


def _month(word: str) -> int:
    lower = word.casefold()
    found = [n for n, name in enumerate(_MONTHS, 1) if len(lower) >= _ABBREVIATED and name.startswith(lower)]
    if len(found) != 1:
        raise CellError(tr("unknown month {word!r}", word=word[:20]))
    return found[0]


def column_style(path: Path, cells: Iterable[str], said: str | None) -> DayStyle:
    """Find the style of a column of days; it never depends on the order of rows.

    Args:
        path: The file, for messages.
        cells: All cells of the column.
        said: `day-first` or `month-first`, where somebody says so.

    Raises:
        RefusedError: Numbers could be read either way, or prove both.
    """
    counts = {ISO: 0, WORDS: 0, "numbers": 0}
    days, months, example = 0, 0, ""
    for cell in cells:
        text = " ".join(cell.split())
        if found := _NUMBERS.fullmatch(text):
            counts["numbers"] += 1
            example = example or text
            days += int(found[1]) > _LAST_MONTH
            months += int(found[2]) > _LAST_MONTH
        elif _WORDS.fullmatch(text):
            counts[WORDS] += 1
        elif _ISO.match(text):
            counts[ISO] += 1
    most = max(counts, key=lambda name: counts[name])
    if most != "numbers" or not counts["numbers"]:
        return DayStyle(most if counts[most] else ISO)
    if said in {DAY_FIRST, MONTH_FIRST}:
        return DayStyle(said)
    if bool(days) == bool(months):
        if days:
            told = tr(
                "{path}: cannot detect whether event_date is day-month-year or month-day-year: some dates fit only "
                "one, some only the other. Specify it: --map dates=day-first or --map dates=month-first.",
                path=path,
            )
        else:
            told = tr(
                "{path}: cannot detect whether event_date is day-month-year or month-day-year: {example} and all other "
                "dates fit both. Specify it: --map dates=day-first or --map dates=month-first.",
                path=path,
                example=example,
            )
        raise RefusedError(told)
    return DayStyle(DAY_FIRST if days else MONTH_FIRST)


def month_span(day: date) -> tuple[date, date]:
    """Return the first and last day of a day's month."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
