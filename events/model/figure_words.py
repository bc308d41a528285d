"""Figures in words: how a count, a figure or a sum is written for people, in a brief form and a full one.

| what is known | brief | full |
|---|---|---|
| an exact number | 25 | 25 |
| a number and how far the sources differ | 25 (20–30) | 25 (20–30) |
| a number, and nobody says how many at most | 69 (67+) | 69 (67 or more) |
| a sum in which one upper end is open | 297 (279–341+) | 297 (279–341 or more) |
| only "at least" | 4+ | at least 4 |
| only a least and a most | 0–15 | 0–15 |
| a 0 that means "none mentioned" | 0? | 0 or unknown |
| nothing | – | unknown |

`maps/static/words/figure-words.js` does the same on pages; one table of cases in the tests holds the two together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from willay.events.model.values import Count

_BRIEF: Final[Mapping[str, str]] = {"unknown": "–", "zero": "0?", "least": "{n}+", "open": "{range}+"}
_FULL: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {"unknown": "unknown", "zero": "0 or unknown", "least": "at least {n}", "open": "{range} or more"},
    "es": {"unknown": "desconocido", "zero": "0 o desconocido", "least": "al menos {n}", "open": "{range} o más"},
}


def brief_figure(count: Count, *, is_open: bool | None = None) -> str:
    """Return a figure for a list or a label, the same in every language: "69 (67+)".

    Args:
        count: The numbers. One that means "none mentioned" has no best: `Count(0, None, 0)`.
        is_open: Whether there is no upper end, where the count is a sum whose high is only what is stated; None takes
            the count's own word.
    """
    return _figure(count, _BRIEF, count.is_open if is_open is None else is_open)


def full_figure(count: Count, lang: str, *, is_open: bool | None = None) -> str:
    """Return a figure for a card or a sentence, in English or Spanish: "69 (67 or more)".

    Args:
        count: As for `brief_figure`.
        lang: `en` or `es`; another language gets English.
        is_open: As for `brief_figure`.
    """
    return _figure(count, _FULL.get(lang, _FULL["en"]), count.is_open if is_open is None else is_open)


def brief_range(low: int, high: int, *, is_open: bool) -> str:
    """Return the range of a sum: "279–341", "279–341+", "5"."""
    return _range(low, high, _BRIEF, is_open=is_open)


def full_range(low: int, high: int, lang: str, *, is_open: bool) -> str:
    """Return the range of a sum: "279–341", "279–341 or more", "5"."""
    return _range(low, high, _FULL.get(lang, _FULL["en"]), is_open=is_open)


def _figure(count: Count, words: Mapping[str, str], is_open: bool) -> str:  # noqa: FBT001 — called here only
    if count.floor is None:
        return words["unknown"]
    least = count.least or 0
    if count.best is None:
        if count.high is None:
            return words["least"].format(n=f"{least:,}")
        return words["zero"] if count.high == 0 else _range(least, count.high, words, is_open=is_open)
    # A best alone is an exact number: nobody has stated a least or a most next to it.
    most = count.high if count.high is not None else least if is_open else count.best
    if least == most == count.best and not is_open:
        return f"{count.best:,}"
    return f"{count.best:,} ({_range(least, most, words, is_open=is_open)})"


def _range(low: int, high: int, words: Mapping[str, str], *, is_open: bool) -> str:
    ends = f"{low:,}" if low == high else f"{low:,}–{high:,}"
    return words["open"].format(range=ends) if is_open else ends
