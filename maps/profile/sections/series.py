"""Series: variables over years, each drawn with a line for every voice, and as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.events.model.series import curves
from willay.maps.pictures.series import series_picture
from willay.maps.profile.blocks import Chart, Heading, Paragraph, Table, text
from willay.maps.profile.sections.key import name_of
from willay.maps.profile.variables import period, value_words, variables, year_of_value
from willay.maps.profile.wording import titled

if TYPE_CHECKING:
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
        Chart(caption, series_picture(curves(one.values, words.lang), lang=words.lang)),
        Table(of.t("table_series", name=title), head, cells, frozenset({1}), spans=True),
    ]
