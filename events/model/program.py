"""The program itself: which version runs."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def program_version() -> str:
    """Return the version of willay that runs, 0 where it is used from a folder and not installed."""
    try:
        return version("willay")
    except PackageNotFoundError:
        return "0"
