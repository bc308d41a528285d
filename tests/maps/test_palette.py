"""The colours of types as readers with the common kinds of colour blindness see them, and without colour at all."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest

from willay.data.codebook import codebook
from willay.maps.palette import TYPE_STYLES, type_style

if TYPE_CHECKING:
    from numpy.typing import NDArray

SEEN = {
    "all colours": np.eye(3),
    # Machado, Oliveira and Fernandes (2009), table 1, severity 1.0; for linear RGB.
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = np.array([0.95047, 1.0, 1.08883])
LEAST = 20.0
"""CIELAB distance; about 2 is the least that can be seen side by side, signs on a map lie apart and are small."""


def linear(colour: str) -> NDArray[np.float64]:
    """Return the linear RGB of a colour, IEC 61966-2-1."""
    value = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return CIELAB (D65) of linear RGB."""
    ratio = TO_XYZ @ np.clip(rgb, 0, 1) / WHITE
    x, y, z = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("kind", SEEN)
def test_any_two_types_can_be_told_apart_by_colour(kind: str) -> None:
    seen = {code: lab(SEEN[kind] @ linear(colour)) for code, (colour, _) in TYPE_STYLES.items()}
    near = {(a, b): float(np.linalg.norm(seen[a] - seen[b])) for a, b in combinations(seen, 2)}
    assert min(near.values()) >= LEAST, min(near, key=near.__getitem__)


def test_any_two_types_can_be_told_apart_without_colour() -> None:
    signs = [sign for _, sign in TYPE_STYLES.values()]
    assert sorted(set(signs)) == sorted(signs)


def test_every_type_of_the_codebook_has_a_style_and_a_strange_one_looks_like_other() -> None:
    assert set(TYPE_STYLES) == set(codebook().types.codes())
    assert type_style("no-such-type") == TYPE_STYLES["other"]
