"""Indicators as variables: the values of one thing, over years and voices, and how each is written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from willay.maps.profile.wording import as_date, last_date, year_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from willay.events.model.drafts import IndicatorDraft
    from willay.maps.profile.wording import DocumentWords

LEAST_YEARS: Final = 3
"""Minimum number of years of a variable that is drawn as a series."""

_SAID: Final = {"about": "about_n", "at-least": "at_least_n", "at-most": "at_most_n"}


@dataclass(frozen=True, slots=True)
class Variable:
    """What was measured, with all its values.

    Attributes:
        key: Its series, or else its name.
        values: Its values in the order given.
    """

    key: str
    values: tuple[IndicatorDraft, ...]

    @property
    def years(self) -> set[int]:
        """The years that it has numbers of."""
        return {year for one in self.values if one.value is not None and (year := year_of_value(one)) is not None}

    @property
    def is_series(self) -> bool:
        """Whether it has enough years to be drawn."""
        return len(self.years) >= LEAST_YEARS


def variables(indicators: Iterable[IndicatorDraft]) -> list[Variable]:
    """Return the variables of some indicators, in the order of their first values."""
    found: dict[str, list[IndicatorDraft]] = defaultdict(list)
    for one in indicators:
        found[variable_key(one)].append(one)
    return [Variable(key, tuple(values)) for key, values in found.items()]


def variable_key(one: IndicatorDraft) -> str:
    """Return what the values of one variable share: their series, or their name and dimension."""
    return one.series or "/".join((*sorted(one.name.values()), one.dimension or ""))


def year_of_value(one: IndicatorDraft) -> int | None:
    """Return the year that a value is of; the last one of a period; None where it states none."""
    return one.year or year_of(one.until_day) or year_of(one.from_day)


def moment_of_value(one: IndicatorDraft) -> float:
    """Return when a value is of as a year with decimals: the middle of its period, or of its year where it has one."""
    first, last = one.from_day or str(one.year or one.until_day), one.until_day or one.from_day or str(one.year)
    middle = (as_date(first).toordinal() + last_date(last).toordinal()) // 2
    day = date.fromordinal(middle)
    whole = one.year is not None or len(first) == len(last) == len("2009")
    return float(day.year) if whole else day.year + (day.timetuple().tm_yday - 1) / 365.25


def period(one: IndicatorDraft, words: DocumentWords) -> str:
    """Return when a value is of, in words: a year, a period, or the edition of the report where no more is known."""
    when = str(one.year) if one.year else words.span(one.from_day, one.until_day)
    return when or (words.t("edition", edition=one.edition) if one.edition else "")


def value_words(one: IndicatorDraft, words: DocumentWords) -> str:
    """Return a value in words: "about 104,000 people", "69,280 (61,007–77,552) people", "125 of 144"."""
    if one.value is None and one.low is None and one.high is None:
        return words.local(one.text)
    told = _number(one, words)
    if one.out_of is not None:
        told = words.t("rank_of", rank=told, of=plain_number(one.out_of))
    if one.qualifier:
        told = words.t(_SAID[one.qualifier], n=told)
    unit = words.local(one.unit)
    if unit:
        told = f"{told} {unit}"
    if one.kind in ("target", "projection", "estimate"):
        told = f"{told} ({words.term('indicator_kinds', one.kind)})"
    return f"{words.local(one.text)}: {told}" if one.text else told


def _number(one: IndicatorDraft, words: DocumentWords) -> str:
    ends = [plain_number(end) if end is not None else None for end in (one.low, one.high)]
    if one.value is None:
        if None not in ends:
            return f"{ends[0]}–{ends[1]}"
        return words.t("at_least_n", n=ends[0]) if ends[0] else words.t("at_most_n", n=ends[1])
    shown = plain_number(one.value)
    if ends == [None, None]:
        return shown
    if None in ends:
        end = words.t("at_least_n", n=ends[0]) if ends[0] else words.t("at_most_n", n=ends[1])
        return f"{shown} ({end})"
    return f"{shown} ({ends[0]}–{ends[1]})"


def plain_number(value: float) -> str:
    """Return a number as people write it: thousands grouped, no zeros behind the last decimal."""
    return f"{value:,.6f}".rstrip("0").rstrip(".")
