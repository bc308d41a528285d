"""Colours of the page, light and dark: texts and lines can be read on what they lie on (WCAG 2.2, level AA)."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import combinations, pairwise

import numpy as np
import pytest
from test_palette import LEAST, SEEN, lab, linear

from willay.maps.palette import TYPE_STYLES, class_colours, dark_class_colours, dark_colour, dark_diverging_colours

TEXT = 4.5
LINE = 3.0
"""WCAG 2.2: the contrast of texts (1.4.3), and of signs and edges of controls (1.4.11)."""

STYLES = files("willay.maps") / "static" / "styles"
SCRIPTS = files("willay.maps") / "static"

TEXTS = {
    "paper": "ink muted faint accent wrong draw-plot-ink draw-plot-muted",
    "ground": "ink muted",
    "caution": "ink",
    "hover": "ink muted accent",
    "selected": "ink muted",
    "accent-ground": "on-accent",
    "tip": "on-tip",
    "draw-sea": "draw-degrees draw-name-lake",
    "draw-lake": "draw-name-lake",
    "draw-country": "draw-name-strong draw-name draw-name-weak draw-name-division draw-name-river",
    "draw-neighbour": "draw-name draw-name-weak draw-name-land draw-name-river draw-degrees",
    "draw-badge": "draw-on-badge",
    "draw-cluster": "draw-on-cluster",
    **{f"phase{kind}": "phase-ink" for kind in ("", "-early", "-escalation", "-crisis", "-de-escalation", "-dialogue")},
}
LINES = {
    "paper": "edge accent caution-line draw-band draw-plot-hatch",
    "draw-rim": "draw-outline draw-hovered draw-chosen",
    "draw-country": "draw-border draw-chosen draw-outline",
    "draw-pattern": "draw-pattern-ink draw-region-line draw-region-partial",
}
PALE = {("light", "caution-line")}
"""A yellow bar beside a text that says the same: it carries nothing of its own."""


def declared() -> dict[str, dict[str, str]]:
    """Return the colours of colours.css by theme; those that the dark one does not name are the light one's."""
    text = (STYLES / "colours.css").read_text("utf-8")
    light, dark = text.split("prefers-color-scheme: dark", 1)
    dark = dark.split("@media (forced-colors", 1)[0]
    found = [dict(re.findall(r"--([\w-]+): ([^;]+);", each)) for each in (light, dark)]
    return {"light": found[0], "dark": {**found[0], **found[1]}}


COLOURS = declared()


def luminance(colour: str) -> float:
    return float(linear(colour) @ np.array([0.2126, 0.7152, 0.0722]))


def contrast(one: str, other: str) -> float:
    """Return the ratio of two colours by WCAG's formula, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", COLOURS)
@pytest.mark.parametrize(("pairs", "least"), [(TEXTS, TEXT), (LINES, LINE)], ids=["texts", "lines"])
def test_what_is_to_be_read_stands_out_from_its_ground(theme: str, pairs: dict[str, str], least: float) -> None:
    colours = COLOURS[theme]
    seen = {
        (name, ground): contrast(colours[name], colours[ground]) for ground in pairs for name in pairs[ground].split()
    }
    low = {pair: round(ratio, 2) for pair, ratio in seen.items() if ratio < least and (theme, pair[0]) not in PALE}
    assert low == {}


def test_the_dark_page_names_every_colour() -> None:
    text = (STYLES / "colours.css").read_text("utf-8")
    dark = set(re.findall(r"--([\w-]+):", text.split("prefers-color-scheme: dark", 1)[1].split("@media", 1)[0]))
    assert set(COLOURS["light"]) - dark == set()


def test_canvases_know_the_colours_of_the_styles_and_no_others() -> None:
    script = (SCRIPTS / "page" / "theme.js").read_text("utf-8")
    names = re.findall(r'"([\w-]+)"', script.split("DRAWN_COLOURS = [", 1)[1].split("];\nconst", 1)[0])
    assert sorted(names) == sorted(name[5:] for name in COLOURS["light"] if name.startswith("draw-"))


@pytest.mark.parametrize("kind", SEEN)
def test_any_two_types_can_be_distinguished_on_a_dark_page(kind: str) -> None:
    seen = {code: lab(SEEN[kind] @ linear(dark_colour(code))) for code in TYPE_STYLES}
    near = {(a, b): float(np.linalg.norm(seen[a] - seen[b])) for a, b in combinations(seen, 2)}
    assert min(near.values()) >= LEAST, min(near, key=near.__getitem__)


def test_types_stand_out_on_a_dark_map_and_a_dark_plot() -> None:
    for ground in ("draw-country", "draw-plot"):
        low = [code for code in TYPE_STYLES if contrast(dark_colour(code), COLOURS["dark"][ground]) < LINE]
        assert low == [], ground


def test_classes_on_a_dark_page_rise_away_from_its_ground() -> None:
    for count in range(10):
        colours = dark_class_colours(count)
        assert len(colours) == len(class_colours(count))
        assert all(luminance(low) < luminance(high) for low, high in pairwise(colours)), colours
    for count in range(6):
        colours = dark_diverging_colours(count)
        assert len(set(colours)) == len(colours) == 2 * count + 1
        assert all(luminance(low) < luminance(high) for low, high in pairwise(colours[count:])), colours
