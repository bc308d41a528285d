"""What a picture is asked to be: its sheet, its resolution, its panels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from willay.geo.inputs import named
from willay.geo.translation import tr
from willay.maps.errors import SpecError

if TYPE_CHECKING:
    from pathlib import Path

SIZES: Final = {"a4": (210.0, 297.0), "a5": (148.0, 210.0), "slide": (338.7, 190.5)}
"""Width and height of the sheets, in millimetres."""

PERIODS: Final = ("year", "quarter", "month")
MOST_PANELS: Final = 36
"""Maximum number of maps on a sheet; more are not readable."""

DPI: Final = range(50, 1201)
FORMATS: Final = (".png", ".svg", ".pdf")
"""File endings of pictures."""

WIDTHS_MM: Final = (60.0, 1200.0)

_TEXT: Final = {"a4": 1.0, "a5": 0.78, "slide": 1.3}


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSpec:
    """A picture as asked for. What it shows is the page's `PageSpec`.

    Attributes:
        size: The sheet: `a4` or `a5` (upright), or `slide` (16:9).
        width_mm: Another width in millimetres; the sheet keeps its form, and its texts grow or shrink with it. None
            keeps the sheet's own.
        dpi: Dots per inch of a PNG, 50 to 1200; SVG and PDF are lines and letters.
        by: `year`, `quarter` or `month`: a map for each, with the same classes in all; None draws one map.

    Raises:
        SpecError: A value is none of its choices.

    Example:
        >>> from willay.maps import PictureSpec
        >>> PictureSpec(size="slide", by="year").dpi
        200
    """

    size: str = "a4"
    width_mm: float | None = None
    dpi: int = 200
    by: str | None = None

    def __post_init__(self) -> None:
        """Refuse what no picture can be."""
        if self.size not in SIZES:
            raise SpecError(
                tr(
                    "size is {size!r}. Choose one of: {sizes}.",
                    size=str(self.size)[:80],
                    sizes=", ".join(SIZES),
                )
            )
        if self.by not in (None, *PERIODS):
            raise SpecError(
                tr(
                    "by is {by!r}. Choose one of: {periods}.",
                    by=str(self.by)[:80],
                    periods=", ".join(PERIODS),
                )
            )
        if self.dpi not in DPI:
            raise SpecError(
                tr(
                    "dpi is {dpi}. Give a whole number from {least} to {most}.",
                    dpi=str(self.dpi)[:80],
                    least=DPI.start,
                    most=DPI.stop - 1,
                )
            )
        low, high = WIDTHS_MM
        if self.width_mm is not None and not low <= self.width_mm <= high:
            raise SpecError(
                tr(
                    "width_mm is {width}. Give millimetres from {low:g} to {high:g}.",
                    width=str(self.width_mm)[:80],
                    low=low,
                    high=high,
                )
            )

    @property
    def sheet_mm(self) -> tuple[float, float]:
        """Width and height of the sheet, in millimetres."""
        width, height = SIZES[self.size]
        scale = 1 if self.width_mm is None else self.width_mm / width
        return width * scale, height * scale

    @property
    def text_scale(self) -> float:
        """How much larger texts are than on an A4 sheet."""
        return _TEXT[self.size] * self.sheet_mm[0] / SIZES[self.size][0]


def check_ending(path: Path) -> None:
    """Refuse a file whose ending names no format of a picture.

    Raises:
        SpecError: It does not.
    """
    if path.suffix.lower() not in FORMATS:
        raise SpecError(
            tr(
                "{file} must end in one of {formats}. Example: map.png.",
                file=named(path),
                formats=", ".join(FORMATS),
            )
        )
