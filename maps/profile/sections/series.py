"""Series: variables over years, each drawn with a line for every voice, and as a table."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from willay.maps.profile.blocks import Chart, Heading, Paragraph, Table, text
from willay.maps.profile.charts import Bar, series_chart
from willay.maps.profile.sections.key import name_of
from willay.maps.profile.variables import moment_of_value, period, value_words, variables, year_of_value
from willay.maps.profile.wording import titled

if TYPE_CHECKING:
    from willay.events.model.drafts import IndicatorDraft
    from willay.maps.profile.blocks import Block
    from willay.maps.profile.variables import Variable
    from willay.maps.profile.writing import Writing


def write(of: Writing) -> tuple[Block, ...]:
    """Write the section."""
    found = [one for one in variables(of.record.own_indicators) if one.is_series]
    if not found:
        return (Paragraph(text(of.t("no_series"))),)
    return tuple(block for one in found for block in _written(of, one))


def _written(of: Writing, one: Variable) -> list[Block]:
    words = of.words
    title = titled(words.local(one.values[0].name))
    unit = words.local(one.values[0].unit)
    lines = _lines(of, one)
    said = of.t("alt_series", name=title, first=str(min(one.years)), last=str(max(one.years)), n=len(lines))
    caption = text(f"{title}{f', {unit}' if unit else ''}. ", of.t("chart_series"))
    head = tuple(of.t(key) for key in ("col_when", "col_value", "col_what", "col_who"))
    ordered = sorted(one.values, key=lambda value: (year_of_value(value) or 0, str(value.key)))
    cells = tuple(
        (
            text(period(value, words)),
            of.references.indicator(value, value_words(value, words)),
            text(name_of(of, value)),
            text(words.local(value.by), of.references.cite(value.source)),
        )
        for value in ordered
    )
    return [
        Heading(title),
        Chart(caption, series_chart(lines, title, said)),
        Table(of.t("table_series", name=title), head, cells, frozenset({1}), spans=True),
    ]


def _lines(of: Writing, one: Variable) -> list[tuple[str, list[Bar]]]:
    """Return a line for each voice and category; a later statement of a voice about a year comes after the earlier."""
    by_voice: dict[str, list[IndicatorDraft]] = defaultdict(list)
    for value in one.values:
        if value.value is not None and year_of_value(value) is not None:
            category = of.words.local(value.category)
            voice = of.words.local(value.by)
            by_voice[f"{voice}: {category}" if category else voice].append(value)
    return [
        (name, sorted((_bar(value) for value in values), key=lambda bar: bar.at)) for name, values in by_voice.items()
    ]


def _bar(value: IndicatorDraft) -> Bar:
    return Bar(moment_of_value(value), value.low, value.value or 0.0, value.high, is_open=value.qualifier == "at-least")
