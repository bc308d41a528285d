"""The words that keywords take, for editors and type checkers, and the nearest word to one that is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from rapidfuzz import fuzz, process

from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import EllipsisType

    from willay.data.profiles import Profile
    from willay.events.model.voices import Voice

Measure: TypeAlias = Literal[
    "killed", "injured", "detained", "missing", "abducted", "released", "escaped", "rescued", "displaced"
]
Counted: TypeAlias = Literal["incidents"]
Shown: TypeAlias = "Measure | Counted | str"
Status: TypeAlias = Literal["lead", "draft", "in-review", "published", "retracted", "withdrawn-upstream"]
Policy: TypeAlias = Literal["ranked-source", "median", "minimum", "maximum", "latest"]
PolicyLike: TypeAlias = "Policy | str | Callable[[Sequence[Voice]], Voice]"
"""A figure policy by its name, or a function that is given voices (`wy.Voice`) and returns one of them."""
Lang: TypeAlias = Literal["en", "es"]
ProfileName: TypeAlias = Literal["public", "partner", "internal"]
ProfileLike: TypeAlias = "Profile | ProfileName | str | EllipsisType | None"
"""A disclosure profile, its name, or None for the record itself; `...` stands for that of the database as opened."""

_NEAR: Final = 70
"""How alike, of 100, a word is that is suggested."""


def unknown_word(message: str, word: str, known: Iterable[str]) -> str:
    """Return what is said of a word that is not known, with the nearest that is, or with all.

    Args:
        message: What it is, translated, with its quotation marks and full stop.
        word: The word.
        known: The words that there are.
    """
    words = sorted(known)
    near = process.extractOne(word, words, scorer=fuzz.ratio, score_cutoff=_NEAR)
    if near is not None:
        return f"{message} {tr('Did you mean {near!r}?', near=near[0])}"
    return f"{message} {tr('Known: {known}.', known=', '.join(words))}"
