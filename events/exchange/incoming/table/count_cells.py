"""Cells that hold numbers: what a whole column shows about 1,234, and its cells read in that style."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from willay.events.exchange.incoming.cell_texts import CellError
from willay.events.exchange.incoming.table.advice import map_option
from willay.events.model import counts, numerals
from willay.events.model.errors import CountError
from willay.events.model.numerals import COMMA, NUMBER, POINT, unspaced, vote
from willay.geo.translation import joined, quoted, tr

if TYPE_CHECKING:
    from willay.events.model.counts import Stated


@dataclass
class NumberEvidence:
    """What the cells of a column say about the sign of its decimals; the order of rows has no say.

    Attributes:
        votes: Numbers that can only have decimals after a comma, after a point, or either (None).
        examples: The alphabetically first of each.
        thousands: Signs that stand before three digits which are not decimals if the numbers are whole.
        signs: Signs that stand before three digits.
    """

    votes: dict[str | None, int] = field(default_factory=lambda: dict.fromkeys((COMMA, POINT, None), 0))
    examples: dict[str | None, str] = field(default_factory=dict)
    thousands: set[str] = field(default_factory=set)
    signs: set[str] = field(default_factory=set)

    def add(self, text: str) -> None:
        """Hear a cell."""
        for number in NUMBER.findall(unspaced(text)):
            if not number.isdecimal():
                self._hear(number, text)

    def _hear(self, number: str, text: str) -> None:
        said = vote(number)
        self.votes[said] += 1
        self.examples[said] = min(self.examples.get(said, text), text)
        if said is None:
            sign = next(letter for letter in number if letter in ",.")
            self.signs.add(sign)
            if not number.endswith("000"):
                self.thousands.add(sign)

    def style(self, *, whole: bool) -> str | None:
        """Return what separates decimals, where some cells prove it and none denies it.

        Args:
            whole: The numbers are counts, so that the 234 of 1,234 are not decimals.
        """
        comma, point = self.votes[COMMA], self.votes[POINT]
        if bool(comma) != bool(point):
            return COMMA if comma else POINT
        if not comma and whole and self.thousands and len(self.signs) == 1:
            return POINT if "," in self.signs else COMMA
        return None

    def trouble(self, column: str, *, whole: bool) -> str | None:
        """Return why the column's numbers cannot be read, and what to do; None where they can."""
        if self.style(whole=whole) or not any(self.votes.values()):
            return None
        shown = joined(
            tr(" and "), (quoted(text[:40]) for _, text in sorted(self.examples.items(), key=lambda item: item[1]))
        )
        return tr(
            "Column {column!r}: in numbers such as {shown}, the decimal sign can be a comma or a "
            "point. Specify which: {comma} or {point}.",
            column=column[:40],
            shown=shown,
            comma=map_option("decimals", COMMA),
            point=map_option("decimals", POINT),
        )


def number(text: str, style: str | None) -> float:
    """Read a number as `numerals.number` does.

    Raises:
        CellError: It is not one, or not in the style.
    """
    try:
        return numerals.number(text, style)
    except CountError as error:
        raise CellError(str(error)) from None


def read_count(text: str, style: str | None, measure: str | None = None, group: str | None = None) -> Stated:
    """Read a count as `counts.read_count` does.

    Raises:
        CellError: It cannot be read, or speaks of other people.
    """
    try:
        return counts.read_count(text, style, measure, group)
    except CountError as error:
        raise CellError(str(error)) from None
