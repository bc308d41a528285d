"""The names of columns in a shapefile, which have 10 letters at most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.events.exchange.outgoing.flat_pages import FLAT

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME_LETTERS: Final = 10


def short_names(names: Iterable[str]) -> dict[str, str]:
    """Return for each name one of at most `NAME_LETTERS` letters, no two the same."""
    found: dict[str, str] = {}
    for name in names:
        short, number = name[:NAME_LETTERS], 0
        while short in found.values():
            number += 1
            short = f"{name[: NAME_LETTERS - 1 - len(str(number))]}_{number}"
        found[name] = short
    return found


SHORT_NAMES: Final = short_names(FLAT)
"""What each flat column of a frame is called in a shapefile."""

CUT_NAMES: Final = {name: short for name, short in SHORT_NAMES.items() if short != name}
"""The columns whose names are cut, with the names that they get."""
