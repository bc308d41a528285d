"""The cards of incidents, as the page unpacks them when one is opened: the frame's `details`, in blocks of rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from willay.events.errors import FrameError
from willay.events.policy import FIGURE_MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import geopandas as gpd

BLOCK: Final = 512
"""Rows in a block: small enough to unpack at a click, large enough to compress well."""

_ROW_TEXTS: Final = (
    "summary", "adm2", "adm3", "country", "admin_code", "confidence", "dataset", "licence", "recorded_at", "tags",
)  # fmt: skip
"""Columns of the frame that only the card shows, beside `details`."""


def card_blocks(rows: gpd.GeoDataFrame) -> Iterator[list[dict[str, Any]]]:
    """Yield the cards of the rows in blocks of `BLOCK`, in order.

    A card is the row's `details`, or what the row itself can say where it has none, with the row's own `row` texts.

    Raises:
        FrameError: A row's details are no JSON object.
    """
    names = [name for name in rows.columns if name != "geometry"]
    for start in range(0, len(rows), BLOCK):
        block = rows[names].iloc[start : start + BLOCK].to_dict("records")
        yield [_card(row) for row in block]


def _card(row: Mapping[Any, Any]) -> dict[str, Any]:
    details = row["details"]
    card = _parse(row) if isinstance(details, str) and details else _bare(row)
    card["row"] = {name: row[name] for name in _ROW_TEXTS if isinstance(row[name], str) and row[name]}
    for name in ("revision", "source_count"):
        if isinstance(row[name], int):
            card["row"][name] = row[name]
    return card


def _parse(row: Mapping[Any, Any]) -> dict[str, Any]:
    try:
        card = json.loads(row["details"], parse_constant=lambda _: None)
    except ValueError as error:
        raise FrameError(f"{row['code']}: its details are no JSON ({error}). Read the frame from the store again.") from None
    if not isinstance(card, dict):
        raise FrameError(f"{row['code']}: its details are a {type(card).__name__}, not a JSON object.")
    return card


def _bare(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a card of what the columns alone say."""
    figures = {}
    for measure in FIGURE_MEASURES:
        numbers = {bound: row[f"{measure}_{bound}"] for bound in ("low", "best", "high")}
        known = {bound: int(value) for bound, value in numbers.items() if value == value and value is not None}  # noqa: PLR0124 — NaN is not itself
        if known:
            figures[measure] = known
    return {"figures": figures}
