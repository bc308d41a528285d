"""Tables in the layout of another dataset, and what that layout cannot say.

Every loss is a row of `NAME.losses.csv` (code, field, value, reason); the kinds of losses are told with how often each
came up.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import shapely

from willay.data.crosswalks import crosswalk
from willay.events.exchange.outgoing.columns import cells, checked
from willay.events.exchange.outgoing.csv import TextTable
from willay.events.exchange.outgoing.written import Written
from willay.geo import replacing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    import geopandas as gpd

    from willay.events.exchange.outgoing.options import WritingOptions

LOSSES: Final = ("code", "field", "value", "reason")
READ: Final = (
    "code", "title", "summary", "type", "subtype", "first_day", "last_day", "date_precision", "place_name",
    "place_precision", "country", "adm1", "adm2", "adm3", "place_count", "killed_low", "killed_best", "killed_high",
    "injured_best", "abducted_best", "actors", "source_count", "cases", "tags", "counted", "part_of",
)  # fmt: skip
"""The columns of the incident frame that a layout is made of."""

_DECIMALS: Final = 4


@dataclass
class Losses:
    """What a layout could not say.

    Attributes:
        rows: One row a loss.
    """

    rows: list[tuple[str, str, str, str]] = field(default_factory=list)

    def add(self, code: str, name: str, value: object, reason: str) -> None:
        """Note one."""
        self.rows.append((code, name, "" if value is None else str(value), reason))

    def sentences(self) -> tuple[str, ...]:
        """Return the kinds of losses, the most frequent first."""
        counts = Counter((name, reason) for _, name, _, reason in self.rows)
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return tuple(f"{name}: {reason} ({number:,} times)." for (name, reason), number in ordered)


class Translator:
    """Translates our terms into a system's codes, and notes what is lost."""

    def __init__(self, system: str, losses: Losses) -> None:
        self._codes, self._losses = crosswalk(system), losses

    def code(self, row: Mapping[str, Any], name: str, term: str | None, column: str) -> str | None:
        """Return the code of a term in a list of the system, or None where it cannot say it."""
        found = self._codes.outgoing(name, term or "unknown")
        if found is None or found.code is None:
            self._losses.add(row["code"], column, term, f"left out: {found.loss if found else 'not known there'}")
            return None
        if found.loss:
            self._losses.add(row["code"], column, term, found.loss)
        return found.code


def rows_with_points(frame: gpd.GeoDataFrame) -> Iterator[tuple[dict[str, Any], tuple[float, float] | None]]:
    """Yield the cells that a layout needs, with longitude and latitude: of an area a point inside it."""
    columns = [cells(frame, name) for name in READ]
    points = shapely.point_on_surface(frame.geometry.to_numpy())
    for values, point in zip(zip(*columns, strict=True), points, strict=True):
        missing = point is None or point.is_empty
        at = None if missing else (round(point.x, _DECIMALS), round(point.y, _DECIMALS))
        yield dict(zip(READ, values, strict=True)), at


def write_shaped(
    frames: Iterator[gpd.GeoDataFrame],
    path: Path,
    options: WritingOptions,
    layout: tuple[tuple[str, ...], Callable[[gpd.GeoDataFrame, Losses], Iterator[tuple[Any, ...]]]],
) -> Written:
    """Write incident frames in a layout, with the table of losses beside it; errors as `outgoing.write`.

    Args:
        frames: Incident frames, in order.
        path: Where to.
        options: How to write.
        layout: The names of the columns, and what makes the rows of a frame.
    """
    columns, rows_of = layout
    losses = Losses()
    beside = path.with_name(f"{path.stem}.losses.csv")
    incidents = 0
    with replacing(path, force=options.force) as out, replacing(beside, force=options.force) as lost:
        table = TextTable(out, columns, bom=options.bom)
        for frame in checked(frames):
            incidents += len(frame)
            table.add(rows_of(frame, losses))
        TextTable(lost, LOSSES, bom=options.bom).add(losses.rows)
    return Written(path, incidents, losses.sentences(), (beside,))
