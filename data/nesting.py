"""Which administrative unit lies in which, by their codes: one rule for lists, maps, files, disclosure and prompts.

A code is never another's because its letters begin with the other's: RU-ALT is not in RU-AL, nor KH-10 in KH-1. Codes
nest by an explicit rule of their country: by the number of their digits, as Peru's UBIGEO does (05, 0505, 050505), or
by a full stop (MM-06, MM-06.003). Official codes that follow neither have their parents named one by one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

DEEPEST: Final = 3
"""Levels run from 1, the widest, to 3."""

_STOP: Final = "."
_LETTERS: Final = 2
"""The letters of a country's code, which is not a unit: MM.17, as GeoNames writes it, is of the first level."""


@dataclass(frozen=True, slots=True)
class Nesting:
    """The rule by which the codes of a country's units nest.

    Attributes:
        digits: The number of digits of a code of each level, where codes are of digits; empty where a full stop
            separates the levels.
        parents: The code of the unit that holds each unit, where a code does not show it; these come first.
        same: Codes that a unit had before, each with its code of today.

    Example:
        >>> from willay.data.nesting import Nesting
        >>> Nesting((2, 4, 6)).chain("050505")
        ('05', '0505', '050505')
        >>> Nesting().holds("RU-AL", "RU-ALT")
        False
        >>> Nesting(parents={"MMR001001": "MMR001"}).chain("MMR001001")
        ('MMR001', 'MMR001001')
        >>> Nesting().chain("MM.17")
        ('MM.17',)
    """

    digits: tuple[int, ...] = ()
    parents: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    same: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __hash__(self) -> int:
        """Return the same number for rules that are equal; their tables have none of their own."""
        return hash(self.digits)

    def chain(self, code: str) -> tuple[str, ...]:
        """Return the codes of the units that hold a unit, the widest first, and its own last; empty for no code."""
        chain: list[str] = []
        code = self.today(code)
        while code and code not in chain:
            chain.append(code)
            code = self.parent(code)
        return tuple(reversed(chain))

    def today(self, code: str) -> str:
        """Return the code that a unit has today: its own, unless it had another before."""
        seen = set[str]()
        while code in self.same and code not in seen:
            seen.add(code)
            code = self.same[code]
        return code

    def parent(self, code: str) -> str:
        """Return the code of the unit that holds a unit next to it; "" where it is of the first level, or not known."""
        if code in self.parents:
            return self.parents[code]
        if code.isdigit() and len(code) in self.digits:
            at = self.digits.index(len(code))
            return code[: self.digits[at - 1]] if at else ""
        parent = code.rpartition(_STOP)[0]
        return "" if len(parent) == _LETTERS and parent.isalpha() else parent

    def level(self, code: str) -> int:
        """Return the level of a unit, 1 for the widest; 0 for digits that are of no level, and for no code."""
        if self.digits and code.isdigit() and len(code) not in self.digits and code not in self.parents:
            return 0
        return len(self.chain(code))

    def cut(self, code: str, level: int) -> str:
        """Return the code of the unit of a level that holds a unit, or its own where it is not finer; "" at level 0."""
        chain = self.chain(code)
        return chain[min(level, len(chain)) - 1] if level and chain else ""

    def holds(self, outer: str, inner: str) -> bool:
        """Return whether a unit is another, or holds it."""
        return bool(outer) and outer in self.chain(inner)
