"""Sheets unfolded: merged cells, names of columns in several rows, and rows that are totals, sources or notes.

What people lay out for the eye is brought into one row of names above rows of data. Nothing is made up: a name is put
together from the cells above each other, and a merged cell stands for all that it covers, but never for a count, which
would be counted once a row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from willay.data.headers import headers, plain
from willay.events.exchange.incoming.table.fitting import is_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from willay.data.headers import CountName

Range = tuple[tuple[int, int], tuple[int, int]]
"""A merged range: its first and last cell, each as row and column from 0, inclusive."""

_NAME: Final = re.compile(r"(?=.*[^\W\d_])(?!.{81})")
_HALF: Final = 0.5
_MOST_WORDS: Final = 2
_ASIDE: Final = re.compile(
    r"(?:^|\x1f)\s*\W{0,3}(?:(?P<total>(?:sub[ -]?|gran |grand )?total(?:es|s)?|suma|sum)\b"
    r"|(?P<note>fuentes?|sources?|notas?|notes?|elaboraci[oó]n|elaborado por|prepared by|leyenda|legend)\b\s*[:.\d(])",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"[-+]?[\d.,\s%]*")


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged cells of a sheet, its rows counted without the blank ones.

    Attributes:
        down: By row, the columns that a cell above covers, each with the row of that cell.
        across: By row, the first and last column of each cell that covers several.
    """

    down: Mapping[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    across: Mapping[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, ranges: Iterable[Range], filled: Sequence[int]) -> Merged:
        """Return the merged cells of some ranges.

        Args:
            ranges: The ranges, in rows of the sheet.
            filled: The rows of the sheet that are not blank, in their order.
        """
        place_of = {row: place for place, row in enumerate(filled)}
        down: dict[int, list[tuple[int, int]]] = {}
        across: dict[int, list[tuple[int, int]]] = {}
        for (top, left), (bottom, right) in sorted(ranges):
            if top not in place_of:
                continue
            if right > left:
                across.setdefault(place_of[top], []).append((left, right))
            for row in range(top + 1, bottom + 1):
                if row in place_of:
                    down.setdefault(place_of[row], []).append((left, place_of[top]))
        frozen = ({row: tuple(cells) for row, cells in part.items()} for part in (down, across))
        return cls(*frozen)


NOT_MERGED: Final = Merged()
"""A sheet without merged cells."""


def header_depth(top: Sequence[Sequence[str]], place: int, merged: Merged) -> tuple[int, int]:
    """Return how many rows above and below a row of names name the columns as well.

    Args:
        top: The first rows of the sheet.
        place: The row with the most known names.
        merged: The merged cells.
    """
    below = 0
    while below < _MOST_WORDS and place + below + 1 < len(top):
        if not _continues(top[place + below], top[place + below + 1], merged.across.get(place + below, ())):
            break
        below += 1
    above = 0
    if place and _heads(top[place - 1], top[place], merged.across.get(place - 1, ())):
        above = 1
    return above, below


def _filled(row: Sequence[str]) -> dict[int, str]:
    return {at: " ".join(cell.split()) for at, cell in enumerate(row) if cell.strip()}


def _spread(upper: Sequence[str], lower: Sequence[str], across: Iterable[tuple[int, int]]) -> dict[int, str]:
    """Return the cells of a row with those that stand for the blank ones to their right, where the row below has names.

    A cell stands for the blank ones next to it if it is merged with them, or if the row below has a name under it too.
    """
    found, below = _filled(upper), _filled(lower)
    for left, right in across:
        if left in found:
            found |= dict.fromkeys((at for at in range(left + 1, right + 1) if at in below), found[left])
    own = set(found)
    for at in sorted(below):
        if at not in found and at - 1 in found and (at - 1 in below or at - 1 not in own):
            found[at] = found[at - 1]
    return found


def _continues(upper: Sequence[str], lower: Sequence[str], across: Iterable[tuple[int, int]]) -> bool:
    """Return whether a row below a row of names has names too, under merged or blank ones."""
    own, below = _filled(upper), _filled(lower)
    spread = _spread(upper, lower, across)
    if not below or not all(_NAME.match(cell) and not is_date(cell) for cell in below.values()):
        return False
    under = [at for at in below if at not in own]
    shared = [at for at in below if sum(spread.get(other) == spread.get(at) for other in below) > 1 and at in spread]
    stands = {*under, *shared, *(at for at, cell in below.items() if own.get(at) == cell)}
    if not under or not stands.issuperset(below):
        return False
    known = sum(_means(cell) or _means(f"{spread.get(at, '')} {cell}") for at, cell in below.items())
    return known >= _HALF * len(below) or (bool(tuple(across)) and known > 0)


def _heads(upper: Sequence[str], lower: Sequence[str], across: Sequence[tuple[int, int]]) -> bool:
    """Return whether the row above a row of names groups them, or has those that are blank in it."""
    over, own = _filled(upper), _filled(lower)
    if len(over) <= 1 or not all(_NAME.match(cell) for cell in over.values()):
        return False
    blank = any(at not in own for at in over)
    doubled = len(set(own.values())) < len(own)
    return blank or doubled or bool(across)


def joined_names(rows: Sequence[Sequence[str]], merged: Sequence[Iterable[tuple[int, int]]]) -> list[str]:
    """Return one name a column of several rows of names.

    Args:
        rows: The rows, from the top.
        merged: The merged cells of each.
    """
    names = _filled(rows[-1])
    for upper, across, lower in reversed(list(zip(rows, merged, rows[1:], strict=False))):
        padded = [names.get(at, "") for at in range(max(len(upper), len(lower)))]
        over = _spread(upper, padded, across)
        names = {at: _one_name(over.get(at, ""), names.get(at, ""), names) for at in {*over, *names}}
    width = max(len(row) for row in rows)
    return [names.get(at, "") for at in range(width)]


def _one_name(upper: str, lower: str, row: Mapping[int, str]) -> str:
    """Return the name of a column: the lower cell where it says enough, else both."""
    if not upper or not lower or upper == lower:
        return lower or upper
    both = f"{upper} {lower}"
    count, more = headers().count_of(lower), headers().count_of(both)
    if more is not None and _says_more(more, count):
        return both
    alone = sum(cell == lower for cell in row.values()) == 1
    return lower if alone and headers().match(lower) else both


def _says_more(count: CountName, than: CountName | None) -> bool:
    if than is None:
        return True
    return (count.group, count.bound) != (than.group, than.bound)


def _means(name: str) -> bool:
    """Return whether a name is one of a field or a count, or a word of one."""
    found = headers()
    words = found.words
    is_word = any(plain(name) in words[part] for part in ("group", "bound"))
    return is_word or found.match(name) is not None or found.count_of(name) is not None


def is_aside(row: Sequence[str]) -> bool:
    """Return whether a row is not data: a total, or a source or note that stands alone.

    A row with a day is data, and so is one with more texts than the total's own and the name of what it sums.
    """
    if not _ASIDE.search("\x1f".join(row)):
        return False
    cells = list(_filled(row).values())
    texts = [cell for cell in dict.fromkeys(cells) if not _NUMBER.fullmatch(cell)]
    found = [match for cell in texts if (match := _ASIDE.match(cell))]
    if not found:
        return False
    if any(match["note"] for match in found):
        return len(texts) == 1 == len(set(cells))
    has_numbers = len(texts) < len(set(cells))
    few = len(texts) <= (_MOST_WORDS if has_numbers else 1)
    return few and not any(map(is_date, texts)) and all(len(cell.split()) <= 2 * _MOST_WORDS + 1 for cell in texts)
