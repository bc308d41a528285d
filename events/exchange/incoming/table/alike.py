"""What rows of a table show together: texts encoded twice, and one incident written as many rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from willay.events.exchange.incoming.table.advice import map_option
from willay.events.exchange.incoming.table.mapping import NO_GROUPS, count_field
from willay.events.model.advice import option
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from willay.events.exchange.incoming.table.mapping import ColumnMapping

USUAL_GROUP: Final = "title,date,place"
_TELLING: Final = frozenset(
    {"title", "summary", "date", "first_day", "last_day", "year", "month", "day", "place", "department", "province"}
    | {"district", "admin_code", "lat", "lon", "point", "east", "north", "type", "subtype", "case"}
)
"""Fields whose cells distinguish incidents."""

_FEW: Final = 20
_HALF: Final = 0.5
_SUSPECT: Final = re.compile("[ÂÃ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|Ã\u00ad|ï»¿")  # noqa: RUF001 — what cp1252 makes of UTF-8
_SHOWN: Final = 40


def decoded(text: str) -> str | None:
    """Return a text that is UTF-8 read as cp1252 as it was before; None where it is not.

    Example:
        >>> from willay.events.exchange.incoming.table.alike import decoded
        >>> decoded("CafÃ©")
        'Café'
    """
    if not _SUSPECT.search(text):
        return None
    encoded = bytearray()
    for letter in text:
        try:
            encoded += letter.encode("cp1252")
        except UnicodeEncodeError:
            if ord(letter) > 0xFF:  # noqa: PLR2004 — no byte
                return None
            encoded.append(ord(letter))
    try:
        return encoded.decode("utf-8")
    except UnicodeDecodeError:
        return None


@dataclass
class RowEvidence:
    """Counts rows that look alike, and rows with texts that were encoded twice; memory: some 60 bytes a row.

    Attributes:
        at: The places of the columns whose cells distinguish incidents.
        rows: How many rows were heard.
        alike: How many say the same there as an earlier row.
        doubled: How many have a text that was encoded twice.
        example: The first such text.
    """

    at: Sequence[int]
    rows: int = 0
    alike: int = 0
    doubled: int = 0
    example: str = ""
    _seen: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, columns: Sequence[str], mapping: ColumnMapping) -> RowEvidence:
        """Return no evidence yet, of a table's columns."""
        return cls([at for at, column in enumerate(columns) if mapping.columns[column] in _TELLING])

    def add(self, row: Sequence[str]) -> None:
        """Hear a row."""
        self.rows += 1
        mark = hash(tuple(row[at].strip() for at in self.at if at < len(row)))
        self.alike += mark in self._seen
        self._seen.add(mark)
        line = "\n".join(row)
        if not line.isascii() and _SUSPECT.search(line) and (found := next(filter(decoded, row), None)):
            self.doubled += 1
            self.example = self.example or found

    def question(self, mapping: ColumnMapping) -> str | None:
        """Ask whether rows that are mostly alike are one incident; None where they are not, or it is said already."""
        if mapping.group_by or not self.at or self.rows < _FEW or self.alike <= _HALF * self.rows:
            return None
        counted = any(map(count_field, mapping.columns.values()))
        grouped = option("--group-by", USUAL_GROUP) + ("" if counted else " " + map_option("default.killed", "1"))
        values = {"n": self.alike, "rows": self.rows, "grouped": grouped, "each": option("--group-by", NO_GROUPS)}
        if counted:
            return tr(
                "{n:,} of {rows:,} rows have the same title, days and place as an earlier row, as in a table with one "
                "row per victim. Specify whether such rows are one incident, their counts summed: {grouped}, or "
                "whether each row is an incident: {each}.",
                **values,
            )
        return tr(
            "{n:,} of {rows:,} rows have the same title, days and place as an earlier row, as in a table with one row "
            "per victim. Specify whether such rows are one incident: {grouped} (each row counts as one person killed; "
            "another count works in the same way), or whether each row is an incident: {each}.",
            **values,
        )

    def trouble(self) -> str | None:
        """Return which texts were encoded twice; None where none was."""
        if not self.doubled:
            return None
        shown, meant = (text[:_SHOWN] for text in (self.example, decoded(self.example) or ""))
        return tr(
            "{n:,} of {rows:,} rows have texts in double-encoded UTF-8: {shown} ({meant}). They are imported as they "
            "are. Save the file again as UTF-8 from the program that it comes from, and import that.",
            n=self.doubled,
            rows=self.rows,
            shown=shown,
            meant=meant,
        )
