"""Python's collector of cycles, made rarer while very many small objects come and go."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_THRESHOLDS: Final = (200_000, 20, 100)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for cycles once in 200,000 new objects instead of 700, and put it back as it was.

    Rows of files and databases hold no cycles: looking through them again and again is a fifth of the time of an
    import. What does hold cycles is still found, so memory stays flat.
    """
    before = gc.get_threshold()
    gc.set_threshold(*_THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
