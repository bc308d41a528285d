"""The words of profile documents: the page's messages, and those of `maps/profile/messages`."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from willay.data.codebook import codebook
from willay.data.countries import country_name
from willay.events.model.figure_words import full_figure
from willay.events.model.values import Count, parse_day
from willay.maps.country_words import with_words
from willay.maps.pictures.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from willay.data.countries import Country
    from willay.maps.sums import RegionValue

_YEAR: Final = 4
_MONTH: Final = 7
_DAY: Final = 10
"""Lengths of a year, a month and a day as they are written: 2009, 2009-06, 2009-06-05."""


@cache
def document_messages(lang: str) -> Mapping[str, Any]:
    """Return the messages of documents in a language, by key; those with `one` and `other` go by number."""
    found: dict[str, Any] = json.loads((files("willay.maps.profile") / "messages" / f"{lang}.json").read_text("utf-8"))
    return found


class DocumentWords(Words):
    """The words of a document in one language."""

    def __init__(self, lang: str, countries: tuple[str | Country, ...] = ()) -> None:
        super().__init__(lang, countries)
        self._messages = {**self._messages, **with_words(document_messages(lang), lang, countries)}

    def term(self, name: str, code: str | None) -> str:
        """Return the label of a code of any list of the codebook; empty where there is no code."""
        return getattr(codebook(), name)[code].label(self.lang) if code else ""

    def country(self, code: str) -> str:
        """Return the name of a country by its ISO code; the code where it has none."""
        return country_name(code, self.lang)

    def partial(self, day: str | None) -> str:
        """Return a day, month or year in words, from ISO text such as 2009-06."""
        if not day:
            return ""
        if len(day) == _YEAR:
            return day
        first, _ = parse_day(day)
        return self.month_of_year(first) if len(day) == _MONTH else self.day(first)

    def span(self, first: str | None, last: str | None) -> str:
        """Return days from one to another, or one, in words; either may be a month or a year."""
        if first and last and first != last:
            return self._from_to(first, last)
        if first:
            return self.partial(first) if last or len(first) > _YEAR else first
        return self.t("until", day=self.partial(last)) if last else ""

    def _from_to(self, first: str, last: str) -> str:
        """Return two days in words, what they share once: "5–6 Jun 2009", "27 Jul – 3 Aug 2010"."""
        if len(first) == len(last) == _DAY:
            return self.days(as_date(first), as_date(last))
        dash = "–" if len(first) == len(last) == _YEAR else " – "
        return f"{self.partial(first)}{dash}{self.partial(last)}"

    def incident_days(self, row: Mapping[str, Any]) -> str:
        """Return the days of an incident as exactly as they are known."""
        first, last = row["first_day"], row["last_day"]
        if not first:
            return self.t("undated")
        precision, last = row["date_precision"], last or first
        length = {"year": _YEAR, "month": _MONTH}.get(precision, _DAY)
        if _is_whole(first, last, length):
            return self.span(first[:length], last[:length])
        return f"{self.span(first, last)} ({self.label('date_precision', precision)})"

    def figure(self, low: int | None, best: int | None, high: int | None) -> str:
        """Return a figure in full words: "69 (67 or more)"."""
        return full_figure(Count(low, best, high), self.lang)

    def total(self, found: RegionValue) -> str:
        """Return a sum in full words, with its range; "unknown" where no number is known."""
        count = Count(found.low, found.best, found.high)
        return full_figure(count, self.lang, is_open=bool(found.open))


def _is_whole(first: str, last: str, length: int) -> bool:
    """Return whether two days are the ends of whole years or months, or of days: a part of a month is said as such."""
    return length == _DAY or (parse_day(first[:length])[0], parse_day(last[:length])[1]) == (
        parse_day(first)[0],
        parse_day(last)[1],
    )


def titled(words: str) -> str:
    """Return words as a heading, with a capital at the beginning."""
    return words[:1].upper() + words[1:]


def year_of(day: str | None) -> int | None:
    """Return the year of a day, month or year as ISO text."""
    return int(day[:_YEAR]) if day else None


def as_date(day: str) -> date:
    """Return the first day of a day, month or year as ISO text."""
    return parse_day(day)[0]


def last_date(day: str) -> date:
    """Return the last day of a day, month or year as ISO text."""
    return parse_day(day)[1]
