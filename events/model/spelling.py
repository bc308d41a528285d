"""Spelling: texts that come again and again, as canonical JSON and as digests, each worked out once.

A field of a draft whose value is texts by name (a title by language, the cells of a row by column) is written from the
spellings of its texts; the names around them are written once for all values that have the same.
"""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from willay.events.model.canonical import canonical
from willay.events.model.masking import new_text_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MOST: Final = 1 << 16
"""How many texts are remembered."""

AnyMade = TypeVar("AnyMade")


class OfTexts(dict[str, AnyMade], Generic[AnyMade]):
    """What is made of texts; made once for each, as long as it is remembered.

    Args:
        make: Makes it of a text; what it raises is not remembered.
    """

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[str], AnyMade]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, text: str) -> AnyMade:
        """Make what is not remembered."""
        made = self._make(text)
        if len(self) >= _MOST:
            self.clear()
        self[text] = made
        return made


_QUOTED: Final[OfTexts[str]] = OfTexts(canonical)
_DIGESTED: Final[OfTexts[str]] = OfTexts(new_text_digest)
_TEXT: Final = {str}


def are_texts(value: Any) -> bool:  # noqa: ANN401 — JSON
    """Return whether a value is an object that has texts, and only texts."""
    return isinstance(value, dict) and {*map(type, value.values())} == _TEXT


def piece_of(name: str, texts: Mapping[str, str]) -> str:
    """Return a member of an object, `"name":{…}`, as canonical JSON; see `are_texts`."""
    form, in_order = _form(name, tuple(texts))
    return form % tuple(map(_QUOTED.__getitem__, in_order(texts)))


def masked_piece_of(name: str, texts: Mapping[str, str]) -> str:
    """Return the same member of the masked object: each text is its digest."""
    form, in_order = _form(name, tuple(texts), '"%s"')
    return form % tuple(map(_DIGESTED.__getitem__, in_order(texts)))


@lru_cache
def _form(name: str, names: tuple[str, ...], mark: str = "%s") -> tuple[str, Callable[[Any], tuple[str, ...]]]:
    """Return how an object with some names is written, and what gives its values in the order of that."""
    ordered = sorted(names)
    members = ",".join(f"{canonical(each)}:".replace("%", "%%") + mark for each in ordered)
    first = ordered[0]
    in_order: Any = itemgetter(*ordered) if len(ordered) > 1 else lambda texts: (texts[first],)
    return f"{canonical(name)}:".replace("%", "%%") + f"{{{members}}}", in_order
