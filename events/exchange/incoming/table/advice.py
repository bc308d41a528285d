"""Advice that can be pasted: options of the command line, quoted for a shell and never cut."""

from __future__ import annotations

from willay.events.model.advice import option


def map_option(name: str, value: str) -> str:
    """Return the option that says what a column, a setting or a word of the table means.

    Args:
        name: The column, the setting, or the word as `types.WORD`.
        value: Its field, word or code.
    """
    return option("--map", f"{name}={value}")
