"""The facts of a pack from a document: every value is examined, since anybody may have written it."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Final

from willay.data.countries import known_country
from willay.data.country_packs.contents import FORMAT, LEVELS, TERMS, PackFacts, PackLevel, Terms
from willay.data.errors import PackError, UnknownTermError
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST: Final = 1_000
_MOST: Final = 60
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_PAIR: Final = 2


def facts_of(document: Mapping[str, Any], where: str) -> PackFacts:
    """Make facts of a document, as `facts_document` gives it and TOML and JSON have it.

    Args:
        document: What was read.
        where: What it was read from, for messages.

    Raises:
        PackError: Something is missing, or is not what it should be; the message says what.
    """
    if document.get("format") != FORMAT:
        raise PackError(
            tr(
                "{where}: the format of the pack is {number}; this willay reads {known}. Make the pack again, or "
                "use a newer willay.",
                where=where,
                number=str(document.get("format"))[:20],
                known=FORMAT,
            )
        )
    reader = _Reader(where)
    country = reader.table(document, "country")
    levels = tuple(reader.level(one) for one in reader.tables(document, "level"))
    numbers = [level.number for level in levels]
    if not levels or numbers != sorted(set(numbers)):
        raise reader.wrong("level", tr("one or more levels, each number once, the widest first"), numbers)
    return PackFacts(
        code=reader.country(country),
        names=reader.by_language(country, "names"),
        languages=tuple(reader.language(one) for one in reader.listed(country, "languages")),
        levels=levels,
        digits=reader.digits(country),
        notes=tuple(reader.by_language({"note": one}, "note") for one in reader.tables(document, "note")),
        places=reader.terms(reader.table(document, "places")) if "places" in document else None,
        populations=reader.terms(reader.table(document, "populations")) if "populations" in document else None,
    )


def packs_in(attributes: Mapping[Any, Any]) -> tuple[PackFacts, ...]:
    """Return what country packs say, as the attributes of a frame carry it (`country_packs`); none where it has none.

    Raises:
        PackError: As for `facts_of`.
    """
    return tuple(facts_of(document, "country_packs") for document in attributes.get("country_packs") or ())


class _Reader:
    """Takes values out of a document, or says what is wrong with it."""

    def __init__(self, where: str) -> None:
        self.where = where

    def wrong(self, name: str, expected: str, got: object) -> PackError:
        return PackError(
            tr(
                "{where}: {name} must be {expected}; got {got}. Correct it, or make the pack again: willay country "
                "make.",
                where=self.where,
                name=name,
                expected=expected,
                got=repr(got)[:80],
            )
        )

    def table(self, document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        value = document.get(name)
        if not isinstance(value, dict):
            raise self.wrong(name, tr("a table"), value)
        return value

    def tables(self, document: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
        rows = self.listed(document, name)
        for row in rows:
            if not isinstance(row, dict):
                raise self.wrong(name, tr("a table"), row)
        return rows

    def listed(self, document: Mapping[str, Any], name: str) -> list[Any]:
        value = document.get(name, [])
        if not isinstance(value, list) or len(value) > _MOST:
            raise self.wrong(name, tr("a list of at most {n}", n=_MOST), value)
        return value

    def text(self, value: object, name: str) -> str:
        if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST or not is_plain(value):
            raise self.wrong(name, tr("a text of at most {n:,} letters on one line", n=_LONGEST), value)
        return value

    def language(self, value: object) -> str:
        if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
            raise self.wrong("languages", tr("codes of languages, such as en"), value)
        return value

    def by_language(self, document: Mapping[str, Any], name: str) -> dict[str, str]:
        texts = self.table(document, name)
        return {self.language(lang): self.text(text, name) for lang, text in texts.items()}

    def country(self, country: Mapping[str, Any]) -> str:
        code = country.get("code")
        try:
            known = known_country(code) if isinstance(code, str) else ""
        except UnknownTermError as error:
            raise PackError(f"{self.where}: {error}") from None
        if known != code or not known:
            raise self.wrong("code", tr("the two letters of a country (ISO 3166-1)"), code)
        return known

    def digits(self, country: Mapping[str, Any]) -> tuple[int, ...]:
        found = self.listed(country, "digits")
        if not all(type(one) is int and 0 < one < _MOST for one in found) or found != sorted(set(found)):
            raise self.wrong("digits", tr("rising numbers of digits, such as [2, 4, 6]"), found)
        return tuple(found)

    def level(self, row: Mapping[str, Any]) -> PackLevel:
        number = row.get("number")
        if type(number) is not int or number not in LEVELS:
            raise self.wrong("level.number", tr("1, 2 or 3"), number)
        words = {self.language(lang): self.words(pair) for lang, pair in self.table(row, "word").items()}
        if "en" not in words:
            raise self.wrong("level.word.en", tr("two words, one unit and several"), None)
        return PackLevel(number, words, self.terms(row))

    def words(self, pair: object) -> tuple[str, str]:
        if not isinstance(pair, list) or len(pair) != _PAIR:
            raise self.wrong("level.word", tr("two words, one unit and several"), pair)
        return self.text(pair[0], "level.word"), self.text(pair[1], "level.word")

    def terms(self, row: Mapping[str, Any]) -> Terms:
        stated = {name: self.text(row[name], name) for name in TERMS if row.get(name) is not None}
        if "dated" in stated:
            self.day(stated["dated"])
        if "sha256" in stated and not _DIGEST.fullmatch(stated["sha256"]):
            raise self.wrong("sha256", tr("64 hexadecimal digits"), stated["sha256"])
        return Terms(**stated)

    def day(self, text: str) -> None:
        try:
            is_day = dt.date.fromisoformat(text).isoformat() == text
        except ValueError:
            is_day = False
        if not is_day:
            raise self.wrong("dated", tr("a day such as 2023-03-01"), text)


_HIDDEN: Final = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff]")
"""Controls, ends of lines, marks that turn the direction of what follows, and halves of characters."""


def is_plain(text: str) -> bool:
    """Return whether a text is one line without letters that control a terminal or turn its direction."""
    return _HIDDEN.search(text) is None
