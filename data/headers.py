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
    from collections.abc import Iterator, Mapping

_CAPITAL_INSIDE: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_LETTER: Final = re.compile(r"[\W_]+")
_BRACKETED: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LONGEST_PHRASE: Final = 4
_COUNTRY: Final = "country"
_CODED: Final = 100
"""The rank of the first name of a column of country codes: the name of a country goes before its code."""

_PARTS: Final = ("measure", "group", "bound", "filler")
_SEPARATOR: Final = re.compile(r"\s*(?:/|::)\s*|(?<=\w)\.(?=\w)")
_MOST_PARTS: Final = 6
_TAG: Final = re.compile(r"#[a-z]\w*(?:\s*\+\s*\w+)*", re.IGNORECASE)
_CUT: Final = 10
"""Number of bytes that a shapefile leaves of the name of a column."""

_TOGETHER: Final = (
    frozenset({"department", "province", "district", "place"}),
    frozenset({"year", "month", "day"}),
    frozenset({"actor", "target", "actors"}),
    frozenset({"type", "subtype"}),
    frozenset({"lat", "lon"}),
)
"""Fields of one kind: two of them in a name, as in `Provincia/Distrito`, are the two contents of a column."""

_QUALIFIED: Final = frozenset({"date", "first_day", "last_day", "lat", "lon", "point"})
"""Fields that a name with more words can mean, because the cells show whether they are that."""


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
class NameMatch:
    """What the name of a column means, and how it is known.

    Attributes:
        field: The field.
        rank: How usual the name is among those of the field, 0 most.
        way: `name` (a known name), `count` (words of a count), `hashtag` (of HXL), `part` (the last part after a slash
            or a full stop), `cut` (a known name cut to ten letters), `words` (a known name with more words).
    """

    field: str
    rank: int
    way: str


