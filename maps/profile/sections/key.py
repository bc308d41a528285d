"""Key statistics: the indicators of the area, with values that differ next to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.maps.profile.blocks import Paragraph, Table, text
from willay.maps.profile.variables import period, value_words, variable_key, variables

if TYPE_CHECKING:
    from willay.events.model.drafts import IndicatorDraft
    from willay.maps.profile.blocks import Block, Text
    from willay.maps.profile.variables import Variable
    from willay.maps.profile.writing import Writing

_COUNTRY: Final = 2
"""Length of a country's code."""


def write(of: Writing) -> tuple[Block, ...]:
    """Write the section."""
    own = variables(of.record.own_indicators)
    if not own:
        return (Paragraph(text(of.t("no_indicators"))),)
    rows = [row for one in own if not one.is_series for row in _rows(of, one)]
    rows += [row for one in own if one.is_series for row in _latest(of, one)]
    blocks: list[Block] = []
    differing = sum(_differ(one) for one in own)
    if differing:
        blocks.append(Paragraph(text(of.t("values_differ", n=differing))))
    head = tuple(of.t(key) for key in ("col_what", "col_value", "col_when", "col_who"))
    if rows:
        blocks.append(Table(of.t("table_key"), head, tuple(rows), spans=True))
    return (*blocks, *_elsewhere(of, {one.key for one in own}))


def _rows(of: Writing, one: Variable) -> list[tuple[Text, ...]]:
    return [_row(of, value, name_of(of, value)) for value in one.values]


def _latest(of: Writing, one: Variable) -> list[tuple[Text, ...]]:
    """Return the rows of a series: its last year alone, since all are in the section of series."""
    last = max(one.years)
    return [_row(of, value, name_of(of, value)) for value in one.values if value.year == last]


def _row(of: Writing, one: IndicatorDraft, name: str) -> tuple[Text, ...]:
    words = of.words
    who = text(words.local(one.by), of.references.cite(one.source))
    return (text(name), of.references.indicator(one, value_words(one, words)), text(period(one, words)), who)


def name_of(of: Writing, one: IndicatorDraft) -> str:
    """Return what a value is of: the name of its variable, and its category."""
    name, category = of.words.local(one.name), of.words.local(one.category)
    return f"{name}: {category}" if category else name


def _differ(one: Variable) -> bool:
    """Return whether voices differ on a value of the same category and time."""
    seen: dict[tuple[object, ...], set[float | None]] = {}
    for value in one.values:
        when = (str(value.category), value.year, value.from_day, value.until_day, str(value.unit))
        seen.setdefault(when, set()).add(value.value)
    return any(len(values) > 1 for values in seen.values())


def _elsewhere(of: Writing, known: set[str]) -> list[Block]:
    """Return the values of other areas: of countries for comparison, and of the units of this one."""
    others = [one for one in of.record.indicators if one.area not in of.record.area.codes]
    countries = [
        one for one in others if len(one.area) == _COUNTRY and one.area.isalpha() and variable_key(one) in known
    ]
    units = [one for one in others if not (len(one.area) == _COUNTRY and one.area.isalpha())]
    blocks: list[Block] = []
    head = tuple(of.t(key) for key in ("col_what", "col_area", "col_value", "col_when", "col_who"))
    for found, caption in (
        (countries, "table_other_countries"),
        (units if of.record.area.is_whole else [], "table_units"),
    ):
        if found:
            rows = tuple(_area_row(of, one) for one in found)
            blocks.append(Table(of.t(caption), head, rows, spans=True))
    return blocks


def _area_row(of: Writing, one: IndicatorDraft) -> tuple[Text, ...]:
    name, value, when, who = _row(of, one, name_of(of, one))
    return (name, text(area_name(of, one.area)), value, when, who)


def area_name(of: Writing, code: str) -> str:
    """Return the name of an area that an indicator has: a country, a unit, a region; its code where none is known."""
    if len(code) == _COUNTRY and code.isalpha():
        return of.words.country(code)
    for held in of.record.areas.sets:
        for region in held["regions"]:
            if code in (region.get("admin_code"), f"{held['key']}/{region['key']}"):
                return of.words.local(region["name"])
    return code
