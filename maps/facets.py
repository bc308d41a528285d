"""Facets: what a reader can choose values of, beyond the columns that hold one value a row.

Actors, cases and kinds of sources are lists. They travel as one long array of numbers, row after row, with the
length of each row's list next to it.
"""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from willay.events.model.errors import FrameError
from willay.maps.payload import smallest

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

COLUMNS: Final = {"type": "type", "precision": "place_precision", "status": "status", "dataset": "dataset"}
"""Facets that are columns of the frame, with one value a row."""

_LISTS: Final = {
    "actor": ("actors", "parties", "name"),
    "case": ("cases", "cases", "title"),
    "kind": ("source_kinds", None, None),
}
"""Facets that are lists: their column, and where a card has their keys and names by language."""


def parsed_details(rows: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return what the column `details` states about each row, an empty dict where it says nothing.

    Raises:
        FrameError: A row's details are not a JSON object.
    """
    return [
        _parse(details, code) if isinstance(details, str) and details else {}
        for details, code in zip(rows["details"], rows["code"], strict=True)
    ]


def _parse(details: str, code: str) -> dict[str, Any]:
    try:
        card = json.loads(details, parse_constant=lambda _: None)
    except ValueError as error:
        raise FrameError(
            f"{code}: its details are not valid JSON ({error}). Read the frame from the store again."
        ) from None
    if not isinstance(card, dict):
        raise FrameError(f"{code}: its details are a {type(card).__name__}, not a JSON object.")
    return card


def facet_columns(
    rows: gpd.GeoDataFrame, cards: Sequence[dict[str, Any]]
) -> tuple[dict[str, dict[str, Any]], dict[str, NDArray[Any]]]:
    """Return the facets as the page reads them, and the arrays of those that are lists.

    A facet is `{"column": name}`, or `{"codes": [code, …], "names": {code: {language: text}}}` with the arrays
    `<facet>_counts` and `<facet>_ids`; codes are sorted.
    """
    facets: dict[str, dict[str, Any]] = {name: {"column": column} for name, column in COLUMNS.items()}
    arrays: dict[str, NDArray[Any]] = {}
    for name, (column, inner, text) in _LISTS.items():
        lists, names = _from_column(rows, column), {}
        if inner and text:
            lists = [_keys(card[inner]) if inner in card else own for card, own in zip(cards, lists, strict=True)]
            names = {item["key"]: item[text] for card in cards for item in card.get(inner, ()) if item.get(text)}
        codes = sorted(set(chain.from_iterable(lists)))
        number = {code: place for place, code in enumerate(codes)}
        facets[name] = {"codes": codes, "names": {code: names[code] for code in codes if code in names}}
        arrays[f"{name}_counts"] = smallest(np.fromiter(map(len, lists), np.int64, len(lists)))
        arrays[f"{name}_ids"] = smallest(np.array([number[code] for code in chain.from_iterable(lists)], np.int64))
    return facets, arrays


def _from_column(rows: gpd.GeoDataFrame, column: str) -> list[list[str]]:
    """Split the texts of a column; equal texts share one list."""
    split: dict[Any, list[str]] = {}
    values = rows[column].astype(object).where(rows[column].notna(), "").tolist()
    return [split.setdefault(value, [*dict.fromkeys(part for part in value.split("; ") if part)]) for value in values]


def _keys(items: Sequence[dict[str, Any]]) -> list[str]:
    return [*dict.fromkeys(item["key"] for item in items)]
