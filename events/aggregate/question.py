"""What is asked of many rows: which of them, summed by what."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final

from willay.events.model.errors import QueryError
from willay.events.model.policy import FIGURE_MEASURES
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

PERIODS: Final = ("day", "week", "month", "quarter", "year")
"""The lengths of time that rows are summed by; weeks begin on Monday."""

DIMENSIONS: Final = ("region", "type", *PERIODS)
"""What rows can be summed by."""

FINEST_TILES: Final = 14
"""The finest zoom of density cells: 2.4 km / 2^6 at the equator."""

ROLES: Final = (
    "first_day", "last_day", "type", "lon", "lat", "geometry", "place_precision", "country", "admin_code",
    "code", "part_of", "counted",
    *(f"{measure}_{bound}" for measure in FIGURE_MEASURES for bound in ("low", "best", "high")),
)  # fmt: skip
"""What a column of a source can be, by the names that our own exports give them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which rows are summed, and by what.

    Attributes:
        by: Dimensions of `DIMENSIONS`; at most one of them is a period.
        measures: Measures whose low, best and high are added up; rows are always counted.
        first: Only rows with a day on or after this one; None has no limit. Rows without a day are not asked for then.
        last: Only rows with a day on or before this one.
        types: Only rows of these types, as the source writes them; empty takes all.
        tiles: The zoom of density cells, 64 to the side of a map tile of that zoom; None makes none.
        columns: The source's column by role (`ROLES`), where it is not called as usual.

    Raises:
        QueryError: A dimension, measure or role is unknown, two periods are asked for, or the days are in the wrong
            order.

    Example:
        >>> from willay.events.aggregate import Question
        >>> Question(by=("region", "year")).period
        'year'
    """

    by: tuple[str, ...] = ("region", "month", "type")
    measures: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    types: tuple[str, ...] = ()
    tiles: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what cannot be answered."""
        for given, known, what in (
            (self.by, DIMENSIONS, "--by"),
            (self.measures, FIGURE_MEASURES, "--measure"),
            (tuple(self.columns), ROLES, "--columns"),
        ):
            if strange := next((name for name in given if name not in known), None):
                raise QueryError(
                    tr(
                        "{option}: unknown name {name!r}. Known: {known}.",
                        option=what,
                        name=strange[:80],
                        known=", ".join(known),
                    )
                )
        if len(asked := [name for name in self.by if name in PERIODS]) > 1:
            raise QueryError(tr("Rows can be summed by one period, not by {periods}.", periods=", ".join(asked)))
        if self.first and self.last and self.first > self.last:
            raise QueryError(tr("The first day, {first}, is after the last, {last}.", first=self.first, last=self.last))
        if self.tiles is not None and not 0 <= self.tiles <= FINEST_TILES:
            raise QueryError(
                tr("The zoom of density cells is {zoom}; expected 0 to {most}.", zoom=self.tiles, most=FINEST_TILES)
            )

    @property
    def period(self) -> str | None:
        """The period that rows are summed by; None where they are not."""
        return next((name for name in self.by if name in PERIODS), None)

    def as_facts(self) -> dict[str, Any]:
        """Return the question as JSON values, for the file of sums and to recognise finished partitions."""
        facts = asdict(self) | {"columns": dict(sorted(self.columns.items()))}
        return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in facts.items()}

    def digestible(self) -> str:
        """Return the question as text, the same for the same question."""
        return json.dumps(self.as_facts(), sort_keys=True)
