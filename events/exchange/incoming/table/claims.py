"""How many: the claims of a row, one for each measure and group and for each source that a column names.

An open phrase ("más de 20") never fills an end that it leaves open, and in our own tables an empty highest next to a
lowest is open: nobody says how many at most.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from willay.events.exchange.incoming.cell_texts import CellError
from willay.events.exchange.incoming.table.count_cells import read_count
from willay.events.exchange.incoming.table.mapping import count_field
from willay.events.exchange.incoming.table.people import named_source, row_text
from willay.events.model.counts import Stated
from willay.events.model.errors import CountError
from willay.events.model.foreign import RowFault
from willay.events.model.values import Count
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from willay.events.exchange.incoming.table.mapping import CountField
    from willay.events.exchange.incoming.table.row import Row


class _Key(NamedTuple):
    """What a claim is about, and who says so: None for the row's own source."""

    measure: str
    group: str
    source: str | None

    @property
    def field(self) -> str:
        """The name of the field that holds the best number."""
        name = self.measure if self.group == "all" else f"{self.measure}/{self.group}"
        return f"{name} @{self.source}" if self.source else name


def claims_of(row: Row, source: str) -> list[dict[str, Any]]:  # Any: JSON
    """Return a claim for each measure, group and source that the row states; faults go to the row.

    Args:
        row: The row.
        source: The key of the source that counts without one of their own cite.
    """
    stated: dict[_Key, dict[str, Stated]] = {}
    for column, name in row.means.mapping.columns.items():
        held = count_field(name)
        if held is None or not row.cell(column):
            continue
        said = _read(row, column, name, held)
        if said is not None:
            stated.setdefault(_Key(held.measure, held.group, held.source), {})[held.bound] = said
    for name, text in row.means.mapping.defaults.items():
        held = count_field(name)
        if held and (key := _Key(held.measure, held.group, held.source)) not in stated:
            stated[key] = {held.bound: _default(row, name, text, held)}
    return [_claim(row, key, bounds, source) for key, bounds in stated.items()]


def _default(row: Row, name: str, text: str, held: CountField) -> Stated:
    """Return what a default of the mapping counts in a row that states nothing else."""
    try:
        return read_count(text, None, held.measure, held.group)
    except CellError as error:
        row.fault(name, text, str(error))
        return Stated(None)


def _read(row: Row, column: str, name: str, held: CountField) -> Stated | None:
    """Return what the cell of a count states; None where it states no number."""
    cell = row.cell(column)
    try:
        said = read_count(cell, row.means.survey.decimals.get(column), held.measure, held.group)
    except CellError as error:
        row.faults.append(RowFault.of(column, cell, str(error)))
        return None
    if said.vague:
        row.cannot_use(name, cell, tr("not a number; the count is unknown and the text is stored"))
        row.keep(column, cell)
    return said if said.count is not None and said.count != Count() else None


def _claim(row: Row, key: _Key, bounds: Mapping[str, Stated], source: str) -> dict[str, Any]:  # Any: JSON
    numbers = _numbers(row, key, bounds)
    try:
        Count(**numbers)
    except CountError as error:
        row.fault(key.field, str(list(numbers.values())), str(error))
    by = named_source(row, key.source) if key.source else source
    claim: dict[str, Any] = {"measure": key.measure, "group": key.group, "source": by}
    claim |= {bound: number for bound, number in numbers.items() if number is not None}
    words = "; ".join(dict.fromkeys(said.words for said in bounds.values() if said.words))
    return {**claim, "note": row_text(row, words)} if words else claim


def _numbers(row: Row, key: _Key, bounds: Mapping[str, Stated]) -> dict[str, int | None]:
    """Return low, best and high of a claim from its columns."""
    best = bounds["best"].count or Count() if "best" in bounds else Count()
    low, high = best.low, best.high
    if "low" in bounds:
        low = _bound(row, key, "low", bounds["low"])
        high = None if _own_highest_is_empty(row, key) else high
    if "high" in bounds:
        high = _bound(row, key, "high", bounds["high"])
    return {"low": low, "best": best.best, "high": high}


_OPEN: Final = {
    "low": mark("an open number (such as 10+), which has no low end; move it to the column of the number itself"),
    "high": mark("an open number (such as 10+), which has no high end; move it to the column of the number itself"),
}


def _bound(row: Row, key: _Key, name: str, said: Stated) -> int | None:
    """Return the number of a column of lowest or highest numbers."""
    count = said.count or Count()
    number: int | None = getattr(count, name)
    number = count.best if number is None else number
    if number is None:
        field = key.field.replace(key.measure, f"{key.measure}_{name}", 1)
        reason = tr(_OPEN[name])
        row.fault(field, said.words or str(count), reason)
    return number


def _own_highest_is_empty(row: Row, key: _Key) -> bool:
    """Return whether the column of the highest has the name that our own tables give it, and an empty cell."""
    name = f"{key.measure}_high" + ("" if key.group == "all" else f"/{key.group}")
    return row.means.mapping.columns.get(name) == name and not row.cells.get(name)
