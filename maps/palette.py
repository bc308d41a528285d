"""Colours and signs, chosen so that the page reads in grey and for colour-blind readers.

Types have a sign as well as a colour, and no two share either. Colours of types set out from Okabe and Ito's (2008)
and were moved, mostly in lightness, until any two of the ten lie at least 20 apart in CIELAB, also as seen with
protanopia, deuteranopia and tritanopia (Machado, Oliveira and Fernandes 2009); a test holds it. They are data: the
codebook has the colour of each type.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from branca.utilities import color_brewer

from willay.data.codebook import codebook

SEQUENTIAL: Final = "OrRd"
"""ColorBrewer's scheme for the choropleth: safe for the common kinds of colour blindness, and in print."""

_SIGNS: Final = {
    "armed-clash": "circle",
    "remote-violence": "star",
    "violence-against-civilians": "diamond",
    "abduction": "square",
    "protest": "triangle",
    "riot": "triangle-down",
    "property-destruction": "cross",
    "state-measure": "plus",
    "agreement": "pentagon",
    "other": "bar",
}

TYPE_STYLES: Final = {term.code: (str(term.facts["colour"]), _SIGNS[term.code]) for term in codebook().types}
"""Colour and sign of each type of the codebook."""

_SPARE: Final = TYPE_STYLES["other"]


def type_style(code: str) -> tuple[str, str]:
    """Return the colour and the sign of a type; a type that the codebook lacks looks like "other"."""
    return TYPE_STYLES.get(code, _SPARE)


_ON_DARK: Final = {
    "remote-violence": "#7e55f9",
    "violence-against-civilians": "#ba554d",
    "property-destruction": "#e3c5af",
    "state-measure": "#b7f7fc",
}
"""Colours on a dark page of the types whose own is too dark for it; the others keep theirs."""


def dark_colour(code: str) -> str:
    """Return the colour of a type on a dark page."""
    return _ON_DARK.get(code, type_style(code)[0])


def class_colours(count: int) -> list[str]:
    """Return the colour of zero and then those of `count` classes, light to dark."""
    return list(_scheme(SEQUENTIAL, max(3, count + 1))[: count + 1])


def diverging_colours(count: int) -> list[str]:
    """Return the colours of a change: `count` of a fall, the strongest first, that of none, and `count` of a rise.

    ColorBrewer's purple to orange, safe for the common kinds of colour blindness. In grey both sides look alike, so
    whoever uses it also marks a fall. `count` is 0 to 5.
    """
    if not count:
        return ["#f7f7f7"]
    return list(reversed(_scheme("PuOr", 2 * count + 1)))


_DARK_RISE: Final = ("#3a3f46", "#6b3a26", "#a8522c", "#dd8443", "#fbd090")
_DARK_FALL: Final = ("#3a3f46", "#4f4180", "#7a66b8", "#a996e0", "#ddd3ff")


def dark_class_colours(count: int) -> list[str]:
    """Return the colours of `class_colours` for a dark page: zero near its ground, the highest class the lightest."""
    return _steps(_DARK_RISE, count)


def dark_diverging_colours(count: int) -> list[str]:
    """Return the colours of `diverging_colours` for a dark page: both ends are light."""
    return [*reversed(_steps(_DARK_FALL, count)), *_steps(_DARK_RISE, count)[1:]]


def _steps(anchors: tuple[str, ...], count: int) -> list[str]:
    """Return the first of some colours and `count` more at equal steps, from the second of them to the last."""
    at = [0.0, *np.linspace(1.0 if count > 1 else 2.0, len(anchors) - 1, count)]
    channels = [[int(anchor[start : start + 2], 16) for anchor in anchors] for start in (1, 3, 5)]
    mixed = np.rint([np.interp(at, range(len(anchors)), channel) for channel in channels]).astype(int)
    return [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in mixed.T.tolist()]


@cache
def _scheme(name: str, count: int) -> tuple[str, ...]:
    """Return a number of colours of a scheme; branca computes it from the start each time it is asked."""
    return tuple(str(colour).lower() for colour in color_brewer(name, count))
