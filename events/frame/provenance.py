"""Where a frame comes from, in a column, so that joining, dissolving and adding frames together does not lose it.

pandas drops `frame.attrs` in `merge`, `sjoin`, `dissolve` and `pd.DataFrame(frame)`, and where frames differ in
`concat`. What a frame states about itself is therefore in the column `frame_origin` too: one text for all rows, a
category, which costs a byte a row. What all rows state holds of the frame; what they state differently is not stated.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, cast

import pandas as pd

from willay.events.frame.columns import RECORD
from willay.events.model.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from willay.events.frame.columns import Origin

ORIGIN: Final = "frame_origin"
"""The column: JSON of what it carries of `columns.Origin`."""

CARRIED: Final = (
    "as_of", "policy", "policy_version", "policy_labels", "plugins", "lang", "question", "profile", "left_out",
    "coarsened", "unpublished", "left_out_by_terms", "rows",
)  # fmt: skip
"""What the column carries. Datasets, licences and credits are in columns of their own."""


def stating(frame: gpd.GeoDataFrame, origin: Mapping[Any, Any] | None) -> gpd.GeoDataFrame:
    """Return a frame that states where it comes from, in `attrs` and in its column.

    Args:
        frame: The frame; it is not changed.
        origin: What it states; None or nothing takes the column away.
    """
    stated = dict(origin or {})
    carried = {name: stated[name] for name in CARRIED if name in stated}
    if carried:
        text = pd.Index([canonical(carried)], dtype="str")
        column = pd.Categorical.from_codes([0] * len(frame), categories=text)
        frame = frame.assign(**{ORIGIN: column})
    elif ORIGIN in frame.columns:
        frame = frame.drop(columns=ORIGIN)
    else:
        frame = frame.copy(deep=False)
    frame.attrs = stated
    return frame


def origin_of(frame: gpd.GeoDataFrame) -> Origin:
    """Return what holds of all rows of a frame: what its `attrs` state, or, where they were lost, its column.

    Where rows come from different frames, only what all of them state is stated, whatever `attrs` say; but where any is
    the record itself, the frame is.
    """
    stated = origins_in(frame)
    if len(stated) <= 1:
        return cast("Origin", dict(stated[0] if stated else frame.attrs))
    common = {name: value for name, value in stated[0].items() if all(one.get(name) == value for one in stated[1:])}
    own = {name: value for name, value in frame.attrs.items() if name not in CARRIED}
    if any(one.get("profile") == RECORD for one in stated):
        common["profile"] = RECORD
    return cast("Origin", {**own, **common})


def origins_in(frame: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return the different statements of the rows of a frame; an empty one where a row states nothing.

    Where all rows state the same, it is what `attrs` state, as far as they were not lost. Without rows there is none.
    """
    if ORIGIN not in frame.columns:
        return [dict(frame.attrs)]
    stated = [_read(text) for text in frame[ORIGIN].unique()]
    return [dict(frame.attrs)] if len(stated) == 1 and frame.attrs else stated


def restated(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a frame whose `attrs` state what holds of all its rows; the same one where they do."""
    origin = origin_of(frame)
    if origin == frame.attrs:
        return frame
    frame = frame.copy(deep=False)
    frame.attrs = dict(origin)
    return frame


def _read(text: Any) -> dict[str, Any]:  # noqa: ANN401 — a cell of any frame
    try:
        stated = json.loads(text) if isinstance(text, str) else {}
    except ValueError:
        return {}
    return stated if isinstance(stated, dict) else {}
