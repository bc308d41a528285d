"""Facets: what a reader can choose values of, beyond the columns that hold one value a row.

Actors, cases and kinds of sources are lists. They travel as one long array of numbers, row after row, with the
length of each row's list next to it.
"""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from willay.events.model.values import parse_day
from willay.maps.payload import smallest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    from willay.maps.details import CardFacts

COLUMNS: Final = {"type": "type", "precision": "place_precision", "status": "status", "dataset": "dataset"}
"""Facets that are columns of the frame, with one value a row."""

_LISTS: Final = {"actor": ("actors", "parties"), "case": ("cases", "cases"), "kind": ("source_kinds", None)}
"""Facets that are lists: their column, and the list of a card that has their keys and names."""


_EPOCH: Final = date(1970, 1, 1)


def facet_columns(
    rows: gpd.GeoDataFrame, facts: CardFacts
) -> tuple[dict[str, dict[str, Any]], dict[str, NDArray[Any]]]:
    """Return the facets as the page reads them, and the arrays of those that are lists.

    A facet is `{"column": name}`, or `{"codes": [code, …], "names": {code: {language: text}}}` with the arrays
    `<facet>_counts` and `<facet>_ids`; codes are sorted. That of cases has `phases` by code, if there are any.
    """
    facets: dict[str, dict[str, Any]] = {name: {"column": column} for name, column in COLUMNS.items()}
    arrays: dict[str, NDArray[Any]] = {}
    for name, (column, inner) in _LISTS.items():
        lists, names = _from_column(rows, column), {}
        if inner:
            stated, names = facts.keys[inner], facts.names[inner]
            lists = [own if keys is None else keys for keys, own in zip(stated, lists, strict=True)]
        codes = sorted(set(chain.from_iterable(lists)))
        number = {code: place for place, code in enumerate(codes)}
        facets[name] = {"codes": codes, "names": {code: names[code] for code in codes if code in names}}
        if name == "case":
            phases = {code: [*map(_dated, facts.phases[code])] for code in codes if code in facts.phases}
            facets[name] |= {"phases": phases} if phases else {}
        arrays[f"{name}_counts"] = smallest(np.fromiter(map(len, lists), np.int64, len(lists)))
        arrays[f"{name}_ids"] = smallest(np.array([number[code] for code in chain.from_iterable(lists)], np.int64))
    return facets, arrays


def _dated(phase: Mapping[str, Any]) -> dict[str, Any]:
    """Return a phase with the first and last day that its beginning and its end can be, since 1970-01-01.

    Of a month, these are its first and last day; `until` is None where no end is recorded.
    """
    until = phase.get("until_day")
    return {**phase, "from": _days(phase["from_day"]), "until": _days(until) if until else None}


def _days(text: str) -> list[int]:
    return [(day - _EPOCH).days for day in parse_day(text)]


def _from_column(rows: gpd.GeoDataFrame, column: str) -> Sequence[Sequence[str]]:
    """Split the texts of a column; equal texts share one list."""
    split: dict[Any, Sequence[str]] = {}
    values = rows[column].astype(object).where(rows[column].notna(), "").tolist()
    return [split.setdefault(value, [*dict.fromkeys(part for part in value.split("; ") if part)]) for value in values]
