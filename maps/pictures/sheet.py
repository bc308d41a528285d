"""A sheet of paper measured in millimetres from its upper left corner, and texts that are wrapped to fit it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

INK: Final = "#1c2733"
MUTED: Final = "#52606d"
RULE: Final = "#dcd8cf"
EDGE: Final = "#6b6459"

MM_INCH: Final = 25.4
POINT_MM: Final = MM_INCH / 72
LEADING: Final = 1.32
"""Height of a line, relative to the size of its letters."""

_MEASURED_DPI: Final = 300.0
"""Texts are measured at one resolution, because lines must break alike in all formats."""

FAMILY: Final = "DejaVu Sans"


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is written: its size in points on an A4 sheet, weight and colour."""

    size: float
    weight: str = "normal"
    colour: str = INK
    style: Literal["normal", "italic"] = "normal"


TITLE: Final = Style(17, "bold")
LEAD: Final = Style(9.2)
HEAD: Final = Style(8.2, "bold")
TEXT: Final = Style(7.6)
SMALL: Final = Style(6.4, colour=MUTED)


class Sheet:
    """A figure with one drawing area of the size of the whole sheet, in millimetres, y growing downwards."""

    def __init__(self, size_mm: tuple[float, float], dpi: int, text_scale: float) -> None:
        self.width, self.height = size_mm
        self.text_scale = text_scale
        self.figure = Figure(figsize=(self.width / MM_INCH, self.height / MM_INCH), dpi=dpi, facecolor="white")
        self.paper: Axes = self.figure.add_axes((0, 0, 1, 1), zorder=5)
        self.paper.set_axis_off()
        self.paper.set_xlim(0, self.width)
        self.paper.set_ylim(self.height, 0)
        self.paper.patch.set_visible(False)
        measuring = Figure(dpi=_MEASURED_DPI)
        self._renderer: Any = FigureCanvasAgg(measuring).get_renderer()  # type: ignore[no-untyped-call]  # so in 3.11

    def mm(self, length: float) -> float:
        """Return a length of an A4 sheet on this one, in millimetres."""
        return length * self.text_scale

    def points(self, style: Style) -> float:
        """Return the size of a style's letters in points."""
        return style.size * self.text_scale

    def leading(self, style: Style) -> float:
        """Return the height of a line in millimetres."""
        return self.points(style) * POINT_MM * LEADING

    def measure(self, text: str, style: Style) -> float:
        """Return the width of a text in millimetres."""
        font = FontProperties(family=FAMILY, size=self.points(style), weight=style.weight, style=style.style)
        width, _, _ = self._renderer.get_text_width_height_descent(text, font, ismath=False)
        return float(width) * MM_INCH / _MEASURED_DPI

    def wrap(self, text: str, style: Style, width: float) -> list[str]:
        """Break a text into lines that fit a width in millimetres; a longer word is broken where it must."""
        lines: list[str] = []
        line = ""
        for word in text.split():
            longer = f"{line} {word}" if line else word
            if self.measure(longer, style) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            while self.measure(word, style) > width and len(word) > 1:
                cut = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or self.measure(word[:n], style) <= width)
                lines.append(word[:cut])
                word = word[cut:]  # noqa: PLW2901 — what is left of it
            line = word
        return [*lines, line] if line else lines

    def line(self, text: str, at: tuple[float, float], style: Style, align: str = "left") -> None:
        """Write a line of text; `at` is the upper end of the line, in millimetres."""
        x, y = at
        middle = y + self.leading(style) / 2
        self.paper.text(x, middle, text, ha=align, va="center_baseline", parse_math=False, **self.font(style))

    def write(self, text: str, at: tuple[float, float], style: Style, width: float) -> float:
        """Write a text, wrapped, and return its height in millimetres."""
        lines = self.wrap(text, style, width)
        for number, line in enumerate(lines):
            self.line(line, (at[0], at[1] + number * self.leading(style)), style)
        return len(lines) * self.leading(style)

    def font(self, style: Style) -> dict[str, Any]:
        """Return a style as Matplotlib's texts take it."""
        return {
            "family": FAMILY, "size": self.points(style), "weight": style.weight,
            "style": style.style, "color": style.colour,
        }  # fmt: skip

    def axes(self, box: Sequence[float]) -> Axes:
        """Return a drawing area at left, top, width and height in millimetres."""
        left, top, width, height = box
        place = (left / self.width, 1 - (top + height) / self.height, width / self.width, height / self.height)
        return self.figure.add_axes(place)
