"""Public names of a package that are loaded when they are first used, so that importing the package costs nothing.

A package states in one table which of its modules has which names, and makes of it the two functions that Python asks:
`__getattr__, __dir__ = lazy_names(__name__, _HOMES)`. A type checker reads the imports below `TYPE_CHECKING` instead.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


def lazy_names(
    package: str, homes: Mapping[str, Iterable[str]], before: Callable[[], None] | None = None
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return `__getattr__` and `__dir__` of a package whose names are loaded when first used.

    A name that was loaded once is an attribute of the package like any other. `dir` of the package, which editors
    complete from, lists the names of `__all__` whether they were loaded or not.

    Args:
        package: The package's full name.
        homes: The names by the module that has them, relative to the package: `.errors`, `..model.drafts`.
        before: Called before the first name is loaded; it raises where what the names need is not installed.

    Example:
        >>> from willay.geo.lazy_names import lazy_names
        >>> get, names = lazy_names("willay.geo", {".boxes": ("BBox",)})
        >>> get("BBox").__name__, "BBox" in names()
        ('BBox', True)
    """
    home_of = {name: home for home, names in homes.items() for name in names}

    def get(name: str) -> Any:  # noqa: ANN401 — whatever the name is
        """Load a public name."""
        if name not in home_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        if before is not None:
            before()
        value = getattr(import_module(home_of[name], package), name)
        setattr(sys.modules[package], name, value)
        return value

    def names() -> list[str]:
        """Return the names of the package, in order."""
        there = vars(sys.modules[package])
        return sorted({*there, *there.get("__all__", ())})

    return get, names
