"""Libraries that only some features need, and what to install where one is missing (docs/adr/0020)."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from willay.geo.errors import MissingExtraError

EXTRAS: Final = {"documents": "docx", "gis": "pyarrow", "pictures": "matplotlib", "seal": "pyrage"}
"""The library that each extra of the package installs."""


def require(extra: str, purpose: str) -> Any:  # noqa: ANN401 — a library without types
    """Return the library of an extra.

    Args:
        extra: One of `EXTRAS`.
        purpose: What it is needed for, as the beginning of a sentence, such as `A picture`.

    Raises:
        MissingExtraError: It is not installed.
    """
    library = EXTRAS[extra]
    try:
        return import_module(library)
    except ModuleNotFoundError as missing:
        if missing.name != library:
            raise
        raise MissingExtraError(
            f"{purpose} needs the library {library}, which is not installed. Install it: pip install 'willay[{extra}]'"
        ) from None
