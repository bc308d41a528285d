"""Libraries that only some features need, and what to install where one is missing (docs/adr/0020)."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from willay.geo.errors import MissingExtraError
from willay.geo.translation import tr

EXTRAS: Final = {
    "big": "duckdb",
    "documents": "python-docx",
    "gis": "pyarrow",
    "pictures": "matplotlib",
    "seal": "pyrage",
}
"""The library that each extra of the package installs."""

MODULES: Final = {**EXTRAS, "documents": "docx"}
"""What each of them is called where it is imported."""


def require(extra: str, purpose: str) -> Any:  # noqa: ANN401 — a library without types
    """Return the library of an extra.

    Args:
        extra: One of `EXTRAS`.
        purpose: What it is needed for, as the beginning of a sentence, such as `A picture`, in the language of now.

    Raises:
        MissingExtraError: It is not installed.
    """
    module = MODULES[extra]
    try:
        return import_module(module)
    except ModuleNotFoundError as missing:
        if missing.name != module:
            raise
        raise MissingExtraError(
            tr(
                "{purpose} needs the library {library}, which is not installed. Install it: pip install "
                "'willay[{extra}]'",
                purpose=purpose,
                library=EXTRAS[extra],
                extra=extra,
            )
        ) from None
