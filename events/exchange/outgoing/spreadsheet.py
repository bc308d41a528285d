"""Texts that a spreadsheet would run as formulas, made harmless and brought back.

A spreadsheet takes a cell of a text table that begins with one of these characters for a formula, which may fetch a
page or start a program: https://owasp.org/www-community/attacks/CSV_Injection. An apostrophe before it makes it text.
Numbers are never changed: they are not texts.
"""

from __future__ import annotations

from typing import Final

APOSTROPHE: Final = "'"
RUNS: Final = frozenset("=+-@\t\r\n＝＋－＠")  # noqa: RUF001 — the wide forms run in East Asian settings
"""Characters that make a cell a formula if it begins with them; a line break before them is skipped."""

_MARKED: Final = RUNS | {APOSTROPHE}


def neutral(text: str) -> str:
    """Return a text that no spreadsheet runs: with one apostrophe before it where it begins dangerously.

    A text that begins with an apostrophe gets one too, so that `restored` can distinguish the two.
    """
    return APOSTROPHE + text if text[:1] in _MARKED else text


def restored(text: str) -> str:
    """Return the text that `neutral` was given. A text that others began with an apostrophe stays as it is."""
    return text[1:] if text[:1] == APOSTROPHE and text[1:2] in _MARKED else text
