"""Indicators as variables: the values of one thing, over years and voices, and how each is written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from willay.events.model.series import value_in_words
from willay.maps.profile.wording import year_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from willay.events.model.drafts import IndicatorDraft
    from willay.maps.profile.wording import DocumentWords

LEAST_YEARS: Final = 3
"""Minimum number of years of a variable that is drawn as a series."""

_KINDS_SAID: Final = ("estimate", "projection", "target")
"""Kinds of indicators that are stated next to the number; a rank says so itself."""


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


def period(one: IndicatorDraft, words: DocumentWords) -> str:
    """Return when a value is of, in words: a year, a period, or the edition of the report where no more is known."""
    when = str(one.year) if one.year else words.span(one.from_day, one.until_day)
    return when or (words.t("edition", edition=one.edition) if one.edition else "")


def value_words(one: IndicatorDraft, words: DocumentWords) -> str:
    """Return a value in words with its unit: "about 104,000 people", "69,280 (61,007–77,552) people (estimate)"."""
    told = " ".join(filter(None, (value_in_words(one, words.lang), words.local(one.unit))))
    return f"{told} ({words.term('indicator_kinds', one.kind)})" if one.kind in _KINDS_SAID else told
