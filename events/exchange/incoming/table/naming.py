"""What the names of a table's columns mean, by whatever way: the name, its hashtag, or the file's format."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from willay.data.countries import country as country_of
from willay.data.headers import NameMatch, headers, plain
from willay.events.exchange.incoming.table.mapping import KEEP
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from willay.events.exchange.incoming.table.sheets import Table

MUNICIPAL: Final = frozenset({"municipio", "municipality", "municipalidad", "municipio del hecho", "municipalities"})
"""Names of units that are of the second level in most countries, and of the third where another column has that."""

_LANGUAGES: Final = ("es", "en")
_SAID: Final = {
    "name": mark("named {name!r}"),
    "count": mark("recognised from the words of its name"),
    "hashtag": mark("by its hashtag (HXL)"),
    "part": mark("by the last part of its name"),
    "cut": mark("named like {field}, cut to ten letters, and its cells fit"),
    "words": mark("named like {field}, and its cells fit"),
    "format": mark("a field of the file format"),
    "level": mark("what the country calls its units"),
    "own": mark("a heading that this database knows"),
}


def known_names(
    table: Table, country: str | None, headings: Mapping[str, str] = MappingProxyType({})
) -> dict[str, NameMatch]:
    """Return what the names of columns mean that are known; the others are missing.

    Args:
        table: The table.
        country: The country of rows that name none, whose own words for its units are known.
        headings: The field by heading, where a database knows some besides willay's: they come first.
    """
    found = {column: match for column in table.columns if (match := _known(table, column, country))}
    for column in table.columns:
        if field := headings.get(plain(table.twins.get(column, column))):
            found[column] = NameMatch(field, 0, "own")
    for column in table.columns:
        if column not in found and plain(column) in MUNICIPAL:
            held = {match.field for match in found.values()}
            found[column] = NameMatch("district" if "province" in held else "province", 0, "name")
    return found


def _known(table: Table, column: str, country: str | None) -> NameMatch | None:
    if column in table.sheet.holds:
        return NameMatch(table.sheet.holds[column], 0, "format")
    name = table.twins.get(column, column)
    found = headers().match(name) or _level(name, country)
    tag = table.tags.get(column)
    tagged = headers().match(tag) if tag else None
    is_own = found is not None and plain(name) == plain(found.field)  # our exports: the name says more than the tag
    return found if tagged is None or is_own or (found and tagged.field == KEEP) else tagged


def _level(name: str, country: str | None) -> NameMatch | None:
    if country is None:
        return None
    asked = plain(name)
    for level in country_of(country).levels:
        words = {plain(level.word(lang, plural=many)) for lang in _LANGUAGES for many in (False, True)}
        if asked in words:
            return NameMatch(level.precision, 0, "level")
    return None


def said_of(column: str, match: NameMatch) -> str:
    """Return why a column holds what its name means."""
    return tr(_SAID[match.way], name=plain(column), field=match.field)
