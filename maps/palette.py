"""Colours and signs, chosen so that the page reads in grey and for colour-blind readers.

Types have a sign as well as a colour. Colours of types are Okabe and Ito's (2008), with darker and lighter
tones of the same families where ten types outrun their eight.
"""

from __future__ import annotations

from typing import Final

from branca.utilities import color_brewer

SEQUENTIAL: Final = "OrRd"
"""ColorBrewer's scheme for the choropleth: safe for the common kinds of colour blindness, and in print."""

TYPE_STYLES: Final = {
    "armed-clash": ("#d55e00", "circle"),
    "remote-violence": ("#5b2a86", "star"),
    "violence-against-civilians": ("#a3195b", "diamond"),
    "abduction": ("#0072b2", "square"),
    "protest": ("#56b4e9", "triangle"),
    "riot": ("#e69f00", "triangle-down"),
    "property-destruction": ("#6b4a2b", "cross"),
    "state-measure": ("#00795c", "plus"),
    "agreement": ("#8fbf3f", "pentagon"),
    "other": ("#767676", "circle"),
}
"""Colour and sign of each type of the codebook."""

_SPARE: Final = ("#767676", "circle")


def type_style(code: str) -> tuple[str, str]:
    """Return the colour and the sign of a type; a type that the codebook lacks looks like "other"."""
    return TYPE_STYLES.get(code, _SPARE)


def class_colours(count: int) -> list[str]:
    """Return the colour of zero and then those of `count` classes, light to dark."""
    scheme = color_brewer(SEQUENTIAL, max(3, count + 1))
    return [str(colour).lower() for colour in scheme[: count + 1]]
