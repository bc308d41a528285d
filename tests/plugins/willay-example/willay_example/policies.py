"""A figure policy: the voice that comes first in the list of claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.events.extensions import FigurePolicy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from willay.events.extensions import Voice


def first(voices: Sequence[Voice]) -> Voice:
    """Choose the voice whose claim is listed first."""
    return min(voices, key=lambda voice: voice.position)


first_listed = FigurePolicy(
    name="first-listed",
    version="1",
    labels={"en": "first listed", "es": "la primera anotada"},
    choose=first,
)
