"""Boxes of primary places examined: the index that searches by area use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import text

from willay.events.store.dialects import dialect_of
from willay.events.store.results import ERROR, GO_BACK, Problem
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.engine import Connection


def read_boxes(connection: Connection) -> dict[int, tuple[float, ...]]:
    """Return west, east, south and north of all boxes as they are stored, by the number of the incident."""
    statement = text("SELECT incident, west, east, south, north FROM place_box")
    _, rows = dialect_of(connection).cells(connection.execute(statement))
    return {number: tuple(edges) for number, *edges in rows}


def box_problems(connection: Connection) -> Iterator[Problem]:
    """Find boxes of no incident, and damage of their index."""
    count = text(
        "SELECT count(*) FROM place_box WHERE incident NOT IN (SELECT fid FROM incident WHERE geom IS NOT NULL)"
    )
    if number := connection.execute(count).scalar():
        yield Problem(
            ERROR,
            "place_box",
            tr("Boxes of incidents without a place: {number}. {go_back}", number=number, go_back=tr(GO_BACK)),
        )


def stored_boxes(boxes: Sequence[tuple[int, float, float, float, float]]) -> list[tuple[float, ...]]:
    """Return west, east, south and north of boxes as SQLite stores them: in 32 bits, rounded outwards."""
    edges = np.array([box[1:] for box in boxes], float).reshape(-1, 4)
    columns = [_rounded(edges[:, n], outwards=1 if n % 2 else -1) for n in range(4)]
    return [*zip(*columns, strict=True)]


_AWAY, _TOWARDS = 1 + 2.0**-23, 1 - 2.0**-23


def _rounded(values: Any, *, outwards: int) -> list[float]:  # noqa: ANN401 — an array of 64-bit numbers
    """Round as SQLite's R*Tree does: to 32 bits, and by one step outwards where that went inwards.

    Args:
        values: Coordinates.
        outwards: -1 for lower edges, 1 for upper ones.
    """
    short = values.astype("float32").astype("float64")
    inwards = (short - values) * outwards < 0
    steps = np.where((values < 0) == (outwards < 0), _AWAY, _TOWARDS)
    stepped = (values * steps).astype("float32").astype("float64")
    rounded: list[float] = np.where(inwards, stepped, short).tolist()
    return rounded
