"""How many incidents are not in an output, in words: the last line that each output prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from willay.events.cli.talk import many, say

if TYPE_CHECKING:
    from collections.abc import Mapping

_WAYS: Final = (
    ("left_out", "by the profile {profile}"),
    ("unpublished", "by their status: not published"),
    ("left_out_by_terms", "by the terms of their dataset (--without)"),
)
"""Why incidents are left out: the name of each number in `Origin`, and how it is put into words."""


def say_omissions(origin: Mapping[Any, Any]) -> None:
    """Print how many incidents were left out, and why, and how many are shown with less detail.

    Args:
        origin: Where a file or frame comes from; see `Origin`. A number that it lacks is not mentioned.
    """
    parts = [
        f"{many(int(origin[name]), 'incident')} {words.format(profile=origin.get('profile', ''))}"
        for name, words in _WAYS
        if origin.get(name) is not None
    ]
    coarse = int(origin.get("coarsened") or 0)
    less = f" Shown with less detail: {many(coarse, 'incident')}." if coarse else ""
    if parts:
        say(f"Left out: {', '.join(parts)}.{less}")
