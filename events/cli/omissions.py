"""The last line of each output: how many incidents are not included, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from willay.events.cli.output import say
from willay.geo.translation import many, mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

_WAYS: Final = (
    ("left_out", mark("{incidents} by the profile {profile}")),
    ("unpublished", mark("{incidents} by their status: not published")),
    ("left_out_by_terms", mark("{incidents} by the terms of their dataset (--without)")),
)
"""Reasons why incidents are left out: the name of each number in `Origin`, and its wording."""


def profile_in_words(stated: object) -> str:
    """Return a profile as a file states it, "public (version 1)", with its version in the language of now."""
    name, brackets, rest = str(stated).partition(" (version ")
    return f"{name} ({tr('version')} {rest}" if brackets else name


def say_omissions(origin: Mapping[Any, Any], before: str = "") -> None:
    """Print how many incidents were left out, and why, and how many are shown with less detail.

    Args:
        origin: Where a file or frame comes from; see `Origin`. A number that it lacks is not mentioned.
        before: A sentence that belongs on the same line.
    """
    parts = [
        tr(words, incidents=many(int(origin[name]), "incident"), profile=profile_in_words(origin.get("profile", "")))
        for name, words in _WAYS
        if origin.get(name) is not None
    ]
    coarse = int(origin.get("coarsened") or 0)
    left_out = tr("Left out: {incidents}.", incidents=", ".join(parts)) if parts else ""
    less = tr("Shown with less detail: {incidents}.", incidents=many(coarse, "incident")) if coarse and parts else ""
    if line := " ".join(part for part in (before, left_out, less) if part):
        say(line)
