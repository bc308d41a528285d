"""Numbers as people write them: 1,234 or 1.234, 1 200, three, veintiuno; each in the style of its column."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final

from willay.data.headers import headers
from willay.events.model.errors import CountError
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMA: Final = "comma"
POINT: Final = "point"
NUMBER: Final = re.compile(r"\d[\d.,]*\d|\d")
"""Digits, with commas and points between them."""

_SIGNS: Final = {COMMA: ",", POINT: "."}
_SPACED: Final = re.compile(r"(?<=\d)[ \u00a0\u202f'’](?=\d{3}(?!\d))")
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:\D\d{3})+")
_GROUP: Final = 3
_ARTICLES: Final = frozenset({"un", "una", "uno", "one"})
_TEN: Final = 10
_HUNDRED: Final = 100


def unspaced(text: str) -> str:
    """Return a text whose thousands are not set apart by blanks or apostrophes any more: 1 200 is 1200."""
    return _SPACED.sub("", text)


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
        CountError: It is not one, or not in the style.
    """
    plain = unspaced(text.strip())
    sign = _SIGNS[style or (vote(plain.lstrip("+-")) if re.search("[.,]", plain) else None) or POINT]
    head, dot, decimals = plain.partition(sign)
    digits = head.lstrip("+-")
    if not digits.isdecimal():
        if not _THOUSANDS.fullmatch(digits):
            raise CountError(tr("expected a number"))
        head = re.sub(r"[.,]", "", head)
    try:
        value = float(f"{head}.{decimals}" if dot else head)
    except ValueError:
        raise CountError(tr("expected a number")) from None
    if not math.isfinite(value):
        raise CountError(tr("expected a number"))
    return value


def spelled(plain: str) -> str:
    """Write the spelled numbers of a folded text as digits: `al menos tres`, `treinta y uno`, `twenty-one`.

    An article is a number only where nothing follows it and there is no other: `al menos uno`, not `un total de 3`.
    """
    known = headers().words["number"]
    if plain in known:
        return known[plain]
    words = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", plain).split() if _has_tens(plain) else plain.split()
    found: list[str] = []
    while words:
        value, used = _leading(words, known)
        found.append(words[0] if value is None else str(value))
        words = words[used:]
    if found and found[-1] in _ARTICLES and not any(word.isdecimal() for word in found):
        found[-1] = "1"
    return " ".join(found)


def _has_tens(plain: str) -> bool:
    return any(f"{word}-" in plain for word in _tens())


def _leading(words: list[str], known: Mapping[str, str]) -> tuple[int | None, int]:
    """Return the number that words begin with and how many they are; None and 1 where they begin with none."""
    first = words[0]
    if first in _ARTICLES or first not in known:
        return None, 1
    value = int(known[first])
    if value % _HUNDRED == 0 and 0 < value < _TEN * _HUNDRED and len(words) > 1:
        rest, used = _leading(words[1:], known)
        if rest is not None and rest < _HUNDRED:
            return value + rest, used + 1
    joined = 2 if len(words) > 2 and words[1] == "y" else 1  # noqa: PLR2004 — treinta y uno
    unit = known.get(words[joined]) if len(words) > joined else None
    if unit and value % _TEN == 0 and _TEN < value < _HUNDRED and 0 < int(unit) < _TEN:
        return value + int(unit), joined + 1
    return value, 1


@cache
def _tens() -> tuple[str, ...]:
    known = headers().words["number"]
    return tuple(word for word, value in known.items() if int(value) % _TEN == 0 and _TEN < int(value) < _HUNDRED)


def in_digits(number: float) -> str:
    """Return a number as it is written in documents: a whole one without a point, none in powers of ten.

    Example:
        >>> from willay.events.model.numerals import in_digits
        >>> in_digits(1200000.0), in_digits(5.43)
        ('1200000', '5.43')
    """
    return str(int(number)) if number == int(number) else format(Decimal(repr(float(number))), "f")
