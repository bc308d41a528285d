"""Counts as people write them: `3`, `25-30`, `más de 20`, `hasta 15`, `unos 10`, `3 muertos`, `0 (cero)`, `una decena`.

The one reader of counts, for tables and for whoever types one. A phrase that leaves an end open never becomes a closed
number: "hasta 15" states no least, "más de 20" no most, "unos 10" neither. The words are data
(`data/headers/words.toml`). As the press writes it, "más de 20" is 20 or more; "menos de 5" is at most 4.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from willay.data.admin import folded
from willay.data.codebook import codebook
from willay.data.headers import headers
from willay.events.model.errors import CountError
from willay.events.model.numerals import NUMBER, number, spelled, unspaced, vote
from willay.events.model.values import Count
from willay.geo.translation import mark, quoted, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

HOW: Final = mark("expected a number of people: 5, 25-30, 30+, more than 30, up to 15, about 10, or empty for unknown")
_LONGEST: Final = 12
_LONGEST_PHRASE: Final = 4
_REMEMBERED: Final = 1 << 12  # cells of a column are few different ones, again and again
_APOSTROPHES: Final = "'’‘´`"  # noqa: RUF001 — a spreadsheet's mark of a text, and what people type for it
_BRACKETED: Final = re.compile(r"(?P<before>[^()]*)\((?P<inside>[^()]+)\)(?P<after>[^()]*)")
_SIGN: Final = re.compile(r"([≥≤<>=~≈±+]+)\s*(?=[\dd])")
_THOUSANDS: Final = re.compile(r"\b(\d{1,3}) (?:1000|thousand)\b")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ t].*)?")
_MONTH_DAY: Final = re.compile(r"(?:\d{1,2}[-/. ]?(?P<after>[a-z]{3,4})|(?P<before>[a-z]{3,4})[-/. ]?\d{1,2})\.?")
_PARTS: Final = ("measure", "group")


@dataclass(frozen=True, slots=True)
class Stated:
    """What a text states about a count.

    Attributes:
        count: The numbers; None where none is stated.
        words: The text as it is written, where words say more than the numbers do.
        vague: The text says some or many, and no number.
    """

    count: Count | None
    words: str | None = None
    vague: bool = False


@lru_cache(_REMEMBERED)
def read_count(text: str, style: str | None = None, measure: str | None = None, group: str | None = None) -> Stated:
    """Read a count.

    Args:
        text: The text; blank and the words for it are unknown.
        style: What separates decimals in its column, `comma` or `point`; None where nothing needs it.
        measure: What is counted, so that `3 heridos` among the killed is refused; None takes any.
        group: The group that is counted; None takes any.

    Raises:
        CountError: It cannot be read, or speaks of other people.
    """
    plain = folded(text).lstrip(_APOSTROPHES).strip()
    words = headers().words
    if not plain or plain in words["unknown"]:
        return Stated(None)
    if plain in words["vague"] or (plain.split()[0] in words["vague"] and not re.search(r"\d", plain)):
        return Stated(None, text.strip(), vague=True)
    _check_no_date(plain)
    bare, nouns = _without_nouns(_unbracketed(plain))
    _check_nouns(nouns, measure, group)
    digits, rounded = _unrounded(bare)
    if nouns and digits in words["none"]:
        return Stated(Count(0, 0, 0))
    count, told = _counted(NUMBER.sub(lambda match: _whole(match[0], style), _thousands(unspaced(spelled(digits)))))
    if rounded and count == Count(count.best, count.best, count.best):
        count = Count(best=count.best)
    telling = told or rounded or any(part == "group" for part, _ in nouns)
    return Stated(count, text.strip() if telling else None)


def numbers_of(text: str) -> dict[str, int | str | None]:
    """Return low, best and high of a count as people write it; words that say more than the numbers are a note.

    Raises:
        CountError: It cannot be read; the message shows it.
    """
    try:
        said = read_count(text)
    except CountError as error:
        seen = text[:80]
        if seen in str(error):
            raise
        raise CountError(f"{quoted(seen)}: {str(error).removesuffix('.')}.") from None
    count = said.count or Count()
    numbers: dict[str, int | str | None] = {"low": count.low, "best": count.best, "high": count.high}
    return {**numbers, "note": said.words} if said.words else numbers


def _check_no_date(plain: str) -> None:
    """Refuse what a spreadsheet makes of 10-15.

    Raises:
        CountError: It is a date.
    """
    match = _MONTH_DAY.fullmatch(plain)
    month = (match["after"] or match["before"]) if match else None
    if _DAY.fullmatch(plain) or month in headers().words["month"]:
        raise CountError(
            tr(
                "a spreadsheet has changed this cell to a date; if it was a range such as 10-15, format the column "
                "as text and type the range again"
            )
        )


def _unbracketed(plain: str) -> str:
    """Return a text without the same number once more in brackets, or with a bracketed noun as part of it.

    Raises:
        CountError: The brackets hold another number.
    """
    match = _BRACKETED.fullmatch(plain)
    if match is None:
        return plain
    outside, inside = f"{match['before'].strip()} {match['after'].strip()}".strip(), match["inside"].strip()
    numbers = NUMBER.findall(spelled(outside)) if outside else []
    if not numbers or not (again := spelled(inside)).isdecimal():
        return f"{outside} {inside}".strip()
    if [int(one) if one.isdecimal() else one for one in numbers] != [int(again)]:
        raise CountError(tr("{how}; the number in brackets is different", how=tr(HOW)))
    return outside


def _without_nouns(plain: str) -> tuple[str, list[tuple[str, str]]]:
    """Take the words for those who are counted out of a text, and say what they mean: `3 policias heridos` is 3."""
    tokens, kept, found = plain.split(), [], []
    while tokens:
        noun = next(_nouns(tokens), None)
        if noun is None:
            kept.append(tokens.pop(0))
        else:
            part, code, length = noun
            found.append((part, code))
            tokens = tokens[length:]
    return " ".join(kept), found


def _nouns(tokens: Sequence[str]) -> Iterator[tuple[str, str, int]]:
    words = headers().words
    for length in range(min(_LONGEST_PHRASE, len(tokens)), 0, -1):
        phrase = " ".join(tokens[:length])
        for part in (*_PARTS, "people"):
            if phrase in words[part]:
                yield part, words[part][phrase], length


def _check_nouns(nouns: Sequence[tuple[str, str]], measure: str | None, group: str | None) -> None:
    """Refuse a count of others than its column counts.

    Raises:
        CountError: It is one.
    """
    for part, asked in zip(_PARTS, (measure, group), strict=True):
        said = {code for kind, code in nouns if kind == part}
        if len(said) > 1 or (asked is not None and said - {asked}):
            raise CountError(_of_others(part, said, asked))


def _of_others(part: str, said: set[str], asked: str | None) -> str:
    lists = {"measure": codebook().measures, "group": codebook().groups}
    told = {"people": ", ".join(lists[part].spoken(code) for code in sorted(said))}
    if asked is None:
        return tr("expected one number of one kind of people; the text mentions: {people}", **told)
    return tr(
        "expected one number of one kind of people; the text mentions: {people}; the column counts: {asked}",
        asked=lists[part].spoken(asked),
        **told,
    )


def _unrounded(plain: str) -> tuple[str, bool]:
    """Write round numbers as digits: `una decena de` is about 10."""
    for pattern, value in _round_numbers():
        if pattern.search(plain):
            return " ".join(pattern.sub(f" {value} ", plain).split()), True
    return plain, False


@cache
def _round_numbers() -> tuple[tuple[re.Pattern[str], str], ...]:
    known = sorted(headers().words["rounded"].items(), key=lambda item: -len(item[0]))
    return tuple((re.compile(rf"\b(?:un |una |a )?{word}(?: de| of)?(?=\s|$)"), value) for word, value in known)


def _thousands(plain: str) -> str:
    """Write whole thousands in digits: `2 mil` is 2000."""
    return _THOUSANDS.sub(r"\g<1>000", plain)


def _whole(digits: str, style: str | None) -> str:
    if style is None and "." in digits and vote(digits) is None:
        plain = digits.replace(".", "")
        raise CountError(
            tr("{digits} can be {n}, or a number with decimals; write {n} or {n:,}.", digits=digits, n=int(plain))
        )
    value = number(digits, style)
    if value != int(value) or len(digits) > _LONGEST:
        raise CountError(tr("people are counted in whole numbers; {how}", how=tr(HOW)))
    return str(int(value))


def _counted(digits: str) -> tuple[Count, bool]:
    """Read numbers in digits with the words around them; return whether those say more than a number.

    Raises:
        CountError: They cannot be read.
    """
    plain = _SIGN.sub(r"\1 ", digits)
    for pattern, meaning in _phrases():
        if match := pattern.fullmatch(plain):
            return _MEANT[meaning](match), meaning != "exact"
    try:
        return Count.parse(re.sub(r"\s*[-–—]\s*", "-", digits)), False
    except CountError:
        if re.fullmatch(r"[\d\s–—+-]+", digits):
            raise
        raise CountError(tr(HOW)) from None


def _exactly(match: re.Match[str]) -> Count:
    return Count(int(match["n"]), int(match["n"]), int(match["n"]))


def _about(match: re.Match[str]) -> Count:
    inner = match["n"]
    return Count(best=int(inner)) if inner.isdecimal() else _counted(inner)[0]


_MEANT: Final[dict[str, Callable[[re.Match[str]], Count]]] = {
    "exact": _exactly,
    "more": lambda match: Count(low=int(match["n"])),
    "fewer": lambda match: Count(high=int(match["n"])),
    "fewer-than": lambda match: Count(high=int(match["n"]) - 1),
    "between": lambda match: Count(low=int(match["n"]), high=int(match["m"])),
    "about": _about,
}
"""What a phrase of each kind states about its numbers."""

_RANGE: Final = r"\d+(?:\s*[-–—]\s*\d+| (?:a|to|o|or) \d+)?"


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    made = []
    for phrase, meaning in headers().words["phrase"].items():
        numbers = _RANGE if meaning == "about" else r"\d+"
        pattern = re.escape(folded(phrase)).replace(r"\{n\}", rf"(?P<n>{numbers})")
        made.append((re.compile(pattern.replace(r"\{m\}", r"(?P<m>\d+)")), meaning))
    return tuple(made)