@dataclass(frozen=True, slots=True)
class Headers:
    """The vocabulary of tables.

    Attributes:
        fields: The fields in their order, without the counts.
        by_name: The field and the rank of the name among its names, by folded name.
        words: Codes by folded word, by list: measure, group, bound, filler, people, phrase, none, rounded, unknown,
            vague, number, month, relative, weekday, span_unit, part, daytime, roughly, country, country_system, truth,
            terms, hashtag, record, qualifier, owner, running, unit, unit_kind, nationwide.
    """

    fields: tuple[HeaderField, ...]
    by_name: Mapping[str, tuple[str, int]]
    words: Mapping[str, Mapping[str, str]]

    def field_of(self, header: str) -> tuple[str, int] | None:
        """Return the field that a column of a name holds, and how usual the name is (0 most); None where unknown."""
        found = self.match(header)
        return (found.field, found.rank) if found else None

    def match(self, header: str) -> NameMatch | None:
        """Return what the name of a column means; None where it is unknown.

        A count is named by a measure, with a group before it or after `de`: "policías heridos (mín.)" is
        `injured_low/police`. A hashtag of HXL is known by its base and attributes, and a name in parts by its last
        part (`hecho/fecha`), unless an earlier part is of the same kind (`Provincia/Distrito`).
        """
        if header.lstrip().startswith("#") and _TAG.fullmatch(header.strip()):
            return self._hashtag(header)
        return self._named(header) or self._last_part(header)

    def like(self, header: str) -> tuple[NameMatch, ...]:
        """Return what the name of a column may mean that is not known as it is, the likeliest first.

        The cells must show whether it is that. Known are names that a shapefile cut to ten letters, and known names
        with more words (`Latitud punto representativo`, `_Ubicación_latitude`); a name that says that a date is of the
        record itself, as `Fecha de registro` does, means none.
        """
        tokens = plain(header).split()
        if not tokens or _TAG.fullmatch(header.strip()):
            return ()
        found = [NameMatch(field, 0, "cut") for field in self._cut(header)]
        bare = " ".join(token for token in tokens if token not in self.words["qualifier"])
        if bare and bare in self.by_name and self.by_name[bare][0] in _QUALIFIED | _TOGETHER[0] | {"country"}:
            found.append(NameMatch(*self.by_name[bare], "words"))
        if not {*tokens} & {*self.words["record"]}:
            found += [NameMatch(*match, "words") for match in self._qualified(tokens)]
        return tuple({match.field: match for match in reversed(found)}.values())[::-1]

    def is_of_record(self, header: str) -> bool:
        """Return whether a name says that a column is about the record, as `Fecha de registro` does."""
        return bool({*plain(header).split()} & {*self.words["record"]})

    def _named(self, header: str) -> NameMatch | None:
        for text in dict.fromkeys((plain(header), plain(_BRACKETED.sub(" ", header)))):
            if text in self.by_name:
                return NameMatch(*self.by_name[text], "name")
        count = self.count_of(header)
        return None if count is None or count.open else NameMatch(count.field, len(plain(header).split()), "count")

    def _last_part(self, header: str) -> NameMatch | None:
        parts = [part for part in _SEPARATOR.split(header.strip(" /.")) if part]
        if (
            not 1 < len(parts) <= _MOST_PARTS
            or "://" in header
            or len(parts[-1]) == 1
            or (last := self._named(parts[-1])) is None
        ):
            return None
        before = [match for match in map(self._named, parts[:-1]) if match and match.field != last.field]
        counts = last.way == "count" and any(match.way == "count" for match in before)
        if counts or any({last.field, match.field} <= kind for match in before for kind in _TOGETHER):
            held = [match.field for match in before]
            if counts or last.field == "place" or held != ["place"]:
                return None
        return NameMatch(last.field, last.rank, "part")

    def _hashtag(self, header: str) -> NameMatch | None:
        base, *rest = (part.strip() for part in folded(header).split("+"))
        attributes = frozenset(rest)
        known = [
            (len(wanted), field)
            for tag, field in self.words["hashtag"].items()
            for first, *wanted in [tag.split("+")]
            if first == base and attributes >= {*wanted}
        ]
        if known:
            return NameMatch(max(known)[1], 0, "hashtag")
        return self._counted_tag(attributes) if base == "#affected" else None

    def _counted_tag(self, attributes: frozenset[str]) -> NameMatch | None:
        """Return the count that the attributes of `#affected` name; a tag with another one counts only a part."""
        found: dict[str, str] = {}
        for attribute in sorted(attributes - {"num"}):
            part = next((part for part in _PARTS if attribute in self.words[part]), None)
            if part is None or part in found:
                return None
            found[part] = self.words[part][attribute]
        if "measure" not in found:
            return None
        count = CountName(found["measure"], found.get("bound", "best"), found.get("group"))
        return NameMatch(count.field, 0, "hashtag")

    def _cut(self, header: str) -> tuple[str, ...]:
        """Return the fields of the known names that a shapefile would cut to this one."""
        name = folded(header).strip()
        if len(header.strip().encode()) != _CUT and len(name) != _CUT:
            return ()
        return tuple(
            dict.fromkeys(
                field
                for known, (field, _) in self.by_name.items()
                if len(known) > len(name)
                and name in (known.replace(" ", "_")[: len(name)], known.replace(" ", "")[: len(name)])
            )
        )

    def _qualified(self, tokens: list[str]) -> Iterator[tuple[str, int]]:
        for length in range(len(tokens) - 1, 0, -1):
            for phrase in (" ".join(tokens[:length]), " ".join(tokens[-length:])):
                if len(phrase) > 1 and (found := self.by_name.get(phrase)) and found[0] in _QUALIFIED:
                    yield found

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
    coded = {name: (_COUNTRY, _CODED + rank) for rank, name in enumerate(words["country_system"])}
    return Headers(fields, MappingProxyType({**coded, **by_name}), MappingProxyType(words))


def _toml(file: str) -> dict[str, list[dict[str, Any]]]:  # Any: TOML values
    return tomllib.loads((files("willay.data") / "headers" / f"{file}.toml").read_text("utf-8"))
