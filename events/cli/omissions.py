"""The last line of each output: how many incidents are not included, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from willay.events.cli.output import say
from willay.geo.translation import many

if TYPE_CHECKING:
    from collections.abc import Mapping

_WAYS: Final = (
    ("left_out", "by the profile {profile}"),
    ("unpublished", "by their status: not published"),
    ("left_out_by_terms", "by the terms of their dataset (--without)"),
)
"""Reasons why incidents are left out: the name of each number in `Origin`, and its wording."""


def say_omissions(origin: Mapping[Any, Any], before: str = "") -> None:
    """Print how many incidents were left out, and why, and how many are shown with less detail.

    Args:
        origin: Where a file or frame comes from; see `Origin`. A number that it lacks is not mentioned.
        before: A sentence that belongs on the same line.
    """
    parts = [
        f"{many(int(origin[name]), 'incident')} {words.format(profile=origin.get('profile', ''))}"
        for name, words in _WAYS
        if origin.get(name) is not None
    ]
    coarse = int(origin.get("coarsened") or 0)
    less = f" Shown with less detail: {many(coarse, 'incident')}." if coarse else ""
    left_out = f"Left out: {', '.join(parts)}.{less}" if parts else ""
    if line := " ".join(part for part in (before, left_out) if part):
        say(line)
