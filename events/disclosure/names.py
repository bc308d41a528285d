"""Names that no output may have, and how they are searched for in texts.

A name is found however it is written: in any case, with or without accents, composed or decomposed, with any signs
between its words or within them (blanks, line breaks, `_`, hyphens, invisible signs), and in addresses with `%20`.
Letters of another alphabet that only look the same are not taken for it.

- A name of four letters or more is found where words begin and end: "Ana Rosas" is not in "campaña rosas".
- A shorter one (an alias such as "SL") would be in too many texts: in prose it must have the same upper and lower case.
- In a text without blanks (a tag, a key, an address, a code) the case of short names does not matter, and names of
  eight letters or more are found within words too: such texts are often written without signs between the words.
- Alphabets without upper and lower case often have no blanks either: a name in one is found anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SHORT: Final = 4
"""Letters from which on a name is searched for in any case."""

WITHIN: Final = 8
"""Letters from which on a name is found within a word of a text without blanks."""

_FEW: Final = 64
"""Beginnings of names that are searched for one by one: from some on, looking at each letter costs less."""

_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_BLANK: Final = re.compile(r"\s")
_MARKS: Final = re.compile(
    "[\u00ad\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u2060-\u2064\u20d0-\u20ff\ufeff]"
)
"""Accents, once they are letters of their own (NFKD), and signs that nobody sees."""


def unaccented(text: str) -> str:
    """Return a text without accents and invisible signs, in upper and lower case as it is."""
    return text if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", text))


def folded(text: str) -> str:
    """Return a text without accents, invisible signs and upper case."""
    if text.isascii():
        return text.lower()
    return unaccented(unicodedata.normalize("NFKD", text).casefold())


@dataclass(frozen=True, slots=True)
class Names:
    """Names to search for; `Names.of` makes them.

    Attributes:
        long: Names of `SHORT` letters or more, folded and without any signs, by their first letters and their length.
        short: The others, in the upper and lower case that they were recorded in, without accents and signs.
        codes: The others as they are searched for in a text without blanks: folded.
        anywhere: Names in alphabets without upper and lower case: folded.
    """

    long: Mapping[str, Mapping[int, frozenset[str]]] = field(default_factory=dict)
    short: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    anywhere: frozenset[str] = frozenset()

    @classmethod
    def of(cls, names: Iterable[str], keys: Iterable[str] = ()) -> Self:
        """Make names to search for.

        Args:
            names: As people write them.
            keys: As databases do; short ones are searched for in texts without blanks only, since no prose has them.
        """
        long: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        short: set[str] = set()
        codes: set[str] = set()
        anywhere: set[str] = set()
        for name, is_key in [*((name, False) for name in names), *((key, True) for key in keys)]:
            letters = "".join(_WORD.findall(folded(name)))
            if not letters:
                continue
            if _is_caseless(letters):
                anywhere.add(letters)
            elif len(letters) >= SHORT:
                long[letters[:SHORT]][len(letters)].add(letters)
            else:
                codes.add(letters)
                if not is_key:
                    short.add("".join(_WORD.findall(unaccented(name))))
        found = {begins: {size: frozenset(some) for size, some in sizes.items()} for begins, sizes in long.items()}
        return cls(found, frozenset(short), frozenset(codes), frozenset(anywhere))

    def __bool__(self) -> bool:
        """Return whether there is any name."""
        return bool(self.long or self.codes or self.anywhere)

    def found_in(self, text: str) -> bool:
        """Return whether a text has any of the names."""
        if not self or not text:
            return False
        is_code = _BLANK.search(text) is None
        if is_code and "%" in text and (plain := unquote(text)) != text and self._is_in(plain, is_code=True):
            return True
        return self._is_in(text, is_code=is_code)

    def may_be_in(self, text: str) -> bool:
        """Return whether a text, or one of those that it was joined of by blanks, may have any of the names.

        Where this says no, `found_in` says no of each part, at some ten times the cost.
        """
        if not self:
            return False
        if "%" in text:  # an address in which letters stand for others
            return True
        words = _WORD.findall(folded(text))
        letters = "".join(words)
        if len(self.long) > _FEW:
            some = any(letters[at : at + SHORT] in self.long for at in range(len(letters)))
        else:
            some = any(begins in letters for begins in self.long)
        if some or any(name in letters for name in self.anywhere):
            return True
        return bool(self.codes) and _has_words(letters, [0, *accumulate(map(len, words))], self.codes)

    def _is_in(self, text: str, *, is_code: bool) -> bool:
        words = _WORD.findall(folded(text))
        letters = "".join(words)
        edges = [0, *accumulate(map(len, words))]
        if self._has_long(letters, edges, is_code=is_code) or any(name in letters for name in self.anywhere):
            return True
        if is_code:
            return _has_words(letters, edges, self.codes)
        if not self.short:
            return False
        words = _WORD.findall(unaccented(text))
        return _has_words("".join(words), [0, *accumulate(map(len, words))], self.short)

    def _has_long(self, letters: str, edges: Sequence[int], *, is_code: bool) -> bool:
        """Return whether a long name is among letters, with the places where words begin and end."""
        for at in edges:
            for size, names in self.long.get(letters[at : at + SHORT], _NONE).items():
                if letters[at : at + size] in names and at + size in edges:
                    return True
        return is_code and any(
            size >= WITHIN and letters[at : at + size] in names
            for at in range(len(letters))
            for size, names in self.long.get(letters[at : at + SHORT], _NONE).items()
        )


_NONE: Final[Mapping[int, frozenset[str]]] = {}


def _has_words(letters: str, edges: Sequence[int], names: frozenset[str]) -> bool:
    """Return whether one of a few short names is among letters, from the beginning of a word to the end of one."""
    lengths = {len(name) for name in names}
    return any(letters[at : at + size] in names and at + size in edges for at in edges for size in lengths)


def _is_caseless(letters: str) -> bool:
    """Return whether letters are of an alphabet without upper and lower case."""
    return any(map(str.isalpha, letters)) and letters.upper() == letters
