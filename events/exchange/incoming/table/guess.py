"""The guess of a mapping: what a column holds, by its name, where its cells do not say otherwise."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from willay.data.headers import headers, plain
from willay.events.exchange.incoming.table.mapping import KEEP, SHARED, ColumnMapping, count_field
from willay.events.exchange.incoming.table.sampling import is_date, samples

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from willay.events.exchange.incoming.table.sampling import Sample
    from willay.events.exchange.incoming.table.sheets import Table

_REGION: Final = re.compile(r"[a-z0-9-]+/[a-z0-9-]+")
_HALF: Final = 0.5
_NEARLY_ALL: Final = 0.9
_ENOUGH: Final = 3
_METRES: Final = {"lat": "north", "lon": "east"}
_OF_METRES: Final = ("east", "north", "utm_zone")
_PARTS_OF_DATE: Final = ("year", "month", "day")


def guess_mapping(table: Table, known: ColumnMapping | None = None) -> ColumnMapping:
    """Guess the mapping of a table's columns.

    A name that is known gives the field; where fewer than half of the cells could be what the field holds, or another
    column of a more usual name holds it, the column is kept as it is. Nothing is taken from a column without a name
    that is known but days, where nearly all its cells are days and no other column holds them.

    Args:
        table: The table.
        known: A mapping that is to be kept; only columns that it does not have are guessed.
    """
    sampled = samples(table)
    given = known or ColumnMapping({})
    chosen = {column: given.columns[column] for column in table.columns if column in given.columns}
    reasons = dict.fromkeys(chosen, "as the mapping says")
    new = [column for column in table.columns if column not in chosen]
    for column in sorted(new, key=lambda column: (_rank(column), table.columns.index(column))):
        chosen[column], reasons[column] = _field(column, sampled[column], chosen)
    _days_by_cells(new, sampled, chosen, reasons)
    _one_way_of_dates(new, chosen, reasons)
    _one_way_of_places(new, chosen, reasons)
    return replace(
        given,
        columns={column: chosen[column] for column in table.columns},
        reasons=reasons,
        examples={column: sample.examples for column, sample in sampled.items()},
    )


def _rank(column: str) -> int:
    found = headers().field_of(column)
    return found[1] if found else len(headers().by_name)


def _field(column: str, sample: Sample, chosen: Mapping[str, str]) -> tuple[str, str]:
    found = headers().field_of(column)
    if found is None:
        return KEEP, "its name is not known"
    name = found[0]
    if name == "department" and sample.cells and all(map(_REGION.fullmatch, sample.cells)):
        name = "region"
    said = "put together from its words" if count_field(name) else f"called {plain(column)!r}"
    if name in _METRES and sample.share(name) < _HALF and sample.share(_METRES[name]) >= _NEARLY_ALL:
        name, said = _METRES[name], f"{said}, and its cells are metres of UTM"
    share = sample.share(name)
    holder = next((other for other, held in chosen.items() if held == name), None)
    if share < _HALF:
        return KEEP, f"called as {name} is, but only {share:.0%} of its cells could be that"
    if name == "id" and sample.repeats:
        return KEEP, "called as id is, but rows share a value"
    if holder is not None and name not in SHARED:
        return KEEP, f"{name} is already column {holder[:40]!r}"
    return name, said if share == 1 or not sample.cells else f"{said}; {share:.0%} of its cells fit"


def _days_by_cells(
    new: Sequence[str], sampled: Mapping[str, Sample], chosen: dict[str, str], reasons: dict[str, str]
) -> None:
    if {"date", "first_day", "last_day", "year"} & set(chosen.values()):
        return
    could = [
        column
        for column in new
        if chosen[column] == KEEP
        and len(cells := sampled[column].cells) >= _ENOUGH
        and sum(map(is_date, cells)) >= _NEARLY_ALL * len(cells)
    ]
    if len(could) == 1:
        chosen[could[0]], reasons[could[0]] = "date", "the only column whose cells are days"


def _one_way_of_dates(new: Sequence[str], chosen: dict[str, str], reasons: dict[str, str]) -> None:
    """Leave one way of saying when: days from first to last, else a day, else its year, month and day."""
    held = set(chosen.values())
    needless: tuple[str, ...] = ()
    if "first_day" in held and "date" in held:
        needless = ("date", *_PARTS_OF_DATE)
    elif held & {"date", "first_day"}:
        needless = _PARTS_OF_DATE
    for column in new:
        if chosen[column] in needless:
            reasons[column] = f"called as {chosen[column]} is, but other columns tell the days"
            chosen[column] = KEEP


def _one_way_of_places(new: Sequence[str], chosen: dict[str, str], reasons: dict[str, str]) -> None:
    """Leave metres alone where other columns tell the point in degrees."""
    held = set(chosen.values())
    if not ({"lat", "lon"} <= held or "point" in held):
        return
    for column in new:
        if chosen[column] in _OF_METRES:
            reasons[column] = f"called as {chosen[column]} is, but other columns tell the point in degrees"
            chosen[column] = KEEP
