"""Names that people give to the columns of their tables, and words they write in cells, in Spanish and English.

The lists are data (`data/headers/*.toml`): a name that a monitor's office uses is one word more there.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from willay.data.admin import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

_CAPITAL_INSIDE: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_LETTER: Final = re.compile(r"[\W_]+")
_BRACKETED: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LONGEST_PHRASE: Final = 4
_PARTS: Final = ("measure", "group", "bound", "filler")


@dataclass(frozen=True, slots=True)
class HeaderField:
    """A field that a column can hold: its name, what it is in words, and what people call such a column."""

    name: str
    says: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountName:
    """What the name of a column of counts says.

    Attributes:
        measure: What is counted.
        bound: `low`, `best` or `high`.
        group: Who is counted; None where it is everybody.
        open: The words of which it is unclear whether they mean the group counted or the source, as `police` in
            `deaths_police`; empty where the name is plain.
    """

    measure: str
    bound: str = "best"
    group: str | None = None
    open: str = ""

    @property
    def field(self) -> str:
        """The name of the field."""
        name = self.measure if self.bound == "best" else f"{self.measure}_{self.bound}"
        return f"{name}/{self.group}" if self.group else name


@dataclass(frozen=True, slots=True)
class Headers:
    """The vocabulary of tables.

    Attributes:
        fields: The fields in their order, without the counts.
        by_name: The field and the rank of the name among its names, by folded name.
        words: Codes by folded word, by list: measure, group, bound, filler, people, phrase, none, rounded, unknown,
            vague, number, month, relative, weekday, span_unit, part, daytime, country, truth, terms.
    """

    fields: tuple[HeaderField, ...]
    by_name: Mapping[str, tuple[str, int]]
    words: Mapping[str, Mapping[str, str]]

    def field_of(self, header: str) -> tuple[str, int] | None:
        """Return the field that a column of a name holds, and how usual the name is (0 most); None where unknown.

        A count is named by a measure, with a group before it or after `de`: "policías heridos (mín.)" is
        `injured_low/police`.
        """
        for text in dict.fromkeys((plain(header), plain(_BRACKETED.sub(" ", header)))):
            if text in self.by_name:
                return self.by_name[text]
        count = self.count_of(header)
        return None if count is None or count.open else (count.field, len(plain(header).split()))

    def terms_of(self, header: str) -> str | None:
        """Return which term of a row a column with this name holds, such as `licence`; None if it holds none."""
        return self.words["terms"].get(plain(header))

    def count_of(self, header: str) -> CountName | None:
        """Return what the name of a column states about a count; None where it names no measure.

        A group right after the measure is left open, since it may be who says so, and so are words that are not known.
        """
        tokens = plain(header).split()
        found: dict[str, str] = {}
        left: list[str] = []
        at, before = 0, ""
        while at < len(tokens):
            part, code, length = self._part_at(tokens, at) or ("", "", 1)
            phrase = " ".join(tokens[at : at + length])
            if not part or (part in found and part != "filler") or (part == "group" and before == "measure"):
                left.append(phrase)
            if part:
                found.setdefault(part, code)
                before = part
            at += length
        if "measure" not in found:
            return None
        return CountName(found["measure"], found.get("bound", "best"), found.get("group"), " ".join(left))

    def _part_at(self, tokens: list[str], at: int) -> tuple[str, str, int] | None:
        for length in range(min(_LONGEST_PHRASE, len(tokens) - at), 0, -1):
            phrase = " ".join(tokens[at : at + length])
            for part in _PARTS:
                if phrase in self.words[part]:
                    return part, self.words[part][phrase], length
        return None


def plain(text: str) -> str:
    """Return the name of a column in lower case, without accents and marks, its words apart."""
    return _NO_LETTER.sub(" ", folded(_CAPITAL_INSIDE.sub(" ", text))).strip()


@cache
def headers() -> Headers:
    """Read the shipped vocabulary, once."""
    fields = tuple(HeaderField(row["field"], row["says"], tuple(row["names"])) for row in _toml("fields")["field"])
    by_name = {name: (field.name, rank) for field in fields for rank, name in enumerate(field.names)}
    words = {
        part: MappingProxyType({word: row["code"] for row in rows for word in row["words"]})
        for part, rows in _toml("words").items()
    }
    return Headers(fields, MappingProxyType(by_name), MappingProxyType(words))


def _toml(file: str) -> dict[str, list[dict[str, Any]]]:  # Any: TOML values
    return tomllib.loads((files("willay.data") / "headers" / f"{file}.toml").read_text("utf-8"))
