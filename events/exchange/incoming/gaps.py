"""Gaps: rows that came in without a day or a place, or all alike, so that an import is not what it seems.

Each is a notice at the end. Rows of our own exports are not counted: what they lack is known where they come from.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from willay.data.countries import PRECISIONS
from willay.events.model.canonical import canonical
from willay.events.model.foreign import Notice
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from willay.events.model.foreign import Batch, Document, Outcome

TAKEN: Final = frozenset({"accepted", "updated", "unchanged"})
"""Results of rows that are in the database."""

LEAD: Final = "lead"
_UNITS: Final = frozenset(PRECISIONS)
_MARK_BYTES: Final = 8
_MANY: Final = 1_000
"""Number of rows from which what they lack is reported, although most rows have it."""


class Gaps:
    """Counts what rows lack, batch by batch; memory: some 100 bytes a row."""

    def __init__(self) -> None:
        self._rows = self._undated = self._unplaced = self._in_units = self._alike = 0
        self._seen: set[bytes] = set()

    def add(self, batch: Batch, outcomes: Sequence[Outcome]) -> None:
        """Count a batch."""
        for row, outcome in zip(batch.rows, outcomes, strict=True):
            if outcome.ending in TAKEN and row.draft is not None and row.identity is None:
                self._add(row.draft)

    def _add(self, document: Document) -> None:
        self._rows += 1
        self._undated += not document.get("days")
        places = document.get("places", ())
        drawn = any(map(_is_drawn, places))
        self._unplaced += not drawn
        self._in_units += not drawn and any(place.get("precision") in _UNITS for place in places)
        if document.get("status") == LEAD:
            return  # machines report an event many times
        mark = _mark(document)
        self._alike += mark in self._seen
        self._seen.add(mark)

    def notices(self, *, dated: bool = True) -> tuple[Notice, ...]:
        """Return what most rows lack, the gravest last.

        Args:
            dated: Whether the file could say days at all; False where no column of it does.
        """
        found = []
        if not dated and self._undated:
            found.append(
                tr(
                    "No column was recognised as the date, so {n:,} of {rows:,} rows have no date. Specify it: "
                    "--map COLUMN=date.",
                    n=self._undated,
                    rows=self._rows,
                )
            )
        elif self._is_told(self._undated):
            found.append(
                tr(
                    "{n:,} of {rows:,} rows have no date. If another column has the date, specify it: "
                    "--map COLUMN=date.",
                    n=self._undated,
                    rows=self._rows,
                )
            )
        if self._is_most(self._alike):
            found.append(
                tr(
                    "{n:,} of {rows:,} rows have the same title, day and place as an earlier row. If the file has one "
                    "row per victim, change it to one row per incident with a column of counts, or import a table with "
                    "--group-by title,date,place.",
                    n=self._alike,
                    rows=self._rows,
                )
            )
        if self._is_told(self._unplaced):
            found.append(self._way_to_places())
        if self._rows and self._unplaced == self._rows:
            found.append(tr("No incident of this import can be drawn on a map."))
        return tuple(Notice(text, grave=True) for text in found)

    def _way_to_places(self) -> str:
        if self._is_most(self._in_units):
            return tr(
                "{n:,} of {rows:,} rows have no place that can be drawn: the names in their columns match no known "
                "administrative unit; add columns with latitude and longitude.",
                n=self._unplaced,
                rows=self._rows,
            )
        return tr(
            "{n:,} of {rows:,} rows have no place that can be drawn: add a column with the administrative unit, or "
            "columns with latitude and longitude; a place name alone is not looked up.",
            n=self._unplaced,
            rows=self._rows,
        )

    def _is_told(self, number: int) -> bool:
        return self._is_most(number) or number >= _MANY

    def _is_most(self, number: int) -> bool:
        return number * 2 > self._rows


def _is_drawn(place: Document) -> bool:
    return place.get("lon") is not None or bool(place.get("admin_code") or place.get("region"))


def _mark(document: Document) -> bytes:
    places = [
        [place.get(name) for name in ("name", "lon", "lat", "admin_code")] for place in document.get("places", ())
    ]
    told = canonical([document.get("title"), document.get("days"), places])
    return hashlib.blake2b(told.encode(), digest_size=_MARK_BYTES).digest()
