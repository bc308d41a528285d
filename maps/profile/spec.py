"""What a profile document is asked to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from willay.geo.translation import tr
from willay.maps.errors import SpecError
from willay.maps.spec import LANGS

if TYPE_CHECKING:
    from collections.abc import Mapping

SECTIONS: Final = (
    "key", "events", "regions", "cases", "emergencies", "decisions", "institutions", "actors", "series", "chronology",
    "unknown",
)  # fmt: skip
"""The sections of a profile, in order; notes and sources always follow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileSpec:
    """A profile document as asked for.

    Attributes:
        lang: `es` or `en`.
        title: Its title; None takes the area's name.
        sections: Which of `SECTIONS`, in their order there.
        texts: Paragraphs written by hand, as Markdown by section; they stand at its beginning, marked as such.

    Raises:
        SpecError: A section or a language that there is not.

    Example:
        >>> from willay.maps import ProfileSpec
        >>> ProfileSpec(lang="en", sections=("key", "cases")).sections
        ('key', 'cases')
    """

    lang: str = "es"
    title: str | None = None
    sections: tuple[str, ...] = SECTIONS
    texts: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        """Refuse what no document can be."""
        if self.lang not in LANGS:
            raise SpecError(
                tr("lang is {lang!r}. Choose one of: {langs}.", lang=self.lang[:80], langs=", ".join(LANGS))
            )
        for name in (*self.sections, *(self.texts or {})):
            if name not in SECTIONS:
                raise SpecError(
                    tr(
                        "Unknown section {name!r}. Choose from: {sections}.",
                        name=name[:80],
                        sections=", ".join(SECTIONS),
                    )
                )
