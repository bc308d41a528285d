"""Cells that hold numbers: counts as people write them, and what a whole column tells about 1,234."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from willay.data.admin import folded
from willay.data.headers import headers
from willay.events.errors import CountError
from willay.events.exchange.incoming.cells import CellError
from willay.events.values import Count

COMMA: Final = "comma"
POINT: Final = "point"
_SIGNS: Final = {COMMA: ",", POINT: "."}
_NUMBER: Final = re.compile(r"\d[\d.,]*\d|\d")
_SPACED: Final = re.compile(r"(?<=\d)[ \u00a0\u202f'’](?=\d{3}(?!\d))")
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:\D\d{3})+")
_GROUP: Final = 3
_LONGEST: Final = 12
HOW: Final = "expected a number of people: 5, 25-30, 30+, más de 30, or empty for unknown"


@dataclass(frozen=True, slots=True)
class Stated:
    """What a cell says of a count.

    Attributes:
        count: The numbers; None where none is stated.
        words: The cell as it is written, where words say more than the numbers do.
        vague: The cell says some or many, and no number.
    """

    count: Count | None
    words: str | None = None
    vague: bool = False


@dataclass
class NumberEvidence:
    """What the cells of a column say about the sign of its decimals; the order of rows has no say.

    Attributes:
        votes: Numbers that can only have decimals after a comma, after a point, or either (None).
        examples: The alphabetically first of each.
        thousands: Signs that stand before three digits which are no decimals if the numbers are whole.
        signs: Signs that stand before three digits.
    """

    votes: dict[str | None, int] = field(default_factory=lambda: dict.fromkeys((COMMA, POINT, None), 0))
    examples: dict[str | None, str] = field(default_factory=dict)
    thousands: set[str] = field(default_factory=set)
    signs: set[str] = field(default_factory=set)

    def add(self, text: str) -> None:
        """Hear a cell."""
        for number in _NUMBER.findall(_SPACED.sub("", text)):
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
            whole: The numbers are counts, so that the 234 of 1,234 are no decimals.
        """
        comma, point = self.votes[COMMA], self.votes[POINT]
        if bool(comma) != bool(point):
            return COMMA if comma else POINT
        if not comma and whole and self.thousands and len(self.signs) == 1:
            return POINT if "," in self.signs else COMMA
        return None

    def trouble(self, column: str, *, whole: bool) -> str | None:
        """Say why the column's numbers cannot be read, and what to do; None where they can."""
        if self.style(whole=whole) or not any(self.votes.values()):
            return None
        shown = " and ".join(repr(text[:40]) for _, text in sorted(self.examples.items(), key=lambda item: item[1]))
        return (
            f"Column {column[:40]!r}: numbers such as {shown} do not tell whether a comma or a point comes before "
            f"decimals. Say which: --map decimals={COMMA} or --map decimals={POINT}."
        )


def vote(number: str) -> str | None:
    """Return what can only separate the decimals of a number with commas or points; None where either can."""
    signs = [letter for letter in number if letter in ",."]
    if len(set(signs)) > 1:
        return COMMA if signs[-1] == "," else POINT
    if len(signs) > 1:
        return POINT if signs[0] == "," else COMMA
    before, after = re.split(r"[.,]", number)
    if len(after) != _GROUP or len(before) > _GROUP or before == "0":
        return COMMA if signs[0] == "," else POINT
    return None


def number(text: str, style: str | None) -> float:
    """Read a number.

    Args:
        text: Digits, with commas and points.
        style: What separates decimals; None where no cell of the column needs it.

    Raises:
        CellError: It is none, or not in the style.
    """
    plain = _SPACED.sub("", text.strip())
    sign = _SIGNS[style or (vote(plain.lstrip("+-")) if re.search("[.,]", plain) else None) or POINT]
    head, dot, decimals = plain.partition(sign)
    digits = head.lstrip("+-")
    if not digits.isdecimal():
        if not _THOUSANDS.fullmatch(digits):
            raise CellError("expected a number")
        head = re.sub(r"[.,]", "", head)
    try:
        value = float(f"{head}.{decimals}" if dot else head)
    except ValueError:
        raise CellError("expected a number") from None
    if not math.isfinite(value):
        raise CellError("expected a number")
    return value


def read_count(text: str, style: str | None) -> Stated:
    """Read a count.

    Args:
        text: The cell.
        style: What separates decimals in the column; None where no cell needs it.

    Raises:
        CellError: It is none.
    """
    plain = folded(text)
    words = headers().words
    if not plain or plain in words["unknown"]:
        return Stated(None)
    if plain in words["vague"] or (plain.split()[0] in words["vague"] and not re.search(r"\d", plain)):
        return Stated(None, text.strip(), vague=True)
    digits = _NUMBER.sub(lambda match: _whole(match[0], style), _SPACED.sub("", _spelled(plain)))
    try:
        return Stated(Count.parse(re.sub(r"\s*[-–—]\s*", "-", digits)))
    except CountError as error:
        if re.fullmatch(r"[\d\s–—+-]+", digits):
            raise CellError(str(error)) from None
    return _phrased(digits, text)


def _whole(digits: str, style: str | None) -> str:
    value = number(digits, style)
    if value != int(value) or len(digits) > _LONGEST:
        raise CellError(f"{HOW}; people are counted whole")
    return str(int(value))


def _spelled(plain: str) -> str:
    """Write spelled numbers as digits: `al menos tres`. An article is one only where it stands alone."""
    numbers = headers().words["number"]
    if plain in numbers:
        return numbers[plain]
    articles = {"un", "una", "uno", "one"}
    return " ".join(word if word in articles else numbers.get(word, word) for word in plain.split())


def _phrased(digits: str, text: str) -> Stated:
    for pattern, meaning in _phrases():
        if match := pattern.fullmatch(digits):
            n = int(match["n"])
            m = int(match["m"]) if meaning == "between" else None
            try:
                return Stated(_meant(meaning, n, m), text.strip())
            except CountError as error:
                raise CellError(str(error)) from None
    raise CellError(HOW)


def _meant(meaning: str, n: int, m: int | None) -> Count:
    if meaning == "about":
        return Count(best=n)
    return Count(high=n) if meaning == "fewer" else Count(low=n, high=m)


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    made = []
    for phrase, meaning in headers().words["phrase"].items():
        pattern = re.escape(folded(phrase)).replace(r"\{n\}", r"(?P<n>\d+)").replace(r"\{m\}", r"(?P<m>\d+)")
        made.append((re.compile(pattern), meaning))
    return tuple(made)
